"""The criteria on screen: opened for the current company, refreshed and learned anew by hand."""

from odoo import api, models
from odoo.exceptions import AccessError

from .cartera_policy_limits import REJUDGED
from .cartera_profile import MANAGER


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    def write(self, vals):
        """Leave out the limits that stay as they are: a settings form sends all of them each time."""
        same = {
            name
            for name in vals.keys() & REJUDGED
            if all(
                policy._fields[name].convert_to_cache(vals[name], policy) == policy[name]
                for policy in self
            )
        }
        return super().write({name: value for name, value in vals.items() if name not in same})

    @api.model
    def action_open(self):
        """Open the criteria of the current company."""
        policy = self._for(self.env.company).with_env(self.env)
        return {
            **policy._get_records_action(name=self.env._("Criteria")),
            "views": [(False, "form")],
        }

    def action_refresh(self):
        """Ask for a full run in the background."""
        return self.env["cartera.profile"].action_refresh_all()

    def action_recalibrate(self):
        """Learn the cut points anew with a full run in the background."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a sales manager may do this."))
        self.check_access("write")
        self.sudo().recalibrate_next = True
        return self.env["cartera.profile"].action_refresh_all()

    def action_open_calibrations(self):
        """Open what was learned, run by run."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Calibrations"),
            "res_model": "cartera.calibration",
            "view_mode": "list,form",
            "domain": [("company_id", "=", self.company_id.id)],
        }
