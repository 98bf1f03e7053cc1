"""Build the portfolio of docs: N accounts with all their documents, in the database of bin/bench.

Run by bin/bench; sizes and shares are those of a company of 200,000 accounts, in proportion.
"""

import argparse
import logging
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import accounts
import invoices
import loader
import proof
import prototypes
import talks

import odoo.init  # noqa: F401 -- makes the names below
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

SUPERUSER = "postgres"
#: Rows for each account.
SHARES = {
    "clients": 0.8,
    "contacts": 0.6,
    "documents": 5,
    "leads": 1.5,
    "activities": 2.5,
    "meetings": 0.5,
    "messages": 25,
}
CATEGORIES, PRODUCTS = 60, 400
#: {what: (table, its model rows)}; ids of new rows start after the highest one.
TABLES = {
    "category": ("product_category", ["category"]),
    "template": ("product_template", ["template"]),
    "product": ("product_product", ["product"]),
    "account": ("res_partner", ["account", "contact"]),
    "move": ("account_move", ["paid", "refund", "bank"]),
    "line": (
        "account_move_line",
        ["product_line", "term_line", "refund_line", "refund_term", "bank_line", "credit_line"],
    ),
    "partial": ("account_partial_reconcile", ["partial"]),
    "full": ("account_full_reconcile", ["full"]),
    "lead": ("crm_lead", ["lead"]),
    "activity": ("mail_activity", ["activity"]),
    "meeting": ("calendar_event", ["meeting"]),
    "attendee": ("calendar_attendee", ["attendee"]),
    "message": ("mail_message", ["message"]),
    "notification": ("mail_notification", ["notification"]),
}
FILLED = [
    *(table for table, _models in TABLES.values()),
    "calendar_event_res_partner_rel",
]


def say(text):
    """Tell how far it is."""
    sys.stderr.write(f"[bench] {text}\n")


def build(database, count):
    """Fill the database with ``count`` accounts."""
    registry = Registry(database)
    today = date.today()  # noqa: DTZ011 -- the machine's day, as in every clone of the database
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        values = prototypes.make(env, today) | _get_stages(env)
    values |= {"today": today, "accounts": count, "categories": CATEGORIES, "products": PRODUCTS}
    values |= {name: int(count * share) for name, share in SHARES.items()}
    values["refund_reach"] = max(values["documents"] // 100, 10)
    values["user_count"] = len(values["users"])
    values["models_of"] = {
        table: [values[name] for name in models] for table, models in TABLES.values()
    }
    first = loader.Loader(database, SUPERUSER, values)
    for what, (table, _models) in TABLES.items():
        values[f"first_{what}"] = first.next_id(table)
    values["first_contact"] = values["first_account"] + count
    values["first_bank"] = values["first_move"] + values["documents"]
    first.execute(loader.FUNCTIONS + accounts.FUNCTIONS + talks.FUNCTIONS)
    with first.step("accounts", say):
        accounts.load(first)
        first.execute("VACUUM ANALYZE res_partner")
    second = loader.Loader(database, SUPERUSER, values)
    with ThreadPoolExecutor() as pool:
        jobs = [
            pool.submit(_load, first, "invoices", invoices.load),
            pool.submit(_load, second, "leads and talks", talks.load),
        ]
        for job in jobs:
            job.result()
    _clean(first)
    with ThreadPoolExecutor() as pool:
        tables = sorted(set(FILLED), key=lambda name: name != "mail_message")
        jobs = [
            pool.submit(_vacuum, first, ["mail_message"]),
            pool.submit(_vacuum, second, [name for name in tables if name != "mail_message"]),
        ]
        for job in jobs:
            job.result()
    with first.step("proof", say):
        proof.check_keys(first, FILLED)
    with registry.cursor() as cr:
        proof.check_records(api.Environment(cr, SUPERUSER_ID, {}), values)


def _get_stages(env):
    stages = env["crm.stage"].search([])
    won = stages.filtered("is_won")[:1]
    partner, lead = (env["ir.model"]._get_id(name) for name in ("res.partner", "crm.lead"))
    return {
        "won_stage": won.id,
        "open_stages": (stages - won).ids,
        "stage_count": len(stages - won),
        "partner_model": partner,
        "lead_model": lead,
    }


def _load(connection, title, load):
    with connection.step(title, say):
        load(connection)


def _vacuum(connection, tables):
    with connection.step(f"vacuum ({len(tables)} tables)", say):
        for table in tables:
            connection.execute(f'VACUUM ANALYZE "{table}"')


def _clean(connection):
    """Drop the generator's own tables and functions."""
    connection.execute(
        "SELECT format('DROP TABLE %%I', relname) FROM pg_class"
        r" WHERE relname LIKE 'bench\_%%' AND relkind = 'r' UNION ALL"
        " SELECT format('DROP FUNCTION %%s CASCADE', oid::regprocedure) FROM pg_proc"
        r" WHERE proname LIKE 'bench\_%%'"
    )
    for (statement,) in connection.cr.fetchall():
        connection.execute(statement)


def main():
    """Build, and tell the time it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--accounts", type=int, required=True)
    options = parser.parse_args()
    config.parse_config(["-c", os.environ["CARTERA_ODOO_CONF"], "--no-http", "--log-level=error"])
    logging.getLogger("odoo").setLevel(logging.ERROR)
    started = time.perf_counter()
    build(options.database, options.accounts)
    say(f"{options.accounts:,} accounts in {time.perf_counter() - started:,.0f} s")


if __name__ == "__main__":
    main()
