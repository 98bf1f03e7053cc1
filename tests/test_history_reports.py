"""Snapshots, changes of retention and calibrations as their screens show them."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError

from .report_case import JUNE, MAY, ReportCase

SNAPSHOT, CHANGE, RUN = "cartera.snapshot", "cartera.retention.change", "cartera.calibration"


class TestSnapshots(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["product.category"].create({"name": "Tornillería"})
        for profile, day, status, abc, rfm, revenue, margin in (
            (cls.alba, MAY, "active", "A", "555", 1000, 100),
            (cls.alba, "2024-06-15", "active", "A", "555", 990, 90),
            (cls.alba, JUNE, "at_risk", "A", "455", 800, 80),
            (cls.brisa, MAY, "new", "B", "511", 100, None),
            (cls.brisa, JUNE, "new", "B", "511", 150, 15),
            (cls.cobre, JUNE, None, None, None, None, None),
        ):
            cls.snap(
                profile,
                day,
                lifecycle="client" if status else "prospect",
                retention_status=status,
                abc_revenue=abc,
                rfm_score=rfm,
                revenue_12m=revenue,
                margin_12m=margin,
                top_categ_id=cls.category.id if abc == "A" else None,
            )

    def group(self, by, *aggregates, role="manager", domain=(("month_end", "=", True),)):
        model = self.as_user(SNAPSHOT, role)
        return model._read_group(list(domain), by, aggregates or ["__count", "revenue_12m:sum"])

    def test_by_month(self):
        self.assertEqual(
            self.group(["date:month"]), [(date(2024, 5, 1), 2, 1100), (date(2024, 6, 1), 3, 950)]
        )
        self.assertEqual(
            self.group(["date:month", "retention_status"]),
            [
                (date(2024, 5, 1), "active", 1, 1000),
                (date(2024, 5, 1), "new", 1, 100),
                (date(2024, 6, 1), "at_risk", 1, 800),
                (date(2024, 6, 1), "new", 1, 150),
                (date(2024, 6, 1), False, 1, False),
            ],
        )

    def test_by_class_lifecycle_score_and_category(self):
        for by, expected in {
            "abc_revenue": [("A", 1800), ("B", 250), (False, False)],
            "lifecycle": [("client", 2050), ("prospect", False)],
            "rfm_score": [("455", 800), ("511", 250), ("555", 1000), (False, False)],
        }.items():
            with self.subTest(by=by):
                self.assertEqual(self.group([by], "revenue_12m:sum"), expected)
        groups = self.group(["top_categ_id"], "revenue_12m:sum")
        self.assertEqual({key.name: total for key, total in groups}["Tornillería"], 1800)

    def test_month_ends(self):
        model = self.as_user(SNAPSHOT)
        for domain, expected in (
            ([("month_end", "=", True)], 5),
            ([("month_end", "!=", False)], 5),
            ([("month_end", "=", False)], 1),
            ([("month_end", "!=", True)], 1),
            ([("month_end", "in", [True, False])], 6),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(model.search_count(domain), expected)
        every = model.search([])
        self.assertEqual(every.filtered("month_end"), model.search([("month_end", "=", True)]))
        self.assertEqual(len(every.filtered_domain([("month_end", "=", True)])), 5)

    def test_leap_days_and_new_year(self):
        for day, expected in (
            ("2024-02-29", True),
            ("2024-02-28", False),
            ("2023-02-28", True),
            ("2023-12-31", True),
            ("2024-01-01", False),
        ):
            snapshot = self.snap(self.duna, day)
            with self.subTest(day=day):
                self.assertEqual(snapshot.month_end, expected)
                found = snapshot.search([("id", "=", snapshot.id), ("month_end", "=", True)])
                self.assertEqual(bool(found), expected)

    @freeze_time("2025-06-10 12:00:00")
    def test_screen_starts_with_the_month_ends_of_a_year(self):
        names = self.defaults_of("crm_cartera.cartera_snapshot_action")
        self.assertEqual(names, ["month_ends", "last_year", "bought"])
        found = self.filtered(self.as_user(SNAPSHOT), *names)
        self.assertEqual(
            [(row.profile_id.name, str(row.date)) for row in found],
            [("Alba", JUNE), ("Brisa", JUNE)],
        )

    def test_filters(self):
        model = self.as_user(SNAPSHOT)
        for name, expected in {
            "client": 5,
            "bought": 5,
            "slipping": 1,
            "lost": 0,
            "class_a": 3,
        }.items():
            with self.subTest(filter=name):
                self.assertEqual(len(self.filtered(model, name)), expected)

    def test_margin_is_for_its_group(self):
        """A salesperson finds it neither on the screens nor in the figures."""
        self.assertEqual(self.group([], "margin_12m:sum"), [(195,)])
        for call in (
            lambda: self.group([], "margin_12m:sum", role="salesperson"),
            lambda: self.group(["abc_margin"], role="salesperson"),
            lambda: self.group([], role="salesperson", domain=[("margin_12m", ">", 1)]),
        ):
            with self.assertRaises(AccessError):
                call()
        for view in ("list", "pivot", "graph", "search"):
            seen = self.as_user(SNAPSHOT, "salesperson").get_view(view_type=view)["arch"]
            self.assertNotIn("margin", seen)
        self.assertIn("margin_12m", self.as_user(SNAPSHOT).get_view(view_type="list")["arch"])

    def test_opens_the_account(self):
        action = (
            self.as_user(SNAPSHOT)
            .search([("profile_id", "=", self.alba.id)], limit=1)
            .action_open()
        )
        self.assertEqual((action["res_model"], action["res_id"]), ("cartera.profile", self.alba.id))


class TestRetentionChanges(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for profile, day, before, after, direction in (
            (cls.alba, "2024-06-03", "active", "at_risk", "worse"),
            (cls.brisa, "2024-06-09", "lost", "recovered", "better"),
            (cls.cobre, "2024-06-02", "inactive", "lost", "worse"),
            (cls.duna, "2024-06-05", "new", "active", "same"),
            (cls.eco, "2024-06-10", "at_risk", "active", "better"),
        ):
            cls.insert(
                CHANGE,
                profile_id=profile.id,
                company_id=cls.company.id,
                date=day,
                from_status=before,
                to_status=after,
                direction=direction,
            )

    @freeze_time("2024-06-06 12:00:00")
    def test_filters(self):
        """Thursday, 6 June: the week is Monday the 3rd to Sunday the 9th."""
        model = self.as_user(CHANGE)
        for names, expected in (
            (["this_week"], {"Alba", "Brisa", "Duna"}),
            (["last_week"], {"Cobre"}),
            (["worse"], {"Alba", "Cobre"}),
            (["better"], {"Brisa", "Eco"}),
            (["this_week", "worse"], {"Alba"}),
            (["this_week", "better"], {"Brisa"}),
            (["to_at_risk"], {"Alba"}),
            (["to_lost"], {"Cobre"}),
            (["to_recovered"], {"Brisa"}),
            (
                self.defaults_of("crm_cartera.cartera_retention_change_action"),
                {"Alba", "Brisa", "Duna"},
            ),
        ):
            with self.subTest(filters=names):
                found = self.filtered(model, *names)
                self.assertEqual(set(found.profile_id.mapped("name")), expected)

    def test_groups(self):
        model = self.as_user(CHANGE, lang="es_ES")
        self.assertEqual(
            model._read_group([], ["direction"], ["__count"]),
            [("better", 2), ("same", 1), ("worse", 2)],
        )
        self.assertEqual(
            model._read_group([], ["date:week"], ["__count"]),
            [(date(2024, 5, 27), 1), (date(2024, 6, 3), 3), (date(2024, 6, 10), 1)],
        )

    def test_salesperson(self):
        """His own accounts and nobody's; the salesperson of the account can be grouped by."""
        self.judge(self.alba, user_id=self.users["manager"].id)
        self.judge(self.brisa, user_id=self.users["salesperson"].id)
        groups = self.as_user(CHANGE, "salesperson")._read_group([], ["user_id"], ["__count"])
        self.assertEqual(
            [(user.id, count) for user, count in groups],
            [
                (self.users["salesperson"].id, 1),
                (False, 3),
            ],
        )

    def test_opens_the_account(self):
        change = self.as_user(CHANGE).search([("profile_id", "=", self.alba.id)])
        self.assertEqual(change.action_open()["res_id"], self.alba.id)


