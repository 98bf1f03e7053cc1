"""Dialog that chooses the two days of a migration."""

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ..models.cartera_profile import MANAGER
from ..report.cartera_migration import FROM, TO


class CarteraMigrationOpen(models.TransientModel):
    _name = "cartera.migration.open"
    _description = "Compare two months"

    from_id = fields.Many2one(
        comodel_name="cartera.snapshot.date",
        required=True,
        domain=[("live", "=", False)],
        default=lambda self: self._get_default_from(),
    )
    to_id = fields.Many2one(
        comodel_name="cartera.snapshot.date",
        required=True,
        default=lambda self: self._get_default_to(),
    )
    subject = fields.Selection(
        selection=[
            ("retention_status", "Retention"),
            ("lifecycle", "Lifecycle"),
            ("abc_revenue", "ABC"),
        ],
        string="What",
        required=True,
        default="retention_status",
    )

    @api.model
    def _get_default_from(self):
        """The last month end, else the last day there is."""
        days = self.env["cartera.snapshot.date"].search([("live", "=", False)])
        ends = days.filtered(lambda day: fields.Date.end_of(day.date, "month") == day.date)
        return (ends or days)[:1]

    @api.model
    def _get_default_to(self):
        return self.env["cartera.snapshot.date"].search([("live", "=", True)])

    @api.model
    def action_start(self):
        """Ask for the days, or say why there are none to ask for."""
        if not self._get_default_from():
            self._refuse_without_history()
        return self.env["ir.actions.actions"]._for_xml_id(
            "crm_cartera.cartera_migration_open_action"
        )

    @api.model
    def _refuse_without_history(self):
        """Raise an error that says how to get a history, and leads there who may make one."""
        if not self.env.user.has_group(MANAGER):
            raise UserError(
                self.env._(
                    "There is no history to compare with yet: the portfolio is kept at each month end. "
                    "A sales manager can make the months that are past from the documents, under "
                    "Configuration, Criteria, History."
                )
            )
        raise RedirectWarning(
            self.env._(
                "There is no history to compare with yet: the portfolio is kept at each month end. "
                "The months that are past can be made from the documents."
            ),
            self.env.ref("crm_cartera.cartera_policy_action").id,
            self.env._("Fill the history"),
        )

    def action_open(self):
        """Open the comparison of the two days."""
        self.ensure_one()
        if self.from_id == self.to_id:
            raise UserError(self.env._("Choose two different days."))
        action = self.env["ir.actions.actions"]._for_xml_id("crm_cartera.cartera_migration_action")
        before, after = f"from_{self.subject}", f"to_{self.subject}"
        action["name"] = action["display_name"] = self.env._(
            "Migration: %(start)s → %(end)s",
            start=self.from_id.display_name,
            end=self.to_id.display_name,
        )
        action["context"] = {
            FROM: fields.Date.to_string(self.from_id.date),
            TO: fields.Date.to_string(self.to_id.date),
            "pivot_row_groupby": [before],
            "pivot_column_groupby": [after],
            "graph_groupbys": [before, after],
            # Prospects have neither a retention status nor a class.
            "search_default_bought": self.subject != "lifecycle",
        }
        return action
