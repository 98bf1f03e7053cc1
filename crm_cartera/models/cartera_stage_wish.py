"""What has to be known of an account in a stage, and what happens when it is not."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import frozendict, ormcache

GATES = [("none", "Let it in"), ("warn", "Let it in and warn"), ("block", "Do not let it in")]
#: Whose fields a stage may want: the account's contact and the account.
MODELS = ("res.partner", "cartera.profile")
#: Kinds of fields that can be empty; of a yes or no, or of formatted text, nobody can tell.
KINDS = frozenset(
    [
        "char",
        "text",
        "selection",
        "integer",
        "float",
        "monetary",
        "date",
        "datetime",
        "many2one",
        "many2many",
        "binary",
    ]
)
#: Fields that are never empty, say which record it is, or that programs fill.
NEVER_WANTED = frozenset(
    [
        "name",
        "active",
        "type",
        "color",
        "parent_id",
        "company_id",
        "signup_type",
        "message_bounce",
        "customer_rank",
        "supplier_rank",
        "calendar_last_notif_ack",
        "channel_ids",
        "meeting_ids",
        "starred_message_ids",
        "stage_id",
        "urgency",
        "opening_client_date",
        "opening_last_purchase_date",
        "opening_revenue",
    ]
)
#: The salesperson of the contact is that of the account, which is wanted instead.
MIRRORED = frozenset([("res.partner", "user_id")])
#: Two ways to the same: one of them may be enough.
CONTACT = (("res.partner", "email"), ("res.partner", "phone"))
#: What the shipped stages want, beyond the stages before them.
SHIPPED = {
    "detection": [*CONTACT, ("res.partner", "country_id")],
    "qualification": [
        ("res.partner", "industry_id"),
        ("cartera.profile", "potential"),
        ("cartera.profile", "interest_categ_ids"),
        ("cartera.profile", "user_id"),
    ],
    "acquisition": [("res.partner", "vat"), ("res.partner", "street"), ("res.partner", "city")],
}


class CarteraStage(models.Model):
    _inherit = "cartera.stage"

    wanted_field_ids = fields.Many2many(
        comodel_name="ir.model.fields",
        relation="cartera_stage_wanted_rel",
        column1="stage_id",
        column2="field_id",
        string="Wanted",
        domain="[('id', 'in', wantable_field_ids)]",
        groups="sales_team.group_sale_manager",
        help="What has to be filled in on an account that stands in this stage or in a later one.",
    )
    wantable_field_ids = fields.Many2many(
        comodel_name="ir.model.fields",
        compute="_compute_wantable_field_ids",
        groups="sales_team.group_sale_manager",
    )
    any_contact = fields.Boolean(
        string="E-mail or phone is enough",
        default=True,
        help="Where both are wanted, one of them will do.",
    )
    gate = fields.Selection(
        selection=GATES,
        string="If something is missing",
        required=True,
        default="none",
        help="What happens when somebody moves an account here, of which something wanted is missing. "
        "A closed stage lets no automatic rule move it here either. Documents are never stopped: an "
        "account whose lifecycle changes stands in the first stage of the new one, and that stage is "
        "never closed, it only warns.",
    )

    @api.depends_context("uid")
    def _compute_wantable_field_ids(self):
        found = self.env["ir.model.fields"].sudo().search([("model", "in", MODELS)])
        found = found.filtered(lambda field: not self._get_refusal(field.model, field.name))
        self.wantable_field_ids = found.sudo(False)

    # ------------------------------------------------------------------
    # What may be wanted
    # ------------------------------------------------------------------

    @api.constrains("wanted_field_ids")
    def _check_wanted(self):
        for stage in self:
            for wanted in stage.sudo().wanted_field_ids:
                reason = self._get_refusal(wanted.model, wanted.name)
                if reason:
                    raise ValidationError(
                        self.env._(
                            "Stage “%(stage)s” cannot want “%(field)s”: %(reason)s",
                            stage=stage.name,
                            field=wanted.field_description,
                            reason=reason,
                        )
                    )

    @api.model
    def _get_refusal(self, model, name) -> str | None:
        """Return why a field may not be wanted, None if it may."""
        if model not in MODELS:
            return self.env._("it is neither the account's nor its contact's.")
        field = self.env[model]._fields.get(name)
        if field is None or not field.store or not self._is_enterable(model, field):
            return self.env._("nobody can enter it on an account.")
        if field.type not in KINDS or (field.type == "binary" and not hasattr(field, "max_width")):
            return self.env._("of this kind of field nobody can tell whether it is filled in.")
        if field.required or name in NEVER_WANTED or (model, name) in MIRRORED:
            return self.env._("it is never empty, or says nothing about the account.")
        if not self._is_seen_by_all(field):
            return self.env._("not everybody may see it, but everybody works with the stage.")
        return None

    @api.model
    def _is_enterable(self, model, field) -> bool:
        if model == "cartera.profile":
            return field.name in self.env[model]._get_enterable_fields()
        return not field.readonly

    @api.model
    def _is_seen_by_all(self, field) -> bool:
        """Tell whether every salesperson may see a field, by the groups that he has at least."""
        if not field.groups:
            return True
        salesperson = self.env.ref("sales_team.group_sale_salesman").sudo()
        least = salesperson | salesperson.all_implied_ids
        names = set(least.get_external_id().values())
        return bool(names & {name.strip() for name in field.groups.split(",")})

    # ------------------------------------------------------------------
    # What is wanted
    # ------------------------------------------------------------------

    @api.model
    @ormcache("company_id")
    def _get_wishes(self, company_id) -> dict[int, tuple]:
        """Return {stage: wishes} of the stages that a root company uses.

        A stage wants what the stages before it want too, by lifecycle and order. A wish is a tuple of
        (model, field name): it is fulfilled when one of them is filled in. First come the wishes of the
        earlier stages, and of one stage those to the contact.
        """
        found, path = {}, []
        for stage in self._get_path(company_id):
            path += [wish for wish in stage._get_own_wishes() if wish not in path]
            found[stage.id] = tuple(
                wish for wish in path if not any(set(other) < set(wish) for other in path)
            )
        return frozendict(found)

    @api.model
    def _get_path(self, company_id):
        """Return the stages of a root company in the order in which an account goes through them."""
        stages = self.sudo().with_context(active_test=True)
        return stages.search([("company_id", "in", [False, company_id])])

    def _get_own_wishes(self) -> list[tuple]:
        """Return the wishes of one stage: how to reach it, the contact's, the account's, each by name."""
        wanted = {
            (field.model, field.name)
            for field in self.sudo().wanted_field_ids
            if field.name in self.env[field.model]._fields
        }
        wishes = [(pair,) for pair in wanted]
        if self.any_contact and wanted.issuperset(CONTACT):
            wishes = [wish for wish in wishes if wish[0] not in CONTACT] + [CONTACT]
        return sorted(
            wishes, key=lambda wish: (wish[0] not in CONTACT, MODELS.index(wish[0][0]), wish)
        )

    @api.model
    @ormcache("company_id")
    def _get_closed(self, company_id) -> frozenset[int]:
        """Return the stages that let no incomplete account in; the first of a lifecycle never is one."""
        path = self._get_path(company_id)
        first = self.browse(stages[0].id for stages in path.grouped("lifecycle").values())
        return frozenset((path - first).filtered(lambda stage: stage.gate == "block").ids)

    @api.model
    @ormcache()
    def _get_wanted_names(self) -> dict[str, frozenset[str]]:
        """Return {model: names of the fields} that the stages of any company want."""
        wishes = self.sudo().search([("active", "=", True)]).wanted_field_ids
        names = {(field.model, field.name) for field in wishes}
        return frozendict(
            {
                model: frozenset(name for each, name in names if each == model)
                & self.env[model]._fields.keys()
                for model in MODELS
            }
        )

    @api.model
    def _set_shipped_wishes(self):
        """Let the shipped stages that want nothing yet want what they want in a new database."""
        for name, wanted in SHIPPED.items():
            stage = self.env.ref(f"crm_cartera.cartera_stage_{name}", raise_if_not_found=False)
            if stage and not stage.sudo().wanted_field_ids:
                found = self.env["ir.model.fields"].browse()
                for model, field in wanted:
                    found |= self.env["ir.model.fields"].sudo()._get(model, field)
                stage.sudo().wanted_field_ids = found

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"wanted_field_ids", "any_contact", "gate"}:
            self._rematch()
        return result
