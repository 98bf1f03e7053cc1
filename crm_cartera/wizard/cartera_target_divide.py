"""The dialog that divides a target: over its months, or among teams and salespeople."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..analysis.spread import spread
from ..models.cartera_indicator_scoped import OWNERS


class CarteraTargetDivide(models.TransientModel):
    _name = "cartera.target.divide"
    _description = "Divide a target"

    target_id = fields.Many2one(
        comodel_name="cartera.indicator.target", required=True, readonly=True, ondelete="cascade"
    )
    amount = fields.Float(related="target_id.amount")
    unit = fields.Selection(related="target_id.unit")
    currency_id = fields.Many2one(related="target_id.currency_id")
    by = fields.Selection(
        selection=[("month", "Months"), ("team", "Sales teams"), ("user", "Salespeople")],
        string="Among",
        required=True,
        default="month",
    )
    owner = fields.Selection(
        selection=[("team", "Sales teams"), ("user", "Salespeople")],
        compute="_compute_owner",
        inverse="_inverse_owner",
        string="Divide among",
    )
    shape = fields.Selection(
        selection=[
            ("equal", "The same for each"),
            ("last_year", "As last year"),
            ("hand", "By hand"),
        ],
        string="How",
        required=True,
        default="equal",
    )
    months_too = fields.Boolean(
        string="Their months too",
        default=True,
        help="Each part is spread over months as the target is.",
    )
    has_months = fields.Boolean(compute="_compute_adds_up")
    adds_up = fields.Boolean(compute="_compute_adds_up")
    nothing_known = fields.Boolean(
        compute="_compute_line_ids", store=True, help="Last year has no figures to go by."
    )
    replaced = fields.Integer(
        string="Parts that go",
        compute="_compute_replaced",
        help="They are not in the list any more.",
    )
    line_ids = fields.One2many(
        comodel_name="cartera.target.divide.line",
        inverse_name="divide_id",
        string="Parts",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    total = fields.Float(string="Sum of the parts", compute="_compute_total")
    difference = fields.Float(
        compute="_compute_total", help="The target less the sum of its parts."
    )

    @api.depends("by")
    def _compute_owner(self):
        for divide in self:
            divide.owner = divide.by if divide.by != "month" else False

    @api.onchange("owner")
    def _inverse_owner(self):
        for divide in self:
            divide.by = divide.owner or divide.by

    @api.depends("target_id", "by")
    def _compute_adds_up(self):
        for divide in self:
            divide.adds_up = divide.target_id._adds_up(divide.by)
            divide.has_months = divide.by != "month" and bool(divide.target_id.month_ids)

    @api.depends("target_id", "by", "shape")
    def _compute_line_ids(self):
        for divide in self:
            vals_list = divide._prepare_lines() if divide.target_id and divide.by else []
            known = any((vals["last_year"] or 0) > 0 for vals in vals_list)
            divide.nothing_known = bool(vals_list) and not known
            divide.line_ids = [Command.clear(), *(Command.create(vals) for vals in vals_list)]

    @api.depends("line_ids.amount", "target_id")
    def _compute_total(self):
        for divide in self:
            divide.total = sum(divide.line_ids.mapped("amount"))
            divide.difference = divide.target_id._round(divide.amount - divide.total)

    @api.depends("line_ids", "target_id", "by")
    def _compute_replaced(self):
        for divide in self:
            parts = divide.target_id.part_ids if divide.by != "month" else divide.target_id.browse()
            keys = {line._get_key() for line in divide.line_ids}
            divide.replaced = sum(part._scope_key not in keys for part in parts)

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _prepare_lines(self) -> list[dict]:
        target = self.target_id
        if self.by == "month":
            places = [{"start": month.start} for month in target._period.months()]
            weights, before = target._get_month_weights(), self._get_months_before()
        else:
            keys = target._get_owner_keys(self.by)
            name = OWNERS[self.by]
            places = [{name: target._prepare_scope_vals(key)[name]} for key in keys]
            weights, before = target._get_owner_weights(keys), self._get_parts_before(keys)
        amounts = self._divide(weights, before)
        return [
            {**place, "last_year": False if weight is None else weight, "amount": amount}
            for place, weight, amount in zip(places, weights, amounts, strict=True)
        ]

    def _get_months_before(self) -> list[float]:
        """Return the targets that the months have now."""
        months = {child.start: child.amount for child in self.target_id.month_ids}
        return [months.get(month.start, 0.0) for month in self.target_id._period.months()]

    def _get_parts_before(self, keys) -> list[float]:
        parts = {part._scope_key: part.amount for part in self.target_id.part_ids}
        return [parts.get(key, 0.0) for key in keys]

    def _divide(self, weights, before) -> list[float]:
        """Return the parts: what does not add up, a rate, is asked of each in full."""
        target = self.target_id
        if self.shape == "hand":
            return before
        if not self.adds_up:
            return [target.amount] * len(weights)
        even = [1.0] * len(weights)
        return spread(
            target.amount, weights if self.shape == "last_year" else even, target._get_digits()
        )

    # ------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------

    def action_apply(self):
        """Set the parts of the target as they stand in the dialog."""
        self.ensure_one()
        self.target_id.check_access("write")
        if not self.line_ids:
            raise UserError(self.env._("There is nobody to divide the target among."))
        if self.by == "month":
            self.target_id._set_months(self._get_month_amounts())
        else:
            self.target_id._set_parts(self._get_amounts(), months=self.months_too)
        return {"type": "ir.actions.act_window_close"}

    def _get_month_amounts(self) -> list[float]:
        amounts = {line.start: line.amount for line in self.line_ids}
        return [amounts.get(month.start, 0.0) for month in self.target_id._period.months()]

    def _get_amounts(self) -> dict[str, float]:
        amounts = {}
        for line in self.line_ids:
            key = line._get_key()
            if not key:
                raise UserError(self.env._("Each part needs a team or a salesperson."))
            if key in amounts:
                raise UserError(self.env._("“%s” stands there twice.", line.display_name))
            amounts[key] = line.amount
        return amounts
