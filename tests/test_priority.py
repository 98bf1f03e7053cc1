"""Unanswered leads, contacts and the priority as documents make them, and who may see them."""

from datetime import datetime, timedelta

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import freeze_time

from .common import CarteraCase, day
from .test_next_action import ActionCase

NOW = "2024-05-15 12:00:00"


class TurnCase(ActionCase):
    def get(self, name):
        """Return a figure of the account after a drain."""
        self.drain()
        return self.profile[name]

    def write_on(
        self, record, author, when="2024-02-01 09:00:00", subtype="mail.mt_comment", **vals
    ):
        return self.env["mail.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "author_id": author.id,
                "message_type": "comment",
                "subtype_id": self.env.ref(subtype).id,
                "date": when,
                "body": "Hola",
                **vals,
            }
        )


@freeze_time(NOW)
class TestUnanswered(TurnCase):
    def test_what_is_no_answer(self):
        """What they write, what the robot writes, notes among us, what is planned or was before."""
        us, lead = self.seller.partner_id, self.lead
        self.assertEqual(self.get("unanswered_lead_date"), day("2024-01-10"))
        self.write_on(lead, self.contact)
        self.write_on(lead, self.env.ref("base.partner_root"))
        self.write_on(lead, us, subtype="mail.mt_note")
        self.write_on(lead, us, is_internal=True)
        self.write_on(lead, us, message_type="notification")
        self.write_on(lead, us, when="2024-01-10 11:00:00")
        self.write_on(self.account, us)
        self.plan(lead, "2024-06-01")
        self.meet("2024-05-15 08:00:00", self.contact, opportunity_id=lead.id)
        self.meet("2024-03-01 08:00:00", self.contact)
        self.assertEqual(self.get("unanswered_lead_date"), day("2024-01-10"))

    def test_what_is_an_answer(self):
        """Each by itself, at once; taken back, the lead has none again."""
        for answer in (
            lambda: self.write_on(self.lead, self.seller.partner_id),
            lambda: self.write_on(self.lead, self.seller.partner_id, message_type="email_outgoing"),
            lambda: self.meet("2024-05-14 08:00:00", opportunity_id=self.lead.id),
        ):
            record = answer()
            self.assertFalse(self.get("unanswered_lead_date"), record)
            record.unlink()
            self.assertEqual(self.get("unanswered_lead_date"), day("2024-01-10"), record)
        self.plan(self.lead, "2024-05-10").action_done()
        self.assertFalse(self.get("unanswered_lead_date"))

    def test_which_leads(self):
        """The oldest open one of the account and its people, whatever its type."""
        lead = self.make_lead(self.account, "2024-01-05", type="lead")
        self.assertEqual(self.get("unanswered_lead_date"), day("2024-01-05"))
        lead.action_set_lost()
        self.assertEqual(self.get("unanswered_lead_date"), day("2024-01-10"))
        self.lead.action_archive()
        self.assertFalse(self.get("unanswered_lead_date"))

    def test_contacts_of_the_days_of_the_limit(self):
        self.assertEqual(self.get("contact_count"), 0)
        for when in ("2024-05-15", "2024-04-16", "2024-04-15"):
            self.write_on(self.account, self.contact, when=f"{when} 09:00:00")
        self.meet("2024-05-10 08:00:00", self.contact)
        self.assertEqual(self.get("contact_count"), 3)
        self.env["cartera.policy"]._for(self.company).contact_limit_days = 5
        self.profiles.refresh(self.company)
        self.assertEqual(self.get("contact_count"), 1)


