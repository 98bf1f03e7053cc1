"""Migration between two days: hand-made snapshots, hand-counted tables."""

from freezegun import freeze_time

from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import SQL

from .report_case import JULY, JUNE, MAY, ReportCase

MODEL = "cartera.migration"


class MigrationCase(ReportCase):
    """May to June: Alba slips, Brisa comes back, Cobre leaves, Duna enters, Eco never bought."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for profile, day, lifecycle, status, abc, rfm, revenue in (
            (cls.alba, MAY, "client", "active", "A", "545", 1000),
            (cls.alba, JUNE, "client", "at_risk", "A", "445", 800),
            (cls.brisa, MAY, "client", "inactive", "B", "222", 100),
            (cls.brisa, JUNE, "client", "recovered", "C", "512", 90.5),
            (cls.cobre, MAY, "client", "lost", None, "111", 0),
            (cls.duna, JUNE, "client", "new", "B", "511", 200),
            (cls.eco, MAY, "prospect", None, None, None, None),
            (cls.eco, JUNE, "lead", None, None, None, None),
        ):
            cls.snap(
                profile,
                day,
                lifecycle=lifecycle,
                retention_status=status,
                abc_revenue=abc,
                rfm_score=rfm,
                revenue_12m=revenue,
            )

    def migration(self, start=MAY, end=JUNE, role="manager"):
        return self.as_user(MODEL, role, cartera_from=start, cartera_to=end)

    def rows(self, names, **kwargs):
        """Return {account: values} of some columns."""
        found = self.migration(**kwargs).search([])
        return {row.profile_id.name: tuple(row[name] for name in names) for row in found}


class TestMigration(MigrationCase):
    def test_lifecycle_retention_and_class(self):
        self.assertEqual(
            self.rows(
                ["from_lifecycle", "to_lifecycle", "from_retention_status", "to_retention_status"]
            ),
            {
                "Alba": ("client", "client", "active", "at_risk"),
                "Brisa": ("client", "client", "inactive", "recovered"),
                "Cobre": ("client", False, "lost", False),
                "Duna": (False, "client", False, "new"),
                "Eco": ("prospect", "lead", False, False),
            },
        )
        self.assertEqual(
            self.rows(["from_abc_revenue", "to_abc_revenue", "from_rfm_score", "to_rfm_score"]),
            {
                "Alba": ("A", "A", "545", "445"),
                "Brisa": ("B", "C", "222", "512"),
                "Cobre": (False, False, "111", False),
                "Duna": (False, "B", False, "511"),
                "Eco": (False, False, False, False),
            },
        )

    def test_directions(self):
        """Blank where one of the days says nothing; an account without revenue is below class C."""
        self.assertEqual(
            self.rows(["presence", "retention_direction", "abc_direction"]),
            {
                "Alba": ("stayed", "worse", "same"),
                "Brisa": ("stayed", "better", "worse"),
                "Cobre": ("left", False, False),
                "Duna": ("entered", False, False),
                "Eco": ("stayed", False, "same"),
            },
        )

    def test_revenue(self):
        """Blank is not zero, but what is missing on one side adds up as nothing."""
        self.assertEqual(
            self.rows(["from_revenue_12m", "to_revenue_12m", "revenue_change"]),
            {
                "Alba": (1000, 800, -200),
                "Brisa": (100, 90.5, -9.5),
                "Cobre": (0, False, 0),
                "Duna": (False, 200, 200),
                "Eco": (False, False, False),
            },
        )
        sums = [f"{name}:sum" for name in ("from_revenue_12m", "to_revenue_12m", "revenue_change")]
        self.assertEqual(self.migration()._read_group([], [], sums), [(1100, 1090.5, -9.5)])

    def test_pivot(self):
        """The table of the screen: rows what they were, columns what they became."""
        groups = self.migration().formatted_read_group(
            [], ["from_retention_status", "to_retention_status"], ["__count", "revenue_change:sum"]
        )
        table = {
            (row["from_retention_status"], row["to_retention_status"]): (
                row["__count"],
                row["revenue_change:sum"],
            )
            for row in groups
        }
        self.assertEqual(
            table,
            {
                ("active", "at_risk"): (1, -200),
                ("inactive", "recovered"): (1, -9.5),
                ("lost", False): (1, 0),
                (False, "new"): (1, 200),
                (False, False): (1, False),
            },
        )

    def test_back_in_time(self):
        """From any month to any other: the other way round everything is mirrored."""
        rows = self.rows(["presence", "retention_direction", "revenue_change"], start=JUNE, end=MAY)
        self.assertEqual(rows["Alba"], ("stayed", "better", 200))
        self.assertEqual(rows["Cobre"], ("entered", False, 0))
        self.assertEqual(rows["Duna"], ("left", False, -200))

    @freeze_time("2024-07-10 12:00:00")
    def test_today_is_the_profiles_as_they_stand(self):
        self.judge(self.alba, retention_status="lost", abc_revenue=None, revenue_12m=0)
        self.judge(self.cobre, retention_status="recovered", abc_revenue="B", revenue_12m=50)
        names = ["from_retention_status", "to_retention_status", "abc_direction", "revenue_change"]
        today = self.rows(names, start=JUNE, end="2024-07-10")
        self.assertEqual(today["Alba"], ("at_risk", "lost", "worse", -800))
        self.assertEqual(today["Cobre"], (False, "recovered", False, 50))
        self.assertEqual(self.rows(names, start=JUNE, end=None), today)
        self.assertEqual(self.rows(names, start=None, end=None), today)
        self.assertEqual(self.rows(names, start=None, end=JUNE), self.rows(names, start=MAY))

    def test_what_is_written_now_is_compared_now(self):
        self.alba._write_unjudged({"retention_status": "new"})
        self.assertEqual(self.rows(["to_retention_status"], end=None)["Alba"], ("new",))

    def test_nothing_to_start_from(self):
        """A company without history shows the help of the screen, not a table of entries."""
        self.env["cartera.snapshot"].search([]).unlink()
        self.assertFalse(self.migration(None, None).search([]))
        self.assertFalse(self.migration(MAY, None).search([("presence", "!=", "entered")]))

    def test_archived_and_excluded(self):
        """An archived account is part of every figure, one that is not in the portfolio of none."""
        self.alba.partner_id.active = False
        self.brisa.action_exclude()
        self.drain()
        self.assertEqual(sorted(self.rows(["presence"])), ["Alba", "Cobre", "Duna", "Eco"])
        self.assertEqual(
            self.rows(["presence"], end=None),
            dict.fromkeys(("Alba", "Cobre", "Eco"), ("stayed",)) | {"Duna": ("entered",)},
        )

    def test_filters(self):
        model = self.migration()
        for name, expected in {
            "bought": ["Alba", "Brisa", "Cobre", "Duna"],
            "entered": ["Duna"],
            "stayed": ["Alba", "Brisa", "Eco"],
            "left": ["Cobre"],
            "worse": ["Alba"],
            "better": ["Brisa"],
            "abc_worse": ["Brisa"],
            "abc_better": [],
            "became_client": ["Duna"],
            "revenue_less": ["Alba", "Brisa"],
            "revenue_more": ["Duna"],
            "my": [],
        }.items():
            with self.subTest(filter=name):
                self.assertEqual(self.filtered(model, name).profile_id.mapped("name"), expected)

    def test_two_comparisons_in_one_request(self):
        """The row of an account has the same identifier in each; no value is taken for another's."""
        first = self.migration(MAY, JUNE).browse(self.alba.id)
        second = first.with_context(cartera_from=JUNE, cartera_to=MAY)
        self.assertEqual((first.to_revenue_12m, second.to_revenue_12m), (800, 1000))

    def test_senseless_day(self):
        for value in ("yesterday", "2024-13-01", "'; DROP TABLE cartera_profile; --"):
            with self.subTest(value=value), self.assertRaisesRegex(UserError, "not a date"):
                self.migration(value).search([])

    def test_opens_the_account(self):
        row = self.migration().search([("profile_id", "=", self.alba.id)])
        action = row.action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("cartera.profile", self.alba.id))

    def test_reading_only(self):
        row = self.migration().search([], limit=1)
        for call in (
            lambda: row.write({"to_lifecycle": "client"}),
            lambda: row.create({"profile_id": self.alba.id}),
            row.unlink,
        ):
            with self.assertRaisesRegex(Exception, "(?i)not allowed"):
                call()

    def test_days_are_found_on_the_index(self):
        """The rows of two days, not those of all."""
        self.env.cr.execute(
            """INSERT INTO cartera_snapshot (profile_id, partner_id, company_id, date)
               SELECT %s, %s, %s, DATE '1990-01-01' + n FROM generate_series(1, 5000) n""",
            (self.alba.id, self.alba.partner_id.id, self.company.id),
        )
        self.env.cr.execute("ANALYZE cartera_snapshot")
        for model in (self.migration(), self.as_user("cartera.snapshot.date")):
            plan = self.env.execute_query(SQL("EXPLAIN %s", model._search([]).select()))
            text = "\n".join(line for (line,) in plan)
            with self.subTest(model=model._name):
                self.assertIn("cartera_snapshot_company_date_idx", text)
                self.assertNotIn("Seq Scan on cartera_snapshot", text)


