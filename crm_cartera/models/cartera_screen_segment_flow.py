"""The sheet of a segment: who came and who went since a month, and what its best accounts have in common."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_screen_segment import MARKS

#: {side of a move: (where the account is, where it was)} as seen from the segment.
ENTERED, LEFT = "entered", "left"


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    # ------------------------------------------------------------------
    # Migration
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def open_segment_flow(
        self, segment_id, direction, other_id=None, since=None, user_id=None
    ) -> dict:
        """Open the accounts that came from another segment since a month, or went to one.

        ``direction``: "entered" or "left"; ``other_id``: None or False for none of the dimension.
        """
        segment, since = self._get_segment(segment_id), self._get_start(since)
        if direction not in (ENTERED, LEFT):
            raise ValueError(f"There is no direction {direction!r}")
        here, there = ("target", "origin") if direction == ENTERED else ("origin", "target")
        rows = self.env.execute_query(
            SQL(
                """SELECT profile_id FROM (%s) moved
                    WHERE %s = %s AND %s IS NOT DISTINCT FROM %s ORDER BY profile_id""",
                self._query_flows(segment, since, user_id),
                SQL.identifier(here),
                segment.id,
                SQL.identifier(there),
                int(other_id) if other_id else None,
            )
        )
        if direction == ENTERED:
            name = self.env._("%s: entered", segment.name)
        else:
            name = self.env._("%s: left", segment.name)
        return self._open_accounts(name, Domain("id", "in", [row[0] for row in rows]))

    @api.model
    def _prepare_flows(self, segment, since, user_id) -> dict:
        """Return {entered, left}: [{id, name, accounts}] by the other segment, the most first."""
        rows = self.env.execute_query(
            SQL(
                """SELECT origin, target, COUNT(*) FROM (%s) moved
                    WHERE origin = %s OR target = %s
                 GROUP BY origin, target ORDER BY COUNT(*) DESC, origin, target""",
                self._query_flows(segment, since, user_id),
                segment.id,
                segment.id,
            )
        )
        others = {side for row in rows for side in row[:2] if side} - {segment.id}
        found = self.env["cartera.segment"].browse(sorted(others))
        names = {other.id: other.name for other in found}
        names[None] = self.env._("No segment")
        flows = {ENTERED: [], LEFT: []}
        for origin, target, count in rows:
            side, other = (ENTERED, origin) if target == segment.id else (LEFT, target)
            flows[side].append({"id": other or False, "name": names[other], "accounts": count})
        return flows

    @api.model
    def _query_flows(self, segment, since, user_id) -> SQL:
        """Return SELECT (profile_id, origin, target) of the accounts that moved in the dimension.

        Where each was before its first move since that day, and where its last one brought it. Moves
        that follow from an edited rule are none of the account's.
        """
        moves = self.env["cartera.segment.move"].with_context(active_test=False)
        query = moves._search(
            Domain("company_id", "=", self._get_company().id)
            & Domain("dimension_id", "=", segment.dimension_id.id)
            & Domain("kind", "=", "account")
            & Domain("date", ">=", since)
            & Domain("profile_id", "any", self._get_population(user_id))
        )
        names = ("profile_id", "from_segment_id", "segment_id", "date", "id")
        columns = [SQL.identifier(moves._table, name) for name in names]
        return SQL(
            """SELECT * FROM (
                   SELECT profile_id, (array_agg(from_segment_id ORDER BY date, id))[1] AS origin,
                          (array_agg(segment_id ORDER BY date DESC, id DESC))[1] AS target
                     FROM %s m GROUP BY profile_id) of_account
                WHERE origin IS DISTINCT FROM target""",
            query.subselect(*columns),
        )

    # ------------------------------------------------------------------
    # What its best accounts have in common
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def open_segment_trait(self, segment_id, trait, value, basis="best", user_id=None) -> dict:
        """Open the accounts of a segment, its best or all, that have a value of a trait."""
        segment = self._get_segment(segment_id)
        value = int(value)
        domain = self._get_basis(segment, basis, user_id)
        domain &= Domain(self._get_trait_field(trait), "=", value)
        names = {
            "segment": segment.name,
            "trait": self._get_trait_labels()[trait],
            "value": self._name_values([(trait, value)])[trait, value],
        }
        name = self.env._("%(segment)s: %(trait)s %(value)s", **names)
        return self._open_accounts(name, domain)

    @api.model
    def _get_trait_field(self, trait) -> str:
        if trait not in self._get_traits():
            raise UserError(self.env._("There is no trait “%s”.", trait))
        return self._get_traits()[trait]

    @api.model
    def _get_basis(self, segment, basis, user_id) -> Domain:
        """Return the condition of the accounts of a segment that are described: best or all."""
        members = self._get_members(segment, user_id)
        return members & Domain("abc_revenue", "=", "A") if basis == "best" else members

    @api.model
    def _prepare_marks(self, segment, basis, user_id) -> dict:
        """Return what the accounts of the basis have more often than all: {basis_accounts, marks}.

        ``marks``: by trait, in their order, {trait, label, values [{trait, value, name, accounts,
        some_share, all_share, lift}]}; traits without any are left out.
        """
        from ..analysis import lookalike

        described = self._get_basis(segment, basis, user_id)
        weighed = self._weigh_traits(self._get_population(user_id), described)
        marks = lookalike.get_marks(weighed).groupby("trait", sort=False).head(MARKS)
        rows = self._prepare_traits(marks)
        labels = self._get_trait_labels()
        marks = [
            {
                "trait": trait,
                "label": label,
                "values": [row for row in rows if row["trait"] == trait],
            }
            for trait, label in labels.items()
        ]
        return {
            "basis_accounts": self._get_profiles().search_count(described),
            "marks": [mark for mark in marks if mark["values"]],
        }
