"""The way from an account to what it was."""

from odoo import fields, models


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    snapshot_ids = fields.One2many(
        comodel_name="cartera.snapshot",
        inverse_name="profile_id",
        string="Snapshots",
        readonly=True,
        copy=False,
    )
