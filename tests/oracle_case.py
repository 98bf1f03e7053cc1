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

    def compare(self, oracle, found, where, partly=False):
        """Return a line for each figure read that differs.

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
