"""Learning: how complete the records of the accounts are, and how many contacts there are."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_measure import Measure


class CarteraMeasure(models.AbstractModel):
    _inherit = "cartera.measure"

    def _get_measures(self):
        return {
            **super()._get_measures(),
            "record_completeness": Measure(unit="percent", form="ratio", past="none"),
            "portfolio_contacts": Measure(unit="count", form="stock", past="documents"),
        }

    def _get_measure_names(self):
        return {
            **super()._get_measure_names(),
            "record_completeness": self.env._("Completeness of account records"),
            "portfolio_contacts": self.env._("Contacts in the portfolio"),
        }

    # ------------------------------------------------------------------
    # Completeness
    # ------------------------------------------------------------------

    def _measure_record_completeness(self, span) -> SQL:
        """Mean completeness of the accounts, as stored: what their stages want and have.

        Sum over the accounts (wishes fulfilled / wishes) / accounts; archived accounts are left out, and
        those of which nothing is wanted. As it is when it is measured: nobody keeps when a field was
        filled in. None: no such accounts.
        """
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      p.completeness::numeric AS numerator, 1::numeric AS denominator
                 FROM cartera_profile p
                WHERE p.completeness IS NOT NULL AND %(accounts)s""",
            accounts=self._sql_active_accounts(span),
        )

    def _records_record_completeness(self, span, population):
        """Return the accounts of which something is wanted."""
        accounts = self._get_active_accounts(span, population)
        return "cartera.profile", accounts & Domain("completeness", "!=", False)

    # ------------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------------

    def _measure_portfolio_contacts(self, span) -> SQL:
        """Contacts on the day: the accounts in the portfolio and their people.

        Contacts created up to the day and not archived, of accounts not archived that were in the
        portfolio by then, as a prospect, a lead or a client. Of which account somebody is, and whether
        he is archived, is as of now. Nobody: 0.
        """
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id, c.contacts AS numerator,
                      NULL::numeric AS denominator
                 FROM (SELECT c.commercial_partner_id, COUNT(*)::numeric AS contacts
                         FROM res_partner c WHERE c.active AND %(created)s
                     GROUP BY c.commercial_partner_id) c
                 JOIN cartera_profile p ON p.partner_id = c.commercial_partner_id
                WHERE %(accounts)s AND %(entered)s""",
            accounts=self._sql_active_accounts(span),
            **self._sql_known_by(span),
        )

    def _sql_known_by(self, span) -> dict[str, SQL]:
        """Return the conditions that contact ``c`` was created, and account ``p`` entered, by the day."""
        if span.running:
            return {"created": SQL("TRUE"), "entered": SQL("TRUE")}
        return {
            "created": SQL("c.create_date < %s", self._get_midnight(span, span.as_of, 1)),
            "entered": SQL("LEAST(p.prospect_date, p.lead_date, p.client_date) <= %s", span.as_of),
        }

    def _records_portfolio_contacts(self, span, population):
        """Return the contacts."""
        accounts = self._get_active_accounts(span, population)
        contacts = Domain("active", "=", True)
        if not span.running:
            milestones = ("prospect_date", "lead_date", "client_date")
            accounts &= Domain.OR(Domain(name, "<=", span.as_of) for name in milestones)
            contacts &= Domain("create_date", "<", self._get_midnight(span, span.as_of, 1))
        return "res.partner", contacts & Domain("cartera_profile_id", "any", accounts)
