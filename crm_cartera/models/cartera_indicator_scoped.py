"""What targets and values share: an indicator, a period, and whose figure it is."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..analysis.period import Period
from .cartera_indicator import PERIODS

#: Whose a figure is, and the field that names it.
SCOPES = [
    ("company", "Company"),
    ("team", "Sales Team"),
    ("user", "Salesperson"),
    ("segment", "Segment"),
]
FORMS = {"month": "MMM yyyy", "quarter": "QQQ yyyy", "year": "yyyy"}
OWNERS = {"team": "team_id", "user": "user_id", "segment": "segment_id"}


class CarteraIndicatorScoped(models.AbstractModel):
    _name = "cartera.indicator.scoped"
    _description = "Figure of an indicator by period and scope"

    indicator_id = fields.Many2one(
        comodel_name="cartera.indicator", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
        domain=[("parent_id", "=", False)],
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    unit = fields.Selection(related="indicator_id.unit")
    perspective = fields.Selection(related="indicator_id.perspective", store=True)
    kind = fields.Selection(selection=PERIODS, string="Period", required=True, default="month")
    start = fields.Date(required=True, help="The first day of the period.")
    end = fields.Date(compute="_compute_end", store=True)
    scope = fields.Selection(selection=SCOPES, required=True, default="company")
    team_id = fields.Many2one(comodel_name="crm.team", ondelete="cascade")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    segment_id = fields.Many2one(comodel_name="cartera.segment", ondelete="cascade")
    owner_name = fields.Char(string="Whose", compute="_compute_owner_name")

    @api.depends("kind", "start")
    def _compute_end(self):
        for record in self:
            complete = record.kind and record.start
            record.end = Period.of(record.kind, record.start).end if complete else False

    @api.depends("scope", "team_id", "user_id", "segment_id", "company_id")
    def _compute_owner_name(self):
        for record in self:
            owner = record[OWNERS.get(record.scope, "company_id")]
            record.owner_name = owner.display_name

    @api.depends("indicator_id", "kind", "start", "owner_name")
    def _compute_display_name(self):
        for record in self:
            parts = [record.indicator_id.name, record._word_period(), record.owner_name]
            record.display_name = ", ".join(part for part in parts if part)

    def _word_period(self) -> str:
        """Return the name of the period in the user's language."""
        return self._word(self.kind, self.start) if self.kind and self.start else ""

    @api.model
    def _word(self, kind, start) -> str:
        return format_date(self.env, start, date_format=FORMS[kind])

    @api.constrains("kind", "start")
    def _check_start(self):
        for record in self:
            first = Period.of(record.kind, record.start).start
            if record.start != first:
                raise ValidationError(
                    self.env._(
                        "The period begins on %(first)s, not on %(start)s.",
                        first=format_date(self.env, first),
                        start=format_date(self.env, record.start),
                    )
                )

    @api.constrains("scope", "team_id", "user_id", "segment_id")
    def _check_scope_owner(self):
        for record in self:
            for scope, name in OWNERS.items():
                if bool(record[name]) != (record.scope == scope):
                    field = record._fields[name]._description_string(self.env)
                    message = (
                        self.env._("%s: whose figure is it?", field)
                        if record.scope == scope
                        else self.env._("%s: only for a figure of that kind.", field)
                    )
                    raise ValidationError(message)

    @api.constrains("company_id", "indicator_id", "segment_id", "team_id")
    def _check_one_company(self):
        for record in self:
            owners = (record.indicator_id, record.segment_id, record.team_id)
            for owner in owners:
                if owner.company_id and owner.company_id.root_id != record.company_id:
                    raise ValidationError(
                        self.env._(
                            "“%(name)s” is of %(company)s.",
                            name=owner.display_name,
                            company=owner.company_id.name,
                        )
                    )

    @property
    def _period(self) -> Period:
        return Period.of(self.kind, self.start)

    @property
    def _scope_key(self) -> str:
        """Return whose figure it is, as the scorecard names it: ``company``, ``user:7``."""
        name = OWNERS.get(self.scope)
        return f"{self.scope}:{self[name].id}" if name else self.scope

    @api.model
    def _prepare_scope_vals(self, key: str) -> dict:
        """Return the fields of a scope key; raises ValueError if it is none."""
        scope, _, owner = key.partition(":")
        if scope == "company" and not owner:
            return {"scope": scope}
        if scope not in OWNERS or not owner.isdecimal():
            raise ValueError(f"no scope: {key}")
        return {"scope": scope, OWNERS[scope]: int(owner)}

    @api.model
    def _get_scope_domain(self, keys):
        """Return the condition of the figures of scope keys."""
        domain = Domain.FALSE
        for key in keys:
            domain |= Domain.AND(
                [(name, "=", value)] for name, value in self._prepare_scope_vals(key).items()
            )
        return domain

    @api.model
    def _get_period_domain(self, company, periods: list[Period]):
        """Return the condition of a company's figures of periods of one kind."""
        return Domain(
            [
                ("company_id", "=", company.id),
                ("kind", "in", [period.kind for period in periods]),
                ("start", "in", [period.start for period in periods]),
            ]
        )
