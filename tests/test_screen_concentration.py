"""Concentration: the curve, its classes and the accounts behind each point, by hand and by user."""

from itertools import pairwise

from odoo.exceptions import AccessError

from .screen_case import ScreenCase


class TestScreenConcentration(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_known("Alfa", cls.seller, revenue_12m=600, margin_12m=50)
        cls.make_known("Beta", cls.colleague, revenue_12m=200, margin_12m=150)
        cls.make_known("Gamma", cls.seller, revenue_12m=100, margin_12m=-5)
        cls.make_known("Delta", None, revenue_12m=100, active=False)
        # No part of any curve.
        cls.make_known("Devoluciones", cls.seller, revenue_12m=-50)
        cls.make_known("Nada", cls.seller, revenue_12m=0)
        cls.make_known("Nunca", cls.seller)
        cls.make_known("Mostrador", cls.seller, revenue_12m=5000, excluded=True)

    def ranks(self, result):
        """Return [(rank, share of accounts, share of revenue, names)]."""
        return [
            (
                point["last"],
                point["account_share"],
                point["revenue_share"],
                [account["name"] for account in point["names"]],
            )
            for point in result["points"]
        ]

    def test_curve(self):
        """600, 200, 100 and 100 of 1,000; equal amounts in the order of their creation."""
        result = self.rpc("all_accounts", "get_concentration")
        self.assertEqual(
            self.ranks(result),
            [
                (1, 0.25, 0.6, ["Alfa"]),
                (2, 0.5, 0.8, ["Beta"]),
                (3, 0.75, 0.9, ["Gamma"]),
                (4, 1.0, 1.0, ["Delta"]),
            ],
        )
        self.assertEqual([point["amount"] for point in result["points"]], [600, 200, 100, 100])
        self.assertEqual(result["limits"], {"A": 0.8, "B": 0.95})
        self.assertEqual(result["currency_id"], self.company.currency_id.id)

    def test_figures(self):
        """HHI = 3600 + 400 + 100 + 100; Gini = (-300 - 100 + 200 + 1800) / (4 x 1000)."""
        figures = self.rpc("manager", "get_concentration")["figures"]
        self.assertEqual((figures["account_count"], figures["revenue"]), (4, 1000))
        self.assertEqual((figures["top1_share"], figures["top5_share"]), (0.6, 1.0))
        self.assertEqual(figures["top20pct_share"], 0.6)
        self.assertAlmostEqual(figures["hhi"], 4200)
        self.assertAlmostEqual(figures["gini"], 0.4)

    def test_classes(self):
        """Before the two of 100 stand 80 %: they are B together, and nobody is left for C."""
        result = self.rpc("manager", "get_concentration")
        self.assertEqual(
            result["classes"],
            [
                {"name": "A", "first": 1, "last": 2, "amount": 800, "share": 0.8},
                {"name": "B", "first": 3, "last": 4, "amount": 200, "share": 0.2},
            ],
        )
        opens = self.opens
        self.assertEqual(opens("manager", "open_concentration_class", "A"), ["Alfa", "Beta"])
        self.assertEqual(opens("manager", "open_concentration_class", "B"), ["Delta", "Gamma"])
        policy = self.env["cartera.policy"]._for(self.company)
        policy.write({"abc_a_limit": 0.75, "abc_b_limit": 0.9})
        self.make_known("Épsilon", revenue_12m=1)
        result = self.rpc("manager", "get_concentration")
        self.assertEqual([grade["name"] for grade in result["classes"]], ["A", "B", "C"])
        self.assertEqual(opens("manager", "open_concentration_class", "C"), ["Épsilon"])
        self.assertEqual(opens("manager", "open_concentration_class", "B"), ["Delta", "Gamma"])

    def test_points_open_their_accounts(self):
        self.assertEqual(self.opens("manager", "open_concentration", 2, 3), ["Beta", "Gamma"])
        self.assertEqual(self.opens("manager", "open_concentration", 4, 4), ["Delta"])
        self.assertEqual(self.opens("salesperson", "open_concentration", 2, 2), ["Gamma"])
        self.assertEqual(self.opens("manager", "open_concentration", 9, 12), [])
        action = self.rpc("manager", "open_concentration", 2, 3)
        self.assertEqual(action["name"], "Concentration: ranks 2 to 3")

    def test_a_point_names_a_few_of_many(self):
        self.env.cr.execute(
            """INSERT INTO cartera_profile (partner_id, company_id, name, lifecycle, stage_id, active,
                                            revenue_12m)
               SELECT p.id, %(company)s, p.name, s.lifecycle, s.id, TRUE, 1
                 FROM res_partner p, cartera_stage s
                WHERE s.id = %(stage)s AND p.id IN %(partners)s""",
            {
                "company": self.company.id,
                "stage": self.env.ref("crm_cartera.cartera_stage_qualification").id,
                "partners": tuple(
                    self.env["res.partner"].create([{"name": f"C{n}"} for n in range(1000)]).ids
                ),
            },
        )
        points = self.rpc("manager", "get_concentration")["points"]
        self.assertEqual(len(points), 200)
        self.assertEqual([points[0]["first"], points[-1]["last"]], [1, 1004])
        self.assertTrue(all(len(point["names"]) <= 5 for point in points))
        for before, after in pairwise(points):
            self.assertEqual(after["first"], before["last"] + 1)
        self.assertAlmostEqual(sum(point["amount"] for point in points), 2000)

    # -- whose accounts -----------------------------------------------------

    def test_salesperson_sees_his_own_and_unassigned(self):
        result = self.rpc("salesperson", "get_concentration")
        names = [name for *_rest, names in self.ranks(result) for name in names]
        self.assertEqual(names, ["Alfa", "Gamma", "Delta"])
        self.assertEqual(result["figures"]["revenue"], 800)
        self.assertAlmostEqual(result["figures"]["hhi"], 5937.5)
        self.assertEqual(result["salespeople"], [])
        self.assertFalse(result["may_refresh"])

    def test_a_salesperson_asks_for_a_colleague(self):
        result = self.rpc("salesperson", "get_concentration", user_id=self.colleague.id)
        self.assertEqual((result["points"], result["classes"]), ([], []))
        self.assertIsNone(result["figures"]["gini"])

    def test_filter_by_salesperson(self):
        result = self.rpc("all_accounts", "get_concentration")
        self.assertEqual(
            result["salespeople"],
            [
                {"id": self.colleague.id, "name": "Colleague"},
                {"id": self.seller.id, "name": "Salesperson"},
                {"id": False, "name": "Unassigned"},
            ],
        )
        for user_id, names in (
            (self.colleague.id, ["Beta"]),
            (self.seller.id, ["Alfa", "Gamma"]),
            (False, ["Delta"]),
        ):
            result = self.rpc("all_accounts", "get_concentration", user_id=user_id)
            found = [name for *_rest, some in self.ranks(result) for name in some]
            self.assertEqual(found, names)
            opened = self.opens("manager", "open_concentration", 1, 2, user_id=user_id)
            self.assertEqual(opened, names)

    def test_classes_of_a_part_are_no_classes_of_accounts(self):
        """Who sees a part of the portfolio only is told that its classes are its own."""
        for role, user_id, is_part in (
            ("all_accounts", None, False),
            ("manager", None, False),
            ("manager", self.seller.id, True),
            ("manager", False, True),
            ("salesperson", None, True),
        ):
            with self.subTest(role=role, user_id=user_id):
                result = self.rpc(role, "get_concentration", user_id=user_id)
                self.assertEqual(result["is_part"], is_part)

    def test_other_company(self):
        """Two companies never mix, whichever are selected; a branch shows its main company."""
        there = self.make_company("Otra sociedad")
        self.make_known("Lejana", None, there, revenue_12m=70)
        branch = self.make_company("Delegación", parent_id=self.company.id)
        for companies, expected in (
            ([there], ["Lejana"]),
            ([there, self.company], ["Lejana"]),
            ([self.company, there], ["Alfa", "Beta", "Gamma", "Delta"]),
            ([branch], ["Alfa", "Beta", "Gamma", "Delta"]),
        ):
            with self.subTest(companies=[company.name for company in companies]):
                user = self.make_manager_of(*companies, login=f"m{companies[0].id}{len(companies)}")
                result = self.rpc(user, "get_concentration")
                found = [name for *_rest, names in self.ranks(result) for name in names]
                self.assertEqual(found, expected)
                several = companies[0].root_id.name if len(companies) > 1 else False
                self.assertEqual(result["company"], several)

    # -- margin ---------------------------------------------------------------

    def test_margin(self):
        result = self.rpc("manager", "get_concentration", measure="margin")
        self.assertEqual(result["measures"], ["revenue", "margin"])
        self.assertEqual(self.ranks(result), [(1, 0.5, 0.75, ["Beta"]), (2, 1.0, 1.0, ["Alfa"])])
        names = self.opens("manager", "open_concentration_class", "A", "margin")
        self.assertEqual(names, ["Alfa", "Beta"])

    def test_margin_is_not_for_everybody(self):
        for role in ("salesperson", "all_accounts"):
            result = self.rpc(role, "get_concentration")
            self.assertEqual(result["measures"], ["revenue"])
            for method, *args in (
                ("get_concentration",),
                ("open_concentration", 1, 1),
                ("open_concentration_class", "A"),
            ):
                with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                    self.rpc(role, method, *args, measure="margin")

    def test_nobody_has_revenue(self):
        self.env.cr.execute("UPDATE cartera_profile SET revenue_12m = NULL")
        result = self.rpc("manager", "get_concentration")
        self.assertEqual((result["points"], result["classes"]), ([], []))
        self.assertEqual(result["figures"]["account_count"], 0)
