"""Portfolios in which several salespeople work: leads closed, things late, records half filled in."""

import random
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from .common import GROUPS
from .portfolio_case import PortfolioCase

LAST = fields.Datetime.to_datetime("2024-05-31 21:00:00")


class ScoreWorkCase(PortfolioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sellers = cls.env["res.users"].union(
            *(
                new_test_user(
                    cls.env,
                    login=f"work_{name}",
                    name=name,
                    groups=GROUPS["salesperson"],
                    company_id=company.id,
                    company_ids=[(6, 0, cls.roots.ids)],
                )
                for name, company in (
                    ("ana", cls.company),
                    ("berta", cls.company),
                    ("cruz", cls.other),
                )
            )
        )
        cls.gone = new_test_user(cls.env, login="work_gone", groups=GROUPS["salesperson"])
        cls.team = cls.env["crm.team"].create(
            {"name": "Norte", "member_ids": [(6, 0, cls.sellers[:2].ids)]}
        )
        cls.env["res.country"].search([], limit=1)

    def build_work(self, seed):
        """Build a portfolio, and let people work in it; return the accounts."""
        found = self.build(seed)
        accounts = self.env["res.partner"].union(*found.values())
        rng = random.Random(seed + 1000)
        self.fill_in(rng, accounts)
        self.close_leads(rng, accounts)
        self.plan_actions(rng, accounts)
        self.answer(rng)
        self.date_back(rng, accounts)
        self.gone.active = False
        for company in (*self.roots, *self.roots):
            self.profiles.refresh(company)
        self.env.invalidate_all()
        return accounts

    def moment(self, rng, days):
        return LAST - timedelta(minutes=rng.randrange(days * 1440))

    def fill_in(self, rng, accounts):
        """Give the accounts salespeople, some of them left, and half of what a record should say."""
        country = self.env.ref("base.es")
        industry = self.env["res.partner.industry"].search([], limit=1)
        for account in accounts:
            account.write(
                {
                    "user_id": rng.choice([*self.sellers.ids, False, self.gone.id]),
                    "email": rng.choice(["a@example.com", False]),
                    "phone": rng.choice(["+34 600 000 000", False]),
                    "country_id": rng.choice([country.id, False]),
                    "industry_id": rng.choice([industry.id, False]),
                }
            )

    def get_leads(self):
        return self.env["crm.lead"].with_context(active_test=False).search([])

    def close_leads(self, rng, accounts):
        """Spread the leads over people and their closing over the months; some have no account."""
        for company in self.roots:
            self.env["crm.lead"].create(
                [
                    {
                        "name": "Sin cuenta",
                        "type": "opportunity",
                        "company_id": rng.choice([company.id, False]),
                        "user_id": self.sellers[number % 3].id,
                    }
                    for number in range(6)
                ]
            )
        leads = self.get_leads()
        for lead in leads:
            lead.user_id = rng.choice([*self.sellers.ids, False])
        walk_in = accounts.filtered(lambda account: "walk_in" in account.name)
        leads[:1].partner_id = walk_in
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        pending = leads.filtered(lambda lead: lead.active and lead.won_status == "pending")
        pending[::3].write({"stage_id": won.id})
        pending[1::3].action_set_lost()
        self.env.flush_all()
        self.env.cr.execute_values(
            "UPDATE crm_lead l SET date_closed = v.day::timestamp FROM (VALUES %s) v (id, day)"
            " WHERE l.id = v.id",
            [
                (lead.id, str(max(lead.create_date, self.moment(rng, 150)).replace(microsecond=0)))
                for lead in leads
                if lead.won_status in ("won", "lost")
            ],
        )
        leads.invalidate_recordset()

    def plan_actions(self, rng, accounts):
        """Activities of everybody, late, to come and done of late."""
        records = [*rng.sample([*accounts], 14), *rng.sample([*self.get_leads()], 10)]
        people = accounts.child_ids
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "user_id": rng.choice([*self.sellers.ids, False]),
                    "date_deadline": (LAST + timedelta(days=rng.randrange(-9, 9))).date(),
                    **(
                        {"active": False, "date_done": self.moment(rng, 70).date()}
                        if rng.random() < 0.5
                        else {}
                    ),
                }
                for record in [*records, *people[:6]]
                for _number in range(2)
            ]
        )

    def answer(self, rng):
        """What is said on the leads: to outside and among colleagues, by us, by them and by the robot."""
        note, comment = self.env.ref("mail.mt_note"), self.env.ref("mail.mt_comment")
        authors = [*self.sellers.partner_id, self.env.ref("base.partner_root")]
        vals_list = []
        for lead in rng.sample([*self.get_leads()], 25):
            for _number in range(2):
                vals_list.append(
                    {
                        "model": "crm.lead",
                        "res_id": lead.id,
                        "author_id": rng.choice([*authors, lead.partner_id]).id,
                        "message_type": rng.choice(
                            ("email", "email_outgoing", "comment", "auto_comment")
                        ),
                        "subtype_id": rng.choice([note, comment, comment]).id,
                        "is_internal": rng.random() < 0.1,
                        "date": lead.create_date + timedelta(hours=rng.randrange(-20, 300)),
                        "body": "Hola",
                    }
                )
        messages = self.env["mail.message"].create(vals_list)
        for message in messages:
            lead = self.env["crm.lead"].browse(message.res_id)
            if lead.partner_id and message.author_id != lead.partner_id:
                self.env["mail.notification"].create(
                    {
                        "mail_message_id": message.id,
                        "res_partner_id": lead.partner_id.id,
                        "notification_type": "email",
                        "notification_status": "sent",
                    }
                )
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True)
        for number, lead in enumerate(rng.sample([*self.get_leads()], 8)):
            start = self.moment(rng, 40)
            events.create(
                {
                    "name": "Demostración",
                    "opportunity_id": lead.id,
                    "partner_ids": [(6, 0, lead.partner_id.ids)],
                    "user_id": rng.choice(self.sellers.ids),
                    "privacy": "private" if number % 4 == 0 else "public",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                }
            )

    def date_back(self, rng, accounts):
        """Let contacts be of other days, and accounts have been prospects before they were leads."""
        self.env.flush_all()
        people = accounts | accounts.with_context(active_test=False).child_ids
        self.env.cr.execute_values(
            "UPDATE res_partner p SET create_date = v.day::timestamp FROM (VALUES %s) v (id, day)"
            " WHERE p.id = v.id",
            [(person.id, str(self.moment(rng, 500))) for person in people],
        )
        self.env.cr.execute_values(
            "UPDATE cartera_profile p SET prospect_date = v.day::date FROM (VALUES %s) v (id, day)"
            " WHERE p.id = v.id",
            [
                (profile.id, str(self.moment(rng, 900).date()))
                for profile in self.profiles.search([("partner_id", "in", accounts.ids)])
                if rng.random() < 0.8
            ],
        )
        self.env.invalidate_all()
