"""Activities know the treatment that they come from, as long as they are open."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

LINE = "cartera_treatment_line_id"


class MailActivity(models.Model):
    _inherit = "mail.activity"

    cartera_treatment_line_id = fields.Many2one(
        comodel_name="cartera.treatment.line",
        string="Treatment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="sales_team.group_sale_salesman",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_cartera_treatment(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if vals.get(LINE):
            self._check_cartera_treatment(
                [{**vals, "res_id": res} for res in self.mapped("res_id")]
            )
        return super().write(vals)

    @api.model
    def _check_cartera_treatment(self, vals_list):
        """An activity is of a treatment of its own account, which the user may see."""
        given = [vals for vals in vals_list if vals.get(LINE)]
        if self.env.su or not given:
            return
        lines = self.env["cartera.treatment.line"].browse({vals[LINE] for vals in given})
        lines.check_access("read")
        partners = {line.id: line.partner_id.id for line in lines.sudo()}
        if any(vals.get("res_id") != partners[vals[LINE]] for vals in given):
            raise AccessError(self.env._("This treatment is another account's."))

    def _prepare_next_activity_values(self):
        """What follows an activity of a treatment is of the treatment too, if the user may see it."""
        vals = super()._prepare_next_activity_values()
        line = self.sudo().cartera_treatment_line_id
        if line.with_env(self.env).has_access("read"):
            vals[LINE] = line.id
        return vals
