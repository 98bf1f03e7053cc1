"""Measure the addon on a generated company: bin/bench measure [--accounts N] [--invoices N].

Everything is measured against something else in the same run: seconds depend on the machine, ratios
much less. Each figure is the median of five. The limits are the design's, for 200,000 accounts: what is
measured against the full run looks worse on fewer.
"""

import argparse
import logging
import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tools import config

ADMIN = 2
TIMES = 5
SAMPLE = 40
MEMORY_LIMIT = 2048
POSTED = ("out_invoice", "out_receipt")
READ_PASS = (
    """SELECT COUNT(*), SUM(commercial_partner_id::bigint), MIN(invoice_date), MAX(invoice_date),
              SUM(amount_untaxed_signed) FROM account_move
        WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_receipt', 'out_refund')""",
    """SELECT COUNT(*), SUM(partner_id::bigint), MIN(create_date), MAX(won_status), SUM(source_id)
         FROM crm_lead""",
    """SELECT COUNT(*), SUM(res_id::bigint), MIN(date_deadline), MAX(date_done), SUM(user_id)
         FROM mail_activity""",
    "SELECT COUNT(*), MIN(start), MAX(privacy) FROM calendar_event",
    """SELECT COUNT(*), SUM(author_id::bigint), MAX(date) FROM mail_message
        WHERE message_type IN ('email', 'email_outgoing', 'comment')""",
    "SELECT COUNT(*), SUM(res_partner_id::bigint) FROM mail_notification",
    """SELECT COUNT(*), SUM(commercial_partner_id::bigint), MAX(complete_name), SUM(user_id)
         FROM res_partner""",
    "SELECT COUNT(*), MAX(p.*::text) FROM cartera_profile p",
)
#: Columns that the portfolio would have if it was stored on the contact, and of which type.
STORED = {
    "lifecycle": "char",
    "stage_id": "many2one",
    "potential": "float",
    "last_purchase_date": "date",
    "purchase_count": "integer",
}


