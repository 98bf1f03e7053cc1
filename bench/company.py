"""A generated company with the addon installed."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import psycopg2

import odoo.init  # noqa: F401 -- makes the names below
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL

ADMIN = 2
ZONE = "Europe/Madrid"
#: Half of the lines has the cost of its day, half was posted before the addon came.
FROZEN_DAYS = 180


class Company:
    """One database: connections of its own, and what it needs to be measured."""

    def __init__(self, database):
        """Load the registry."""
        self.database = database
        self.registry = Registry(database)

    @contextmanager
    def environment(self, uid=SUPERUSER_ID):
        """Yield an environment on a connection of its own, committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, uid, {})

    def execute(self, *statements):
        """Run statements that cannot be in a transaction."""
        connection = psycopg2.connect(dbname=self.database)
        connection.autocommit = True
        with connection.cursor() as cr:
            for statement in statements:
                cr.execute(statement)
        connection.close()

    def accounts(self, count=None):
        """Return the ids of accounts of the portfolio, evenly over it, in order."""
        with self.environment() as env:
            rows = env.execute_query(
                SQL(
                    "SELECT partner_id FROM cartera_profile WHERE company_id = 1 ORDER BY partner_id"
                )
            )
        ids = [partner for (partner,) in rows]
        return ids[:: max(len(ids) // count, 1)][:count] if count else ids

    def cost_history(self):
        """Give every line that was sold its cost."""
        with self.environment() as env:
            env["cartera.policy"]._for(env.company).tz = ZONE
            today = env["cartera.policy"]._for(env.company)._today()
            costs = env["cartera.line.cost"]
            day = today - timedelta(days=FROZEN_DAYS)
            costs._freeze(SQL("m.invoice_date <= %s", day), estimated=True)
            costs._freeze(SQL("m.invoice_date > %s", day))

    def estimate_potential(self):
        """Let the sales team have estimated what half of the accounts could buy."""
        with self.environment() as env:
            env.cr.execute(
                """UPDATE cartera_profile SET potential = 1000 + mod(partner_id, 50) * 200
                    WHERE mod(partner_id, 2) = 0"""
            )

    def run(self):
        """Do a full run; return its counts."""
        with self.environment() as env:
            return env["cartera.engine"]._run_all(env.company)

    def settle(self):
        """Do what autovacuum does in a night."""
        self.execute("VACUUM ANALYZE")

    def without_hooks(self):
        """Let hooks do nothing."""
        return patch.object(self.registry["cartera.touch"], "_touch", lambda _self, _pairs: None)
