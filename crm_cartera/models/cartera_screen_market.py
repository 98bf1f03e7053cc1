"""The potential market: segment by segment, who is a client already and what the others could buy."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_market(self, dimension_id=None, user_id=None) -> dict:
        """Return the potential market of a dimension, of the first one if none is named.

        ``dimensions`` to choose from, as on the sheet; ``dimension``: its id, False without any;
        ``rows``, one per segment in their order and one (id False) for the accounts in none, if there
        are some, and ``total``: {id, name, accounts, clients, prospects (all others), prospects_known
        (with a potential), potential (of the prospects, summed), revenue (of the clients), coverage
        (clients / accounts)}.
        """
        dimensions = self._get_dimensions()
        dimension = self._choose_dimension(dimension_id, dimensions)
        segments = dimension["segments"] if dimension else []
        found = self._count_market([segment["id"] for segment in segments], user_id)
        rows = [
            {**segment, **summarize_market(found.get(segment["id"], []))} for segment in segments
        ]
        if segments and None in found:
            name = self.env._("In no segment")
            rows.append({"id": False, "name": name, **summarize_market(found[None])})
        whole = [group for groups in found.values() for group in groups]
        return {
            **self._prepare_screen(),
            "dimensions": dimensions,
            "dimension": dimension["id"] if dimension else False,
            "rows": rows,
            "total": {"id": False, "name": self.env._("Total"), **summarize_market(whole)},
        }

    @api.model
    @api.readonly
    def open_market(
        self, dimension_id=None, segment_id=None, what="prospect", user_id=None
    ) -> dict:
        """Open the accounts of a segment, or those in no segment of the dimension.

        ``what``: "all", "client", "prospect" (no client yet).
        """
        if segment_id:
            return self.open_segment(segment_id, what, user_id=user_id)
        dimension = self._choose_dimension(dimension_id, self._get_dimensions())
        if not dimension:
            return self.open_portfolio(what, user_id)
        ids = [segment["id"] for segment in dimension["segments"]]
        outside = self._get_population(user_id) & Domain("segment_ids", "not in", ids)
        name = self.env._("%s: in no segment", dimension["name"])
        return self._open_accounts(name, outside & self._get_kind(what))

    @api.model
    @api.readonly
    def open_portfolio(self, what="all", user_id=None) -> dict:
        """Open all accounts, the clients, or those that are none yet."""
        names = {
            "all": self.env._("All accounts"),
            "client": self.env._("Clients"),
            "prospect": self.env._("No clients yet"),
        }
        domain = self._get_population(user_id) & self._get_kind(what)
        return self._open_accounts(names[what], domain)

    @api.model
    def _get_kind(self, what) -> Domain:
        """Return the condition of "all" accounts, "client" or "prospect": no client yet."""
        if what == "all":
            return Domain.TRUE
        return Domain("lifecycle", "=" if what == "client" else "!=", "client")

    @api.model
    def _choose_dimension(self, dimension_id, dimensions):
        """Return one of the dimensions that the user may see, the first unless told, None without any.

        Raises AccessError for one that he may not see.
        """
        wanted = dimension_id and int(dimension_id)
        found = [dimension for dimension in dimensions if dimension["id"] == wanted]
        if wanted and not found:
            self.env["cartera.dimension"].browse(wanted).exists().check_access("read")
        return next(iter(found or dimensions), None)

    @api.model
    def _count_market(self, segment_ids, user_id) -> dict:
        """Return {segment, None for none: [(is client, has a potential, accounts, potential, revenue)]}.

        ``segment_ids``: of one dimension, so that an account is in one of them at most.
        """
        profiles = self._get_profiles()
        query = profiles._search(self._get_population(user_id))
        names = ("id", "lifecycle", "potential", "revenue_12m")
        columns = [SQL.identifier(profiles._table, name) for name in names]
        rows = self.env.execute_query(
            SQL(
                """SELECT r.segment_id, a.lifecycle = 'client', COALESCE(a.potential, 0) > 0, COUNT(*),
                          SUM(a.potential)::float, SUM(a.revenue_12m)::float
                     FROM %s a LEFT JOIN cartera_profile_segment_rel r
                       ON r.profile_id = a.id AND r.segment_id = ANY(%s)
                 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
                query.subselect(*columns),
                list(segment_ids),
            )
        )
        found = {}
        for segment, *group in rows:
            found.setdefault(segment, []).append(group)
        return found


def summarize_market(groups) -> dict:
    """Return the figures of a segment from the groups of its accounts."""
    clients = [group for group in groups if group[0]]
    others = [group for group in groups if not group[0]]
    client_count = sum(group[2] for group in clients)
    count = client_count + sum(group[2] for group in others)
    known = [group for group in others if group[1]]
    revenues = [group[4] for group in clients if group[4] is not None]
    return {
        "accounts": count,
        "clients": client_count,
        "prospects": count - client_count,
        "prospects_known": sum(group[2] for group in known),
        "potential": sum(group[3] for group in known) if known else None,
        "revenue": sum(revenues) if revenues else None,
        "coverage": client_count / count if count else None,
    }