class Bench:
    """One database, measured step by step."""

    def __init__(self, database, accounts, invoices):
        self.registry = Registry(database)
        self.accounts, self.invoices = accounts, invoices
        self.results = []

    # -- tools ------------------------------------------------------------

    @contextmanager
    def environment(self, uid=SUPERUSER_ID):
        """Yield an environment on a connection of its own, committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, uid, {})

    def note(self, what, seconds, against, reference, limit):
        """Keep one row of the table."""
        ratio = seconds / reference if reference else None
        self.results.append([what, seconds, against, reference, ratio, limit])

    @staticmethod
    def seconds(work, times=TIMES):
        """Return the median time of ``work()``, after one that is not counted."""
        work()
        taken = []
        for _number in range(times):
            started = time.perf_counter()
            work()
            taken.append(time.perf_counter() - started)
        return statistics.median(taken)

    def without_touch(self):
        """Let hooks do nothing, as if the addon was not there."""
        return patch.object(self.registry["cartera.touch"], "_touch", lambda _self, _pairs: None)

    # -- steps ------------------------------------------------------------

    def run(self):
        """Measure everything; the order matters, as sizes grow."""
        from generate import Generator

        with self.environment() as env, self.without_touch():
            generator = Generator(env)
            generator.grow(max(self.accounts // 10, 1))
        tenth = self.full_run()
        with self.environment() as env, self.without_touch():
            generator.env, generator.cr = env, env.cr
            for name in ("partner", "move", "lead", "activity", "message"):
                setattr(generator, name, getattr(generator, name).with_env(env))
            generator.grow(self.accounts)
        self.account = generator.account
        whole = self.full_run()
        self.note("full run, nothing changed", whole, "read pass", self.read_pass(), 1.5)
        self.note("full run", whole, "one tenth of the accounts", tenth, 12)
        self.note("full run", whole, "through the ORM, one by one", self.through_orm(), 1 / 80)
        self.note("drain of one account", self.drain(), "full run", whole, 1 / 500)
        self.posting()
        self.screens()
        self.form()
        return self.results

    def full_run(self):
        """Return the time of a full run of everybody in which nothing changes."""

        def run():
            with self.environment() as env:
                env["cartera.engine"]._run_all(env["res.company"].browse(1))

        return self.seconds(run)

    def read_pass(self):
        """Return the time of the cheapest SQL that reads the same rows."""

        def read():
            with self.environment() as env:
                env.cr.execute("SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off")
                for query in READ_PASS:
                    env.cr.execute(query)
                    env.cr.fetchall()

        return self.seconds(read)

    def through_orm(self):
        """Return the time of all accounts, one by one, scaled up from a sample."""

        def judge():
            for number in range(SAMPLE):
                with self.environment() as env:
                    self.judge_one(env, self.account(number * self.accounts // SAMPLE))

        return self.seconds(judge, 3) * self.accounts / SAMPLE

    @staticmethod
    def judge_one(env, partner):
        """Find out what the engine finds out, as one would write it for a single record."""
        moves = env["account.move"].search(
            [
                ("commercial_partner_id", "=", partner),
                ("move_type", "in", POSTED),
                ("state", "=", "posted"),
                ("amount_untaxed_signed", ">", 0),
            ],
            order="invoice_date, id",
        )
        bought = moves.filtered(
            lambda move: sum(move.reversal_move_ids.mapped("amount_untaxed")) < move.amount_untaxed
        )
        people = [("partner_id", "child_of", partner)]
        leads = env["crm.lead"].with_context(active_test=False).search(people, order="create_date")
        on_partner = [("res_model", "=", "res.partner"), ("res_id", "=", partner)]
        activities = env["mail.activity"].search(on_partner, order="date_deadline")
        meetings = env["calendar.event"].search([("partner_ids", "in", [partner])], order="start")
        message = env["mail.message"].search([("author_id", "=", partner)], limit=1)
        profile = env["cartera.profile"].search([("partner_id", "=", partner)])
        vals = {
            "purchase_count": len(bought),
            "client_date": bought[:1].invoice_date,
            "last_purchase_date": bought[-1:].invoice_date,
            "lead_date": leads[:1].create_date,
            "next_action_date": activities[:1].date_deadline or meetings[:1].start,
            "last_interaction_date": message.date,
        }
        return {name: value for name, value in vals.items() if profile[name] != value}

    def drain(self):
        """Return the time that a user waits after the commit for one account."""
        from odoo.addons.crm_cartera.models import cartera_engine, cartera_touch

        def drain():
            with self.environment() as env:
                pair = (self.account(len(taken)), 1)
                env["cartera.touch"]._touch([pair])
                env.cr.postcommit.clear()
            with self.environment() as env:
                touches = env["cartera.touch"]
                started = time.perf_counter()
                touches._drain_own(
                    cartera_touch.DRAIN_AFTER_COMMIT,
                    cartera_touch.DRAIN_SECONDS,
                    cartera_engine.HURRIED,
                    newest=True,
                )
                taken.append(time.perf_counter() - started)

        taken = []
        for _number in range(TIMES * 4):
            drain()
        return statistics.median(taken)

    def posting(self):
        """Measure the posting of many invoices in one transaction, the drain after it included."""
        with_addon, without = [], []
        for _number in range(TIMES):
            with_addon.append(self.post())
            with self.without_touch():
                without.append(self.post())
        title = f"posting {self.invoices} invoices"
        self.note(title, statistics.median(with_addon), "without", statistics.median(without), 1.05)

    def post(self):
        """Return the time of one posting."""
        with self.environment(ADMIN) as env:
            line = {"name": "Tornillos", "price_unit": 100, "tax_ids": False}
            vals_list = [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.account(number % self.accounts),
                    "invoice_date": "2024-03-01",
                    "invoice_line_ids": [Command.create(line)],
                }
                for number in range(self.invoices)
            ]
            moves = env["account.move"].create(vals_list)
            env.cr.commit()
            started = time.perf_counter()
            moves.action_post()
            env.cr.commit()
            return time.perf_counter() - started

    # -- screens ----------------------------------------------------------

    def store_on_partner(self):
        """Give contacts the columns of the portfolio, as the design that was not chosen would."""
        with self.environment() as env:
            model = env["ir.model"]._get("res.partner")
            env["ir.model.fields"].create(
                [
                    {
                        "name": f"x_{name}",
                        "model_id": model.id,
                        "ttype": ttype,
                        "field_description": name,
                        "relation": "cartera.stage" if ttype == "many2one" else False,
                    }
                    for name, ttype in STORED.items()
                ]
            )
            env.cr.commit()
            columns = ", ".join(f"x_{name} = p.{name}" for name in STORED)
            env.cr.execute(
                f"UPDATE res_partner r SET {columns} FROM cartera_profile p"
                " WHERE p.partner_id = r.id"
            )
            env.cr.execute("CREATE INDEX ON res_partner (x_stage_id)")
            env.cr.commit()
            env.cr.execute("ANALYZE res_partner")

    def screens(self):
        """Measure list and kanban of the portfolio against the same on contacts."""
        self.store_on_partner()
        named = {"fields": {"display_name": {}}}
        shared = {"user_id": named, "city": {}, "country_id": named, "phone": {}}
        ours = {"name": {}, **shared, **{name: {} for name in STORED}, "stage_id": named}
        theirs = {"complete_name": {}, **shared, **{f"x_{name}": {} for name in STORED}}
        theirs["x_stage_id"] = named
        self.note(
            "portfolio list, sorted and filtered",
            self.listing("cartera.profile", "", ours),
            "columns on the contact",
            self.listing("res.partner", "x_", theirs),
            1.0,
        )
        self.note(
            "portfolio kanban by stage",
            self.kanban("cartera.profile", "", ours),
            "columns on the contact",
            self.kanban("res.partner", "x_", theirs),
            1.0,
        )

    def listing(self, model, prefix, specification):
        """Return the time of the first page of the clients."""

        def read():
            with self.environment(ADMIN) as env:
                env[model].web_search_read(
                    [(f"{prefix}lifecycle", "=", "client")],
                    specification,
                    limit=80,
                    order=f"{prefix}last_purchase_date desc, id",
                    count_limit=10001,
                )

        return self.seconds(read)

    def kanban(self, model, prefix, specification):
        """Return the time of a board with forty cards a column."""

        def read():
            with self.environment(ADMIN) as env:
                env[model].web_read_group(
                    [(f"{prefix}stage_id", "!=", False)],
                    [f"{prefix}stage_id"],
                    ["__count", f"{prefix}potential:sum"],
                    auto_unfold=True,
                    unfold_read_specification=specification,
                    unfold_read_default_limit=40,
                )

        return self.seconds(read)

    def form(self):
        """Measure the page of a contact with and without our fields."""
        with self.environment(ADMIN) as env:
            view = env["res.partner"].get_views([(False, "form")])
            names = view["models"]["res.partner"]["fields"]
        named = {"fields": {"display_name": {}}}
        fields = self.registry["res.partner"]._fields
        every = {name: named if fields[name].type == "many2one" else {} for name in names}
        every = {name: spec for name, spec in every.items() if not name.startswith("x_")}
        without = {name: spec for name, spec in every.items() if not name.startswith("cartera_")}

        def reader(specification):
            def read():
                with self.environment(ADMIN) as env:
                    env["res.partner"].browse(self.account(7)).web_read(specification)

            return self.seconds(read, 4 * TIMES)

        self.note("partner form", reader(every), "without our fields", reader(without), 1.2)


MEMORY = """
import os, sys
sys.path.insert(0, sys.argv[1])
import measure
with measure.connect(1, 1).environment() as env:
    env["cartera.engine"]._run_all(env["res.company"].browse(1))
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmPeak")))
"""


def peak_memory():
    """Return the most virtual memory that a fresh process needs for a full run, in MiB."""
    folder = Path(__file__).resolve().parent
    command = [sys.executable, "-c", MEMORY, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1024


def connect(accounts, invoices):
    """Return a bench on the database that bin/bench made."""
    words = ["-c", os.environ["CARTERA_ODOO_CONF"], "--no-http", "--log-level=error"]
    config.parse_config(words)
    logging.getLogger("odoo").setLevel(logging.ERROR)
    return Bench(os.environ["CARTERA_BENCH_DB"], accounts, invoices)


def in_time(seconds):
    """Return seconds as people read them."""
    return f"{seconds:,.2f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"


def in_ratio(value):
    """Return a ratio as the design writes it."""
    return f"{value:.2f} x" if value >= 0.1 else f"1/{1 / value:,.0f}"


def main():
    """Measure, and print one line for each figure."""
    parser = argparse.ArgumentParser(prog="bin/bench measure")
    parser.add_argument("--accounts", type=int, default=20_000)
    parser.add_argument("--invoices", type=int, default=1000)
    options = parser.parse_args()
    rows = connect(options.accounts, options.invoices).run()
    memory = peak_memory()
    lines = [f"{options.accounts:,} accounts"]
    for what, seconds, against, reference, ratio, limit in rows:
        mark = "ok" if ratio <= limit else "OVER"
        lines.append(
            f"{what:<36} {in_time(seconds):>10}  {against:<28} {in_time(reference):>10}"
            f"  {in_ratio(ratio):>8}  <= {in_ratio(limit):<8} {mark}"
        )
    mark = "ok" if memory <= MEMORY_LIMIT else "OVER"
    lines.append(
        f"{'memory of a full run (VMS)':<36} {memory:,.0f} MiB <= {MEMORY_LIMIT} MiB {mark}"
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
