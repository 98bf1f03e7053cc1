"""The sheet of a segment: how large it is, what it brings, who is in it and who its best are like."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .cartera_figures import MARGIN

#: Accounts listed, traits of each kind listed, months to choose the start of the migration from.
TOP, MARKS, BACK = 10, 5, 24
#: Statuses of accounts that are gone.
GONE = ("inactive", "lost")
#: Figures that are summed, in the order of the aggregates.
SUMS = ("revenue_12m", "revenue_prev_12m", "potential")


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_segment_sheet(self, segment_id=None, since=None, basis="best", user_id=None) -> dict:
        """Return the sheet of a segment, of the first one if none is named.

        ``dimensions`` to choose from {id, name, segments [{id, name}]}; ``segment`` {id, name, color,
        description, treatment, dimension_id, dimension}, False without any segment; ``figures`` of
        its accounts and ``whole``, those of all accounts: {accounts, clients, prospects (all others),
        revenue, revenue_before, growth, margin (with the right only), potential, affinity, open_potential
        (of the prospects), coverage (clients / accounts)}; ``statuses`` {code, name, accounts},
        ``retained`` (0..1); ``top`` accounts {id, name, revenue, trend, abc, affinity};
        ``since``, ``months`` to choose it from {date, label}; ``flows`` {entered, left: [{id, name,
        accounts}]}; ``marks`` of the ``basis``, see :meth:`_prepare_marks`.
        """
        dimensions = self._get_dimensions()
        answer = {**self._prepare_screen(), "dimensions": dimensions, "segment": False}
        segment = self._get_segment(segment_id, dimensions)
        if not segment:
            self._get_population(user_id)  # refuses who may not see accounts
            return answer
        since = self._get_start(since)
        return {
            **answer,
            "segment": self._prepare_segment(segment),
            "may_see_margin": self.env.user.has_group(MARGIN),
            "figures": self._summarize(self._get_members(segment, user_id)),
            "whole": self._summarize(self._get_population(user_id)),
            **self._prepare_retention(segment, user_id),
            "top": self._prepare_top(segment, user_id),
            "since": fields.Date.to_string(since),
            "months": self._prepare_starts(since),
            "flows": self._prepare_flows(segment, since, user_id),
            **self._prepare_marks(segment, basis, user_id),
        }

    @api.model
    @api.readonly
    def open_segment(self, segment_id, what="all", user_id=None) -> dict:
        """Open the accounts of a segment.

        ``what``: "all", "client", "prospect" (no client yet), "best", or a retention status.
        """
        segment = self._get_segment(segment_id)
        domain = self._get_members(segment, user_id)
        statuses = self._get_status_labels()
        if what in statuses:
            name = self.env._("%(segment)s: %(kind)s", segment=segment.name, kind=statuses[what])
            return self._open_accounts(name, domain & Domain("retention_status", "=", what))
        kinds = {
            "all": (segment.name, Domain.TRUE),
            "client": (self.env._("Clients"), Domain("lifecycle", "=", "client")),
            "prospect": (self.env._("No clients yet"), Domain("lifecycle", "!=", "client")),
            "best": (self.env._("Class A"), Domain("abc_revenue", "=", "A")),
        }
        if what not in kinds:
            raise ValueError(f"There is no {what!r} of a segment")
        title, condition = kinds[what]
        if what != "all":
            title = self.env._("%(segment)s: %(kind)s", segment=segment.name, kind=title)
        return self._open_accounts(title, domain & condition)

    # ------------------------------------------------------------------
    # Which segment
    # ------------------------------------------------------------------

    @api.model
    def _get_dimensions(self) -> list[dict]:
        """Return the dimensions that the user may see, with their segments, in their order."""
        company = self._get_company()
        segments = self.env["cartera.segment"].search(
            [("active", "=", True), ("company_id", "in", [company.id, False])]
        )
        return [
            {
                "id": dimension.id,
                "name": dimension.name,
                "segments": [{"id": segment.id, "name": segment.name} for segment in members],
            }
            for dimension, members in segments.grouped("dimension_id").items()
        ]

    @api.model
    def _get_segment(self, segment_id=None, dimensions=None):
        """Return a segment that the user may see, of the screen's company or of all companies.

        Without an id: the first of the dimensions, or none. Raises UserError for one that is gone or
        another company's, AccessError for one that the user may not see.
        """
        segments = self.env["cartera.segment"]
        if not segment_id:
            first = [segment for of in dimensions or [] for segment in of["segments"]][:1]
            return segments.browse([segment["id"] for segment in first])
        segment = segments.browse(int(segment_id)).exists()
        if not segment:
            raise UserError(self.env._("This segment was deleted. Choose another one."))
        segment.check_access("read")
        if segment.company_id and segment.company_id != self._get_company():
            raise UserError(
                self.env._(
                    "The segment “%(segment)s” is one of %(company)s: switch to that company.",
                    segment=segment.name,
                    company=segment.company_id.name,
                )
            )
        return segment

    @api.model
    def _prepare_segment(self, segment) -> dict:
        return {
            "id": segment.id,
            "name": segment.name,
            "color": segment.color,
            "description": segment.description,
            "treatment": segment.treatment,
            "dimension_id": segment.dimension_id.id,
            "dimension": segment.dimension_id.name,
        }

    @api.model
    def _get_members(self, segment, user_id=None) -> Domain:
        """Return the condition of the accounts of a segment."""
        return self._get_population(user_id) & Domain("segment_ids", "in", segment.ids)

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    @api.model
    def _summarize(self, domain: Domain) -> dict:
        """Return the figures of some accounts, from one grouped query."""
        names = [*SUMS, *(["margin_12m"] if self.env.user.has_group(MARGIN) else [])]
        aggregates = [f"{name}:sum" for name in names]
        groups = self._get_profiles()._read_group(
            domain,
            ["lifecycle"],
            ["__count", "affinity_score:sum", "affinity_score:count", *aggregates],
        )
        counts = {lifecycle: count for lifecycle, count, *_rest in groups}
        sums = {
            name: add(group[4 + number] for group in groups) for number, name in enumerate(names)
        }
        scored = sum(group[3] for group in groups)
        accounts, clients = sum(counts.values()), counts.get("client", 0)
        number = names.index("potential")
        waiting = add(group[4 + number] for group in groups if group[0] != "client")
        return {
            "accounts": accounts,
            "clients": clients,
            "prospects": accounts - clients,
            "coverage": clients / accounts if accounts else None,
            "revenue": sums["revenue_12m"],
            "revenue_before": sums["revenue_prev_12m"],
            "growth": grow(sums["revenue_12m"], sums["revenue_prev_12m"]),
            "margin": sums.get("margin_12m"),
            "potential": sums["potential"] or None,
            "open_potential": waiting or None,
            "affinity": add(group[2] for group in groups) / scored if scored else None,
        }

    @api.model
    def _prepare_retention(self, segment, user_id) -> dict:
        """Return {statuses, retained}: the share of those that ever bought that are not gone."""
        groups = self._get_profiles()._read_group(
            self._get_members(segment, user_id) & Domain("retention_status", "!=", False),
            ["retention_status"],
            ["__count"],
        )
        counts = dict(groups)
        total = sum(counts.values())
        gone = sum(counts.get(status, 0) for status in GONE)
        return {
            "statuses": [
                {"code": code, "name": name, "accounts": counts.get(code, 0)}
                for code, name in self._get_status_labels().items()
            ],
            "retained": (total - gone) / total if total else None,
        }

    @api.model
    def _prepare_top(self, segment, user_id) -> list[dict]:
        """Return the accounts with the highest revenue of the window."""
        names = ["name", "revenue_12m", "trend", "abc_revenue", "affinity_score"]
        found = self._get_profiles().search_fetch(
            self._get_members(segment, user_id) & Domain("revenue_12m", ">", 0),
            names,
            order="revenue_12m desc, id",
            limit=TOP,
        )
        return [
            {
                "id": profile.id,
                "name": profile.name,
                "revenue": profile.revenue_12m,
                "trend": profile.trend,
                "abc": profile.abc_revenue,
                "affinity": profile.affinity_score,
            }
            for profile in found
        ]

    # ------------------------------------------------------------------
    # Since when
    # ------------------------------------------------------------------

    @api.model
    def _get_start(self, since):
        """Return the first day of the month from which on moves count; three months back unless told."""
        today = self._get_policy()._today()
        day = fields.Date.to_date(since) if since else today - relativedelta(months=3)
        return min(day, today).replace(day=1)

    @api.model
    def _prepare_starts(self, since) -> list[dict]:
        """Return the months to choose from, the latest first, the chosen one among them."""
        month = self._get_policy()._today().replace(day=1)
        months = {month - relativedelta(months=back) for back in range(BACK)} | {since}
        return [
            {
                "date": fields.Date.to_string(day),
                "label": format_date(self.env, day, date_format="MMMM yyyy"),
            }
            for day in sorted(months, reverse=True)
        ]


def add(amounts):
    """Return the sum of amounts as a float; None if all are missing."""
    known = [float(amount) for amount in amounts if amount is not None and amount is not False]
    return sum(known) if known else None


def grow(now, before):
    """Return now / before - 1; None if there is nothing above zero to compare with."""
    return now / before - 1 if now is not None and before and before > 0 else None
