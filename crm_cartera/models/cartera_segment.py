"""A segment: the accounts of a dimension that one rule describes."""

from odoo import api, fields, models

from .cartera_figures import SALES
from .cartera_rule_check import RULE_ERRORS


class CarteraSegment(models.Model):
    _name = "cartera.segment"
    _inherit = ["cartera.rule"]
    _description = "Portfolio segment"
    _order = "dimension_sequence, dimension_id, sequence, id"

    dimension_id = fields.Many2one(
        comodel_name="cartera.dimension", required=True, index=True, ondelete="cascade"
    )
    # The segments of a list stand in the order of their dimensions, by a column of their own.
    dimension_sequence = fields.Integer(
        related="dimension_id.sequence",
        string="Order of the dimension",
        store=True,
        aggregator=None,
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer(aggregator=None)
    domain = fields.Char(
        string="Rule",
        help="An account is in the first segment of the dimension whose rule it matches. Without a "
        "rule the segment takes all that is left.",
    )
    description = fields.Text(translate=True)
    treatment = fields.Text(
        translate=True, help="Shown to the salesperson: how accounts of the segment are treated."
    )
    is_key = fields.Boolean(
        string="Key segment", help="One of the segments that the company works on first."
    )
    rule_error = fields.Text(
        string="Error",
        compute="_compute_rule_error",
        compute_sudo=True,
        help="Why the rule cannot be used. Until it is mended, the accounts of the segment stay in it.",
    )
    enabled = fields.Boolean(default=True, help="Not set: the segment is archived.")
    active = fields.Boolean(
        compute="_compute_active", inverse="_inverse_active", store=True, precompute=True
    )
    company_id = fields.Many2one(related="dimension_id.company_id", store=True, index=True)
    reads_margin = fields.Boolean(related="dimension_id.reads_margin", store=True)
    account_count = fields.Integer(
        string="Accounts", compute="_compute_account_count", compute_sudo=False, groups=SALES
    )

    @api.depends("enabled", "dimension_id.active")
    def _compute_active(self):
        for segment in self:
            segment.active = segment.enabled and segment.dimension_id.active

    def _inverse_active(self):
        for segment in self:
            segment.enabled = segment.active

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_account_count(self):
        """Count the accounts that the user may see, of the companies that are selected."""
        profiles = self.env["cartera.profile"].with_context(active_test=True)
        groups = profiles._read_group(
            [
                ("segment_ids", "in", self.ids),
                ("excluded", "=", False),
                ("company_id", "in", self.env.companies.root_id.ids),
            ],
            ["segment_ids"],
            ["__count"],
        )
        counts = {segment.id: count for segment, count in groups}
        for segment in self:
            segment.account_count = counts.get(segment._origin.id, 0)

    @api.depends("name", "dimension_id.name")
    @api.depends_context("cartera_show_dimension")
    def _compute_display_name(self):
        """Name the dimension too where segments of several are chosen from one list."""
        for segment in self:
            segment.display_name = segment.name
            if self.env.context.get("cartera_show_dimension") and segment.dimension_id:
                segment.display_name = f"{segment.dimension_id.name}: {segment.name}"

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    @api.depends("domain")
    def _compute_rule_error(self):
        """Say what is wrong with a stored rule: a field that it reads may be gone since."""
        for segment in self:
            segment.rule_error = False
            try:
                domain = segment._get_domain()
                if domain is not None:
                    company = segment.company_id or self.env.company.root_id
                    self._get_neutral_profiles(company)._search(domain)
            except RULE_ERRORS as error:
                segment.rule_error = str(error)

    @api.constrains("domain", "dimension_id")
    def _check_domain(self):
        self._check_rules()

    def _word_rule_error(self, error):
        return self.env._("Rule of segment “%(name)s”: %(error)s", name=self.name, error=error)

    def _is_about_margin(self) -> bool:
        """Tell whether the rule reads margins; one that cannot be read is none's business."""
        try:
            domain = self._get_domain()
            return domain is not None and self._needs_margin_group(domain)
        except ValueError:
            return True

    # ------------------------------------------------------------------
    # CRUD: what changes a rule lets all accounts be sorted again, in the background
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        segments = super().create(vals_list)
        segments.dimension_id._note_change()
        return segments

    def write(self, vals):
        dimensions = self.dimension_id
        result = super().write(vals)
        if vals.keys() & {"domain", "sequence", "enabled", "active", "dimension_id"}:
            (dimensions | self.dimension_id)._note_change()
        return result

    def unlink(self):
        dimensions = self.dimension_id
        self.env["cartera.segment.move"]._forget(self)
        result = super().unlink()
        dimensions._note_change()
        return result
