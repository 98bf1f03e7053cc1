"""The dialog of a captured contact, opened from a row of today's list."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class CarteraCapture(models.TransientModel):
    _inherit = "cartera.capture"

    @api.model
    def open_for_work(
        self, lead_id=None, profile_id=None, partner_id=None, activity_id=None, event_id=None
    ):
        """Open the dialog for a row of today's list: for its lead, else its account, else its contact.

        Of an activity on what belongs to somebody else one may say that it is done, and no more: then that is
        what opens. A meeting that the user may not record, a colleague's private one, is left aside.
        """
        self.check_access("create")
        activity = self.env["mail.activity"].browse(activity_id or ()).exists()
        event = self.env["calendar.event"].browse(event_id or ()).exists()
        try:
            if activity:
                self.env[activity.res_model].browse(activity.res_id).check_access("write")
            action = self._get_subject(lead_id, profile_id, partner_id).action_capture()
        except (AccessError, UserError):
            if not activity:
                raise
            return self._open_done(activity)
        context = {"default_activity_id": activity.id, "default_event_id": self._may_record(event)}
        return {**action, "context": {**action["context"], **context}}

    @api.model
    def _get_subject(self, lead_id, profile_id, partner_id):
        known = {"crm.lead": lead_id, "cartera.profile": profile_id, "res.partner": partner_id}
        for model, record_id in known.items():
            if record_id:
                return self.env[model].browse(record_id)
        raise UserError(self.env._("Say with which account, lead or contact it was."))

    @api.model
    def _may_record(self, event):
        """Return the id of a planned meeting, False if the user may not record it."""
        if not event or not event.has_access("write"):
            return False
        return not event._check_private_event_conditions() and event.id

    @api.model
    def _open_done(self, activity):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mark as done"),
            "res_model": activity._name,
            "res_id": activity.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "large"},
        }
