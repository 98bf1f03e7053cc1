"""Invoices: evidence of clients."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_figures import SALES
from .cartera_stage import LIFECYCLES

SALE_TYPES = ("out_invoice", "out_refund", "out_receipt")
#: The type of the accounts that say what customers owe.
RECEIVABLE = "asset_receivable"
#: A change of these on a customer document changes what it proves, or for whom.
TOUCHING = frozenset(
    [
        "state",
        "invoice_date",
        "partner_id",
        "commercial_partner_id",
        "reversed_entry_id",
        "move_type",
    ]
)


class AccountMove(models.Model):
    _inherit = "account.move"

    cartera_profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Portfolio account",
        compute="_compute_cartera_profile_id",
        compute_sudo=False,
        groups=SALES,
    )
    cartera_stage_id = fields.Many2one(
        comodel_name="cartera.stage",
        string="Portfolio stage",
        compute="_compute_cartera_profile_id",
        compute_sudo=False,
        groups=SALES,
    )
    cartera_lifecycle = fields.Selection(
        selection=LIFECYCLES,
        string="Lifecycle",
        compute="_compute_cartera_profile_id",
        compute_sudo=False,
        groups=SALES,
    )
    cartera_first_purchase = fields.Boolean(
        string="First purchase",
        compute="_compute_cartera_first_purchase",
        search="_search_cartera_first_purchase",
        compute_sudo=False,
        groups=SALES,
        help="The first purchase of its account in this company.",
    )

    # Facts and the drain read one account's documents, the timeline the latest of them; Odoo has no
    # index on the account.
    _cartera_account_idx = models.Index(
        "(commercial_partner_id, invoice_date, id) WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )

    @api.depends("commercial_partner_id", "company_id")
    @api.depends_context("uid")
    def _compute_cartera_profile_id(self):
        """The account in the company of the document, if the user may see it."""
        roots = {move: move.company_id.sudo().root_id for move in self}
        found = self.env["cartera.profile"]._get_visible(
            self.commercial_partner_id, self.env["res.company"].union(*roots.values())
        )
        for move in self:
            key = (move.commercial_partner_id._origin, roots[move])
            profile = found.get(key) if move.move_type in SALE_TYPES else None
            move.cartera_profile_id = profile
            move.cartera_stage_id = profile and profile.stage_id
            move.cartera_lifecycle = profile and profile.lifecycle

    @api.depends("commercial_partner_id", "state")
    @api.depends_context("uid")
    def _compute_cartera_first_purchase(self):
        profiles = self.env["cartera.profile"]._as_reader()
        found = (
            profiles.search([("first_purchase_id", "in", self.ids)])
            if profiles.has_access("read")
            else profiles
        )
        first = set(found.mapped("first_purchase_id").ids)
        for move in self:
            move.cartera_first_purchase = move.id in first

    def _search_cartera_first_purchase(self, operator, value):
        if operator != "in":
            return NotImplemented
        profiles = self.env["cartera.profile"]._as_reader()
        if not profiles.has_access("read"):
            return Domain.FALSE
        query = profiles._search([("first_purchase_id", "!=", False), ("excluded", "=", False)])
        moves = query.subselect(SQL.identifier("cartera_profile", "first_purchase_id"))
        first = Domain("id", "in", moves)
        return Domain.OR(first if wanted else ~first for wanted in set(value))

    # ------------------------------------------------------------------
    # Touch
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if any(vals.get("state") == "posted" for vals in vals_list):
            moves._cartera_touch()
        return moves

    def write(self, vals):
        """Touch the accounts of customer documents, before and after, when their evidence changes."""
        touching = vals.keys() & TOUCHING
        if touching:
            self._cartera_touch()
        # A bank's line is posted at once; what it pays is written into it later.
        posted = self.browse()
        if "line_ids" in vals:
            posted = self.filtered(
                lambda move: move.move_type == "entry" and move.state == "posted"
            )
            posted._cartera_touch()
        result = super().write(vals)
        if touching and vals.keys() & {"partner_id", "commercial_partner_id", "move_type"}:
            self._cartera_touch()
        posted._cartera_touch()
        return result

    def unlink(self):
        self._cartera_touch()
        return super().unlink()

    def _cartera_touch(self):
        """Queue the accounts of customer documents, and of entries on what customers owe."""
        moves = self.sudo()
        documents = moves.filtered(lambda move: move.move_type in SALE_TYPES)
        self.env["cartera.touch"]._touch(
            (move.commercial_partner_id.id, move.company_id.root_id.id) for move in documents
        )
        moves.filtered(lambda move: move.move_type == "entry").line_ids._cartera_touch()

    def action_cartera_open(self):
        """Open the account in the portfolio."""
        self.ensure_one()
        return self.cartera_profile_id._get_records_action(name=self.cartera_profile_id.name)
