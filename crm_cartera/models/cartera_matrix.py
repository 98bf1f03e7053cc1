"""A matrix that somebody keeps: two dimensions, what its cells show, and what to do in them."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .cartera_profile import MANAGER

MEASURES = [
    ("accounts", "Accounts"),
    ("revenue", "Revenue"),
    ("margin", "Margin"),
    ("potential", "Potential"),
    ("growth", "Growth"),
]


class CarteraMatrix(models.Model):
    """A salesperson keeps matrices of his own; those of a manager may be everybody's."""

    _name = "cartera.matrix"
    _description = "Portfolio matrix"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    row_dimension_id = fields.Many2one(
        comodel_name="cartera.dimension", string="Rows", required=True, ondelete="cascade"
    )
    column_dimension_id = fields.Many2one(
        comodel_name="cartera.dimension", string="Columns", required=True, ondelete="cascade"
    )
    measure = fields.Selection(
        selection=MEASURES,
        string="Cells show",
        required=True,
        default="accounts",
        help="What the cells show when the matrix opens.",
    )
    description = fields.Text(translate=True, help="Shown above the matrix.")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        index="btree_not_null",
        ondelete="cascade",
        help="Who alone sees the matrix; empty: everybody.",
    )
    is_shared = fields.Boolean(
        string="For everybody",
        compute="_compute_is_shared",
        inverse="_inverse_is_shared",
        help="Everybody with access to the portfolio finds the matrix.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        compute="_compute_from_dimensions",
        store=True,
        help="The company whose dimensions the matrix uses; empty: those of all companies.",
    )
    reads_margin = fields.Boolean(
        compute="_compute_from_dimensions",
        store=True,
        help="A dimension reads margins: only those who see margins find the matrix.",
    )
    strategy_ids = fields.One2many(
        comodel_name="cartera.matrix.strategy",
        inverse_name="matrix_id",
        string="Strategies",
        copy=True,
        help="What to do with the accounts of which cells.",
    )

    @api.depends("user_id")
    def _compute_is_shared(self):
        for matrix in self:
            matrix.is_shared = not matrix.user_id

    def _inverse_is_shared(self):
        for matrix in self:
            matrix.user_id = False if matrix.is_shared else matrix.user_id or self.env.user

    @api.depends(
        "row_dimension_id.company_id",
        "row_dimension_id.reads_margin",
        "column_dimension_id.company_id",
        "column_dimension_id.reads_margin",
    )
    def _compute_from_dimensions(self):
        for matrix in self:
            dimensions = matrix.row_dimension_id | matrix.column_dimension_id
            matrix.company_id = dimensions.company_id[:1]
            matrix.reads_margin = any(dimensions.mapped("reads_margin"))

    # ------------------------------------------------------------------
    # What fits together
    # ------------------------------------------------------------------

    @api.constrains("row_dimension_id", "column_dimension_id")
    def _check_dimensions(self):
        for matrix in self:
            if matrix.row_dimension_id == matrix.column_dimension_id:
                raise ValidationError(
                    self.env._("“%s” needs two different dimensions.", matrix.name)
                )
            dimensions = matrix.row_dimension_id | matrix.column_dimension_id
            if len(dimensions.company_id) > 1:
                raise ValidationError(
                    self.env._(
                        "“%s” cannot cross dimensions of two companies: no account is in both.",
                        matrix.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        matrices = super().create(vals_list)
        matrices._check_owner()
        return matrices

    def write(self, vals):
        """Cells of another dimension go when the dimensions change."""
        result = super().write(vals)
        if vals.keys() & {"user_id", "is_shared"}:
            self._check_owner()
        if vals.keys() & {"row_dimension_id", "column_dimension_id"}:
            self.strategy_ids.cell_ids._unlink_strangers()
        return result

    def _check_owner(self):
        """Nobody gives his matrix to another, and only managers share: rules look before a write only.

        Not a constraint: those are checked as superuser.
        """
        if self.env.su:
            return
        owners = {self.env.user.id}
        if self.env.user.has_group(MANAGER):
            owners.add(False)
        for matrix in self:
            if matrix.user_id.id not in owners:
                raise AccessError(
                    self.env._("Only a sales manager can share “%s” with everybody.", matrix.name)
                )
