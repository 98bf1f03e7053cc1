"""Targets are spread over months and divided among people; the parts add up."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user

from odoo.addons.crm_cartera.analysis.period import Period

from .score_case import ScoreCase

JANUARY = date(2026, 1, 1)


class TestTarget(ScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_seller = new_test_user(
            cls.env, "score_other", "sales_team.group_sale_salesman", name="Olga"
        )
        cls.make_known("Una", cls.seller, revenue_12m=3000, potential=9000)
        cls.make_known("Dos", cls.other_seller, revenue_12m=1000, potential=1000)
        cls.sum = cls.indicators["toy_sum"]
        cls.year = cls.make_target(cls.sum, 100_000.01)

    @classmethod
    def make_target(cls, indicator, amount, kind="year", start=JANUARY, **vals):
        vals = {"indicator_id": indicator.id, "company_id": cls.company.id, **vals}
        targets = cls.env["cartera.indicator.target"]
        return targets.create({**vals, "kind": kind, "start": start, "amount": amount})

    def divide(self, target, by="user", **vals):
        """Open the dialog as the sales manager and return it with its lines."""
        dialog = self.env["cartera.target.divide"].with_user(self.users["manager"])
        action = target.action_spread() if by == "month" else target.action_cascade()
        self.assertEqual(action["res_model"], dialog._name)
        return dialog.create({"target_id": target.id, "by": by, **vals})

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def test_flat_over_months(self):
        self.divide(self.year, "month").action_apply()
        months = self.year.month_ids.sorted("start")
        self.assertEqual(months.mapped("start"), [date(2026, month, 1) for month in range(1, 13)])
        self.assertEqual(months.mapped("amount"), [8333.34] * 5 + [8333.33] * 7)
        self.assertFalse(self.year.part_ids)
        self.assertEqual(self.year.month_difference, 0)

    def test_months_like_last_year(self):
        """Months of the year before that are not over are read of the year before that."""
        closed = {1: 1000.0, 2: 3000.0}
        for month in range(1, 13):
            self.env["cartera.indicator.value"].create(
                {
                    "indicator_id": self.sum.id,
                    "company_id": self.company.id,
                    "kind": "month",
                    "start": date(2025, month, 1),
                    "value": closed.get(month, 0.0),
                }
            )
        dialog = self.divide(self.year, "month", shape="last_year")
        self.assertEqual(dialog.line_ids.mapped("amount")[:3], [25000, 75000.01, 0])
        self.assertEqual(dialog.difference, 0)
        self.assertFalse(dialog.nothing_known)

    def test_spread_again_changes_the_months(self):
        self.divide(self.year, "month").action_apply()
        months = self.year.month_ids
        self.year.amount = 12
        self.assertEqual(self.year.month_difference, -99_988.01)
        self.divide(self.year, "month").action_apply()
        self.assertEqual(self.year.month_ids, months)
        self.assertEqual(set(months.mapped("amount")), {1.0})

    def test_quarter_and_zero(self):
        quarter = self.make_target(self.sum, 0, "quarter", date(2026, 4, 1))
        self.divide(quarter, "month").action_apply()
        self.assertEqual(quarter.month_ids.mapped("amount"), [0.0] * 3)

    def test_a_rate_is_the_same_each_month(self):
        rate = self.make_target(self.indicators["toy_share"], 0.25)
        self.divide(rate, "month").action_apply()
        self.assertEqual(set(rate.month_ids.mapped("amount")), {0.25})
        self.assertFalse(rate.adds_up)

    def test_the_usual_target_of_a_sum_is_that_of_its_own_period(self):
        self.sum.write({"default_target": 10, "period": "month"})
        share = self.indicators["toy_share"]
        share.write({"default_target": 0.5, "period": "month"})
        for kind, times in (("month", 1), ("quarter", 3), ("year", 12)):
            period = Period.of(kind, JANUARY)
            self.assertEqual(self.sum._get_target({}, period, "company"), 10 * times)
            self.assertEqual(share._get_target({}, period, "company"), 0.5)
        self.assertIsNone(self.sum._get_target({}, period, "user:1"))

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def test_equal_parts(self):
        self.divide(self.year).action_apply()
        parts = {part.user_id: part.amount for part in self.year.part_ids}
        self.assertEqual(parts.keys(), {self.seller, self.other_seller})
        self.assertEqual(sorted(parts.values()), [50_000.0, 50_000.01])
        self.assertEqual(self.year.child_difference, 0)

    def test_parts_by_last_year(self):
        """The toys measure the same in any year: three to one."""
        dialog = self.divide(self.year, shape="last_year")
        amounts = {line.user_id: line.amount for line in dialog.line_ids}
        self.assertEqual(amounts, {self.seller: 75_000.01, self.other_seller: 25_000.0})

    def test_by_hand_with_difference(self):
        dialog = self.divide(self.year)
        dialog.line_ids[0].amount = 10
        dialog.line_ids[1].amount = 20
        self.assertEqual(dialog.difference, 99_970.01)
        dialog.action_apply()
        self.assertEqual(self.year.child_total, 30)
        self.assertEqual(self.year.child_difference, 99_970.01)
        self.assertEqual(
            sorted(self.divide(self.year, shape="hand").line_ids.mapped("amount")), [10, 20]
        )

    def test_months_that_are_not_there_have_no_share(self):
        """One was deleted, three are those of a quarter now."""
        self.divide(self.year, "month").action_apply()
        quarter = self.make_target(self.sum, 3000, "quarter", JANUARY)
        self.divide(quarter, "month").action_apply()
        self.year.month_ids.filtered(lambda month: month.start.month == 12).unlink()
        self.divide(self.year, shape="last_year").action_apply()
        for part in self.year.part_ids:
            months = part.month_ids.sorted("start")
            self.assertEqual(len(months), 12)
            self.assertEqual(months[0].amount, 0)
            self.assertEqual(months[-1].amount, 0)
            self.assertAlmostEqual(sum(months.mapped("amount")), part.amount)

    def test_months_of_people_add_up_to_the_company(self):
        self.divide(self.year, "month").action_apply()
        self.divide(self.year, shape="last_year").action_apply()
        for part in self.year.part_ids:
            self.assertEqual(len(part.month_ids), 12)
            self.assertEqual(part.month_difference, 0)
        for month in self.year.month_ids:
            parts = self.year.part_ids.month_ids.filtered_domain([("start", "=", month.start)])
            self.assertAlmostEqual(sum(parts.mapped("amount")), month.amount, 6)

    def test_dividing_again_costs_the_same_for_many(self):
        """Year and months of each are found and written at once: Odoo updates a hundred rows a statement."""
        self.divide(self.year, "month").action_apply()
        costs = []
        for count in (2, 40):
            users = [self.seller, self.other_seller]
            users += [
                new_test_user(self.env, f"score_{count}_{place}", "sales_team.group_sale_salesman")
                for place in range(count - 2)
            ]
            amounts = {f"user:{user.id}": 1.0 + place for place, user in enumerate(users)}
            self.year._set_parts(amounts, months=True)
            self.env.flush_all()
            self.env.invalidate_all()
            again = {key: amount + 1 for key, amount in amounts.items()}
            before = self.env.cr.sql_log_count
            self.year._set_parts(again, months=True)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0] + 40 * 13 // 100)

    def test_whoever_is_left_out_loses_the_part(self):
        self.divide(self.year).action_apply()
        dialog = self.divide(self.year)
        dialog.line_ids = [Command.unlink(dialog.line_ids[0].id)]
        self.assertEqual(dialog.replaced, 1)
        dialog.action_apply()
        self.assertEqual(len(self.year.part_ids), 1)

    def test_teams_and_their_people(self):
        team = self.env["crm.team"].create({"name": "North", "company_id": self.company.id})
        self.env["crm.team.member"].create({"user_id": self.seller.id, "crm_team_id": team.id})
        dialog = self.divide(self.year, "team")
        self.assertIn(team, dialog.line_ids.team_id)
        dialog.line_ids = [
            Command.unlink(line.id) for line in dialog.line_ids if line.team_id != team
        ]
        dialog.line_ids.amount = 100_000.01
        dialog.action_apply()
        part = self.year.part_ids
        self.assertEqual(part.team_id, team)
        self.divide(part).action_apply()
        self.assertEqual(part.part_ids.user_id, self.seller)
        self.assertEqual(part.child_difference, 0)
        self.assertEqual(self.year.child_difference, 0)

    def test_nobody_and_twice(self):
        dialog = self.divide(self.year)
        dialog.line_ids[1].user_id = dialog.line_ids[0].user_id
        with self.assertRaisesRegex(UserError, "twice"):
            dialog.action_apply()
        dialog.line_ids = [Command.clear()]
        with self.assertRaisesRegex(UserError, "nobody"):
            dialog.action_apply()

    # ------------------------------------------------------------------
    # What may be entered, and by whom
    # ------------------------------------------------------------------

    def test_the_start_is_taken_from_any_day(self):
        form = Form(self.env["cartera.indicator.target"].with_user(self.users["manager"]))
        form.indicator_id = self.sum
        form.kind = "quarter"
        form.start = date(2026, 5, 20)
        form.amount = 7
        self.assertEqual(form.save().start, date(2026, 4, 1))

    def test_a_part_is_of_the_same_indicator(self):
        with self.assertRaisesRegex(ValidationError, "same indicator"):
            self.make_target(self.indicators["toy_share"], 1, parent_id=self.year.id)

    def test_salespeople_do_not_divide(self):
        seller = self.users["salesperson"]
        self.sum.published = True
        with self.assertRaises(AccessError):
            self.year.with_user(seller).action_cascade()
        with self.assertRaises(AccessError):
            self.env["cartera.target.divide"].with_user(seller).create({"target_id": self.year.id})

    def test_live_value_is_for_managers(self):
        manager = self.sum.with_user(self.users["manager"])
        self.assertEqual(manager.live_value, 4000)
        with self.assertRaises(AccessError):
            self.sum.with_user(self.users["salesperson"]).read(["live_value"])
