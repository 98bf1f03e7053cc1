"""Cohorts: accounts by the month or quarter of their first purchase, and what became of them."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.date_utils import start_of

#: {period: its months}
PERIODS = {"month": 1, "quarter": 3}
LABELS = {"month": "MMM yyyy", "quarter": "QQQ yyyy"}
#: Cohorts on a screen at most.
COHORTS = 60


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_cohorts(self, period="month", count=12, user_id=None) -> dict:
        """Return the cohorts of the last periods, the earliest first.

        ``cohorts``: {date (its first day), label, accounts, cells}; ``cells``, one for each period from
        that day to the present one, which is not over: {accounts (with a purchase in it), revenue
        (untaxed, net of refunds)}.
        """
        starts = self._get_cohort_starts(period, count)
        sizes, bought = self._read_cohorts(period, starts, user_id)
        return {
            **self._prepare_screen(),
            "period": period,
            "cohorts": [
                {
                    "date": fields.Date.to_string(start),
                    "label": self._get_period_label(period, start),
                    "accounts": sizes.get(start, 0),
                    "cells": [
                        bought.get((start, age), {"accounts": 0, "revenue": 0.0})
                        for age in range(len(starts) - number)
                    ],
                }
                for number, start in enumerate(starts)
            ],
        }

    @api.model
    @api.readonly
    def open_cohort(
        self, start, age=None, period="month", measure="accounts", user_id=None
    ) -> dict:
        """Open the accounts of a cohort: all, or those behind a cell, so many periods later.

        ``measure`` of the cell: behind "accounts" are those with a purchase, behind "revenue" those with
        any document: a refund makes part of it too.
        """
        start = fields.Date.to_date(start)
        label = self._get_period_label(period, start)
        if age is None:
            domain = self._get_cohort_domain(period, start, start, user_id)
            return self._open_accounts(self.env._("Cohort of %s", label), domain)
        later = start + relativedelta(months=PERIODS[period] * int(age))
        words = {"cohort": label, "period": self._get_period_label(period, later)}
        if measure == "revenue":
            name = self.env._("Cohort of %(cohort)s: revenue in %(period)s", **words)
        else:
            name = self.env._("Cohort of %(cohort)s: purchases in %(period)s", **words)
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT profile_id FROM (%s) bought
                    WHERE age = %s AND (is_purchase OR %s) ORDER BY profile_id""",
                self._query_cohort_documents(period, start, start, user_id),
                int(age),
                measure == "revenue",
            )
        )
        return self._open_accounts(name, Domain("id", "in", [row[0] for row in rows]))

    # ------------------------------------------------------------------

    @api.model
    def _get_cohort_starts(self, period, count) -> list:
        """Return the first days of the last periods, the present one included."""
        present = start_of(self._get_policy()._today(), period)
        count = max(1, min(int(count), COHORTS))
        step = relativedelta(months=PERIODS[period])
        return [present - step * back for back in reversed(range(count))]

    @api.model
    def _get_period_label(self, period, start) -> str:
        return format_date(self.env, start, date_format=LABELS[period])

    @api.model
    def _get_cohort_domain(self, period, first, last, user_id) -> Domain:
        """Return the condition of the accounts of the cohorts from one to another."""
        end = last + relativedelta(months=PERIODS[period])
        domain = self._get_population(user_id)
        return domain & Domain(
            [("first_purchase_date", ">=", first), ("first_purchase_date", "<", end)]
        )

    @api.model
    def _read_cohorts(self, period, starts, user_id) -> tuple[dict, dict]:
        """Return {start: accounts} and {(start, age): {accounts, revenue}}."""
        domain = self._get_cohort_domain(period, starts[0], starts[-1], user_id)
        groups = self._get_profiles()._read_group(
            domain, [f"first_purchase_date:{period}"], ["__count"]
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT cohort, age, COUNT(DISTINCT profile_id) FILTER (WHERE is_purchase),
                          SUM(amount)
                     FROM (%s) bought GROUP BY cohort, age""",
                self._query_cohort_documents(period, starts[0], starts[-1], user_id),
            )
        )
        bought = {
            (start, age): {"accounts": accounts, "revenue": revenue}
            for start, age, accounts, revenue in rows
        }
        return dict(groups), bought

    @api.model
    def _query_cohort_documents(self, period, first, last, user_id) -> SQL:
        """Return SELECT (profile_id, cohort, age, amount, is_purchase) of the cohorts' documents.

        Documents are read as the user may; which of them are purchases is everybody's to know.
        """
        documents = self.env["cartera.document"].with_context(active_test=False)
        facts = self.env["cartera.facts"].sudo()
        query = documents._search(
            Domain("profile_id", "any", self._get_cohort_domain(period, first, last, user_id))
            & Domain("invoice_date", "<=", self._get_policy()._today())
        )
        names = ("id", "profile_id", "invoice_date", "amount_untaxed")
        columns = [SQL.identifier(documents._table, name) for name in names]
        return SQL(
            """SELECT d.profile_id, c.cohort, d.amount_untaxed AS amount, f.purchase AS is_purchase,
                      ((EXTRACT(YEAR FROM c.later) - EXTRACT(YEAR FROM c.cohort)) * 12
                       + EXTRACT(MONTH FROM c.later) - EXTRACT(MONTH FROM c.cohort))::int
                      / %(months)s AS age
                 FROM %(documents)s d
                 JOIN cartera_profile p ON p.id = d.profile_id
           CROSS JOIN LATERAL (SELECT date_trunc(%(period)s, p.first_purchase_date)::date AS cohort,
                                      date_trunc(%(period)s, d.invoice_date)::date AS later) c
                 JOIN (%(facts)s) f ON f.id = d.id""",
            months=PERIODS[period],
            period=period,
            documents=query.subselect(*columns),
            facts=facts._sql_document(facts._get_scope(self._get_company())),
        )
