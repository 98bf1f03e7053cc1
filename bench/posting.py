"""Post invoices with the addon and without it."""

import time

from clock import Row, medians
from company import ADMIN

from odoo import Command
from odoo.tools import SQL

INVOICES = 1000
SINGLE_TIMES = 20


class Desk:
    """Somebody who posts invoices in one database."""

    def __init__(self, company):
        """Choose whom to invoice, and what: the same in every database."""
        self.company = company
        with company.environment() as env:
            self.accounts = _ids(
                env, "SELECT id FROM res_partner WHERE name LIKE 'Cuenta %' AND active ORDER BY id"
            )
            self.products = _ids(
                env, "SELECT id FROM product_product WHERE default_code LIKE 'P%' ORDER BY id"
            )
        self.turn = 0

    def post(self, count):
        """Return the seconds of posting, the commit and what comes after it included."""
        with self.company.environment(ADMIN) as env:
            moves = env["account.move"].create([self.prepare_invoice() for _n in range(count)])
            env.cr.commit()
            env.invalidate_all()
            started = time.perf_counter()
            moves.action_post()
            env.cr.commit()
            seconds = time.perf_counter() - started
        self.empty_queue()
        return seconds

    def prepare_invoice(self):
        """Return an invoice of two lines, for another account each time."""
        self.turn += 1
        lines = [
            Command.create(
                {
                    "product_id": self.products[(self.turn * 7 + place) % len(self.products)],
                    "price_unit": 100,
                    "tax_ids": False,
                }
            )
            for place in range(2)
        ]
        return {
            "move_type": "out_invoice",
            "partner_id": self.accounts[self.turn * 31 % len(self.accounts)],
            "invoice_line_ids": lines,
        }

    def empty_queue(self):
        """Let the cron have done its work before the next turn."""
        with self.company.environment() as env:
            if "cartera.touch" in env:
                env["cartera.touch"]._drain_all()


def _ids(env, query):
    return [number for (number,) in env.execute_query(SQL(query.replace("%", "%%")))]


def measure(company, plain):
    """Measure many invoices in one transaction, and one invoice at a time."""
    ours, theirs = Desk(company), Desk(plain)
    rows = []
    for count, times, budget in ((INVOICES, 5, 1.05), (1, SINGLE_TIMES, None)):

        def with_addon(count=count):
            return ours.post(count)

        def without(count=count):
            return theirs.post(count)

        (seconds, reference), runs = medians(with_addon, without, times=times)
        title = f"posting {count:,} invoice{'s' if count > 1 else ''} (a tenth of the accounts)"
        rows.append(Row(title, seconds, "without the addon", reference, budget, runs))
    return rows
