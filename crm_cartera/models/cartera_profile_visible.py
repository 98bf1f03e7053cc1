"""What contacts, leads and invoices show of an account: what the user, not the superuser, may read."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    @api.model
    def _as_reader(self):
        """Return the model with the user's own rights, archived accounts included."""
        return self.env["cartera.profile"].sudo(False).with_context(active_test=False)

    @api.model
    def _get_visible(self, accounts, companies) -> dict:
        """Return {(partner, root company): profile} of what the user may read."""
        profiles = self._as_reader()
        if not profiles.has_access("read"):
            return {}
        found = profiles.search(
            [
                ("partner_id", "in", accounts._origin.ids),
                ("company_id", "in", companies.ids),
                ("excluded", "=", False),
            ]
        )
        return {(profile.partner_id, profile.company_id): profile for profile in found}

    @api.model
    def _search_visible(self, company, domain=Domain.TRUE):
        """Return the query of the accounts of a root company that match and the user may read.

        ``domain`` may be a query. One that names what the user may not read matches nothing: an error
        would be retried as superuser by the ORM.
        """
        if not isinstance(domain, Domain | list):
            domain = Domain("id", "in", domain)
        own = Domain("company_id", "=", company.id) & Domain("excluded", "=", False)
        try:
            return self._as_reader()._search(Domain(domain) & own)
        except AccessError:
            return self.browse()._as_query()

    @api.model
    def _search_shown(self, records, operator, value, narrow):
        """Search ``cartera_profile_id`` of a model that shows accounts, as the user.

        ``narrow``: from a domain or query of accounts to the domain of the records that show one.
        """
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        if not records._has_field_access(records._fields["cartera_profile_id"], "read"):
            return Domain.FALSE
        if operator != "in":
            return narrow(value)
        found = narrow(Domain("id", "in", [profile for profile in value if profile]))
        return found | ~narrow(Domain.TRUE) if False in value else found

    @api.model
    def _join_visible(self, query, alias, account: SQL, company: SQL) -> SQL:
        """Join the account of a row to ``query``; return the id of its profile.

        ``account`` and ``company`` are the row's commercial partner and root company.
        """
        profiles = self._as_reader()
        visible = profiles._search(Domain("excluded", "=", False))
        joined = query.make_alias(alias, "cartera_profile")
        query.add_join(
            "LEFT JOIN",
            joined,
            visible.subselect(SQL("%s.*", SQL.identifier(profiles._table))),
            SQL(
                "%s = %s AND %s = %s",
                SQL.identifier(joined, "partner_id"),
                account,
                SQL.identifier(joined, "company_id"),
                company,
            ),
        )
        return SQL.identifier(joined, "id")
