"""The segment of each account as a column of a query."""

from odoo import models
from odoo.tools import SQL
from odoo.tools.query import Query


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    def _get_segments(self):
        """Return the segments in use that the user may see, in their order."""
        segments = self.segment_ids
        return segments.filtered("active").with_prefetch(segments._prefetch_ids)

    def _join_segment(self, query: Query, alias: str, name: str, company: SQL) -> SQL:
        """Join the segment that each account is in; return the SQL of its id, NULL for none.

        ``alias``: table of the accounts in ``query``, whose ``id`` is that of the profile; ``name``: of
        the join; ``company``: SQL of the account's company. Several dimensions are one and the same to
        different companies: a company's own takes the place of everybody's. Only segments that the user
        may see are joined, so that an account is found once.
        """
        joined = query.make_alias(alias, f"{name}__segment")
        query.add_join(
            "LEFT JOIN",
            joined,
            "cartera_profile_segment_rel",
            SQL(
                "%s = %s AND %s",
                SQL.identifier(joined, "profile_id"),
                SQL.identifier(alias, "id"),
                self._get_join_condition(SQL.identifier(joined, "segment_id"), company),
            ),
        )
        return SQL.identifier(joined, "segment_id")

    def _get_join_condition(self, segment: SQL, company: SQL) -> SQL:
        """Return the condition that a segment is one of the account's company."""
        conditions, owners = [], self.company_id.ids
        for dimension in self:
            condition = SQL("%s = ANY(%s)", segment, dimension._get_segments().ids)
            if dimension.company_id:
                condition = SQL("%s AND %s = %s", condition, company, dimension.company_id.id)
            elif owners:
                condition = SQL("%s AND %s <> ALL(%s)", condition, company, owners)
            conditions.append(SQL("(%s)", condition))
        return SQL("(%s)", SQL(" OR ").join(conditions or [SQL("FALSE")]))
