"""A full run while people work: it waits for nobody, and nobody for it."""

import threading
import time
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests.common import mute_logger

from odoo.addons.crm_cartera.models import cartera_engine_full

from .live import LiveCase

ENGINE = "odoo.addons.crm_cartera.models.cartera_engine_full"
SQL_LOG = "odoo.sql_db"


class TestOpenTransaction(LiveCase):
    """A user has saved something and thinks before the commit: for seconds, as imports do."""

    def setUp(self):
        super().setUp()
        self.account, self.other = self.make_clients(2)
        with self.without_hook():
            self.moves = self.request(
                lambda env: self.post(env, self.account, self.other, day="2023-05-05")
            )

    def run_during(self, work, limit=20):
        """Do a full run while a transaction with ``work(env)`` is open."""
        with self.transaction() as user:
            work(user)
            user.flush_all()
            started = time.monotonic()
            with mute_logger(SQL_LOG):
                counts = self.run_all()
            self.assertLess(time.monotonic() - started, limit, "the run waited for the user")
            self.assertEqual(self.profile(self.other, "purchase_count"), 2)
        self.drain()
        self.assert_settled()
        return counts

    def test_row_held(self):
        def drag(env):
            profile = env["cartera.profile"].search([("partner_id", "=", self.account)])
            profile.write({"potential": 900})

        counts = self.run_during(drag, limit=10)
        self.assertEqual(counts["skipped"], 1)
        self.assertEqual(self.profile(self.account, "potential::int", "purchase_count"), (900, 2))

    def test_partner_renamed(self):
        counts = self.run_during(
            lambda env: env["res.partner"].browse(self.account).write({"name": "Otro"}), limit=10
        )
        self.assertEqual(counts["skipped"], 0, "a rename holds nothing of ours")
        self.assertEqual(self.profile(self.account, "name"), "Otro")

    def test_invoice_being_deleted(self):
        """The profile would point at it: the check of the foreign key would wait, then fail."""

        def delete(env):
            move = env["account.move"].browse(self.moves[0])
            move.button_draft()
            move.with_context(force_delete=True).unlink()

        self.run_during(delete)
        self.assertEqual(
            self.profile(self.account, "purchase_count", "client_date::text"), (1, "2024-03-01")
        )

    def test_contact_to_be_folded_is_held(self):
        """Its account is another one's contact now; folding it needs both rows."""
        contact, parent = self.make_accounts(2)
        self.request(lambda env: self.open_leads(env, parent, contact))
        with self.without_hook():
            vals = {"parent_id": parent, "is_company": False}
            self.request(lambda env: env["res.partner"].browse(contact).write(vals))

        def note(env):
            profile = env["cartera.profile"].search([("partner_id", "=", contact)])
            profile.note = "Llamar el lunes"

        self.run_during(note)
        self.assertIsNone(self.profile(contact))
        self.assertEqual(self.profile(parent, "note"), "Llamar el lunes")
        self.assertEqual({row[0] for row in self.history(parent)}, {"forward"})

    def test_settings_being_saved(self):
        """The run notes its time on the row that the settings are on."""

        def choose(env):
            company = env["res.company"].browse(self.company)
            env["cartera.policy"]._for(company).refreshed_at = False

        self.run_during(choose)

    def test_partner_being_deleted(self):
        (account,) = self.make_accounts()
        lead = self.request(lambda env: self.open_leads(env, account).id)
        with self.without_hook():
            self.request(lambda env: env["crm.lead"].browse(lead).action_set_lost())

        def delete(env):
            env["crm.lead"].browse(lead).unlink()
            env["res.partner"].browse(account).unlink()

        self.run_during(delete)
        self.assertIsNone(self.profile(account))


