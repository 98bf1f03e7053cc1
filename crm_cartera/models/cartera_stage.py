"""Stages: the admin's steps inside one lifecycle."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

LIFECYCLES = [("prospect", "Prospect"), ("lead", "Lead"), ("client", "Client")]

#: A field of an account that follows from the stage it stands in.
FOLLOWING = "completeness"


class CarteraStage(models.Model):
    _name = "cartera.stage"
    _inherit = ["cartera.rule"]
    _description = "Portfolio stage"
    _order = "lifecycle_order, sequence, id"

    name = fields.Char(required=True, translate=True)
    lifecycle = fields.Selection(
        selection=LIFECYCLES,
        required=True,
        default="prospect",
        help="The stage holds accounts of this lifecycle only.",
    )
    lifecycle_order = fields.Integer(compute="_compute_lifecycle_order", store=True)
    sequence = fields.Integer(default=10)
    fold = fields.Boolean(
        string="Folded in kanban", help="The column is folded when the portfolio opens."
    )
    color = fields.Integer()
    description = fields.Text(
        string="What to find out",
        translate=True,
        help="Shown to the salesperson: what has to be known before the account moves on.",
    )
    domain = fields.Char(
        string="Automatic rule",
        help="An account moves here by itself when it matches, first matching stage of its "
        "lifecycle first. Without a match it stands in the first stage of its lifecycle.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        domain=[("parent_id", "=", False)],
        ondelete="cascade",
        help="Empty: the stage is used by all companies.",
    )
    active = fields.Boolean(default=True)

    @api.depends("lifecycle")
    def _compute_lifecycle_order(self):
        order = {lifecycle: number for number, (lifecycle, _label) in enumerate(LIFECYCLES)}
        for stage in self:
            stage.lifecycle_order = order.get(stage.lifecycle, 0)

    @api.depends("name", "lifecycle")
    @api.depends_context("cartera_show_lifecycle")
    def _compute_display_name(self):
        """Name the lifecycle too where stages of several are chosen from one list."""
        labels = dict(self._fields["lifecycle"]._description_selection(self.env))
        for stage in self:
            stage.display_name = stage.name
            if self.env.context.get("cartera_show_lifecycle") and stage.lifecycle:
                stage.display_name = f"{labels[stage.lifecycle]}: {stage.name}"

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    @api.constrains("domain", "lifecycle", "company_id")
    def _check_domain(self):
        self._check_rules()

    def _word_rule_error(self, error):
        return self.env._(
            "Automatic rule of stage “%(stage)s”: %(error)s", stage=self.name, error=error
        )

    def _check_rule(self, domain):
        """Refuse a rule that reads what follows from it, or margins.

        Everybody sees the stage, and so what it says of them.
        """
        for model, field in self._iter_fields(domain):
            label = field._description_string(self.env)
            if model == "cartera.profile" and field.name == FOLLOWING:
                raise ValueError(
                    self.env._("“%s” follows from the stage, so its rule cannot read it", label)
                )
            if self._is_of_margin(field):
                raise ValueError(
                    self.env._("not everybody may see “%s”, but everybody sees the stage", label)
                )
        return super()._check_rule(domain)

    def _check_covered(self, lifecycles):
        """Every account of every company must find a stage in its lifecycle."""
        groups = self.sudo()._read_group(
            [("active", "=", True), ("company_id", "=", False)], ["lifecycle"]
        )
        missing = set(lifecycles) - {lifecycle for (lifecycle,) in groups}
        if missing:
            labels = dict(self._fields["lifecycle"]._description_selection(self.env))
            raise ValidationError(
                self.env._(
                    "Keep at least one active stage for all companies in: %s",
                    ", ".join(labels[lifecycle] for lifecycle in sorted(missing)),
                )
            )

    @api.constrains("lifecycle")
    def _check_lifecycle_not_used(self):
        for stage in self:
            wrong = (
                self.env["cartera.profile"]
                .sudo()
                .search_count(
                    [("stage_id", "=", stage.id), ("lifecycle", "!=", stage.lifecycle)], limit=1
                )
            )
            if wrong:
                raise ValidationError(
                    self.env._(
                        "Stage “%s” holds accounts: its lifecycle cannot change.", stage.name
                    )
                )

    # ------------------------------------------------------------------
    # CRUD: accounts leave a stage that goes away; rules run again in the background
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        stages = super().create(vals_list)
        stages._rematch()
        return stages

    def write(self, vals):
        lifecycles = self.mapped("lifecycle")
        result = super().write(vals)
        if vals.keys() & {"lifecycle", "active", "company_id"}:
            self._check_covered(lifecycles)
        if vals.get("active") is False or "company_id" in vals:
            self._move_accounts_out()
        if vals.keys() & {"domain", "sequence", "active", "lifecycle", "company_id"}:
            self._rematch()
        return result

    def unlink(self):
        """Let the accounts go to another stage first."""
        lifecycles = self.mapped("lifecycle")
        stages = self.with_context(active_test=False)
        stages.active = False
        result = super().unlink()
        self._check_covered(lifecycles)
        return result

    def _move_accounts_out(self):
        """Move accounts that may no longer stand in these stages to the first of their lifecycle."""
        self.env["cartera.profile"].flush_model(["stage_id", "stage_auto_id", "lifecycle"])
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_profile p
                      SET stage_auto_id = NULL,
                          stage_id = (SELECT s.id FROM cartera_stage s
                                       WHERE s.lifecycle = p.lifecycle AND s.active
                                         AND (s.company_id IS NULL OR s.company_id = p.company_id)
                                    ORDER BY s.sequence, s.id LIMIT 1)
                     FROM cartera_stage g
                    WHERE g.id = p.stage_id AND g.id = ANY(%(gone)s)
                      AND (NOT g.active OR g.company_id <> p.company_id)""",
                gone=self.ids,
            )
        )
        self.env["cartera.profile"].invalidate_model(["stage_id", "stage_auto_id"])

    @api.model
    def _rematch(self):
        """Let the nightly job's rules run now, in the background."""
        self.env["cartera.rule"]._forget_watched()
        cron = self.env.ref("crm_cartera.cron_refresh", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()
