"""Sorting by a figure: accounts without it come last, whichever way."""

from odoo import models
from odoo.tools import SQL


def _last_if_none(direction, nulls) -> SQL:
    """Return NULLS LAST for a descending order that does not say where missing values go."""
    return SQL("NULLS LAST") if direction.code == "DESC" and not nulls.code else nulls


#: Sorted as the figures are, though no snapshot keeps it.
NOT_KEPT = frozenset(["priority"])


class CarteraFigures(models.AbstractModel):
    _inherit = "cartera.figures"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """The largest first means those that have the figure; PostgreSQL puts NULL before them."""
        if field_name in NOT_KEPT or field_name in self.env["cartera.figures"]._fields:
            nulls = _last_if_none(direction, nulls)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        figures = NOT_KEPT | self.env["cartera.figures"]._fields.keys()
        if field_name.startswith("cartera_") and field_name.removeprefix("cartera_") in figures:
            nulls = _last_if_none(direction, nulls)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
