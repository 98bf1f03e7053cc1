"""Growth plans: how much has to come each month to reach the targets of later days."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from ..analysis.pace import get_growth, get_pace
from ..analysis.period import KINDS, Period
from .cartera_indicator_card import HISTORY


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    def _prepare_cards(self, company, period, scope, history=HISTORY) -> dict:
        """Add ``pace`` to the cards, see :meth:`_prepare_pace`; None without a plan."""
        cards = super()._prepare_cards(company, period, scope, history)
        today = self._get_day(company)
        growing = (
            self.filtered(lambda each: each._is_growing) if period.within(today) else self.browse()
        )
        plans = growing._find_plans(company, scope, today)
        for indicator, card in cards.items():
            plan = plans.get(indicator.id)
            card["pace"] = indicator._prepare_pace(card, plan, today) if plan else None
        return cards

    @property
    def _is_growing(self) -> bool:
        """Tell whether it is a number of things of which there are to be more."""
        return (self.form, self.unit, self.direction) == ("stock", "count", "higher")

    def _find_plans(self, company, scope, today) -> dict[int, list[tuple]]:
        """Return {indicator id: [(day, amount)]}: the targets to come, of the longest periods that have any.

        Those of shorter ones are steps on the way.
        """
        if not self:
            return {}
        targets = self.env["cartera.indicator.target"].sudo()
        domain = Domain("company_id", "=", company.id) & Domain("indicator_id", "in", self.ids)
        domain &= targets._get_scope_domain([scope])
        domain &= Domain("start", ">=", Period.of("year", today).start)
        plans = {}
        for target in targets.search(domain, order="start"):
            end = Period.of(target.kind, target.start).end
            if end >= today:
                kinds = plans.setdefault(target.indicator_id.id, {})
                kinds.setdefault(target.kind, []).append((end, target.amount))
        order = list(KINDS)
        return {key: kinds[max(kinds, key=order.index)] for key, kinds in plans.items()}

    def _prepare_pace(self, card, plan, today) -> dict:
        """Return what the next target of a plan asks for, and the later ones.

        {date, date_label, target, gap, months, needed, growth, later}; ``needed``: how much has to come
        each month, None on the last day; ``growth``: how much came each month of late, None if nothing
        earlier is known; ``later``: the same of the targets after it.
        """
        points = [self._prepare_pace_point(card, day, amount, today) for day, amount in plan]
        before = [(Period.parse(each["key"]).end, each["value"]) for each in card["history"]]
        growth = get_growth(card["value"], today, before)
        return {**points[0], "growth": growth, "later": points[1:]}

    def _prepare_pace_point(self, card, day, amount, today) -> dict:
        pace = get_pace(card["value"], amount, today, day)._asdict()
        day = pace.pop("day")
        return {"date": day.isoformat(), "date_label": format_date(self.env, day), **pace}
