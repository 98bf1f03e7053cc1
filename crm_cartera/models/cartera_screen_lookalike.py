"""Look-alikes: prospects and leads by their likeness to the best clients, with the reasons.

Seventeen queries at most, whatever the number of accounts: one counts the values of all traits, one ranks
the accounts in the database; only those of the page are read.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Accounts on the screen, and at most among those that are opened.
PAGE, OPENED = 50, 1000
#: {trait: many2many of the profile} in which one who has not bought yet says what clients show.
WISHES = {"category": "interest_categ_ids"}


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_lookalikes(self, segment_id=None, lifecycle=None, user_id=None) -> dict:
        """Return the accounts that never bought and are most like the best clients.

        ``segment_id``: the best are the clients of that segment, else those of class A; ``lifecycle``:
        "prospect" or "lead", both without. Keys: ``dimensions``, ``segment``, as on the sheet; ``best``
        and ``clients``, how many; ``marks``, by trait: what distinguishes the best; ``count`` of
        accounts with something that speaks for them; ``rows``, the most alike {id, name, lifecycle,
        likeness (0..100), potential, user, reasons [{label, name, some_share, all_share, lift, helps}]}.
        """
        dimensions = self._get_dimensions()
        segment = self._get_segment(segment_id)
        weighed, best, clients = self._weigh_best(segment, user_id)
        ranked = self._rank_lookalikes(weighed, lifecycle, user_id, PAGE)
        return {
            **self._prepare_screen(),
            "dimensions": dimensions,
            "segment": self._prepare_segment(segment) if segment else False,
            "best": best,
            "clients": clients,
            **self._prepare_lookalikes(weighed, ranked),
        }

    @api.model
    @api.readonly
    def open_lookalikes(self, segment_id=None, lifecycle=None, user_id=None) -> dict:
        """Open the accounts with something that speaks for them, the most alike if there are very many."""
        segment = self._get_segment(segment_id)
        weighed, _best, _clients = self._weigh_best(segment, user_id)
        ranked = self._rank_lookalikes(weighed, lifecycle, user_id, OPENED)
        ids = [profile for profile, _sum, _count in ranked]
        return self._open_accounts(self.env._("Like the best clients"), Domain("id", "in", ids))

    @api.model
    @api.readonly
    def open_best_clients(self, segment_id=None, user_id=None) -> dict:
        """Open the clients that the others are compared with."""
        domain = self._get_best_clients(self._get_segment(segment_id), user_id)
        return self._open_accounts(self.env._("The best clients"), domain)

    # ------------------------------------------------------------------
    # The best clients
    # ------------------------------------------------------------------

    @api.model
    def _get_clients(self, user_id) -> Domain:
        return self._get_population(user_id) & Domain("lifecycle", "=", "client")

    @api.model
    def _get_best_clients(self, segment, user_id) -> Domain:
        """Return the condition of the best clients: those of a segment, else those of class A."""
        if segment:
            return self._get_clients(user_id) & Domain("segment_ids", "in", segment.ids)
        return self._get_clients(user_id) & Domain("abc_revenue", "=", "A")

    @api.model
    def _weigh_best(self, segment, user_id):
        """Return (weighed traits of the best among all clients, number of the best, of clients)."""
        best, clients = self._get_best_clients(segment, user_id), self._get_clients(user_id)
        profiles = self._get_profiles()
        counts = profiles.search_count(best), profiles.search_count(clients)
        return self._weigh_traits(clients, best), *counts

    # ------------------------------------------------------------------
    # Who is like them
    # ------------------------------------------------------------------

    @api.model
    def _get_candidates(self, lifecycle, user_id) -> Domain:
        wanted = [lifecycle] if lifecycle in ("prospect", "lead") else ["prospect", "lead"]
        candidates = self._get_population(user_id) & Domain("lifecycle", "in", wanted)
        return candidates & Domain("active", "=", True)

    @api.model
    def _rank_lookalikes(self, weighed, lifecycle, user_id, limit) -> list[tuple]:
        """Return [(profile id, sum of weights, accounts in all)] of the most alike.

        Only those for which something speaks; equal ones by potential, then in the order of their ids.
        """
        if not (weighed["weight"] > 0).any():
            return []
        profiles = self._get_profiles()
        query = profiles._search(self._get_candidates(lifecycle, user_id))
        columns = [
            SQL(
                "%s AS %s",
                profiles._field_to_sql(profiles._table, name, query),
                SQL.identifier(trait),
            )
            for trait, name in self._get_traits().items()
            if trait not in WISHES
        ]
        account = query.select(
            SQL.identifier(profiles._table, "id"),
            SQL("%s AS potential", SQL.identifier(profiles._table, "potential")),
            *columns,
        )
        joins, points = self._join_weights(weighed)
        return self.env.execute_query(
            SQL(
                """WITH account AS MATERIALIZED (%s), scored AS (
                          SELECT account.id, account.potential, %s AS points FROM account %s)
                   SELECT id, points, COUNT(*) OVER () FROM scored WHERE points > 0
                 ORDER BY points DESC, potential DESC NULLS LAST, id LIMIT %s""",
                account,
                points,
                joins,
                limit,
            )
        )

    @api.model
    def _join_weights(self, weighed) -> tuple[SQL, SQL]:
        """Return (joins that bring the weight of each trait of ``account``, their sum)."""
        profiles, joins, points = self._get_profiles(), [], []
        for trait in self._get_traits():
            of = weighed[(weighed["trait"] == trait) & (weighed["weight"] != 0)]
            if of.empty:
                continue
            weights = SQL(
                "(SELECT * FROM unnest(%s::int[], %s::numeric[]) AS w (value, weight))",
                of["value"].tolist(),
                of["weight"].tolist(),
            )
            alias = SQL.identifier(f"weight_{trait}")
            if trait in WISHES:
                field = profiles._fields[WISHES[trait]]
                # Of several wishes the best one counts.
                weights = SQL(
                    """(SELECT r.%s AS value, MAX(w.weight) AS weight
                          FROM %s r JOIN %s w ON w.value = r.%s GROUP BY 1)""",
                    SQL.identifier(field.column1),
                    SQL.identifier(field.relation),
                    weights,
                    SQL.identifier(field.column2),
                )
            key = SQL.identifier("account", "id" if trait in WISHES else trait)
            joins.append(SQL("LEFT JOIN %s %s ON %s.value = %s", weights, alias, alias, key))
            points.append(SQL("COALESCE(%s.weight, 0)", alias))
        return SQL(" ").join(joins), SQL(" + ").join(points)

    @api.model
    def _prepare_lookalikes(self, weighed, ranked) -> dict:
        """Return {marks, count, rows} for the screen."""
        import numpy as np

        from ..analysis import lookalike

        marks = lookalike.get_marks(weighed)
        found = self._get_profiles().browse([row[0] for row in ranked])
        reasons = lookalike.explain(self._read_traits(found), weighed)
        names = self._name_values(
            [
                *zip(reasons["trait"], reasons["value"], strict=True),
                *zip(marks["trait"], marks["value"], strict=True),
            ]
        )
        sums = np.array([float(row[1]) for row in ranked])
        likeness = lookalike.get_likeness(sums, lookalike.get_highest(weighed))
        told = dict(list(reasons.groupby("account")))
        return {
            "marks": self._describe(marks, names),
            "count": ranked[0][2] if ranked else 0,
            "rows": [
                {
                    "id": profile.id,
                    "name": profile.name,
                    "lifecycle": profile.lifecycle,
                    "likeness": float(like),
                    "potential": profile.potential or None,
                    "user": profile.user_id.name or False,
                    "reasons": self._describe(told[profile.id], names),
                }
                for profile, like in zip(found, likeness, strict=True)
            ],
        }

    @api.model
    def _read_traits(self, found):
        """Return {account, trait, value} of some accounts that have not bought yet."""
        import pandas as pd

        rows = [
            (profile.id, trait, record.id)
            for profile in found
            for trait, name in self._get_traits().items()
            for record in profile[WISHES.get(trait, name)]
        ]
        frame = pd.DataFrame(rows, columns=["account", "trait", "value"])
        return frame.astype({"account": "int64", "trait": object, "value": "int64"})

    @api.model
    def _describe(self, weighed, names) -> list[dict]:
        """Return values of traits as reasons, in words."""
        labels = self._get_trait_labels()
        return [
            {
                "trait": row["trait"],
                "label": labels[row["trait"]],
                "name": names[row["trait"], row["value"]],
                "some_share": row["some_share"],
                "all_share": row["all_share"],
                "lift": row["lift"],
                "helps": row["weight"] > 0,
            }
            for row in weighed.to_dict("records")
        ]
