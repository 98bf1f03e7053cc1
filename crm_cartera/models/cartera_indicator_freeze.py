"""The log of periods that were closed again: who, when, from what to what, and why."""

from odoo import fields, models

from .cartera_fields import BlankFloat


class CarteraIndicatorFreeze(models.Model):
    _name = "cartera.indicator.freeze"
    _description = "Period closed again"
    _order = "date desc, id desc"
    _rec_name = "value_id"

    value_id = fields.Many2one(
        comodel_name="cartera.indicator.value",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    indicator_id = fields.Many2one(related="value_id.indicator_id", store=True, index=True)
    company_id = fields.Many2one(related="value_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    unit = fields.Selection(related="indicator_id.unit")
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users", string="By", readonly=True, ondelete="set null"
    )
    before = BlankFloat(readonly=True, aggregator=None)
    after = BlankFloat(readonly=True, aggregator=None)
    reason = fields.Char(required=True, readonly=True)
