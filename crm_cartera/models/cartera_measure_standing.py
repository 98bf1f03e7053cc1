"""Financial and customer: how the portfolio stands on a day.

Of today the profiles know it; of a past day the documents up to it tell.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure

#: Accounts whose share of the revenue tells how much depends on a few.
LARGEST = 10


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "overdue_share": Measure(unit="percent", form="ratio"),
            "top_ten_share": Measure(unit="percent", form="ratio", top=LARGEST),
            "categories_per_client": Measure(unit="count", form="ratio"),
            # Potentials are typed and kept without their dates.
            "share_of_wallet": Measure(unit="percent", form="ratio", past="none"),
        }

    @api.model
    def _sql_of_accounts(self, span, figures: SQL) -> SQL:
        """Return FROM of facts ``f``, whose first column is ``partner_id``, and their profiles ``p``."""
        return SQL(
            """FROM (%s) f JOIN cartera_profile p
                 ON p.partner_id = f.partner_id AND p.company_id = %s""",
            figures,
            span.company_id,
        )

    @api.model
    def _get_own_accounts(self, span, population) -> Domain:
        """Return the accounts of a population, archived ones too, as the figures count them."""
        return (
            Domain("company_id", "=", span.company_id)
            & Domain("excluded", "=", False)
            & Domain("active", "in", [True, False])
            & Domain(population)
        )

    @api.model
    def _get_accounts_of(self, span, population, query: SQL) -> tuple[str, Domain]:
        """Return (model name, condition) of the accounts whose ids are a query's first column."""
        accounts = self._get_own_accounts(span, population)
        behind = accounts & Domain("id", "in", self._get_ids(query))
        known = self._get_visible("cartera.profile", behind)
        return "cartera.profile", accounts & known

    @api.model
    def _get_visible(self, model, domain: Domain) -> Domain:
        """Return the condition that names those records of a domain that the user may read.

        Figures are worked out with every right, but a condition goes to the browser: it must not tell which
        of the others' accounts or documents are behind a figure.
        """
        records = self.env[model].sudo(False).with_context(active_test=False)
        return Domain("id", "in", records.search(domain).ids)

    # ------------------------------------------------------------------
    # Receivables
    # ------------------------------------------------------------------

    def _measure_overdue_share(self, span) -> SQL:
        """What is overdue at the end of the day / all that is owed then.

        Posted receivable lines less what was matched by then, unallocated payments included; overdue is
        what was due before the day. None: nothing is owed.
        """
        if span.running:
            return SQL(
                """SELECT p.id AS profile_id, NULL::int AS user_id, p.overdue AS numerator,
                          p.receivable AS denominator
                     FROM cartera_profile p WHERE p.company_id = %s AND p.receivable <> 0""",
                span.company_id,
            )
        owed = self.env["cartera.facts"]._query_receivable(span.facts)
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id, f.overdue AS numerator,
                      f.receivable AS denominator %s WHERE f.receivable <> 0""",
            self._sql_of_accounts(
                span,
                SQL("SELECT * FROM (%s) o (partner_id, receivable, overdue)", owed),
            ),
        )

    def _records_overdue_share(self, span, population):
        """Return the accounts that owe something."""
        if span.running:
            # Unequal zero would find those of whom nothing is known.
            owes = Domain("receivable", ">", 0) | Domain("receivable", "<", 0)
            return "cartera.profile", self._get_own_accounts(span, population) & owes
        return self._get_accounts_of(span, population, self._measure_overdue_share(span))

    # ------------------------------------------------------------------
    # Concentration
    # ------------------------------------------------------------------

    def _measure_top_ten_share(self, span) -> SQL:
        """Revenue of the ten largest accounts / revenue of all, both in the window up to the day.

        Accounts whose net revenue of the window is above zero. Of a salesperson, team or segment: its own
        ten largest in its own revenue. None: no revenue.
        """
        if span.running:
            revenue = SQL(
                """SELECT p.id AS profile_id, p.revenue_12m AS revenue FROM cartera_profile p
                    WHERE p.company_id = %s AND p.revenue_12m > 0""",
                span.company_id,
            )
        else:
            revenue = SQL(
                """SELECT d.profile_id, SUM(d.amount) AS revenue FROM (%s) d
                    WHERE d.day > %s GROUP BY d.profile_id HAVING SUM(d.amount) > 0""",
                self._sql_documents(span, span.facts.window_start, span.as_of),
                span.facts.window_start,
            )
        return SQL(
            """SELECT r.profile_id, NULL::int AS user_id, r.revenue AS numerator,
                      r.revenue AS denominator FROM (%s) r""",
            revenue,
        )

    def _records_top_ten_share(self, span, population):
        """Return the accounts with revenue."""
        if span.running:
            accounts = self._get_own_accounts(span, population)
            return "cartera.profile", accounts & Domain("revenue_12m", ">", 0)
        return self._get_accounts_of(span, population, self._measure_top_ten_share(span))

    # ------------------------------------------------------------------
    # Breadth and share of wallet
    # ------------------------------------------------------------------

    def _measure_categories_per_client(self, span) -> SQL:
        """Mean number of categories that an account buys, of those with a purchase in the window.

        Categories with a net revenue above zero in the window. None: nobody bought.
        """
        if span.running:
            return SQL(
                """SELECT p.id AS profile_id, NULL::int AS user_id, p.categ_count AS numerator,
                          1 AS denominator
                     FROM cartera_profile p WHERE p.company_id = %s AND p.purchase_count_12m > 0""",
                span.company_id,
            )
        return SQL(
            """SELECT b.profile_id, NULL::int AS user_id, COALESCE(n.categories, 0) AS numerator,
                      1 AS denominator
                 FROM (%(buyers)s) b JOIN cartera_profile p ON p.id = b.profile_id
            LEFT JOIN (SELECT g.partner_id, COUNT(*) AS categories
                         FROM (SELECT l.partner_id, l.categ_id FROM (%(line)s) l
                                WHERE l.categ_id IS NOT NULL
                             GROUP BY l.partner_id, l.categ_id HAVING SUM(l.revenue) > 0) g
                     GROUP BY g.partner_id) n ON n.partner_id = p.partner_id""",
            buyers=self._sql_buyers(span),
            line=self.env["cartera.facts"]._sql_margin_line(span.facts),
        )

    @api.model
    def _sql_buyers(self, span) -> SQL:
        """Return SELECT (profile_id) of the accounts with a purchase in the window of a past day."""
        return SQL(
            "SELECT DISTINCT d.profile_id FROM (%s) d WHERE d.purchase AND d.day > %s",
            self._sql_documents(span, span.facts.window_start, span.as_of),
            span.facts.window_start,
        )

    def _records_categories_per_client(self, span, population):
        """Return the accounts that bought in the window."""
        if span.running:
            accounts = self._get_own_accounts(span, population)
            return "cartera.profile", accounts & Domain("purchase_count_12m", ">", 0)
        return self._get_accounts_of(span, population, self._sql_buyers(span))

    def _measure_share_of_wallet(self, span) -> SQL:
        """Revenue of the window / purchase potential, of the accounts whose potential is known.

        Whoever has a potential and bought nothing counts with 0. None: no potential is known.
        """
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      COALESCE(p.revenue_12m, 0) AS numerator, p.potential AS denominator
                 FROM cartera_profile p WHERE p.company_id = %s AND p.potential > 0""",
            span.company_id,
        )

    def _records_share_of_wallet(self, span, population):
        """Return the accounts whose potential is known."""
        accounts = self._get_own_accounts(span, population)
        return "cartera.profile", accounts & Domain("potential", ">", 0)
