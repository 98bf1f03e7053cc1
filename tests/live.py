"""Real connections and commits, on a database of their own.

Run by ``bin/test`` only: Odoo's own runner gives every test one connection that never commits.
"""

import functools
import os
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

from odoo import SUPERUSER_ID, Command, api
from odoo.modules import module
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

ADMIN = 2
#: Nothing here takes seconds unless somebody waits for somebody.
PATIENCE = 60


def open_live():
    """Return the registry of the database that bin/test made for real commits."""
    name = os.environ.get("CARTERA_LIVE_DB")
    if not name:
        raise RuntimeError("CARTERA_LIVE_DB is not set: run these tests with bin/test")
    # With test_enable, a registry that loads under pytest would want to run Odoo's tests.
    with patch.dict(config.options, {"test_enable": False}):
        return Registry(name)


class LiveCase(unittest.TestCase):
    """Base of the tests with real commits. What they make stays, under names of their own."""

    registry: Registry
    taught = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = open_live()

    def setUp(self):
        super().setUp()
        # Odoo's test mode has one connection; the engine looks here to know.
        self.enterContext(patch.object(module, "current_test", False))
        with self.superuser() as env:
            # What a failed test left queued or parked is no other test's business.
            env.cr.execute("UPDATE cartera_touch SET parked = FALSE, attempts = 0")
            env.cr.commit()
            env["cartera.touch"]._cron_drain()
            cron = env.ref("crm_cartera.cron_drain")
            env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
            self.company = env.ref("base.main_company").id
            # A drain judges by what is known; a run that learned anew would change everybody.
            env["cartera.policy"].search([]).recalibrate = "hand"
        self.teach_rhythm()

    def teach_rhythm(self):
        """Let the company have a usual rhythm: runs learn, whatever the policy says, until there is one.

        Once in a database; whichever test comes first there would find it changed under its hands.
        """
        if LiveCase.taught:
            return
        LiveCase.taught = True
        (account,) = self.make_accounts(1)
        for day in ("2024-03-01", "2024-04-10", "2024-05-20"):
            self.request(lambda env, day=day: self.post(env, account, day=day))
        self.drain()
        self.run_all()

    # -- connections ------------------------------------------------------

    @contextmanager
    def transaction(self, uid=ADMIN):
        """Yield an environment on a connection of its own; committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, uid, {"tracking_disable": True})

    def superuser(self):
        return self.transaction(SUPERUSER_ID)

    def request(self, work, uid=ADMIN):
        """Do ``work(env)`` as the web does: again on a conflict, committed at the end."""
        with self.transaction(uid) as env:
            return retrying(functools.partial(work, env), env)

    def at_once(self, *works):
        """Do requests in threads of their own, started together; return their results."""
        with ThreadPoolExecutor(len(works)) as pool:
            futures = [pool.submit(work) for work in works]
            return [future.result(PATIENCE) for future in futures]

    @contextmanager
    def background(self, work):
        """Do ``work()`` in a thread while the block runs; yields its future."""
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(work)
            yield future
            future.result(PATIENCE)

    def once(self, work):
        """Return a callback that does ``work()`` on its first call, in a thread of its own."""
        done = []

        def callback(_record, _result):
            if not done:
                done.append(True)
                self.at_once(work)

        return callback

    def patched(self, model, name, function):
        """Replace a method of a model until the block or the test ends."""
        return patch.object(self.registry[model], name, function)

    def around(self, model, name, before=None, after=None):
        """Do something before or after a method; both get (record, result or None)."""
        original = getattr(self.registry[model], name)

        def wrapper(record, *args, **kwargs):
            if before:
                before(record, None)
            result = original(record, *args, **kwargs)
            if after:
                after(record, result)
            return result

        return self.patched(model, name, wrapper)

    # -- data -------------------------------------------------------------

    def make_accounts(self, count=1, **vals):
        """Return ids of new companies without any document."""
        with self.transaction() as env:
            return (
                env["res.partner"]
                .create(
                    [
                        {"name": f"Cuenta {uuid4().hex[:8]}", "is_company": True, **vals}
                        for _number in range(count)
                    ]
                )
                .ids
            )

    def make_clients(self, count=1):
        """Return ids of new accounts with an invoice, their profiles drained."""
        partners = self.make_accounts(count)
        self.request(lambda env: self.post(env, *partners))
        self.drain()
        return partners

    @staticmethod
    def draft(env, partner, day="2024-03-01", amount=100.0):
        """Return a draft invoice."""
        line = Command.create({"name": "Tornillos", "price_unit": amount, "tax_ids": False})
        return env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner,
                "invoice_date": day,
                "invoice_line_ids": [line],
            }
        )

    @staticmethod
    def open_leads(env, *partners):
        """Create an opportunity for each partner: evidence that costs little."""
        return env["crm.lead"].create(
            [
                {"name": "Feria", "type": "opportunity", "partner_id": partner}
                for partner in partners
            ]
        )

    def post(self, env, *partners, day="2024-03-01"):
        """Post one invoice for each partner, in one transaction."""
        moves = env["account.move"]
        for partner in partners:
            moves |= self.draft(env, partner, day)
        moves.action_post()
        return moves.ids

    @staticmethod
    def merge(env, source, target):
        """Merge one contact into another, as "Merge contacts" does."""
        wizard = env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([source, target], env["res.partner"].browse(target))

    def without_hook(self):
        """Let commits queue only, as if the server was killed right after them."""
        return self.patched("cartera.touch", "_drain_after_commit", lambda touch: None)

    def drain(self):
        """Empty the queue as the background job does."""
        with self.superuser() as env:
            env["cartera.touch"]._cron_drain()

    def run_all(self):
        """Do a full run of the company, in transactions of its own."""
        with self.superuser() as env:
            return env["cartera.engine"]._run_all(env["res.company"].browse(self.company))

    # -- looking ----------------------------------------------------------

    def fetch(self, query, *params):
        """Return the rows of a query on a connection of its own."""
        with self.registry.cursor() as cr:
            cr.execute(query, params)
            return cr.fetchall()

    def profile(self, partner, *names):
        """Return columns of an account's profile; None without one."""
        columns = ", ".join(names or ["id"])
        rows = self.fetch(
            f"SELECT {columns} FROM cartera_profile WHERE partner_id = %s AND company_id = %s",
            partner,
            self.company,
        )
        if not rows:
            return None
        return rows[0] if len(names) > 1 else rows[0][0]

    def queue(self):
        """Return [(partner, attempts, parked)] of the queue."""
        return self.fetch("SELECT partner_id, attempts, parked FROM cartera_touch ORDER BY id")

    def triggers(self, cron="cron_drain"):
        """Return how often a background job has been woken."""
        with self.superuser() as env:
            job = env.ref(f"crm_cartera.{cron}")
            return env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)])

    def history(self, partner):
        """Return [(kind, to, evidence, superseded)] of an account."""
        return self.fetch(
            """SELECT t.kind, t.to_lifecycle, t.evidence, t.superseded FROM cartera_transition t
                 JOIN cartera_profile p ON p.id = t.profile_id
                WHERE p.partner_id = %s ORDER BY t.id""",
            partner,
        )

    def assert_settled(self):
        """Nothing is queued, and a fresh run of everybody would change nothing."""
        self.assertEqual(self.queue(), [])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            engine = env["cartera.engine"]
            for company in env["res.company"].search([("parent_id", "=", False)]):
                scope = env["cartera.facts"]._get_scope(company)
                stored, new, moves, *_learned = engine._judge(scope)
                changed = engine._get_changed(stored, new)
                was = stored.reindex(changed.index)[[*set(stored) & set(changed)]]
                differences = was.compare(changed[[*was]], result_names=("stored", "new"))
                self.assertEqual(differences.to_dict("index"), {})
                self.assertEqual(len(changed), 0)
                self.assertEqual(moves.to_dict("index"), {})
                self.assertEqual(env["cartera.stage"]._get_due(company), [])
                dimensions = env["cartera.dimension"]
                cuts = dimensions._read_cuts(company)
                self.assertEqual(dimensions._get_due(company, cuts), [])
            cr.rollback()
        self.assertEqual(self.fetch(WRONG_STAGE), [])
        self.assertEqual(self.fetch(WRONG_COUNT), [])


#: A profile whose stage is for another lifecycle.
WRONG_STAGE = """
SELECT p.id FROM cartera_profile p JOIN cartera_stage s ON s.id = p.stage_id
 WHERE s.lifecycle <> p.lifecycle
"""
#: A profile that counts something else than its posted invoices (refunds are the oracle's business).
WRONG_COUNT = """
SELECT p.partner_id, p.purchase_count, n.count FROM cartera_profile p
  JOIN res_company c ON c.id = p.company_id
  LEFT JOIN LATERAL (
       SELECT COUNT(*) AS count FROM account_move m JOIN res_company b ON b.id = m.company_id
        WHERE m.commercial_partner_id = p.partner_id AND m.state = 'posted'
          AND m.move_type = 'out_invoice' AND b.parent_path LIKE c.parent_path || '%%') n ON TRUE
 WHERE p.purchase_count IS DISTINCT FROM n.count AND p.excluded IS NOT TRUE
   AND NOT EXISTS (SELECT FROM account_move r
                    WHERE r.commercial_partner_id = p.partner_id AND r.move_type = 'out_refund')
"""
