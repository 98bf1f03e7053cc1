"""Segments from the values that the accounts have: countries, provinces or categories."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CarteraSegmentGenerate(models.TransientModel):
    _name = "cartera.segment.generate"
    _description = "Add segments"

    dimension_id = fields.Many2one(comodel_name="cartera.dimension", required=True, readonly=True)
    source = fields.Selection(
        selection=[
            ("top_categ_id", "Product families"),
            ("country_id", "Countries"),
            ("state_id", "Provinces"),
            ("industry_id", "Industries"),
            ("user_id", "Salespeople"),
            ("first_source_id", "First sources"),
            ("first_medium_id", "First media"),
            ("first_campaign_id", "First campaigns"),
        ],
        string="One segment for each of the",
        required=True,
        default=lambda self: self._get_default_source(),
    )
    limit = fields.Integer(
        string="At most", default=12, required=True, help="Those with most accounts are taken."
    )
    rest = fields.Boolean(
        string="One more for the rest",
        help="Accounts with any other value stand in a segment of their own.",
    )

    @api.model
    def _get_default_source(self):
        dimension = self.env["cartera.dimension"].browse(
            self.env.context.get("default_dimension_id")
        )
        return {"family": "top_categ_id", "industry": "industry_id"}.get(
            dimension.code, "country_id"
        )

    def action_apply(self):
        """Add the segments that the dimension does not have yet; say how many."""
        self.ensure_one()
        self.dimension_id.check_access("write")
        if not 1 <= self.limit <= 100:
            raise UserError(self.env._("Choose from 1 to 100 segments."))
        segments = self.dimension_id._add_segments(self.source, self.limit, self.rest)
        if not segments:
            raise UserError(
                self.env._(
                    "There is nothing to add: no account has a value that no segment is about."
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Segments added: %s", ", ".join(segments.mapped("name"))),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
