"""Sorting accounts into segments: what is in which, and what is noted of it."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError, ValidationError

from odoo.addons.crm_cartera.models import cartera_dimension_job
from odoo.addons.crm_cartera.models.cartera_engine import UNSORTED

from .segment_case import SegmentCase


class TestSegments(SegmentCase):
    def test_first_rule_that_matches_else_none(self):
        self.assertEqual(self.segment_of(self.small, self.size), "Resto")
        self.assertEqual(self.segment_of(self.big, self.size), "Grande")
        other = self.make_dimension("otra", ("Solo grandes", "[('potential', '>', 1000)]"))
        self.sort()
        self.assertEqual(self.segment_of(self.small, other), None)
        self.assertEqual(self.segment_of(self.big, other), "Solo grandes")
        self.assertEqual(len(self.big.segment_ids), 2)
        self.check_keys()

    def test_first_sorting_is_no_move_of_an_account(self):
        self.assertEqual(self.moves_of(self.big, self.size), [(None, "Grande", "entered")])

    def test_an_account_that_changes_moves(self):
        self.small.potential = 5000
        self.assertEqual(self.segment_of(self.small, self.size), "Grande", "at once")
        self.assertEqual(self.moves_of(self.small, self.size)[1:], [("Resto", "Grande", "account")])
        self.drain()
        self.assertEqual(len(self.moves_of(self.small, self.size)), 2)
        self.check_keys()

    def test_a_new_account_is_sorted_at_once(self):
        profile = self.profiles.create({"name": "Nueva"})
        self.assertEqual(self.segment_of(profile, self.size), "Resto")
        self.assertEqual(self.moves_of(profile, self.size), [(None, "Resto", "account")])

    def test_a_changed_rule_moves_accounts_as_a_rule(self):
        self.large.domain = "[('potential', '>', 1)]"
        self.assertEqual(self.size.sorting_state, "waiting")
        self.sort()
        self.assertEqual(self.size.sorting_state, "done")
        self.assertEqual(self.segment_of(self.small, self.size), "Grande")
        self.assertEqual(self.moves_of(self.small, self.size)[1:], [("Resto", "Grande", "rule")])
        self.small.potential = 1
        self.assertEqual(self.moves_of(self.small, self.size)[2:], [("Grande", "Resto", "account")])

    def test_a_drain_before_the_job_takes_the_new_rule(self):
        self.large.domain = "[('potential', '>', 1)]"
        self.env["cartera.touch"]._touch([(self.small.partner_id.id, self.company.id)])
        self.drain()
        self.assertEqual(self.segment_of(self.small, self.size), "Grande")
        self.assertEqual(self.moves_of(self.small, self.size)[1:], [("Resto", "Grande", "rule")])

    def test_a_rule_that_goes_back_is_sorted_again(self):
        """A drain has used the rule in between."""
        before = self.large.domain
        self.large.domain = "[('potential', '>', 1)]"
        self.env["cartera.touch"]._touch([(self.small.partner_id.id, self.company.id)])
        self.drain()
        self.large.domain = before
        self.assertIn(self.company, self.env["cartera.dimension"]._get_unsorted_companies())
        self.env["cartera.dimension"]._sort_all(self.company)
        self.env.invalidate_all()
        self.assertEqual(self.segment_of(self.small, self.size), "Resto")

    def test_order_of_segments(self):
        self.rest.sequence = -1
        self.sort()
        self.assertEqual(self.segment_of(self.big, self.size), "Resto")

    def test_archive(self):
        self.large.active = False
        self.sort()
        self.assertEqual(self.segment_of(self.big, self.size), "Resto")
        self.large.active = True
        self.sort()
        self.assertEqual(self.segment_of(self.big, self.size), "Grande")
        self.size.active = False
        self.assertFalse(self.big.with_context(active_test=True).segment_ids, "at once")
        self.assertIn(self.company, self.env["cartera.dimension"]._get_unsorted_companies())
        self.env["cartera.dimension"]._sort_all(self.company)
        self.env.invalidate_all()
        self.assertFalse(self.big.with_context(active_test=False).segment_ids)
        self.assertEqual(self.moves_of(self.big, self.size)[-1], ("Grande", None, "rule"))
        self.assertFalse(self.env["cartera.dimension"]._get_unsorted_companies() & self.company)
        self.size.active = True
        self.assertFalse(self.size.segment_ids.filtered(lambda s: not s.active))
        self.sort()
        self.assertEqual(self.segment_of(self.big, self.size), "Grande")
        self.check_keys()

    def test_an_archived_segment_stays_archived_with_its_dimension(self):
        self.large.active = False
        self.size.active = False
        self.assertFalse(self.rest.active)
        self.size.active = True
        self.assertEqual((self.large.active, self.rest.active), (False, True))

    def test_delete(self):
        self.large.unlink()
        self.sort()
        self.assertEqual(self.segment_of(self.big, self.size), "Resto")
        self.size.unlink()
        self.sort()
        self.assertFalse(self.big.segment_ids)
        self.check_keys()

    def test_a_dimension_that_becomes_another_companys(self):
        other = self.env["res.company"].create({"name": "Otra compañía"})
        dimensions = self.env["cartera.dimension"]
        dimensions._sort_all(other)
        self.size.company_id = other
        self.assertEqual(dimensions._get_unsorted_companies(), self.company | other)
        for company in self.company | other:
            dimensions._sort_all(company)
        self.env.invalidate_all()
        self.assertFalse(self.big.segment_ids)
        self.assertEqual(self.moves_of(self.big, self.size)[-1], ("Grande", None, "rule"))
        self.assertFalse(dimensions._get_unsorted_companies())
        self.check_keys()

    def test_rules_that_changed_while_a_transaction_was_open(self):
        """Without the lock of the runs it looks again after its commit."""
        self.drain()
        dimensions = self.env["cartera.dimension"]
        before = dimensions._get_basis(self.company)
        partners = [self.big.partner_id.id]
        dimensions._look_again(self.company, partners, before)
        self.env.cr.execute("SELECT partner_id FROM cartera_touch")
        self.assertEqual(self.env.cr.fetchall(), [])
        self.large.domain = "[('potential', '>', 1)]"
        dimensions._look_again(self.company, partners, before)
        self.env.cr.execute("SELECT partner_id FROM cartera_touch")
        self.assertEqual(self.env.cr.fetchall(), [(partners[0],)])
        self.sort()
        self.assertFalse(dimensions._get_unsorted_companies())
        dimensions._look_again(self.company, None, before)
        self.assertEqual(dimensions._get_unsorted_companies(), self.company)

    def test_archived_accounts_are_sorted_and_those_taken_out_are_not(self):
        self.big.partner_id.active = False
        self.small.action_exclude()
        self.drain()
        self.assertEqual(self.segment_of(self.big, self.size), "Grande")
        self.assertFalse(self.small.segment_ids)
        self.assertEqual(self.large.account_count, 0, "the list shows active ones")
        self.small.action_include()
        self.drain()
        self.assertEqual(self.segment_of(self.small, self.size), "Resto")

    def test_count(self):
        self.assertEqual(
            self.size.segment_ids.mapped("account_count")[:2],
            [0, 1],
            "the small one is in the rest",
        )

    def test_nobody_writes_what_sorting_finds(self):
        manager = self.make_users("manager")["manager"]
        big = self.big.with_user(manager)
        for write in (
            lambda: big.write({"segment_ids": [Command.link(self.huge.id)]}),
            lambda: big.partner_id.write({"cartera_segment_ids": [Command.link(self.huge.id)]}),
            lambda: (
                self.env["cartera.profile"]
                .with_user(manager)
                .create({"name": "X", "segment_ids": [Command.link(self.huge.id)]})
            ),
        ):
            with self.subTest(write=write), self.assertRaises(UserError):
                write()

    def test_code(self):
        copy = self.size.copy()
        self.assertEqual(copy.code, "tamano_copy")
        copy.active = False
        self.assertEqual(self.size.copy().code, "tamano_copy2", "an archived one has its code")
        self.assertEqual(len(copy.segment_ids), 3)
        with self.assertRaisesRegex(ValidationError, "letters"):
            self.size.code = "Con espacios"

    def test_merge_keeps_the_history(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        self.small.partner_id.email = self.big.partner_id.email = "a@example.com"
        wizard._merge((self.small.partner_id | self.big.partner_id).ids, self.big.partner_id)
        self.drain()
        self.assertFalse(self.small.exists())
        self.assertEqual(self.segment_of(self.big, self.size), "Grande")
        self.assertEqual(
            sorted(self.moves_of(self.big, self.size)),
            [(None, "Grande", "entered"), (None, "Resto", "entered")],
        )
        self.check_keys()

    def test_contacts_show_the_segments_of_their_account(self):
        ana = self.env["res.partner"].create({"name": "Ana", "parent_id": self.big.partner_id.id})
        self.assertEqual(ana.cartera_segment_ids, self.large)
        found = self.env["res.partner"].search([("cartera_segment_ids", "in", self.large.ids)])
        self.assertEqual(found, self.big.partner_id | ana)
        groups = self.env["res.partner"]._read_group(
            [("id", "in", (self.big.partner_id | ana).ids)], ["cartera_segment_ids"], ["__count"]
        )
        self.assertEqual(groups, [(self.large, 2)])

    def test_an_installation_leaves_many_accounts_to_the_job(self):
        """Those of few accounts are sorted while one waits."""
        dimensions = self.env["cartera.dimension"]
        other = self.make_dimension("otra", ("Todas", False))
        with patch.object(cartera_dimension_job, "SORTED_AT_ONCE", 1):
            dimensions._sort_installed(self.company)
        self.assertEqual(self.segment_of(self.big, other), None)
        self.assertIn(self.company, dimensions._get_unsorted_companies())
        dimensions._sort_installed(self.company)
        self.assertEqual(self.segment_of(self.big, other), "Todas")
        self.assertEqual(self.moves_of(self.big, other), [(None, "Todas", "entered")])

    def test_a_run_may_leave_sorting_to_its_caller(self):
        other = self.make_dimension("otra", ("Todas", False))
        self.profiles.with_context(**{UNSORTED: True}).refresh(self.company)
        self.assertEqual(self.segment_of(self.big, other), None)
        self.profiles.refresh(self.company)
        self.assertEqual(self.segment_of(self.big, other), "Todas")
