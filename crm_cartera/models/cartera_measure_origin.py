"""Customer: revenue from origins that are new."""

from odoo import api, models
from odoo.tools import SQL

from .cartera_measure import Measure


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "new_origin_revenue": Measure(unit="money", form="flow"),
        }

    def _measure_new_origin_revenue(self, span) -> SQL:
        """Revenue of the period from accounts whose origin was first used within 12 months.

        An account's origin is the source of its first lead. It was first used by the first lead of the
        company that names it, no earlier than 12 months before the end of the period (today, if it is
        running). Never None.
        """
        return SQL(
            """SELECT d.profile_id, NULL::int AS user_id, SUM(d.amount) AS numerator,
                      NULL::numeric AS denominator
                 FROM (%s) d WHERE d.profile_id IN (%s)
             GROUP BY d.profile_id""",
            self._sql_period_documents(span),
            self._sql_new_origin_accounts(span),
        )

    @api.model
    def _sql_new_origin_accounts(self, span) -> SQL:
        """Return SELECT (profile_id) of the accounts whose origin is new."""
        return SQL(
            """SELECT o.profile_id FROM (%s) o JOIN (%s) n ON n.id = o.source_id""",
            self._sql_origins(span),
            self._sql_new_origins(span),
        )

    @api.model
    def _sql_origins(self, span) -> SQL:
        """Return SELECT (profile_id, source_id) of the accounts that had an origin on the day."""
        if span.running:
            return SQL(
                """SELECT p.id AS profile_id, p.first_source_id AS source_id
                     FROM cartera_profile p
                    WHERE p.company_id = %s AND p.first_source_id IS NOT NULL""",
                span.company_id,
            )
        names = "partner_id, lead_id, day, source_id, medium_id, campaign_id, leads, open, pipeline"
        leads = SQL(
            "SELECT f.partner_id, f.source_id FROM (%s) f (%s)",
            self.env["cartera.facts"]._query_leads(span.facts),
            SQL(names),
        )
        return SQL("SELECT p.id AS profile_id, f.source_id %s", self._sql_of_accounts(span, leads))

    @api.model
    def _sql_new_origins(self, span) -> SQL:
        """Return SELECT (id) of the sources that no lead of the company had before they could be new.

        Each is looked up by itself: the first old lead that is found is enough.
        """
        facts = self.env["cartera.facts"]
        return SQL(
            """SELECT u.id FROM utm_source u
                WHERE (SELECT TRUE FROM crm_lead l LEFT JOIN res_partner p ON p.id = l.partner_id
                        WHERE l.source_id = u.id AND %(counted)s AND %(day)s <= %(since)s
                        LIMIT 1) IS NULL""",
            counted=facts._sql_counted_lead(span.facts),
            day=span.facts.day(SQL("COALESCE(l.cartera_first_date, l.create_date)")),
            since=self._get_new_since(span),
        )

    def _records_new_origin_revenue(self, span, population):
        """Return the documents of the period of the accounts from new origins."""
        query = self._sql_new_origin_accounts(span)
        return self._get_documents(span, self._get_accounts_of(span, population, query)[1])
