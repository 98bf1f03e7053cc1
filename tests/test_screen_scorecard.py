"""The scorecard's methods: who sees what, of which period, and what a click opens."""

import io

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from odoo.addons.crm_cartera.analysis.period import Period

from .score_case import ScoreCase

MONTH = "2026-03"
PARTS = ("get_story_contributors", "open_story_records")


class ScorecardCase(ScoreCase):
    """The salesperson sells 100, the colleague 200; the sum is published, the rest is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.make_known("Mía", cls.seller, revenue_12m=100, potential=400)
        cls.theirs = cls.make_known("Suya", cls.colleague, revenue_12m=200, potential=400)
        cls.toy = cls.indicators["toy_sum"]
        cls.toy.write({"published": True, "default_target": 1000})
        cls.own = f"user:{cls.seller.id}"
        cls.other = f"user:{cls.colleague.id}"

    def cards_of(self, role, scope, period=MONTH):
        """Return {code: card} of the financial perspective."""
        cards = self.rpc(role, "get_scorecard_cards", "financial", period, scope)
        return {card["code"].removeprefix("x_"): card for card in cards}

    def call_all(self, role, scope):
        """Yield each reading method with a call of it for a scope."""
        yield "get_scorecard", lambda: self.rpc(role, "get_scorecard", scope=scope)
        yield "get_scorecard_cards", lambda: self.cards_of(role, scope)
        yield "get_story", lambda: self.rpc(role, "get_story", self.toy.id, scope=scope)
        yield (
            "get_story_split",
            lambda: self.rpc(role, "get_story_split", self.toy.id, MONTH, scope, "user"),
        )
        for method in PARTS:
            yield method, lambda method=method: self.rpc(role, method, self.toy.id, MONTH, scope)


class TestScorecardAccess(ScorecardCase):
    def test_users_without_sales_rights_are_refused(self):
        for role in ("internal", "portal"):
            for method, call in self.call_all(role, "company"):
                with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                    call()

    def test_others_figures_are_refused(self):
        for method, call in self.call_all("salesperson", self.other):
            with self.subTest(method=method), self.assertRaises(AccessError):
                call()
        for scope in (self.own, "company"):
            for method, call in self.call_all("salesperson", scope):
                with self.subTest(method=method, scope=scope):
                    self.assertIsNotNone(call())

    def test_reading_only_reads(self):
        """So a replica may answer."""
        screen = type(self.env["cartera.screen"])
        for method, _call in self.call_all("manager", "company"):
            self.assertTrue(getattr(screen, method)._readonly, method)
        self.assertFalse(getattr(screen.refreeze_scorecard, "_readonly", False))

    def test_what_a_salesperson_sees(self):
        frame = self.rpc("salesperson", "get_scorecard")
        self.assertEqual(frame["scope"], self.own)
        labels = {each["key"]: each["label"] for each in frame["scopes"]}
        self.assertEqual(labels, {"company": "Whole company", self.own: "My figures"})
        self.assertFalse(frame["may_refreeze"])
        own = self.cards_of("salesperson", self.own)
        self.assertEqual((own["toy_sum"]["value"], own["toy_sum"]["own"]), (100, True))
        company = self.cards_of("salesperson", "company")
        self.assertEqual(company.keys(), {"toy_sum"})
        self.assertEqual(company["toy_sum"]["value"], 300)
        frame = self.rpc("salesperson", "get_scorecard", scope="company")
        counts = {each["code"]: each["indicators"] for each in frame["perspectives"]}
        self.assertEqual(counts, {"financial": 1, "customer": 0, "internal": 0, "learning": 0})

    def test_margins_are_not_in_the_answer(self):
        self.assertNotIn("toy_margin", self.cards_of("salesperson", self.own))
        story = self.rpc("salesperson", "get_story", scope=self.own)
        self.assertNotIn(
            self.indicators["toy_margin"].id, [each["id"] for each in story["indicators"]]
        )
        margin = self.indicators["toy_margin"].id
        for method in PARTS:
            with self.assertRaises(UserError):
                self.rpc("salesperson", method, margin, MONTH, self.own)
        with self.assertRaises(UserError):
            self.rpc("salesperson", "get_story_split", margin, MONTH, self.own, "user")

    def test_what_is_not_published_has_no_story(self):
        share = self.indicators["toy_share"].id
        with self.assertRaises(UserError):
            self.rpc("salesperson", "get_story", share, scope="company")
        self.assertEqual(
            self.rpc("salesperson", "get_story", share, scope=self.own)["indicator"]["value"], 0.25
        )

    def test_accounts_of_others_are_not_in_the_story(self):
        found = self.rpc("salesperson", "get_story_contributors", self.toy.id, MONTH, "company")
        self.assertEqual([row["name"] for row in found["largest"]], ["Mía"])
        opened = self.opens("salesperson", "open_story_records", self.toy.id, MONTH, "company")
        self.assertEqual(opened, ["Mía"])

    def test_only_managers_close_again(self):
        self.toy._close(self.company, Period.parse("2026-02"))
        for role in ("internal", "salesperson", "all_accounts"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.rpc(role, "refreeze_scorecard", self.toy.ids, "2026-02", "Late")


class TestScorecard(ScorecardCase):
    def test_frame(self):
        frame = self.rpc("manager", "get_scorecard")
        self.assertEqual(
            frame["period"],
            {
                "kind": "month",
                "key": MONTH,
                "label": "March 2026",
                "running": True,
                "previous": "2026-02",
                "next": False,
            },
        )
        self.assertEqual((len(frame["periods"]), frame["periods"][0]["key"]), (25, MONTH))
        self.assertEqual(frame["scope"], "company")
        self.assertEqual(frame["company_id"], self.company.id)
        self.assertTrue(frame["may_refreeze"])

    def test_which_period(self):
        for asked, key in (
            ((None, "2025-Q3"), "2025-Q3"),
            (("year", None), "2026"),
            (("quarter", None), "2026-Q1"),
            (("week", None), MONTH),
            ((None, "2026-12"), MONTH),
            ((None, "2031"), "2026"),
            ((None, "soon"), MONTH),
            ((None, "2026-13"), MONTH),
            ((None, "2019-01"), "2019-01"),
        ):
            with self.subTest(asked=asked):
                frame = self.rpc("manager", "get_scorecard", *asked)
                self.assertEqual(frame["period"]["key"], key)
                self.assertIn(key, [each["key"] for each in frame["periods"]])

    def test_words_of_a_card(self):
        self.toy.period = "quarter"
        card = self.cards_of("manager", "company")["toy_sum"]
        self.assertEqual(
            (card["period"], card["period_label"], card["previous_label"]),
            ("2026-Q1", "Q1 2026", "Q4 2025"),
        )
        self.assertAlmostEqual(card["elapsed"], 74 / 90)
        self.assertAlmostEqual(card["expected"], 1000 * 74 / 90)

    def test_story(self):
        story = self.rpc("manager", "get_story", self.toy.id)
        self.assertEqual((story["indicator"]["value"], story["indicator"]["target"]), (300, 1000))
        self.assertEqual((len(story["chart"]), story["chart"][-1]["value"]), (25, 300))
        self.assertIn("user", [way["key"] for way in story["splits"]])
        self.assertTrue(story["records"])
        self.assertEqual(
            story["definition"],
            {"method": "toy_sum", "unit": "Money", "period": "Month", "tolerance": 0.1},
        )
        args = self.toy.id, MONTH, "company"
        rows = self.rpc("manager", "get_story_split", *args, "user")
        values = [row["value"] for row in rows]
        self.assertEqual(values[:2], [200, 100])
        found = self.rpc("manager", "get_story_contributors", *args)
        self.assertEqual([row["name"] for row in found["largest"]], ["Suya", "Mía"])
        self.assertEqual(found["smallest"], [])
        self.assertEqual(self.opens("manager", "open_story_records", *args), ["Mía", "Suya"])

    def test_story_of_none(self):
        self.env["cartera.indicator"].search([]).active = False
        story = self.rpc("manager", "get_story")
        self.assertEqual((story["indicator"], story["indicators"]), (False, []))

    def test_wrong_ways(self):
        with self.assertRaises(ValueError):
            self.rpc("manager", "get_story_split", self.toy.id, MONTH, "company", "name")
        with self.assertRaises(UserError):
            self.rpc("manager", "get_story", 0x7FFFFFF)

    def test_closed_and_closed_again(self):
        february = Period.parse("2026-02")
        self.toy._close(self.company, february)
        self.set_figures(self.mine, revenue_12m=150)
        card = self.cards_of("manager", "company", "2026-02")["toy_sum"]
        self.assertEqual((card["value"], card["value_now"], card["changed"]), (300, 350, True))
        self.assertEqual((card["state"], card["frozen_label"]), ("frozen", "03/15/2026"))
        with freeze_time("2026-03-16 12:00:00"):
            self.rpc("manager", "refreeze_scorecard", self.toy.ids, "2026-02", "Late invoice")
        card = self.cards_of("manager", "company", "2026-02")["toy_sum"]
        self.assertEqual((card["value"], card["changed"]), (350, False))
        log = self.env["cartera.indicator.freeze"].search([("before", "=", 300)])
        self.assertEqual((log.reason, log.user_id), ("Late invoice", self.users["manager"]))


class TestScorecardExport(ScorecardCase):
    def export(self, role, **choices):
        """Return the rows of both sheets."""
        import openpyxl

        user = self.users[role]
        screen = self.env["cartera.screen"].with_user(user).with_context(lang="en_US")
        name, content = screen._export_scorecard(**choices)
        self.assertEqual(name, f"Scorecard {MONTH}.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]

    def test_figures_are_numbers(self):
        cards, history = self.export("manager")
        self.assertIn("March 2026", cards[0][0])
        self.assertEqual(cards[3][2:4], ("March 2026", "Target"))
        row = next(row for row in cards if row[1] == "Toy_Sum")
        self.assertEqual((row[0], row[2], row[3]), ("Financial", 300, 1000))
        self.assertEqual(row[-2], "Off target")
        past = next(row for row in history if row[0] == "Toy_Sum")
        self.assertEqual((len(past), past[-1]), (14, 300))

    def test_same_rights(self):
        cards, history = self.export("salesperson")
        names = {row[1] for row in cards[4:]}
        self.assertIn("Toy_Sum", names)
        self.assertNotIn("Toy_Margin", names)
        self.assertNotIn("Toy_Margin", {row[0] for row in history})
        row = next(row for row in cards if row[1] == "Toy_Sum")
        self.assertEqual(row[2], 100)
        with self.assertRaises(AccessError):
            self.export("salesperson", scope=self.other)
        with self.assertRaises(AccessError):
            self.export("internal")
