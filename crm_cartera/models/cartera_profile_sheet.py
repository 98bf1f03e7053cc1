"""The way from an account to its sheet."""

from odoo import models


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    def action_open_sheet(self):
        """Open the customer sheet of the account."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_cartera.cartera_account_sheet_action"
        )
        return {**action, "params": {"profile_id": self.id}}
