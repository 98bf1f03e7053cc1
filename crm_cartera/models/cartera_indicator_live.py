"""The form of an indicator: what it measures now, and the way to its targets and values."""

from odoo import api, models

from ..analysis.period import Period
from .cartera_fields import BlankFloat
from .cartera_indicator_check import NAMED
from .cartera_profile import MANAGER


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    live_value = BlankFloat(
        string="Measured now",
        compute="_compute_live_value",
        aggregator=None,
        groups=MANAGER,
        help="What the company's running period measures today, with the settings that are saved.",
    )

    @api.depends_context("company", "uid")
    def _compute_live_value(self):
        """Measure what is saved: what is only typed in may name what its writer may not read."""
        self.live_value = False
        company = self.env.company.root_id
        today = self.env["cartera.policy"]._for(company)._today()
        for kind, indicators in self._origin.grouped("period").items():
            period = Period.of(kind, today)
            figures = indicators._measure(company, period)
            for indicator in self:
                if indicator._origin in indicators:
                    value = figures[indicator._origin, "company"].value
                    indicator.live_value = False if value is None else value

    def action_open_targets(self):
        """Open the targets of the indicator."""
        return self._open_of_indicator("cartera_indicator_target_action")

    def action_open_values(self):
        """Open the closed values of the indicator."""
        return self._open_of_indicator("cartera_indicator_value_action")

    def _open_of_indicator(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"crm_cartera.{name}")
        return action | {
            "domain": [("indicator_id", "=", self.id)],
            "context": {"default_indicator_id": self.id},
        }

    @api.onchange("measure")
    def _onchange_measure(self):
        """Take over the unit, and the name if there is none yet."""
        measure = self.env["cartera.measure"]._get_measures().get(self.measure)
        if measure:
            self.unit = measure.unit
            self.name = self.name or dict(self._selection_measure())[self.measure]

    @api.onchange("model_id")
    def _onchange_model_id(self):
        """Fields and conditions of another model say nothing of this one."""
        if self.model_id == self._origin.model_id:
            return
        nothing = dict.fromkeys(NAMED, False)
        self.update({**nothing, "domain": "[]"})
