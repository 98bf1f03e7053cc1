"""The scorecard: where the portfolio stands against its targets, from four perspectives."""

from odoo import api, fields, models
from odoo.tools import format_date

from ..analysis.period import Period

#: Closed periods that one may go back to from a list.
BACK = {"month": 24, "quarter": 12, "year": 5}
#: How a period is written, in full and in short, as Babel has it.
LONG = {"month": "MMMM yyyy", "quarter": "QQQ yyyy", "year": "yyyy"}
SHORT = {**LONG, "month": "MMM yyyy"}


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_scorecard(self, kind=None, period=None, scope=None) -> dict:
        """Return what the scorecard shows around its cards, which are read by perspective.

        ``kind`` "month", "quarter" or "year": the running one, unless ``period`` names another by its
        key; ``scope`` as the keys of ``scopes`` have it, by default the widest that the user may see.
        Answers ``period`` {kind, key, label, running, previous, next (False for the running one),
        previous_label, last_year_label}, ``periods`` to choose from {key, label}, ``scope``, ``scopes``
        {key, label}, ``perspectives`` {code, name, indicators: how many}, ``may_refreeze``.
        Raises AccessError for users without sales rights and for a scope of others.
        """
        answer = self._prepare_scorecard(kind, period, scope)
        counts = self._count_indicators()
        perspectives = self.env["cartera.indicator"]._fields["perspective"]
        return {
            **answer,
            "perspectives": [
                {"code": code, "name": name, "indicators": counts.get(code, 0)}
                for code, name in perspectives._description_selection(self.env)
            ],
        }

    @api.model
    @api.readonly
    def get_scorecard_cards(self, perspective, period, scope) -> list[dict]:
        """Return the cards of a perspective, in their order.

        Figures that the user may not see are not among them. See ``cartera.indicator._read_cards``;
        ``frozen_label`` is the day of the freeze as the user writes it.
        """
        self._get_population()  # refuses who may not see accounts
        cards = self._get_indicators()._read_cards(
            self._get_period(None, period), scope, perspective
        )
        return [self._word_card(card) for card in cards]

    @api.model
    def refreeze_scorecard(self, indicator_ids, period, reason) -> bool:
        """Close a period again with the figures of today, for a reason that is logged.

        Raises AccessError for who is no sales manager, UserError without a reason.
        """
        indicators = self.env["cartera.indicator"].browse([int(id_) for id_ in indicator_ids])
        indicators._refreeze_period(self._get_company(), self._get_period(None, period), reason)
        return True

    # ------------------------------------------------------------------
    # What all parts share
    # ------------------------------------------------------------------

    @api.model
    def _prepare_scorecard(self, kind, key, scope) -> dict:
        self._get_population()  # refuses who may not see accounts
        company, period = self._get_company(), self._get_period(kind, key)
        scopes = self._prepare_scopes()
        answer = self._prepare_screen()
        return {
            **answer,
            "salespeople": [],
            "company_id": company.id,
            "company_name": company.name,
            "period": self._prepare_period(period),
            "periods": self._prepare_periods(period),
            "scope": self._choose_scope(scope, scopes),
            "scopes": scopes,
            "may_refreeze": answer["may_refresh"],
        }

    @api.model
    def _get_indicators(self):
        return self.env["cartera.indicator"]

    @api.model
    def _get_period(self, kind, key) -> Period:
        """Return the period of a key, or the running one of a kind if there is no such past one."""
        today = self._get_policy()._today()
        try:
            period = Period.parse(key) if key else None
        except ValueError:
            period = None
        if period and period.start <= today:
            return period
        return Period.of((period and period.kind) or kind or "month", today)

    @api.model
    def _prepare_period(self, period) -> dict:
        today = self._get_policy()._today()
        running = period.start <= today <= period.end
        following = Period.of(period.kind, fields.Date.add(period.end, days=1))
        return {
            "kind": period.kind,
            "key": period.key,
            "label": self._word_period(period, LONG),
            "running": running,
            "previous": period.previous().key,
            "next": not running and following.key,
            "previous_label": self._word_period(period.previous()),
            "last_year_label": self._word_period(period.last_year()),
        }

    @api.model
    def _prepare_periods(self, shown) -> list[dict]:
        """Return the periods to choose from, the running one first; the one shown is among them."""
        period = Period.of(shown.kind, self._get_policy()._today())
        periods = [period]
        for _number in range(BACK[shown.kind]):
            period = period.previous()
            periods.append(period)
        if shown not in periods:
            periods.append(shown)
        return [{"key": each.key, "label": self._word_period(each, LONG)} for each in periods]

    @api.model
    def _word_period(self, period, form=None) -> str:
        return format_date(self.env, period.start, date_format=(form or SHORT)[period.kind])

    @api.model
    def _word_card(self, card) -> dict:
        frozen = card.get("frozen_date")
        return {**card, "frozen_label": bool(frozen) and format_date(self.env, frozen)}
