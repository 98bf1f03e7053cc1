"""Multiply rows of a table with SQL, its indexes and checks put aside meanwhile."""

import time
from contextlib import contextmanager

import psycopg2
import psycopg2.extras

#: Deterministic chance: the hash of a row's number and of the question asked about it.
FUNCTIONS = """
CREATE FUNCTION bench_part(x bigint, question int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    'SELECT (hashint8extended(x, question) & 4503599627370495) / 4503599627370496.0::float8';
CREATE FUNCTION bench_pick(x bigint, question int, choices int) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT mod(hashint8extended(x, question) & 4503599627370495, choices)::int';
CREATE FUNCTION bench_price(product int) RETURNS numeric LANGUAGE sql IMMUTABLE AS
    'SELECT round(exp(1.5 + 4 * bench_part(product, 10))::numeric, 2)';
"""
SETTINGS = """
SET session_replication_role = replica;
SET synchronous_commit = off;
SET work_mem = '512MB';
SET maintenance_work_mem = '768MB';
SET max_parallel_maintenance_workers = 0;
SET jit = off;
"""


class Loader:
    """One connection that fills tables.

    ``values``: {name: value} for ``%(name)s`` in all statements. The connection is a superuser's: no
    foreign key is checked row by row, proof.py checks them afterwards.
    """

    def __init__(self, database, user, values):
        """Connect; statements commit one by one."""
        self.values = values
        self.connection = psycopg2.connect(dbname=database, user=user)
        self.connection.autocommit = True
        self.cr = self.connection.cursor()
        self.cr.execute(SETTINGS)

    def execute(self, statement, **values):
        """Run a statement with the values of the loader and others."""
        self.cr.execute(statement, {**self.values, **values})

    def number(self, statement):
        """Return the only value of a query."""
        self.execute(statement)
        return self.cr.fetchone()[0]

    def next_id(self, table):
        """Return the id after the highest one of a table."""
        return self.number(f'SELECT COALESCE(MAX(id), 0) + 1 FROM "{table}"')

    def multiply(self, table, source, **changes):
        """Insert a row for each row ``s`` of the query ``source``, whose columns include ``id``.

        ``changes``: {column: SQL}. Other columns come from the table's row ``s.model``, or from the
        one of that name in ``values``.
        """
        self.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %(table)s AND column_name <> 'id' AND is_generated = 'NEVER'",
            table=table,
        )
        names = [name for (name,) in self.cr.fetchall()]
        unknown = changes.keys() - set(names)
        if unknown:
            raise ValueError(f"{table} has no {unknown}")
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(changes.get(name, f't."{name}"') for name in names)
        self.execute(
            f'WITH model AS MATERIALIZED (SELECT * FROM "{table}" WHERE id = ANY(%(models)s))'
            f' INSERT INTO "{table}" (id, {columns}) SELECT s.id, {values}'
            f" FROM ({source}) s JOIN model t ON t.id = s.model",
            models=self.values["models_of"][table],
        )
        self.cr.execute(f"SELECT setval('{table}_id_seq', (SELECT MAX(id) FROM \"{table}\"))")

    @contextmanager
    def without_indexes(self, *tables):
        """Drop the indexes of tables but those of constraints; make the same ones again at the end."""
        self.execute(
            """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid),
                      obj_description(i.indexrelid, 'pg_class')
                 FROM pg_index i
                WHERE i.indrelid = ANY(%(tables)s::regclass[])
                  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
             ORDER BY i.indexrelid""",
            tables=list(tables),
        )
        indexes = self.cr.fetchall()
        for name, _definition, _comment in indexes:
            self.cr.execute(f"DROP INDEX {name}")
        yield
        for name, definition, comment in indexes:
            self.cr.execute(definition)
            # Odoo compares it with its own definition when it updates a module.
            if comment is not None:
                self.cr.execute(f"COMMENT ON INDEX {name} IS %s", (comment,))

    @contextmanager
    def step(self, title, say):
        """Tell how long a part took."""
        started = time.perf_counter()
        yield
        say(f"{title}: {time.perf_counter() - started:,.1f} s")
