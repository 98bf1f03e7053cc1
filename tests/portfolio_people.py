"""What people type about accounts, and what they do with them: leads, visits, calls, mails."""

from datetime import timedelta

from odoo import Command, fields

from .common import day

#: Minutes around midnight UTC: another day in Madrid, or in Bogotá.
HOURS = (0, 4, 9, 12, 22, 23)
LAST, TODAY = map(fields.Datetime.to_datetime, ("2024-05-31 00:00:00", "2024-06-01 00:10:00"))


class People:
    def __init__(self, case, rng, found):
        self.case, self.rng, self.found = case, rng, found
        self.env = case.env
        self.accounts = self.env["res.partner"].union(*found.values())

    def moment(self, years=3.0):
        """Return a time in the years before the end of May 2024, often around midnight."""
        when = LAST - timedelta(days=self.rng.randrange(int(365 * years)))
        return when.replace(hour=self.rng.choice(HOURS), minute=self.rng.randrange(60))

    def person_of(self, account):
        return self.rng.choice((account, account.child_ids[:1] or account))

    # -- what people type ----------------------------------------------------

    def type_in(self, company):
        """Add accounts by hand; type potentials and what was before Odoo."""
        by_hand = ("refunds", "walk_in", "payment", "added", "returned", "opening", "reopened")
        some = self.env["res.partner"].union(
            *(self.found[role] for role in by_hand), self.found["regular"][::3]
        )
        profiles = self.env["cartera.profile"].with_context(active_test=False)
        known = profiles._ensure(some, company)
        for profile in known:
            vals = {"potential": self.rng.choice((0, 0, 5000, 12000.5))}
            if profile.partner_id in self.found["opening"] | self.found["reopened"]:
                vals.update(self._prepare_opening())
            profile._write_unjudged(vals)

    def _prepare_opening(self):
        since = day("2015-04-01") + timedelta(days=self.rng.randrange(3300))
        last = since + timedelta(days=self.rng.choice((0, 30, 900)))
        last = min(last, day("2024-05-30"))
        return {
            "opening_client_date": self.rng.choice((since, since, False)),
            "opening_last_purchase_date": self.rng.choice((last, last, False)),
            "opening_revenue": 1000,
        }

    # -- what people do ------------------------------------------------------

    def meet(self, company):
        known = self.accounts - self.found["added"]
        some = self.env["res.partner"].union(*self.rng.sample([*known], 18))
        some |= self.found["undone"] | self.found["nothing"] | self.found["leads"]
        leads = self._make_leads(company, some)
        self._do_activities([*some[::3], *leads[::4]])
        self._hold_meetings(some[::2], leads[::5])
        self._write_messages(some[::2])

    def _make_leads(self, company, accounts):
        rng = self.rng
        vals_list = [
            {
                "name": "Oportunidad",
                "partner_id": self.person_of(account).id,
                "company_id": rng.choice((company.id, company.id, False)),
                "type": rng.choice(("lead", "opportunity", "opportunity", "opportunity")),
                "expected_revenue": rng.choice((0, 1000, 2500.5)),
                "probability": rng.choice((10, 33.3, 80)),
                "user_id": self.env.uid,
            }
            for account in accounts
            for _number in range(rng.choice((1, 1, 3)))
        ]
        leads = self.env["crm.lead"].create(vals_list)
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        leads[1::6].write({"stage_id": won.id})
        leads[2::6].action_set_lost()
        leads[3::9].action_archive()
        self.env.flush_all()
        self.env.cr.execute_values(
            "UPDATE crm_lead l SET create_date = v.day::timestamp FROM (VALUES %s) v (id, day)"
            " WHERE l.id = v.id",
            [(lead.id, str(self.moment())) for lead in leads],
        )
        leads.invalidate_recordset()
        return leads

    def _do_activities(self, records):
        """Activities, most of them done."""
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "user_id": self.env.uid,
                    "date_deadline": "2024-06-20",
                    **(
                        {"active": False, "date_done": self.moment(1.3).date()}
                        if self.rng.random() < 0.7
                        else {}
                    ),
                }
                for record in records
                for _number in range(2)
            ]
        )

    def _hold_meetings(self, accounts, leads):
        """Meetings with several people of an account count once; on the day itself not yet."""
        vals_list = []
        for account in accounts:
            people = account | account.with_context(active_test=False).child_ids
            vals_list.append({"partner_ids": [Command.set(people.ids)]})
        vals_list += [
            {"opportunity_id": lead.id, "partner_ids": [Command.set(lead.partner_id.ids)]}
            for lead in leads
        ]
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True)
        for number, vals in enumerate(vals_list):
            start = TODAY if number % 5 == 0 else self.moment(1.2)
            vals.update(name="Visita", start=start, stop=start + timedelta(hours=1))
            if number % 4 == 1:
                vals.update(allday=True, start_date=start.date(), stop_date=start.date())
        events.create(vals_list)

    def _write_messages(self, accounts):
        """Mails and comments from and to people; notes among colleagues count for nobody."""
        rng = self.rng
        us = self.env.user.partner_id
        vals_list, recipients = [], []
        for account in accounts:
            for _number in range(3):
                person, ours = self.person_of(account), rng.random() < 0.5
                recipients.append(person if ours or rng.random() < 0.3 else us)
                vals_list.append(
                    {
                        "model": "res.partner",
                        "res_id": account.id,
                        "author_id": (us if ours else person).id,
                        "message_type": rng.choice(
                            ("email", "email_outgoing", "comment", "notification")
                        ),
                        "date": self.moment(1.2),
                        "body": "Hola",
                    }
                )
        messages = self.env["mail.message"].create(vals_list)
        self.env["mail.notification"].create(
            [
                {
                    "mail_message_id": message.id,
                    "res_partner_id": recipient.id,
                    "notification_type": "email",
                    "notification_status": "sent",
                }
                for message, recipient in zip(messages, recipients, strict=True)
                if recipient != us
            ]
        )
