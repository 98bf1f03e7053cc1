"""Calibrations as a report: the cut points in words."""

from odoo import api, fields, models
from odoo.tools import format_amount, format_date, formatLang


class CarteraCalibration(models.Model):
    _inherit = "cartera.calibration"

    recency_cuts_text = fields.Char(
        string="Recency, days",
        compute="_compute_cuts_text",
        help="Four cut points. Days since the last purchase: up to the first scores 5, above the last "
        "1.",
    )
    frequency_cuts_text = fields.Char(
        string="Frequency, purchases",
        compute="_compute_cuts_text",
        help="Four cut points. Purchases in the period: up to the first scores 1, above the last 5.",
    )
    monetary_cuts_text = fields.Char(
        string="Amount",
        compute="_compute_cuts_text",
        help="Four cut points. Revenue in the period: up to the first scores 1, above the last 5.",
    )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            run.display_name = format_date(self.env, run.date)

    @api.depends("recency_cuts", "frequency_cuts", "monetary_cuts", "currency_id")
    @api.depends_context("lang")
    def _compute_cuts_text(self):
        for run in self:
            run.recency_cuts_text = self._word_cuts(run.recency_cuts)
            run.frequency_cuts_text = self._word_cuts(run.frequency_cuts)
            run.monetary_cuts_text = self._word_cuts(run.monetary_cuts, run.currency_id)

    @api.model
    def _word_cuts(self, cuts, currency=None):
        """Return "12 · 30 · 61.5 · 140" in the reader's format, False without cut points."""
        if not cuts:
            return False
        if currency:
            return " · ".join(format_amount(self.env, cut, currency) for cut in cuts)
        return " · ".join(
            formatLang(self.env, cut, digits=0 if cut % 1 == 0 else 1) for cut in cuts
        )
