"""The scorecard: where the portfolio stands against its targets, from four perspectives."""

from odoo import api, fields, models
from odoo.tools import format_date

from ..analysis.period import KINDS, Period
from .cartera_screen import ALL_ACCOUNTS

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
        Answers ``period`` {kind, key, label, running, previous, next (False for the running one)},
        ``periods`` to choose from {key, label}, ``scope``, ``scopes``
        {key, label}, ``perspectives`` {code, name, indicators: how many}, ``may_refreeze``.
        Raises AccessError for users without sales rights and for a scope of others.
        """
        answer = self._prepare_scorecard(kind, period, scope)
        counts = self._count_indicators(answer["scope"])
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
        cards = self.env["cartera.indicator"]._read_cards(
            self._get_company(), self._get_period(None, period), scope, perspective
        )
        return [self._word_card(card) for card in cards]

    @api.model
    def refreeze_scorecard(self, indicator_ids, period, reason) -> bool:
        """Close a period again with the figures of today, for a reason that is logged.

        Raises AccessError for who is no sales manager, UserError without a reason or if the period is
        not closed.
        """
        self._get_population()  # refuses who may not see accounts
        indicators = self.env["cartera.indicator"].browse([int(each) for each in indicator_ids])
        indicators._refreeze_period(self._get_company(), self._get_period(None, period), reason)
        return True

    # ------------------------------------------------------------------
    # What all parts share
    # ------------------------------------------------------------------

    @api.model
    def _prepare_scorecard(self, kind, key, scope) -> dict:
        self._get_population()  # refuses who may not see accounts
        company, period = self._get_company(), self._get_period(kind, key)
        allowed = self.env["cartera.indicator"]._get_allowed_scopes(company)
        answer = self._prepare_screen()
        return {
            **answer,
            "salespeople": [],
            "company_id": company.id,
            "company_name": company.name,
            "period": self._prepare_period(period),
            "periods": self._prepare_periods(period),
            "scope": self._choose_scope(scope, allowed),
            "scopes": self._prepare_scopes(allowed),
            "may_refreeze": answer["may_refresh"],
        }

    @api.model
    def _choose_scope(self, scope, allowed) -> str:
        """Return the scope that is asked for, else the company for who sees all, else the user's own.

        A leader's own is his first team. Raises AccessError for a scope of others.
        """
        if scope:
            self.env["cartera.indicator"]._check_scope(self._get_company(), scope)
            return scope
        if self.env.user.has_group(ALL_ACCOUNTS):
            return "company"
        return next((key for key in allowed if key != "company"), "company")

    @api.model
    def _prepare_scopes(self, allowed) -> list[dict]:
        """Return [{key, label}] to choose from; who sees only his own is told that it is his."""
        own = f"user:{self.env.uid}"
        words = {"company": self.env._("Whole company")}
        if not self.env.user.has_group(ALL_ACCOUNTS):
            words[own] = self.env._("My figures")
        return [{"key": key, "label": words.get(key, name)} for key, name in allowed.items()]

    @api.model
    def _count_indicators(self, scope) -> dict[str, int]:
        """Return {perspective: indicators that the user may see of a scope}."""
        shown = self.env["cartera.indicator"]._get_shown(self._get_company(), scope)
        groups = shown.grouped("perspective")
        return {code: len(indicators) for code, indicators in groups.items()}

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
        kind = period.kind if period else kind
        return Period.of(kind if kind in KINDS else "month", today)

    @api.model
    def _prepare_period(self, period) -> dict:
        today = self._get_policy()._today()
        running = period.within(today)
        return {
            "kind": period.kind,
            "key": period.key,
            "label": self._word_period(period, LONG),
            "running": running,
            "previous": period.previous().key,
            "next": not running and period.next().key,
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
        """Return a card with its periods in words: an indicator may be judged on longer ones.

        ``elapsed``: the share of the period that is over, by which a sum that still grows is compared.
        """
        period, frozen = Period.parse(card["period"]), card["frozen_date"]
        return {
            **card,
            "elapsed": period.elapsed(self._get_policy()._today()),
            "period_label": self._word_period(period),
            "previous_label": self._word_period(period.previous()),
            "last_year_label": self._word_period(period.last_year()),
            "frozen_date": bool(frozen) and fields.Datetime.to_string(frozen),
            "frozen_label": bool(frozen) and format_date(self.env, frozen),
        }
