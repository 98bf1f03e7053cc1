from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cartera_policy_id = fields.Many2one(
        comodel_name="cartera.policy", compute="_compute_cartera_policy_id"
    )
    cartera_tz = fields.Selection(related="cartera_policy_id.tz", readonly=False)
    cartera_take_in_companies = fields.Boolean(
        related="cartera_policy_id.take_in_companies", readonly=False
    )
    cartera_waiting_count = fields.Integer(compute="_compute_cartera_counts")
    cartera_parked_count = fields.Integer(compute="_compute_cartera_counts")

    @api.depends("company_id")
    def _compute_cartera_policy_id(self):
        for settings in self:
            settings.cartera_policy_id = self.env["cartera.policy"]._for(settings.company_id)

    def _compute_cartera_counts(self):
        groups = self.env["cartera.touch"].sudo()._read_group([], ["parked"], ["__count"])
        counts = dict(groups)
        self.cartera_waiting_count = counts.get(False, 0)
        self.cartera_parked_count = counts.get(True, 0)

    def action_cartera_refresh(self):
        """Open the dialog that asks the background job for a full run and follows it."""
        return self.env["ir.actions.actions"]._for_xml_id("crm_cartera.cartera_refresh_action")
