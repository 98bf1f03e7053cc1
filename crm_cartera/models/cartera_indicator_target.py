"""What an indicator is to reach in a period, for the company, a team, a salesperson or a segment."""

from odoo import api, fields, models
from odoo.fields import Domain

UNIQUE = (
    "(indicator_id, company_id, kind, start, scope, COALESCE(team_id, 0), COALESCE(user_id, 0),"
    " COALESCE(segment_id, 0))"
)


class CarteraIndicatorTarget(models.Model):
    _name = "cartera.indicator.target"
    _inherit = ["cartera.indicator.scoped"]
    _description = "Target of an indicator"
    _order = "start desc, indicator_id, scope, id"

    amount = fields.Float(
        required=True, aggregator="avg", help="In the unit of the indicator; 0.25 is 25 %."
    )
    parent_id = fields.Many2one(
        comodel_name="cartera.indicator.target", string="Part of", ondelete="cascade", index=True
    )
    child_ids = fields.One2many(
        comodel_name="cartera.indicator.target", inverse_name="parent_id", string="Parts"
    )
    child_total = fields.Float(string="Sum of the parts", compute="_compute_child_total")
    child_difference = fields.Float(
        string="Difference",
        compute="_compute_child_total",
        help="The target less the sum of its parts: what is not given to anybody yet.",
    )

    _scope_uniq = models.UniqueIndex(UNIQUE, "This target is there already: change its amount.")

    @api.depends("amount", "child_ids.amount")
    def _compute_child_total(self):
        for target in self:
            target.child_total = sum(target.child_ids.mapped("amount"))
            target.child_difference = target.amount - target.child_total

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _find(self, indicators, company, periods, scopes) -> dict[tuple, float]:
        """Return {(indicator id, period, scope key): amount} of periods of one kind.

        Where a flow has no target of a quarter or year, but of each of its months, theirs are summed up.
        """
        domain = self._get_period_domain(company, periods) & self._get_scope_domain(scopes)
        domain &= Domain("indicator_id", "in", indicators.ids)
        found = {target._key: target.amount for target in self.sudo().search(domain)}
        return found | self._find_by_months(indicators, company, periods, scopes, found)

    @api.model
    def _find_by_months(self, indicators, company, periods, scopes, found) -> dict[tuple, float]:
        flows = indicators.filtered(lambda indicator: indicator.form == "flow")
        if not flows or periods[0].kind == "month":
            return {}
        months = [month for period in periods for month in period.months()]
        domain = self._get_period_domain(company, months) & self._get_scope_domain(scopes)
        domain &= Domain("indicator_id", "in", flows.ids)
        amounts = {target._key: target.amount for target in self.sudo().search(domain)}
        sums = {}
        for flow in flows:
            for period in periods:
                for scope in scopes:
                    parts = [amounts.get((flow.id, month, scope)) for month in period.months()]
                    key = flow.id, period, scope
                    if key not in found and None not in parts:
                        sums[key] = sum(parts)
        return sums

    @property
    def _key(self) -> tuple:
        return self.indicator_id.id, self._period, self._scope_key
