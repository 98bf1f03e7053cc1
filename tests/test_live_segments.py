"""Rules that somebody edits while others sort: nobody stays where a rule of before put him."""

import threading
from unittest.mock import patch
from uuid import uuid4

from odoo import Command

from .live import LiveCase

FULL_RUN = "odoo.addons.crm_cartera.models.cartera_dimension_job"


class TestLiveSegments(LiveCase):
    def setUp(self):
        super().setUp()
        (self.account,) = self.make_clients()
        with self.superuser() as env:
            dimension = env["cartera.dimension"].create(
                {
                    "name": "Prueba",
                    "code": f"prueba_{uuid4().hex[:8]}",
                    # Other tests leave companies behind.
                    "company_id": self.company,
                    "segment_ids": [
                        Command.create({"name": "Una", "domain": "[('purchase_count', '>', 0)]"}),
                        Command.create({"name": "Otra", "domain": "[('id', '!=', False)]"}),
                    ],
                }
            )
            self.dimension, (self.one, self.other) = dimension.id, dimension.segment_ids.ids
        self.addCleanup(self.tidy)
        self.sort()

    def tidy(self):
        with self.superuser() as env:
            env["cartera.dimension"].browse(self.dimension).unlink()
        self.sort()

    def sort(self):
        with self.superuser() as env:
            env["cartera.dimension"]._cron_sort()

    def edit(self, rule="[('purchase_count', '>', 1000)]"):
        """Change the rule of the first segment, as an admin does, and commit."""
        self.request(lambda env: env["cartera.segment"].browse(self.one).write({"domain": rule}))

    def touch(self):
        """Let somebody do something that queues the account; the hook drains it."""
        self.request(lambda env: self.post(env, self.account))

    def segments(self, account=None):
        return {
            segment
            for (segment,) in self.fetch(
                """SELECT r.segment_id FROM cartera_profile_segment_rel r
                     JOIN cartera_profile p ON p.id = r.profile_id
                     JOIN cartera_segment s ON s.id = r.segment_id
                    WHERE p.partner_id = %s AND s.dimension_id = %s""",
                account or self.account,
                self.dimension,
            )
        }

    def moves(self):
        return self.fetch(
            """SELECT m.from_segment_id, m.segment_id, m.kind FROM cartera_segment_move m
                 JOIN cartera_profile p ON p.id = m.profile_id
                WHERE p.partner_id = %s AND m.dimension_id = %s ORDER BY m.id""",
            self.account,
            self.dimension,
        )

    def unsorted(self):
        with self.superuser() as env:
            return env["cartera.dimension"]._get_unsorted_companies().ids

    def test_an_edit_wakes_the_job(self):
        self.assertEqual(self.segments(), {self.one})
        before = self.triggers("cron_segments")
        self.edit()
        self.assertGreater(self.triggers("cron_segments"), before)
        self.assertEqual(self.unsorted(), [self.company])
        self.sort()
        self.assertEqual(self.segments(), {self.other})
        self.assertEqual(self.moves()[1:], [(self.one, self.other, "rule")])
        self.assertEqual(self.unsorted(), [])
        self.assert_settled()

    def test_edited_while_the_job_sorts(self):
        """After it has read the rules, and before it writes."""
        self.edit("[('purchase_count', '>', 5)]")
        with self.around("cartera.dimension", "_get_due", after=self.once(self.edit_back)):
            self.sort()
        self.assertEqual(self.segments(), {self.one})
        self.assertEqual(self.unsorted(), [])
        self.assert_settled()

    def edit_back(self):
        self.edit("[('purchase_count', '>', 0)]")

    def test_edited_while_an_account_is_drained(self):
        """The drain has read the rules of before; the job waits for it and comes after."""
        with self.around("cartera.dimension", "_get_due", after=self.once(self.edit)):
            self.touch()
        self.sort()
        self.assertEqual(self.segments(), {self.other})
        self.assert_settled()

    def test_the_job_waits_for_the_drain(self):
        begun, edited = threading.Event(), threading.Event()

        def wait(_record, _result):
            begun.set()
            self.assertTrue(edited.wait(10))

        with (
            self.around("cartera.dimension", "_get_due", after=wait),
            self.background(self.touch),
        ):
            self.assertTrue(begun.wait(10))
            self.edit()
            edited.set()
        self.sort()
        self.assertEqual(self.segments(), {self.other})
        self.assert_settled()

    def test_edited_and_sorted_while_a_person_saves(self):
        """The person's transaction knows the rules of before, and commits after the job is done."""
        with self.transaction() as person:
            profile = person["cartera.profile"].search([("partner_id", "=", self.account)])
            profile.potential = 77
            person.flush_all()
            self.edit()
            self.sort()
        self.drain()
        self.assertEqual(self.segments(), {self.other})
        self.assertEqual(self.profile(self.account, "potential"), 77)
        self.assert_settled()

    def test_edited_and_sorted_while_a_person_adds_an_account(self):
        (account,) = self.make_accounts()
        with self.superuser() as env:
            env["cartera.segment"].browse(self.one).domain = "[('purchase_count', '=', 0)]"
        self.sort()
        with self.transaction() as person:
            person["cartera.profile"].create({"partner_id": account})
            person.flush_all()
            self.edit()
            self.sort()
        self.drain()
        self.assertEqual(self.segments(account), {self.other})
        self.assert_settled()

    def test_what_rules_read_is_not_remembered_too_early(self):
        """Somebody looks between the change and its commit."""

        def look():
            with self.superuser() as env:
                return "comment" in env["cartera.rule"]._get_watched("res.partner")

        with self.transaction() as admin:
            segment = admin["cartera.segment"].browse(self.one)
            segment.domain = "[('partner_id.comment', 'ilike', 'caro')]"
            admin.flush_all()
            self.assertEqual(self.at_once(look), [False])
        self.assertEqual(self.at_once(look), [True])
        self.sort()
        self.request(
            lambda env: env["res.partner"].browse(self.account).write({"comment": "Muy caro"})
        )
        self.assertEqual(self.segments(), {self.one})
        self.assert_settled()

    def test_a_held_account_is_sorted_later(self):
        with self.transaction() as person:
            person.cr.execute(
                "SELECT id FROM cartera_profile WHERE partner_id = %s FOR UPDATE", [self.account]
            )
            self.edit()
            self.sort()
            self.assertEqual(self.segments(), {self.one})
            self.assertIn(self.account, [row[0] for row in self.queue()])
        self.drain()
        self.assertEqual(self.segments(), {self.other})
        self.assert_settled()

    def test_a_killed_job_begins_again(self):
        """What it had done stays, what it had not is found: it counts as rules, not as accounts."""
        accounts = [self.account, *self.make_clients(2)]
        rows = "SELECT count(*) FROM cartera_profile_segment_rel WHERE segment_id = %s"
        ((before,),) = self.fetch(rows, self.other)
        self.edit()
        calls = []

        def stop(_record, _result):
            calls.append(True)
            if len(calls) > 1:
                raise RuntimeError("killed")

        with (
            patch(f"{FULL_RUN}.BATCH", 1),
            self.around("cartera.dimension", "_move_batch", before=stop),
            self.assertLogs(FULL_RUN, "ERROR"),
        ):
            self.sort()
        self.assertEqual(self.fetch(rows, self.other), [(before + 1,)])
        self.assertEqual(self.unsorted(), [self.company])
        self.sort()
        self.assertEqual({frozenset(self.segments(a)) for a in accounts}, {frozenset({self.other})})
        self.assertEqual(self.moves()[1:], [(self.one, self.other, "rule")])
        self.assertEqual(self.unsorted(), [])
        self.assert_settled()

    def test_deleted_while_an_account_is_drained(self):
        def delete():
            self.request(lambda env: env["cartera.segment"].browse(self.one).unlink())

        with self.around("cartera.dimension", "_get_due", after=self.once(delete)):
            self.touch()
        self.drain()
        self.sort()
        self.assertEqual(self.segments(), {self.other})
        self.assert_settled()

    def test_full_run_sorts(self):
        self.edit()
        self.run_all()
        self.assertEqual(self.segments(), {self.other})
        self.assertEqual(self.unsorted(), [])
        self.assert_settled()

    def test_progress(self):
        seen = []

        def look(_record, _result):
            with self.superuser() as env:
                dimension = env["cartera.dimension"].browse(self.dimension)
                seen.append((dimension.sorting_state, dimension.sorting_progress))

        self.make_clients(2)
        self.edit()
        with (
            patch(f"{FULL_RUN}.BATCH", 1),
            self.around("cartera.dimension", "_move_batch", before=look),
        ):
            self.sort()
        self.assertEqual(seen[0], ("waiting", 0))
        self.assertEqual([state for state, _progress in seen[1:]], ["running"] * (len(seen) - 1))
        with self.superuser() as env:
            dimension = env["cartera.dimension"].browse(self.dimension)
            self.assertEqual((dimension.sorting_state, dimension.sorting_progress), ("done", 100))
