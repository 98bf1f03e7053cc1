"""The story of an indicator: how it went, who brings it, what it means and what is behind it."""

import json

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..analysis.period import Period
from .cartera_indicator_card import STORY

#: Ways to split a figure: the kinds of scopes.
WAYS = ("team", "user", "segment")


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_story(self, indicator_id=None, kind=None, period=None, scope=None) -> dict:
        """Return the story of an indicator, of the first one that the user may see if none is named.

        Beside what :meth:`get_scorecard` says of period and scope: ``indicators`` to choose from
        {id, name}; ``indicator``, its card, False without any; ``chart`` of its last 24 periods and the
        one shown {key, label, value, target}; ``splits``, ways to split it {key, label}; ``definition``
        {method, unit, period, tolerance (a share)}; ``records``: whether what is behind it can be opened.
        """
        answer = self._prepare_scorecard(kind, period, scope)
        company = self._get_company()
        indicators = self.env["cartera.indicator"]._get_shown(company, answer["scope"])
        answer["indicators"] = [{"id": each.id, "name": each.name} for each in indicators]
        if not (indicator_id or indicators):
            return {**answer, "indicator": False}
        indicator = self._get_indicator(indicator_id or indicators[0].id, answer["scope"])
        shown = Period.parse(answer["period"]["key"])
        return {**answer, **self._prepare_story(indicator, shown, answer["scope"])}

    @api.model
    @api.readonly
    def get_story_split(self, indicator_id, period, scope, by) -> list[dict]:
        """Return the figure by team, user or segment, the highest first, those without one last.

        [{key, name, value, target, expected, light}] of those that the user may see.
        """
        if by not in WAYS:
            raise ValueError(f"No way to split a figure: {by!r}")
        indicator = self._get_indicator(indicator_id, scope)
        shown = self._get_shown_period(indicator, period)
        rows = indicator._read_split(self._get_company(), shown, scope, by)
        return sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0)))

    @api.model
    @api.readonly
    def get_story_contributors(self, indicator_id, period, scope) -> dict:
        """Return the accounts with the largest and with the smallest part in a figure.

        ``largest``, ``smallest``: [{profile_id, name, numerator, denominator, value}], ten each at most,
        none in both, of accounts that the user may see.
        """
        indicator, company = self._get_indicator(indicator_id, scope), self._get_company()
        shown = self._get_shown_period(indicator, period)
        largest = indicator._read_contributors(company, shown, scope)
        known = {row["profile_id"] for row in largest}
        smallest = indicator._read_contributors(company, shown, scope, worst=True)
        return {
            "largest": largest,
            "smallest": [row for row in smallest if row["profile_id"] not in known],
        }

    @api.model
    @api.readonly
    def open_story_records(self, indicator_id, period, scope) -> dict:
        """Open the records behind a figure: those of them that the user may read."""
        indicator = self._get_indicator(indicator_id, scope)
        shown = self._get_shown_period(indicator, period)
        found = indicator._get_records_behind(self._get_company(), shown, scope)
        if not found:
            raise UserError(self.env._("No records are behind this figure."))
        model, domain = found
        # Conditions within conditions as lists, dates as text: the action travels as JSON.
        domain = json.loads(json.dumps(list(domain), default=prepare_value))
        name = f"{indicator.name}: {self._word_period(shown)}"
        if model == "cartera.profile":
            return self._open_accounts(name, domain)
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [[False, "list"], [False, "form"]],
            "domain": domain,
            "context": {
                # Of a model it counts what its condition finds: archived ones only if that says so.
                "active_test": indicator._counts_records(),
                "create": False,
                **self._get_story_context(indicator, shown),
            },
            "target": "current",
        }

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    @api.model
    def _get_indicator(self, indicator_id, scope):
        """Return an indicator that the user may see of a scope.

        Raises AccessError for a scope of others, UserError for an indicator that is not among those.
        """
        self._get_population()  # refuses who may not see accounts
        company, indicators = self._get_company(), self.env["cartera.indicator"]
        indicators._check_scope(company, scope)
        indicator = indicators._get_shown(company, scope).filtered(
            lambda each: each.id == int(indicator_id)
        )
        if not indicator:
            raise UserError(
                self.env._("This indicator is not shown here. Choose another one or other figures.")
            )
        return indicator

    @api.model
    def _get_shown_period(self, indicator, key) -> Period:
        """Return the period that an indicator shows when one is chosen: it may be a longer one."""
        period = self._get_period(None, key)
        day = period.as_of(self._get_policy()._today())
        return Period.of(indicator._get_kind(period), day)

    @api.model
    def _prepare_story(self, indicator, period, scope) -> dict:
        company = self._get_company()
        shown = self._get_shown_period(indicator, period.key)
        card = indicator._prepare_cards(company, shown, scope, STORY)[indicator]
        return {
            "indicator": self._word_card(card),
            "chart": card["history"],
            "splits": self._prepare_splits(indicator, scope),
            "definition": self._prepare_definition(indicator),
            "records": self._has_records(indicator, shown, scope),
        }

    @api.model
    def _prepare_splits(self, indicator, scope) -> list[dict]:
        labels = {
            "team": self.env._("By team"),
            "user": self.env._("By salesperson"),
            "segment": self.env._("By key segment"),
        }
        return [
            {"key": by, "label": labels[by]}
            for by in WAYS
            if indicator._get_split_scopes(self._get_company(), scope, by)
        ]

    @api.model
    def _has_records(self, indicator, period, scope) -> bool:
        found = indicator._get_records_behind(self._get_company(), period, scope)
        return bool(found) and self.env[found[0]].has_access("read")

    @api.model
    def _prepare_definition(self, indicator) -> dict:
        return {
            "method": self._word_method(indicator),
            "unit": self._word_choice(indicator, "unit"),
            "period": self._word_choice(indicator, "period"),
            "tolerance": indicator.tolerance,
        }

    @api.model
    def _word_method(self, indicator) -> str:
        """Return how an indicator is measured: its measure, its model and aggregate, or its two parts."""
        if indicator.method == "builtin":
            return self._word_choice(indicator, "measure")
        if indicator.method == "ratio":
            return f"{indicator.numerator_id.name} / {indicator.denominator_id.name}"
        parts = (
            indicator.model_id.sudo().name,
            self._word_choice(indicator, "aggregate"),
            indicator.field_id.sudo().field_description,
        )
        return ", ".join(part for part in parts if part)

    @api.model
    def _get_story_context(self, indicator, period) -> dict:
        """Return the context in which the records behind a built-in measure open."""
        if indicator.method != "builtin":
            return {}
        measures = self.env["cartera.measure"].sudo()
        span = measures._get_span(self._get_company(), period)
        return measures._get_records_context(indicator.measure, span)

    @api.model
    def _word_choice(self, record, name) -> str:
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")


def prepare_value(value):
    """Return a part of a condition as JSON holds it."""
    return list(value) if isinstance(value, Domain) else str(value)
