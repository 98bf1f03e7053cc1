"""Measuring indicators: for a company and a period, for any number of scopes."""

import logging
from typing import NamedTuple

import psycopg2

from odoo import models
from odoo.fields import Domain

from ..analysis.period import Period
from ..analysis.scorecard import ratio
from .cartera_rule_check import RULE_ERRORS

_logger = logging.getLogger(__name__)


class Figure(NamedTuple):
    """What an indicator measures: its value in its unit, None if nothing supports one, and its parts."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    def _measure(self, company, period: Period, scopes=("company",)) -> dict[tuple, Figure]:
        """Return {(indicator, scope key): figure} of a root company, with true totals.

        ``scopes``: keys as ``company``, ``team:3``, ``user:7``, ``segment:9``. Nothing is written: it may be
        read from a replica. A statement per built-in measure, two with segments.
        """
        indicators = self.sudo() | self.sudo()._get_parts()
        span = self.env["cartera.measure"].sudo()._get_span(company, period)
        figures = indicators._measure_builtin(span, scopes)
        for indicator in indicators.filtered(lambda each: each.method == "model"):
            for scope, figure in indicator._try_records(span, scopes).items():
                figures[indicator.id, scope] = figure
        for indicator in indicators.filtered(lambda each: each.method == "ratio"):
            for scope in scopes:
                figures[indicator.id, scope] = indicator._measure_ratio(figures, scope)
        return {
            (indicator, scope): figures[indicator.id, scope]
            for indicator in self
            for scope in scopes
        }

    # ------------------------------------------------------------------
    # Built-in measures
    # ------------------------------------------------------------------

    def _measure_builtin(self, span, scopes) -> dict[tuple, Figure]:
        measures, figures = self.env["cartera.measure"], {}
        builtin = self.filtered(lambda indicator: indicator.method == "builtin")
        known = measures._get_measures()
        for code, indicators in builtin.grouped("measure").items():
            measure = known.get(code)
            sums = measures._sum(code, span, scopes) if measure else None
            for scope in scopes:
                figure = Figure() if sums is None else _figure(measure, sums.get(scope))
                figures |= {(indicator.id, scope): figure for indicator in indicators}
        return figures

    # ------------------------------------------------------------------
    # Ratios
    # ------------------------------------------------------------------

    def _measure_ratio(self, figures, scope) -> Figure:
        """Return the ratio of two indicators, those that are ratios themselves measured first."""
        parts = []
        for part in (self.numerator_id, self.denominator_id):
            if part.method == "ratio" and (part.id, scope) not in figures:
                figures[part.id, scope] = part._measure_ratio(figures, scope)
            parts.append(figures[part.id, scope].value)
        return Figure(ratio(*parts), *parts)

    # ------------------------------------------------------------------
    # Records of a model
    # ------------------------------------------------------------------

    def _try_records(self, span, scopes) -> dict[str, Figure]:
        """Measure nothing where a condition cannot be used any more: it stops no other indicator.

        What is wrong with it stands on its form: :meth:`_compute_error`.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                return self._measure_records(span, scopes)
        except psycopg2.OperationalError:
            raise  # somebody else was there first, or it took too long: the request is tried again
        except RULE_ERRORS:
            _logger.info("Indicator %s cannot be measured", self.id, exc_info=True)
            return dict.fromkeys(scopes, Figure())

    def _measure_records(self, span, scopes) -> dict[str, Figure]:
        """Return {scope key: figure}: what the records of a model count to, read with all rights."""
        self.ensure_one()
        stands = span.running or self.env["cartera.measure"]._stands_for_end(span)
        if not self.date_field_id and not stands:
            return dict.fromkeys(scopes, Figure())  # the records are as they are today
        figures = self._count_by_user(span) if self.user_field_id else {}
        for scope in scopes:
            if scope not in figures:
                figures[scope] = self._count_records(span, scope)
        return {scope: figures[scope] for scope in scopes}

    def _counts_records(self) -> bool:
        """Tell whether what is behind a figure are records of a model, of a ratio those of its numerator."""
        part = self
        while part.method == "ratio":
            part = part.numerator_id
        return part.method == "model"

    def _count_by_user(self, span) -> dict[str, Figure]:
        """Return the figures of all salespeople, from one query."""
        records, domain = self._get_records(span)
        user_field = self.user_field_id.name
        groups = records._read_group(domain, [user_field], self._get_aggregates())
        return {f"user:{user.id}": self._word_counts(*counts) for user, *counts in groups if user}

    def _count_records(self, span, scope) -> Figure:
        domain = self._get_owner_domain(scope)
        if domain is None:
            return Figure()
        records, condition = self._get_records(span)
        (counts,) = records._read_group(condition & domain, aggregates=self._get_aggregates())
        return self._word_counts(*counts)

    def _get_aggregates(self) -> list[str]:
        field = self.field_id.name
        return {
            "count": ["__count"],
            "sum": ["__count", f"{field}:sum"],
            "avg": ["__count", f"{field}:sum"],
            "count_distinct": ["__count", f"{field}:count_distinct"],
        }[self.aggregate]

    def _word_counts(self, count, total=None) -> Figure:
        if self.aggregate == "count":
            return Figure(float(count), float(count))
        total = float(total or 0)
        if self.aggregate == "avg":
            return Figure(ratio(total, count), total, float(count))
        return Figure(total, total)

    def _get_records(self, span):
        """Return (model, condition) of the records of a company's period."""
        company = self.env["res.company"].browse(span.company_id)
        records = self.env[self.model_name].sudo().with_company(company)
        neutral = self.env["cartera.policy"]._for(company)._get_neutral_context()
        records = records.with_context(allowed_company_ids=span.branch_ids, **neutral)
        return records, self._get_records_domain() & self._get_company_domain(span, records) & (
            self._get_date_domain(span, records)
        )

    def _get_company_domain(self, span, records) -> Domain:
        """Return the condition of the company's records.

        One without a company is its salesperson's; without a field that says whose it is, everybody's.
        """
        if "company_id" not in records._fields:
            return Domain.TRUE
        domain = Domain("company_id", "in", span.branch_ids)
        shared = Domain("company_id", "=", False)
        if self.user_field_id:
            shared &= Domain(f"{self.user_field_id.name}.company_id", "in", span.branch_ids)
        return domain | shared

    def _get_date_domain(self, span, records) -> Domain:
        name = self.date_field_id.name
        if not name:
            return Domain.TRUE
        if records._fields[name].type == "date":
            return Domain(name, ">=", span.start) & Domain(name, "<=", span.as_of)
        midnight = self.env["cartera.measure"]._get_midnight
        return Domain(name, ">=", midnight(span, span.start)) & (
            Domain(name, "<", midnight(span, span.as_of, 1))
        )

    def _get_owner_domain(self, scope) -> Domain | None:
        """Return the condition of a scope's records, None if the indicator does not know whose they are."""
        kind, _, owner = scope.partition(":")
        if kind == "company":
            return Domain.TRUE
        if kind == "segment" and self.partner_field_id:
            path = f"{self.partner_field_id.name}.commercial_partner_id.cartera_segment_ids"
            return Domain(path, "in", [int(owner)])
        if kind in ("user", "team") and self.user_field_id:
            name = self.user_field_id.name
            path = name if kind == "user" else f"{name}.sale_team_id"
            return Domain(path, "=", int(owner))
        return None


def _figure(measure, sums) -> Figure:
    """Return the figure of a sum; what nobody contributed to is zero, a ratio of it is nothing."""
    numerator, denominator = (None if each is None else float(each) for each in sums or (0, None))
    if measure.form == "ratio":
        return Figure(ratio(numerator, denominator), numerator, denominator)
    return Figure(numerator or 0.0, numerator or 0.0)
