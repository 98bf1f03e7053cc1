"""The settings page: what the policy of the current company says."""

from odoo import api, fields, models

from .cartera_policy_limits import BOUNDS


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

    # The limits: label, help and digits are the policy's.
    cartera_window_months = fields.Integer(
        related="cartera_policy_id.window_months", readonly=False
    )
    cartera_abc_a_limit = fields.Float(related="cartera_policy_id.abc_a_limit", readonly=False)
    cartera_abc_b_limit = fields.Float(related="cartera_policy_id.abc_b_limit", readonly=False)
    cartera_rhythm_min_days = fields.Integer(
        related="cartera_policy_id.rhythm_min_days", readonly=False
    )
    cartera_rhythm_floor_days = fields.Integer(
        related="cartera_policy_id.rhythm_floor_days", readonly=False
    )
    cartera_rhythm_default_days = fields.Integer(
        related="cartera_policy_id.rhythm_default_days", readonly=False
    )
    cartera_new_days = fields.Integer(related="cartera_policy_id.new_days", readonly=False)
    cartera_new_ratio = fields.Float(related="cartera_policy_id.new_ratio", readonly=False)
    cartera_recovered_days = fields.Integer(
        related="cartera_policy_id.recovered_days", readonly=False
    )
    cartera_recovered_ratio = fields.Float(
        related="cartera_policy_id.recovered_ratio", readonly=False
    )
    cartera_at_risk_ratio = fields.Float(related="cartera_policy_id.at_risk_ratio", readonly=False)
    cartera_inactive_ratio = fields.Float(
        related="cartera_policy_id.inactive_ratio", readonly=False
    )
    cartera_lost_ratio = fields.Float(related="cartera_policy_id.lost_ratio", readonly=False)
    cartera_lost_months = fields.Integer(related="cartera_policy_id.lost_months", readonly=False)
    cartera_affinity_wallet_weight = fields.Integer(
        related="cartera_policy_id.affinity_wallet_weight", readonly=False
    )
    cartera_affinity_breadth_weight = fields.Integer(
        related="cartera_policy_id.affinity_breadth_weight", readonly=False
    )
    cartera_affinity_tenure_weight = fields.Integer(
        related="cartera_policy_id.affinity_tenure_weight", readonly=False
    )
    cartera_affinity_interaction_weight = fields.Integer(
        related="cartera_policy_id.affinity_interaction_weight", readonly=False
    )
    cartera_affinity_payment_weight = fields.Integer(
        related="cartera_policy_id.affinity_payment_weight", readonly=False
    )
    cartera_affinity_categ_count = fields.Integer(
        related="cartera_policy_id.affinity_categ_count", readonly=False
    )
    cartera_affinity_tenure_months = fields.Integer(
        related="cartera_policy_id.affinity_tenure_months", readonly=False
    )
    cartera_affinity_interaction_count = fields.Integer(
        related="cartera_policy_id.affinity_interaction_count", readonly=False
    )
    cartera_affinity_pay_good_days = fields.Integer(
        related="cartera_policy_id.affinity_pay_good_days", readonly=False
    )
    cartera_affinity_pay_bad_days = fields.Integer(
        related="cartera_policy_id.affinity_pay_bad_days", readonly=False
    )
    cartera_accept_zero_cost = fields.Boolean(
        related="cartera_policy_id.accept_zero_cost", readonly=False
    )
    cartera_scorecard_grace_days = fields.Integer(
        related="cartera_policy_id.scorecard_grace_days", readonly=False
    )
    cartera_recalibrate = fields.Selection(related="cartera_policy_id.recalibrate", readonly=False)

    @api.depends("company_id")
    def _compute_cartera_policy_id(self):
        for settings in self:
            settings.cartera_policy_id = self.env["cartera.policy"]._for(settings.company_id)

    def _compute_cartera_counts(self):
        groups = self.env["cartera.touch"].sudo()._read_group([], ["parked"], ["__count"])
        counts = dict(groups)
        self.cartera_waiting_count = counts.get(False, 0)
        self.cartera_parked_count = counts.get(True, 0)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Add default and bounds to the help of the limits."""
        result = super().fields_get(allfields, attributes)
        self.env["cartera.policy"]._add_bounds(result, "cartera_")
        return result

    # ------------------------------------------------------------------
    # Save
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._write_cartera_limits(self.env["res.company"].browse(vals.get("company_id")), vals)
        return super().create(vals_list)

    def write(self, vals):
        for settings in self:
            self._write_cartera_limits(settings.company_id, vals)
        return super().write(vals)

    @api.model
    def _write_cartera_limits(self, company, vals):
        """Write all limits together: one by one, some would be out of order on the way."""
        limits = {name: vals[f"cartera_{name}"] for name in BOUNDS if f"cartera_{name}" in vals}
        if limits:
            policy = self.env["cartera.policy"]._for(company or self.env.company)
            policy.with_env(self.env).write(limits)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_cartera_refresh(self):
        """Open the dialog that asks the background job for a full run and follows it."""
        return self.env["ir.actions.actions"]._for_xml_id("crm_cartera.cartera_refresh_action")

    def action_cartera_recalibrate(self):
        """Learn the cut points anew with the next full run, and ask for one."""
        return self.cartera_policy_id.action_learn()
