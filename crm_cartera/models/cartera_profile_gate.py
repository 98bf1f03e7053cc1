"""What an account lacks in its stage, and the gates of stages."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, frozendict, ormcache

from .cartera_fields import BlankFloat
from .cartera_profile import JUDGED_AT_ONCE
from .cartera_stage_complete import BLANKS, NUMBERS, TEXTS

#: Accounts that a message names.
NAMED = 5


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    completeness = BlankFloat(
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Share of what its stage and those before it want to know that is filled in. Empty: they "
        "want nothing.",
    )
    missing_names = fields.Char(
        string="Missing",
        compute="_compute_missing_names",
        search="_search_missing_names",
        compute_sudo=False,
        help="What the stage and those before it want to know and nobody has filled in.",
    )

    # ------------------------------------------------------------------
    # What is missing
    # ------------------------------------------------------------------

    def _get_missing_fields(self) -> dict:
        """Return {account: what is missing}: [{model, name, label, type, wish}], fields he may read.

        In the order of the wishes: those of earlier stages first. Fields of which one is enough have
        the same number ``wish``.
        """
        found = {}
        for profile, wishes in self._get_missing_wishes().items():
            found[profile] = [
                {**self._describe(model, name), "wish": number}
                for number, wish in enumerate(wishes)
                for model, name in wish
            ]
        return found

    def _get_missing_wishes(self) -> dict:
        """Return {account: wishes that nothing fulfils}, without fields the user may not read."""
        stages = self.env["cartera.stage"].sudo()
        found = {}
        for profile in self:
            company = profile.sudo().company_id
            wishes = stages._get_wishes(company.id).get(profile.sudo().stage_id._origin.id, ())
            lacking = [wish for wish in wishes if not profile._is_fulfilled(wish)]
            readable = (
                tuple(each for each in wish if self._is_readable(*each)) for wish in lacking
            )
            found[profile] = [wish for wish in readable if wish]
        return found

    @api.model
    def _is_readable(self, model, name) -> bool:
        records = self.env[model].sudo(False)
        return records._has_field_access(records._fields[name], "read")

    def _is_fulfilled(self, wish) -> bool:
        return any(self._is_filled(model, name) for model, name in wish)

    def _is_filled(self, model, name) -> bool:
        """Tell whether a field of the account or its contact is filled in, also before it is saved."""
        profile = self.sudo().with_context(bin_size=True, active_test=False)
        shown = self._get_shown().get(name) if model == "res.partner" else name
        if shown:
            record, name = profile, shown
        else:
            record = profile.partner_id.with_company(profile.company_id)
        field, value = record._fields[name], record[name]
        if field.type in TEXTS:
            return bool(value and value.strip(BLANKS))
        return value != 0 if field.type in NUMBERS and value is not False else bool(value)

    @api.model
    @ormcache()
    def _get_shown(self) -> dict[str, str]:
        """Return {field of the contact: field of the account} that shows it, and where it is edited."""
        return frozendict(
            {
                field.related.removeprefix("partner_id."): name
                for name, field in self._fields.items()
                if field.related and field.related.startswith("partner_id.") and field.inverse
            }
        )

    @api.model
    def _describe(self, model, name) -> dict:
        field = self.env[model]._fields[name]
        label = field._description_string(self.env)
        return {"model": model, "name": name, "label": label, "type": field.type}

    @api.model
    def _word_wish(self, wish) -> str:
        labels = [self._describe(model, name)["label"] for model, name in wish]
        if len(labels) == 1:
            return labels[0]
        return self.env._("%(one)s or %(other)s", one=", ".join(labels[:-1]), other=labels[-1])

    @api.depends(lambda self: self._get_missing_depends())
    @api.depends_context("uid", "lang")
    def _compute_missing_names(self):
        for profile, wishes in self._get_missing_wishes().items():
            profile.missing_names = ", ".join(map(self._word_wish, wishes))

    @api.model
    def _get_missing_depends(self) -> list[str]:
        """What is edited on the account itself; fields of the contact are read when it is shown."""
        return [
            "stage_id",
            "partner_id",
            "potential",
            "interest_categ_ids",
            "user_id",
            "completeness",
        ]

    @api.model
    def _search_missing_names(self, operator, value):
        """Find the accounts of which something is missing whose name, in the user's words, has a text."""
        if operator in ("in", "not in") and set(value) <= {False, ""}:
            incomplete = Domain("completeness", "<", 1)
            return ~incomplete if operator == "in" else incomplete
        if operator not in ("ilike", "in"):
            return NotImplemented
        texts = [text.lower() for text in ([value] if operator == "ilike" else value) if text]
        exact = operator == "in"

        def is_meant(wish):
            words = self._word_wish(wish).lower()
            return any(text == words if exact else text in words for text in texts)

        found = [self._get_lacking_domain(company, is_meant) for company in self._get_roots()]
        return Domain.OR(found)

    @api.model
    def _get_roots(self):
        """Return the root companies whose accounts the user may have on his screens."""
        return self.env.companies.sudo().root_id

    @api.model
    def _get_lacking_domain(self, company, is_meant) -> Domain:
        """Return the domain of the accounts of a root company that lack a wish of a kind."""
        stages = self.env["cartera.stage"].sudo()
        found = []
        for stage, wishes in stages._get_wishes(company.id).items():
            meant = [
                wish
                for wish in wishes
                if all(self._is_readable(*each) for each in wish) and is_meant(wish)
            ]
            if meant:
                fulfilled = stages._sql_all_fulfilled(meant, company, "p", "c")
                found.append(SQL("p.stage_id = %s AND NOT %s", stage, fulfilled))
        if not found:
            return Domain.FALSE
        query = SQL(
            """(SELECT p.id FROM cartera_profile p JOIN res_partner c ON c.id = p.partner_id
                 WHERE p.company_id = %s AND (%s))""",
            company.id,
            SQL(" OR ").join(SQL("(%s)", each) for each in found),
        )
        return Domain("id", "in", query)

    # ------------------------------------------------------------------
    # Entering a stage
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        chosen = [vals.get("stage_id") for vals in vals_list]
        profiles = super().create(vals_list)
        entered = self.browse(
            profile.id
            for profile, stage in zip(profiles, chosen, strict=True)
            if stage and profile.stage_id.id == stage
        )
        entered._check_gate()
        return profiles

    def write(self, vals):
        entering = self.browse()
        if vals.get("stage_id"):
            entering = self.filtered(lambda profile: profile.stage_id.id != vals["stage_id"])
        result = super().write(vals)
        entering.filtered(lambda profile: profile.stage_id.id == vals["stage_id"])._check_gate()
        if vals.keys() & self._get_completing():
            if not vals.keys() & JUDGED_AT_ONCE:  # else that is done
                self._complete_now()
            if "completeness" in self.env["cartera.rule"]._get_watched(self._name):
                self._touch_own()
        return result

    @api.model
    def _get_completing(self) -> set[str]:
        """Return the fields of an account of which a write changes how complete it is."""
        wanted = self.env["cartera.stage"]._get_wanted_names()
        shown = {
            ours for theirs, ours in self._get_shown().items() if theirs in wanted["res.partner"]
        }
        return shown | wanted[self._name] | {"stage_id"}

    def _complete_now(self):
        """Store how complete these accounts are in this transaction: the row is the user's own already."""
        self.env.flush_all()
        stages = self.env["cartera.stage"].sudo()
        for company, profiles in self.sudo().grouped("company_id").items():
            stages._complete(company, profiles.partner_id.ids)
        self.invalidate_recordset(["completeness", "missing_names"])

    def _check_gate(self):
        """Refuse accounts that lack something in the closed stage that somebody has moved them to."""
        stages = self.env["cartera.stage"].sudo()
        closed = self.filtered(
            lambda p: p.stage_id.id in stages._get_closed(p.sudo().company_id.id)
        )
        lacking = {p: wishes for p, wishes in closed._get_missing_wishes().items() if wishes}
        if lacking:
            message = self.env._(
                "“%(stage)s” is closed to accounts of which something is missing. %(accounts)s",
                stage=next(iter(lacking)).stage_id.name,
                accounts=self._word_lacking(lacking),
            )
            self._raise_first({"stage_id": message})

    @api.model
    def _word_lacking(self, lacking) -> str:
        """Return "Account: what is missing" of the first few accounts."""
        return "; ".join(
            self.env._(
                "%(account)s: %(missing)s",
                account=profile.name,
                missing=", ".join(map(self._word_wish, wishes)),
            )
            for profile, wishes in list(lacking.items())[:NAMED]
        )

    def get_stage_warning(self):
        """Return {title, message}: what an account lacks where its stage warns; False without a warning.

        The board calls it after a card was dropped: Odoo asks no onchange there.
        """
        self.ensure_one()
        self.check_access("read")
        stage = self.stage_id._origin
        closed = stage.id in self.env["cartera.stage"].sudo()._get_closed(self.sudo().company_id.id)
        wishes = self._get_missing_wishes()[self]
        if not wishes or closed or not stage or stage.gate == "none":
            return False
        return {
            "title": self.env._("%(account)s in %(stage)s", account=self.name, stage=stage.name),
            "message": self.env._("Missing: %s", ", ".join(map(self._word_wish, wishes))),
        }

    @api.onchange("stage_id")
    def _onchange_stage_warn(self):
        """Say on the form what is missing, where the stage warns."""
        if not self._origin or self.stage_id._origin == self._origin.stage_id:
            return None
        warning = self.get_stage_warning()
        return warning and {"warning": {"type": "notification", **warning}}
