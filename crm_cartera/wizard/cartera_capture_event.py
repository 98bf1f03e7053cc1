"""A planned meeting that took place: it becomes the captured one, and no second meeting is made."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import is_html_empty, plaintext2html

from .cartera_capture_save import SILENT


class CarteraCapture(models.TransientModel):
    _inherit = "cartera.capture"

    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Planned meeting",
        help="It took place: what is captured is kept on it.",
    )

    @api.model
    def default_get(self, fields):
        """Propose what the planned meeting says; that of a due activity is meant with it."""
        values = super().default_get(fields)
        activity = self.env["mail.activity"].browse(values.get("activity_id"))
        event = self.env["calendar.event"].browse(values.get("event_id"))
        planned = event or self._get_planned(activity)
        if event:
            self._check_planned(event)
        if planned and "event_id" in fields:
            values["event_id"] = planned.id
            if not values.get("kind_id"):
                values["kind_id"] = self._get_meeting_kind(activity).id
            values["date"] = min(planned.start, values.get("date") or planned.start)
            values["duration"] = planned.duration
        return values

    @api.model
    def _get_planned(self, activity):
        """Return the meeting of a due activity that nobody has captured yet and the user may change."""
        event = activity.calendar_event_id
        if not event or not event.has_access("write") or event._check_private_event_conditions():
            return event.browse()
        return event.filtered(lambda meeting: meeting.active and not meeting.cartera_kind_id)

    @api.model
    def _check_planned(self, event):
        if not event.exists() or event.cartera_kind_id or not event.active:
            raise UserError(self.env._("This meeting is recorded or cancelled already."))
        event.check_access("write")
        event._check_calendar_privacy_write_permissions()

    @api.model
    def _get_meeting_kind(self, activity):
        kinds = self.env["cartera.contact.kind"].search(
            Domain("record_as", "=", "meeting")
            & Domain("company_id", "in", [False, self.env.company.root_id.id])
        )
        return (
            kinds.filtered(lambda kind: kind.activity_type_id == activity.activity_type_id)[:1]
            or kinds[:1]
        )

    def _check_rights(self):
        result = super()._check_rights()
        if self.event_id:
            self._check_planned(self.event_id)
        return result

    def _record(self, record):
        """Return the planned meeting, held; its open activities are done with it."""
        if not self.event_id:
            return super()._record(record)
        event = self.event_id.with_context(**SILENT)
        event.write(self._prepare_held_vals(event))
        self._post_meeting(record, event)
        planned = event.activity_ids.filtered("active")._filtered_access("write")
        done = self.activity_id | planned
        done._action_done()
        done.date_done = self._get_day()
        return event

    def _prepare_held_vals(self, event):
        vals = self._prepare_detail_vals()
        if (self.date, self.duration) != (event.start, event.duration):
            vals["start"] = self.date
            vals["stop"] = self.date + timedelta(hours=self.duration)
        if self.summary:
            vals["name"] = self.summary
        if self.notes:
            before = "" if is_html_empty(event.description) else event.description
            vals["description"] = before + plaintext2html(self.notes)
        return vals
