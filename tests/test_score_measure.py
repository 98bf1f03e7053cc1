"""Measuring: what an indicator is for the company, teams, salespeople and segments."""

from odoo import Command
from odoo.exceptions import AccessError

from odoo.addons.crm_cartera.analysis.period import Period

from .score_case import ScoreCase

#: The rule of a segment of the two largest accounts.
LARGE = "[('revenue_12m', '>', 50)]"


class TestScoreMeasure(ScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_known("Una", cls.seller, revenue_12m=100, potential=400)
        cls.make_known("Dos", cls.seller, revenue_12m=60, potential=100)
        cls.make_known("Tres", cls.colleague, revenue_12m=40, potential=0)
        cls.make_known("Plaza", None, revenue_12m=10)
        cls.make_known("Fuera", cls.seller, revenue_12m=7000, potential=9, excluded=True)
        cls.team = cls.env["crm.team"].create(
            {"name": "North", "member_ids": [Command.set(cls.seller.ids)]}
        )

    def test_scopes(self):
        seller, colleague = f"user:{self.seller.id}", f"user:{self.colleague.id}"
        found = self.measure("toy_sum", "company", seller, colleague, f"team:{self.team.id}")
        self.assertEqual(
            {scope: figure[0] for scope, figure in found.items()},
            {"company": 210, seller: 160, colleague: 40, f"team:{self.team.id}": 160},
        )

    def test_segments(self):
        """An account counts in each of its segments; one that is excluded in none."""
        dimension = self.env["cartera.dimension"].create(
            {
                "name": "Size",
                "code": "x_size",
                "segment_ids": [
                    Command.create({"name": "Large", "is_key": True, "domain": LARGE}),
                    Command.create({"name": "Rest", "is_key": True, "sequence": 20}),
                ],
            }
        )
        self.env["cartera.dimension"]._sort(self.company)
        large, rest = (f"segment:{segment.id}" for segment in dimension.segment_ids)
        self.assertEqual(
            self.measure("toy_share", large, rest, "company"),
            {large: (0.32, 160, 500), rest: (None, 50, 0), "company": (0.42, 210, 500)},
        )
        self.assertEqual(self.measure("toy_top", large)[large], (0.2, 100, 500))
        split = self.indicators["toy_sum"]._read_split(
            self.company, self.month, "company", "segment"
        )
        values = {row["key"]: row["value"] for row in split}
        self.assertEqual((values[large], values[rest]), (160, 50))

    def test_ratio_and_top(self):
        self.assertEqual(self.measure("toy_share"), {"company": (0.42, 210, 500)})
        self.assertEqual(self.measure("toy_top"), {"company": (0.2, 100, 500)})

    def test_zero_denominator_and_nobody(self):
        colleague = f"user:{self.colleague.id}"
        self.assertEqual(self.measure("toy_share", colleague)[colleague], (None, 40, 0))
        self.assertEqual(self.measure("toy_share", "user:999999")["user:999999"][0], None)
        self.assertEqual(self.measure("toy_sum", "user:999999")["user:999999"][0], 0)

    def test_unknown_past(self):
        self.assertEqual(self.measure("toy_now")["company"][0], 210)
        past = Period.parse("2026-01")
        self.assertEqual(self.measure("toy_now", period=past)["company"][0], None)

    def test_cards_by_role(self):
        self.indicators["toy_sum"].published = True
        self.assertEqual(set(self.cards("salesperson")), {"toy_sum"})
        mine = self.cards("salesperson", f"user:{self.seller.id}")
        self.assertEqual(set(mine), {"toy_sum", "toy_share", "toy_top", "toy_now"})
        self.assertTrue(mine["toy_sum"]["own"])
        self.assertEqual(mine["toy_sum"]["value"], 160)
        with self.assertRaises(AccessError):
            self.cards("salesperson", f"user:{self.colleague.id}")
        with self.assertRaises(AccessError):
            self.cards("internal")
        self.assertIn("toy_margin", self.cards("manager"))
        self.assertNotIn("toy_margin", self.cards("all_accounts"))

    def test_model_indicator(self):
        model = self.env["ir.model"]._get("res.partner")
        field = self.env["ir.model.fields"]._get
        partners = self.env["res.partner"].create(
            [{"name": "P", "user_id": self.seller.id, "color": 3, "ref": "x_toy"} for _ in range(3)]
        )
        indicator = self.make_indicator(
            "by_model",
            method="model",
            model_id=model.id,
            domain="[('ref', '=', 'x_toy')]",
            aggregate="sum",
            field_id=field("res.partner", "color").id,
            date_field_id=field("res.partner", "create_date").id,
            user_field_id=field("res.partner", "user_id").id,
        )
        partners.company_id = self.company
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-03-02' WHERE id = ANY(%s)", [partners.ids]
        )
        self.indicators["by_model"] = indicator
        seller = f"user:{self.seller.id}"
        found = self.measure("by_model", "company", seller, f"team:{self.team.id}")
        self.assertEqual([figure[0] for figure in found.values()], [9, 9, 9])

    def test_ratio_indicator(self):
        self.indicators["twice"] = self.make_indicator(
            "twice",
            method="ratio",
            numerator_id=self.indicators["toy_sum"].id,
            denominator_id=self.indicators["toy_now"].id,
        )
        self.assertEqual(self.measure("twice")["company"], (1, 210, 210))


class TestScoreClose(ScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.make_known("Una", cls.seller, revenue_12m=100, potential=400)
        cls.last = Period.parse("2026-02")

    def test_close_and_again(self):
        indicators = self.indicators["toy_sum"]
        values = indicators._close(self.company, self.last)
        self.assertEqual(values.filtered(lambda v: v.scope == "company").value, 100)
        self.set_figures(self.account, revenue_12m=130)
        card = self.cards("manager", period=self.last)["toy_sum"]
        self.assertEqual((card["value"], card["value_now"], card["changed"]), (100, 130, True))
        self.assertFalse(indicators._close(self.company, self.last))
        manager = indicators.with_user(self.users["manager"])
        manager._refreeze_period(self.company, self.last, "Late invoice")
        card = self.cards("manager", period=self.last)["toy_sum"]
        self.assertEqual((card["value"], card["changed"]), (130, False))
        log = self.env["cartera.indicator.freeze"].search([("indicator_id", "=", indicators.id)])
        self.assertEqual(log.mapped("before"), [100, 100])
        with self.assertRaises(AccessError):
            indicators.with_user(self.seller)._refreeze_period(self.company, self.last, "No")
