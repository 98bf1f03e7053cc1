"""Others at work on the same account while it is drained: no error, no waiting, nothing lost."""

import threading
import time
from unittest.mock import patch

from .live import LiveCase


class TestBusy(LiveCase):
    """Somebody holds what the drain wants."""

    def test_held_row_delays_nobody_and_is_done_later(self):
        (account,) = self.make_clients()
        with self.transaction() as holder:
            self.hold(holder, account)
            started = time.monotonic()
            with patch.object(type(self.registry), "cursor", self.counting()):
                self.request(lambda env: self.post(env, account))
            self.assertLess(time.monotonic() - started, 5)
            self.assertEqual(self.profile(account, "purchase_count"), 1)
            self.assertEqual([row[0] for row in self.queue()], [account])
            self.drain()
            self.assertEqual([row[1:] for row in self.queue()], [(0, False)])
        self.drain()
        self.assertEqual(self.profile(account, "purchase_count"), 2)
        self.assert_settled()

    def test_held_row_does_not_stop_the_others(self):
        held, free = self.make_clients(2)
        with self.transaction() as holder:
            self.hold(holder, held)
            self.request(lambda env: self.post(env, held, free))
            self.assertEqual(self.profile(free, "purchase_count"), 2)
            self.assertEqual([row[0] for row in self.queue()], [held])
        self.drain()
        self.assert_settled()

    def test_profile_that_a_user_is_creating(self):
        """The drain would insert the same row: it does not wait for the user's commit."""
        (account,) = self.make_accounts()
        with self.transaction() as user:
            user["cartera.profile"].create({"partner_id": account})
            user.flush_all()
            started = time.monotonic()
            self.request(lambda env: self.post(env, account))
            self.drain()
            self.assertLess(time.monotonic() - started, 10)
            self.assertEqual([row[1:] for row in self.queue()], [(0, False)])
        self.drain()
        self.assertEqual(self.profile(account, "lifecycle", "purchase_count"), ("client", 1))
        self.assert_settled()

    def test_many_held_rows_have_a_bound(self):
        """Fifty accounts that all wait for a lock must not add up in front of the user."""
        accounts = self.make_accounts(50)
        with self.transaction() as user:
            user["cartera.profile"].create([{"partner_id": account} for account in accounts])
            user.flush_all()
            with self.transaction() as env:
                self.open_leads(env, *accounts)
                started = time.monotonic()
                env.cr.commit()
                self.assertLess(time.monotonic() - started, 6)
        self.drain()
        self.assert_settled()

    def test_account_merged_away(self):
        source, target = self.make_clients(2)
        self.request(lambda env: self.post(env, source))
        with self.without_hook():
            self.request(lambda env: self.post(env, source))
            self.request(lambda env: self.merge(env, source, target))
        self.assertIn(source, [row[0] for row in self.queue()])
        self.drain()
        self.assertIsNone(self.profile(source))
        self.assertEqual(self.profile(target, "purchase_count"), 4)
        self.assert_settled()

    def test_merged_while_it_is_drained(self):
        """The drain has read the account; when it writes, the account is gone."""
        source, target = self.make_accounts(2)
        with self.without_hook():
            self.request(lambda env: self.post(env, source, target))
        merging = self.once(lambda: self.request(lambda env: self.merge(env, source, target)))
        with self.around("cartera.engine", "_judge", after=merging):
            self.drain()
        self.drain()
        self.assertIsNone(self.profile(source))
        self.assertEqual(self.profile(target, "purchase_count"), 2)
        self.assert_settled()

    def test_drained_while_it_is_merged(self):
        """The merge has folded what it saw; a profile of the source appears before it deletes it."""
        source, target = self.make_accounts(2)
        with self.without_hook():
            self.request(lambda env: self.post(env, source, target))
        draining = self.once(self.drain)
        with self.around("base.partner.merge.automatic.wizard", "_update_values", before=draining):
            self.request(lambda env: self.merge(env, source, target))
        self.assertIsNone(self.profile(source))
        self.assertEqual(self.profile(target, "purchase_count"), 2)
        self.drain()
        self.assert_settled()

    def test_deleted_while_it_is_drained(self):
        (account,) = self.make_accounts()
        with self.without_hook():
            lead = self.request(
                lambda env: env["crm.lead"].create({"name": "X", "partner_id": account}).id
            )

        def delete(env):
            env["crm.lead"].browse(lead).partner_id = False
            env["res.partner"].browse(account).unlink()

        deleting = self.once(lambda: self.request(delete))
        with self.around("cartera.engine", "_judge", after=deleting):
            self.drain()
        self.drain()
        self.assert_settled()

    def test_salesperson_deleted_while_it_is_drained(self):
        (account,) = self.make_clients()
        user = self.make_user()
        with self.without_hook():
            self.request(lambda env: env["res.partner"].browse(account).write({"user_id": user}))

        def delete(env):
            env["res.partner"].browse(account).user_id = False
            env["res.users"].browse(user).unlink()

        deleting = self.once(lambda: self.request(delete))
        with self.around("cartera.engine", "_judge", after=deleting):
            self.drain()
        self.drain()
        self.assert_settled()

    def make_user(self):
        def work(env):
            group = env.ref("sales_team.group_sale_salesman").id
            login = f"live_{time.monotonic_ns()}"
            vals = {"name": login, "login": login, "group_ids": [(4, group)]}
            return env["res.users"].create(vals).id

        return self.request(work)

    @staticmethod
    def hold(env, account):
        env["cartera.profile"].search([("partner_id", "=", account)]).note = "Llamar"
        env.flush_all()

    def counting(self, limit=6):
        """Return ``Registry.cursor`` that fails when the drain opens one inside the other."""
        original, opened = type(self.registry).cursor, []

        def cursor(registry, *args, **kwargs):
            opened[:] = [other for other in opened if not other._closed]
            if len(opened) >= limit:
                raise AssertionError("too many connections at once")
            opened.append(original(registry, *args, **kwargs))
            return opened[-1]

        return cursor


