"""Dialog that sets the lifecycle by hand."""

from odoo import fields, models

from ..models.cartera_stage import LIFECYCLES


class CarteraLifecycleSet(models.TransientModel):
    _name = "cartera.lifecycle.set"
    _description = "Set lifecycle"

    profile_ids = fields.Many2many(comodel_name="cartera.profile", string="Accounts", required=True)
    lifecycle = fields.Selection(
        selection=LIFECYCLES,
        required=True,
        default="lead",
        help="Prospect takes back what was set by hand.",
    )
    reason = fields.Char(required=True)
    date = fields.Date(
        string="Since", required=True, default=lambda self: self.env["cartera.profile"]._get_today()
    )
    lock = fields.Boolean(
        string="Keep it so", help="Documents do not change the lifecycle until it is unlocked."
    )

    def action_apply(self):
        self.ensure_one()
        # All of them, so that one the user may not see is an error and not left out in silence.
        profiles = self.sudo().profile_ids.with_env(self.env)
        profiles.set_lifecycle(self.lifecycle, self.reason, self.date, self.lock)
        return {"type": "ir.actions.act_window_close"}
