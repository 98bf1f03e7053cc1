"""The cards of the scorecard: value, target, light and history of each indicator."""

from odoo import api, models

from ..analysis import scorecard
from ..analysis.period import KINDS, Period

#: Periods of the small chart of a card, and of the story.
HISTORY, STORY = 12, 24


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    @api.model
    def _read_cards(self, company, period: Period, scope: str, perspective=None) -> list[dict]:
        """Return the cards of a perspective that the user may see, in their order.

        An indicator that is judged on longer periods shows the one that the chosen period is in. Raises
        AccessError for a scope of others. See :meth:`_prepare_card` for the keys.
        """
        self._check_scope(company, scope)
        indicators, cards = self._get_shown(company, scope, perspective), {}
        for kind, group in indicators.grouped(lambda each: each._get_kind(period)).items():
            shown = Period.of(kind, period.as_of(self._get_day(company)))
            cards |= group._prepare_cards(company, shown, scope)
        return [cards[indicator] for indicator in indicators]

    @api.model
    def _get_day(self, company):
        return self.env["cartera.policy"]._for(company)._today()

    def _get_kind(self, period: Period) -> str:
        """Return the kind of period that the indicator shows when such a one is chosen."""
        return max(self.period, period.kind, key=list(KINDS).index)

    def _prepare_cards(self, company, period, scope, history=HISTORY) -> dict:
        """Return {indicator: card} of a period."""
        periods = [period.previous(count) for count in range(history, -1, -1)]
        series = sorted({*periods, period.last_year()})
        closed = self.env["cartera.indicator.value"]._find(self, company, series, [scope])
        targets = self.env["cartera.indicator.target"]._find(self, company, series, [scope])
        # A blank field is False, which would be judged as zero.
        known = {
            key: None if value.value is False else value.value for key, value in closed.items()
        }
        figures = self._measure(company, period, [scope])
        known |= self._measure_missing(company, period.previous(), scope, known)
        return {
            indicator: indicator._prepare_card(
                company,
                scope,
                periods,
                figures[indicator, scope],
                {each: known.get((indicator.id, each, scope)) for each in series},
                {each: indicator._get_target(targets, each, scope) for each in series},
                closed.get((indicator.id, period, scope)),
            )
            for indicator in self
        }

    def _measure_missing(self, company, period, scope, known) -> dict:
        """Return the values of a period that is over, but not closed yet."""
        missing = self.filtered(lambda each: (each.id, period, scope) not in known)
        if not missing:
            return {}
        figures = missing._measure(company, period, [scope])
        return {(each.id, period, scope): figures[each, scope].value for each in missing}

    def _get_target(self, targets, period, scope) -> float | None:
        """Return the target of a period; the usual one holds for the company, of ratios for everybody.

        It is that of the period that the indicator is judged by: a sum is to reach more in a longer one.
        """
        target = targets.get((self.id, period, scope))
        if target is not None or (scope != "company" and self.form != "ratio"):
            return target
        usual = None if self.default_target is False else self.default_target
        return scorecard.usual(usual, KINDS[period.kind], KINDS[self.period], self.form == "flow")

    def _prepare_card(self, company, scope, periods, figure, values, targets, closed) -> dict:
        """Return a card; figures in the indicator's unit, None for what nothing supports.

        ``value``, ``numerator``, ``denominator``; ``target`` and ``expected``: what it asks for by today;
        ``light``; ``previous`` and ``last_year``: the values of the period before and of the same one a year
        before; ``history``: [{key, label, value, target}]; ``state``: running, open (over, not closed yet),
        frozen, estimated (filled in later); ``frozen_date``, ``frozen_by``; ``value_now`` and ``changed``: what
        a closed period measures today, if that differs; ``own``: the user's own figure.
        """
        self.ensure_one()
        period, today = periods[-1], self._get_day(company)
        value = values[period] if closed else figure.value
        points = {**values, period: value}
        return {
            **self._prepare_card_words(),
            "period": period.key,
            "value": value,
            "numerator": closed.numerator if closed else figure.numerator,
            "denominator": closed.denominator if closed else figure.denominator,
            **self._judge(value, targets[period], period.elapsed(today)),
            "previous": values[period.previous()],
            "last_year": values[period.last_year()],
            "history": [
                {
                    "key": each.key,
                    "label": self._word_period(each),
                    "value": points[each],
                    "target": targets[each],
                }
                for each in periods
            ],
            "own": scope == f"user:{self.env.uid}",
            **self._prepare_card_state(period, today, figure, closed),
        }

    def _judge(self, value, target, elapsed) -> dict:
        """Return the target of a value, what it asks for by now, and the light."""
        expected = scorecard.expected(target, elapsed, self.form == "flow")
        light = scorecard.light(value, expected, self.tolerance, self.direction == "higher")
        return {"target": target, "expected": expected, "light": light}

    def _prepare_card_words(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "code": self.code,
            "unit": self.unit,
            "perspective": self.perspective,
            "description": self.description or "",
            "direction": self.direction,
            "form": self.form,
            "tolerance": self.tolerance,
        }

    def _prepare_card_state(self, period, today, figure, closed) -> dict:
        """Return how final a figure is, and whether documents changed it since it was closed."""
        if not closed:
            state = "running" if period.within(today) else "open"
            nothing = dict.fromkeys(["frozen_date", "frozen_by", "value_now"])
            return {"state": state, "changed": False, **nothing}
        changed = closed._is_changed(figure.value)
        return {
            "state": closed.state,
            "frozen_date": closed.frozen_date,
            "frozen_by": closed.frozen_by_id.name or None,
            "value_now": figure.value if changed else None,
            "changed": changed,
        }

    @api.model
    def _word_period(self, period) -> str:
        return self.env["cartera.indicator.value"]._word(period.kind, period.start)
