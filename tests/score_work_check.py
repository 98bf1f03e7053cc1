"""Holding the internal and learning measures against their oracle, and against the records behind."""

from collections import defaultdict

from odoo.fields import Domain

from .oracle_score_work import WorkOracle

#: {code: what the records behind add up to: numerator, or denominator}.
CODES = {
    "next_action_coverage": "denominator",
    "overdue_actions": "numerator",
    "contact_coverage_ab": "denominator",
    "lead_response_days": "denominator",
    "prospect_lead_rate": "denominator",
    "prospect_lead_days": "denominator",
    "lead_client_rate": "denominator",
    "lead_client_days": "denominator",
    "win_rate": "denominator",
    "record_completeness": "denominator",
    "active_salespeople": "denominator",
    "interactions_per_salesperson": "numerator",
    "portfolio_contacts": "numerator",
}
#: Known of today only; until it is closed it stands for the end of a period.
NOW = ("next_action_coverage", "overdue_actions", "record_completeness")


class WorkCheckMixin:
    """For a test case with ``sellers``; ``told``: the measures that counted something."""

    def setUp(self):
        super().setUp()
        self.told = set()

    def compare(self, company, ledger, period):
        measures = self.env["cartera.measure"].with_company(company).sudo()
        span = measures._get_span(company, period)
        oracle = WorkOracle(ledger, period.start, span.as_of)
        differences = []
        for code in CODES:
            where = f"{company.name} {period.key} {code}"
            scopes = ["company", *(f"user:{user.id}" for user in self.sellers)]
            scopes += [f"team:{team.id}" for team in self.sellers.sale_team_id]
            found = measures._sum(code, span, scopes)
            if code in NOW and (span.today - span.as_of).days > 8:
                self.assertIsNone(found, where)
                continue
            today = WorkOracle(ledger, period.start, span.today)
            expected = self.sum_up((today if code in NOW else oracle).rows(code))
            for scope in scopes:
                ours = tuple(map(self.plain, found.get(scope, (None, None))))
                theirs = tuple(map(self.plain, expected.get(scope, (None, None))))
                if ours != theirs:
                    differences.append(f"{where} {scope}: {ours}, oracle {theirs}")
                if theirs[0]:
                    self.told.add(code)
                differences += self.compare_records(measures, code, span, scope, ours, where)
        return differences

    def sum_up(self, rows):
        """Return {scope: (numerator, denominator)} of the rows of an oracle."""
        sums = defaultdict(lambda: [None, None])
        for _account, owner, *parts in rows:
            scopes = ["company"]
            if owner:
                scopes.append(f"user:{owner.id}")
                if owner.sale_team_id:
                    scopes.append(f"team:{owner.sale_team_id.id}")
            for scope in scopes:
                for place, part in enumerate(parts):
                    if part is not None:
                        sums[scope][place] = (sums[scope][place] or 0) + part
        return sums

    @staticmethod
    def plain(value):
        return None if value is None else round(float(value), 6)

    def compare_records(self, measures, code, span, scope, found, where):
        """Return a line if the records behind are not as many as the figure says."""
        kind, _, owner = scope.partition(":")
        population = Domain("company_id", "=", span.company_id) & Domain("excluded", "=", False)
        if kind != "company":
            path = {"user": "user_id", "team": "user_id.sale_team_id"}[kind]
            population &= Domain(path, "=", int(owner))
        model, domain = measures._get_records(code, span, population)
        context = measures._get_records_context(code, span)
        records = measures.env[model].with_context(**context)
        count = records.search_count(domain)
        expected = found[CODES[code] == "denominator"] or 0
        return [] if count == expected else [f"{where} {scope}: {count} records for {expected}"]
