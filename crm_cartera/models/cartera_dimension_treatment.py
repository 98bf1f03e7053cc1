"""Accounts that enter a segment with a plan wake the job that schedules it."""

from odoo import models


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    def _sort(self, company, partners=None):
        """Wake the job if an account entered such a segment: nobody's drain schedules activities."""
        moved, skipped = super()._sort(company, partners)
        if moved and self.env["cartera.treatment"]._has_entries(company, partners):
            self.env.ref("crm_cartera.cron_treatment").sudo()._trigger()
        return moved, skipped
