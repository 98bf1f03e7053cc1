"""Rules over accounts: what stages and segments share."""

from ast import literal_eval

from odoo import SUPERUSER_ID, models
from odoo.fields import Domain
from odoo.tools import SQL


class CarteraRule(models.AbstractModel):
    _name = "cartera.rule"
    _description = "Rule over accounts"

    # A model with rules has a field ``domain`` (Char, over cartera.profile) and a ``company_id``.

    def _get_domain(self) -> Domain | None:
        """Return the rule, None without one.

        Raises ValueError if it is not a plain domain: the rule is judged in the background for
        everybody, so it knows no current user.
        """
        self.ensure_one()
        text = (self.domain or "").strip()
        if text in ("", "[]"):
            return None
        try:
            return Domain(literal_eval(text))
        except (SyntaxError, ValueError, TypeError) as error:
            raise ValueError(self.env._("it is not a plain list of conditions")) from error

    def _get_neutral_profiles(self, company):
        """Return the model as rules see it: whoever runs it, in the company's own zone and figures."""
        context = {
            "active_test": False,
            "allowed_company_ids": company.ids,
            "tz": self.env["cartera.policy"]._for(company).tz,
        }
        return self.env(user=SUPERUSER_ID, su=True, context=context)["cartera.profile"]

    def _get_condition(self, profiles, query) -> SQL | None:
        """Compile the rule onto ``query``; None without one. Raises whatever the ORM says of it."""
        domain = self._get_domain()
        if domain is None:
            return None
        return domain.optimize_full(profiles)._to_sql(profiles, profiles._table, query)
