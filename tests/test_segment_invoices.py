"""Invoice analysis by segment: figures, rights, favourites."""

from ast import literal_eval

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .room_case import RoomCase

REPORT = "account.invoice.report"
BILLING = "account.group_account_invoice"
FAVOURITES = ("product", "customer", "market", "zone", "channel")


class TestSegmentInvoices(RoomCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dimensions.search([]).active = False
        cls.zone = cls.make_dimension(
            "lugar", [("Norte", "[('potential', '>', 1000)]"), ("Sur", "[('potential', '>', 0)]")]
        )
        cls.profit = cls.make_dimension(
            "ganancia", [("Gana", "[('margin_12m', '>=', 0)]"), ("Resto", "[]")]
        )
        cls.sellers = {
            name: new_test_user(
                cls.env, login=f"cartera_bill_{name}", groups=f"sales_team.{group},{BILLING}"
            )
            for name, group in (
                ("manager", "group_sale_manager"),
                ("seller", "group_sale_salesman"),
            )
        }
        cls.sellers["accountant"] = new_test_user(
            cls.env, login="cartera_bill_accountant", groups=BILLING
        )
        cls.accounts = {}
        for name, potential, amount in (("Uno", 5000, 100), ("Dos", 10, 30), ("Tres", 0, 7)):
            partner = cls.make_account(name, user_id=cls.sellers["manager"].id)
            cls.make_invoice(partner, "2026-02-01", amount)
            profile = cls.profile_of(partner)
            profile.potential = potential
            cls.accounts[name] = profile
        cls.accounts["Dos"].user_id = cls.sellers["seller"]
        cls.drain()
        cls.env.flush_all()
        cls.dimensions._sort(cls.company)
        cls.env.invalidate_all()

    def report(self, name, **context):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env[REPORT]
            .with_user(self.sellers[name])
            .with_context(allowed_company_ids=self.company.ids, **context)
        )

    def sums(self, name, domain=(), **context):
        partners = [profile.partner_id.id for profile in self.accounts.values()]
        groups = self.report(name, **context)._read_group(
            [("commercial_partner_id", "in", partners), *domain],
            ["cartera_segment_ids"],
            ["price_subtotal:sum"],
        )
        return {segment.name or None: amount for segment, amount in groups}

    def test_groups_of_one_dimension(self):
        by_zone = {"cartera_dimension_id": self.zone.id}
        self.assertEqual(self.sums("manager", **by_zone), {"Norte": 100, "Sur": 30, None: 7})
        self.assertEqual(self.sums("seller", **by_zone), {"Sur": 30, None: 107})

    def test_search(self):
        north, south = self.zone.segment_ids
        for domain, expected in (
            ([("cartera_segment_ids", "in", north.ids)], {"Norte": 100}),
            ([("cartera_segment_ids.name", "=", "Sur")], {"Sur": 30}),
            ([("cartera_segment_ids", "not in", north.ids)], {"Sur": 30, None: 7}),
        ):
            with self.subTest(domain=domain):
                found = self.sums("manager", domain, cartera_dimension_id=self.zone.id)
                self.assertEqual(found, expected)
        lines = self.report("manager").search([("cartera_segment_ids", "in", south.ids)])
        self.assertEqual(lines.partner_id, self.accounts["Dos"].partner_id)
        self.assertIn("Sur", lines.cartera_segment_ids.mapped("name"))

    def test_segments_of_margins_stay_hidden(self):
        self.assertLessEqual({"Resto"}, self.sums("manager").keys())
        self.assertEqual(self.sums("seller").keys() & {"Gana", "Resto"}, set())
        hidden = self.profit.segment_ids
        for domain in (
            [("cartera_segment_ids", "in", hidden.ids)],
            [("cartera_segment_ids.name", "=", "Resto")],
            [("cartera_profile_id.segment_ids", "in", hidden.ids)],
        ):
            with self.subTest(domain=domain):
                self.assertFalse(self.report("seller").search(domain))
        lines = self.report("seller").search([("partner_id.name", "=", "Dos")])
        self.assertEqual(lines.cartera_segment_ids.mapped("name"), ["Sur"])

    def test_accountants_without_the_portfolio(self):
        report = self.report("accountant")
        self.assertNotIn("cartera_segment_ids", report.fields_get())
        for call in (
            lambda: report._read_group([], ["cartera_segment_ids"], ["__count"]),
            lambda: report.search([("cartera_segment_ids", "!=", False)]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_favourites_open(self):
        action = self.env.ref("crm_cartera.cartera_invoice_report_action")
        for code in FAVOURITES:
            favourite = self.env.ref(f"crm_cartera.filter_invoice_{code}")
            with self.subTest(favourite=favourite.name):
                self.assertEqual(favourite.action_id.id, action.id)
                context = literal_eval(favourite.context)
                group_by = context.pop("group_by")
                report = self.report("manager", **context)
                groups = report._read_group(
                    literal_eval(action.domain) + literal_eval(favourite.domain),
                    group_by,
                    ["price_subtotal:sum"],
                )
                self.assertTrue(groups)

    def test_favourites_speak_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("es_ES")
        action = self.env.ref("crm_cartera.cartera_invoice_report_action")
        filters = self.env["ir.filters"].with_user(self.sellers["manager"])
        names = [row["name"] for row in filters.get_filters(REPORT, action.id)]
        self.assertIn("By zone", names)
        self.env.ref("crm_cartera.filter_invoice_zone").name = "Zonas propias"
        names = [row["name"] for row in filters.get_filters(REPORT, action.id)]
        self.assertIn("Zonas propias", names)
        spanish = filters.with_context(lang="es_ES").get_filters(REPORT, action.id)
        self.assertEqual(len(spanish), len(names))
