"""Snapshots, migration and changes of retention give nobody more than the portfolio does."""

import itertools

from odoo.exceptions import AccessError, UserError

from .access_case import COLLEAGUE, DENIED, FREE, MINE, REFUSED, AccessCase
from .report_case import JUNE, MAY, ReportMixin

SNAPSHOT, CHANGE, MIGRATION = "cartera.snapshot", "cartera.retention.change", "cartera.migration"


class TestHistoryReportsAccess(ReportMixin, AccessCase):
    """Each account's revenue is its potential, on both days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for profile in cls.known:
            for day in (MAY, JUNE):
                cls.snap(
                    profile,
                    day,
                    lifecycle="client",
                    retention_status="lost",
                    abc_revenue="A",
                    rfm_score="111",
                    revenue_12m=profile.potential,
                    margin_12m=profile.potential,
                )
            cls.insert(
                CHANGE,
                profile_id=profile.id,
                company_id=profile.company_id.id,
                date=JUNE,
                from_status="inactive",
                to_status="lost",
                direction="worse",
            )

    def model(self, env, name):
        return env[name].with_context(cartera_from=MAY, cartera_to=JUNE)

    def paths(self, name, figure, domain=()):
        """Return the paths to a revenue on a report of accounts."""
        domain = [("profile_id", "in", self.known.ids), *domain]

        def search(*leaves, order=None):
            return lambda e: [
                row.profile_id.sudo().potential
                for row in self.model(e, name).search([*domain, *leaves], order=order)
            ]

        def groups(by):
            return lambda e: [
                value
                for key, values in self.model(e, name)._read_group(
                    domain, [by], [f"{figure}:array_agg"]
                )
                if key
                for value in values
            ]

        def every(env):
            return self.model(env, name).search(domain)

        return {
            "search": (search(), REFUSED),
            "search figure": (search((figure, ">", 1)), REFUSED),
            "search path": (search(("profile_id.potential", ">", 1)), REFUSED),
            "order": (search(order=f"{figure} desc"), REFUSED),
            "read": (lambda e: every(e).mapped(figure), REFUSED),
            "read ids": (
                # Rows of companies one has not selected are none at all.
                lambda e: itertools.chain.from_iterable(
                    self.each(
                        self.model(e, name).browse(self.model(self.env, name).search(domain).ids),
                        lambda row: [values[figure] for values in row.read([figure])],
                    )
                ),
                REFUSED,
            ),
            "export": (
                lambda e: [row[0] for row in every(e).export_data([figure])["datas"]],
                REFUSED,
            ),
            "export path": (
                lambda e: [
                    row[0] for row in every(e).export_data(["profile_id/potential"])["datas"]
                ],
                REFUSED,
            ),
            "group by account": (groups("profile_id"), REFUSED),
            "group by company": (groups("company_id"), REFUSED),
            "group by path": (groups("profile_id.lifecycle"), REFUSED),
            "sum": (
                lambda e: self.model(e, name)._read_group(domain, [], [f"{figure}:sum"])[0],
                REFUSED,
            ),
            "sum for the client": (
                lambda e: [
                    row[f"{figure}:sum"]
                    for row in self.model(e, name).formatted_read_group(
                        domain, [], [f"{figure}:sum"]
                    )
                ],
                REFUSED,
            ),
            "open": (
                lambda e: [
                    self.env[action["res_model"]].browse(action["res_id"]).potential
                    for action in self.each(every(e), lambda row: row.action_open())
                ],
                REFUSED,
            ),
        }

    def test_snapshots(self):
        self.check(self.paths(SNAPSHOT, "revenue_12m", [("date", "=", JUNE)]))

    def test_migration_before(self):
        self.check(self.paths(MIGRATION, "from_revenue_12m"))

    def test_migration_after(self):
        self.check(self.paths(MIGRATION, "to_revenue_12m"))

    def test_migration_groups(self):
        def groups(by):
            return lambda e: [
                value
                for _key, values in self.model(e, MIGRATION)._read_group(
                    [("profile_id", "in", self.known.ids)], [by], ["to_revenue_12m:array_agg"]
                )
                for value in values
            ]

        names = ("lifecycle", "retention_status", "abc_revenue", "rfm_score")
        self.check(
            {
                f"group by {side}_{name}": (groups(f"{side}_{name}"), REFUSED)
                for side in ("from", "to")
                for name in names
            }
        )

    def test_changes(self):
        def found(env, *leaves):
            rows = env[CHANGE].search([("profile_id", "in", self.known.ids), *leaves])
            return self.figures(rows.profile_id)

        self.check(
            {
                "search": (found, REFUSED),
                "search direction": (lambda e: found(e, ("direction", "=", "worse")), REFUSED),
                "search path": (lambda e: found(e, ("profile_id.potential", ">", 1)), REFUSED),
                "group": (
                    lambda e: self.figures(
                        e[CHANGE]._read_group([], ["to_status"], ["profile_id:recordset"])[0][1]
                    ),
                    REFUSED,
                ),
                "export": (
                    lambda e: [
                        row[0]
                        for row in e[CHANGE]
                        .search([("profile_id", "in", self.known.ids)])
                        .export_data(["profile_id/potential"])["datas"]
                    ],
                    REFUSED,
                ),
            }
        )

    def test_margin_of_snapshots(self):
        """Who may not see margins gets them on no path, of his own accounts either."""
        domain = [("date", "=", JUNE), ("profile_id", "in", self.known.ids)]
        for role in (*DENIED, "salesperson", "all_accounts"):
            for path, call in {
                "read": lambda e: e[SNAPSHOT].search(domain).read(["margin_12m"]),
                "search": lambda e: e[SNAPSHOT].search([*domain, ("margin_12m", ">", 1)]),
                "order": lambda e: e[SNAPSHOT].search(domain, order="margin_12m"),
                "sum": lambda e: e[SNAPSHOT]._read_group(domain, [], ["margin_12m:sum"]),
                "group": lambda e: e[SNAPSHOT]._read_group(domain, ["abc_margin"], ["__count"]),
                "export": lambda e: e[SNAPSHOT].search(domain).export_data(["margin_12m"]),
            }.items():
                with self.subTest(role=role, path=path), self.assertRaises(AccessError):
                    call(self.env_of(role))
        found = self.env_of("manager")[SNAPSHOT].search(domain).mapped("margin_12m")
        self.assertEqual(set(found), {MINE, COLLEAGUE, FREE})

    def test_dialog_and_days(self):
        """Those who have a portfolio; the days are those of the companies one has selected."""
        for role in DENIED:
            env = self.env_of(role)
            for call in (
                lambda env=env: env["cartera.snapshot.date"].search([]),
                lambda env=env: env["cartera.migration.open"].create({}),
                lambda env=env: env["cartera.migration.open"].action_start(),
            ):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    call()
        self.env[SNAPSHOT].search([("company_id", "=", self.other_company.id)]).unlink()
        days = self.env_of("other")["cartera.snapshot.date"].search([])
        self.assertEqual(days.mapped("live"), [True])

    def test_opening_the_row_of_a_colleague(self):
        """A number that one was never shown opens nothing."""
        known = [("profile_id", "=", self.profile_of(self.theirs).id)]
        for name in (SNAPSHOT, CHANGE, MIGRATION):
            row = self.model(self.env, name).search(known, limit=1)
            self.assertTrue(row)
            for role in ("portal", "internal", "salesperson", "other"):
                with self.subTest(model=name, role=role), self.assertRaises(UserError):
                    self.rpc(role, name, "action_open", row.ids)
            for role in ("all_accounts", "manager"):
                with self.subTest(model=name, role=role):
                    action = self.rpc(role, name, "action_open", row.ids)
                    self.assertEqual(action["res_id"], known[0][2])

    def test_nobody_writes(self):
        """Not the manager either, and no field can be set through RPC."""
        for name in (SNAPSHOT, CHANGE, MIGRATION, "cartera.snapshot.date", "cartera.calibration"):
            for role in ("salesperson", "manager"):
                env = self.env_of(role)
                for operation in ("write", "create", "unlink"):
                    with self.subTest(model=name, role=role, operation=operation):
                        self.assertFalse(env[name].has_access(operation))
