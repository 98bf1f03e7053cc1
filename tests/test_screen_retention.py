"""Retention: accounts by status at month ends and today, and whose status changed of late."""

from datetime import timedelta

from .common import day
from .screen_case import TODAY, ScreenCase


class TestScreenRetention(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.make_known("Mía", cls.seller, retention_status="active")
        cls.theirs = cls.make_known("Ajena", cls.colleague, retention_status="lost")
        cls.free = cls.make_known("Plaza", None, retention_status="lost", active=False)
        cls.out = cls.make_known("Fuera", cls.seller, retention_status="new", excluded=True)
        cls.never = cls.make_known("Nunca", cls.seller)
        for profile in (cls.mine, cls.theirs, cls.free, cls.out):
            cls.snapshot(profile, "2026-02-28", "at_risk")
        cls.snapshot(cls.mine, "2025-12-31", "new")
        cls.snapshot(cls.never, "2026-02-28", None)
        # Neither a month end nor a month of the screen.
        cls.snapshot(cls.mine, "2026-02-10", "lost")
        cls.snapshot(cls.mine, "2025-11-30", "lost")

    @classmethod
    def snapshot(cls, profile, date, status):
        cls.env["cartera.snapshot"].sudo().create(
            {
                "profile_id": profile.id,
                "partner_id": profile.partner_id.id,
                "company_id": profile.company_id.id,
                "date": date,
                "lifecycle": "client",
                "retention_status": status,
            }
        )

    def counts(self, role, **kwargs):
        """Return {month end or "today": {status: accounts}}, zeros left out."""
        result = self.rpc(role, "get_retention", **kwargs)
        found = {
            column["date"]: {
                status: counts[number]
                for status, counts in result["history"].items()
                if counts[number]
            }
            for number, column in enumerate(result["dates"])
        }
        return {**found, "today": result["today"]}

    def test_month_ends_and_today(self):
        expected = {
            "2025-12-31": {"new": 1},
            "2026-01-31": {},
            "2026-02-28": {"at_risk": 3},
            "today": {"active": 1, "lost": 2},
        }
        self.assertEqual(self.counts("manager", months=3), expected)
        self.assertEqual(self.counts("all_accounts", months=3), expected)
        result = self.rpc("manager", "get_retention")
        self.assertEqual(len(result["dates"]), 12)
        self.assertEqual(result["dates"][-1], {"date": "2026-02-28", "label": "Feb 2026"})
        self.assertEqual(result["statuses"][2], {"code": "at_risk", "name": "At risk"})

    def test_salesperson_sees_his_own_and_unassigned(self):
        expected = {"2026-02-28": {"at_risk": 2}, "today": {"active": 1, "lost": 1}}
        self.assertEqual(self.counts("salesperson", months=1), expected)
        nothing = {"2026-02-28": {}, "today": {}}
        colleague = self.colleague.id
        self.assertEqual(self.counts("salesperson", months=1, user_id=colleague), nothing)

    def test_filter_by_salesperson(self):
        for user_id, status in ((self.colleague.id, "lost"), (self.seller.id, "active")):
            self.assertEqual(
                self.counts("manager", months=1, user_id=user_id),
                {"2026-02-28": {"at_risk": 1}, "today": {status: 1}},
            )

    def test_a_status_opens_its_accounts(self):
        opens = self.opens
        self.assertEqual(opens("manager", "open_retention", "lost"), ["Ajena", "Plaza"])
        self.assertEqual(opens("salesperson", "open_retention", "lost"), ["Plaza"])
        past = ("at_risk", "2026-02-28")
        self.assertEqual(opens("manager", "open_retention", *past), ["Ajena", "Mía", "Plaza"])
        self.assertEqual(opens("salesperson", "open_retention", *past), ["Mía", "Plaza"])
        only = self.rpc("manager", "open_retention", *past, user_id=self.colleague.id)
        self.assertEqual(self.opened("manager", only), ["Ajena"])
        self.assertEqual(only["name"], "Retention: At risk on 02/28/2026")

    # -- changes ----------------------------------------------------------------

    @classmethod
    def change(cls, profile, days, before, after, direction):
        cls.env["cartera.retention.change"].sudo().create(
            {
                "profile_id": profile.id,
                "company_id": profile.company_id.id,
                "date": TODAY - timedelta(days=days),
                "from_status": before,
                "to_status": after,
                "direction": direction,
            }
        )

    def make_changes(self):
        self.change(self.mine, 0, "at_risk", "active", "better")
        self.change(self.mine, 6, "active", "at_risk", "worse")
        self.change(self.theirs, 2, "inactive", "lost", "worse")
        self.change(self.free, 3, "new", "active", "same")
        self.change(self.out, 1, "new", "lost", "worse")
        self.change(self.theirs, 7, "at_risk", "inactive", "worse")

    def changes(self, role, **kwargs):
        result = self.rpc(role, "get_retention_changes", **kwargs)
        return result["counts"], [(row["name"], row["to_status"]) for row in result["rows"]]

    def test_changes_of_the_week(self):
        """Seven days, today included: what was found a week ago is over."""
        self.make_changes()
        counts = {"all": 3, "worse": 2, "better": 1}
        rows = [("Mía", "active"), ("Ajena", "lost"), ("Plaza", "active"), ("Mía", "at_risk")]
        self.assertEqual(self.changes("manager"), (counts, rows))
        self.assertEqual(
            self.changes("manager", direction="worse"),
            (counts, [("Ajena", "lost"), ("Mía", "at_risk")]),
        )
        self.assertEqual(self.changes("manager", direction="better"), (counts, [("Mía", "active")]))
        row = self.rpc("manager", "get_retention_changes", direction="better")["rows"][0]
        self.assertEqual(
            {name: row[name] for name in ("profile_id", "date", "from_status", "direction")},
            {
                "profile_id": self.mine.id,
                "date": "2026-03-15",
                "from_status": "at_risk",
                "direction": "better",
            },
        )

    def test_changes_by_user(self):
        self.make_changes()
        mine = {"all": 2, "worse": 1, "better": 1}
        rows = [("Mía", "active"), ("Plaza", "active"), ("Mía", "at_risk")]
        self.assertEqual(self.changes("salesperson"), (mine, rows))
        self.assertEqual(
            self.changes("manager", user_id=self.colleague.id),
            ({"all": 1, "worse": 1, "better": 0}, [("Ajena", "lost")]),
        )

    def test_changes_open_as_many_accounts_as_they_count(self):
        """One that fell twice, and rose in between, is one account of either kind."""
        self.make_changes()
        self.change(self.mine, 5, "at_risk", "active", "better")
        self.change(self.mine, 4, "active", "at_risk", "worse")
        counts, _rows = self.changes("manager")
        self.assertEqual(counts, {"all": 3, "worse": 2, "better": 1})
        for direction, count in ((None, 3), ("worse", 2), ("better", 1)):
            opened = self.opens("manager", "open_retention_changes", direction)
            self.assertEqual(len(opened), count, direction)

    def test_changes_open_their_accounts(self):
        self.make_changes()
        opens = self.opens
        self.assertEqual(opens("manager", "open_retention_changes"), ["Ajena", "Mía", "Plaza"])
        self.assertEqual(opens("manager", "open_retention_changes", "worse"), ["Ajena", "Mía"])
        self.assertEqual(opens("salesperson", "open_retention_changes", "worse"), ["Mía"])

    def test_the_last_month_end_may_be_yesterday(self):
        for today, last in (("2026-04-01", "2026-03-31"), ("2026-03-31", "2026-02-28")):
            policy = type(self.env["cartera.policy"])
            self.patch(policy, "_today", lambda policy, today=today: day(today))
            result = self.rpc("manager", "get_retention", months=1)
            self.assertEqual(result["dates"][0]["date"], last)
