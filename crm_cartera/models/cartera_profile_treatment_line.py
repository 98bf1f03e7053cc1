"""The treatments of an account."""

from odoo import fields, models

from .cartera_figures import SALES


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    treatment_line_ids = fields.One2many(
        comodel_name="cartera.treatment.line",
        inverse_name="profile_id",
        string="Treatments",
        readonly=True,
        groups=SALES,
    )

    def action_apply_treatment(self):
        """Ask which treatments to apply to these accounts."""
        self.check_access("read")
        return self.env["cartera.treatment.apply"]._open([("id", "in", self.ids)])
