"""What last year tells of a target: how it spread over months, and who made what of it."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ..analysis.period import Period


class CarteraIndicatorTarget(models.Model):
    _inherit = "cartera.indicator.target"

    @api.constrains("parent_id", "indicator_id", "company_id")
    def _check_parent(self):
        for target in self.filtered("parent_id"):
            parent = target.parent_id
            if (parent.indicator_id, parent.company_id) != (target.indicator_id, target.company_id):
                raise ValidationError(
                    self.env._("A target is part of one of the same indicator and company only.")
                )
        if self._has_cycle():
            raise ValidationError(self.env._("A target cannot be part of itself."))

    def _get_month_weights(self) -> list[float | None]:
        """Return what each month of the period measured a year before, None where nothing tells.

        A month that is not over is read of the year before that. Closed months are read as they were closed.
        """
        self.ensure_one()
        months = [self._get_past(month) for month in self._period.months()]
        closed = self.env["cartera.indicator.value"]._find(
            self.indicator_id, self.company_id, months, [self._scope_key]
        )
        weights = []
        for month in months:
            value = closed.get((self.indicator_id.id, month, self._scope_key))
            weights.append(
                value.value if value else self._measure_past(month, [self._scope_key])[0]
            )
        return [None if weight is False else weight for weight in weights]

    def _get_past(self, month: Period) -> Period:
        """Return the month of the last year in which it is over."""
        today = self.env["cartera.policy"]._for(self.company_id)._today()
        month = month.last_year()
        while month.end >= today:
            month = month.last_year()
        return month

    def _get_owner_weights(self, keys: list[str]) -> list[float | None]:
        """Return what each team or salesperson measured in the same period of the year before.

        Accounts count for their salesperson of today, so that who took over a portfolio gets its share.
        """
        self.ensure_one()
        return self._measure_past(self._get_past(self._period), keys)

    def _measure_past(self, period, keys) -> list[float | None]:
        figures = self.indicator_id._measure(self.company_id, period, keys)
        return [figures[self.indicator_id, key].value for key in keys]

    def _get_owner_keys(self, by) -> list[str]:
        """Return the scope keys of whom the target can be divided among: teams or salespeople.

        Of the company its teams, or those who have accounts; of a team its people. Whoever has a part
        already is among them.
        """
        self.ensure_one()
        parts = [part._scope_key for part in self.part_ids if part.scope == by]
        indicators = self.env["cartera.indicator"]
        allowed = indicators._get_split_scopes(self.company_id, self._scope_key, by)
        people = self._get_people() if by == "user" else []
        return list(dict.fromkeys([*parts, *allowed, *people]))

    def _get_people(self) -> list[str]:
        """Return the keys of the people of the team, with or without accounts."""
        if self.scope != "team":
            return []
        users = self.env["res.users"].sudo().search([("sale_team_id", "=", self.team_id.id)])
        return [f"user:{user.id}" for user in users]
