"""The context in which the records behind a figure open."""

from odoo import models

from ..analysis.period import Period


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    def _get_records_context(self, company, period: Period) -> dict:
        """Return the context for what :meth:`_get_records_behind` finds; most need none."""
        self.ensure_one()
        if self.method == "ratio":
            return self.numerator_id._get_records_context(company, period)
        if self.method != "builtin":
            return {}
        measures = self.env["cartera.measure"].sudo()
        return measures._get_records_context(self.measure, measures._get_span(company, period))
