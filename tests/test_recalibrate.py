"""When cut points are learned anew, and what accounts are judged by in between."""

from odoo.tests import freeze_time

from .common import CarteraCase, day

AMOUNTS = (100, 200, 300, 400, 500)


class TestRecalibrate(CarteraCase):
    @classmethod
    @freeze_time("2024-05-14 12:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["cartera.policy"]._for(cls.company)
        cls.policy.recalibrate = "hand"
        cls.accounts = cls.env["res.partner"].create(
            [{"name": f"Cuenta {amount}", "is_company": True} for amount in AMOUNTS]
        )
        for account, amount in zip(cls.accounts, AMOUNTS, strict=True):
            cls.make_invoice(account, "2024-04-01", amount)
        cls.run_on("2024-05-14")
        cls.smallest = cls.accounts[0]

    @classmethod
    def run_on(cls, when):
        """Do a full run on a day; return its record."""
        with freeze_time(f"{when} 02:00:00"):
            cls.profiles.refresh(cls.company)
        cls.env.invalidate_all()
        return cls.env["cartera.calibration"].search([], order="id desc", limit=1)

    def sell(self, account, amount, when):
        with freeze_time(f"{when} 12:00:00"):
            self.make_invoice(account, when, amount)
            return self.profile_of(account)

    def all_sell(self, amount=10000):
        """Let everybody but the smallest account buy much more."""
        for account in self.accounts[1:]:
            self.sell(account, amount, "2024-05-15")

    # -- how often ------------------------------------------------------------

    def test_by_hand(self):
        first = self.run_on("2024-05-15")
        self.assertFalse(first.recalibrated)
        self.all_sell()
        later = self.run_on("2024-06-02")
        self.assertFalse(later.recalibrated)
        self.assertEqual(later.monetary_cuts, first.monetary_cuts)
        self.assertEqual(later._get_learned_on(), day("2024-05-14"))
        self.policy.action_learn()
        self.assertTrue(self.policy.recalibrate_next)
        learned = self.run_on("2024-06-02")
        self.assertTrue(learned.recalibrated)
        self.assertGreater(learned.monetary_cuts[0], first.monetary_cuts[3])
        self.assertFalse(self.policy.recalibrate_next)
        self.assertFalse(self.run_on("2024-06-02").recalibrated)

    def test_what_nobody_had_is_learned_once(self):
        """What is usual at stake, as after an update: the cut points stay, and so does what was learned."""
        first = self.run_on("2024-05-15")
        self.assertIs(first.value_reference, False)
        usual_overdue = first.overdue_reference
        self.assertEqual(usual_overdue, 300)
        profile = self.profile_of(self.smallest)
        profile._write_unjudged({"potential": 5100})
        run = self.run_on("2024-05-16")
        self.assertFalse(run.recalibrated)
        self.assertEqual((run.value_reference, run.monetary_cuts), (1250, first.monetary_cuts))
        profile._write_unjudged({"potential": 90000})
        self.all_sell()
        later = self.run_on("2024-06-02")
        self.assertEqual((later.value_reference, later.overdue_reference), (1250, usual_overdue))

    def test_every_month(self):
        self.policy.recalibrate = "month"
        found = [
            self.run_on(when).recalibrated
            for when in ("2024-05-15", "2024-05-31", "2024-06-01", "2024-06-02", "2024-07-03")
        ]
        self.assertEqual(found, [False, False, True, False, True])

    def test_every_night(self):
        self.policy.recalibrate = "night"
        for when in ("2024-05-15", "2024-05-15", "2024-05-16"):
            self.assertTrue(self.run_on(when).recalibrated)

    def test_limit_that_changes(self):
        """The job is woken and learns, whatever the policy says."""
        for vals in ({"abc_a_limit": 0.5}, {"window_months": 6}, {"accept_zero_cost": True}):
            with self.subTest(vals):
                self.env["ir.cron.trigger"].search([]).unlink()
                self.policy.write(vals)
                self.assertTrue(self.policy.recalibrate_next)
                cron = self.env["ir.cron.trigger"].search([]).cron_id
                self.assertEqual(cron, self.env.ref("crm_cartera.cron_refresh"))
                self.assertTrue(self.run_on("2024-05-16").recalibrated)
                self.assertFalse(self.policy.recalibrate_next)
        self.policy.write({"take_in_companies": True})
        self.assertFalse(self.policy.recalibrate_next, "that judges nobody")

    def test_limit_changes_the_classes(self):
        classes = self.classes()
        self.assertEqual(classes, ["B", "B", "A", "A", "A"])
        self.policy.write({"abc_a_limit": 0.3, "abc_b_limit": 0.6})
        self.assertEqual(self.classes(), classes, "in the background")
        self.run_on("2024-05-16")
        self.assertEqual(self.classes(), ["C", "C", "C", "B", "A"])

    def classes(self):
        found = self.profiles.search([("partner_id", "in", self.accounts.ids)])
        by_partner = {profile.partner_id: profile.abc_revenue for profile in found}
        return [by_partner[account] for account in self.accounts]

    # -- what is judged by ----------------------------------------------------

    def test_drain_judges_by_what_is_stored(self):
        self.all_sell()
        profile = self.sell(self.smallest, 450, "2024-05-15")
        self.assertEqual((profile.rfm_monetary, profile.abc_revenue), (5, "A"))
        self.policy.action_learn()
        self.run_on("2024-05-15")
        self.assertEqual((profile.rfm_monetary, profile.abc_revenue), (1, "C"))

    def test_a_past_day_teaches_nothing(self):
        """Snapshots learn the cut points of their day; accounts of today are not judged by them."""
        self.all_sell()
        with freeze_time("2024-06-03 12:00:00"):
            # The last full run is older than the day looked at.
            self.profiles.refresh(self.company, as_of=day("2024-05-31"))
        profile = self.sell(self.smallest, 450, "2024-06-03")
        self.assertEqual((profile.rfm_monetary, profile.abc_revenue), (5, "A"))
        self.assertFalse(self.run_on("2024-06-03").recalibrated)
        self.assertEqual((profile.rfm_monetary, profile.abc_revenue), (5, "A"))

    def test_month_end_is_kept_although_a_run_was_done_that_night(self):
        self.run_on("2024-05-31")
        with freeze_time("2024-06-01 02:00:00"):
            self.assertIn(self.company, self.profiles._get_due_months())
            self.profiles._keep_last_month(self.company)
            snapshots = self.env["cartera.snapshot"].search([])
            self.assertEqual(set(snapshots.mapped("date")), {day("2024-05-31")})
            self.assertEqual(snapshots.partner_id & self.accounts, self.accounts)
            self.assertNotIn(self.company, self.profiles._get_due_months(), "once")


class TestWholeCurrency(CarteraCase):
    """A currency without decimals: what is sold has none, but margins do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.currency_id = cls.env["res.currency"].create(
            {"name": "XWH", "symbol": "¥", "rounding": 1}
        )
        cls.product.standard_price = 33.4
        today = cls.env["cartera.policy"]._for(cls.company)._today()
        cls.accounts = cls.make_account("Una") | cls.make_account("Otra")
        for account in cls.accounts:
            cls.make_invoice(account, today)
        cls.profiles.refresh(cls.company)

    def test_drain_comes_to_the_class_of_the_full_run(self):
        run = self.env["cartera.calibration"]._get_last(self.company.id, day("9999-12-31"))
        self.assertEqual((run.abc_revenue_a, run.abc_margin_a), (100, 66.6))
        profiles = self.profiles.search([("partner_id", "in", self.accounts.ids)])
        self.assertEqual(profiles.mapped("abc_margin"), ["A", "A"])
        self.env["cartera.touch"]._touch_partners(self.accounts)
        self.drain()
        self.assertEqual(profiles.mapped("abc_margin"), ["A", "A"])
