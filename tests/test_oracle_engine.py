"""The engine against the oracle: every figure of every account, today and on three past dates."""

from datetime import date
from decimal import Decimal

from odoo.tools import SQL

from .oracle import FIGURES, Oracle
from .oracle_facts import Ledger
from .portfolio_case import PAST, TODAY, PortfolioCase

#: How far two numbers may be apart: half a cent, or the last digits of a ratio.
CENT, DIGITS = 0.005, 1e-6
MONEY = frozenset(
    [
        *("revenue_12m", "revenue_prev_12m", "revenue_total", "margin_12m"),
        *("receivable", "overdue", "pipeline"),
    ]
)
COUNTS = (
    *("purchase_count", "purchase_count_12m", "refund_count", "categ_count", "lead_count"),
    *("open_opportunity_count", "interaction_count_90d", "interaction_count_12m"),
)
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


class TestEngine(PortfolioCase):
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
        for company, tz in zip(self.roots, TODAY, strict=True):
            self.profiles.refresh(company)
            stored = self.read("cartera_profile", company)
            ledger = Ledger(self.env, company)
            oracle = Oracle(ledger, TODAY[tz])
            differences += self.compare(oracle, stored, f"{company.name}, today")
            differences += self.compare_calibration(oracle)
            for as_of in PAST:
                self.profiles.refresh(company, as_of=as_of)
                found = self.read("cartera_snapshot", company, as_of)
                past = Oracle(ledger, as_of)
                differences += self.compare(past, found, f"{company.name}, {as_of}", partly=True)
            self.assertEqual(
                self.read("cartera_profile", company), stored, "the past is written apart"
            )
            self.assertEqual(self.profiles.refresh(company)["changed"], 0)
        self.assertFalse(differences, "\n".join([f"{len(differences)} differences", *differences]))

    # -- reading --------------------------------------------------------------

    def read(self, table, company, as_of=None):
        """Return {partner id: {figure: value}}; SQL, as the ORM takes some blanks for zero."""
        self.env.flush_all()
        kept = SQL("date = %s", as_of) if as_of else SQL("excluded IS NOT TRUE")
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, %s FROM %s WHERE company_id = %s AND %s",
                SQL(", ").join(SQL.identifier(name) for name in FIGURES),
                SQL.identifier(table),
                company.id,
                kept,
            )
        )
        return {partner: dict(zip(FIGURES, values, strict=True)) for partner, *values in rows}

    # -- comparing ------------------------------------------------------------

    def compare(self, oracle, found, where, partly=False):
        """Return a line for each figure that differs.

        ``partly``: an account about which nothing was known then needs no row.
        """
        accounts = {partner.id: partner for partner in oracle.accounts}
        unknown = self.env["res.partner"].browse(found.keys() - accounts.keys())
        differences = [f"{where}: {partner.name} has a row" for partner in unknown]
        for partner_id, partner in accounts.items():
            expected = oracle.figures(partner)
            if partner_id not in found:
                if not (partly and self.is_blank(expected)):
                    differences.append(f"{where}: {partner.name} has no row")
                continue
            differences += [
                f"{where}: {partner.name} {name}: engine {self.plain(figure)},"
                f" oracle {self.plain(expected[name])}"
                for name, figure in found[partner_id].items()
                if not self.is_same(name, figure, expected[name])
            ]
        return differences

    @staticmethod
    def is_blank(figures):
        return all(not value for value in figures.values())

    @staticmethod
    def plain(value):
        return str(value) if isinstance(value, (date, Decimal)) else repr(value)

    @staticmethod
    def is_same(name, figure, expected):
        if name in COUNTS or isinstance(expected, (str, date)):
            return figure == expected
        if figure is None or expected is None:
            return figure is None and expected is None
        apart = abs(float(figure) - float(expected))
        return apart <= (CENT if name in MONEY else DIGITS * max(1, abs(float(expected))))

    def compare_calibration(self, oracle):
        """Return a line for each cut point, limit or concentration that differs."""
        company = oracle.ledger.root
        found = self.env["cartera.calibration"].search(
            [("company_id", "=", company.id)], order="id desc", limit=1
        )
        return [
            f"{company.name}, calibration {name}: engine {found[name]}, oracle {expected}"
            for name, expected in oracle.calibration.items()
            if not self.is_same_point(found[name], expected)
        ]

    @staticmethod
    def is_same_point(found, expected):
        if expected is None:
            return found is False or found is None
        if not found and found != 0:
            return False
        if isinstance(expected, list):
            pairs = zip(found, expected, strict=True)
            return all(abs(one - float(other)) < DIGITS for one, other in pairs)
        return abs(found - float(expected)) < CENT