class TestDialog(MigrationCase):
    """The dialog that asks for the two days."""

    def dialog(self, role="manager", **context):
        return self.as_user("cartera.migration.open", role, **context)

    def days(self, **context):
        days = self.as_user("cartera.snapshot.date", **context)
        return [label for _id, label in days.name_search("")]

    @freeze_time("2024-07-10 12:00:00")
    def test_lists_the_days_there_are(self):
        self.snap(self.alba, "2024-06-15")
        self.assertEqual(self.days(), ["Today", "June 2024", "06/15/2024", "May 2024"])
        spanish = self.days(lang="es_ES")
        self.assertEqual(spanish[1:], ["junio 2024", "15/06/2024", "mayo 2024"])
        days = self.as_user("cartera.snapshot.date")
        self.assertEqual([label for _id, label in days.name_search("jun")], ["June 2024"])

    @freeze_time("2024-07-10 12:00:00")
    def test_today_stands_for_a_snapshot_of_today(self):
        self.snap(self.alba, "2024-07-10")
        self.assertEqual(self.days(), ["Today", "June 2024", "May 2024"])

    @freeze_time("2024-07-10 12:00:00")
    def test_starts_with_the_last_month_and_today(self):
        self.snap(self.alba, "2024-07-05")
        dialog = self.dialog("salesperson").create({})
        self.assertEqual(dialog.from_id.display_name, "June 2024")
        self.assertEqual(dialog.to_id.display_name, "Today")
        action = dialog.action_open()
        self.assertEqual(action["name"], "Migration: June 2024 → Today")
        self.assertEqual(action["context"]["cartera_from"], JUNE)
        self.assertEqual(action["context"]["cartera_to"], "2024-07-10")
        self.assertEqual(action["context"]["pivot_row_groupby"], ["from_retention_status"])

    @freeze_time("2024-06-10 12:00:00")
    def test_starts_with_what_there_is(self):
        self.env["cartera.snapshot"].search([]).unlink()
        self.snap(self.alba, "2024-06-03")
        self.assertEqual(str(self.dialog().create({}).from_id.date), "2024-06-03")

    def test_opens_what_was_chosen(self):
        days = self.as_user("cartera.snapshot.date").search([("live", "=", False)])
        july = self.snap(self.alba, JULY).date
        for subject in ("lifecycle", "retention_status", "abc_revenue"):
            dialog = self.dialog().create(
                {"from_id": days[1].id, "to_id": july.toordinal(), "subject": subject}
            )
            action = dialog.action_open()
            with self.subTest(subject=subject):
                self.assertEqual(action["res_model"], MODEL)
                self.assertEqual(action["path"], "cartera-migration")
                context = action["context"]
                self.assertEqual((context["cartera_from"], context["cartera_to"]), (MAY, JULY))
                by = [*context["pivot_row_groupby"], *context["pivot_column_groupby"]]
                self.assertEqual(by, [f"from_{subject}", f"to_{subject}"])
                model = self.as_user(MODEL, **context)
                self.assertTrue(model.formatted_read_group([], by, ["__count"]))
                # A prospect has a lifecycle, but no status and no class to compare.
                self.assertEqual(context["search_default_bought"], subject != "lifecycle")

    def test_one_day_is_no_comparison(self):
        day = self.as_user("cartera.snapshot.date").search([("live", "=", False)], limit=1)
        dialog = self.dialog().create({"from_id": day.id, "to_id": day.id})
        with self.assertRaisesRegex(UserError, "two different days"):
            dialog.action_open()

    def test_without_history_it_says_how_to_get_one(self):
        action = self.dialog().action_start()
        self.assertEqual((action["res_model"], action["target"]), (self.dialog()._name, "new"))
        self.env["cartera.snapshot"].search([]).unlink()
        with self.assertRaisesRegex(UserError, "A sales manager can make"):
            self.dialog("salesperson").action_start()
        with self.assertRaisesRegex(RedirectWarning, "made from the documents") as caught:
            self.dialog().action_start()
        policy = self.env.ref("crm_cartera.cartera_policy_action")
        self.assertEqual(caught.exception.args[1], policy.id)

    def test_days_of_the_selected_companies(self):
        other = self.env["res.company"].create({"name": "Otra sociedad"})
        profile = self.env["cartera.profile"].create({"name": "Lejana", "company_id": other.id})
        self.snap(profile, "2023-12-31")
        self.assertNotIn("December 2023", self.days())
        self.users["manager"].company_ids |= other
        both = self.days(allowed_company_ids=[self.company.id, other.id])
        self.assertEqual(both[1:], ["June 2024", "May 2024", "December 2023"])
