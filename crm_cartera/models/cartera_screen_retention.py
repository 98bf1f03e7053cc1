"""Retention: accounts by status at each month end and today, and who changed of late."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .cartera_policy_history import get_month_end

#: Month ends on the screen at most, and days of a week.
MONTHS, WEEK = 120, 7
#: Changes listed on the screen.
LISTED = 100


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_retention(self, months=12, user_id=None) -> dict:
        """Return the number of accounts by retention status.

        ``statuses``: [{code, name}]; ``dates``: month ends [{date, label}]; ``history``: {code:
        [accounts at each]}; ``today``: {code: accounts}. Salespeople are those of today.
        """
        dates = self._get_month_ends(months)
        profiles = self._get_profiles()
        live = profiles._read_group(
            self._get_population(user_id) & Domain("retention_status", "!=", False),
            ["retention_status"],
            ["__count"],
        )
        past = (
            self.env["cartera.snapshot"]
            .with_context(active_test=False)
            ._read_group(
                self._get_snapshot_domain(dates, user_id),
                ["date:day", "retention_status"],
                ["__count"],
            )
        )
        counts = {(day, status): count for day, status, count in past}
        labels = self._get_status_labels()
        return {
            **self._prepare_screen(),
            "statuses": [{"code": code, "name": name} for code, name in labels.items()],
            "dates": [
                {
                    "date": fields.Date.to_string(day),
                    "label": format_date(self.env, day, date_format="MMM yyyy"),
                }
                for day in dates
            ],
            "history": {code: [counts.get((day, code), 0) for day in dates] for code in labels},
            "today": dict(live),
        }

    @api.model
    @api.readonly
    def open_retention(self, status, date=None, user_id=None) -> dict:
        """Open the accounts that have a status today, or had it at a month end."""
        labels, day = self._get_status_labels(), fields.Date.to_date(date)
        if not day:
            domain = self._get_population(user_id) & Domain("retention_status", "=", status)
            return self._open_accounts(self.env._("Retention: %s", labels[status]), domain)
        had = Domain("date", "=", day) & Domain("retention_status", "=", status)
        domain = self._get_population(user_id) & Domain("snapshot_ids", "any", list(had))
        name = self.env._(
            "Retention: %(status)s on %(date)s",
            status=labels[status],
            date=format_date(self.env, day),
        )
        return self._open_accounts(name, domain)

    @api.model
    def _get_status_labels(self) -> dict[str, str]:
        field = self._get_profiles()._fields["retention_status"]
        return dict(field._description_selection(self.env))

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_retention_changes(self, direction=None, user_id=None) -> dict:
        """Return who changed status in the last seven days.

        ``counts``: accounts {all, worse, better}, of which one that changed both ways is in each;
        ``rows``: the latest hundred changes of the direction {id, profile_id, name, date, from_status,
        to_status, direction}.
        """
        names = ["from_status", "to_status", "direction"]
        rows = self._get_changes().search_fetch(
            self._get_change_domain(direction, user_id),
            ["profile_id", "date", *names],
            order="date desc, id desc",
            limit=LISTED,
        )
        return {
            "counts": self._count_changed(user_id),
            "rows": [
                {
                    "id": row.id,
                    "profile_id": row.profile_id.id,
                    "name": row.profile_id.name,
                    "date": fields.Date.to_string(row.date),
                    **{name: row[name] for name in names},
                }
                for row in rows
            ],
        }

    @api.model
    @api.readonly
    def open_retention_changes(self, direction=None, user_id=None) -> dict:
        """Open the accounts whose status changed in the last seven days."""
        domain = self._get_change_domain(direction, user_id)
        groups = self._get_changes()._read_group(domain, ["profile_id"])
        return self._open_accounts(
            self.env._("Retention: changes of the last 7 days"),
            Domain("id", "in", [profile.id for (profile,) in groups]),
        )

    @api.model
    def _count_changed(self, user_id) -> dict[str, int]:
        """Return the number of accounts that changed for the worse, for the better, and at all."""
        changes, domain = self._get_changes(), self._get_change_domain(None, user_id)
        accounts = ["profile_id:count_distinct"]
        ((count,),) = changes._read_group(domain, aggregates=accounts)
        counts = dict(changes._read_group(domain, ["direction"], accounts))
        return {
            "all": count,
            "worse": counts.get("worse", 0),
            "better": counts.get("better", 0),
        }

    @api.model
    def _get_changes(self):
        return self.env["cartera.retention.change"].with_context(active_test=False)

    @api.model
    def _get_change_domain(self, direction, user_id) -> Domain:
        since = self._get_policy()._today() - timedelta(days=WEEK)
        domain = Domain("company_id", "=", self._get_company().id) & Domain("date", ">", since)
        domain &= Domain("profile_id", "any", self._get_population(user_id))
        return domain & Domain("direction", "=", direction) if direction else domain

    # ------------------------------------------------------------------
    # Month ends
    # ------------------------------------------------------------------

    @api.model
    def _get_month_ends(self, months) -> list:
        """Return the last month ends before today, the earliest first."""
        today = self._get_policy()._today()
        count = max(1, min(int(months), MONTHS))
        return [get_month_end(today, back) for back in range(count, 0, -1)]

    @api.model
    def _get_snapshot_domain(self, dates, user_id) -> Domain:
        # The company is named twice: the index of the snapshots begins with it.
        domain = Domain("company_id", "=", self._get_company().id) & Domain("date", "in", dates)
        domain &= Domain("retention_status", "!=", False)
        if user_id is not None:
            domain &= Domain("profile_id", "any", self._get_population(user_id))
        return domain
