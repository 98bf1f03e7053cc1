"""Leads: evidence of interest, and the origin of what is known of the account."""

from collections import defaultdict

from odoo import api, fields, models

from .cartera_figures import SALES
from .cartera_profile import URGENCIES
from .res_partner import ENTERED

TOUCHING = frozenset(
    [
        "partner_id",
        "active",
        "stage_id",
        "probability",
        "expected_revenue",
        "won_status",
        "user_id",
        "company_id",
        "type",
        "cartera_first_date",
    ]
)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    cartera_potential = fields.Monetary(
        string="Purchase potential",
        currency_field="company_currency",
        groups=SALES,
        help="What the account could buy from us in a year; reaches the account with the customer.",
    )
    cartera_interest_categ_ids = fields.Many2many(
        comodel_name="product.category",
        relation="cartera_lead_interest_rel",
        string="Interested in",
        groups=SALES,
    )
    cartera_urgency = fields.Selection(selection=URGENCIES, string="Urgency", groups=SALES)
    cartera_note = fields.Text(string="Portfolio notes", groups=SALES)
    cartera_first_date = fields.Datetime(
        string="First created",
        readonly=True,
        copy=False,
        groups=SALES,
        help="Creation of the oldest lead that was merged into this one.",
    )

    _cartera_potential_positive = models.Constraint(
        "CHECK (cartera_potential >= 0)", "The purchase potential cannot be negative."
    )

    # ------------------------------------------------------------------
    # Touch
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._cartera_touch()
        leads._cartera_hand_over()
        return leads

    def write(self, vals):
        touching = vals.keys() & TOUCHING
        if touching:
            self._cartera_touch()
        customers = {lead.id: lead.partner_id for lead in self} if "partner_id" in vals else {}
        converted = self.filtered(lambda lead: vals.get("type", lead.type) != lead.type)
        result = super().write(vals)
        if touching:
            self._cartera_touch()
        reached = self.filtered(
            lambda lead: (customers and customers[lead.id] != lead.partner_id) or lead in converted
        )
        (self if vals.keys() & ENTERED.keys() else reached)._cartera_hand_over()
        return result

    def unlink(self):
        self._cartera_touch()
        return super().unlink()

    def _compute_probabilities(self):
        """Touch the accounts: Odoo guesses anew after changes of team, tags, country and others."""
        result = super()._compute_probabilities()
        self.filtered(lambda lead: isinstance(lead.id, int))._cartera_touch()
        return result

    def _cartera_touch(self):
        self.env["cartera.touch"]._touch_partners(self.sudo().partner_id)

    # ------------------------------------------------------------------
    # What the lead knows reaches the account
    # ------------------------------------------------------------------

    def _cartera_hand_over(self):
        """Fill blanks of the accounts with what the leads know; what a person entered there stays."""
        knowing = self.sudo().filtered(lambda lead: lead.partner_id and lead._cartera_get_entries())
        for company, leads in knowing._cartera_by_company().items():
            profiles = self.env["cartera.profile"]._ensure(leads.partner_id, company, "evidence")
            by_partner = {profile.partner_id: profile for profile in profiles.sudo()}
            for lead in leads:
                profile = by_partner.get(lead.partner_id.commercial_partner_id)
                entries = lead._cartera_get_entries()
                blanks = {
                    name: value
                    for name, value in entries.items()
                    if profile
                    and (not profile[name] or (name == "urgency" and profile.urgency == "0"))
                }
                if blanks:
                    profile.write(blanks)

    def _cartera_by_company(self):
        """Return {root company: leads that count there}; the facts count leads by the same rule.

        One without company counts where its account is known, else in its salesperson's company.
        """
        profiles = self.env["cartera.profile"].sudo().with_context(active_test=False)
        accounts = self.partner_id.commercial_partner_id
        known = profiles.search([("partner_id", "in", accounts.ids)]).grouped("partner_id")
        found = defaultdict(self.browse)
        for lead in self:
            account = known.get(lead.partner_id.commercial_partner_id)
            if lead.company_id:
                companies = lead.company_id
            elif account:
                companies = account.company_id
            else:
                companies = lead.user_id.company_id or self.env.company
            for company in companies.root_id:
                found[company] |= lead
        return found

    def _cartera_get_entries(self):
        """Return {profile field: value to write} of what somebody entered on the lead."""
        self.ensure_one()
        entries = {
            ours: self._fields[name].convert_to_write(self[name], self)
            for name, ours in ENTERED.items()
            if self[name]
        }
        return {name: value for name, value in entries.items() if value != "0"}

    # ------------------------------------------------------------------
    # Merge
    # ------------------------------------------------------------------

    def _merge_get_fields_specific(self):
        """Keep our entries and the date of the oldest lead."""

        def first_filled(name, leads):
            return next((lead[name] for lead in leads if lead[name]), False)

        def highest(name, leads):
            return max((lead[name] for lead in leads if lead[name]), default=False)

        def joined(name, leads):
            return "\n".join(lead[name] for lead in leads if lead[name]) or False

        def every(name, leads):
            return leads.mapped(name)

        def oldest(name, leads):
            return min(lead[name] or lead.create_date for lead in leads)

        return {
            **super()._merge_get_fields_specific(),
            "cartera_potential": first_filled,
            "cartera_interest_categ_ids": every,
            "cartera_urgency": highest,
            "cartera_note": joined,
            "cartera_first_date": oldest,
        }

    def _merge_dependences(self, opportunities):
        """Let the evidence point at the lead that stays, and keep what was done."""
        result = super()._merge_dependences(opportunities)
        self.env["mail.activity"]._cartera_move_done(opportunities, self)
        transitions = self.env["cartera.transition"].sudo()
        transitions.search(
            [("evidence", "=", "lead"), ("evidence_id", "in", opportunities.ids)]
        ).write({"evidence_id": self.id, "evidence_label": self.name})
        profiles = self.env["cartera.profile"].sudo().with_context(active_test=False)
        profiles.search(
            [("lead_evidence", "=", "lead"), ("lead_evidence_id", "in", opportunities.ids)]
        )._write_unjudged({"lead_evidence_id": self.id})
        return result

    def action_cartera_open(self):
        """Open the account in the portfolio."""
        self.ensure_one()
        return self.cartera_profile_id._get_records_action(name=self.partner_id.display_name)
