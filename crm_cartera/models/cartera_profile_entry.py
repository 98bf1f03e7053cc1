"""Creating and writing accounts: what people may enter, and the contact that goes with it."""

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .cartera_profile import (
    ENTERED_BY_ALL,
    ENTERED_BY_MANAGER,
    JUDGED_AT_ONCE,
    MANAGER,
    THROUGH_PARTNER,
)


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    @api.model
    def default_get(self, fields):
        """A new account starts in the first stage for prospects."""
        result = super().default_get(fields)
        if "stage_id" in fields and not result.get("stage_id"):
            result["stage_id"] = self._get_first_stage().id
        if "user_id" in fields and not result.get("user_id"):
            result["user_id"] = self.env.uid
        return result

    @api.model
    def _get_first_stage(self, lifecycle="prospect", company=None):
        company = company or self.env.company.root_id
        return self.env["cartera.stage"].search(
            [("lifecycle", "=", lifecycle), ("company_id", "in", [False, company.id])],
            limit=1,
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Put accounts into the portfolio; without ``partner_id`` their contacts are created too.

        The lifecycle is judged at once from the documents that are there.
        """
        # An import that fails as a whole gives the same rows again, one by one.
        vals_list = [dict(vals) for vals in vals_list]
        requests = [self._pop_lifecycle_request(vals) for vals in vals_list]
        self._check_entered_fields(vals_list)
        self._check_contacts(vals_list)
        new = [not vals.get("partner_id") for vals in vals_list]
        self._prepare_partners(vals_list)
        for vals, request, is_new in zip(vals_list, requests, new, strict=True):
            if request and is_new:
                vals.update(self._prepare_request_vals(request))
        rows = [self._prepare_profile_vals(vals) for vals in vals_list]
        self._set_first_stages(rows)
        profiles = super().create(rows)
        profiles._refresh_now()
        for profile, request in zip(profiles, requests, strict=True):
            if request and profile._is_news(request):
                profile._set_lifecycle(**request)
        return profiles

    def write(self, vals):
        """Write what people may enter; name, salesperson and contact data go to the contact."""
        vals = dict(vals)
        request = self._pop_lifecycle_request(vals)
        self._check_entered_fields([vals])
        through = {name: vals[name] for name in THROUGH_PARTNER if name in vals}
        if through:
            self.partner_id.write(through)
        if request:
            self.check_access("write")
            if news := self.filtered(lambda profile: profile._is_news(request)):
                news._set_lifecycle(**request)
        if vals.keys() & ENTERED_BY_MANAGER:
            vals.setdefault("opening_origin", self._get_opening_origin())
            vals.setdefault("lifecycle_user_id", self.env.uid)
        result = super().write(vals)
        if vals.keys() & JUDGED_AT_ONCE:
            self._refresh_now()
        if vals.keys() & self.env["cartera.rule"]._get_watched(self._name):
            self._touch_own()
        return result

    def _touch_own(self):
        """Queue these accounts: a rule reads what has been written."""
        pairs = ((profile.partner_id.id, profile.company_id.id) for profile in self.sudo())
        self.env["cartera.touch"]._touch(pairs)

    def _write_unjudged(self, vals):
        """Write columns without a judgement, for code that brings the documents along itself."""
        return super().write(vals)

    def _get_opening_origin(self):
        return "imported" if self.env.context.get("import_file") else "typed"

    @api.model
    def _get_enterable_fields(self) -> set[str]:
        """Return the fields this user may write; every other one is computed."""
        through = {
            name
            for name, field in self._fields.items()
            if field.related and field.related.startswith("partner_id.") and field.inverse
        }
        names = ENTERED_BY_ALL | through | set(THROUGH_PARTNER)
        return names | ENTERED_BY_MANAGER

    def _check_entered_fields(self, vals_list):
        """Refuse computed figures, and opening data from anybody but a manager."""
        if self.env.su:
            return
        names = set().union(*vals_list)
        if refused := self._get_refused(names):
            labels = (self._fields[name]._description_string(self.env) for name in refused)
            raise UserError(
                self.env._(
                    "These figures come from the documents and cannot be entered: %s",
                    ", ".join(labels),
                )
            )
        if names & ENTERED_BY_MANAGER and not self.env.user.has_group(MANAGER):
            raise UserError(self.env._("Only a sales manager may enter opening data."))

    def _get_refused(self, names) -> list[str]:
        """Return those of the fields ``names`` that nobody may enter; of a row, whose it is too."""
        # An import names the row by its id, and the ORM takes no notice of that.
        allowed = self._get_enterable_fields() | {"id"}
        if not self:
            allowed |= {"partner_id", "company_id"}
        return sorted(set(names) & self._fields.keys() - allowed)

    @api.model
    def _prepare_partners(self, vals_list):
        """Create the missing contacts of ``vals_list`` and set ``partner_id`` in place."""
        new = [vals for vals in vals_list if not vals.get("partner_id")]
        for vals in new:
            if not vals.get("name"):
                raise ValidationError(
                    self.env._("Account: a name or an existing contact is needed.")
                )
        partners = self.env["res.partner"].with_context(cartera_no_policy=True)
        created = partners.create([self._prepare_partner_vals(vals) for vals in new])
        for vals, partner in zip(new, created, strict=True):
            vals["partner_id"] = partner.id

    @api.model
    def _set_first_stages(self, rows):
        """Give rows without a stage the first one of their lifecycle, in place."""
        found = {}
        for row in rows:
            if row.get("stage_id"):
                continue
            lifecycle, company = row.get("lifecycle") or "prospect", row["company_id"]
            if (lifecycle, company) not in found:
                root = self.env["res.company"].browse(company)
                found[lifecycle, company] = self._get_first_stage(lifecycle, root).id
            row["stage_id"] = row["stage_auto_id"] = found[lifecycle, company]

    @api.model
    def _prepare_partner_vals(self, vals):
        """Return the contact of a new account; its contact data leave ``vals``."""
        partner_vals = {"name": vals["name"], "is_company": True}
        if "user_id" in vals:
            partner_vals["user_id"] = vals["user_id"]
        for name in list(vals):
            related = self._fields[name].related if name in self._fields else None
            if related and related.startswith("partner_id."):
                partner_vals[related.removeprefix("partner_id.")] = vals.pop(name)
        return partner_vals

    @api.model
    def _prepare_profile_vals(self, vals):
        """Return the row of a new account; refuse partners that cannot be one."""
        partner = self.env["res.partner"].browse(vals["partner_id"]).sudo().commercial_partner_id
        company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
        root = company.sudo().root_id
        if partner.ref_company_ids:
            raise ValidationError(
                self.env._(
                    "%s is one of your own companies, it cannot be an account.", partner.name
                )
            )
        if vals.get("user_id") and not partner.user_id:
            partner.sudo(self.env.su).user_id = vals["user_id"]
        imported = self.env.context.get("import_file")
        values = {
            "origin": "import" if imported else "hand",
            **vals,
            "partner_id": partner.id,
            "company_id": root.id,
            "name": partner.complete_name or partner.name,
            "user_id": partner.user_id.id,
            "active": partner.active,
        }
        if vals.keys() & ENTERED_BY_MANAGER:
            values.update(opening_origin=self._get_opening_origin(), lifecycle_user_id=self.env.uid)
        return values
