"""Changes of retention as a report: the way to the account."""

from odoo import models


class CarteraRetentionChange(models.Model):
    _inherit = "cartera.retention.change"

    def action_open(self):
        """Open the account."""
        self.ensure_one()
        return self.profile_id._get_records_action(name=self.profile_id.name)
