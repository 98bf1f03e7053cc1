"""Back-filled history: month ends before the portfolio was there, made from the documents."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

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
    backfill_failed = fields.Integer(string="Months that failed", readonly=True)
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
            # Fewer may be asked for than are filled already.
            policy.backfill_left = max(0, policy.backfill_total - policy.backfill_done)

    def action_backfill(self, months=MONTHS):
        """Ask for the snapshots of the last ``months`` month ends; go on if that has begun."""
        self.check_access("write")
        if not 1 <= months <= MAX_MONTHS:
            raise UserError(self.env._("Months: between 1 and %s.", MAX_MONTHS))
        for policy in self.sudo():
            vals = {"backfill_state": "running", "backfill_total": months}
            if policy.backfill_state not in ("running", "stopped"):
                vals |= {
                    "backfill_from": get_month_end(policy._today(), 1),
                    "backfill_done": 0,
                    "backfill_failed": 0,
                }
            elif policy.backfill_done >= months:
                vals["backfill_state"] = "done"
            policy.write(vals)
        self.env.ref("crm_cartera.cron_history").sudo()._trigger()

    def action_backfill_stop(self):
        """Stop after the month that is being filled; what is filled stays."""
        self.check_access("write")
        running = self.sudo().filtered(lambda policy: policy.backfill_state == "running")
        running.backfill_state = "stopped"

    def _get_next_month(self):
        """Return the month end to be filled next, None if it was stopped or all are filled."""
        self.ensure_one()
        if self.backfill_state != "running" or not self.backfill_left:
            return None
        return get_month_end(self.backfill_from, self.backfill_done)

    def _note_month(self, done, failed=False) -> bool:
        """Count the month end after ``done`` others; once, whoever filled it too, stopped or not.

        Tells whether it was the last one of a history that is not complete.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_policy
                      SET backfill_done = backfill_done + 1,
                          backfill_failed = COALESCE(backfill_failed, 0) + %(failed)s,
                          backfill_state = CASE
                              WHEN backfill_state = 'running' AND backfill_done + 1 >= backfill_total
                              THEN 'done' ELSE backfill_state END
                    WHERE id = %(id)s AND backfill_done = %(done)s
                RETURNING backfill_state = 'done' AND backfill_failed > 0""",
                failed=int(failed),
                id=self.id,
                done=done,
            )
        )
        row = self.env.cr.fetchone()
        self.invalidate_recordset(flush=False)
        return bool(row and row[0])

    def _word_failed_months(self, env):
        """Return (subject, body) of the message about months that could not be filled."""
        policy = self.with_env(env)
        subject = env._("The history of the portfolio of %s is incomplete", policy.company_id.name)
        return subject, env._(
            "Months that failed: %(failed)s of %(total)s. The calibrations show the errors.",
            failed=policy.backfill_failed,
            total=policy.backfill_total,
        )