@freeze_time(NOW)
class TestPriority(TurnCase):
    def call(self, role, model, method, *args, **kwargs):
        user = self.users[role]
        context = {"lang": "en_US", "allowed_company_ids": self.company.ids}
        return call_kw(
            self.env(user=user.id)[model], method, list(args), {**kwargs, "context": context}
        )

    def test_it_follows_what_happens(self):
        self.assertEqual((self.get("priority"), self.profile.suggested_action), (19, "call"))
        told = self.profile.priority_reason
        self.assertEqual(told, "Lead unanswered for 126 d. No next action.")
        self.lead.write({"expected_revenue": 9000, "probability": 50})
        before = self.get("priority")
        self.assertGreater(before, 19)
        self.plan(self.lead, "2024-06-01")
        self.assertLess(self.get("priority"), before)
        self.write_on(self.lead, self.seller.partner_id)
        self.assertEqual((self.get("priority"), self.profile.suggested_action), (0, False))
        self.assertFalse(self.profile.priority_reason)
        self.account.active = False
        self.assertIs(self.get("priority"), False)

    def test_nobody_enters_it(self):
        self.account.user_id = self.seller
        self.drain()
        for name, value in (
            ("priority", 99),
            ("suggested_action", "visit"),
            ("unanswered_lead_date", "2024-01-01"),
            ("contact_count", 0),
        ):
            for role in ("salesperson", "manager"):
                with self.subTest(name, role=role), self.assertRaises(UserError):
                    self.call(role, "cartera.profile", "write", self.profile.ids, {name: value})

    def test_the_highest_first_none_last(self):
        """The list of next actions, as its users sort it; an archived account has none."""
        accounts = [self.make_account(f"Cuenta {number}") for number in range(3)]
        known = self.profiles._ensure(self.env["res.partner"].union(*accounts), self.company)
        for profile, priority in zip(known.sorted("name"), (5, 70, None), strict=True):
            profile._write_unjudged({"priority": priority})
        self.env.flush_all()
        action = self.env.ref("crm_cartera.cartera_profile_action_next")
        self.assertEqual([mode for _id, mode in action.views][:2], ["calendar", "list"])
        view = self.call("manager", "cartera.profile", "get_views", [action.views[1]])
        order = etree.fromstring(view["views"]["list"]["arch"]).get("default_order")
        found = self.call(
            "manager",
            "cartera.profile",
            "search_read",
            [("id", "in", known.ids)],
            ["priority"],
            order=order,
        )
        self.assertEqual([row["priority"] for row in found], [70, 5, False])
        found = self.call(
            "manager",
            "res.partner",
            "search_read",
            [("id", "in", known.partner_id.ids)],
            ["cartera_priority"],
            order="cartera_priority desc",
        )
        self.assertEqual([row["cartera_priority"] for row in found], [70, 5, False])

    def test_a_salesperson_sees_that_of_his_accounts(self):
        self.account.user_id = self.users["manager"]
        self.drain()
        with self.assertRaises(AccessError):
            self.call("salesperson", "cartera.profile", "read", self.profile.ids, ["priority"])
        read = self.call(
            "salesperson", "res.partner", "read", self.account.ids, ["cartera_priority"]
        )
        self.assertIs(read[0]["cartera_priority"], False)
        domain = [("cartera_priority", ">=", 0), ("id", "=", self.account.id)]
        self.assertEqual(self.call("salesperson", "res.partner", "search_count", domain), 0)
        self.assertEqual(self.call("manager", "res.partner", "search_count", domain), 1)

    def test_every_weight_judges_everybody_anew(self):
        policy = self.env["cartera.policy"]._for(self.company)
        policy.recalibrate_next = False
        policy.priority_weight_lead = 1
        self.assertTrue(policy.recalibrate_next)
        self.profiles.refresh(self.company)
        self.assertEqual(self.get("priority"), 5)


@freeze_time(NOW)
class TestTime(CarteraCase):
    def test_a_day_later(self):
        """What is due grows by the calendar: the nightly run sees it."""
        account = self.make_account()
        profile = self.profiles._ensure(account, self.company)
        account.activity_schedule("mail.mail_activity_data_call", date_deadline="2024-05-16")
        found = []
        for days in (0, 1, 2, 15, 40):
            with freeze_time(datetime.fromisoformat(NOW) + timedelta(days=days)):
                self.profiles.refresh(self.company)
                self.env.invalidate_all()
                found.append(profile.priority)
        self.assertEqual(found, [0, 8, 8, 15, 15])
