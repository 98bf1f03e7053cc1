"""Snapshots as a report: which of them are month ends, and the way to their account."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CarteraSnapshot(models.Model):
    _inherit = "cartera.snapshot"

    month_end = fields.Boolean(
        compute="_compute_month_end",
        search="_search_month_end",
        help="The last day of its month; other days are there if somebody asked for them.",
    )

    @api.depends("date")
    def _compute_month_end(self):
        for snapshot in self:
            day = snapshot.date
            snapshot.month_end = bool(day) and fields.Date.end_of(day, "month") == day

    def _search_month_end(self, operator, value):
        if operator != "in":
            return NotImplemented
        if set(value) == {True, False}:
            return Domain.TRUE
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "EXTRACT(DAY FROM %s + 1) = 1", model._field_to_sql(alias, "date", query)
            ),
            predicate=lambda snapshot: snapshot.month_end,
        )

    def action_open(self):
        """Open the account as it is today."""
        self.ensure_one()
        return self.profile_id._get_records_action(name=self.profile_id.name)
