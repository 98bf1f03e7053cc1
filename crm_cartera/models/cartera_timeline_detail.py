"""What was captured of a contact, in the timeline."""

from odoo import api, models


class CarteraTimeline(models.AbstractModel):
    _inherit = "cartera.timeline"

    @api.model
    def _get_title(self, record, title):
        """Return the kind of a captured contact, as the administrator calls it."""
        return record.cartera_kind_id.sudo().name or super()._get_title(record, title)

    @api.model
    def _describe(self, record):
        """Add outcome, problem and answer."""
        told = [
            super()._describe(record),
            record.cartera_outcome_id.sudo().name,
            record.cartera_problem,
            record.cartera_answer,
        ]
        return " · ".join(filter(None, told)) or False
