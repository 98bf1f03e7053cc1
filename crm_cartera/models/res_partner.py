"""Every contact shows the profile of its account in the current company."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_figures import SALES
from .cartera_profile_import import log_errors

#: {partner field: profile field}: what a salesperson may enter from the contact.
ENTERED = {
    "cartera_potential": "potential",
    "cartera_interest_categ_ids": "interest_categ_ids",
    "cartera_urgency": "urgency",
    "cartera_note": "note",
}
#: Contact data that a profile shows or that decide which account it is.
TOUCHING = frozenset(["name", "user_id", "active", "parent_id", "is_company"])


class ResPartner(models.Model):
    _inherit = "res.partner"

    cartera_profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Portfolio account",
        compute="_compute_cartera_profile_id",
        search="_search_cartera_profile_id",
        compute_sudo=False,
        groups=SALES,
    )
    cartera_lifecycle = fields.Selection(related="cartera_profile_id.lifecycle", groups=SALES)
    cartera_lifecycle_date = fields.Date(
        related="cartera_profile_id.lifecycle_date", string="Lifecycle since", groups=SALES
    )
    cartera_stage_id = fields.Many2one(
        related="cartera_profile_id.stage_id", string="Portfolio stage", groups=SALES
    )
    cartera_client_date = fields.Date(related="cartera_profile_id.client_date", groups=SALES)
    cartera_first_contact_date = fields.Date(
        related="cartera_profile_id.first_contact_date", groups=SALES
    )
    cartera_first_source_id = fields.Many2one(
        related="cartera_profile_id.first_source_id", groups=SALES
    )
    cartera_next_action_date = fields.Date(
        related="cartera_profile_id.next_action_date", groups=SALES
    )
    cartera_last_interaction_date = fields.Date(
        related="cartera_profile_id.last_interaction_date", groups=SALES
    )
    cartera_currency_id = fields.Many2one(
        related="cartera_profile_id.currency_id", string="Portfolio currency", groups=SALES
    )
    cartera_potential = fields.Monetary(
        related="cartera_profile_id.potential",
        currency_field="cartera_currency_id",
        readonly=False,
        groups=SALES,
        aggregator=None,
    )
    cartera_interest_categ_ids = fields.Many2many(
        related="cartera_profile_id.interest_categ_ids", readonly=False, groups=SALES
    )
    cartera_urgency = fields.Selection(
        related="cartera_profile_id.urgency", readonly=False, groups=SALES
    )
    cartera_note = fields.Text(
        related="cartera_profile_id.note", string="Portfolio notes", readonly=False, groups=SALES
    )

    # ------------------------------------------------------------------
    # The join. Figures of an account that one may not see are blank, on every path.
    # ------------------------------------------------------------------

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_cartera_profile_id(self):
        company = self.env.company.root_id
        found = self.env["cartera.profile"]._get_visible(self.commercial_partner_id, company)
        for partner in self:
            account = partner.commercial_partner_id._origin
            partner.cartera_profile_id = found.get((account, company))

    def _search_cartera_profile_id(self, operator, value):
        profiles, company = self.env["cartera.profile"], self.env.company.root_id

        def narrow(accounts):
            mine = profiles._search_visible(company, accounts)
            return Domain(
                "commercial_partner_id",
                "in",
                mine.subselect(SQL.identifier("cartera_profile", "partner_id")),
            )

        return profiles._search_shown(self, operator, value, narrow)

    def _traverse_related_sql(self, alias, field, query):
        """Check the field's groups: order, group and sum come through here and nowhere else."""
        if field.name.startswith("cartera_"):
            self._check_field_access(field, "read")
        return super()._traverse_related_sql(alias, field, query)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "cartera_profile_id" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return self.env["cartera.profile"]._join_visible(
            query,
            alias,
            SQL.identifier(alias, "commercial_partner_id"),
            SQL("%s", self.env.company.root_id.id),
        )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # An import that fails as a whole gives the same rows again, one by one.
        vals_list = [dict(vals) for vals in vals_list]
        entered = [self._cartera_pop_entered(vals) for vals in vals_list]
        partners = super().create(vals_list)
        self._cartera_take_in(partners)
        if "child_ids" in self.env["cartera.rule"]._get_watched("res.partner"):
            self.env["cartera.touch"]._touch_partners(partners.filtered("parent_id"))
        with_entries = [pair for pair in zip(partners, entered, strict=True) if pair[1]]
        if with_entries:
            self._cartera_ensure(self.browse(partner.id for partner, _values in with_entries))
            for partner, values in with_entries:
                partner.write(values)
        return partners

    def write(self, vals):
        self._cartera_check_computed(vals)
        if vals.keys() & ENTERED.keys():
            self._cartera_ensure(self)
        before = self.browse()
        watched = self.env["cartera.rule"]._get_watched("res.partner")
        if touching := vals.keys() & (TOUCHING | watched):
            before = self.sudo().commercial_partner_id | self
        result = super().write(vals)
        if touching:
            self.env["cartera.touch"]._touch_partners(before | self)
        return result

    def unlink(self):
        """Touch the accounts: what hangs on a deleted person is gone or nobody's."""
        self.env["cartera.touch"]._touch_partners(self)
        return super().unlink()

    @api.model
    def _cartera_ensure(self, partners):
        """Make the missing profiles: a related field without its record would lose the value."""
        self.check_access("write")
        self.env["cartera.profile"]._ensure(partners).check_access("write")
        partners.invalidate_recordset(["cartera_profile_id"])

    def _cartera_check_computed(self, vals):
        """Refuse to write what is computed: Odoo would ignore it in silence."""
        if refused := self._cartera_get_computed(vals):
            labels = (self._fields[name]._description_string(self.env) for name in refused)
            raise UserError(
                self.env._(
                    "These figures come from the documents and cannot be entered: %s",
                    ", ".join(labels),
                )
            )

    @api.model
    def _cartera_get_computed(self, names) -> list[str]:
        """Return those of some names that are the account's figures; what is stored here is entered here."""
        return sorted(
            name
            for name in names
            if name.startswith("cartera_")
            and name not in ENTERED
            and name in self._fields
            and not self._fields[name].store
        )

    def _convert_records(self, records, *, log=lambda a: None, savepoint):
        """Name the column of a wrong portfolio value in an import of contacts."""
        profiles = self.env["cartera.profile"]
        today = profiles._get_today()
        message = self.env._("comes from the documents and cannot be entered.")
        for dbid, xid, record, info in super()._convert_records(
            records, log=log, savepoint=savepoint
        ):
            entered = {ours: record[name] for name, ours in ENTERED.items() if name in record}
            found = profiles._get_entry_errors(entered, today)
            errors = {name: found[ours] for name, ours in ENTERED.items() if ours in found}
            computed = self._cartera_get_computed(record)
            log_errors(self, record, info, log, errors | dict.fromkeys(computed, message))
            yield dbid, xid, record, info

    @api.model
    def _cartera_pop_entered(self, vals):
        """Take the portfolio entries out of ``vals``: they need the contact to exist first."""
        self._cartera_check_computed(vals)
        values = {name: vals.pop(name) for name in ENTERED if name in vals}
        return {name: value for name, value in values.items() if value not in (False, None, 0, "")}

    @api.model
    def _cartera_take_in(self, partners):
        """Take new company contacts into the portfolio, if the policy says so."""
        if self.env.context.get("cartera_no_policy"):
            return
        new = partners.filtered(lambda partner: partner.is_company and not partner.parent_id)
        if new and self.env["cartera.policy"]._for(self.env.company).take_in_companies:
            self.env["cartera.profile"]._ensure(new, origin="policy")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_cartera_add(self):
        """Put the accounts of these contacts into the portfolio of the current company."""
        profiles = self.env["cartera.profile"]
        profiles.check_access("create")
        accounts = self.commercial_partner_id
        excluded = (
            profiles.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("partner_id", "in", accounts.ids),
                    ("company_id", "=", self.env.company.root_id.id),
                    ("excluded", "=", True),
                ]
            )
        )
        if excluded:
            excluded.with_env(self.env).action_include()
        found = profiles._ensure(self)
        found.check_access("read")
        if len(found) == 1:
            return found._get_records_action(name=found.name)
        return profiles._notify(self.env._("In the portfolio: %s", len(found)), reload=True)

    def action_cartera_open(self):
        """Open the account in the portfolio."""
        self.ensure_one()
        return self.cartera_profile_id._get_records_action(name=self.display_name)
