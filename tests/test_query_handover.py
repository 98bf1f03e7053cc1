"""As many queries for 200 accounts as for 10 when they are previewed, claimed, moved and given back."""

from odoo.tests import new_test_user

from .common import GROUPS
from .query_case import FEW, QueryCase


class TestQueryHandover(QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = new_test_user(cls.env, login="query_boss", groups=GROUPS["manager"])
        cls.heirs = cls.env["res.users"].union(
            *(
                new_test_user(cls.env, login=f"query_heir_{n}", groups=GROUPS["salesperson"])
                for n in range(2)
            )
        )

    def make(self, profiles):
        """Claim accounts of the salesperson for two others."""
        handover = self.env["cartera.handover"].create(
            {"company_id": self.company.id, "date": self.today, "user_id": self.boss.id}
        )
        heirs = self.heirs.ids
        targets = {profile: heirs[n % 2] for n, profile in enumerate(profiles.ids)}
        self.assertEqual(handover._claim(targets), len(profiles))
        return handover

    def test_preview(self):
        def look(profiles):
            action = profiles.with_user(self.boss).action_handover()
            dialog = self.env["cartera.handover.plan"].with_user(self.boss)
            dialog.browse(action["res_id"]).read(["account_count", "preview", "lead_count"])

        self.assert_same(look)

    def test_claim(self):
        def claim(profiles):
            self.make(profiles).unlink()

        self.assert_same(claim, ours=True)

    def test_move_and_give_back(self):
        """What is ours; Odoo's own INSERT of followers and notes goes by the hundred."""

        def move(profiles):
            handover = self.make(profiles)
            last, handled = 0, True
            while handled:
                last, handled = handover._do_next(last, handover.ids)
            handover._finish_own(handover.ids)
            self.assertEqual(handover.account_count, len(profiles))
            self.assertEqual(handover.lead_count, len(profiles))
            handover.with_user(self.boss).action_undo()
            self.assertEqual(handover.state, "undone")
            stays = handover.line_ids.filtered(lambda line: line.state == "moved")
            self.assertFalse(stays)

        # Draining what was touched goes by batches of accounts, and is counted elsewhere.
        touches = type(self.env["cartera.touch"])
        self.patch(touches, "_drain_after_commit", lambda *_args, **_kwargs: None)
        # So many that all is one batch.
        few, many = self.known[:FEW], self.known[FEW : FEW + 120]
        move(few)
        texts = self.count_each(move, few, many, ours=True)
        more = [query[:150] for query in texts[120] if query not in texts[FEW]]
        self.assertEqual(len(texts[FEW]), len(texts[120]), "\n".join(map(str, more[:20])))

    def test_move_asks_little_for_each_account(self):
        """A meeting costs Odoo some queries; all the rest is asked together."""
        counts = []
        for profiles in (self.known[:40], self.known[40:120]):
            handover = self.make(profiles)
            handover.line_ids.filtered(lambda line: line.kind == "meeting").unlink()
            with self.counted() as queries:
                handover._do_next(0, handover.ids)
            counts.append(len(queries))
        self.assertLess(counts[1] - counts[0], 40)

    def test_team(self):
        def read(profiles):
            rows = self.env["cartera.team.member"].with_user(self.boss)
            rows.search_read([], ["account_count", "quality_30d", "neglected_count"])

        self.assert_same(read)