class TestLock(LiveCase):
    def test_post_during_a_run_neither_waits_nor_stays_behind(self):
        (account,) = self.make_clients()
        seconds = []

        def post(_engine, _result):
            def timed():
                started = time.monotonic()
                self.request(lambda env: self.post(env, account))
                seconds.append(time.monotonic() - started)

            self.at_once(timed)
            self.assertEqual([row[0] for row in self.queue()], [account])

        with self.around("cartera.engine", "_judge", after=self.only_once(post)):
            self.run_all()
        self.assertLess(seconds[0], 10)
        self.assertEqual(self.profile(account, "purchase_count"), 2)
        self.assert_settled()

    @staticmethod
    def only_once(callback):
        done = []

        def wrapper(*args):
            if not done:
                done.append(True)
                callback(*args)

        return wrapper

    def test_two_runs_at_once(self):
        self.make_clients()
        self.at_once(self.run_all, self.run_all)
        self.assert_settled()

    def test_run_that_waits_too_long_says_so(self):
        with self.superuser() as holder:
            self.assertTrue(holder["cartera.engine"]._try_lock())
            with self.superuser() as env, self.assertRaises(UserError):
                env["cartera.engine"]._wait_for_lock(1)

    def test_run_that_dies_half_way(self):
        """What is committed is whole, the lock is free, and the next run does the rest."""
        accounts = self.make_clients(3)
        with self.without_hook():
            self.request(lambda env: self.post(env, *accounts, day="2023-05-05"))
        written = []

        def die(_engine, _result):
            if written:
                raise RuntimeError("killed")
            written.append(True)

        one_by_one = patch.object(cartera_engine_full, "BATCH", 1)
        dying = self.around("cartera.engine", "_write_batch", before=die)
        with one_by_one, dying, self.assertRaises(RuntimeError):
            self.run_all()
        counts = sorted(self.profile(account, "purchase_count") for account in accounts)
        self.assertEqual(counts, [1, 1, 2])
        self.run_all()
        self.drain()
        self.assert_settled()


class TestEverybodyAtWork(LiveCase):
    """All of it at once, for some seconds."""

    SECONDS = 10

    def test_nobody_sees_an_error(self):
        self.shared = self.make_clients(3)
        # Odoo's own counter of sales on the contact makes merges fail that meet a posting.
        self.targets = self.make_clients(2)
        self.deadline = time.monotonic() + self.SECONDS
        self.longest = 0.0
        self.guard = threading.Lock()
        works = [self.post_shared, self.edit_shared, self.rename_shared, self.merge_new]
        works += [self.delete_new, self.run_again]
        with mute_logger(SQL_LOG, ENGINE):
            counts = self.at_once(*(lambda work=work: self.repeat(work) for work in works))
        self.assertTrue(all(counts), counts)
        self.assertLess(self.longest, 30)
        self.drain()
        self.assert_settled()
        self.assertEqual(self.fetch("SELECT 1 FROM cartera_touch WHERE parked"), [])

    def repeat(self, work):
        count = 0
        while time.monotonic() < self.deadline:
            started = time.monotonic()
            work(count)
            count += 1
            with self.guard:
                self.longest = max(self.longest, time.monotonic() - started)
            time.sleep(0.2)  # people are not that quick, and Odoo gives up after five collisions
        return count

    def post_shared(self, count):
        self.request(lambda env: self.post(env, self.shared[count % 3]))

    def edit_shared(self, count):
        def edit(env):
            account = (self.shared * 3 + self.targets)[count % 11]
            profile = env["cartera.profile"].search([("partner_id", "=", account)])
            stage = profile.stage_id.search([("lifecycle", "=", "client")])[count % 2]
            profile.write({"potential": count, "stage_id": stage.id, "urgency": str(count % 4)})

        self.request(edit)

    def rename_shared(self, count):
        def rename(env):
            env["res.partner"].browse(self.shared[count % 3]).name = f"Cliente {count}"

        self.request(rename)

    def merge_new(self, count):
        (source,) = self.make_accounts()
        self.request(lambda env: self.post(env, source))
        self.request(lambda env: self.merge(env, source, self.targets[count % 2]))

    def delete_new(self, _count):
        (account,) = self.make_accounts()
        lead = self.request(lambda env: self.open_leads(env, account).id)

        def delete(env):
            env["crm.lead"].browse(lead).unlink()
            env["res.partner"].browse(account).unlink()

        self.request(delete)

    def run_again(self, _count):
        self.run_all()


class TestBranches(LiveCase):
    def test_branches_share_one_profile(self):
        (account,) = self.make_accounts()

        def found(env):
            vals = {"parent_id": self.company, "name": f"Sucursal {time.monotonic_ns()}"}
            return env["res.company"].create([vals, {**vals, "name": vals["name"] + " bis"}]).ids

        branches = self.request(found)

        def post(env, company):
            branch = env(context={"allowed_company_ids": [company]})
            move = self.draft(branch, account)
            move.action_post()
            self.assertEqual(move.company_id.id, company)

        for company in (*branches, self.company):
            self.request(lambda env, company=company: post(env, company))
        self.assertEqual(
            self.fetch(
                "SELECT company_id, purchase_count FROM cartera_profile WHERE partner_id = %s",
                account,
            ),
            [(self.company, 3)],
        )
        self.assert_settled()
