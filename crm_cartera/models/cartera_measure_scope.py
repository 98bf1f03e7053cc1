"""What several measures share: the accounts that count, borders of days, the leads of the company."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    # ------------------------------------------------------------------
    # Accounts
    # ------------------------------------------------------------------

    @api.model
    def _sql_active_accounts(self, span) -> SQL:
        """Return the condition that profile ``p`` is in the company's portfolio and not archived."""
        return SQL(
            "p.company_id = %s AND p.excluded IS NOT TRUE AND p.active IS NOT FALSE",
            span.company_id,
        )

    @api.model
    def _get_active_accounts(self, span, population) -> Domain:
        """Return the accounts of :meth:`_sql_active_accounts` that are of the population."""
        return (
            Domain("company_id", "=", span.company_id)
            & Domain("excluded", "=", False)
            & Domain("active", "=", True)
            & Domain(population)
        )

    @api.model
    def _get_population_ids(self, span, population, column="id") -> SQL:
        """Return the subselect of a column of the population's accounts, whoever may read them."""
        accounts = self.env["cartera.profile"].sudo().with_context(active_test=False)
        mine = Domain("company_id", "=", span.company_id) & Domain("excluded", "=", False)
        return accounts._search(mine & Domain(population)).subselect(
            SQL.identifier("cartera_profile", column)
        )

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------

    @api.model
    def _get_midnight(self, span, day, later=0) -> datetime:
        """Return the UTC time at which a day, or one ``later``, begins in the company's zone."""
        start = datetime.combine(day + timedelta(days=later), time.min, ZoneInfo(span.tz))
        return start.astimezone(timezone.utc).replace(tzinfo=None)

    @api.model
    def _sql_in_span(self, span, column: SQL) -> SQL:
        """Return the condition that a UTC time is of a day of the period, not after ``as_of``."""
        return SQL(
            "(%(column)s >= %(start)s AND %(column)s < %(end)s)",
            column=column,
            start=self._get_midnight(span, span.start),
            end=self._get_midnight(span, span.as_of, 1),
        )

    # ------------------------------------------------------------------
    # Leads
    # ------------------------------------------------------------------

    @api.model
    def _sql_leads(self, span, condition: SQL) -> SQL:
        """Return FROM and WHERE of the leads ``l`` of the company that count (active, won or lost).

        ``x`` is the profile of its account, NULL if it has none; whether one is meant is the facts'
        definition. Leads of accounts that are not in the portfolio by decision do not count.
        """
        return SQL(
            """FROM crm_lead l
          LEFT JOIN res_partner p ON p.id = l.partner_id
          LEFT JOIN cartera_profile x
                 ON x.partner_id = p.commercial_partner_id AND x.company_id = %(company)s
              WHERE %(condition)s AND x.excluded IS NOT TRUE AND %(counted)s""",
            company=span.company_id,
            condition=condition,
            counted=self.env["cartera.facts"]._sql_counted_lead(span.scope),
        )

    @api.model
    def _get_ids(self, query: SQL) -> list[int]:
        """Return the first column of a query, as the ORM left the database."""
        self.env.flush_all()
        return [row[0] for row in self.env.execute_query(query)]
