"""Payments: what an account owes and how long it takes to pay."""

from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._cartera_touch()
        return partials

    def unlink(self):
        self._cartera_touch()
        return super().unlink()

    def _cartera_touch(self):
        """Queue the accounts of both sides, if they are customers' items."""
        lines = (self.debit_move_id | self.credit_move_id).sudo()
        self.env["cartera.touch"]._touch(
            (partner.id, line.company_id.root_id.id)
            for line in lines
            if line.account_id.account_type == "asset_receivable"
            for partner in line.move_id.commercial_partner_id
            | line.partner_id.commercial_partner_id
        )
