"""Payments: what an account owes and how long it takes to pay."""

from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # What was matched after a day was still open on it: Odoo has no index by day, so finding the few
    # of one account read all of them.
    _cartera_max_date_idx = models.Index("(max_date)")

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
        (self.debit_move_id | self.credit_move_id)._cartera_touch()
