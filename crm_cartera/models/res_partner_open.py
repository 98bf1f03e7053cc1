"""The figures on a contact open what is behind them, as on the account's page."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_cartera_open_figure(self, name):
        """Open what is behind a figure of the contact's account; ``name``: the contact's field."""
        self.ensure_one()
        return self.cartera_profile_id.action_open_figure(name.removeprefix("cartera_"))
