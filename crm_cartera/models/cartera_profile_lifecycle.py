"""The lifecycle by hand, in and out of the portfolio, and the refresh."""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError

from .cartera_profile import MANAGER

_logger = logging.getLogger(__name__)


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    # ------------------------------------------------------------------
    # Refresh
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def refresh(self, company, as_of=None, partners=None):
        """Bring accounts up to date from the documents.

        ``company``: any company, its root is meant; ``as_of``: a date, today by default;
        ``partners``: accounts, None for all of the company. Returns the counts of a run. A past date
        writes snapshots and leaves the profiles alone; a future one raises ValueError.
        """
        engine = self.env["cartera.engine"].sudo()
        ids = None if partners is None else partners.ids
        if as_of and as_of != self.env["cartera.policy"]._for(company)._today():
            return engine._run_as_of(company.root_id, as_of, ids)
        return engine._run(company.root_id, ids)

    def _refresh_now(self):
        """Judge these accounts in this transaction: the row is the user's own already."""
        engine = self.env["cartera.engine"].sudo()
        for company, profiles in self.grouped("company_id").items():
            engine._run(company, partners=profiles.partner_id.ids)

    @api.model
    def action_refresh_all(self):
        """Ask for a full run in the background."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a sales manager may refresh the whole portfolio."))
        self.env["cartera.policy"]._for(self.env.company)._ask_refresh()
        return True

    @api.model
    def _notify(self, message, kind="success", reload=False):
        """Return the client action that shows a message."""
        action = {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": kind},
        }
        if reload:
            action["params"]["next"] = {"type": "ir.actions.client", "tag": "soft_reload"}
        return action

    # ------------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------------

    def set_lifecycle(self, lifecycle, reason, date=None, lock=False):
        """Set the lifecycle by hand: the one door, for buttons, import and RPC.

        ``lifecycle``: ``lead`` (anybody who may write the account), ``client`` (a manager; ``date``
        is the client-since date), or ``prospect`` (a manager; takes back what was set by hand).
        ``date``: defaults to today. ``lock``: documents do not change it until it is unlocked.
        Raises UserError on a missing reason, a future date, a step back that documents forbid.
        """
        self.check_access("write")
        self._set_lifecycle(lifecycle, reason, date, lock)
        return True

    def _set_lifecycle(self, lifecycle=None, reason=None, date=None, lock=False):
        today = self._get_today()
        request = {"lifecycle": lifecycle, "reason": reason, "date": date}
        self._raise_first(self._get_request_errors(request, today))
        day = fields.Date.to_date(date) or today
        vals = self._prepare_lifecycle_vals(lifecycle, reason.strip(), day)
        self.sudo().write({**vals, "lifecycle_locked": False})
        self._check_reached(lifecycle)
        if lock:
            self.sudo().lifecycle_locked = True

    def _get_today(self):
        return self.env["cartera.policy"]._for(self.company_id[:1] or self.env.company)._today()

    def _prepare_lifecycle_vals(self, lifecycle, reason, day):
        """Return what a hand-set lifecycle is stored as: an entry that the judgement reads."""
        vals = {"lifecycle_reason": reason, "lifecycle_user_id": self.env.uid}
        if lifecycle == "lead":
            vals["manual_lead_date"] = day
        elif lifecycle == "client":
            vals.update(opening_client_date=day, opening_origin=self._get_opening_origin())
        else:
            vals.update(manual_lead_date=False, opening_client_date=False)
        return vals

    def _check_reached(self, lifecycle):
        """Refuse a step back in silence: the documents say more than the person."""
        further = self.filtered(lambda profile: profile.lifecycle != lifecycle)
        if further:
            message = self.env._(
                "the documents of %s prove more than that. It goes back only when the document is "
                "cancelled or deleted.",
                ", ".join(further[:5].mapped("name")),
            )
            self._raise_first({"lifecycle": message})

    def action_lock(self):
        """Keep the present lifecycle, whatever the documents say."""
        self._check_manager()
        self.sudo().write({"lifecycle_locked": True, "lifecycle_user_id": self.env.uid})

    def action_unlock(self):
        """Let the documents decide again."""
        self._check_manager()
        self.sudo().lifecycle_locked = False

    def action_set_lifecycle(self):
        """Open the dialog that sets the lifecycle by hand."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set lifecycle"),
            "res_model": "cartera.lifecycle.set",
            "view_mode": "form",
            "target": "new",
            "context": {"default_profile_ids": self.ids},
        }

    def _check_manager(self):
        self.check_access("write")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a sales manager may do this."))

    # ------------------------------------------------------------------
    # In and out of the portfolio
    # ------------------------------------------------------------------

    def action_exclude(self):
        """Take accounts out of the portfolio, with their figures."""
        self._check_manager()
        self.sudo().write({"excluded": True, "active": False})
        message = self.env._("Taken out of the portfolio: %s", len(self))
        return self._notify(message, reload=True)

    def action_include(self):
        """Take accounts back into the portfolio."""
        self._check_manager()
        back = self.sudo().filtered("excluded")
        back.write({"excluded": False, "active": True})
        back._refresh_now()
        return self._notify(self.env._("Back in the portfolio: %s", len(back)), reload=True)

    @api.model
    def _ensure(self, partners, company=None, origin="hand"):
        """Return the profiles of the partners' accounts in one company, made where missing.

        Accounts that were taken out of the portfolio are left out; so are the company's own partners.
        """
        root = (company or self.env.company).root_id
        accounts = partners.commercial_partner_id
        domain = [("partner_id", "in", accounts.ids), ("company_id", "=", root.id)]
        everyone = self.sudo().with_context(active_test=False)
        known = everyone.search(domain)
        missing = (accounts - known.partner_id).sudo().filtered(lambda p: not p.ref_company_ids)
        if missing:
            vals_list = [
                {"partner_id": partner.id, "company_id": root.id, "origin": origin}
                for partner in missing
            ]
            # As superuser: a lead of a colleague, a policy, an import reach accounts of others too.
            known |= everyone._create_unless_just_made(vals_list)
        return known.filtered(lambda profile: not profile.excluded).with_env(self.env)

    @api.model
    def _create_unless_just_made(self, vals_list):
        """Create rows that this transaction does not see.

        If a drain or a colleague has just made one, nobody did anything wrong: Odoo starts the
        request again, and then it is there.
        """
        try:
            with self.env.cr.savepoint():
                return self.create(vals_list)
        except psycopg2.errors.UniqueViolation as error:
            if error.diag.constraint_name != f"{self._table}_partner_company_uniq":
                raise
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _install_demo(self):
        """Generate the demo data; the demo file calls it."""
        from ..demo import generate

        generate(self.env)
