"""The hand-overs of an account."""

from odoo import fields, models


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    handover_line_ids = fields.One2many(
        comodel_name="cartera.handover.line",
        inverse_name="profile_id",
        string="Hand-overs",
        domain=[("kind", "=", "account"), ("state", "!=", "skipped")],
        readonly=True,
    )

    def action_handover(self):
        """Open the dialog that hands these accounts over to others."""
        self.env["cartera.handover.plan"].check_access("create")
        self.check_access("read")
        return self.env["cartera.handover.plan"]._open([("id", "in", self.ids)])
