"""Closing: grace, history, what is kept, and who closes again."""

from odoo.exceptions import AccessError, UserError

from odoo.addons.crm_cartera.analysis.period import Period

from .score_case import ScoreCase


class TestScoreGrace(ScoreCase):
    """It is 15 March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.make_known("Una", cls.seller, revenue_12m=100, potential=400)
        cls.policy = cls.env["cartera.policy"]._for(cls.company)
        cls.last = Period.parse("2026-02")
        cls.toy = cls.indicators["toy_sum"]

    def over(self):
        return [period.key for period in self.policy._get_periods_over()]

    def test_days_of_grace(self):
        self.assertEqual(self.over(), ["2026-02", "2025-Q4", "2025"])
        self.policy.scorecard_grace_days = 20
        self.assertEqual(self.over()[0], "2026-01")

    def test_history(self):
        self.policy.action_scorecard_fill()
        keys = [period.key for period in self.policy._get_periods_to_fill()]
        self.assertEqual(len(keys), 24 + 8 + 2)
        self.assertEqual(keys[0], "2026-01")
        self.assertEqual(self.policy.scorecard_fill_left, 34)
        first = Period.parse("2026-01")
        self.env["cartera.indicator"]._close_late(self.company, first)
        values = self.toy._get_values(self.company, first)
        self.assertEqual(set(values.mapped("state")), {"estimated"})
        self.policy.invalidate_recordset()
        self.assertEqual(self.policy.scorecard_fill_left, 33)
        self.assertAlmostEqual(self.policy.scorecard_fill_progress, 100 / 34)

    def test_target_as_it_was(self):
        target = self.env["cartera.indicator.target"].create(
            {
                "indicator_id": self.toy.id,
                "company_id": self.company.id,
                "start": self.last.start,
                "amount": 90,
            }
        )
        values = self.toy._close(self.company, self.last)
        target.amount = 500
        self.assertEqual(values.filtered(lambda each: each.scope == "company").target, 90)

    def test_changes_are_noted_and_taken_back(self):
        indicators = self.env["cartera.indicator"]
        value = self.toy._close(self.company, self.last)[0]
        self.assertEqual(indicators._note_changes(self.company, self.last), 0)
        self.set_figures(self.account, revenue_12m=50)
        self.assertGreater(indicators._note_changes(self.company, self.last), 0)
        self.assertEqual((value.value, value.value_now, value.changed), (100, 50, True))
        self.set_figures(self.account, revenue_12m=100)
        self.assertEqual(indicators._note_changes(self.company, self.last), 0)
        self.assertEqual((value.value, value.value_now, value.changed), (100, False, False))

    def test_closed_again(self):
        self.toy._close(self.company, self.last)
        manager = self.toy.with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "reason"):
            manager._refreeze_period(self.company, self.last, " ")
        with self.assertRaisesRegex(UserError, "not closed yet"):
            manager._refreeze_period(self.company, self.month, "Why")
        with self.assertRaises(AccessError):
            self.toy.with_user(self.users["all_accounts"])._refreeze_period(
                self.company, self.last, "Why"
            )
        there = self.make_manager_of(self.make_company("There"))
        with self.assertRaises(AccessError):
            self.toy.with_user(there)._refreeze_period(self.company, self.last, "Why")

    def test_zero_denominator_is_kept_as_nothing(self):
        self.set_figures(self.account, potential=0)
        self.indicators["toy_share"]._close(self.company, self.last)
        card = self.cards("manager", period=self.last)["toy_share"]
        self.assertEqual((card["value"], card["light"], card["state"]), (None, "none", "frozen"))
