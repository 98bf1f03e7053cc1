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

    def _get_completeness_parts(self) -> dict[str, tuple[SQL, Domain]]:
        """Return {part: (condition, domain)}: what belongs to a complete record of an account.

        The condition is on the profile ``p`` and its contact ``c``, the domain on the profile; both say
        that the part is filled. Other addons add theirs; each part weighs the same.
        """
        return {
            "reachable": (
                SQL("(NULLIF(c.email, '') IS NOT NULL OR NULLIF(c.phone, '') IS NOT NULL)"),
                Domain("email", "!=", False) | Domain("phone", "!=", False),
            ),
            "country": (SQL("c.country_id IS NOT NULL"), Domain("country_id", "!=", False)),
            "industry": (SQL("c.industry_id IS NOT NULL"), Domain("industry_id", "!=", False)),
            "potential": (SQL("p.potential > 0"), Domain("potential", ">", 0)),
            "salesperson": (SQL("p.user_id IS NOT NULL"), Domain("user_id", "!=", False)),
        }

    def _measure_record_completeness(self, span) -> SQL:
        """Mean share of the parts that the records of the accounts have.

        Sum over the accounts (parts filled / parts) / accounts; archived accounts are left out. As it
        is when it is measured: nobody keeps when a part was filled. None: no accounts.
        """
        parts = [condition for condition, _domain in self._get_completeness_parts().values()]
        return SQL(
            """SELECT p.id AS profile_id, NULL::int AS user_id,
                      (%(filled)s)::numeric / %(parts)s AS numerator, 1::numeric AS denominator
                 FROM cartera_profile p JOIN res_partner c ON c.id = p.partner_id
                WHERE %(accounts)s""",
            filled=SQL(" + ").join(SQL("COALESCE(%s, FALSE)::int", part) for part in parts),
            parts=len(parts),
            accounts=self._sql_active_accounts(span),
        )

    def _records_record_completeness(self, span, population):
        """Return the accounts."""
        return "cartera.profile", self._get_active_accounts(span, population)

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
