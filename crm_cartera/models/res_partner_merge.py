"""Merging contacts folds their profiles, company by company."""

import logging

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from .cartera_engine import TRANSIENT
from .cartera_facts import PURCHASE_TYPES

_logger = logging.getLogger(__name__)

EARLIEST = ("prospect_date", "first_contact_date", "manual_lead_date", "opening_client_date")
LATEST = ("opening_last_purchase_date",)
FILLED = (
    "potential",
    "interest_categ_ids",
    "note",
    "opening_revenue",
    "opening_origin",
    "lifecycle_reason",
    "lifecycle_user_id",
    "first_source_id",
    "first_medium_id",
    "first_campaign_id",
)


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Fold profiles first: Odoo's generic code deletes all rows of the source on a conflict."""
        self.env["cartera.profile"]._fold(src_partners, dst_partner)
        self.env["mail.activity"]._cartera_move_done(src_partners, dst_partner)
        self.env["cartera.touch"]._touch_partners(dst_partner)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    def _fold(self, sources, target):
        """Fold the profiles of partners ``sources`` into those of ``target``, where it has one.

        Where it has none, the first source's row changes its owner.
        """
        model = self.sudo().with_context(active_test=False)
        rows = model.search([("partner_id", "in", (sources | target).ids)])
        for profiles in rows.grouped("company_id").values():
            kept = profiles.filtered(lambda profile: profile.partner_id == target) or profiles[0]
            kept._absorb(profiles - kept)
            kept._write_unjudged({"partner_id": target.id})
        self.env.flush_all()
        self._hand_over_past(target)

    def _absorb(self, others):
        """Take over the history and the entries of ``others``, then delete them."""
        if not others:
            return
        vals = self._prepare_folded_vals(others)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE cartera_transition SET profile_id = %s WHERE profile_id = ANY(%s)",
                self.id,
                others.ids,
            )
        )
        self._supersede_later()
        self._take_over_past(others)
        self.env["cartera.transition"].invalidate_model()
        others.invalidate_recordset()
        others.unlink()
        self._write_unjudged(vals)

    def _take_over_past(self, others):
        """Take over the snapshots of days on which this account has none, and what happened to it.

        Of a day that both have, this account's stays: medians and scores of two do not add up. Running
        that day again, from the documents that are one account's now, sets it right.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_snapshot s SET profile_id = %(kept)s
                     FROM (SELECT DISTINCT ON (date) id FROM cartera_snapshot
                            WHERE profile_id = ANY(%(others)s) ORDER BY date, id) first
                    WHERE s.id = first.id AND NOT EXISTS (
                          SELECT FROM cartera_snapshot mine
                           WHERE mine.profile_id = %(kept)s AND mine.date = s.date)""",
                kept=self.id,
                others=others.ids,
            )
        )
        for history in ("cartera.retention.change", "cartera.segment.move"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET profile_id = %s WHERE profile_id = ANY(%s)",
                    SQL.identifier(self.env[history]._table),
                    self.id,
                    others.ids,
                )
            )
            self.env[history].invalidate_model()
        self.env["cartera.snapshot"].invalidate_model()

    @api.model
    def _hand_over_past(self, partner):
        """Let the snapshots name the partner of their profile: they go when that one is deleted."""
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_snapshot s SET partner_id = p.partner_id FROM cartera_profile p
                    WHERE p.id = s.profile_id AND p.partner_id = %(partner)s
                      AND s.partner_id <> p.partner_id""",
                partner=partner.id,
            )
        )
        self.env["cartera.snapshot"].invalidate_model(["partner_id"])

    def _supersede_later(self):
        """Of several moves to one lifecycle the earliest stands."""
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_transition t SET superseded = TRUE FROM cartera_transition e
                    WHERE t.profile_id = %s AND e.profile_id = t.profile_id
                      AND e.to_lifecycle = t.to_lifecycle AND (e.date, e.id) < (t.date, t.id)
                      AND e.kind <> 'correction' AND t.kind <> 'correction'
                      AND e.superseded IS NOT TRUE AND t.superseded IS NOT TRUE""",
                self.id,
            )
        )

    def _prepare_folded_vals(self, others):
        """Earliest dates win, entries fill blanks, the higher urgency and any lock stay."""
        from ..analysis.lifecycle import MILESTONES, RANK

        every = self | others
        vals = {
            "urgency": max(profile.urgency or "0" for profile in every),
            "lifecycle_locked": any(every.mapped("lifecycle_locked")),
            "excluded": all(every.mapped("excluded")),
            "lifecycle": max(every.mapped("lifecycle"), key=RANK.get),
        }
        for names, choose in ((EARLIEST, min), (LATEST, max)):
            for name in names:
                days = [day for day in every.mapped(name) if day]
                vals[name] = choose(days) if days else False
        for names in MILESTONES.values():
            reached = every.filtered(names[0]).sorted(names[0])[:1]
            vals.update({name: reached[name] for name in names if reached})
        for name in FILLED:
            filled = next((profile[name] for profile in every if profile[name]), False)
            vals[name] = self._fields[name].convert_to_write(filled, self) if filled else False
        if vals["lifecycle"] != self.lifecycle:
            vals["stage_id"] = self._get_first_stage(vals["lifecycle"], self.company_id).id
        return vals

    def _fold_contacts(self, scope) -> tuple[list[int], set[int]]:
        """Fold accounts that became contacts of another account and never bought themselves.

        One that bought stays an account of its own: its documents name it. Returns the partner ids of
        the accounts that took them over, and the contacts left for later as somebody holds a row.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT p.id, p.commercial_partner_id FROM cartera_profile x
                     JOIN res_partner p ON p.id = x.partner_id AND p.commercial_partner_id <> p.id
                    WHERE x.company_id = %s AND %s
                      AND NOT EXISTS (SELECT FROM account_move m
                                       WHERE m.commercial_partner_id = p.id AND m.state = 'posted'
                                         AND m.move_type IN %s)
                 ORDER BY p.id""",
                scope.company_id,
                scope.accounts(SQL("x.partner_id")),
                PURCHASE_TYPES,
            )
        )
        accounts, busy = [], set()
        partners = self.env["res.partner"]
        for contact, account in rows:
            if self._try_to_fold(partners.browse(contact), partners.browse(account)):
                accounts.append(account)
            else:
                busy.add(contact)
        return accounts, busy

    def _try_to_fold(self, contact, account) -> bool:
        """Fold unless somebody holds a row of theirs, or one that these point to."""
        try:
            with self.env.cr.savepoint():
                held = self._try_to_hold([contact.id, account.id])
                if held:
                    self._fold(contact, account)
                return held
        except (*TRANSIENT, psycopg2.IntegrityError):
            _logger.info("Contact %s is folded later", contact.id, exc_info=True)
            return False

    def _try_to_hold(self, partner_ids) -> bool:
        """Lock the profiles of partners in all companies, unless somebody else holds one of them."""
        query = "SELECT id FROM cartera_profile WHERE partner_id = ANY(%s)"
        every = self.env.execute_query(SQL(query, partner_ids))
        held = self.env.execute_query(SQL(query + " FOR UPDATE SKIP LOCKED", partner_ids))
        # What somebody saved before we had the lock is read again.
        self.browse(profile for (profile,) in held).invalidate_recordset()
        return len(held) == len(every)
