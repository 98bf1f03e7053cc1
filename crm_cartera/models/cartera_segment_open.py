"""From a segment to its accounts."""

from odoo import models


class CarteraSegment(models.Model):
    _inherit = "cartera.segment"

    def action_open_accounts(self):
        """Open the accounts of the segment."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_cartera.cartera_profile_action")
        action["name"] = action["display_name"] = f"{self.dimension_id.name}: {self.name}"
        action["domain"] = [("segment_ids", "in", self.ids)]
        action["context"] = {}
        action["views"] = sorted(action["views"], key=lambda view: view[1] != "list")
        return action
