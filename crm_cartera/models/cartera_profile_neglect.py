"""Accounts of class A that nobody speaks with."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

MAX_DAYS = 3650


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    # The same days as the scorecard's contact coverage, unless somebody wants others.
    neglected_days = fields.Integer(
        string="Neglected after (days)",
        default=90,
        required=True,
        help="An account of class A without an interaction in so many days is neglected. Default: 90.",
    )

    _neglected_days_sensible = models.Constraint(
        f"CHECK (neglected_days BETWEEN 1 AND {MAX_DAYS})",
        f"Neglected after: between 1 and {MAX_DAYS} days.",
    )

    @api.constrains("neglected_days")
    def _check_neglected_days(self):
        for policy in self:
            if not 1 <= policy.neglected_days <= MAX_DAYS:
                label = self._fields["neglected_days"]._description_string(self.env)
                message = self.env._("between 1 and %s days.", MAX_DAYS)
                raise ValidationError(
                    self.env._("%(field)s: %(message)s", field=label, message=message)
                )


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    neglected = fields.Boolean(
        string="Neglected A account",
        compute="_compute_neglected",
        search="_search_neglected",
        help="Of class A, and without an interaction in the days that the criteria say.",
    )

    @api.depends("abc_revenue", "active", "excluded", "last_interaction_date")
    def _compute_neglected(self):
        for company, profiles in self.grouped("company_id").items():
            found = profiles.sudo().filtered_domain(self._get_neglected_domain(company))
            for profile in profiles:
                profile.neglected = profile.id in found._ids

    def _search_neglected(self, operator, value):
        if operator != "in":
            return NotImplemented
        if set(value) == {True, False}:
            return Domain.TRUE
        return Domain.OR(
            self._get_neglected_domain(company) for company in self.env.companies.root_id
        )

    @api.model
    def _get_neglected_domain(self, company) -> Domain:
        """Return the neglected accounts of a root company; other addons may name others.

        Class A, not archived, in the portfolio, no interaction in the last n days: as the scorecard's
        contact coverage counts them, for A only and with the days of the criteria.
        """
        policy = self.env["cartera.policy"]._for(company)
        last = policy._today() - timedelta(days=policy.neglected_days)
        silent = Domain("last_interaction_date", "=", False) | Domain(
            "last_interaction_date", "<=", last
        )
        return (
            Domain("company_id", "=", company.id)
            & Domain("abc_revenue", "=", "A")
            & Domain("active", "=", True)
            & Domain("excluded", "=", False)
            & silent
        )
