"""People change accounts between a full run's reading and its writing: each one's word stands."""

import time

from odoo.tests.common import mute_logger

from .live import LiveCase

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
