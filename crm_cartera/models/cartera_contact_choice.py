"""What the lists of the capture dialog have in common."""

from odoo import fields, models


class CarteraContactChoice(models.AbstractModel):
    _name = "cartera.contact.choice"
    _description = "Choice in the capture dialog"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        domain=[("parent_id", "=", False)],
        ondelete="cascade",
        help="Empty: all companies choose it.",
    )
