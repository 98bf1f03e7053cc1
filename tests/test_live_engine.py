"""Everybody at work on accounts with everything on them; afterwards the oracle finds each figure."""

import random
import threading
import time
from datetime import date, timedelta

from odoo import Command
from odoo.tests.common import mute_logger

from .live import LiveCase
from .oracle import FIGURES, Oracle
from .oracle_account import FACTS
from .oracle_case import OracleMixin

ENGINE = "odoo.addons.crm_cartera.models.cartera_engine_full"
SQL_LOG = "odoo.sql_db"
SECONDS = 12


class TestEngineAtWork(OracleMixin, LiveCase):
    """Accounts with revenue of several categories, margins, refunds, payments, leads."""

    def setUp(self):
        super().setUp()
        self.products = self.request(self.make_products)
        self.accounts, self.targets = self.make_accounts(4), self.make_accounts(2)
        self.contact = self.request(self.make_contact)
        for account in self.accounts + self.targets:
            for days in (500, 100, 40):
                self.request(lambda env, a=account, d=days: self.sell(env, a, d))
        with self.superuser() as env:
            # Learning anew would change accounts that nobody touched, and so would learning what is
            # usually at stake, which is left open while nothing is.
            profiles = env["cartera.profile"].search([("partner_id", "in", self.accounts)])
            profiles.potential = 3000
            env["cartera.policy"].search([]).recalibrate_next = True
        self.run_all()
        references = "SELECT value_reference, overdue_reference FROM cartera_calibration WHERE company_id = %s ORDER BY id DESC LIMIT 1"
        self.assertNotIn(None, self.fetch(references, self.company)[0])

    @staticmethod
    def make_products(env):
        """Return ids of products of two categories, one without a known cost."""
        categories = env["product.category"].create([{"name": "Fijación"}, {"name": "Pintura"}])
        return (
            env["product.product"]
            .create(
                [
                    {"name": "Perno", "categ_id": categories[0].id, "standard_price": 60},
                    {"name": "Esmalte", "categ_id": categories[1].id, "standard_price": 12.5},
                    {"name": "Portes", "categ_id": categories[1].id},
                ]
            )
            .ids
        )

    def make_contact(self, env):
        return env["res.partner"].create({"name": "Ana", "parent_id": self.accounts[0]}).id

    # -- what people do -------------------------------------------------------

    def sell(self, env, partner, days, rng=random):
        """Post an invoice of so many days ago, due some days later."""
        day = date.today() - timedelta(days=days)  # noqa: DTZ011 -- the machine's day
        move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner,
                "invoice_date": day,
                "invoice_date_due": day + timedelta(days=30),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product,
                            "price_unit": rng.choice((50, 100, 175.5)),
                            "quantity": rng.choice((1, 2)),
                            "tax_ids": False,
                        }
                    )
                    for product in rng.sample(self.products, 2)
                ],
            }
        )
        move.action_post()
        return move

    def some_invoice(self, env, rng, *domain):
        """Return one posted invoice of the accounts, empty if there is none."""
        moves = env["account.move"].search(
            [
                ("commercial_partner_id", "in", self.accounts),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                *domain,
            ]
        )
        return moves.browse(rng.choice(moves.ids)) if moves else moves

    def refund(self, env, rng):
        """Take back an invoice, wholly or in part."""
        move = self.some_invoice(env, rng, ("reversal_move_ids", "=", False))
        if not move:
            return
        wizard = (
            env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id})
        )
        refund = env["account.move"].browse(wizard.reverse_moves()["res_id"])
        if rng.random() < 0.5:
            refund.invoice_line_ids.price_unit = 7
        refund.action_post()

    def pay(self, env, rng):
        """Register a payment, of everything or of a part."""
        move = self.some_invoice(env, rng, ("payment_state", "in", ("not_paid", "partial")))
        if not move or not move.amount_residual:
            return
        wizard = env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        amount = move.amount_residual if rng.random() < 0.6 else 5
        wizard.create({"amount": amount})._create_payments()

    def undo_payment(self, env, rng):
        """Take an invoice and what paid it apart again."""
        paid = ("payment_state", "in", ("paid", "in_payment", "partial"))
        self.some_invoice(env, rng, paid).line_ids.remove_move_reconcile()

    def work_on_lead(self, env, rng):
        leads = env["crm.lead"].search([("partner_id", "child_of", self.accounts)])
        if len(leads) < 6:
            self.open_leads(env, rng.choice([*self.accounts, self.contact]))
        else:
            lead = leads.browse(rng.choice(leads.ids))
            lead.write({"expected_revenue": rng.randrange(9) * 100, "probability": 40})

    def edit(self, env, rng):
        account = rng.choice(self.accounts)
        profile = env["cartera.profile"].search([("partner_id", "=", account)])
        profile.write({"potential": rng.randrange(5000), "note": f"Llamar {rng.random()}"})

    def move_contact(self, env, rng):
        env["res.partner"].browse(self.contact).parent_id = rng.choice(self.accounts)

    def merge_new(self, env, rng):
        """Put a new account with an invoice into an old one."""
        account = env["res.partner"].create({"name": "Repetida", "is_company": True})
        self.sell(env, account.id, 20, rng)
        env.cr.commit()  # a second request; the first one's drain is over
        self.merge(env, account.id, rng.choice(self.targets))

    # -- all of it at once ----------------------------------------------------

    def test_nobody_sees_an_error_and_every_figure_is_right(self):
        self.deadline = time.monotonic() + SECONDS
        self.guard, self.longest = threading.Lock(), 0.0
        sales = self.sell_again
        works = [sales, sales, self.refund, self.pay, self.pay, self.undo_payment]
        works += [self.work_on_lead, self.edit, self.move_contact, self.merge_new]
        with mute_logger(SQL_LOG, ENGINE, "odoo.service.model"):
            counts = self.at_once(
                *(lambda n=n, work=work: self.repeat(n, work) for n, work in enumerate(works)),
                self.run_again,
            )
        self.assertTrue(all(counts), counts)
        self.assertLess(self.longest, 30)
        self.drain()
        self.assert_settled()
        self.assertEqual(self.fetch("SELECT 1 FROM cartera_touch WHERE parked"), [])
        self.check("after drains", FACTS)
        with self.superuser() as env:
            env["cartera.policy"].search([]).recalibrate_next = True
        self.run_all()
        self.check("after a full run", FIGURES, calibration=True)
        self.assert_settled()

    def sell_again(self, env, rng):
        self.sell(env, rng.choice([*self.accounts, self.contact]), rng.randrange(700), rng)

    def repeat(self, number, work):
        rng, count = random.Random(number), 0
        while time.monotonic() < self.deadline:
            started = time.monotonic()
            self.request(lambda env: work(env, rng))
            count += 1
            with self.guard:
                self.longest = max(self.longest, time.monotonic() - started)
            time.sleep(0.2)  # people are not that quick, and Odoo gives up after five collisions
        return count

    def run_again(self):
        count = 0
        while time.monotonic() < self.deadline:
            self.run_all()
            count += 1
        return count

    def check(self, where, names, calibration=False):
        """Hold the figures of our accounts against the oracle, which reads documents only."""
        with self.superuser() as env:
            self.env = env
            company = env["res.company"].browse(self.company)
            oracle = Oracle.of(env, company, env["cartera.policy"]._for(company)._today())
            ours = set(self.accounts + self.targets)
            found = self.read("cartera_profile", company, names=names)
            found = {account: found[account] for account in ours}
            partners = {partner.id: partner for partner in oracle.accounts}
            differences = []
            for account in ours:
                expected = oracle.figures(partners[account])
                differences += [
                    f"{where}: {account} {name}: engine {figure}, oracle {expected[name]}"
                    for name, figure in found[account].items()
                    if not self.is_same(name, figure, expected[name])
                ]
            if calibration:
                differences += self.compare_calibration(oracle)
        self.assert_none(differences)
