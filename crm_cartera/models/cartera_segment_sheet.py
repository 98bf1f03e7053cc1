"""The way from a segment to its sheet."""

from odoo import models


class CarteraSegment(models.Model):
    _inherit = "cartera.segment"

    def action_open_sheet(self):
        """Open the sheet of the segment."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("crm_cartera.cartera_sheet_action")
        return {**action, "params": {"segment_id": self.id}}
