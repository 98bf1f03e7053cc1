"""Buttons that open the dialog of a captured contact."""

from odoo import models


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    def action_capture(self):
        """Log a contact with this account."""
        self.ensure_one()
        self.check_access("write")
        return self.env["cartera.capture"]._open(profile_id=self)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_capture(self):
        """Log a contact with this person or company; saving it puts its account into the portfolio."""
        self.ensure_one()
        captures = self.env["cartera.capture"]
        captures.check_access("create")
        self.check_access("write")
        account, company = self.commercial_partner_id, self.env.company.root_id
        found = self.env["cartera.profile"]._get_visible(account, company)
        if not found:
            captures._check_account_free(account, company)
            return captures._open(contact_id=self)
        return captures._open(contact_id=self, profile_id=found[account, company])


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_capture(self):
        """Log a contact about this lead."""
        self.ensure_one()
        captures = self.env["cartera.capture"]
        captures.check_access("create")
        self.check_access("write")
        return captures._open(lead_id=self)