class TestCalibrations(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env[RUN].search([]).unlink()
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.calibration = cls.env[RUN].create(
            {
                "company_id": cls.company.id,
                "date": JUNE,
                "state": "done",
                "recalibrated": True,
                "recency_cuts": [12.0, 30.0, 61.5, 140.0],
                "frequency_cuts": [1.0, 2.0, 4.0, 9.2],
                "monetary_cuts": [100.0, 1234.5, 10000.0, 99999.99],
                "buyer_count": 89,
                "top10_share": 0.4504,
                "top20pct_share": 0.6006,
                "hhi": 336.9,
                "gini": 0.5755,
            }
        )

    def texts(self, lang):
        run = self.as_user(RUN, lang=lang).browse(self.calibration.id)
        names = ("recency_cuts_text", "frequency_cuts_text", "monetary_cuts_text")
        return [run[name].replace("\xa0", " ") for name in names]

    def test_cut_points_in_words(self):
        self.assertEqual(
            self.texts("en_US"),
            [
                "12 · 30 · 61.5 · 140",
                "1 · 2 · 4 · 9.2",
                "100.00 € · 1,234.50 € · 10,000.00 € · 99,999.99 €",
            ],
        )
        self.assertEqual(self.texts("es_ES")[0], "12 · 30 · 61,5 · 140")
        self.assertIn("1.234,50", self.texts("es_ES")[2])
        spanish = self.as_user(RUN, lang="es_ES").browse(self.calibration.id)
        self.assertEqual(spanish.display_name, "30/06/2024")

    def test_nothing_learned_yet(self):
        """A running, a failed run, and one of a company that nobody buys from."""
        self.calibration.write(
            {"recency_cuts": False, "frequency_cuts": False, "monetary_cuts": False}
        )
        run = self.as_user(RUN).browse(self.calibration.id)
        self.assertEqual(
            (run.recency_cuts_text, run.frequency_cuts_text, run.monetary_cuts_text), (False,) * 3
        )

    def test_over_time(self):
        """The graph shows the average of a month's runs; a run that failed has no figure."""
        july = {"company_id": self.company.id, "date": "2024-07-01"}
        self.env[RUN].create([{**july, "state": "done", "top20pct_share": 0.7}, july])
        groups = self.as_user(RUN)._read_group([], ["date:month"], ["top20pct_share:avg"])
        self.assertEqual(
            [(str(month), round(share, 4)) for month, share in groups],
            [("2024-06-01", 0.6006), ("2024-07-01", 0.7)],
        )

    def test_managers_only(self):
        for view in ("list", "form", "graph", "search"):
            self.assertTrue(self.as_user(RUN).get_view(view_type=view)["arch"])
        with self.assertRaises(AccessError):
            self.as_user(RUN, "salesperson").search([])
        menus = self.as_user("ir.ui.menu", "salesperson")._visible_menu_ids()
        self.assertNotIn(self.env.ref("crm_cartera.menu_calibration").id, menus)
        self.assertIn(self.env.ref("crm_cartera.menu_migration").id, menus)
        menus = self.as_user("ir.ui.menu")._visible_menu_ids()
        self.assertIn(self.env.ref("crm_cartera.menu_calibration").id, menus)
