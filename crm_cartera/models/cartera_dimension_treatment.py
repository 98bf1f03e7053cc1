"""Accounts that enter a segment with a plan wake the job that schedules it."""

from odoo import models


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    def _move(self, company, due, kinds):
        """Wake the job if an account entered such a segment: nobody's drain schedules activities."""
        moved, skipped = super()._move(company, due, kinds)
        ids = [row.id for row in due]
        if moved and self.env["cartera.treatment"]._has_entries(company, ids):
            self.env.ref("crm_cartera.cron_treatment").sudo()._trigger()
        return moved, skipped
