"""Concentration: how much of the revenue, or of the margin, few accounts make."""

from dataclasses import asdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_figures import MARGIN
from .cartera_screen import ALL_ACCOUNTS

#: {measure: column}; a margin is for those who may see margins.
MEASURES = {"revenue": "revenue_12m", "margin": "margin_12m"}
#: The arithmetic is done in whole cents.
HALF_A_CENT = 0.005
#: Points of the curve at most, and accounts named at each.
POINTS, NAMES = 200, 5


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_concentration(self, measure="revenue", user_id=None) -> dict:
        """Return the Pareto curve of the accounts that the user may see.

        Keys: ``measures`` that he may choose; ``limits`` {A, B}, cumulative shares of the policy;
        ``figures``, those of :class:`..analysis.pareto.Concentration`; ``points`` of the curve
        {first, last (ranks of its accounts, from 1), account_share, revenue_share (of all up to here),
        amount (of its accounts), names [{id, name, amount}]}; ``classes`` that have accounts
        {name, first, last, amount, share}; ``is_part``: these accounts are not the whole portfolio,
        so that their classes are others than those on the accounts.
        """
        from ..analysis import pareto

        ids, amounts = self._get_ranked(measure, user_id)
        figures = pareto.concentration(amounts)
        policy = self._get_policy()
        return {
            **self._prepare_screen(),
            "measures": self._get_measures(),
            "limits": {"A": policy.abc_a_limit, "B": policy.abc_b_limit},
            "figures": asdict(figures),
            "points": self._prepare_points(ids, amounts, pareto.curve(amounts, POINTS)),
            "classes": self._prepare_classes(amounts),
            "is_part": user_id is not None or not self.env.user.has_group(ALL_ACCOUNTS),
        }

    @api.model
    @api.readonly
    def open_concentration(self, first, last, measure="revenue", user_id=None) -> dict:
        """Open the accounts from one rank to another, counted from the largest."""
        first, last = int(first), int(last)
        ids, _amounts = self._get_ranked(measure, user_id)
        ids = ids[max(first, 1) - 1 : max(last, 0)]
        name = self.env._("Concentration: ranks %(first)s to %(last)s", first=first, last=last)
        if first == last:
            name = self.env._("Concentration: rank %s", first)
        return self._open_accounts(name, Domain("id", "in", ids))

    @api.model
    @api.readonly
    def open_concentration_class(self, grade, measure="revenue", user_id=None) -> dict:
        """Open the accounts of class A, B or C of the curve."""
        _ids, amounts = self._get_ranked(measure, user_id)
        column, above = MEASURES[measure], None
        for name, minimum in self._get_class_minimums(amounts).items():
            if name == grade:
                break
            above = minimum
        else:
            raise ValueError(f"There is no class {grade!r}")
        domain = self._get_population(user_id) & Domain(column, ">=", minimum)
        if above is not None:
            domain &= Domain(column, "<", above)
        return self._open_accounts(self.env._("Concentration: class %s", grade), domain)

    # ------------------------------------------------------------------
    # Accounts by amount
    # ------------------------------------------------------------------

    @api.model
    def _get_measures(self) -> list[str]:
        may_see_margin = self.env.user.has_group(MARGIN)
        return [name for name in MEASURES if name != "margin" or may_see_margin]

    @api.model
    def _get_ranked(self, measure, user_id) -> tuple[list[int], list[float]]:
        """Return ids and amounts of the accounts above zero, the largest first."""
        profiles = self._get_profiles()
        if measure not in self._get_measures():
            raise AccessError(self.env._("You may not see this figure of the portfolio."))
        column = MEASURES[measure]
        domain = self._get_population(user_id) & Domain(column, ">=", HALF_A_CENT)
        query = profiles._search(domain, order=f"{column} desc, id")
        amount = profiles._field_to_sql(profiles._table, column, query)
        rows = self.env.execute_query(query.select(SQL.identifier(profiles._table, "id"), amount))
        return [row[0] for row in rows], [row[1] for row in rows]

    @api.model
    def _get_class_minimums(self, amounts) -> dict[str, float]:
        """Return {class: amount from which on an account is in it}, classes without account left out."""
        import numpy as np

        from ..analysis import pareto

        policy = self._get_policy()
        found = pareto.get_class_minimums(
            np.array(amounts, dtype=float), policy.abc_a_limit, policy.abc_b_limit
        )
        minimums = dict(zip("AB", found, strict=True))
        kept = {grade: low - HALF_A_CENT for grade, low in minimums.items() if low is not None}
        if amounts and amounts[-1] < min(kept.values()):
            kept["C"] = HALF_A_CENT
        return kept

    # ------------------------------------------------------------------
    # Points and classes
    # ------------------------------------------------------------------

    @api.model
    def _prepare_points(self, ids, amounts, curve) -> list[dict]:
        """Return the points with the accounts that each adds to the one before."""
        points, first = [], 1
        for row in curve.to_dict("records"):
            last = row["accounts"]
            points.append(
                {
                    "first": first,
                    "last": last,
                    "account_share": row["account_share"],
                    "revenue_share": row["revenue_share"],
                    "amount": sum(amounts[first - 1 : last]),
                    "names": range(first - 1, min(last, first - 1 + NAMES)),
                }
            )
            first = last + 1
        named = [ids[rank] for point in points for rank in point["names"]]
        names = {profile.id: profile.name for profile in self._get_profiles().browse(named)}
        for point in points:
            point["names"] = [
                {"id": ids[rank], "name": names[ids[rank]], "amount": amounts[rank]}
                for rank in point["names"]
            ]
        return points

    @api.model
    def _prepare_classes(self, amounts) -> list[dict]:
        total, classes, first = sum(amounts), [], 1
        for grade, minimum in self._get_class_minimums(amounts).items():
            last = sum(amount >= minimum for amount in amounts)
            amount = sum(amounts[first - 1 : last])
            classes.append(
                {
                    "name": grade,
                    "first": first,
                    "last": last,
                    "amount": amount,
                    "share": amount / total,
                }
            )
            first = last + 1
        return classes
