"""A dimension: one way to cut the portfolio, an ordered list of segments."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CODE = re.compile(r"[a-z][a-z0-9_]*")


class CarteraDimension(models.Model):
    _name = "cartera.dimension"
    _description = "Portfolio dimension"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Names the dimension in exports and reports: small letters, digits and underscores.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=None)
    description = fields.Text(translate=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        domain=[("parent_id", "=", False)],
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: the dimension is used by all companies.",
    )
    segment_ids = fields.One2many(
        comodel_name="cartera.segment",
        inverse_name="dimension_id",
        string="Segments",
        context={"active_test": False},
        copy=True,
    )
    reads_margin = fields.Boolean(
        string="Reads margins",
        compute="_compute_reads_margin",
        store=True,
        help="A rule of it reads costs or margins: only people who may see those see the dimension.",
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another dimension of the company has this code."
    )

    @api.depends("segment_ids.domain")
    def _compute_reads_margin(self):
        for dimension in self:
            dimension.reads_margin = any(
                segment._is_about_margin() for segment in dimension.segment_ids
            )

    @api.constrains("code")
    def _check_code(self):
        for dimension in self:
            if not CODE.fullmatch(dimension.code):
                raise ValidationError(
                    self.env._(
                        "Code “%s”: use small letters, digits and underscores, a letter first.",
                        dimension.code,
                    )
                )

    @api.constrains("company_id")
    def _check_root(self):
        for dimension in self:
            if dimension.company_id.parent_id:
                raise ValidationError(
                    self.env._("The dimension belongs to the main company, not to a branch.")
                )

    def copy_data(self, default=None):
        """Give a copy a code and a name of its own."""
        rows = super().copy_data(default)
        for dimension, vals in zip(self, rows, strict=True):
            if not (default or {}).get("code"):
                vals["code"] = f"{dimension.code}_copy"
            if not (default or {}).get("name"):
                vals["name"] = self.env._("%s (copy)", dimension.name)
        return rows
