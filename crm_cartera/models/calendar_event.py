"""Meetings: next actions until their day ends, then interactions."""

from odoo import api, models

TOUCHING = frozenset(
    [
        "start",
        "start_date",
        "allday",
        "active",
        "cartera_kind_id",
        "partner_ids",
        "opportunity_id",
        "user_id",
        "privacy",
    ]
)


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._cartera_touch()
        return events

    def write(self, vals):
        touching = vals.keys() & TOUCHING
        if touching:
            self._cartera_touch()
        result = super().write(vals)
        if touching and vals.keys() & {"partner_ids", "opportunity_id"}:
            self._cartera_touch()
        return result

    def unlink(self):
        self._cartera_touch()
        return super().unlink()

    def _cartera_touch(self):
        """Queue the accounts of the attendees and of the opportunity; colleagues are no accounts."""
        events = self.sudo()
        people = events.partner_ids.filtered("partner_share")
        self.env["cartera.touch"]._touch_partners(people | events.opportunity_id.partner_id)

    def _cartera_get_summary(self):
        """Return the subject; of somebody else's private meeting nothing but its date is known."""
        self.ensure_one()
        return not self._check_private_event_conditions() and self.name
