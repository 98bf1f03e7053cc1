"""What a figure is made of: by team, salesperson or segment, and by account."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..analysis import scorecard
from ..analysis.period import Period

#: Accounts shown at either end.
CONTRIBUTORS = 10


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    def _read_split(self, company, period: Period, scope: str, by: str) -> list[dict]:
        """Return [{key, name, value, target, expected, light}] of the teams, salespeople or key segments.

        ``by``: team, user or segment; only those that the user may see. Of a team its people; of a salesperson
        nothing. Values are measured, not those of the close: a closed period keeps few of them.
        """
        self.ensure_one()
        self._check_shown(company, scope)
        names = self._get_split_scopes(company, scope, by)
        if not names:
            return []
        figures = self._measure(company, period, list(names))
        targets = self.env["cartera.indicator.target"]._find(self, company, [period], list(names))
        elapsed = period.elapsed(self._get_day(company))
        rows = []
        for key, name in names.items():
            value, target = figures[self, key].value, self._get_target(targets, period, key)
            judged = self._judge(value, target, elapsed)
            rows.append({"key": key, "name": name, "value": value, **judged})
        return rows

    def _get_split_scopes(self, company, scope, by) -> dict[str, str]:
        allowed = self._get_allowed_scopes(company)
        names = {key: name for key, name in allowed.items() if key.startswith(f"{by}:")}
        if scope == "company":
            return names
        if not scope.startswith("team:") or by != "user":
            return {}
        people = self.env["res.users"].sudo().search([("sale_team_id", "=", int(scope[5:]))])
        mine = {f"user:{user.id}" for user in people}
        return {key: name for key, name in names.items() if key in mine}

    def _read_contributors(self, company, period: Period, scope: str, worst=False) -> list[dict]:
        """Return the accounts with the largest, or the smallest, part in a figure.

        [{profile_id, name, numerator, denominator, value}], ten at most; only accounts that the user may read,
        and only of built-in measures: nothing else knows accounts. Those of a ratio are ranked by its
        numerator.
        """
        self.ensure_one()
        self._check_shown(company, scope)
        measures = self.env["cartera.measure"].sudo()
        span = measures._get_span(company, period)
        if self.method != "builtin" or not measures._is_known(self.measure, span):
            return []
        profiles = self.env["cartera.profile"].with_context(active_test=False)
        query = profiles._search(self._get_population(company, scope))
        direction = SQL("ASC") if worst else SQL("DESC")
        self.env.cr.execute(
            SQL(
                """SELECT x.profile_id, p.name, SUM(x.numerator) AS numerator, SUM(x.denominator)
                     FROM (%(parts)s) x JOIN cartera_profile p ON p.id = x.profile_id
                    WHERE x.profile_id IN %(allowed)s AND x.numerator IS NOT NULL
                 GROUP BY x.profile_id, p.name HAVING SUM(x.numerator) <> 0
                 ORDER BY numerator %(direction)s, x.profile_id LIMIT %(limit)s""",
                parts=measures._get_parts(self.measure, span),
                allowed=query.subselect(),
                direction=direction,
                limit=CONTRIBUTORS,
            )
        )
        return [
            {
                "profile_id": profile,
                "name": name,
                "numerator": float(numerator),
                "denominator": None if denominator is None else float(denominator),
                "value": self._get_part_value(numerator, denominator),
            }
            for profile, name, numerator, denominator in self.env.cr.fetchall()
        ]

    def _get_part_value(self, numerator, denominator) -> float | None:
        if self.form != "ratio":
            return float(numerator)
        return scorecard.ratio(
            float(numerator), None if denominator is None else float(denominator)
        )

    @api.model
    def _get_population(self, company, scope) -> Domain:
        """Return the condition of the accounts of a scope."""
        kind, _, owner = scope.partition(":")
        paths = {"user": "user_id", "team": "user_id.sale_team_id"}
        population = Domain("company_id", "=", company.id) & Domain("excluded", "=", False)
        if kind in paths:
            population &= Domain(paths[kind], "=", int(owner))
        if kind == "segment":
            population &= Domain("segment_ids", "in", [int(owner)])
        return population

    def _get_records_behind(self, company, period: Period, scope: str):
        """Return (model name, condition) of the records behind a figure, None if there are none.

        They open with the user's own rights. The condition of a model's records is that of the indicator.
        """
        self.ensure_one()
        self._check_shown(company, scope)
        return self._find_records(company, period, scope)

    def _find_records(self, company, period, scope):
        measures = self.env["cartera.measure"].sudo()
        span = measures._get_span(company, period)
        if self.method == "builtin":
            population = self._get_population(company, scope)
            return measures._get_records(self.measure, span, population)
        if self.method == "ratio":
            # Of an indicator that may not be shown itself; its figure is part of the one that is.
            return self.numerator_id._find_records(company, period, scope)
        owner = self._get_owner_domain(scope)
        if owner is None:
            return None
        records, domain = self.sudo()._get_records(span)
        return records._name, domain & owner
