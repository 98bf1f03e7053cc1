"""A cell of a matrix that a strategy is for."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CarteraMatrixCell(models.Model):
    _name = "cartera.matrix.cell"
    _description = "Cell of a portfolio matrix"
    _order = "strategy_id, id"

    strategy_id = fields.Many2one(
        comodel_name="cartera.matrix.strategy", required=True, index=True, ondelete="cascade"
    )
    matrix_id = fields.Many2one(related="strategy_id.matrix_id", store=True, index=True)
    row_dimension_id = fields.Many2one(related="matrix_id.row_dimension_id")
    column_dimension_id = fields.Many2one(related="matrix_id.column_dimension_id")
    row_segment_id = fields.Many2one(
        comodel_name="cartera.segment",
        string="Row",
        required=True,
        ondelete="cascade",
        domain="[('dimension_id', '=', row_dimension_id)]",
    )
    column_segment_id = fields.Many2one(
        comodel_name="cartera.segment",
        string="Column",
        required=True,
        ondelete="cascade",
        domain="[('dimension_id', '=', column_dimension_id)]",
    )

    _cell_uniq = models.Constraint(
        "UNIQUE(matrix_id, row_segment_id, column_segment_id)",
        "A cell of a matrix has one strategy.",
    )

    @api.depends("row_segment_id", "column_segment_id")
    def _compute_display_name(self):
        for cell in self:
            cell.display_name = f"{cell.row_segment_id.name} × {cell.column_segment_id.name}"

    def _is_stranger(self) -> bool:
        """Return whether a segment is of another dimension than the matrix has there."""
        matrix = self.matrix_id
        return (
            self.row_segment_id.dimension_id != matrix.row_dimension_id
            or self.column_segment_id.dimension_id != matrix.column_dimension_id
        )

    @api.constrains("row_segment_id", "column_segment_id", "strategy_id")
    def _check_segments(self):
        for cell in self:
            if cell._is_stranger():
                raise ValidationError(
                    self.env._(
                        "The cell %(cell)s is not in “%(matrix)s”: its row has to be a segment of "
                        "“%(rows)s”, its column one of “%(columns)s”.",
                        cell=cell.display_name,
                        matrix=cell.matrix_id.name,
                        rows=cell.matrix_id.row_dimension_id.name,
                        columns=cell.matrix_id.column_dimension_id.name,
                    )
                )

    def write(self, vals):
        """Rules look at a record before it is written: it may not move into a matrix of others."""
        if "strategy_id" in vals:
            self.env["cartera.matrix.strategy"].browse(vals["strategy_id"]).check_access("write")
        return super().write(vals)

    def _unlink_strangers(self):
        self.filtered(lambda cell: cell._is_stranger()).unlink()
