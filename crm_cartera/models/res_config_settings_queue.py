"""The settings page: from which priority on an account is work for today."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cartera_queue_threshold = fields.Integer(
        related="cartera_policy_id.queue_threshold", readonly=False
    )
