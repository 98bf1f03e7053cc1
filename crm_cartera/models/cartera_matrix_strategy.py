"""What to do with the accounts of some cells of a matrix."""

from odoo import fields, models


class CarteraMatrixStrategy(models.Model):
    _name = "cartera.matrix.strategy"
    _description = "Strategy of a portfolio matrix"
    _order = "sequence, id"

    matrix_id = fields.Many2one(
        comodel_name="cartera.matrix", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Strategy", required=True, translate=True)
    description = fields.Text(
        string="What to do",
        translate=True,
        help="Shown below the matrix to everybody who opens it.",
    )
    color = fields.Integer()
    cell_ids = fields.One2many(
        comodel_name="cartera.matrix.cell",
        inverse_name="strategy_id",
        string="Cells",
        copy=True,
    )

    def write(self, vals):
        """Rules look at a record before it is written: it may not move into a matrix of others."""
        if "matrix_id" in vals:
            self.env["cartera.matrix"].browse(vals["matrix_id"]).check_access("write")
        return super().write(vals)
