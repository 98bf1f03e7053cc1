"""Closing periods: what they were is kept, and closed again only by a manager who says why."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..analysis.period import KINDS, Period
from .cartera_profile import MANAGER

#: The number of the lock under which a company's periods are closed, one closing at a time.
LOCK = 0x43415254


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    @api.model
    def _get_of_company(self, company):
        """Return all indicators of a company, whoever asks."""
        return self.sudo().search([("company_id", "in", [False, company.id])])

    @api.model
    def _get_unclosed(self, company, period: Period):
        """Return the indicators that have no closed value of a period, and that are judged on such."""
        values = self.env["cartera.indicator.value"].sudo()
        domain = values._get_period_domain(company, [period]) & values._get_scope_domain(
            ["company"]
        )
        kinds = list(KINDS)
        judged = self._get_of_company(company).filtered(
            lambda each: kinds.index(each.period) <= kinds.index(period.kind)
        )
        return judged - values.search(domain).indicator_id

    @api.model
    def _get_scopes_to_close(self, company) -> list[str]:
        """Return the scopes whose figures are kept: company, teams, salespeople and key segments."""
        scopes = self.sudo().with_user(api.SUPERUSER_ID)._get_allowed_scopes(company)
        return list(scopes)

    def _close(self, company, period: Period, state="frozen"):
        """Keep the values of a period that is over; those that are kept already stay.

        ``state``: frozen, or estimated for a period of which nothing was kept in its time.
        """
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK, company.id))
        missing = self._get_unclosed(company, period) & self
        if not missing:
            return self.env["cartera.indicator.value"]
        scopes = missing._get_scopes_to_close(company)
        figures = missing._measure(company, period, scopes)
        targets = self.env["cartera.indicator.target"]._find(missing, company, [period], scopes)
        return (
            self.env["cartera.indicator.value"]
            .sudo()
            .create(
                [
                    {
                        **indicator._prepare_value_vals(company, period, scope, figure),
                        "target": indicator._get_target(targets, period, scope),
                        "state": state,
                    }
                    for (indicator, scope), figure in figures.items()
                    if scope == "company" or figure.numerator or figure.value is not None
                ]
            )
        )

    def _prepare_value_vals(self, company, period, scope, figure) -> dict:
        """Return the fields of the value of a period that is closed now."""
        return {
            "indicator_id": self.id,
            "company_id": company.id,
            "kind": period.kind,
            "start": period.start,
            **self.env["cartera.indicator.value"]._prepare_scope_vals(scope),
            **figure._asdict(),
            "frozen_date": fields.Datetime.now(),
            "frozen_by_id": self.env.uid,
        }

    # ------------------------------------------------------------------
    # What came later
    # ------------------------------------------------------------------

    @api.model
    def _note_changes(self, company, period: Period) -> int:
        """Measure a closed period again and note which values differ; returns how many do."""
        values = self._get_values(company, period)
        figures = values.indicator_id._measure(company, period, sorted(set(values._get_scopes())))
        for value in values:
            now = figures[value.indicator_id, value._scope_key].value
            changed = value._is_changed(now)
            note = {"changed": changed, "value_now": now if changed else False}
            if changed != value.changed or (changed and value.value_now != now):
                value.write(note)
        return len(values.filtered("changed"))

    @api.model
    def _get_values(self, company, period: Period):
        values = self.env["cartera.indicator.value"].sudo()
        return values.search(values._get_period_domain(company, [period]))

    def _refreeze_period(self, company, period: Period, reason):
        """Close a period again with what its documents say today, for all scopes; logged.

        Raises AccessError for who is no sales manager, UserError without a reason or if the period is not
        closed.
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only sales managers can close a period again."))
        self._check_scope(company, "company")
        if not (reason or "").strip():
            raise UserError(self.env._("Why is the period closed again? The reason is kept."))
        self.check_access("read")
        values = self._get_values(company, period)
        values = values.filtered(lambda value: value.indicator_id in self)
        if not values:
            raise UserError(self.env._("This period is not closed yet."))
        self._close_again(company, period, values, reason.strip())

    def _close_again(self, company, period, values, reason):
        figures = self._measure(company, period, sorted(set(values._get_scopes())))
        changed = values.filtered(
            lambda value: value._is_changed(figures[value.indicator_id, value._scope_key].value)
        )
        self.env["cartera.indicator.freeze"].sudo().create(
            [
                {
                    "value_id": value.id,
                    "user_id": self.env.uid,
                    "before": value.value,
                    "after": figures[value.indicator_id, value._scope_key].value,
                    "reason": reason,
                }
                for value in changed
            ]
        )
        stamp = {
            "state": "frozen",
            "frozen_date": fields.Datetime.now(),
            "frozen_by_id": self.env.uid,
            "changed": False,
            "value_now": False,
        }
        for value in changed:
            value.write({**figures[value.indicator_id, value._scope_key]._asdict(), **stamp})
