"""The engine against the oracle: every figure of every account, today and on three past dates."""

from .oracle import Oracle
from .oracle_case import OracleMixin
from .oracle_facts import Ledger
from .portfolio_case import PAST, TODAY, PortfolioCase

#: Limits other than the usual ones, for the second company of some seeds.
STRICT = {
    "window_months": 7,
    "rhythm_floor_days": 15,
    "rhythm_min_days": 4,
    "abc_a_limit": 0.5,
    "abc_b_limit": 0.9,
    "new_days": 200,
    "recovered_ratio": 1.2,
    "at_risk_ratio": 1.0,
    "inactive_ratio": 2.0,
    "lost_ratio": 20.0,
    "lost_months": 18,
    "accept_zero_cost": True,
}


class TestEngine(OracleMixin, PortfolioCase):
    def test_seed_1(self):
        self.check(1)

    def test_seed_2(self):
        self.env["cartera.policy"]._for(self.other).write(STRICT)
        self.check(2)

    def test_seed_3(self):
        self.check(3)

    def check(self, seed):
        self.build(seed)
        differences = []
        for company in self.roots:
            # A lead of no company counts where its account has a profile already.
            self.profiles.refresh(company)
        for company, tz in zip(self.roots, TODAY, strict=True):
            self.profiles.refresh(company)
            ledger = Ledger(self.env, company)
            oracle = Oracle(ledger, TODAY[tz])
            stored = self.read("cartera_profile", company)
            differences += self.compare(oracle, stored, f"{company.name}, today")
            differences += self.compare_calibration(oracle)
            for as_of in PAST:
                self.profiles.refresh(company, as_of=as_of)
                found = self.read("cartera_snapshot", company, as_of)
                differences += self.compare(
                    Oracle(ledger, as_of), found, f"{company.name}, {as_of}"
                )
            differences += self.compare_runs(company, stored)
            quiet = self.profiles.refresh(company)
            if quiet["changed"]:
                differences.append(f"{company.name}: a quiet run writes {quiet['changed']} rows")
        self.assert_none(differences)

    def compare_runs(self, company, stored):
        """Return what differs after the past was looked at, and after runs of all or some accounts."""
        accounts = self.env["res.partner"].browse(stored)
        differences = []
        for what, run in (
            ("the past", lambda: None),
            ("a run of some", lambda: self.profiles.refresh(company, partners=accounts[::2])),
            ("a run of one", lambda: self.profiles.refresh(company, partners=accounts[1])),
            ("a second full run", lambda: self.profiles.refresh(company)),
        ):
            run()
            found = self.read("cartera_profile", company)
            differences += [
                f"{company.name}, after {what}: {accounts.browse(key).name} {name}: {value}"
                f" was {stored[key][name]}"
                for key, figures in found.items()
                for name, value in figures.items()
                if value != stored[key][name]
            ]
        return differences
