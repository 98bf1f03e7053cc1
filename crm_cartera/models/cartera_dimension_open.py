"""From a dimension to its accounts, and to new segments."""

from odoo import models


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    def action_open_accounts(self):
        """Open the portfolio grouped by the segments of this dimension."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_cartera.cartera_profile_action")
        action["name"] = action["display_name"] = self.name
        action["context"] = {"cartera_dimension_id": self.id, "search_default_group_segment": 1}
        action["views"] = sorted(action["views"], key=lambda view: view[1] != "list")
        return action

    def action_generate(self):
        """Ask which values of the accounts shall each become a segment."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_segment_generate_action"
        )
        action["context"] = {"default_dimension_id": self.id}
        return action
