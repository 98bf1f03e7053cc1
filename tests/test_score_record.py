"""Indicators that count the records of a model: what they count, and what becomes of broken ones."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.crm_cartera.analysis.period import Period

from .score_case import ScoreCase

LAST = Period.parse("2026-02")


class TestScoreRecord(ScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [{"name": f"Toy {number}", "ref": "x_toy"} for number in range(3)]
        )
        cls.toys = cls.make_counting("toys", "res.partner", "[('ref', '=', 'x_toy')]")
        cls.indicators["toys"] = cls.toys

    @classmethod
    def make_counting(cls, code, model, domain, **vals):
        model_id = cls.env["ir.model"]._get(model).id
        return cls.make_indicator(code, method="model", model_id=model_id, domain=domain, **vals)

    def break_it(self):
        """Let a field that the condition names be gone."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE cartera_indicator SET domain = %s WHERE id = %s",
            ["[('x_gone', '=', 1)]", self.toys.id],
        )
        self.env.invalidate_all()

    def test_records_of_no_company_are_everybodys(self):
        self.assertEqual(self.measure("toys")["company"][0], 3)
        other = self.env["res.company"].create({"name": "Otra"})
        self.people[0].company_id = other
        self.assertEqual(self.measure("toys")["company"][0], 2)

    def test_state_of_today_is_kept_when_its_period_is_closed(self):
        """15 March: February is over since a fortnight, within its days of grace or not."""
        policy = self.env["cartera.policy"]._for(self.company)
        policy.scorecard_grace_days = 15
        self.assertEqual(self.measure("toys", period=LAST)["company"][0], 3)
        values = self.toys._close(self.company, LAST)
        self.assertEqual(values.filtered(lambda value: value.scope == "company").value, 3)
        self.people[0].active = False
        self.env["cartera.indicator"]._note_changes(self.company, LAST)
        self.assertFalse(any(values.mapped("changed")), "nobody knows what it was then")
        policy.scorecard_grace_days = 5
        self.assertIsNone(self.measure("toys", period=LAST)["company"][0])

    def test_a_broken_condition_stops_nothing_else(self):
        half = self.make_indicator(
            "half",
            method="ratio",
            numerator_id=self.toys.id,
            denominator_id=self.indicators["toy_sum"].id,
        )
        self.make_known("Una", self.seller, revenue_12m=100)
        self.break_it()
        cards = self.cards("manager")
        self.assertIsNone(cards["toys"]["value"])
        self.assertIsNone(cards["half"]["value"])
        self.assertEqual(cards["toy_sum"]["value"], 100)
        manager = self.toys.with_user(self.users["manager"])
        [form] = manager.web_read({"live_value": {}, "error": {}})
        self.assertFalse(form["live_value"])
        self.assertIn("x_gone", form["error"])
        self.env["cartera.indicator"]._close_over(self.company, LAST)
        closed = self.env["cartera.indicator.value"].search([("start", "=", LAST.start)])
        self.assertIn(self.indicators["toy_sum"], closed.indicator_id)
        self.assertFalse(closed.indicator_id & (self.toys | half), "closed when it is mended")
        self.toys.domain = "[('ref', '=', 'x_toy')]"
        self.assertFalse(self.toys.error)
        self.assertIn(self.toys, self.env["cartera.indicator"]._get_unclosed(self.company, LAST))

    def test_what_was_closed_is_not_changed_by_breaking(self):
        self.env["cartera.policy"]._for(self.company).scorecard_grace_days = 15
        values = self.toys._close(self.company, LAST)
        self.break_it()
        self.env["cartera.indicator"]._note_changes(self.company, LAST)
        self.assertFalse(any(values.mapped("changed")))

    def test_conditions_are_read_in_the_words_of_the_company(self):
        """Whoever looks: the job has no language, and a manager may have another one."""
        self.env["res.lang"]._activate_lang("es_ES")
        spain = self.env.ref("base.es")
        spain.with_context(lang="es_ES").name = "España"
        self.company.partner_id.lang = "es_ES"
        self.people.country_id = spain
        self.toys.domain = "[('ref', '=', 'x_toy'), ('country_id', 'ilike', 'España')]"
        for lang in ("en_US", "es_ES"):
            indicators = self.toys.with_context(lang=lang)
            figures = indicators._measure(self.company, self.month)
            self.assertEqual(figures[indicators, "company"].value, 3)

    def test_archived_records_are_not_behind_the_figure(self):
        self.people[0].active = False
        self.assertEqual(self.measure("toys")["company"][0], 2)
        screen = self.env["cartera.screen"].with_user(self.users["manager"])
        action = screen.open_story_records(self.toys.id, self.month.key, "company")
        found = self.env["res.partner"].with_context(**action["context"]).search(action["domain"])
        self.assertEqual(found, self.people[1:])

    def test_segments_by_margin(self):
        """Who counts accounts by such a segment tells their margins."""
        dimension = self.env["cartera.dimension"].create(
            {
                "name": "Por margen",
                "code": "x_by_margin",
                "segment_ids": [
                    Command.create({"name": "Alto", "domain": "[('margin_12m', '>', 10)]"})
                ],
            }
        )
        plain = self.env["cartera.dimension"].create(
            {
                "name": "Otra",
                "code": "x_plain",
                "segment_ids": [
                    Command.create({"name": "Alto", "domain": "[('revenue_12m', '>', 10)]"})
                ],
            }
        )
        for segment, margin in ((dimension.segment_ids, True), (plain.segment_ids, False)):
            indicator = self.make_counting(
                f"by_{segment.id}", "cartera.profile", f"[('segment_ids', 'in', [{segment.id}])]"
            )
            self.assertEqual(indicator.reads_margin, margin)
        worded = self.make_counting(
            "worded", "cartera.profile", "[('segment_ids.name', 'ilike', 'alto')]"
        )
        self.assertTrue(worded.reads_margin)


