"""One row per account and root company: what we know and judge of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .cartera_stage import LIFECYCLES

URGENCIES = [("0", "Normal"), ("1", "Soon"), ("2", "High"), ("3", "Immediate")]
#: Columns of the profile that mirror the contact: written through to it.
THROUGH_PARTNER = ("name", "user_id")
#: What a salesperson may enter on an account.
ENTERED_BY_ALL = frozenset(
    [
        "potential",
        "interest_categ_ids",
        "urgency",
        "note",
        "stage_id",
        "color",
        "first_contact_date",
    ]
)
#: What only a manager may enter: it makes clients without a document.
ENTERED_BY_MANAGER = frozenset(
    ["opening_client_date", "opening_last_purchase_date", "opening_revenue"]
)
#: What the judgement of the lifecycle reads of a person's entries.
JUDGED_AT_ONCE = ENTERED_BY_MANAGER | {"manual_lead_date", "lifecycle_locked"}
MANAGER = "sales_team.group_sale_manager"


class CarteraProfile(models.Model):
    _name = "cartera.profile"
    _description = "Portfolio account"
    _order = "name, id"
    _rec_names_search = ["name", "partner_id.ref", "partner_id.vat", "partner_id.email"]

    # The account
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        ondelete="cascade",
        help="The commercial entity: the company, or the person without one.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
        help="The main company: documents of its branches count too.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(string="Account")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="set null",
        domain=[("share", "=", False)],
    )
    active = fields.Boolean(default=True, readonly=True)
    excluded = fields.Boolean(
        string="Not in the portfolio",
        readonly=True,
        help="Left out of every figure and screen, such as the walk-in customer.",
    )
    origin = fields.Selection(
        selection=[
            ("evidence", "A document"),
            ("hand", "Added by hand"),
            ("import", "Imported"),
            ("policy", "New company contact"),
        ],
        string="Came in by",
        readonly=True,
        default="hand",
    )
    color = fields.Integer(aggregator=None)

    # Lifecycle
    lifecycle = fields.Selection(
        selection=LIFECYCLES,
        required=True,
        default="prospect",
        index=True,
        help="Client: has a purchase, or a client-since date from before Odoo. Lead: has a lead or "
        "opportunity, or was set by hand. Prospect: otherwise.",
    )
    lifecycle_date = fields.Date(
        string="Since", help="The day on which the account entered its present lifecycle."
    )
    prospect_date = fields.Date(
        string="Prospect since", readonly=True, help="The day it entered the portfolio unproven."
    )
    lead_date = fields.Date(
        string="Lead since", readonly=True, help="Creation of its first lead, or set by hand."
    )
    lead_evidence = fields.Char(string="Lead by", readonly=True)
    lead_evidence_id = fields.Integer(string="Lead by ID", readonly=True, aggregator=None)
    client_date = fields.Date(
        string="Client since",
        readonly=True,
        help="Date of the first purchase, or the opening client-since date if that is earlier.",
    )
    client_evidence = fields.Char(string="Client by", readonly=True)
    client_evidence_id = fields.Integer(string="Client by ID", readonly=True, aggregator=None)
    lifecycle_locked = fields.Boolean(
        string="Locked",
        readonly=True,
        help="Documents do not change the lifecycle while it is locked.",
    )
    lifecycle_reason = fields.Char(
        string="Reason", help="What the person wrote who last set the lifecycle by hand."
    )
    lifecycle_user_id = fields.Many2one(
        comodel_name="res.users", string="Set by", readonly=True, ondelete="set null"
    )
    manual_lead_date = fields.Date(readonly=True)
    transition_ids = fields.One2many(
        comodel_name="cartera.transition",
        inverse_name="profile_id",
        string="History",
        readonly=True,
    )
    stage_id = fields.Many2one(
        comodel_name="cartera.stage",
        required=True,
        index=True,
        ondelete="restrict",
        group_expand="_group_expand_stage",
        domain="[('lifecycle', '=', lifecycle), ('company_id', 'in', [False, company_id])]",
    )
    stage_auto_id = fields.Many2one(
        comodel_name="cartera.stage", readonly=True, ondelete="set null", index="btree_not_null"
    )
    stage_description = fields.Text(related="stage_id.description")

    # Purchases
    first_purchase_id = fields.Many2one(
        comodel_name="account.move",
        string="First purchase document",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly,sales_team.group_sale_salesman",
    )
    first_purchase_date = fields.Date(
        string="First purchase",
        readonly=True,
        help="The first invoice, or the client-since date from before Odoo if that is earlier.",
    )
    last_purchase_date = fields.Date(
        string="Last purchase",
        readonly=True,
        help="The last invoice, or the last purchase from before Odoo if that is later.",
    )
    purchase_count = fields.Integer(
        string="Purchases",
        readonly=True,
        help="Posted customer invoices and receipts with an amount, not wholly reversed.",
    )
    open_opportunity_count = fields.Integer(
        string="Open opportunities", readonly=True, help="Neither won nor lost nor archived."
    )

    # What people enter
    potential = fields.Monetary(
        string="Purchase potential",
        default=0.0,
        help="What the account could buy from us in a year. Zero: not known.",
    )
    interest_categ_ids = fields.Many2many(
        comodel_name="product.category",
        relation="cartera_profile_interest_rel",
        string="Interested in",
    )
    urgency = fields.Selection(selection=URGENCIES, default="0")
    note = fields.Text(string="Notes")
    opening_client_date = fields.Date(
        string="Client since (before Odoo)", help="Opening data: makes the account a client."
    )
    opening_last_purchase_date = fields.Date(string="Last purchase (before Odoo)")
    opening_revenue = fields.Monetary(string="Yearly revenue (before Odoo)")
    opening_origin = fields.Selection(
        selection=[("typed", "Typed"), ("imported", "Imported")],
        string="Opening data were",
        readonly=True,
    )
    first_contact_date = fields.Date(
        string="First contact",
        help="Date of its first lead, unless somebody entered an earlier one.",
    )
    first_source_id = fields.Many2one(
        comodel_name="utm.source", string="First source", readonly=True, ondelete="set null"
    )
    first_medium_id = fields.Many2one(
        comodel_name="utm.medium", string="First medium", readonly=True, ondelete="set null"
    )
    first_campaign_id = fields.Many2one(
        comodel_name="utm.campaign", string="First campaign", readonly=True, ondelete="set null"
    )

    # The contact's own data, shown and edited here
    phone = fields.Char(related="partner_id.phone", readonly=False)
    email = fields.Char(related="partner_id.email", readonly=False)
    street = fields.Char(related="partner_id.street", readonly=False)
    zip = fields.Char(related="partner_id.zip", readonly=False)
    city = fields.Char(related="partner_id.city", readonly=False)
    state_id = fields.Many2one(related="partner_id.state_id", readonly=False)
    country_id = fields.Many2one(related="partner_id.country_id", readonly=False)
    vat = fields.Char(related="partner_id.vat", readonly=False)
    ref = fields.Char(related="partner_id.ref", readonly=False)
    website = fields.Char(related="partner_id.website", readonly=False)
    industry_id = fields.Many2one(related="partner_id.industry_id", readonly=False)
    image_128 = fields.Image(related="partner_id.image_128")

    _partner_company_uniq = models.Constraint(
        "UNIQUE(partner_id, company_id)", "This account is already in the portfolio."
    )
    _potential_positive = models.Constraint(
        "CHECK (potential >= 0)", "The purchase potential cannot be negative."
    )
    _opening_revenue_positive = models.Constraint(
        "CHECK (opening_revenue >= 0)", "The yearly revenue before Odoo cannot be negative."
    )
    _stage_idx = models.Index("(company_id, stage_id)")

    def init(self):
        """Leave room on each page: a run rewrites rows, none of the changing columns is indexed."""
        result = super().init()
        self.env.cr.execute("ALTER TABLE cartera_profile SET (fillfactor = 50)")
        return result

    @api.model
    def _group_expand_stage(self, stages, domain):
        """Show every stage as a kanban column, empty ones too."""
        companies = self.env.companies.root_id
        return stages.search([("company_id", "in", [False, *companies.ids])])

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("stage_id", "lifecycle")
    def _check_stage(self):
        labels = dict(self._fields["lifecycle"]._description_selection(self.env))
        for profile in self:
            stage = profile.stage_id
            if stage.company_id not in (profile.company_id, self.env["res.company"]):
                message = self.env._("“%s” is another company's.", stage.name)
                self._raise_first({"stage_id": message})
            if stage.lifecycle != profile.lifecycle:
                message = self.env._(
                    "“%(stage)s” is not for %(account)s, whose lifecycle is: %(lifecycle)s. The "
                    "lifecycle follows the documents; to change it by hand use “Set lifecycle”.",
                    account=profile.name,
                    lifecycle=labels[profile.lifecycle],
                    stage=stage.name,
                )
                self._raise_first({"stage_id": message})

    @api.constrains("potential", "opening_revenue", *ENTERED_BY_MANAGER, "first_contact_date")
    def _check_entered(self):
        for profile in self:
            # Before anything reads the database: its own constraint would name no field.
            self._raise_first(self._get_amount_errors(profile))
        today = self._get_today()
        for profile in self:
            self._raise_first(self._get_entry_errors(profile, today))

    @api.model
    def _get_amount_errors(self, values) -> dict[str, str]:
        message = self.env._("cannot be negative.")
        names = ("potential", "opening_revenue")
        return {name: message for name in names if name in values and (values[name] or 0) < 0}

    @api.model
    def _get_entry_errors(self, values, today) -> dict[str, str]:
        """Return {field: message} of what people typed or import; ``values`` is a record or a dict."""
        errors = self._get_amount_errors(values)
        dates = ("opening_client_date", "opening_last_purchase_date", "first_contact_date")
        for name in dates:
            day = fields.Date.to_date(values[name]) if name in values else None
            if day and day > today:
                errors[name] = self.env._("cannot be in the future.")
        since, last = (
            fields.Date.to_date(values[name]) if name in values else None for name in dates[:2]
        )
        if since and last and last < since:
            errors["opening_last_purchase_date"] = self.env._("is before the client-since date.")
        return errors

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

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
        self._check_unknown(vals_list)
        new = [not vals.get("partner_id") for vals in vals_list]
        self._prepare_partners(vals_list)
        for vals, request, is_new in zip(vals_list, requests, new, strict=True):
            if request and is_new:
                vals.update(self._prepare_request_vals(request))
        profiles = super().create([self._prepare_profile_vals(vals) for vals in vals_list])
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
        return result

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
        contact = self.env["res.partner"].browse(vals["partner_id"])
        # The account shows its contact's data: nobody may get at those by making an account of it.
        contact.check_access("read")
        partner = contact.sudo().commercial_partner_id
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
        if not values.get("stage_id"):
            stage = self._get_first_stage(values.get("lifecycle") or "prospect", root)
            values["stage_id"] = values["stage_auto_id"] = stage.id
        if vals.keys() & ENTERED_BY_MANAGER:
            values.update(opening_origin=self._get_opening_origin(), lifecycle_user_id=self.env.uid)
        return values
