"""The internal and learning measures against their oracle, and against the records behind them."""

from odoo.addons.crm_cartera.analysis.period import Period

from .oracle_facts import Ledger
from .score_work_case import ScoreWorkCase
from .score_work_check import CODES, WorkCheckMixin

PERIODS = ("2024-06", "2024-05", "2024-Q2", "2024-Q1", "2023")


class TestScoreWork(WorkCheckMixin, ScoreWorkCase):
    def test_seed_1(self):
        self.check(1)

    def test_seed_2(self):
        self.check(2)

    def check(self, seed):
        self.build_work(seed)
        differences = []
        for company in self.roots:
            ledger = Ledger(self.env, company)
            for key in PERIODS:
                period = Period.parse(key)
                if period.start > ledger.today:
                    continue
                if period.end < ledger.today:
                    self.profiles.refresh(company, as_of=period.end)
                differences += self.compare(company, ledger, period)
        self.assertFalse(differences, "\n".join(differences))
        self.assertEqual(self.told, set(CODES), "every measure counts something somewhere")
