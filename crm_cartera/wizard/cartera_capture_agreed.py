"""A captured contact remembers that a next action was scheduled with it."""

from odoo import models


class CarteraCapture(models.TransientModel):
    _inherit = "cartera.capture"

    def _prepare_detail_vals(self):
        return {**super()._prepare_detail_vals(), "cartera_next_date": self.next_date}
