"""Finding an account by anything that somebody on the telephone may say."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Shorter texts find too much; of longer ones the rest is left out.
SHORTEST, LONGEST = 2, 100
MOST_FOUND = 50


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    @api.model
    @api.readonly
    def quick_search(self, text, limit=8) -> list[dict]:
        """Return the accounts of the current company that a text finds, those that the user may read.

        By name of the account or of a contact, words in any order, without regard to marks; telephone of
        account, contact or opportunity in any notation; tax number with or without the code of the
        country; beginning of an e-mail address; number or reference of a customer document or of the
        orders that were invoiced with it; and what bridges add.

        ``limit``: 1 to 50 accounts. Each comes once, with what found it best: those found by a whole
        number first, then by the beginning of a name, then the rest, after them archived ones. Dicts
        of ``id``, ``partner_id``, ``name``, ``active``, ``city``, ``code`` and ``match`` (what was
        compared: its code and name), ``value`` (as it is stored) and ``contact`` (whose it is; False: of the account
        itself).

        Raises AccessError for users without sales rights, UserError for a limit out of bounds.
        """
        self.check_access("read")
        if not isinstance(limit, int) or not 1 <= limit <= MOST_FOUND:
            raise UserError(self.env._("A search finds 1 to %s accounts.", MOST_FOUND))
        text = " ".join(str(text or "").replace("\0", " ").split())[:LONGEST]
        queries = self._get_quick_search_queries(text) if len(text) >= SHORTEST else {}
        if not queries:
            return []
        self.env.flush_all()
        self.env.cr.execute(self._select_found(queries, limit))
        return [
            {
                "id": row["id"],
                "partner_id": row["partner_id"],
                "name": row["name"],
                "active": row["active"],
                "city": row["city"] or False,
                "code": row["code"],
                "match": queries[row["code"]][0],
                "value": row["value"],
                "contact": row["contact"] or False,
            }
            for row in self.env.cr.dictfetchall()
        ]

    @api.model
    def _select_found(self, queries, limit) -> SQL:
        """Return the accounts of all queries, each once, the best first."""
        return SQL(
            """SELECT * FROM (
                   SELECT DISTINCT ON (f.id) f.*, x.partner_id, x.name, x.active, a.city,
                          c.name AS contact
                     FROM (%(found)s) f
                     JOIN cartera_profile x ON x.id = f.id
                     JOIN res_partner a ON a.id = x.partner_id
                LEFT JOIN res_partner c ON c.id = f.contact_id AND c.id <> x.partner_id
                 ORDER BY f.id, f.rank, f.place, f.contact_id NULLS FIRST) account
             ORDER BY rank > 0, active DESC, rank, name, id LIMIT %(limit)s""",
            found=SQL(" UNION ALL ").join(
                SQL("(SELECT %s AS code, %s AS place, q.* FROM (%s) q)", code, place, query)
                for place, (code, (_label, query)) in enumerate(queries.items())
            ),
            limit=limit,
        )
