"""The priority of every account against the oracle: after full runs, runs of some, and drains."""

from .oracle import Oracle
from .oracle_case import OracleMixin
from .oracle_facts import Ledger
from .oracle_turn import NAMES, TurnOracle
from .score_work_case import ScoreWorkCase

#: Other weights and limits, for the second company.
OTHER = {
    "priority_weight_potential": 100,
    "priority_weight_no_action": 0,
    "priority_weight_base": 0,
    "priority_action_days": 3,
    "priority_lead_days": 30,
    "contact_limit_count": 2,
    "contact_limit_days": 90,
}


class TestPriority(OracleMixin, ScoreWorkCase):
    def test_every_account(self):
        self.env["cartera.policy"]._for(self.other).write(OTHER)
        accounts = self.build_work(1)
        accounts[:3].active = False
        for company in self.roots:
            self.profiles.refresh(company)
        found = self.compare_all("full run")
        self.assertEqual({name for _key, name, value in found if value}, set(NAMES))
        actions = {value for _key, name, value in found if name == "suggested_action"}
        self.assertGreaterEqual(actions, {"call", "visit", "offer", "payment", "reactivate", None})
        for company in self.roots:
            some = self.env["res.partner"].browse(sorted(self.read_ids(company))[::2])
            self.profiles.refresh(company, partners=some)
            self.profiles.refresh(company, partners=some[:1])
        self.assertEqual(self.compare_all("runs of some"), found)

    def read_ids(self, company):
        return self.read("cartera_profile", company, names=("name",))

    def compare_all(self, where):
        """Hold what is stored against the oracle; return it as (account, name, value)."""
        differences, found = [], []
        for company in self.roots:
            ledger = Ledger(self.env, company)
            oracle = Oracle(ledger, ledger.today)
            stored = self.read("cartera_profile", company, names=NAMES)
            differences += self.compare(TurnOracle(oracle), stored, f"{company.name}, {where}")
            differences += self.compare_calibration(oracle)
            found += [(key, *pair) for key, row in sorted(stored.items()) for pair in row.items()]
        self.assert_none(differences)
        return found
