"""A click on a figure opens exactly what it is made of, for those who may see the account."""

from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .figure_case import FigureCase

#: Figures that are the sum of the untaxed amounts of what they open.
SUMS = ("revenue_12m", "revenue_prev_12m", "revenue_total")
#: Figures that are the number of records they open.
COUNTS = (
    "purchase_count",
    "purchase_count_12m",
    "refund_count",
    "lead_count",
    "open_opportunity_count",
    "interaction_count_90d",
    "interaction_count_12m",
)


class TestFiguresOpen(FigureCase):
    def test_the_account(self):
        """The figures that the others are compared with are what the documents say."""
        profile = self.profile
        self.assertEqual(profile.revenue_12m, 80 + 160 - 30 + 640)
        self.assertEqual(profile.revenue_prev_12m, 20 + 40)
        self.assertEqual(profile.purchase_count_12m, 3)

    def test_sums(self):
        for name in SUMS:
            with self.subTest(figure=name):
                opened = self.opened(name)
                self.assertTrue(opened)
                self.assertAlmostEqual(sum(opened.mapped("amount_untaxed")), self.profile[name])

    def test_counts(self):
        for name in COUNTS:
            with self.subTest(figure=name):
                self.assertTrue(self.profile[name])
                self.assertEqual(len(self.opened(name)), self.profile[name])

    def test_buttons_open_what_they_count(self):
        """The smart buttons of the page ask for figures by name, as the tiles do."""
        arch = etree.fromstring(self.profiles.get_views([(False, "form")])["views"]["form"]["arch"])
        buttons = arch.xpath("//button[contains(@class, 'oe_stat_button')][field][@args]")
        counted = {button.find("field").get("name"): button for button in buttons}
        self.assertEqual(set(counted), {"purchase_count", "open_opportunity_count"})
        for name, button in counted.items():
            self.assertEqual(button.get("name"), "action_open_figure")
            self.assertEqual(literal_eval(button.get("args")), [name])

    def test_a_day_from_before_odoo(self):
        """It has no document: that is said, instead of an empty list."""
        self.profile.write({"opening_client_date": self.days_ago(2000)})
        self.profiles.refresh(self.company)
        self.assertEqual(self.profile.first_purchase_date, self.days_ago(2000))
        action = self.profile.action_open_figure("first_purchase_date")
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("before Odoo", action["params"]["message"])

    def test_what_follows_from_the_window(self):
        window = self.opened("revenue_12m")
        for name in ("abc_revenue", "share_of_wallet", "rfm_monetary", "revenue_share"):
            with self.subTest(figure=name):
                self.assertEqual(self.opened(name), window)
        self.assertEqual(self.opened("trend"), window | self.opened("revenue_prev_12m"))

    def test_purchases(self):
        purchases = self.opened("purchase_count")
        self.assertNotIn(self.whole.id, purchases.ids)
        self.assertIn(self.in_part.id, purchases.ids)
        for name in ("rhythm_days", "expected_purchase_date", "retention_status"):
            self.assertEqual(self.opened(name), purchases)
        for name in ("first_purchase_date", "last_purchase_date"):
            opened = self.opened(name)
            self.assertEqual(opened.mapped("invoice_date"), [self.profile[name]])

    def test_receivable(self):
        """Instalments, refunds and payments without an invoice: their sum is what is owed."""
        for name in ("receivable", "overdue"):
            with self.subTest(figure=name):
                opened = self.opened(name)
                self.assertTrue(opened)
                self.assertAlmostEqual(sum(opened.mapped("amount_residual")), self.profile[name])
        self.assertIn("entry", self.opened("receivable").mapped("move_type"))

    def test_paid_by_something_of_a_later_day(self):
        """Until that day it is open, whether it is paid whole, in part, or in two parts."""
        before = self.opened("receivable")
        tomorrow, later = self.days_ago(-1), self.days_ago(-2)
        whole, partly, twice = (
            self.make_invoice(self.account, self.days_ago(number), amount)
            for number, amount in ((70, 111), (71, 222), (72, 333))
        )
        self.pay(whole, tomorrow)
        self.pay(partly, tomorrow, amount=22)
        self.pay(twice, self.days_ago(1), amount=33)
        self.pay(twice, later)
        self.assertEqual((whole | twice).mapped("amount_residual"), [0, 0])
        self.profiles.refresh(self.company)
        self.env.invalidate_all()
        added = self.opened("receivable") - before
        found = {item.move_id: item.amount_residual for item in added}
        self.assertEqual(found, {whole.id: 111, partly.id: 222, twice.id: 300})
        total = sum(self.opened("receivable").mapped("amount_residual"))
        self.assertAlmostEqual(total, self.profile.receivable)

    def test_receivable_of_one_who_became_a_contact(self):
        """He bought by himself, and keeps his account: what he owes is found there."""
        group = self.make_account("Grupo")
        before = len(self.opened("receivable"))
        self.account.write({"parent_id": group.id, "is_company": False})
        self.drain()
        self.profiles.refresh(self.company)
        self.env.invalidate_all()
        self.assertEqual(self.account.commercial_partner_id, group)
        opened = self.opened("receivable")
        self.assertTrue(opened)
        self.assertAlmostEqual(sum(opened.mapped("amount_residual")), self.profile.receivable)
        self.assertLessEqual(len(opened), before)

    def test_days_to_pay(self):
        self.assertEqual(self.opened("days_to_pay").ids, self.last.ids)
        self.assertEqual(self.profile.days_to_pay, 10)

    def test_pipeline(self):
        opened = self.opened("pipeline")
        weighted = sum(lead.expected_revenue * lead.probability / 100 for lead in opened)
        self.assertAlmostEqual(weighted, self.profile.pipeline)

    def test_top_category(self):
        self.assertEqual(self.profile.top_categ_id, self.paint)
        self.assertEqual(self.opened("top_categ_id").ids, self.last.ids)

    def test_interactions_say_what_the_user_may_read(self):
        opened = self.opened("interaction_count_12m")
        self.assertEqual(set(opened.mapped("kind")), {"activity", "meeting", "email"})
        self.assertIn("Visita", opened.mapped("summary"))
        meeting = opened.filtered(lambda interaction: interaction.kind == "meeting")
        self.assertEqual(meeting.action_open()["res_model"], "calendar.event")

    def test_a_private_meeting_gives_its_date_only(self):
        event = self.env["calendar.event"].search([("name", "=", "Visita")])
        event.write({"privacy": "private", "user_id": self.users["manager"].id})
        event.partner_ids -= self.users["salesperson"].partner_id
        opened = self.opened("interaction_count_12m")
        meeting = opened.filtered(lambda interaction: interaction.kind == "meeting")
        self.assertTrue(meeting.date)
        self.assertFalse(meeting.summary)
        self.assertFalse(meeting.user_id)
        with self.assertRaises(AccessError):
            meeting.action_open()

    def test_interactions_without_an_account(self):
        self.assertFalse(self.env["cartera.interaction"].search([]))

    # -- rights -------------------------------------------------------------

    def test_margin_needs_its_group(self):
        self.assertEqual(
            self.opened("margin_12m", "manager"), self.opened("revenue_12m", "manager")
        )
        with self.assertRaises(AccessError):
            self.opened("margin_12m")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_colleagues_account_opens_nothing(self):
        self.account.user_id = self.users["manager"]
        self.drain()
        for method, args in (
            ("action_open_figure", ["revenue_12m"]),
            ("action_open_month", ["2024-01-01"]),
            ("action_open_category", [self.tools.id]),
            ("get_revenue_by_month", []),
            ("get_top_categories", []),
        ):
            for role in ("salesperson", "internal"):
                with self.subTest(method=method, role=role), self.assertRaises(AccessError):
                    self.rpc(role, "cartera.profile", method, self.profile.ids, *args)
        for model in ("cartera.open.item", "cartera.interaction"):
            env = self.env(user=self.users["salesperson"].id, su=False)
            records = env[model].with_context(cartera_profile_id=self.profile.id)
            self.assertFalse(records.search([("profile_id", "=", self.profile.id)]))

    def test_no_figure(self):
        with self.assertRaises(UserError):
            self.opened("name")

    def test_from_the_contact(self):
        person = self.account.child_ids
        action = self.rpc(
            "salesperson",
            "res.partner",
            "action_cartera_open_figure",
            person.ids,
            "cartera_overdue",
        )
        expected = self.rpc(
            "salesperson", "cartera.profile", "action_open_figure", self.profile.ids, "overdue"
        )
        self.assertEqual(action["domain"], expected["domain"])
