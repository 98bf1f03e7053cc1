"""Whose figures a person may see on the scorecard."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .cartera_screen import ALL_ACCOUNTS


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    @api.model
    def _get_allowed_scopes(self, company) -> dict[str, str]:
        """Return {scope key: name} of what the user may see of a company, the widest first.

        Who sees all accounts sees the company, its teams, salespeople and key segments; a team's leader
        his teams and their people; a salesperson himself, and of the company what is published. Raises
        AccessError for who may not see accounts.
        """
        self.env["cartera.profile"].check_access("read")
        everything = self.env.user.has_group(ALL_ACCOUNTS)
        teams = self._get_scope_teams(company, everything)
        users = self._get_scope_users(company, everything, teams)
        scopes = {"company": company.name}
        scopes |= {f"team:{team.id}": team.name for team in teams}
        scopes |= {f"user:{user.id}": user.name for user in users}
        if everything:
            segments = self._get_scope_segments(company)
            scopes |= {f"segment:{segment.id}": segment.display_name for segment in segments}
        return scopes

    @api.model
    def _get_scope_teams(self, company, everything):
        domain = Domain("company_id", "in", [False, *self._get_branches(company).ids])
        if not everything:
            domain &= Domain("user_id", "=", self.env.uid)
        return self.env["crm.team"].sudo().search(domain)

    @api.model
    def _get_scope_users(self, company, everything, teams):
        """Return the salespeople with accounts, or the user and the people of his teams."""
        if not everything:
            people = self.env["res.users"].sudo().search([("sale_team_id", "in", teams.ids)])
            return self.env.user.sudo() | people
        domain = [
            ("company_id", "=", company.id),
            ("excluded", "=", False),
            ("user_id", "!=", False),
        ]
        groups = self.env["cartera.profile"].sudo()._read_group(domain, ["user_id"])
        users = self.env["res.users"].sudo().browse([user.id for (user,) in groups])
        return users.sorted(lambda user: user.name.casefold())

    @api.model
    def _get_scope_segments(self, company):
        """Return the key segments that the user may see."""
        domain = [("is_key", "=", True), ("company_id", "in", [False, company.id])]
        return self.env["cartera.segment"].search(domain)

    @api.model
    def _get_branches(self, company):
        return self.env["res.company"].sudo().search([("id", "child_of", company.id)])

    @api.model
    def _check_scope(self, company, scope):
        """Raise AccessError for figures that the user may not see."""
        mine = company in self.env.user.sudo().company_ids.root_id or self.env.su
        if not mine or scope not in self._get_allowed_scopes(company):
            raise AccessError(self.env._("You may not see these figures: %s", scope))

    def _check_shown(self, company, scope):
        """Raise AccessError if the user may not see the indicator's figure of a scope."""
        self.check_access("read")
        self._check_scope(company, scope)
        if not self._is_everything(scope) and not self.published:
            raise AccessError(self.env._("You may not see these figures: %s", self.name))

    @api.model
    def _is_everything(self, scope) -> bool:
        """Tell whether the user sees every indicator of a scope, not only what is published."""
        return scope != "company" or self.env.user.has_group(ALL_ACCOUNTS)

    @api.model
    def _get_shown(self, company, scope, perspective=None):
        """Return the indicators of a company that the user may see of a scope."""
        domain = Domain("company_id", "in", [False, company.id])
        if perspective:
            domain &= Domain("perspective", "=", perspective)
        if not self._is_everything(scope):
            domain &= Domain("published", "=", True)
        return self.search(domain)
