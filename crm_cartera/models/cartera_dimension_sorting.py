"""How far each dimension is sorted in each company."""

from odoo import fields, models


class CarteraDimensionSorting(models.Model):
    _name = "cartera.dimension.sorting"
    _description = "Sorting of a dimension"
    _log_access = False
    _rec_name = "dimension_id"

    dimension_id = fields.Many2one(
        comodel_name="cartera.dimension", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    revision = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Of the rules that all accounts were sorted by; none before the first time.",
    )
    progress = fields.Integer(
        readonly=True, aggregator=None, help="Percent of the present sorting."
    )

    _dimension_company_uniq = models.Constraint(
        "UNIQUE(dimension_id, company_id)", "A dimension is sorted once in a company."
    )
