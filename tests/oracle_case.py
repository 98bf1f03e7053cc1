"""Reading what the engine stored, and holding it against the oracle."""

from datetime import date
from decimal import Decimal

from odoo.tools import SQL

from .oracle import FIGURES

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

#: Amounts, and what is kept with few digits.
CALIBRATED = {
    **dict.fromkeys(("abc_revenue_a", "abc_revenue_b", "abc_margin_a", "abc_margin_b"), CENT),
    **dict.fromkeys(("value_reference", "overdue_reference"), CENT),
    "revenue": CENT,
    "hhi": 0.06,
    "gini": 6e-5,
}


class OracleMixin:
    """For a :class:`~.common.CarteraCase`: one line a differing figure, so that a test shows them all."""

    # -- reading --------------------------------------------------------------

    def read(self, table, company, as_of=None, names=FIGURES):
        """Return {partner id: {figure: value}}; SQL, as the ORM takes some blanks for zero."""
        self.env.flush_all()
        kept = SQL("date = %s", as_of) if as_of else SQL("excluded IS NOT TRUE")
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, %s FROM %s WHERE company_id = %s AND %s",
                SQL(", ").join(SQL.identifier(name) for name in names),
                SQL.identifier(table),
                company.id,
                kept,
            )
        )
        return {partner: dict(zip(names, values, strict=True)) for partner, *values in rows}

    def assert_none(self, differences):
        self.assertFalse(differences, "\n".join([f"{len(differences)} differences", *differences]))

    # -- comparing ------------------------------------------------------------

    def compare(self, oracle, found, where):
        """Return a line for each figure read that differs, and for each row too many or missing.

        A snapshot belongs to a profile: a client of then whose purchases were all taken back before
        anybody made one has none.
        """
        known = oracle.ledger.profiles
        accounts = {partner.id: partner for partner in oracle.accounts if partner in known}
        names = {
            partner.id: partner.name for partner in oracle.ledger.env["res.partner"].search([])
        }
        differences = [f"{where}: {names[key]} has a row" for key in found.keys() - accounts.keys()]
        differences += [
            f"{where}: {names[key]} has no row" for key in accounts.keys() - found.keys()
        ]
        for key in accounts.keys() & found.keys():
            expected = oracle.figures(accounts[key])
            differences += [
                f"{where}: {names[key]} {name}: engine {self.plain(figure)},"
                f" oracle {self.plain(expected[name])}"
                for name, figure in found[key].items()
                if not self.is_same(name, figure, expected[name])
            ]
        return sorted(differences)

    @staticmethod
    def plain(value):
        return str(value) if isinstance(value, (date, Decimal)) else repr(value)

    @staticmethod
    def is_same(name, figure, expected):
        if name in (*COUNTS, "contact_count", "priority") or isinstance(expected, (str, date)):
            return figure == expected
        if figure is None or expected is None:
            return figure is None and expected is None
        apart = abs(float(figure) - float(expected))
        return apart <= (CENT if name in MONEY else DIGITS * max(1, abs(float(expected))))

    def compare_calibration(self, oracle, found=None):
        """Return a line for each cut point, limit or concentration of a run, the last, that differs."""
        company = oracle.ledger.root
        runs = self.env["cartera.calibration"]
        found = found or runs.search([("company_id", "=", company.id)], order="id desc", limit=1)
        return [
            f"{company.name}, calibration {name}: engine {found[name]}, oracle {expected}"
            for name, expected in oracle.calibration.items()
            if not self.is_same_point(name, found[name], expected)
        ]

    @staticmethod
    def is_same_point(name, found, expected):
        if expected is None:
            return found is False or found is None
        if found is False or found is None:
            return False
        if isinstance(expected, list):
            pairs = zip(found, expected, strict=True)
            return all(abs(one - float(other)) < DIGITS for one, other in pairs)
        return abs(found - float(expected)) < CALIBRATED.get(name, DIGITS)
