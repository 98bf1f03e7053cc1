"""One row of choices per company: time zone, who joins the portfolio."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.base.models.res_partner import _tz_get

from .cartera_profile import MANAGER


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
    refresh_next = fields.Boolean(
        string="Refresh asked for",
        readonly=True,
        help="Somebody waits for a full refresh; the background job begins with this company.",
    )
    recalibrate_next = fields.Boolean(
        string="Learn at the next refresh",
        readonly=True,
        help="The next full refresh learns the cut points anew, whatever the choice above.",
    )
    margin_ready = fields.Boolean(
        readonly=True,
        help="A full refresh has read margins of which no cost was still to be estimated.",
    )
    request_count = fields.Integer(
        string="Requests",
        required=True,
        readonly=True,
        default=0,
        help="How often a refresh was asked for: a run forgets what it was asked for up to its start only.",
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

    def _get_neutral_context(self) -> dict:
        """Return language and zone in which conditions are read, whoever evaluates them: the company's."""
        self.ensure_one()
        lang = self.company_id.sudo().partner_id.lang
        installed = dict(self.env["res.lang"].get_installed())
        return {"lang": lang if lang in installed else False, "tz": self.tz}

    # ------------------------------------------------------------------
    # What the background jobs note here is theirs
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_enterable(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_enterable([vals])
        return super().write(vals)

    def _check_enterable(self, vals_list):
        """Refuse what no form lets anybody enter: who forged it would start, stop or break a job."""
        if self.env.su:
            return
        fields_ = [self._fields[name] for name in set().union(*vals_list) if name in self._fields]
        if refused := [field for field in fields_ if field.readonly]:
            labels = sorted(field._description_string(self.env) for field in refused)
            raise UserError(
                self.env._(
                    "Nobody can enter these, they are kept automatically: %s", ", ".join(labels)
                )
            )

    # ------------------------------------------------------------------
    # Full runs
    # ------------------------------------------------------------------

    def _ask_refresh(self, recalibrate=False, after=None):
        """Ask the background job for a full run of these companies, one that learns if so wished.

        ``after``: by then whoever shows the progress will have asked again, and this call be needless.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_policy
                      SET refresh_next = TRUE, recalibrate_next = recalibrate_next IS TRUE OR %s,
                          request_count = request_count + 1
                    WHERE id = ANY(%s)""",
                recalibrate,
                self.ids,
            )
        )
        self.invalidate_recordset(flush=False)
        self._wake_refresh(after)

    @api.model
    def _wake_refresh(self, after):
        """Wake the job, now or some time later; now is in place of any later: each call is a full run."""
        cron, now = self.env.ref("crm_cartera.cron_refresh").sudo(), fields.Datetime.now()
        if after:
            cron._trigger(now + after)
        else:
            triggers = self.env["ir.cron.trigger"].sudo()
            triggers.search([("cron_id", "=", cron.id), ("call_at", ">", now)]).unlink()
            cron._trigger()

    def _note_refreshed(self, request_count, costed=False):
        """Note a complete full run, and that what it was asked for is done.

        ``request_count``: as the run read it. What somebody has asked for since then stays.
        ``costed``: no cost was still to be estimated when it began.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_policy
                      SET refreshed_at = %(now)s,
                          margin_ready = margin_ready IS TRUE OR %(costed)s,
                          refresh_next = refresh_next AND request_count <> %(count)s,
                          recalibrate_next = recalibrate_next AND request_count <> %(count)s
                    WHERE id = %(id)s""",
                now=fields.Datetime.now(),
                costed=costed,
                count=request_count,
                id=self.id,
            )
        )
        self.invalidate_recordset(flush=False)

    def _tell_managers(self, word):
        """Send the managers of the company a message; the jobs' own log is not theirs to read.

        ``word(env)``: returns (subject, body) in the language of ``env``.
        """
        company = self.company_id
        managers = self.env.ref(MANAGER).all_user_ids.filtered(
            lambda user: not user.share and company in user.company_ids
        )
        for lang, users in managers.grouped("lang").items():
            partner = company.partner_id.with_context(lang=lang)
            subject, body = word(partner.env)
            partner.message_notify(partner_ids=users.partner_id.ids, subject=subject, body=body)
