"""The interactions of all accounts in the days that the scorecard counts."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..models.cartera_measure_contact import RECENT

#: Context key: the last of the days.
UNTIL = "cartera_until"


class CarteraInteraction(models.Model):
    """With the day ``cartera_until`` in the context, and no account: those of all accounts up to that day.

    Of the current company, and of the days that the scorecard counts: so few are found by their date.
    """

    _inherit = "cartera.interaction"

    @property
    def _table_query(self):
        until = self.env["cartera.migration"]._to_date(self.env.context.get(UNTIL))
        if self.env.context.get("cartera_profile_id") or not until:
            return super()._table_query
        return self._select_of_all(until)

    @api.model
    def _select_of_all(self, until) -> SQL:
        """Return the rows up to a day.

        A meeting with two accounts is a row of each: the id holds both, in the 53 bits that a browser
        counts with.
        """
        facts = self.env["cartera.facts"].sudo()
        scope = facts._get_scope(self.env.company, until)
        return SQL(
            """SELECT (x.id::bigint << 33) + i.source_id::bigint * 4
                      + CASE i.kind WHEN 'activity' THEN 0 WHEN 'meeting' THEN 1 ELSE 2 END AS id,
                      x.id AS profile_id, x.company_id, i.day AS date, i.kind, i.user_id,
                      i.source_id AS res_id
                 FROM (%(interactions)s) i
                 JOIN cartera_profile x
                   ON x.partner_id = i.partner_id AND x.company_id = %(company)s
                WHERE x.excluded IS NOT TRUE""",
            interactions=facts._sql_interactions_since(scope, until - timedelta(days=RECENT)),
            company=scope.company_id,
        )
