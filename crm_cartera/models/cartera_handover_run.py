"""Doing hand-overs: at once if they are small, else in the background; they can be ended at any time."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .cartera_touch import DRAIN_AFTER_COMMIT

#: So many accounts the user waits for; more are left to the background job.
AT_ONCE = 200


class CarteraHandover(models.Model):
    _inherit = "cartera.handover"

    # ------------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------------

    @api.model
    def _start(self, vals, targets):
        """Make a hand-over, claim its records and begin; return it. ``targets``: {profile: user} ids.

        On a cursor of its own, committed when it returns, so that the job sees it. UserError if there
        is nothing to hand over.
        """
        with self.env["cartera.engine"]._own_environment() as env:
            handover = env["cartera.handover"].create(vals)
            count = handover._claim(targets)
            if not count:
                raise UserError(
                    self.env._("There is nothing to hand over: the accounts are theirs already.")
                )
        handover = self.browse(handover.id)
        handover._begin(count)
        return handover

    def _undo(self):
        """Begin to give back what was moved."""
        with self.env["cartera.engine"]._own_environment() as env:
            mine = env["cartera.handover"].browse(self.id)
            rows = env.execute_query(
                SQL(
                    """UPDATE cartera_handover_line SET state = 'returning', reason = NULL
                        WHERE handover_id = %s AND state = 'moved'
                    RETURNING kind""",
                    self.id,
                )
            )
            mine.write({"state": "undoing", "undone_by_id": self.env.uid})
            env["cartera.handover.line"].invalidate_model()
        self._begin(sum(kind == "account" for (kind,) in rows))

    def _begin(self, count):
        """Do it now, or leave it to the job; that does what cannot be done now, too."""
        if count <= AT_ONCE:
            self._work_now(self.ids)
        self._wake_batch_cron()
        self.env.invalidate_all()

    @api.model
    def _work_now(self, ids):
        last, handled = 0, True
        while handled:
            last, handled = self._do_next(last, ids)
        self._finish_own(ids)
        # The list that the user goes back to shows the new salesperson.
        for _ in range(AT_ONCE // DRAIN_AFTER_COMMIT):
            self.env["cartera.touch"]._drain_after_commit()

    # ------------------------------------------------------------------
    # In the background
    # ------------------------------------------------------------------

    @api.model
    def _cron_handover(self):
        self._do_all()

    def _finish(self):
        """Close them, and tell who has got accounts."""
        done = self.filtered(lambda handover: handover.state == "running")
        done.state = "done"
        (self - done).state = "undone"
        done._tell_new()

    # ------------------------------------------------------------------
    # Who does it, who is told
    # ------------------------------------------------------------------

    def _get_actor_env(self, back=False):
        """Return the environment of who asked for it, with no more rights than he has now."""
        self.ensure_one()
        user = self.undone_by_id if back else self.user_id
        companies = user.company_ids.filtered(lambda c: c.root_id == self.company_id)
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": companies.ids}
        return self.env(user=user.id, su=False, context=context)

    def _word_moved(self, env, old, new) -> str:
        """Return the note on a record."""
        nobody = env._("nobody")
        return env._(
            "%(handover)s: salesperson %(old)s → %(new)s",
            handover=self.with_env(env).sudo().display_name,
            old=old.name or nobody,
            new=new.name or nobody,
        )

    def _tell_new(self):
        """Tell everybody once which accounts he has got, not once each; nothing to who did it himself."""
        rows = self.env["cartera.handover.line"]._read_group(
            [("handover_id", "in", self.ids), ("kind", "=", "account"), ("state", "=", "moved")],
            ["handover_id", "new_user_id"],
            ["__count"],
        )
        for handover, user, count in rows:
            if user.active and user != handover.user_id:
                handover._tell(user, count)

    def _tell(self, user, count):
        partner = self.company_id.partner_id.with_context(lang=user.lang)
        env = partner.env
        partner.message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("Accounts were handed over to you"),
            body=env._("Accounts that are yours from now on: %s.", count),
        )
