"""Figures that change every day or with every other account: computed when read, never stored."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from .cartera_fields import BlankFloat, BlankInteger

#: {figure: (the date it counts from or to, 1 if the days grow with time)}
DAYS = {
    "recency_days": ("last_purchase_date", 1),
    "tenure_days": ("first_purchase_date", 1),
    "days_to_next_purchase": ("expected_purchase_date", -1),
}
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    recency_days = BlankInteger(
        string="Days since last purchase",
        compute="_compute_days",
        search="_search_recency_days",
        help="Today less the day of the last purchase.",
    )
    tenure_days = BlankInteger(
        string="Days as a client",
        compute="_compute_days",
        search="_search_tenure_days",
        help="Today less the day of the first purchase.",
    )
    days_to_next_purchase = BlankInteger(
        string="Days to next purchase",
        compute="_compute_days",
        search="_search_days_to_next_purchase",
        help="Days until the next purchase is expected; below zero if it should have come already.",
    )
    revenue_share = BlankFloat(
        string="Share of revenue",
        compute="_compute_revenue_share",
        help="Its part of the company's revenue of the period, accounts below zero left aside.",
    )

    @api.depends(*(name for name, _sign in DAYS.values()))
    def _compute_days(self):
        for company, profiles in self.grouped("company_id").items():
            today = self.env["cartera.policy"]._for(company or self.env.company)._today()
            for profile in profiles:
                for name, (source, sign) in DAYS.items():
                    day = profile[source]
                    profile[name] = sign * (today - day).days if day else False

    def _search_recency_days(self, operator, value):
        return self._search_days("recency_days", operator, value)

    def _search_tenure_days(self, operator, value):
        return self._search_days("tenure_days", operator, value)

    def _search_days_to_next_purchase(self, operator, value):
        return self._search_days("days_to_next_purchase", operator, value)

    @api.model
    def _search_days(self, name, operator, value):
        """Turn a condition on days into one on their date, in each company's own day."""
        source, sign = DAYS[name]
        if operator not in ("in", *MIRRORED):
            return NotImplemented
        compared = MIRRORED.get(operator, operator) if sign > 0 else operator
        parts = []
        for company in self.env.companies.root_id:
            today = self.env["cartera.policy"]._for(company)._today()
            if operator == "in":
                days = [today - timedelta(days=sign * days) for days in value if days is not False]
                wanted = Domain(source, "in", [*days, *(day for day in value if day is False)])
            else:
                wanted = Domain(source, compared, today - timedelta(days=sign * int(value)))
            parts.append(Domain("company_id", "=", company.id) & wanted)
        return Domain.OR(parts)

    @api.depends("revenue_12m", "company_id")
    def _compute_revenue_share(self):
        groups = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("excluded", "=", False),
                    ("revenue_12m", ">", 0),
                ],
                ["company_id"],
                ["revenue_12m:sum"],
            )
        )
        totals = {company.id: total for company, total in groups}
        for profile in self:
            total, own = totals.get(profile.company_id.id), profile.revenue_12m
            profile.revenue_share = own / total if total and own is not False else False
