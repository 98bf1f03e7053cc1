"""One row of choices per company: time zone, who joins the portfolio."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get


class CarteraPolicy(models.Model):
    _name = "cartera.policy"
    _description = "Portfolio policy"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        domain=[("parent_id", "=", False)],
    )
    tz = fields.Selection(
        selection=_tz_get,
        string="Time zone",
        required=True,
        default="UTC",
        help="The days of every figure are days of this zone.",
    )
    take_in_companies = fields.Boolean(
        string="New companies join the portfolio",
        help="Every company contact created from now on becomes a prospect at once.",
    )
    refreshed_at = fields.Datetime(
        string="Last full refresh", readonly=True, help="When the last full refresh was complete."
    )

    _company_uniq = models.Constraint("UNIQUE(company_id)", "A company has one policy.")

    @api.constrains("company_id")
    def _check_root(self):
        for policy in self:
            if policy.company_id.parent_id:
                raise ValidationError(
                    self.env._("The policy belongs to the main company, not to a branch.")
                )

    @api.model
    def _for(self, company):
        """Return the policy of a company's root, made on first use."""
        root = company.sudo().root_id
        policy = self.sudo().search([("company_id", "=", root.id)])
        return policy or self.sudo().create(self._prepare_policy_vals(root))

    @api.model
    def _prepare_policy_vals(self, company):
        """Return the policy a new company starts with."""
        return {"company_id": company.id, "tz": company.resource_calendar_id.tz or "UTC"}

    def _today(self) -> date:
        """Return today's date in the policy's zone."""
        self.ensure_one()
        return datetime.now(timezone.utc).astimezone(ZoneInfo(self.tz)).date()
