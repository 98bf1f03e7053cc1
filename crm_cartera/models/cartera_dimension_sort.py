"""Sorting: which accounts are in which segments, in one statement for all dimensions of a company."""

from odoo import models


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    def _sort(self, company, partners=None) -> tuple[int, set[int]]:
        """Put the accounts of a company into their segments; commit nothing.

        ``partners``: ids of accounts, None for all. Returns how many accounts moved, and the partners
        left alone because somebody holds their row.
        """
        return 0, set()
