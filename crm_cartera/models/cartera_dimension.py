"""A dimension: one way to cut the portfolio, an ordered list of segments."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

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

    revision = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        aggregator=None,
        help="Grows with each change of a rule.",
    )
    sorting_state = fields.Selection(
        selection=[("waiting", "To be sorted"), ("running", "Being sorted"), ("done", "Sorted")],
        string="Accounts are",
        compute="_compute_sorting",
        compute_sudo=True,
        help="After a change of its rules all accounts are sorted again in the background.",
    )
    sorting_progress = fields.Integer(
        string="Sorted (%)", compute="_compute_sorting", compute_sudo=True
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

    @api.depends("revision", "active", "company_id")
    @api.depends_context("company")
    def _compute_sorting(self):
        """Say how far the accounts of the present company are sorted by the present rules."""
        sorted_by = self.env["cartera.dimension.sorting"].search(
            [
                ("dimension_id", "in", self.ids),
                ("company_id", "=", self.env.company.root_id.id),
            ]
        )
        found = {sorting.dimension_id: sorting for sorting in sorted_by}
        for dimension in self:
            sorting = found.get(dimension._origin)
            done = bool(sorting) and sorting.revision == dimension.revision
            progress = sorting.progress if sorting else 0
            dimension.sorting_progress = 100 if done else progress % 100
            dimension.sorting_state = "done" if done else "running" if progress % 100 else "waiting"

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

    # ------------------------------------------------------------------
    # CRUD: what changes a rule lets all accounts be sorted again, in the background
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        dimensions = super().create(vals_list)
        dimensions._note_change()
        return dimensions

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "company_id"}:
            self._note_change()
        if "company_id" in vals:
            self.with_context(active_test=False).segment_ids._check_rules()
        return result

    def unlink(self):
        """Delete the segments first, as the ORM does it: the database would not ask them."""
        self.with_context(active_test=False).segment_ids.unlink()
        return super().unlink()

    def _note_change(self):
        """Note that rules of these dimensions have changed; whoever sorts compares the numbers."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE cartera_dimension SET revision = revision + 1 WHERE id = ANY(%s)", self.ids)
        )
        self.invalidate_recordset(["revision"])
        self.env["cartera.rule"]._forget_watched()
        self._wake_sorting()

    def copy_data(self, default=None):
        """Give a copy a code and a name of its own."""
        rows = super().copy_data(default)
        everything = self.sudo().with_context(active_test=False)
        taken = set(everything.search([("code", "ilike", "_copy")]).mapped("code"))
        for dimension, vals in zip(self, rows, strict=True):
            if not (default or {}).get("code"):
                first = f"{dimension.code}_copy"
                codes = (first, *(f"{first}{number}" for number in range(2, len(taken) + 3)))
                vals["code"] = next(code for code in codes if code not in taken)
                taken.add(vals["code"])
            if not (default or {}).get("name"):
                vals["name"] = self.env._("%s (copy)", dimension.name)
        return rows
