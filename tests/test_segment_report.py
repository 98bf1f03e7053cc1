"""Drill-down: one row per account, its segments as columns, sums and ratios of groups."""

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .matrix_case import MatrixCase
from .query_case import QueryCase


class TestSegmentReport(MatrixCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.dimension"].search(
            [("code", "in", ("zone", "family", "value", "profitability"))]
        ).unlink()
        cls.regions.code, cls.sizes.code = "zone", "value"

    def report(self, role="manager"):
        user = self.users[role] if isinstance(role, str) else role
        context = {"lang": "en_US", "allowed_company_ids": user.company_ids.ids}
        return self.env(user=user.id, su=False, context=context)["cartera.segment.report"]

    def groups(self, role, groupby, *aggregates):
        groups = self.report(role)._read_group([], groupby, aggregates)
        return [
            tuple(one.name or "" if hasattr(one, "_name") else one for one in group)
            for group in groups
        ]

    def test_nested(self):
        """In the order of the segments; an account without one stands last."""
        self.assertEqual(
            self.groups("manager", ["zone_id", "value_id"], "__count", "revenue_12m:sum"),
            [
                ("Norte", "Grande", 2, 900),
                ("Norte", "Pequeña", 1, 50),
                ("Sur", "", 1, False),
            ],
        )
        self.assertEqual(
            self.groups("salesperson", ["zone_id"], "__count"), [("Norte", 2), ("Sur", 1)]
        )
        self.assertEqual(self.groups("manager", ["family_id"], "__count"), [("", 4)])

    def test_ratios_of_sums(self):
        """Growth: 950 after 700. Share of wallet: of Alba and Duna only, whose potential is known."""
        groups = self.groups("manager", ["zone_id"], "trend:avg", "share_of_wallet:avg")
        self.assertAlmostEqual(groups[0][1], 950 / 700 - 1)
        self.assertAlmostEqual(groups[0][2], 0.6)
        self.assertEqual(groups[1][1:], (False, False))

    def test_search_order_and_read(self):
        report = self.report()
        found = report.search([("zone_id", "=", self.id_of("Norte"))], order="value_id desc, name")
        self.assertEqual(found.mapped("name"), ["Cala", "Alba", "Brisa"])
        self.assertEqual(found.mapped("value_id.name"), ["Pequeña", "Grande"])
        self.assertEqual(report.search([("zone_id.name", "ilike", "sur")]).name, "Duna")
        self.assertEqual(report.search([("value_id", "=", False)]).name, "Duna")
        action = found[0].action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("cartera.profile", found[0].id))

    def test_own_dimensions_have_columns(self):
        rooms, segments = self.make_dimension("Salas", "salas", "Azul")
        self.put(self.profiles.search([("name", "=", "Duna")]), segments["Azul"])
        described = self.report().fields_get()
        column = next(name for name in described if described[name]["string"] == "Salas")
        self.assertTrue(column.startswith("own_"))
        self.assertEqual(self.groups("manager", [column], "__count"), [("Azul", 1), ("", 3)])
        rooms.unlink()
        self.assertFalse(self.report().fields_get()[column]["groupable"])

    def test_who_sees_what(self):
        for role in ("internal", "portal"):
            with self.assertRaises(AccessError):
                self.report(role).search([])
        for name in ("margin_12m", "profitability_id"):
            self.assertNotIn(name, self.report("salesperson").fields_get())
            with mute_logger("odoo.models"), self.assertRaises(AccessError):
                self.report("salesperson")._read_group([], [], [f"{name}:count"])
        self.assertEqual(self.groups("manager", [], "margin_12m:sum"), [(50,)])

    def test_restricted_dimensions_are_blank(self):
        self.restrict(self.sizes)
        self.assertEqual(self.groups("salesperson", ["value_id"], "__count"), [("", 3)])
        self.assertFalse(
            self.report("salesperson").search([("value_id", "=", self.id_of("Grande"))])
        )
        self.assertEqual(self.groups("manager", ["value_id"], "__count")[0], ("Grande", 2))

    def test_a_companys_own_dimension_takes_the_place_of_everybodys(self):
        there = self.make_company("Otra")
        boss = self.make_manager_of(self.company, there)
        _own, own = self.make_dimension("Zonas", "zone", "Centro", company_id=there.id)
        profile = self.make_known("Ajena", company=there)
        self.put(profile, own["Centro"], self.segments["Norte"])
        self.assertEqual(
            sorted(self.groups(boss, ["zone_id", "company_id"], "__count")),
            sorted(
                [
                    ("Norte", self.company.name, 3),
                    ("Sur", self.company.name, 1),
                    ("Centro", "Otra", 1),
                ]
            ),
        )

    def test_views(self):
        """Every view is made of fields that exist, for who sees margins and who does not."""
        for role, is_there in (("salesperson", False), ("manager", True)):
            for kind in ("pivot", "list", "search"):
                arch = self.report(role).get_view(view_type=kind)["arch"]
                self.assertEqual("profitability" in arch, is_there, kind)


class TestSegmentReportQueries(QueryCase):
    def test_as_many_queries_for_many_accounts(self):
        levels = ["zone_id", "family_id", "value_id"]
        report = self.mine("cartera.segment.report")

        def group(profiles):
            domain = [("id", "in", profiles.ids)]
            report._read_group(domain, levels, ["__count", "revenue_12m:sum", "trend:avg"])

        def read(profiles):
            report.search_read([("id", "in", profiles.ids)], ["name", "potential", *levels])

        for call in (group, read):
            with self.subTest(call.__name__):
                self.assert_same(call)
