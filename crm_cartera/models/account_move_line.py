"""Journal items: what an account owes."""

from odoo import models

from .account_move import RECEIVABLE

#: A change of these on a posted item changes what is owed, by whom, or when.
TOUCHING = frozenset(["account_id", "partner_id", "date_maturity"])


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # The timeline reads the latest payments of an account, not all its items.
    _cartera_payment_idx = models.Index(
        "(partner_id, date, id) WHERE parent_state = 'posted' AND display_type = 'product'"
        " AND product_id IS NULL"
    )

    def write(self, vals):
        if not vals.keys() & TOUCHING:
            return super().write(vals)
        posted = self.filtered(lambda line: line.parent_state == "posted")
        posted._cartera_touch()
        result = super().write(vals)
        posted._cartera_touch()
        return result

    def _cartera_touch(self):
        """Queue the accounts of the items among these that customers owe."""
        self.env["cartera.touch"]._touch(
            (partner.id, line.company_id.root_id.id)
            for line in self.sudo()
            if line.account_id.account_type == RECEIVABLE
            for partner in line.move_id.commercial_partner_id
            | line.partner_id.commercial_partner_id
        )
