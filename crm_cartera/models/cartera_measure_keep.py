"""Measures of what is known today only: kept when a period is closed, not measured again later."""

from odoo import api, models

#: Days that a closing may be late, for want of a nightly job.
LATE = 3


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    @api.model
    def _is_known(self, code, span) -> bool:
        """Tell whether a period can be measured; until it is closed, the state of today stands for its end."""
        if super()._is_known(code, span):
            return True
        return self._get_measures()[code].past == "none" and self._stands_for_end(span)

    @api.model
    def _stands_for_end(self, span) -> bool:
        """Tell whether a period ended so lately that the state of today is that of its end."""
        company = self.env["res.company"].browse(span.company_id)
        grace = self.env["cartera.policy"]._for(company).scorecard_grace_days
        return (span.today - span.as_of).days <= grace + LATE


class CarteraIndicatorValue(models.Model):
    _inherit = "cartera.indicator.value"

    def _is_changed(self, value) -> bool:
        """Tell whether documents changed what a period measures; never of what only its own days knew."""
        return not self.indicator_id._is_of_today() and super()._is_changed(value)


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    def _is_of_today(self) -> bool:
        """Tell whether the indicator, or a part of it, is known of today only."""
        if self.method == "ratio":
            return any(part._is_of_today() for part in self.numerator_id | self.denominator_id)
        if self.method == "model":
            return not self.date_field_id
        measure = self.env["cartera.measure"]._get_measures().get(self.measure)
        return bool(measure) and measure.past == "none"
