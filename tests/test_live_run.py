"""A full run while people work: it waits for nobody, nobody for it, and each one's word stands."""

import threading
import time
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests.common import mute_logger

from odoo.addons.crm_cartera.models import cartera_engine

from .live import LiveCase

ENGINE = "odoo.addons.crm_cartera.models.cartera_engine"
SQL_LOG = "odoo.sql_db"


class TestMeanwhile(LiveCase):
    """The run has read an account and is about to write it; then somebody changes it."""

    def setUp(self):
        super().setUp()
        self.account, self.other = self.make_clients(2)
        # Unknown to the profiles until the run: so it has something to write.
        with self.without_hook():
            self.request(lambda env: self.post(env, self.account, self.other, day="2023-05-05"))

    def run_while(self, work):
        """Do a full run, and ``work(env)`` between its reading and its writing."""
        seconds = []

        def timed():
            started = time.monotonic()
            self.request(work)
            seconds.append(time.monotonic() - started)

        with self.around("cartera.engine", "_judge", after=self.once(timed)):
            counts = self.run_all()
        self.assertLess(seconds[0], 10, "the user waited for the run")
        self.assertEqual(self.profile(self.other, "purchase_count"), 2)
        self.assert_settled()
        return counts

    def of_account(self, env):
        return env["cartera.profile"].search([("partner_id", "=", self.account)])

    def test_nothing(self):
        counts = self.run_all()
        self.assertEqual((counts["changed"], counts["skipped"]), (2, 0))
        self.assertEqual(self.profile(self.account, "client_date::text"), "2023-05-05")
        self.assert_settled()
        self.assertEqual(self.run_all()["changed"], 0)

    def test_post(self):
        self.run_while(lambda env: self.post(env, self.account, day="2022-02-02"))
        self.assertEqual(
            self.profile(self.account, "purchase_count", "client_date::text"), (3, "2022-02-02")
        )

    def test_lifecycle_by_hand(self):
        def correct(env):
            self.of_account(env).set_lifecycle("client", "Ya compraba", "2001-01-01", lock=True)

        counts = self.run_while(correct)
        self.assertEqual(counts["skipped"], 1)
        self.assertEqual(
            self.profile(self.account, "client_date::text", "lifecycle_locked"),
            ("2001-01-01", True),
        )
        self.assertEqual(
            self.history(self.account),
            [
                ("forward", "client", "invoice", True),
                ("redated", "client", "opening", False),
            ],
        )

    def test_lock(self):
        self.run_while(lambda env: self.of_account(env).action_lock())
        self.assertEqual(
            self.profile(self.account, "client_date::text", "purchase_count"), ("2024-03-01", 2)
        )

    def test_unlock(self):
        self.request(lambda env: self.of_account(env).action_lock())
        self.run_while(lambda env: self.of_account(env).action_unlock())
        self.assertEqual(self.profile(self.account, "client_date::text"), "2023-05-05")

    def test_stage_dragged(self):
        stage = self.request(
            lambda env: env["cartera.stage"].create({"name": "VIP", "lifecycle": "client"}).id
        )
        self.run_while(lambda env: self.of_account(env).write({"stage_id": stage}))
        self.assertEqual(self.profile(self.account, "stage_id"), stage)

    def test_potential_entered(self):
        self.run_while(lambda env: self.of_account(env).write({"potential": 700}))
        self.assertEqual(self.profile(self.account, "potential::int", "purchase_count"), (700, 2))

    def test_renamed(self):
        name = f"Nuevo nombre {self.account}"
        self.run_while(lambda env: env["res.partner"].browse(self.account).write({"name": name}))
        self.assertEqual(self.profile(self.account, "name"), name)

    def test_taken_out_of_the_portfolio(self):
        self.run_while(lambda env: self.of_account(env).action_exclude())
        self.assertEqual(
            self.profile(self.account, "excluded", "active", "purchase_count"), (True, False, 1)
        )

    def test_taken_back_into_the_portfolio(self):
        self.request(lambda env: self.of_account(env).action_exclude())

        def include(env):
            profiles = env["cartera.profile"].with_context(active_test=False)
            profiles.search([("partner_id", "=", self.account)]).action_include()

        self.run_while(include)
        self.assertEqual(self.profile(self.account, "active", "purchase_count"), (True, 2))

    def test_profile_deleted(self):
        self.run_while(lambda env: self.of_account(env).sudo().unlink())
        self.assertEqual(self.profile(self.account, "lifecycle", "purchase_count"), ("client", 2))
        self.assertEqual(self.history(self.account), [("forward", "client", "invoice", False)])

    def test_merged_away(self):
        self.run_while(lambda env: self.merge(env, self.account, self.other_account()))
        self.assertIsNone(self.profile(self.account))

    def test_merged_into(self):
        self.run_while(lambda env: self.merge(env, self.other_account(), self.account))
        self.assertEqual(self.profile(self.account, "purchase_count"), 3)

    def test_became_a_contact_of_another_account(self):
        """Odoo hands its invoices over to that account, so we fold it."""
        parent = self.other_account()
        vals = {"parent_id": parent, "is_company": False}
        self.run_while(lambda env: env["res.partner"].browse(self.account).write(vals))
        self.assertIsNone(self.profile(self.account))
        self.assertEqual(self.profile(parent, "purchase_count"), 3)

    def test_invoice_cancelled(self):
        def cancel(env):
            moves = env["account.move"].search([("partner_id", "=", self.account)])
            moves.button_draft()
            moves.button_cancel()

        self.run_while(cancel)
        self.assertEqual(self.profile(self.account, "lifecycle", "purchase_count"), ("prospect", 0))

    def other_account(self):
        if not hasattr(self, "third"):
            with self.without_hook():
                (self.third,) = self.make_accounts()
                self.request(lambda env: self.post(env, self.third))
        return self.third


