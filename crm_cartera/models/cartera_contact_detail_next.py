"""Whether a next action was agreed when a contact was captured."""

from odoo import fields, models

from .cartera_figures import SALES


class CarteraContactDetail(models.AbstractModel):
    _inherit = "cartera.contact.detail"

    cartera_next_date = fields.Date(
        string="Next action agreed",
        copy=False,
        groups=SALES,
        help="For when the next action was scheduled together with it.",
    )
