"""Measures of the scorecard: what an indicator counts, account by account, over a period.

A measure is a statement that gives the part of each account, so that a figure, its split by salesperson,
team or segment and its best and worst accounts come out of one definition. Definitions: docs/metrics.md.
"""

from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..analysis.period import Period
from .cartera_facts import Scope

#: {unit: how a figure is read}.
UNITS = [("money", "Money"), ("count", "Count"), ("percent", "%"), ("days", "Days")]


@dataclass(frozen=True)
class Measure:
    """How a measure behaves.

    ``unit``: money, count, percent (0.25 is 25 %) or days. ``form``: flow (grows over the period, its target
    is asked for day by day), stock (a state on a day) or ratio (numerator / denominator). ``margin``: only for
    those who may see margins. ``past``: what a past period is measured from: ``documents``, the
    ``snapshots`` of its end, or ``none`` if nothing tells. ``top``: the figure is made of so many largest
    parts only.
    """

    unit: str
    form: str
    margin: bool = False
    past: str = "documents"
    top: int | None = None


@dataclass(frozen=True)
class Span:
    """What a measurement looks at: a period of a root company, known up to a day.

    ``facts``: the scope of the fact reader as of :attr:`as_of`; ``today``: the policy's day.
    """

    period: Period
    facts: Scope
    today: date

    @property
    def company_id(self) -> int:
        """Return the root company."""
        return self.facts.company_id

    @property
    def branch_ids(self) -> list[int]:
        """Return the root company and its branches."""
        return self.facts.branch_ids

    @property
    def start(self) -> date:
        """Return the first day of the period."""
        return self.period.start

    @property
    def as_of(self) -> date:
        """Return the last day of the period, or today if it is not over."""
        return self.facts.as_of

    @property
    def running(self) -> bool:
        """Tell whether the period is measured as of today: profiles hold what is known."""
        return self.as_of >= self.today


class CarteraMeasure(models.AbstractModel):
    """The measures, by code.

    For each code of :meth:`_get_measures` there are ``_measure_<code>(span)``, a SELECT of exactly
    profile_id, user_id, numerator and denominator (one row per account where that is possible; ``user_id``
    only if it is not the account's salesperson), and ``_records_<code>(span, population)``: (model name,
    domain) of the records behind, where ``population`` is a condition on ``cartera.profile``.
    """

    _name = "cartera.measure"
    _description = "Measures of the scorecard"

    @api.model
    def _get_measures(self) -> dict[str, Measure]:
        """Return {code: how it behaves}. Other addons add theirs."""
        return {}

    @api.model
    def _get_measure_names(self) -> dict[str, str]:
        """Return {code: name in the user's language}, to choose from."""
        return {}

    @api.model
    def _get_span(self, company, period: Period) -> Span:
        """Return what a measurement of a period of a root company looks at."""
        today = self.env["cartera.policy"]._for(company)._today()
        facts = self.env["cartera.facts"]._get_scope(company, period.as_of(today))
        return Span(period, facts, today)

    @api.model
    def _get_parts(self, code, span: Span) -> SQL:
        """Return SELECT (profile_id, user_id, numerator, denominator); accounts that are excluded never count."""
        return SQL(
            """SELECT c.profile_id, COALESCE(c.user_id, p.user_id) AS user_id,
                      c.numerator::numeric, c.denominator::numeric
                 FROM (%s) c LEFT JOIN cartera_profile p ON p.id = c.profile_id
                WHERE p.id IS NULL OR (p.company_id = %s AND p.excluded IS NOT TRUE)""",
            getattr(self, f"_measure_{code}")(span),
            span.company_id,
        )

    @api.model
    def _get_records(self, code, span: Span, population: Domain) -> tuple[str, Domain]:
        """Return (model name, domain) of the records behind a figure of some accounts."""
        return getattr(self, f"_records_{code}")(span, population)

    # ------------------------------------------------------------------
    # Summing up
    # ------------------------------------------------------------------

    @api.model
    def _sum(self, code, span: Span, scopes) -> dict[str, tuple] | None:
        """Return {scope key: (numerator, denominator)}, None for a past period that nothing tells of."""
        if not self._is_known(code, span):
            return None
        sums, segments = {}, [int(key[8:]) for key in scopes if key.startswith("segment:")]
        if len(segments) < len(scopes):
            sums |= self._sum_scopes(code, span)
        if segments:
            sums |= self._sum_segments(code, span, segments)
        return sums

    @api.model
    def _is_known(self, code, span: Span) -> bool:
        """Tell whether a period can be measured by what is kept of it."""
        past = self._get_measures()[code].past
        if span.running or past == "documents":
            return True
        return past == "snapshots" and self._has_snapshots(span.company_id, span.as_of)

    @api.model
    def _has_snapshots(self, company_id, day) -> bool:
        domain = [("company_id", "=", company_id), ("date", "=", day)]
        return bool(self.env["cartera.snapshot"].sudo().search_count(domain, limit=1))

    @api.model
    def _sum_scopes(self, code, span: Span) -> dict[str, tuple]:
        """Return {scope key: (numerator, denominator)} of the company, its teams and salespeople.

        Keys: ``company``, ``team:ID``, ``user:ID``. Whoever has no salesperson counts for the company only.
        """
        self.env.cr.execute(
            SQL(
                """SELECT GROUPING(x.user_id, t.id), x.user_id, t.id, %(numerator)s, SUM(x.denominator)
                     FROM (%(parts)s) x LEFT JOIN res_users u ON u.id = x.user_id
                LEFT JOIN crm_team t ON t.id = u.sale_team_id
                 GROUP BY GROUPING SETS ((), (x.user_id), (t.id))""",
                numerator=self._sql_numerator(code),
                parts=self._get_parts(code, span),
            )
        )
        sums = {"company": (None, None)}
        for level, user, team, numerator, denominator in self.env.cr.fetchall():
            key = {3: "company", 1: f"user:{user}", 2: f"team:{team}"}[level]
            if level == 3 or (user if level == 1 else team):
                sums[key] = (numerator, denominator)
        return sums

    @api.model
    def _sum_segments(self, code, span: Span, segments: list[int]) -> dict[str, tuple]:
        """Return {``segment:ID``: (numerator, denominator)} of today's accounts of segments."""
        self.env.cr.execute(
            SQL(
                """SELECT r.segment_id, %(numerator)s, SUM(x.denominator)
                     FROM (%(parts)s) x
                     JOIN cartera_profile_segment_rel r ON r.profile_id = x.profile_id
                    WHERE r.segment_id = ANY(%(segments)s) GROUP BY r.segment_id""",
                numerator=self._sql_numerator(code),
                parts=self._get_parts(code, span),
                segments=segments,
            )
        )
        return {f"segment:{segment}": sums for segment, *sums in self.env.cr.fetchall()}

    @api.model
    def _sql_numerator(self, code) -> SQL:
        top = self._get_measures()[code].top
        if not top:
            return SQL("SUM(x.numerator)")
        return SQL(
            """(SELECT SUM(n) FROM unnest(
                   (ARRAY_AGG(x.numerator ORDER BY x.numerator DESC NULLS LAST))[1:%s]) n)""",
            top,
        )