class TestNewAccount(LiveCase):
    """The run is about to insert an account that it found in the documents."""

    def setUp(self):
        super().setUp()
        (self.account,) = self.make_accounts()
        with self.without_hook():
            self.lead = self.request(lambda env: self.open_leads(env, self.account).id)

    def run_while(self, work):
        with self.around("cartera.engine", "_judge", after=self.once(lambda: self.request(work))):
            self.run_all()
        self.assert_settled()

    def test_created_by_hand(self):
        self.run_while(lambda env: env["cartera.profile"].create({"partner_id": self.account}))
        self.assertEqual(self.profile(self.account, "lifecycle", "origin"), ("lead", "hand"))
        self.assertEqual(len(self.history(self.account)), 1)

    def test_deleted(self):
        def delete(env):
            env["crm.lead"].browse(self.lead).unlink()
            env["res.partner"].browse(self.account).unlink()

        self.run_while(delete)
        self.assertIsNone(self.profile(self.account))

    def test_merged_away(self):
        (target,) = self.make_accounts()
        self.run_while(lambda env: self.merge(env, self.account, target))
        self.assertEqual(self.profile(target, "lifecycle"), "lead")
        self.assertIsNone(self.profile(self.account))

    def test_company_contact_of_ours(self):
        """A partner that becomes one of our own companies is no account."""

        def found(env):
            env["res.company"].create({"name": "Filial", "partner_id": self.account})

        self.run_while(found)

    def test_being_created_by_hand(self):
        """Not committed yet: the run does not wait for it."""
        with self.transaction() as user:
            user["cartera.profile"].create({"partner_id": self.account})
            user.flush_all()
            started = time.monotonic()
            with mute_logger(SQL_LOG):
                self.run_all()
            self.assertLess(time.monotonic() - started, 20)
            self.assertEqual([row[0] for row in self.queue()], [self.account])
        self.drain()
        self.assert_settled()


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
        self.request(lambda env: self.open_leads(env, contact, parent))
        with self.without_hook():
            vals = {"parent_id": parent, "is_company": False}
            self.request(lambda env: env["res.partner"].browse(contact).write(vals))

        def note(env):
            profile = env["cartera.profile"].search([("partner_id", "=", contact)])
            profile.note = "Llamar el lunes"

        self.run_during(note)
        self.assertIsNone(self.profile(contact))
        self.assertEqual(self.profile(parent, "note"), "Llamar el lunes")

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

        one_by_one = patch.object(cartera_engine, "BATCH", 1)
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

    SECONDS = 12

    def test_nobody_sees_an_error(self):
        self.shared = self.make_clients(3)
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
        return count

    def post_shared(self, count):
        self.request(lambda env: self.post(env, self.shared[count % 3]))

    def edit_shared(self, count):
        def edit(env):
            profile = env["cartera.profile"].search([("partner_id", "=", self.shared[count % 3])])
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
        self.request(lambda env: self.merge(env, source, self.shared[count % 3]))

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
