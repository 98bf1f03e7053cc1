"""What an indicator was in a closed period: kept as it was then, whatever is posted later."""

import math

from odoo import api, fields, models
from odoo.fields import Domain

from .cartera_fields import BlankFloat
from .cartera_indicator_target import UNIQUE


class CarteraIndicatorValue(models.Model):
    _name = "cartera.indicator.value"
    _inherit = ["cartera.indicator.scoped"]
    _description = "Value of an indicator"
    _order = "start desc, indicator_id, scope, id"

    value = BlankFloat(readonly=True, aggregator="avg", help="Blank: nothing supports a figure.")
    numerator = BlankFloat(readonly=True)
    denominator = BlankFloat(readonly=True)
    target = BlankFloat(
        readonly=True, aggregator="avg", help="As it was when the period was closed."
    )
    state = fields.Selection(
        selection=[("frozen", "Closed"), ("estimated", "Filled in later")],
        required=True,
        default="frozen",
        help="Filled in later: measured from documents after the period was over.",
    )
    frozen_date = fields.Datetime(string="Closed on", readonly=True)
    frozen_by_id = fields.Many2one(
        comodel_name="res.users", string="Closed by", ondelete="set null"
    )
    value_now = BlankFloat(
        string="Measured now",
        readonly=True,
        aggregator=None,
        help="What the period measures by the documents of today, if that differs.",
    )
    changed = fields.Boolean(
        string="Changed since", readonly=True, help="Documents of the period came or changed later."
    )

    _scope_uniq = models.UniqueIndex(UNIQUE, "The period is closed already.")

    @property
    def _key(self) -> tuple:
        return self.indicator_id.id, self._period, self._scope_key

    @api.model
    def _find(self, indicators, company, periods, scopes) -> dict:
        """Return {(indicator id, period, scope key): closed value} of periods of one kind."""
        domain = self._get_period_domain(company, periods) & self._get_scope_domain(scopes)
        domain &= Domain("indicator_id", "in", indicators.ids)
        return {value._key: value for value in self.sudo().search(domain)}

    def _is_changed(self, value: float | None) -> bool:
        """Tell whether a value that is measured now is another than the one that was closed."""
        before = None if self.value is False else self.value
        if value is None or before is None:
            return value is not before
        return not math.isclose(value, before, rel_tol=1e-9, abs_tol=1e-9)

    def _get_scopes(self) -> list[str]:
        return [value._scope_key for value in self]
