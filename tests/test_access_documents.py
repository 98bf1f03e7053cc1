"""Evidence and sources: documents under the rules of the portfolio, private meetings their date only."""

from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .access_case import AccessCase

INVOICING = "account.group_account_invoice"
SALES = "sales_team.group_sale_salesman"


class TestDocuments(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.profile_of(cls.mine).first_purchase_id
        cls.their_invoice = cls.profile_of(cls.theirs).first_purchase_id
        cls.biller = new_test_user(cls.env, login="cartera_biller", groups=INVOICING)
        cls.users["seller and biller"] = new_test_user(
            cls.env, login="cartera_both", groups=f"{SALES},{INVOICING}"
        )
        cls.users["biller"] = cls.biller

    def evidence(self, partner):
        return self.profile_of(partner).transition_ids.sorted("id")[:1]

    def test_a_salesperson_has_no_invoices(self):
        """What the rest of this file is about."""
        env = self.env_of("salesperson")
        self.assertFalse(env["account.move"].browse(self.invoice.ids).has_access("read"))

    def test_evidence_opens_as_far_as_one_may(self):
        """The invoice itself, else what the portfolio shows of it, else an error that names it."""
        move = self.evidence(self.mine)
        for role in ("salesperson", "all_accounts"):
            with self.subTest(role=role):
                action = self.rpc(role, move._name, "action_open_evidence", move.ids)
                self.assertEqual(action["res_model"], "cartera.document")
                self.assertEqual(action["res_id"], self.invoice.id)
        self.mine.user_id = self.users["seller and biller"]
        self.drain()
        action = self.rpc("seller and biller", move._name, "action_open_evidence", move.ids)
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(action["res_id"], self.invoice.id)

    def test_evidence_of_a_colleague(self):
        move = self.evidence(self.theirs)
        for role in ("salesperson", "seller and biller", "other", "internal", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.rpc(role, move._name, "action_open_evidence", move.ids)

    def test_evidence_that_one_may_not_read(self):
        """A lead of a colleague with my account: its name is in my history, the lead is not mine."""
        partner = self.make_account("Con lead ajeno", user_id=self.users["salesperson"].id)
        lead = self.make_lead(partner, name="Feria de Bilbao", user_id=self.colleague.id)
        move = self.evidence(partner)
        self.assertEqual(move.evidence_id, lead.id)
        with self.assertRaisesRegex(AccessError, "Feria de Bilbao"):
            self.rpc("salesperson", move._name, "action_open_evidence", move.ids)
        action = self.rpc("all_accounts", move._name, "action_open_evidence", move.ids)
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", lead.id))

    def test_evidence_that_is_gone(self):
        partner = self.make_account("Con lead borrado", user_id=self.users["salesperson"].id)
        lead = self.make_lead(partner, name="Feria de Vigo")
        move = self.evidence(partner)
        lead.unlink()
        self.drain()
        action = self.rpc("salesperson", move._name, "action_open_evidence", move.ids)
        self.assertIn("Feria de Vigo", action["params"]["message"])

    def test_figures_open_their_documents(self):
        """The button of the figure opens its documents, for those who may see the account."""
        profile = self.profile_of(self.mine)
        figure = ("cartera.profile", "action_open_figure", profile.ids, "purchase_count")
        action = self.rpc("salesperson", *figure)
        env = self.env_of("salesperson")
        found = env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.mapped("name"), self.invoice.mapped("name"))
        with self.assertRaises(AccessError):
            self.rpc("other", *figure)
        bill = self.env_of("salesperson")["cartera.document"].browse(self.invoice.id)
        self.assertEqual(
            (bill.name, str(bill.invoice_date), bill.amount_untaxed, bill.state),
            (self.invoice.name, "2024-03-01", 100.0, "posted"),
        )
        action = self.rpc("salesperson", "cartera.document", "action_open", bill.ids)
        self.assertEqual(action["res_model"], "cartera.document")
        action = self.rpc("manager", "cartera.document", "action_open", bill.ids)
        self.assertEqual(action["res_model"], "cartera.document")

    def test_first_purchase_shows_its_number_and_no_more(self):
        """The number is the portfolio's; anything else of the invoice needs rights on invoices."""
        profile = self.profile_of(self.mine)
        env = self.env_of("salesperson")
        mine = env["cartera.profile"].browse(profile.ids)
        shown = mine.web_read({"first_purchase_id": {"fields": {"display_name": {}}}})
        self.assertEqual(shown[0]["first_purchase_id"]["id"], self.invoice.id)
        self.assertIn(self.invoice.name, shown[0]["first_purchase_id"]["display_name"])
        amount = "amount_total"
        for name, path in {
            "read": lambda e: (
                e["cartera.profile"]
                .browse(profile.ids)
                .web_read({"first_purchase_id": {"fields": {amount: {}}}})
            ),
            "search": lambda e: e["cartera.profile"].search(
                [(f"first_purchase_id.{amount}", ">", 1)]
            ),
            "group": lambda e: e["cartera.profile"].formatted_read_group(
                [], [f"first_purchase_id.{amount}"], ["__count"]
            ),
            "export": lambda e: (
                e["cartera.profile"]
                .browse(profile.ids)
                .export_data([f"first_purchase_id/{amount}"])
            ),
        }.items():
            with self.subTest(path=name), self.assertRaises(AccessError):
                path(self.env_of("salesperson"))

    def test_invoice_screens(self):
        """The account on an invoice: for sales only, blank where it is a colleague's."""
        fields = ["cartera_profile_id", "cartera_stage_id", "cartera_lifecycle"]
        mine, theirs = self.invoice.ids, self.their_invoice.ids
        self.mine.user_id = self.users["seller and biller"]
        self.drain()
        env = self.env_of("seller and biller")
        moves = env["account.move"].browse(mine + theirs)
        self.assertEqual(moves.mapped("cartera_lifecycle"), ["client", False])
        self.assertEqual(moves.mapped("cartera_first_purchase"), [True, False])
        self.assertEqual(moves.cartera_profile_id, self.profile_of(self.mine))
        first = [("id", "in", mine + theirs), ("cartera_first_purchase", "=", True)]
        self.assertEqual(env["account.move"].search(first).ids, mine)
        for role in ("biller", "portal"):
            env = self.env_of(role)
            moves = env["account.move"].browse(mine)
            with self.subTest(role=role):
                self.assertTrue(moves.has_access("read"))
                self.assertFalse(env["account.move"].search(first))
                self.assertFalse(
                    env["account.move"].search([("partner_id.cartera_potential", ">", 1)])
                )
                for name in [*fields, "cartera_first_purchase"]:
                    self.assertNotIn(name, env["account.move"].fields_get())
                    with self.assertRaises(AccessError):
                        moves.read([name])
                for by in ("partner_id.cartera_lifecycle", "partner_id.cartera_stage_id"):
                    with self.assertRaises(AccessError):
                        env["account.move"]._read_group([], [by], ["__count"])

    def test_private_meeting(self):
        """Others learn when, never what or who."""
        seller, colleague = self.users["salesperson"], self.colleague
        start = datetime.combine(
            self.env["cartera.policy"]._for(self.company)._today() + timedelta(days=5),
            datetime.min.time(),
        ).replace(hour=10)
        event = (
            self.env["calendar.event"]
            .with_user(colleague)
            .create(
                {
                    "name": "Divorcio",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "privacy": "private",
                    "user_id": colleague.id,
                    "partner_ids": [(6, 0, (colleague.partner_id | self.mine).ids)],
                }
            )
        )
        profile = self.profile_of(self.mine)
        self.assertEqual(profile.next_action_date, start.date())
        self.assertEqual(profile.next_action_res_id, event.id)
        self.assertFalse(profile.next_action_user_id)
        for user in (seller, self.users["all_accounts"], self.users["manager"]):
            with self.subTest(user=user.login):
                env = self.env_of(user)
                shown = env["cartera.profile"].browse(profile.id)
                self.assertEqual(shown.next_action_date, start.date())
                self.assertFalse(shown.next_action_summary)
                self.assertFalse(shown.next_action_user_id)
        # Odoo hides private meetings in a cache that all users of this test share.
        self.env.invalidate_all()
        event.privacy = "public"
        self.drain()
        shown = self.env_of(seller)["cartera.profile"].browse(profile.id)
        self.assertEqual(shown.next_action_summary, "Divorcio")
        self.assertEqual(shown.next_action_user_id, colleague)

    def test_summary_of_what_one_may_not_read(self):
        """An activity on a colleague's lead with my account: when, not what."""
        lead = self.make_lead(self.mine, user_id=self.colleague.id, name="Secreto")
        lead.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline="2024-02-01",
            summary="Soborno",
            user_id=self.colleague.id,
        )
        profile = self.profile_of(self.mine)
        self.assertEqual(str(profile.next_action_date), "2024-02-01")
        for role, summary in (("salesperson", False), ("all_accounts", "Soborno")):
            with self.subTest(role=role):
                shown = self.env_of(role)["cartera.profile"].browse(profile.id)
                self.assertEqual(shown.next_action_summary, summary)
                exported = shown.export_data(["next_action_summary"])["datas"][0][0]
                self.assertEqual(exported or False, summary)