class TestOverlap(LiveCase):
    """Users that post at the same time."""

    def test_holder_looks_again(self):
        """B commits while A drains and finds the lock taken: A does B's account as well."""
        first, second = self.make_accounts(2)
        draining, posted = threading.Event(), threading.Event()

        def wait(_touch, _result):
            draining.set()
            posted.wait(20)

        def post_first():
            self.request(lambda env: self.post(env, first))

        def post_second():
            draining.wait(20)
            self.request(lambda env: self.post(env, second))
            posted.set()

        with self.around("cartera.touch", "_take", after=wait):
            self.at_once(post_first, post_second)
        self.assertEqual(self.profile(second, "purchase_count"), 1)
        self.assert_settled()
        self.assertEqual(self.triggers(), 0)

    def test_many_users_leave_nothing_behind(self):
        accounts = self.make_accounts(3)

        def post_some(order):
            for _round in range(4):
                self.request(lambda env: self.post(env, *order))

        self.at_once(*[lambda o=order: post_some(o) for order in (accounts, accounts[::-1])] * 2)
        self.assertEqual([self.profile(a, "purchase_count") for a in accounts], [16, 16, 16])
        self.assert_settled()

    def test_first_entry_of_a_person_against_the_first_invoice(self):
        """Both make the profile: the person sees no error, and neither is lost."""
        (account,) = self.make_accounts()

        def enter(env):
            partner = env["res.partner"].browse(account)
            partner.cartera_profile_id  # noqa: B018 - the snapshot is taken here
            if not hasattr(self, "posted"):
                self.posted = True
                self.at_once(lambda: self.request(lambda other: self.post(other, account)))
            partner.cartera_potential = 5000

        self.request(enter)
        self.assertEqual(
            self.profile(account, "lifecycle", "purchase_count", "potential::int"),
            ("client", 1, 5000),
        )
        self.assert_settled()
