"""The roles of a contact in its account."""

from odoo import fields, models

from .cartera_figures import SALES


class ResPartner(models.Model):
    _inherit = "res.partner"

    cartera_role_ids = fields.Many2many(
        comodel_name="cartera.contact.role",
        relation="cartera_contact_role_partner_rel",
        column1="partner_id",
        column2="role_id",
        string="Roles in its account",
        groups=SALES,
        help="What part the person plays when the account decides to buy.",
    )

    def action_cartera_open_sheet(self):
        """Open the customer sheet of the contact's account."""
        self.ensure_one()
        return self.cartera_profile_id.action_open_sheet()
