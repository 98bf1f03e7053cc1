"""The story of an indicator: how it went, who brings it, what it means and what is behind it."""

from odoo import api, models
from odoo.exceptions import UserError

#: Periods on the chart.
PERIODS = 24


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_story(self, indicator_id=None, kind=None, period=None, scope=None) -> dict:
        """Return the story of an indicator, of the first one that the user may see if none is named.

        Beside what :meth:`get_scorecard` says of period and scope: ``indicators`` to choose from
        {id, name}; ``indicator``, its card, False without any; ``chart`` of its last 24 periods {key,
        label, value, target, state}, the period shown last; ``splits``, ways to split it {key, label};
        ``definition`` {method, unit, period, tolerance (a share)}; ``records``, the words of the button
        that opens what is behind the figure, False if nothing can be opened.
        """
        answer = self._prepare_scorecard(kind, period, scope)
        indicators = self._get_shown_indicators(answer["scope"])
        answer["indicators"] = [
            {"id": indicator.id, "name": indicator.name} for indicator in indicators
        ]
        indicator = self._get_indicator(indicator_id, indicators)
        if not indicator:
            return {**answer, "indicator": False}
        return {**answer, **self._prepare_story(indicator, answer["period"]["key"], answer["scope"])}
