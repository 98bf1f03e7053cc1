"""What several measures share: the accounts that count, borders of days, the leads of the company."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

#: What a population may ask of an account that says nothing of whose it is.
COMPANY_WIDE = frozenset(["company_id", "excluded", "user_id"])

#: Measures whose records are the interactions of some days, which the context tells.
BY_DAYS = frozenset(["interactions_per_salesperson"])


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
    def _sql_in_population(self, span, population, profile: SQL, owner: SQL) -> SQL:
        """Return the condition that what has an account and an owner of its own is of a scope.

        A population of a salesperson's or team's accounts asks who the ``owner`` is; one of a segment
        which account it is; one of a whole company asks nothing.
        """
        conditions = list(Domain(population).iter_conditions())
        found = [SQL("TRUE")]
        if users := [each for each in conditions if each.field_expr.split(".")[0] == "user_id"]:
            found.append(SQL("%s IN %s", owner, self._get_owners(users).subselect()))
        rest = [each for each in conditions if each.field_expr.split(".")[0] not in COMPANY_WIDE]
        if rest:
            found.append(SQL("%s IN %s", profile, self._get_accounts(span, rest).subselect()))
        return SQL(" AND ").join(found)

    @api.model
    def _get_owners(self, conditions):
        """Return the query of the users that conditions on an account's salesperson name."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return users._search(
            Domain.AND(
                Domain(each.field_expr.partition(".")[2] or "id", each.operator, each.value)
                for each in conditions
            )
        )

    @api.model
    def _get_accounts(self, span, conditions):
        """Return the query of the company's accounts of a population, whoever may read them."""
        accounts = self.env["cartera.profile"].sudo().with_context(active_test=False)
        mine = Domain("company_id", "=", span.company_id) & Domain("excluded", "=", False)
        return accounts._search(Domain.AND([mine, *conditions]))

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------

    @api.model
    def _get_midnight(self, span, day, later=0) -> datetime:
        """Return the UTC time at which a day, or one ``later``, begins in the company's zone."""
        start = datetime.combine(day + timedelta(days=later), time.min, ZoneInfo(span.facts.tz))
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
            counted=self.env["cartera.facts"]._sql_counted_lead(span.facts),
        )

    @api.model
    def _get_ids(self, query: SQL) -> list[int]:
        """Return the first column of a query, as the ORM left the database."""
        self.env.flush_all()
        return [row[0] for row in self.env.execute_query(query)]

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    @api.model
    def _get_records_context(self, code, span) -> dict:
        """Return the context in which the records behind a figure open."""
        return {"cartera_until": span.as_of.isoformat()} if code in BY_DAYS else {}
