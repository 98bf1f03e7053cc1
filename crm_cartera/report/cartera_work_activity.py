"""Today's list in Odoo's activity view: a row for each due activity, a column for each type."""

from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain

#: As ``mail.activity.mixin`` has them: the view counts by their labels.
STATES = [("overdue", "Overdue"), ("today", "Today"), ("planned", "Planned")]
#: What a due activity may be on.
SUBJECTS = ("res.partner", "crm.lead")


def _is_every(domain) -> bool:
    """Tell whether activities are asked for whether they are open or done."""
    conditions = [*domain.iter_conditions()]
    return [(each.field_expr, each.operator) for each in conditions] == [("active", "in")] and set(
        conditions[0].value
    ) == {True, False}


class CarteraWork(models.Model):
    _inherit = "cartera.work"

    # The view asks for records that have activities, and for their states, by these names.
    activity_ids = fields.Many2many(
        comodel_name="mail.activity",
        string="Due activities",
        compute="_compute_activity_ids",
        search="_search_activity_ids",
        compute_sudo=False,
    )
    activity_state = fields.Selection(
        selection=STATES,
        compute="_compute_activity_state",
        help="Of a due activity, by the day of the company.",
    )

    @api.depends("activity_id")
    def _compute_activity_ids(self):
        for work in self:
            work.activity_ids = work.activity_id

    @api.model
    def _search_activity_ids(self, operator, value):
        if operator == "any" and _is_every(Domain(value)):
            # As the view asks: passed on, it would read each activity that there is.
            return Domain("activity_id", "!=", False)
        return Domain("activity_id", operator, value)

    @api.depends("activity_id", "overdue")
    def _compute_activity_state(self):
        for work in self:
            work.activity_state = work.activity_id and ("overdue" if work.overdue else "today")

    @api.model
    def _get_activity_data(self, domain, limit=None, offset=0) -> dict:
        """Return what the activity view shows, as ``mail.activity.get_activity_data`` describes it.

        Rows in the order of the list, the most important first. An activity that the user may not read
        has no cell.
        """
        works = self.search_fetch(
            Domain(domain or []) & Domain("activity_id", "!=", False),
            ["activity_id", "activity_type_id", "date", "overdue"],
            offset=offset,
            limit=limit,
        )
        readable = works.activity_id.exists()._filtered_access("read")
        works = works.filtered(lambda work: work.activity_id in readable)
        types = self.env["mail.activity.type"].search([("res_model", "in", (*SUBJECTS, False))])
        return {
            "activity_res_ids": works.ids,
            "activity_types": [
                # A template is sent to records of one model; these rows are of several.
                {"id": kind.id, "name": kind.name, "template_ids": []}
                for kind in types | works.activity_type_id
            ],
            "grouped_activities": {
                work.id: {work.activity_type_id.id: work._prepare_activity_cell()} for work in works
            },
        }

    def _prepare_activity_cell(self) -> dict:
        activity = self.activity_id
        return {
            "count_by_state": dict(Counter([self.activity_state])),
            "ids": activity.ids,
            "reporting_date": self.date,
            "state": self.activity_state,
            "user_assigned_ids": activity.user_id.ids,
            "summaries": [activity.summary or ""],
        }


class MailActivity(models.Model):
    _inherit = "mail.activity"

    @api.model
    def get_activity_data(self, res_model, domain, limit=None, offset=0, fetch_done=False):
        """Let the rows of today's list, which nobody plans activities on, show those they are for."""
        if res_model == "cartera.work":
            return self.env[res_model]._get_activity_data(domain, limit, offset)
        return super().get_activity_data(res_model, domain, limit, offset, fetch_done)
