"""The salespeople side by side; every figure is counted again with the ORM."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import GROUPS
from .handover_case import HandoverCase


class TestTeam(HandoverCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second, cls.third = cls.make_portfolio("Uno", "Dos", "Tres")
        cls.other = cls.make_portfolio("Cuatro", user=cls.bea)
        cls.make_activity(cls.first.partner_id, cls.ana)
        late = cls.today - timedelta(days=2)
        cls.make_activity(cls.second.partner_id, cls.ana, date_deadline=late)
        for account, user in ((cls.first, cls.ana), (cls.first, cls.bea), (cls.other, cls.ana)):
            cls.make_activity(account.partner_id, user).action_feedback()
        cls.make_meeting(cls.first.partner_id, cls.ana, days=-4)
        cls.make_meeting(cls.first.partner_id, cls.ana, days=-50)
        cls.drain()
        (cls.second | cls.third | cls.other)._write_unjudged({"abc_revenue": "A"})
        cls.team = cls.env["crm.team"].create(
            {"name": "Norte", "user_id": cls.carla.id, "member_ids": [Command.set(cls.ana.ids)]}
        )
        cls.make_portfolio("Cinco", user=cls.carla)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def rows(self, user):
        self.env.invalidate_all()
        return self.env["cartera.team.member"].with_user(user).search([])

    def expected(self, user):
        """Return the figures of a salesperson, counted account by account."""
        mine = self.profiles.search([("user_id", "=", user.id), ("active", "=", True)])
        since = self.today - timedelta(days=30)
        recorded = self.env["cartera.recorded"].search(
            [("user_id", "=", user.id), ("date", ">", since)]
        )
        qualities = recorded.mapped("quality")
        neglected = [
            profile
            for profile in mine
            if profile.abc_revenue == "A"
            and (
                not profile.last_interaction_date
                or (self.today - profile.last_interaction_date).days >= 90
            )
        ]
        planned = mine.filtered("next_action_date")
        return {
            "account_count": len(mine),
            "action_count": len(planned),
            "action_rate": len(planned) / len(mine),
            "overdue_count": len(planned.filtered(lambda p: p.next_action_date < self.today)),
            "recorded_count_30d": len(recorded),
            "quality_30d": sum(qualities) / len(qualities) if qualities else False,
            "neglected_count": len(neglected),
        }

    def test_figures(self):
        rows = {row.user_id: row for row in self.rows(self.boss)}
        for user in (self.ana, self.bea, self.carla):
            for name, value in self.expected(user).items():
                with self.subTest(user=user.login, figure=name):
                    self.assertAlmostEqual(rows[user][name], value)
        ana = rows[self.ana]
        self.assertEqual((ana.account_count, ana.overdue_count, ana.neglected_count), (3, 1, 2))
        # Two done activities and a meeting of hers: no message.
        self.assertEqual((ana.interaction_count_30d, ana.recorded_count_30d), (3, 3))
        self.assertIs(rows[self.carla].quality_30d, False)

    def test_who_sees_whom(self):
        self.assertEqual(self.rows(self.ana).user_id, self.ana)
        self.assertEqual(self.rows(self.carla).user_id, self.carla | self.ana)
        self.assertLessEqual(self.ana | self.bea | self.carla, self.rows(self.boss).user_id)
        everything = new_test_user(self.env, login="ho_all", groups=GROUPS["all_accounts"])
        self.assertFalse(self.rows(everything))
        for role in ("internal", "portal"):
            user = new_test_user(self.env, login=f"ho_{role}", groups=GROUPS[role])
            with self.assertRaises(AccessError):
                self.rows(user)
        with self.assertRaises(AccessError):
            self.rows(self.boss).filtered(lambda row: row.user_id == self.ana).with_user(
                self.bea
            ).action_open_accounts()

    def test_other_company_sees_none_of_ours(self):
        company = self.env["res.company"].create({"name": "Otra"})
        boss = new_test_user(
            self.env,
            login="ho_other",
            groups=GROUPS["manager"],
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.assertFalse(self.rows(boss))

    def test_what_a_row_opens(self):
        row = self.rows(self.boss).filtered(lambda row: row.user_id == self.ana)
        for method, count in (
            ("action_open_accounts", row.account_count),
            ("action_open_overdue", row.overdue_count),
            ("action_open_neglected", row.neglected_count),
            ("action_open_recorded", row.recorded_count_30d),
        ):
            action = getattr(row, method)()
            model = self.env[action["res_model"]].with_user(self.boss)
            with self.subTest(method=method):
                self.assertEqual(model.search_count(action["domain"]), count)
