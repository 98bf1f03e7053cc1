"""The parts of a target: those of its months, and those of teams and people."""

from odoo import api, fields, models

from ..analysis.period import Period
from ..analysis.spread import spread_table
from .cartera_indicator_scoped import OWNERS


class CarteraIndicatorTarget(models.Model):
    _inherit = "cartera.indicator.target"

    start = fields.Date(default=lambda self: fields.Date.context_today(self).replace(day=1))
    part_ids = fields.Many2many(
        comodel_name="cartera.indicator.target",
        string="Parts of people",
        compute="_compute_part_ids",
        help="What teams or salespeople are to reach of it.",
    )
    month_ids = fields.Many2many(
        comodel_name="cartera.indicator.target", string="Months", compute="_compute_part_ids"
    )
    month_total = fields.Float(string="Sum of the months", compute="_compute_month_total")
    month_difference = fields.Float(
        string="Difference of the months",
        compute="_compute_month_total",
        help="The target less the sum of its months.",
    )
    adds_up = fields.Boolean(
        string="Adds up",
        compute="_compute_adds_up",
        help="The figures of people add up to that of the company; rates and averages do not.",
    )

    @api.depends("indicator_id.form", "indicator_id.unit")
    def _compute_adds_up(self):
        for target in self:
            target.adds_up = target._adds_up("user")

    def _adds_up(self, by) -> bool:
        """Tell whether parts of months (``by`` is month), or of teams and people, sum to the whole."""
        indicator = self.indicator_id
        return indicator.form == "flow" or (
            by != "month" and indicator.form == "stock" and indicator.unit != "percent"
        )

    @api.depends("child_ids.kind", "kind")
    def _compute_part_ids(self):
        for target in self:
            months = target.child_ids.filtered_domain([("kind", "!=", target.kind)])
            target.month_ids = months
            target.part_ids = target.child_ids - months

    @api.depends("amount", "kind", "child_ids.amount", "child_ids.kind")
    def _compute_child_total(self):
        for target in self:
            target.child_total = sum(target.part_ids.mapped("amount"))
            target.child_difference = target._round(target.amount - target.child_total)

    @api.depends("amount", "kind", "child_ids.amount", "child_ids.kind")
    def _compute_month_total(self):
        for target in self:
            target.month_total = sum(target.month_ids.mapped("amount"))
            target.month_difference = target._round(target.amount - target.month_total)

    @api.onchange("kind", "start")
    def _onchange_start(self):
        """Take the first day of the period that the day lies in."""
        if self.kind and self.start:
            self.start = Period.of(self.kind, self.start).start

    @api.onchange("scope")
    def _onchange_scope(self):
        """Whoever is not meant any more is left out."""
        for scope, name in OWNERS.items():
            if scope != self.scope:
                self[name] = False

    def _get_digits(self) -> int:
        """Return the decimals that parts are rounded to: of the currency for money, none for counts."""
        if self.unit == "money":
            return self.currency_id.decimal_places
        return 0 if self.unit == "count" and float(self.amount).is_integer() else 2

    def _round(self, amount: float) -> float:
        """Return an amount without the dust of floating-point sums."""
        return round(amount, 6) + 0.0

    # ------------------------------------------------------------------
    # Dividing
    # ------------------------------------------------------------------

    def action_spread(self):
        """Open the dialog that spreads the target over its months."""
        return self._open_divide("month")

    def action_cascade(self):
        """Open the dialog that divides the target among teams or salespeople."""
        self.ensure_one()
        return self._open_divide(self._get_usual_owners())

    def _get_usual_owners(self) -> str:
        """Return whom the target is divided among, unless somebody wants others: as it was, or people."""
        return self.part_ids[:1].scope or "user"

    def _open_divide(self, by):
        self.ensure_one()
        self.check_access("write")
        name = (
            self.env._("Spread over months") if by == "month" else self.env._("Divide the target")
        )
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "cartera.target.divide",
            "view_mode": "form",
            "target": "new",
            "context": {"default_target_id": self.id, "default_by": by},
        }

    def _set_months(self, amounts: list[float]):
        """Set the target of each month of the period, the earliest first."""
        self.ensure_one()
        self._set_children(self._prepare_months(amounts))

    def _prepare_months(self, amounts: list[float]) -> list[dict]:
        common = {"kind": "month", "parent_id": self.id, **self._get_owner_vals()}
        return [
            {**common, "start": month.start, "amount": amount}
            for month, amount in zip(self._period.months(), amounts, strict=True)
        ]

    def _get_owner_vals(self) -> dict:
        return {"scope": self.scope} | {name: self[name].id for name in OWNERS.values()}

    def _set_parts(self, amounts: dict[str, float], months=False):
        """Set what each of some teams or salespeople is to reach; those who are left out lose their part.

        ``amounts``: {scope key: amount}. ``months``: their months follow those of this target.
        """
        self.ensure_one()
        vals_list = [
            {
                "kind": self.kind,
                "start": self.start,
                "parent_id": self.id,
                **self._prepare_scope_vals(key),
                "amount": amount,
            }
            for key, amount in amounts.items()
        ]
        parts = self._set_children(vals_list)
        (self.part_ids - parts).unlink()
        if months and self.month_ids:
            self._set_months_of_parts(parts)
        return parts

    def _set_months_of_parts(self, parts):
        # A month that was deleted, or that a quarter took over, has no share.
        known = {month.start: month.amount for month in self.month_ids}
        months = [known.get(month.start, 0.0) for month in self._period.months()]
        if not self._adds_up("month"):
            rows = [[part.amount] * len(months) for part in parts]
        else:
            rows = spread_table(parts.mapped("amount"), months, self._get_digits())
        pairs = zip(parts, rows, strict=True)
        self._set_children(
            [vals for part, amounts in pairs for vals in part._prepare_months(amounts)]
        )

    def _set_children(self, vals_list):
        """Create parts of this target or of its parts, or write them where there is such a target already.

        All at once, and only what differs: each parent that is written is checked by a query.
        """
        known = self._find_same(vals_list)
        common = {"indicator_id": self.indicator_id.id, "company_id": self.company_id.id}
        found, new = [], []
        for vals in vals_list:
            target = known.get(self._get_place(vals))
            if not target:
                new.append({**common, **vals})
                continue
            found.append(target.id)
            if target.amount != vals["amount"]:
                target.amount = vals["amount"]
            if target.parent_id.id != vals["parent_id"]:
                target.parent_id = vals["parent_id"]
        return self.browse(found) | self.create(new)

    def _find_same(self, vals_list) -> dict:
        """Return {place: target} of the targets of the indicator that stand where parts are to stand."""
        domain = [
            ("indicator_id", "=", self.indicator_id.id),
            ("company_id", "=", self.company_id.id),
            ("kind", "in", [vals["kind"] for vals in vals_list]),
            ("start", "in", [vals["start"] for vals in vals_list]),
        ]
        places = {self._get_place(vals) for vals in vals_list}
        found = {}
        for target in self.search(domain):
            vals = {"kind": target.kind, "start": target.start, **target._get_owner_vals()}
            if (place := self._get_place(vals)) in places:
                found[place] = target
        return found

    @api.model
    def _get_place(self, vals) -> tuple:
        owners = [vals.get(name) or False for name in OWNERS.values()]
        return vals["kind"], vals["start"], vals["scope"], *owners
