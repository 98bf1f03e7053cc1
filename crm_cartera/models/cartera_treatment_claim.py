"""Which accounts a treatment takes: claimed by one statement, none twice."""

from datetime import timedelta

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

#: An entry of so many days ago is not treated as one any more: the job stood still.
ENTRY_DAYS = 30
#: What a claim reads and Odoo may not have written yet.
READ = (
    "cartera.segment",
    "cartera.profile",
    "cartera.treatment",
    "cartera.treatment.line",
    "mail.activity",
    "mail.activity.plan",
    "mail.activity.plan.template",
)


class CarteraTreatment(models.Model):
    _inherit = "cartera.treatment"

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    @api.model
    def _sql_members(self, joins=None) -> SQL:
        """Return FROM and WHERE: accounts ``p`` in segments ``s`` with a plan ``t`` for them.

        ``u``: their salesperson, unless he has left. ``e`` (id, date, kind): how they came into the
        segment; they are in it, so that the last of their moves there is the one. None if not known.
        """
        return SQL(
            """FROM cartera_segment s
               JOIN mail_activity_plan t ON t.id = s.plan_id AND t.active
               JOIN cartera_profile_segment_rel r ON r.segment_id = s.id
               JOIN cartera_profile p ON p.id = r.profile_id AND p.active AND p.excluded IS NOT TRUE
          LEFT JOIN res_users u ON u.id = p.user_id AND u.active
          LEFT JOIN res_company c ON c.id = t.company_id
          LEFT JOIN LATERAL (SELECT m.id, m.date, m.kind FROM cartera_segment_move m
                              WHERE m.profile_id = p.id AND m.segment_id = s.id
                           ORDER BY m.id DESC LIMIT 1) e ON TRUE
               %s
              WHERE EXISTS (SELECT FROM mail_activity_plan_template x WHERE x.plan_id = t.id)
                AND (c.id IS NULL OR split_part(c.parent_path, '/', 1)::int = p.company_id)""",
            joins or SQL(),
        )

    @api.model
    def _sql_treated(self) -> SQL:
        """Return the condition that account ``p`` has plan ``t`` already.

        It got it when it entered segment ``s``, or is to get it, or the plan's activities are open on
        it, whichever segment they are from.
        """
        return SQL(
            """EXISTS (SELECT FROM cartera_treatment_line l
                        WHERE l.profile_id = p.id AND l.plan_id = t.id
                          AND (l.state = 'waiting'
                               OR l.state = 'done' AND l.segment_id = s.id
                                  AND l.entry_id = COALESCE(e.id, 0)
                               OR EXISTS (SELECT FROM mail_activity a
                                           WHERE a.cartera_treatment_line_id = l.id AND a.active)))"""
        )

    @api.model
    def _sql_entered(self, company) -> SQL:
        """Return the condition that account ``p`` of a company entered ``s`` and nobody treated that.

        Those that entered because the rule was changed, or before it was switched on, did not.
        """
        today = self.env["cartera.policy"]._for(company)._today()
        return SQL(
            """s.apply_on_entry AND s.active AND p.company_id = %s
               AND e.kind = 'account' AND e.id > COALESCE(s.entry_after_id, 0) AND e.date >= %s
               AND NOT EXISTS (SELECT FROM cartera_treatment_line l
                                WHERE l.profile_id = p.id AND l.segment_id = s.id
                                  AND l.entry_id = e.id)""",
            company.id,
            today - timedelta(days=ENTRY_DAYS),
        )

    @api.model
    def _flush_claimed(self):
        for model in READ:
            self.env[model].flush_model()

    # ------------------------------------------------------------------
    # Look
    # ------------------------------------------------------------------

    @api.model
    def _count_members(self, segments, profiles) -> list[tuple]:
        """Return [(segment, company, salesperson or None, accounts, how many have the plan already)].

        Ids, no records. ``profiles``: the query of the accounts to look at. One statement, however many.
        """
        self._flush_claimed()
        return self.env.execute_query(
            SQL(
                """SELECT s.id, p.company_id, u.id, COUNT(*), COUNT(*) FILTER (WHERE %(treated)s)
                          %(members)s AND s.id = ANY(%(segments)s) AND p.id IN %(profiles)s
                 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
                treated=self._sql_treated(),
                members=self._sql_members(),
                segments=segments.ids,
                profiles=profiles.subselect(),
            )
        )

    @api.model
    def _has_entries(self, company, profile_ids) -> bool:
        """Tell whether any of these accounts entered a segment that applies its plan on entry."""
        segments = self.env["cartera.segment"].sudo()
        if not segments.search_count([("apply_on_entry", "=", True)], limit=1):
            return False
        query = SQL(
            "SELECT EXISTS (SELECT %s AND %s AND p.id = ANY(%s))",
            self._sql_members(),
            self._sql_entered(company),
            profile_ids,
        )
        return self.env.execute_query(query)[0][0]

    # ------------------------------------------------------------------
    # Claim
    # ------------------------------------------------------------------

    @api.model
    def _prepare_treatment_vals(self, segment, company, kind, date) -> dict:
        """Return the values of a new treatment; extensions add theirs."""
        return {
            "segment_id": segment.id,
            "company_id": company.id,
            "plan_id": segment.plan_id.id,
            "plan_name": segment.plan_id.name,
            "kind": kind,
            "date": date,
            "other_user_id": segment.treatment_user_id.id,
        }

    def _claim(self, condition: SQL) -> int:
        """Take the accounts of these treatments' segments that meet a condition; return how many.

        Two that do it at once never take the same entry of an account: the second finds it taken. One
        that was left out may be tried again.
        """
        self._flush_claimed()
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO cartera_treatment_line AS mine (
                          treatment_id, profile_id, company_id, segment_id, plan_id, entry_id,
                          entry_date, state, activity_count, told,
                          create_uid, write_uid, create_date, write_date)
                   SELECT h.id, p.id, p.company_id, s.id, t.id, COALESCE(e.id, 0),
                          e.date, 'waiting', 0, FALSE,
                          %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                          %(members)s AND %(condition)s
                 ORDER BY h.id, p.id
                       ON CONFLICT (profile_id, segment_id, plan_id, entry_id) DO UPDATE
                      SET treatment_id = EXCLUDED.treatment_id, state = 'waiting', reason = NULL,
                          error = NULL, told = FALSE
                    WHERE mine.state = 'skipped'
                RETURNING mine.id""",
                uid=SUPERUSER_ID,
                members=self._sql_members(
                    SQL(
                        """JOIN cartera_treatment h ON h.segment_id = s.id AND h.plan_id = t.id
                                AND h.company_id = p.company_id AND h.id = ANY(%s)""",
                        self.ids,
                    )
                ),
                condition=condition,
            )
        )
        self.env["cartera.treatment.line"].invalidate_model()
        self.invalidate_recordset()
        return len(rows)

    @api.model
    def _claim_entries(self, company) -> int:
        """Take the accounts of a company that entered segments with a plan on entry; return how many."""
        self._flush_claimed()
        entered = self._sql_entered(company)
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT s.id %s AND %s ORDER BY s.id", self._sql_members(), entered)
        )
        if not rows:
            return 0
        segments = self.env["cartera.segment"].browse(segment for (segment,) in rows)
        return self._get_entry_treatments(segments, company)._claim(entered)

    def _is_as_segment(self) -> bool:
        """Tell whether the segment still says what it said when this one was made."""
        self.ensure_one()
        segment = self.segment_id
        return (self.plan_id, self.other_user_id) == (segment.plan_id, segment.treatment_user_id)

    @api.model
    def _get_entry_treatments(self, segments, company):
        """Return the treatments of today's entries into segments, one each; make those missing."""
        today = self.env["cartera.policy"]._for(company)._today()
        found = self.search(
            [
                ("kind", "=", "entry"),
                ("company_id", "=", company.id),
                ("date", "=", today),
                ("segment_id", "in", segments.ids),
            ]
        ).filtered(lambda treatment: treatment._is_as_segment())
        found.state = "running"
        missing = segments - found.segment_id
        return found | self.create(
            [self._prepare_treatment_vals(segment, company, "entry", today) for segment in missing]
        )
