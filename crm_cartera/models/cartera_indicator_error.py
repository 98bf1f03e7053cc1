"""Indicators whose condition cannot be used any more: a field or application that it names is gone."""

from odoo import api, fields, models

from .cartera_rule_check import RULE_ERRORS


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    error = fields.Text(
        compute="_compute_error",
        compute_sudo=True,
        help="Why its records cannot be counted. Until it is mended it has no figure, and nothing of it is "
        "closed.",
    )

    @api.depends("domain", "method", "model_id")
    def _compute_error(self):
        for indicator in self:
            indicator.error = False
            try:
                if indicator.method == "model" and indicator.model_id:
                    self.env[indicator.model_name]._search(indicator._get_records_domain())
            except RULE_ERRORS as error:
                indicator.error = str(error)

    def _is_broken(self) -> bool:
        """Tell whether the indicator, or a part of it, cannot be measured."""
        self.ensure_one()
        return any((self | self._get_parts()).mapped("error"))

    def _get_unclosed(self, company, period):
        """Leave out what cannot be measured: its period would be closed without a figure."""
        unclosed = super()._get_unclosed(company, period)
        return unclosed.filtered(lambda indicator: not indicator._is_broken())


class CarteraIndicatorValue(models.Model):
    _inherit = "cartera.indicator.value"

    def _is_changed(self, value) -> bool:
        """Tell whether documents changed what a period measures; not that it cannot be measured."""
        return not self.indicator_id._is_broken() and super()._is_changed(value)
