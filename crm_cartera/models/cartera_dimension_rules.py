"""The rules of a company's dimensions, read at once and compiled once.

Sorting one account must cost little more than reading it, so what was compiled is kept as long as the
rules say the same on the same day. The rules themselves are read anew each time, by one query: nobody
is sorted by a rule that somebody has changed.
"""

import logging
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache
from odoo.tools.query import Query

_logger = logging.getLogger(__name__)


class Rule(NamedTuple):
    """The rule of a segment: ``text`` is its domain, None or empty if it takes all that is left."""

    segment: int
    text: str | None


class Cut(NamedTuple):
    """A dimension of a company; ``first``: its accounts were never all sorted.

    ``stale``: they were, but by other rules. ``margin``: its rules read margins.
    """

    dimension: int
    revision: int
    first: bool
    stale: bool
    margin: bool
    rules: tuple[Rule, ...]


class Kept(NamedTuple):
    """What was compiled: joins of the query, {segment: condition}, segments whose rule is broken."""

    joins: tuple
    conditions: dict[int, SQL]
    broken: frozenset[int]


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    def _read_cuts(self, company) -> list[Cut]:
        """Return the dimensions that a root company uses, with their rules in order."""
        rows = self.env.execute_query(
            SQL(
                """SELECT d.id, d.revision, f.revision, d.reads_margin, s.id, s.domain
                     FROM cartera_dimension d
                LEFT JOIN cartera_dimension_sorting f
                       ON f.dimension_id = d.id AND f.company_id = %(company)s
                LEFT JOIN cartera_segment s ON s.dimension_id = d.id AND s.active
                    WHERE %(used)s
                 ORDER BY d.id, s.sequence, s.id""",
                company=company.id,
                used=self._sql_used(company),
            )
        )
        rules = {}
        for *dimension, segment, text in rows:
            found = rules.setdefault(tuple(dimension), [])
            if segment is not None:
                found.append(Rule(segment, text))
        return [
            Cut(
                dimension,
                revision,
                sorted_by is None,
                sorted_by not in (None, revision),
                bool(margin),
                tuple(found),
            )
            for (dimension, revision, sorted_by, margin), found in rules.items()
        ]

    @api.model
    def _get_dimension_domain(self, company) -> Domain:
        """Return which dimensions a root company uses; over stored fields of the dimension only."""
        return Domain("active", "=", True) & Domain("company_id", "in", [False, company.id])

    @api.model
    def _sql_used(self, company) -> SQL:
        """Return the condition that dimension ``d`` is used by a root company."""
        model = self.sudo().with_context(active_test=False).browse()
        query = Query(model.env, "d", SQL.identifier(model._table))
        domain = self._get_dimension_domain(company).optimize_full(model)
        return SQL("(%s)", domain._to_sql(model, "d", query))

    # ------------------------------------------------------------------
    # Compile
    # ------------------------------------------------------------------

    def _get_sort_query(self, company, cuts, partners=None, broken=()) -> tuple[Query, SQL]:
        """Return a query over the profiles and the SQL of their segments: an array, one a dimension.

        ``partners``: ids of accounts, None for all; ``broken``: segments whose accounts stay.
        """
        profiles = self.env["cartera.rule"]._get_neutral_profiles(company)
        query, conditions = self._compile(profiles, cuts)
        query.add_where(SQL("%s = %s", SQL.identifier(profiles._table, "company_id"), company.id))
        if partners is not None:
            query.add_where(
                SQL("%s = ANY(%s)", SQL.identifier(profiles._table, "partner_id"), list(partners))
            )
        cases = [self._sql_case(cut.rules, conditions, broken) for cut in cuts]
        segments = SQL(
            "CASE WHEN %s IS TRUE THEN '{}' ELSE array_remove(ARRAY[%s]::int4[], NULL) END",
            SQL.identifier(profiles._table, "excluded"),
            SQL(", ").join(cases),
        )
        return query, segments

    def _compile(self, profiles, cuts) -> tuple[Query, dict[int, SQL]]:
        """Return (a query with the joins that the rules need, {segment: condition})."""
        rules = tuple(rule for cut in cuts for rule in cut.rules)
        context = profiles.env.context
        company = profiles.env.company.id
        kept = self._get_kept(company, context["cartera_day"], context["tz"], rules)
        query = Query(profiles.env, profiles._table, profiles._table_sql)
        for alias, (kind, table, condition) in kept.joins:
            query.add_join(kind.code, alias, table, condition)
        conditions = dict(kept.conditions)
        for rule in rules:
            if rule.segment not in conditions:
                conditions[rule.segment] = self._sql_stays(rule.segment)
                if rule.segment not in kept.broken:
                    self._compile_rule(profiles, query, rule, conditions)
        return query, conditions

    @ormcache("company_id", "day", "tz", "rules")
    def _get_kept(self, company_id, day, tz, rules) -> Kept:
        """Compile the rules whose SQL depends on nothing but the arguments."""
        company = self.env["res.company"].browse(company_id)
        profiles = self.env["cartera.rule"]._get_neutral_profiles(company)
        query = Query(profiles.env, profiles._table, profiles._table_sql)
        conditions, broken = {}, set()
        for rule in rules:
            try:
                domain = self.env["cartera.rule"]._parse_domain(rule.text)
                is_closed = domain is None or self.env["cartera.rule"]._is_closed(domain)
            except Exception:
                _logger.exception("The rule of segment %s cannot be used", rule.segment)
                broken.add(rule.segment)
                continue
            if is_closed and not self._compile_rule(profiles, query, rule, conditions):
                broken.add(rule.segment)
        return Kept(tuple(query._joins.items()), conditions, frozenset(broken))

    @api.model
    def _compile_rule(self, profiles, query, rule, conditions) -> bool:
        """Put the condition of a rule into ``conditions``; tell whether it can be used.

        A broken rule costs its own segment only: its accounts stay until it is mended.
        """
        model = self.env["cartera.rule"]
        joins = dict(query._joins)
        try:
            domain = model._parse_domain(rule.text)
            sql = SQL("TRUE")
            if domain is not None:
                sql = SQL("(%s)", model._compile_domain(domain, profiles, query))
        except Exception:
            _logger.exception("The rule of segment %s cannot be used", rule.segment)
            query._joins.clear()
            query._joins.update(joins)
            return False
        conditions[rule.segment] = sql
        return True

    @api.model
    def _sql_case(self, rules, conditions, broken) -> SQL:
        """Return the segment of one dimension: the first rule that matches."""
        if not rules:
            return SQL("NULL::int4")
        whens = [
            SQL(
                "WHEN %s THEN %s",
                self._sql_stays(rule.segment)
                if rule.segment in broken
                else conditions[rule.segment],
                rule.segment,
            )
            for rule in rules
        ]
        return SQL("CASE %s END", SQL(" ").join(whens))

    @api.model
    def _sql_stays(self, segment) -> SQL:
        """Return the condition of a segment that cannot be judged: whoever is in it stays."""
        return SQL("%s = ANY(%s)", segment, SQL.identifier("cartera_profile", "segment_key"))