class TestScoreMarginSegment(ScoreCase):
    """What is kept of a segment by margin is for those who may see margins."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.make_known("Una", cls.seller, revenue_12m=100, margin_12m=40)
        cls.dimension = cls.env["cartera.dimension"].create(
            {
                "name": "Por margen",
                "code": "x_by_margin",
                "segment_ids": [
                    Command.create(
                        {"name": "Alto", "is_key": True, "domain": "[('margin_12m', '>', 10)]"}
                    )
                ],
            }
        )
        cls.env["cartera.dimension"]._sort(cls.company)
        cls.segment = cls.dimension.segment_ids
        cls.sum = cls.indicators["toy_sum"]
        cls.sum._close(cls.company, LAST)
        cls.target = cls.env["cartera.indicator.target"].create(
            {
                "indicator_id": cls.sum.id,
                "company_id": cls.company.id,
                "kind": "month",
                "start": LAST.start,
                "amount": 7,
                "scope": "segment",
                "segment_id": cls.segment.id,
            }
        )

    def test_who_finds_it(self):
        for name in ("cartera.indicator.value", "cartera.indicator.target"):
            domain = [("indicator_id", "=", self.sum.id), ("segment_id", "=", self.segment.id)]
            with self.subTest(name):
                found = self.env[name].search(domain)
                self.assertTrue(found)
                as_role = {role: self.env[name].with_user(self.users[role]) for role in self.users}
                self.assertEqual(as_role["manager"].search(domain), found)
                self.assertFalse(as_role["all_accounts"].search(domain))
                self.assertFalse(as_role["salesperson"].search(domain))
                with self.assertRaises(AccessError):
                    found.with_user(self.users["all_accounts"]).read(["indicator_id"])

    def test_who_finds_that_it_was_closed_again(self):
        """Managers only, and of them those who may see margins."""
        self.set_figures(self.account, revenue_12m=130)
        self.sum._refreeze_period(self.company, LAST, "Otra vez")
        margins = self.env.ref("crm_cartera.group_margin")
        manager = self.users["manager"]
        freezes = self.env["cartera.indicator.freeze"].with_user(manager)
        domain = [("value_id.segment_id", "=", self.segment.id)]
        self.assertTrue(freezes.search(domain))
        implying = margins.all_implied_by_ids & manager.group_ids
        implying.implied_ids -= margins
        manager.group_ids -= margins
        self.assertFalse(manager.has_group("crm_cartera.group_margin"))
        self.assertFalse(freezes.search(domain))
        self.assertTrue(freezes.search([("indicator_id", "=", self.sum.id)]))

    def test_the_list_of_the_others_opens(self):
        values = self.env["cartera.indicator.value"].with_user(self.users["all_accounts"])
        found = values.search([("indicator_id", "=", self.sum.id)])
        self.assertTrue(found)
        self.assertNotIn(False, found.mapped("owner_name"))
        self.assertEqual(LAST.start, date(2026, 2, 1))
