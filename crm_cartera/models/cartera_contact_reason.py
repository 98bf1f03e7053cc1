"""Why a contact took place: the manager's list."""

from odoo import models


class CarteraContactReason(models.Model):
    _name = "cartera.contact.reason"
    _inherit = ["cartera.contact.choice"]
    _description = "Reason of a contact"
