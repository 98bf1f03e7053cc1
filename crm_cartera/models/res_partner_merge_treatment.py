"""What was scheduled on accounts that are folded stays with the account that is left."""

from odoo import models
from odoo.tools import SQL


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    def _take_over_past(self, others):
        """Take over what was scheduled on the accounts folded into this one."""
        result = super()._take_over_past(others)
        self.env["cartera.treatment.line"].flush_model()
        # Of several, the plan on one entry without a move: one stays.
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_treatment_line l SET profile_id = %(kept)s
                     FROM (SELECT DISTINCT ON (segment_id, plan_id, entry_id) id
                             FROM cartera_treatment_line WHERE profile_id = ANY(%(others)s)
                         ORDER BY segment_id, plan_id, entry_id, id) first
                    WHERE first.id = l.id AND NOT EXISTS (
                          SELECT FROM cartera_treatment_line o
                           WHERE o.profile_id = %(kept)s AND o.segment_id = l.segment_id
                             AND o.plan_id = l.plan_id AND o.entry_id = l.entry_id)""",
                kept=self.id,
                others=others.ids,
            )
        )
        self.env["cartera.treatment.line"].invalidate_model()
        return result
