"""Cohorts: who of those that bought first in a month still buys, from real documents."""

from .screen_case import ScreenCase


class TestScreenCohort(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make = cls.make_account
        cls.loyal = make("Leal", user_id=cls.seller.id)
        cls.lost = make("Perdida", user_id=cls.colleague.id)
        cls.young = make("Joven")
        cls.old = make("Antigua")
        cls.make_invoice(cls.loyal, "2026-01-10", 100)
        cls.make_invoice(cls.loyal, "2026-01-25", 40)
        cls.make_invoice(cls.loyal, "2026-02-05", 50)
        cls.make_invoice(cls.lost, "2026-01-20", 200)
        # Wholly reversed: neither a purchase nor revenue.
        cls.reverse(cls.make_invoice(cls.lost, "2026-03-02", 30), "2026-03-03")
        # A refund without a purchase lowers the revenue of its month.
        cls.reverse(cls.make_invoice(cls.young, "2026-02-01", 100), "2026-03-10", 20)
        # Not yet, and in draft.
        cls.make_invoice(cls.young, "2026-03-20", 999)
        cls.make_invoice(cls.loyal, "2026-03-01", 999, post=False)
        cls.make_invoice(cls.old, "2025-10-10", 500)
        cls.make_invoice(cls.old, "2026-01-10", 500)
        cls.drain()

    def table(self, role, **kwargs):
        """Return [(first day, accounts, [(accounts that bought, revenue)])]."""
        result = self.rpc(role, "get_cohorts", **kwargs)
        return [
            (
                cohort["date"],
                cohort["accounts"],
                [(cell["accounts"], cell["revenue"]) for cell in cohort["cells"]],
            )
            for cohort in result["cohorts"]
        ]

    def test_months(self):
        self.assertEqual(
            self.table("manager", count=3),
            [
                ("2026-01-01", 2, [(2, 340), (1, 50), (0, 0)]),
                ("2026-02-01", 1, [(1, 100), (0, -20)]),
                ("2026-03-01", 0, [(0, 0)]),
            ],
        )
        result = self.rpc("manager", "get_cohorts")
        self.assertEqual(len(result["cohorts"]), 12)
        self.assertEqual(result["cohorts"][-1]["label"], "Mar 2026")
        self.assertEqual(result["cohorts"][6]["date"], "2025-10-01")
        self.assertEqual(result["cohorts"][6]["cells"][3], {"accounts": 1, "revenue": 500})

    def test_quarters(self):
        self.assertEqual(
            self.table("manager", period="quarter", count=2),
            [
                ("2025-10-01", 1, [(1, 500), (1, 500)]),
                ("2026-01-01", 3, [(3, 470)]),
            ],
        )
        labels = self.rpc("manager", "get_cohorts", period="quarter", count=2)["cohorts"]
        self.assertEqual([cohort["label"] for cohort in labels], ["Q4 2025", "Q1 2026"])

    def test_salesperson_sees_his_own_and_unassigned(self):
        self.assertEqual(
            self.table("salesperson", count=3),
            [
                ("2026-01-01", 1, [(1, 140), (1, 50), (0, 0)]),
                ("2026-02-01", 1, [(1, 100), (0, -20)]),
                ("2026-03-01", 0, [(0, 0)]),
            ],
        )
        rows = self.table("salesperson", count=3, user_id=self.colleague.id)
        self.assertEqual([accounts for _day, accounts, _cells in rows], [0, 0, 0])

    def test_filter_by_salesperson(self):
        rows = self.table("manager", count=3, user_id=self.colleague.id)
        self.assertEqual(rows[0], ("2026-01-01", 1, [(1, 200), (0, 0), (0, 0)]))
        rows = self.table("manager", count=3, user_id=False)
        self.assertEqual(rows[1], ("2026-02-01", 1, [(1, 100), (0, -20)]))

    def test_a_cell_opens_its_accounts(self):
        opens = self.opens
        january = "2026-01-01"
        self.assertEqual(opens("manager", "open_cohort", january), ["Leal", "Perdida"])
        self.assertEqual(opens("manager", "open_cohort", january, 0), ["Leal", "Perdida"])
        self.assertEqual(opens("manager", "open_cohort", january, 1), ["Leal"])
        self.assertEqual(opens("manager", "open_cohort", january, 2), [])
        self.assertEqual(opens("salesperson", "open_cohort", january), ["Leal"])
        self.assertEqual(opens("manager", "open_cohort", "2025-10-01", 1, "quarter"), ["Antigua"])
        action = self.rpc("manager", "open_cohort", january, 1)
        self.assertEqual(action["name"], "Cohort of Jan 2026: purchases in Feb 2026")

    def test_behind_a_revenue_are_refunds_too(self):
        """One bought, another gave back what it bought before, a third did nothing."""
        faithful = self.make_account("Asidua", user_id=self.seller.id)
        self.make_invoice(self.make_account("Quieta"), "2026-02-20", 10)
        self.make_invoice(faithful, "2026-02-20", 10)
        self.make_invoice(faithful, "2026-03-01", 5)
        self.drain()
        self.assertEqual(self.table("manager", count=2)[0], ("2026-02-01", 3, [(3, 120), (1, -15)]))

        def opens(role, measure):
            return self.opens(role, "open_cohort", "2026-02-01", 1, measure=measure)

        self.assertEqual(opens("manager", "accounts"), ["Asidua"])
        self.assertEqual(opens("manager", "revenue"), ["Asidua", "Joven"])
        self.set_figures(self.profile_of(self.young), user_id=self.colleague.id)
        self.assertEqual(opens("salesperson", "revenue"), ["Asidua"])
        action = self.rpc("manager", "open_cohort", "2026-02-01", 1, measure="revenue")
        self.assertEqual(action["name"], "Cohort of Feb 2026: revenue in Mar 2026")

    def test_opening_data_make_a_cohort_too(self):
        """A client since before Odoo: its cohort is that of the client-since date."""
        partner = self.make_account("De antes")
        profile = self.profiles._ensure(partner)
        profile.opening_client_date = "2026-02-10"
        self.drain()
        self.assertEqual(self.table("manager", count=2)[0], ("2026-02-01", 2, [(1, 100), (0, -20)]))
