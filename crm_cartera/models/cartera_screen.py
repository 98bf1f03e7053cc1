"""What the analysis screens share: which company, whose accounts, how accounts are opened.

Each screen has a method ``get_…`` that returns what it shows and one ``open_…`` that returns the action
behind a click, so that both rest on the same condition. Everything is read with the user's own rights.
"""

import json

from odoo import api, models
from odoo.fields import Domain

ALL_ACCOUNTS = "sales_team.group_sale_salesman_all_leads"


class CarteraScreen(models.AbstractModel):
    _name = "cartera.screen"
    _description = "Analysis screen"

    # ------------------------------------------------------------------
    # Company and accounts
    # ------------------------------------------------------------------

    @api.model
    def _get_company(self):
        """Return the main company of the user's current one: a screen never mixes two."""
        return self.env.company.sudo().root_id

    @api.model
    def _get_policy(self):
        return self.env["cartera.policy"]._for(self._get_company())

    @api.model
    def _get_profiles(self):
        """Return the model of the accounts; archived ones count, as they do in every figure."""
        return self.env["cartera.profile"].with_context(active_test=False)

    @api.model
    def _get_population(self, user_id=None) -> Domain:
        """Return the condition of the accounts that a screen is about.

        ``user_id``: None for all that the user may see, a salesperson's, or False for nobody's.
        Raises AccessError for users without sales rights.
        """
        self.env["cartera.profile"].check_access("read")
        population = Domain("company_id", "=", self._get_company().id)
        population &= Domain("excluded", "=", False)
        if user_id is not None:
            population &= Domain("user_id", "=", user_id and int(user_id))
        return population

    @api.model
    def _get_salespeople(self) -> list[dict]:
        """Return [{id, name}] to choose from, id False for unassigned; empty for who sees only his."""
        if not self.env.user.has_group(ALL_ACCOUNTS):
            return []
        groups = self._get_profiles()._read_group(self._get_population(), ["user_id"])
        users = [user for (user,) in groups]
        people = [{"id": user.id, "name": user.display_name} for user in users if user]
        people.sort(key=lambda person: person["name"].casefold())
        if len(people) < len(users):
            people.append({"id": False, "name": self.env._("Unassigned")})
        return people

    @api.model
    def _prepare_screen(self) -> dict:
        """Return what every screen shows around its figures."""
        company = self._get_company()
        return {
            "company": company.name if len(self.env.companies.root_id) > 1 else False,
            "currency_id": company.currency_id.id,
            "salespeople": self._get_salespeople(),
            "may_refresh": self.env.user.has_group("sales_team.group_sale_manager"),
        }

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    @api.model
    def _open_accounts(self, name, domain) -> dict:
        """Return the action that lists accounts."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "cartera.profile",
            "views": [[False, kind] for kind in ("list", "kanban", "graph", "pivot", "form")],
            # Dates as text: the action travels as JSON.
            "domain": json.loads(json.dumps(list(domain), default=str)),
            "context": {"active_test": False, "create": False},
            "target": "current",
        }
