"""The settings page: the weights of the priority and the contact limit; the rest is the policy's."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cartera_priority_weight_potential = fields.Integer(
        related="cartera_policy_id.priority_weight_potential", readonly=False
    )
    cartera_priority_weight_pipeline = fields.Integer(
        related="cartera_policy_id.priority_weight_pipeline", readonly=False
    )
    cartera_priority_weight_risk = fields.Integer(
        related="cartera_policy_id.priority_weight_risk", readonly=False
    )
    cartera_priority_weight_base = fields.Integer(
        related="cartera_policy_id.priority_weight_base", readonly=False
    )
    cartera_priority_weight_action = fields.Integer(
        related="cartera_policy_id.priority_weight_action", readonly=False
    )
    cartera_priority_weight_no_action = fields.Integer(
        related="cartera_policy_id.priority_weight_no_action", readonly=False
    )
    cartera_priority_weight_expected = fields.Integer(
        related="cartera_policy_id.priority_weight_expected", readonly=False
    )
    cartera_priority_weight_retention = fields.Integer(
        related="cartera_policy_id.priority_weight_retention", readonly=False
    )
    cartera_priority_weight_lead = fields.Integer(
        related="cartera_policy_id.priority_weight_lead", readonly=False
    )
    cartera_priority_weight_receivable = fields.Integer(
        related="cartera_policy_id.priority_weight_receivable", readonly=False
    )
    cartera_priority_action_days = fields.Integer(
        related="cartera_policy_id.priority_action_days", readonly=False
    )
    cartera_priority_lead_days = fields.Integer(
        related="cartera_policy_id.priority_lead_days", readonly=False
    )
    cartera_contact_limit_count = fields.Integer(
        related="cartera_policy_id.contact_limit_count", readonly=False
    )
    cartera_contact_limit_days = fields.Integer(
        related="cartera_policy_id.contact_limit_days", readonly=False
    )
