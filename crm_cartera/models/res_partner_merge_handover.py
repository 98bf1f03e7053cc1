"""The hand-overs of accounts that are folded stay with the account that is left."""

from odoo import models
from odoo.tools import SQL


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    def _take_over_past(self, others):
        result = super()._take_over_past(others)
        self.env["cartera.handover.line"].flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE cartera_handover_line SET profile_id = %s WHERE profile_id = ANY(%s)",
                self.id,
                others.ids,
            )
        )
        self.env["cartera.handover.line"].invalidate_model()
        return result
