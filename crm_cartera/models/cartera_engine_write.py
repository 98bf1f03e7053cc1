"""Write-back: only what differs, without waiting for anybody."""

from odoo import SUPERUSER_ID, models
from odoo.tools import SQL, split_every

from .cartera_columns import COMPUTED, NULL, ONCE, SQL_TYPES, VERSION, write_csv
from .cartera_facts import Scope

INSERT_BATCH = 500


class CarteraEngine(models.AbstractModel):
    _inherit = "cartera.engine"

    def _write(self, scope: Scope, changed, judged) -> set[int]:
        """Write changed rows and what happened to them; return the partners that were skipped."""
        if changed.empty:
            return set()
        kinds = {**COMPUTED, **ONCE}
        self._copy_to_temp("cartera_change", {**kinds, **VERSION}, changed)
        written = self._update_rows(scope, kinds)
        missing = changed.index.difference(judged.stored.index).tolist()
        for partners in split_every(INSERT_BATCH, missing, list):
            written |= self._insert_rows(scope, kinds, partners)
        moves = judged.moves[judged.moves["partner_id"].isin(written)]
        if len(moves):
            self.env["cartera.transition"]._append(scope, moves)
        self.env["cartera.retention.change"]._append(scope, changed, judged.stored, written)
        self.env.cr.execute("DROP TABLE cartera_change")
        return set(changed.index.tolist()) - written

    def _copy_to_temp(self, table, kinds, frame):
        """COPY a frame, index first, into a new temporary table."""
        columns = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(SQL_TYPES[kind])) for name, kind in kinds.items()
        )
        cr = self.env.cr
        cr.execute(
            SQL("CREATE TEMP TABLE %s (partner_id int4, %s)", SQL.identifier(table), columns)
        )
        copy = f"COPY \"{table}\" FROM STDIN WITH (FORMAT csv, NULL '{NULL}')"
        cr.copy_expert(copy, write_csv(frame, kinds))

    def _update_rows(self, scope: Scope, kinds) -> set[int]:
        """Update the rows that nobody holds or has written since they were read.

        Returns their partners. What a person has just set would otherwise be undone by a judgement
        that does not know it yet.
        """
        rows = self.env.execute_query(
            SQL(
                """WITH free AS (SELECT p.id FROM cartera_profile p
                                   JOIN cartera_change c USING (partner_id)
                                  WHERE p.company_id = %s AND p.xmin::text = c.version
                                    FOR NO KEY UPDATE OF p SKIP LOCKED)
                   UPDATE cartera_profile p SET %s FROM cartera_change c, free
                    WHERE p.id = free.id AND c.partner_id = p.partner_id
                RETURNING p.partner_id""",
                scope.company_id,
                SQL(", ").join(
                    SQL("%s = c.%s", SQL.identifier(name), SQL.identifier(name)) for name in kinds
                ),
            )
        )
        return {partner for (partner,) in rows}

    def _insert_rows(self, scope: Scope, kinds, partners) -> set[int]:
        """Insert missing rows, except of partners that are being merged or deleted."""
        names = SQL(", ").join(SQL.identifier(name) for name in kinds)
        rows = self.env.execute_query(
            SQL(
                """WITH alive AS (SELECT id FROM res_partner WHERE id = ANY(%(partners)s)
                                     FOR KEY SHARE SKIP LOCKED),
                        first AS (SELECT DISTINCT ON (lifecycle) lifecycle AS of, id
                                    FROM cartera_stage WHERE active
                                     AND (company_id IS NULL OR company_id = %(company)s)
                                ORDER BY lifecycle, sequence, id)
                   INSERT INTO cartera_profile (partner_id, company_id, stage_id, stage_auto_id,
                               origin, urgency, potential, create_uid, write_uid, create_date, write_date, %(names)s)
                   SELECT c.partner_id, %(company)s, first.id, first.id, 'evidence',
                          '0', 0,
                          %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                          %(values)s
                     FROM cartera_change c JOIN alive ON alive.id = c.partner_id
                     JOIN first ON first.of = c.lifecycle
                       ON CONFLICT (partner_id, company_id) DO NOTHING
                RETURNING partner_id""",
                partners=partners,
                company=scope.company_id,
                names=names,
                uid=SUPERUSER_ID,
                values=SQL(", ").join(SQL("c.%s", SQL.identifier(name)) for name in kinds),
            )
        )
        return {partner for (partner,) in rows}
