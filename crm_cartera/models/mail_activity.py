"""Activities: next actions while open, interactions once done."""

from odoo import api, models

TOUCHING = frozenset(["active", "date_deadline", "res_id", "res_model_id", "user_id", "date_done"])
ACCOUNT_FIELD = {"res.partner": None, "crm.lead": "partner_id"}


class MailActivity(models.Model):
    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._cartera_touch()
        return activities

    def write(self, vals):
        touching = vals.keys() & TOUCHING
        if touching:
            self._cartera_touch()
        result = super().write(vals)
        if touching and vals.keys() & {"res_id", "res_model_id"}:
            self._cartera_touch()
        return result

    def unlink(self):
        self._cartera_touch()
        return super().unlink()

    def _cartera_touch(self):
        """Queue the accounts of contacts and leads these activities are on."""
        partners = self.env["res.partner"].sudo()
        for model, activities in self.sudo().grouped("res_model").items():
            if model in ACCOUNT_FIELD:
                records = self.env[model].sudo().browse(activities.mapped("res_id")).exists()
                field = ACCOUNT_FIELD[model]
                partners |= records[field] if field else records
        if partners:
            self.env["cartera.touch"]._touch_partners(partners)

    def _cartera_get_summary(self):
        """Return what is to be done, in a word."""
        self.ensure_one()
        return self.summary or self.activity_type_id.name
