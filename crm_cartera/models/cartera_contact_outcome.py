"""What came of a contact: the manager's list."""

from odoo import models


class CarteraContactOutcome(models.Model):
    _name = "cartera.contact.outcome"
    _inherit = ["cartera.contact.choice"]
    _description = "Outcome of a contact"
