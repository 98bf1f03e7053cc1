"""A part of a target that is being divided."""

from odoo import api, fields, models

from ..models.cartera_fields import BlankFloat


class CarteraTargetDivideLine(models.TransientModel):
    _name = "cartera.target.divide.line"
    _description = "Part of a target that is divided"

    divide_id = fields.Many2one(
        comodel_name="cartera.target.divide", required=True, ondelete="cascade"
    )
    unit = fields.Selection(related="divide_id.unit")
    currency_id = fields.Many2one(related="divide_id.currency_id")
    start = fields.Date(string="Month", readonly=True)
    team_id = fields.Many2one(comodel_name="crm.team")
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", domain=[("share", "=", False)]
    )
    last_year = BlankFloat(readonly=True, help="What was measured a year before. Blank: not known.")
    amount = fields.Float()

    @api.depends("team_id", "user_id", "start")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.user_id or line.team_id).display_name or str(line.start or "")

    def _get_key(self) -> str | None:
        """Return the scope key of whom the part is for."""
        owner = self.team_id if self.divide_id.by == "team" else self.user_id
        return f"{self.divide_id.by}:{owner.id}" if owner else None
