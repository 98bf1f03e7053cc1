"""The customer sheet: who speaks with the account, who decides there and what they prefer."""

from odoo import api, models
from odoo.fields import Domain

#: Interactions that somebody wrote, if need be a person of the account.
WRITTEN = ("email", "comment")
#: Contacts on the sheet; the rest is counted.
CONTACTS = 12


class CarteraScreenSheet(models.AbstractModel):
    _inherit = "cartera.screen.sheet"

    # ------------------------------------------------------------------
    # Who attended it
    # ------------------------------------------------------------------

    @api.model
    def _get_sheet_block_attended(self, profile) -> dict | None:
        """Return who spoke with the account in the period, those who did most often first.

        ``count`` of all; ``rows`` [{who, user {id, name}, count, last (date), kinds [{value, text,
        count}]}]; ``who``: "user", "account" if it wrote itself, "private" for private meetings, of which
        nobody is named; id and name are False then. As ``interaction_count_12m`` counts.
        """
        interactions = self._get_interactions(profile)
        if not interactions.has_access("read"):
            return None
        groups = interactions._read_group(
            self._get_attended_domain(profile), ["user_id", "kind"], ["__count", "date:max"]
        )
        people = {}
        for user, kind, count, last in groups:
            who = "user" if user else "account" if kind in WRITTEN else "private"
            row = people.setdefault((who, user), self._prepare_attended(who, user, last))
            row["count"] += count
            row["last"] = max(row["last"], last)
            row["kinds"].append({"value": kind, "text": self._word_kind(kind), "count": count})
        rows = sorted(people.values(), key=lambda row: (-row["count"], row["user"]["name"] or ""))
        for row in rows:
            row["kinds"].sort(key=lambda kind: (-kind["count"], kind["value"]))
        return {"count": sum(row["count"] for row in rows), "rows": rows}

    @api.model
    def _prepare_attended(self, who, user, last) -> dict:
        named = self._prepare_user(user) or {"id": False, "name": False}
        return {"who": who, "user": named, "count": 0, "last": last, "kinds": []}

    @api.model
    def _word_kind(self, kind) -> str:
        field = self.env["cartera.interaction"]._fields["kind"]
        return dict(field._description_selection(self.env)).get(kind, kind)

    @api.model
    def _get_interactions(self, profile):
        return self.env["cartera.interaction"].with_context(cartera_profile_id=profile.id)

    @api.model
    def _get_attended_domain(self, profile) -> Domain:
        first, last = profile._get_window()
        return (
            Domain("profile_id", "=", profile.id)
            & Domain("date", ">=", first)
            & Domain("date", "<=", last)
        )

    @api.model
    def _open_attended(self, profile, user_id) -> dict:
        """List what a person spoke of with the account; False: what it wrote itself."""
        action = profile._open_interactions_12m()
        action["domain"] = [*action["domain"], ("user_id", "=", user_id or False)]
        if not user_id:
            action["domain"].append(("kind", "in", WRITTEN))
        user = self.env["res.users"].browse(user_id or ()).exists()
        known = user and user.has_access("read")
        name = user.name if known else self.env._("From the account")
        return {**action, "display_name": name, "name": f"{name}: {profile.name}"}

    # ------------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------------

    @api.model
    def _get_sheet_block_contacts(self, profile) -> dict | None:
        """Return the people of the account that the user may read, those with a role first.

        ``rows`` [{id, name, function, phone, email, roles [{id, name, color}]}], twelve at most; ``count``
        of all.
        """
        partners = self.env["res.partner"]
        if not profile.partner_id.has_access("read"):
            return None
        people = Domain("commercial_partner_id", "=", profile.partner_id.id) & Domain(
            "type", "in", ["contact", False]
        )
        if profile.partner_id.is_company:
            people &= Domain("id", "!=", profile.partner_id.id)
        with_role = Domain("cartera_role_ids", "!=", False)
        found = partners.search(people & with_role, limit=CONTACTS)
        found += partners.search(people & ~with_role, limit=CONTACTS)
        return {
            "count": partners.search_count(people),
            "rows": [self._prepare_contact(person) for person in found[:CONTACTS]],
        }

    @api.model
    def _prepare_contact(self, person) -> dict:
        roles = person.cartera_role_ids.sorted("sequence")
        return {
            "id": person.id,
            "name": person.name or person.display_name,
            "function": person.function or False,
            "phone": person.phone or False,
            "email": person.email or False,
            "roles": [{"id": role.id, "name": role.name, "color": role.color} for role in roles],
        }

    @api.model
    def _open_people(self, profile) -> dict:
        """List the contacts of the account."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contacts: %s", profile.name),
            "res_model": "res.partner",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("commercial_partner_id", "=", profile.partner_id.id)],
            "context": {"default_parent_id": profile.partner_id.id},
        }
