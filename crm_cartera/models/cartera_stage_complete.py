"""How complete the accounts are: one statement for all accounts of a company."""

from typing import NamedTuple

from odoo import models
from odoo.tools import SQL, split_every

from .cartera_engine_full import BATCH

NUMBERS = frozenset(["integer", "float", "monetary"])
TEXTS = frozenset(["char", "text", "selection"])
#: What surrounds a text without being one.
BLANKS = " \t\r\n"


class Incomplete(NamedTuple):
    """An account whose completeness is another one now; ``version`` changes with its row."""

    id: int
    partner_id: int
    version: str
    value: float | None


class CarteraStage(models.Model):
    _inherit = "cartera.stage"

    def _complete(self, company, partners=None) -> set[int]:
        """Store how complete the accounts of a root company are, on this cursor; commit nothing.

        ``partners``: list of partner ids, None for all accounts. Returns the partners left alone
        because somebody holds their row or has written it since.
        """
        skipped = set()
        for due in split_every(BATCH, self._get_incomplete(company, partners), list):
            skipped |= self._write_completeness(due)
        return skipped

    def _get_incomplete(self, company, partners=None) -> list[Incomplete]:
        """Return the accounts of which another completeness is stored than they have.

        Completeness: wishes fulfilled / wishes, of the stage and those before it; None without any.
        """
        found = self._get_wishes(company.id)
        wishes = list(dict.fromkeys(wish for each in found.values() for wish in each))
        if not wishes:
            wishes = [()]
        values = [
            SQL("WHEN %s THEN (%s)::float8 / %s", stage, self._sql_sum(wishes, wanted), len(wanted))
            for stage, wanted in found.items()
            if wanted
        ]
        names = range(len(wishes))
        query = SQL(
            """SELECT p.id, p.partner_id, p.xmin::text, f.value
                 FROM cartera_profile p JOIN res_partner c ON c.id = p.partner_id
                CROSS JOIN LATERAL (SELECT %(fulfilled)s) w
                CROSS JOIN LATERAL (SELECT %(value)s AS value) f
                WHERE p.company_id = %(company)s AND p.completeness IS DISTINCT FROM f.value
                  AND %(some)s
             ORDER BY p.id""",
            fulfilled=SQL(", ").join(
                SQL(
                    "(%s)::int AS %s",
                    self._sql_fulfilled(wish, company, "p", "c"),
                    SQL.identifier(f"w{number}"),
                )
                for number, wish in zip(names, wishes, strict=True)
            ),
            value=SQL("CASE p.stage_id %s END", SQL(" ").join(values))
            if values
            else SQL("NULL::float8"),
            company=company.id,
            some=SQL("TRUE") if partners is None else SQL("p.partner_id = ANY(%s)", list(partners)),
        )
        return [Incomplete(*row) for row in self.env.execute_query(query)]

    @staticmethod
    def _sql_sum(wishes, wanted) -> SQL:
        columns = (SQL.identifier("w", f"w{wishes.index(wish)}") for wish in wanted)
        return SQL(" + ").join(columns)

    def _write_completeness(self, due: list[Incomplete]) -> set[int]:
        """Write some; return the partners whose row somebody holds or has written since."""
        if not due:
            return set()
        ids, _partners, versions, values = map(list, zip(*due, strict=True))
        rows = self.env.execute_query(
            SQL(
                """WITH due AS (SELECT * FROM unnest(%s::int4[], %s::text[], %s::float8[])
                                           AS due (id, version, value)),
                        free AS (SELECT p.id FROM cartera_profile p JOIN due USING (id)
                                  WHERE p.xmin::text = due.version
                                    FOR NO KEY UPDATE OF p SKIP LOCKED)
                   UPDATE cartera_profile p SET completeness = due.value
                     FROM due, free WHERE due.id = p.id AND free.id = p.id
                RETURNING p.id""",
                ids,
                versions,
                values,
            )
        )
        done = {profile for (profile,) in rows}
        return {row.partner_id for row in due if row.id not in done}

    # ------------------------------------------------------------------
    # What is filled in. ``cartera_profile_gate`` says the same of a record.
    # ------------------------------------------------------------------

    def _sql_all_fulfilled(self, wishes, company, profile, contact) -> SQL:
        """Return the condition that all wishes are fulfilled; the last two are aliases of tables."""
        conditions = [self._sql_fulfilled(wish, company, profile, contact) for wish in wishes]
        return SQL("(%s)", SQL(" AND ").join(conditions)) if conditions else SQL("TRUE")

    def _sql_fulfilled(self, wish, company, profile, contact) -> SQL:
        aliases = {"cartera.profile": profile, "res.partner": contact}
        filled = [
            self._sql_filled(self.env[model].sudo().with_company(company), name, aliases[model])
            for model, name in wish
        ]
        return SQL("(%s)", SQL(" OR ").join(filled)) if filled else SQL("FALSE")

    @staticmethod
    def _sql_filled(records, name, alias) -> SQL:
        """Return the condition, never NULL, that a field of the row ``alias`` is filled in."""
        field = records._fields[name]
        if field.type == "many2many":
            return SQL(
                "EXISTS (SELECT FROM %s WHERE %s = %s)",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                SQL.identifier(alias, "id"),
            )
        if field.type == "binary" and field.attachment:
            return SQL(
                """EXISTS (SELECT FROM ir_attachment a WHERE a.res_model = %s AND a.res_field = %s
                                                         AND a.res_id = %s)""",
                records._name,
                name,
                SQL.identifier(alias, "id"),
            )
        value = records._field_to_sql(alias, name)
        if field.type in TEXTS:
            return SQL("COALESCE(BTRIM(%s, %s), '') <> ''", value, BLANKS)
        if field.type in NUMBERS:
            return SQL("COALESCE(%s, 0) <> 0", value)
        return SQL("%s IS NOT NULL", value)
