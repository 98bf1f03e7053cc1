"""One row per account and root company: what we know and judge of it."""

from odoo import api, fields, models

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
#: What the judgement reads of a person's entries.
JUDGED_AT_ONCE = ENTERED_BY_MANAGER | {"manual_lead_date", "lifecycle_locked", "potential"}
MANAGER = "sales_team.group_sale_manager"


class CarteraProfile(models.Model):
    _name = "cartera.profile"
    _inherit = ["cartera.figures"]
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
    # Chosen from the table of bin/bench (docs/speed.md): heads and cards of the board, and the lists that
    # are opened most. What they contain changes for a few accounts a day. The ORM writes IS TRUE, and the
    # planner does not see that it is the same.
    _stage_idx = models.Index("(company_id, stage_id) INCLUDE (potential) WHERE active IS TRUE")
    _stage_name_idx = models.Index("(stage_id, name, id)")
    _revenue_idx = models.Index("(company_id, lifecycle, revenue_12m DESC NULLS LAST, id)")
    _retention_idx = models.Index(
        "(company_id, retention_status, abc_revenue) WHERE active IS TRUE"
    )

    def init(self):
        """Leave room on each page: a run rewrites rows, and few of the columns that it changes are indexed."""
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
