"""Internal: what is planned with the accounts, and what is late."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure


class CarteraMeasure(models.AbstractModel):
    """As it is today: nothing tells what was planned on a day that is over."""

    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "next_action_coverage": Measure(unit="percent", form="ratio", past="none"),
            "overdue_actions": Measure(unit="count", form="stock", past="none"),
        }

    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "next_action_coverage": self.env._("Accounts with a next action"),
            "overdue_actions": self.env._("Overdue actions"),
        }

    def _measure_next_action_coverage(self, span) -> SQL:
        """Accounts with a next action, late ones too / accounts; archived accounts are left out.

        A prospect, lead or client alike. None: no accounts.
        """
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      (p.next_action_date IS NOT NULL)::int::numeric AS numerator,
                      1::numeric AS denominator
                 FROM cartera_profile p WHERE %s""",
            self._sql_active_accounts(span),
        )

    def _records_next_action_coverage(self, span, population):
        """Return the accounts."""
        return "cartera.profile", self._get_active_accounts(span, population)

    def _measure_overdue_actions(self, span) -> SQL:
        """Open activities due before today, on active contacts and open leads of the accounts.

        They are those of whom they are assigned to; of the account's salesperson if of nobody. Nothing
        is late: 0.
        """
        return SQL(
            """SELECT o.profile_id, o.user_id, COUNT(*)::numeric AS numerator,
                      NULL::numeric AS denominator
                 FROM (%s) o GROUP BY o.profile_id, o.user_id""",
            self._sql_overdue(span),
        )

    def _sql_overdue(self, span) -> SQL:
        """Return SELECT (id, profile_id, user_id) of the activities that are late."""
        return SQL(
            """SELECT a.id, x.id AS profile_id, COALESCE(a.user_id, x.user_id) AS user_id
                 FROM (%(activity)s) a
                 JOIN cartera_profile x
                   ON x.partner_id = a.partner_id AND x.company_id = %(company)s
                WHERE x.excluded IS NOT TRUE AND a.day < %(today)s""",
            activity=self.env["cartera.facts"]._sql_open_activity(span.facts),
            company=span.company_id,
            today=span.today,
        )

    def _records_overdue_actions(self, span, population):
        """Return the activities."""
        ids = self._get_ids(
            SQL(
                "SELECT o.id FROM (%s) o WHERE %s",
                self._sql_overdue(span),
                self._sql_in_population(span, population, SQL("o.profile_id"), SQL("o.user_id")),
            )
        )
        return "mail.activity", self._get_visible("mail.activity", Domain("id", "in", ids))
