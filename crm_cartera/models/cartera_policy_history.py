"""Back-filled history: month ends before the portfolio was there, made from the documents."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

MONTHS = 36
MAX_MONTHS = 240


def get_month_end(day: date, months: int) -> date:
    """Return the end of the month so many months before that of ``day``; 0: of its own month."""
    return day.replace(day=1) + relativedelta(months=1 - months) - timedelta(days=1)


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    backfill_from = fields.Date(
        string="Latest month end", readonly=True, help="The back-fill goes back in time from here."
    )
    backfill_total = fields.Integer(string="Months to fill", readonly=True)
    backfill_done = fields.Integer(string="Months filled", readonly=True)
    backfill_left = fields.Integer(string="Months left", compute="_compute_backfill_left")
    backfill_state = fields.Selection(
        selection=[
            ("none", "Not started"),
            ("running", "Running"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        string="History",
        default="none",
        required=True,
        readonly=True,
    )

    @api.depends("backfill_total", "backfill_done")
    def _compute_backfill_left(self):
        for policy in self:
            policy.backfill_left = policy.backfill_total - policy.backfill_done

    def action_backfill(self, months=MONTHS):
        """Ask for the snapshots of the last ``months`` month ends; go on if it was stopped."""
        self.check_access("write")
        if not 1 <= months <= MAX_MONTHS:
            raise UserError(self.env._("Months: between 1 and %s.", MAX_MONTHS))
        for policy in self.sudo():
            vals = {"backfill_state": "running"}
            if policy.backfill_state != "stopped" or policy.backfill_total != months:
                vals |= {
                    "backfill_from": get_month_end(policy._today(), 1),
                    "backfill_total": months,
                    "backfill_done": 0,
                }
            policy.write(vals)
        self.env.ref("crm_cartera.cron_history").sudo()._trigger()

    def action_backfill_stop(self):
        """Stop after the month that is being filled; what is filled stays."""
        self.check_access("write")
        running = self.sudo().filtered(lambda policy: policy.backfill_state == "running")
        running.backfill_state = "stopped"

    def _backfill_step(self):
        """Fill the next month end, in a transaction of its own.

        A month that was begun and not ended is filled again: its rows are replaced.
        """
        self.ensure_one()
        if self.backfill_left > 0:
            day = get_month_end(self.backfill_from, self.backfill_done)
            self.env["cartera.engine"]._run_past(self.company_id, day)
            self.backfill_done += 1
        if self.backfill_left <= 0:
            self.backfill_state = "done"
