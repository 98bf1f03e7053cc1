"""Meetings keep the details of the contact that they were; those of a private one stay private."""

from odoo import api, fields, models
from odoo.fields import Domain


class CalendarEvent(models.Model):
    _name = "calendar.event"
    _inherit = ["calendar.event", "cartera.contact.detail"]

    cartera_categ_ids = fields.Many2many(
        relation="cartera_event_categ_rel", column1="event_id", column2="categ_id"
    )

    # Few have one: those of an account are found among them.
    _cartera_problem_idx = models.Index("(id) WHERE cartera_problem IS NOT NULL")

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Do not find, nor order, somebody's private meetings by details that nobody may read."""
        if not self.env.su and self._names_cartera_detail(domain, order):
            mine = Domain("partner_ids", "in", self.env.user.partner_id.ids)
            domain = Domain(domain) & (Domain(self._get_default_privacy_domain()) | mine)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _names_cartera_detail(self, domain, order):
        names = [condition.field_expr for condition in Domain(domain).iter_conditions()]
        return any(name.startswith("cartera_") for name in names) or "cartera_" in (order or "")
