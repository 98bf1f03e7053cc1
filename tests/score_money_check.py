"""Holding the financial and customer measures against their oracle, and against the records behind."""

from collections import defaultdict

from odoo.fields import Domain

from .oracle_score_money import BY_ACCOUNT, MoneyOracle

CODES = (
    *("net_revenue", "key_segment_growth", "gross_margin_rate", "revenue_per_client"),
    *("overdue_share", "top_ten_share", "retention_rate", "new_clients", "lost_clients"),
    *("recovered_clients", "categories_per_client", "share_of_wallet", "new_product_share"),
    *("new_origin_revenue", "new_prospects"),
)
#: The documents behind add up to the numerator.
BY_AMOUNT = ("net_revenue", "revenue_per_client", "new_origin_revenue")
TOP = 10
#: Days after which a period that is over is closed for sure.
LATE = 8


class MoneyCheckMixin:
    """For a test case with ``sellers``; ``told``: the measures that counted something."""

    def setUp(self):
        super().setUp()
        self.told = set()

    def get_key(self, company):
        """Return the accounts of a company in key segments."""
        return frozenset()

    def compare(self, company, ledger, period):
        """Return a line for each figure that differs from the oracle or from the records behind."""
        measures = self.env["cartera.measure"].with_company(company).sudo()
        span = measures._get_span(company, period)
        year_before = self.get_year_before(period, span.as_of)
        oracle = MoneyOracle(ledger, period.start, span.as_of, self.get_key(company), year_before)
        today = MoneyOracle(ledger, period.start, span.today)
        scopes = ["company", *(f"user:{user.id}" for user in self.sellers)]
        scopes += [f"team:{team.id}" for team in self.sellers.sale_team_id]
        differences = []
        for code in CODES:
            where = f"{company.name} {period.key} {code}"
            found = measures._sum(code, span, scopes)
            if code == "share_of_wallet" and (span.today - span.as_of).days > LATE:
                self.assertIsNone(found, where)
                continue
            # Until a period is closed, what is known of today only stands for its end.
            rows = (today if code == "share_of_wallet" else oracle).rows(code)
            expected = self.sum_up(rows, code)
            for scope in scopes:
                ours = tuple(map(self.plain, found.get(scope, (None, None))))
                theirs = tuple(map(self.plain, expected.get(scope, (None, None))))
                if ours != theirs:
                    differences.append(f"{where} {scope}: {ours}, oracle {theirs}")
                if theirs[0]:
                    self.told.add(code)
                behind = [row for row in rows if scope in self.scopes_of(row[1])]
                differences += self.compare_records(measures, code, span, scope, behind, oracle)
        return differences

    @staticmethod
    def get_year_before(period, as_of):
        """Return the days of the year before: the whole period, or up to the same day."""
        first = period.start.replace(year=period.start.year - 1)
        last = as_of.replace(year=as_of.year - 1, day=min(as_of.day, 28))
        while last.month == as_of.month and last.day < as_of.day:
            try:
                last = last.replace(day=last.day + 1)
            except ValueError:
                break
        if as_of == period.end and as_of.month == 2:
            last = period.last_year().end
        return first, last

    @staticmethod
    def scopes_of(owner):
        scopes = ["company"]
        if owner:
            scopes.append(f"user:{owner.id}")
            if owner.sale_team_id:
                scopes.append(f"team:{owner.sale_team_id.id}")
        return scopes

    def sum_up(self, rows, code):
        """Return {scope: (numerator, denominator)} of the rows of an oracle."""
        parts = defaultdict(list)
        for _account, owner, *pair in rows:
            for scope in self.scopes_of(owner):
                parts[scope].append(pair)
        sums = {}
        for scope, pairs in parts.items():
            numerators = sorted((pair[0] for pair in pairs), reverse=True)
            if code == "top_ten_share":
                numerators = numerators[:TOP]
            denominators = [pair[1] for pair in pairs if pair[1] is not None]
            sums[scope] = (sum(numerators), sum(denominators) if denominators else None)
        return sums

    @staticmethod
    def plain(value):
        return None if value is None else round(float(value), 4)

    def compare_records(self, measures, code, span, scope, rows, oracle):
        """Return a line if the records behind are others than the figure says."""
        population = self.env["cartera.indicator"]._get_population(
            self.env["res.company"].browse(span.company_id), scope
        )
        model, domain = measures._get_records(code, span, Domain(population))
        records = measures.env[model].search(domain)
        ours, theirs = self.weigh(code, span, records, rows, oracle)
        if ours == theirs:
            return []
        return [f"{span.period.key} {code} {scope}: records {ours}, oracle {theirs}"]

    def weigh(self, code, span, records, rows, oracle):
        """Return what the records behind come to, and what they should."""
        accounts = {row[0] for row in rows}
        if code in BY_ACCOUNT:
            return set(records.partner_id.ids), {account.id for account in accounts}
        if code == "new_product_share":
            mine = {
                move.id
                for account in accounts
                for move in oracle.documents(oracle.accounts[account])
            }
            return set(records.ids), mine & oracle.documents_with_new_products()
        if code == "gross_margin_rate":
            known = {record.id for record in records}
            costed = {
                line.move_id.id
                for account in accounts
                for line, _amount in oracle.lines(oracle.accounts[account])
                if line in oracle.ledger.costs
            }
            return costed - known, set()
        if code == "key_segment_growth":
            signed = [
                record.amount_untaxed * (1 if record.invoice_date >= span.start else -1)
                for record in records
            ]
            return self.plain(sum(signed)), self.plain(sum(row[2] for row in rows))
        total = sum(records.mapped("amount_untaxed"))
        return self.plain(total), self.plain(sum(row[2] for row in rows))
