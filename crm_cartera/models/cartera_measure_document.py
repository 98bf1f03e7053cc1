"""Financial: the revenue of a period, of whom it is, and whether key segments grow."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure


class CarteraMeasure(models.AbstractModel):
    """Documents are those of the facts: posted, untaxed, company currency, refunds negative.

    They count for the accounts in the portfolio, archived ones too, and for the salesperson of today.
    """

    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "net_revenue": Measure(unit="money", form="flow"),
            "key_segment_growth": Measure(unit="percent", form="ratio"),
            "revenue_per_client": Measure(unit="money", form="ratio"),
        }

    # ------------------------------------------------------------------
    # Shared
    # ------------------------------------------------------------------

    @api.model
    def _sql_documents(self, span, first: date, last: date, each=False) -> SQL:
        """Return SELECT (id, profile_id, day, amount, purchase) of the documents of some days.

        Whether one is a purchase is known as of the span's day: a refund of later takes nothing back.
        PostgreSQL drops the search for refunds where a caller does not ask for ``purchase``; ``each``:
        whoever asks for it reads few documents.
        """
        return SQL(
            """SELECT d.id, p.id AS profile_id, d.day, d.amount, d.purchase
                 FROM (%(document)s) d
                 JOIN cartera_profile p
                   ON p.partner_id = d.partner_id AND p.company_id = %(company)s
                WHERE d.day >= %(first)s AND d.day <= %(last)s""",
            document=self.env["cartera.facts"]._sql_document(span.facts, each),
            company=span.company_id,
            first=first,
            last=last,
        )

    @api.model
    def _sql_period_documents(self, span, purchases=False) -> SQL:
        """Return :meth:`_sql_documents` of the period; ``purchases``: the caller asks which are purchases."""
        few = purchases and span.period.kind == "month"
        return self._sql_documents(span, span.start, span.as_of, few)

    @api.model
    def _get_documents(self, span, population, first=None, last=None) -> tuple[str, Domain]:
        """Return (model name, condition) of the documents of accounts, of the period unless told."""
        return (
            "cartera.document",
            Domain("company_id", "=", span.company_id)
            & Domain("invoice_date", ">=", first or span.start)
            & Domain("invoice_date", "<=", last or span.as_of)
            & Domain("profile_id", "any", Domain(population)),
        )

    # ------------------------------------------------------------------
    # Revenue
    # ------------------------------------------------------------------

    def _measure_net_revenue(self, span) -> SQL:
        """Untaxed revenue of the documents of the period, net of credit notes, company currency.

        Never None: without documents it is 0.
        """
        return SQL(
            """SELECT d.profile_id, NULL::int AS user_id, SUM(d.amount) AS numerator,
                      NULL::numeric AS denominator
                 FROM (%s) d GROUP BY d.profile_id""",
            self._sql_period_documents(span),
        )

    def _records_net_revenue(self, span, population):
        """Return the documents of the period."""
        return self._get_documents(span, population)

    def _measure_revenue_per_client(self, span) -> SQL:
        """Net revenue of the period / accounts with a purchase in it.

        A refund to somebody who bought nothing lowers the revenue and adds no client. None: nobody bought.
        """
        return SQL(
            """SELECT d.profile_id, NULL::int AS user_id, SUM(d.amount) AS numerator,
                      bool_or(d.purchase)::int::numeric AS denominator
                 FROM (%s) d GROUP BY d.profile_id""",
            self._sql_period_documents(span, purchases=True),
        )

    def _records_revenue_per_client(self, span, population):
        """Return the documents of the period."""
        return self._get_documents(span, population)

    # ------------------------------------------------------------------
    # Growth in key segments
    # ------------------------------------------------------------------

    def _measure_key_segment_growth(self, span) -> SQL:
        """Revenue of the period of the accounts in key segments / that of the year before, less 1.

        Accounts that are today in a segment marked as key, each once. A running period compares with the
        same days of the year before. Segments whose rule reads margins are left out: the figure is for
        those too who may not see margins. None: the revenue of the year before is not above zero.
        """
        first, last = self._get_year_before(span)
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      SUM(CASE WHEN d.day > %(last)s THEN d.amount ELSE -d.amount END) AS numerator,
                      COALESCE(SUM(d.amount) FILTER (WHERE d.day <= %(last)s), 0) AS denominator
                 FROM (%(now)s UNION ALL %(before)s) d
                 JOIN cartera_profile p
                   ON p.partner_id = d.partner_id AND p.company_id = %(company)s
                WHERE p.id IN (%(key)s)
             GROUP BY p.id""",
            last=last,
            now=self._sql_amounts(span, span.start, span.as_of),
            before=self._sql_amounts(span, first, last),
            company=span.company_id,
            key=self._sql_key_accounts(),
        )

    @api.model
    def _sql_amounts(self, span, first, last) -> SQL:
        return SQL(
            """SELECT d.partner_id, d.day, d.amount FROM (%s) d
                WHERE d.day >= %s AND d.day <= %s""",
            self.env["cartera.facts"]._sql_document(span.facts),
            first,
            last,
        )

    @api.model
    def _sql_key_accounts(self) -> SQL:
        """Return SELECT (profile_id) of the accounts of key segments, whoever may see the segments."""
        return SQL(
            """SELECT r.profile_id FROM cartera_profile_segment_rel r
                 JOIN cartera_segment s ON s.id = r.segment_id
                WHERE s.is_key AND s.active AND s.reads_margin IS NOT TRUE"""
        )

    @api.model
    def _get_year_before(self, span) -> tuple[date, date]:
        """Return the first and last day of the period of the year before that the span compares with."""
        period = span.period.last_year()
        if span.as_of >= span.period.end:
            return period.start, period.end
        return period.start, min(span.as_of - relativedelta(years=1), period.end)

    def _records_key_segment_growth(self, span, population):
        """Return the documents of both years of the accounts in key segments."""
        key = Domain("segment_ids", "any", self._get_key_domain())
        accounts = Domain(population) & key
        model, before = self._get_documents(span, accounts, *self._get_year_before(span))
        return model, before | self._get_documents(span, accounts)[1]

    @api.model
    def _get_key_domain(self) -> Domain:
        return (
            Domain("is_key", "=", True)
            & Domain("active", "=", True)
            & Domain("reads_margin", "=", False)
        )
