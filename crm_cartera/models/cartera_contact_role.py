"""What part a person plays when the account decides to buy."""

from odoo import fields, models


class CarteraContactRole(models.Model):
    _name = "cartera.contact.role"
    _description = "Contact role"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Identifies the role in imports; its name may be changed.")
    sequence = fields.Integer(default=10)
    color = fields.Integer(aggregator=None)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another role has this code.")
