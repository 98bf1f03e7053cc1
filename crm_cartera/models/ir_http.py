"""What the web client knows of the user from its first moment."""

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell whether the user may search accounts, so that nobody else is offered to."""
        salesperson = self.env.user.has_group("sales_team.group_sale_salesman")
        return {**super().session_info(), "cartera_find": salesperson}
