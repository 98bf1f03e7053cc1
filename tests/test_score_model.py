"""Indicators of a model's records and ratios: counted one by one, and what is refused."""

from odoo.exceptions import ValidationError
from odoo.tests.common import mute_logger

from odoo.addons.crm_cartera.analysis.period import Period

from .score_case import ScoreCase

MONTHS = [Period.parse(key) for key in ("2025-12", "2026-01", "2026-02", "2026-03")]


class TestScoreModel(ScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = (cls.seller, cls.colleague, cls.env["res.users"])
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Pista {number}",
                    "type": "opportunity",
                    "user_id": people[number % 3].id,
                    "company_id": cls.company.id,
                    "expected_revenue": 100 * (number % 7),
                    "color": number % 5,
                    "referred": "toy",
                    "date_deadline": MONTHS[number % 4].start.replace(day=1 + number % 14),
                }
                for number in range(60)
            ]
        )

    def make(self, code="by_model", **vals):
        field = self.env["ir.model.fields"]._get
        names = {
            "field_id": "expected_revenue",
            "date_field_id": "date_deadline",
            "user_field_id": "user_id",
        }
        return self.make_indicator(
            code,
            **{
                "method": "model",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain": "[('referred', '=', 'toy'), ('expected_revenue', '>', 0)]",
                **{key: field("crm.lead", name).id for key, name in names.items()},
                **vals,
            },
        )

    def count_naively(self, aggregate, period, user=None):
        """Return an aggregate of the leads, one by one."""
        values = [
            lead.expected_revenue
            for lead in self.leads
            if lead.expected_revenue > 0 and period.within(lead.date_deadline)
            if user is None or lead.user_id == user
        ]
        return {
            "count": len(values),
            "sum": sum(values),
            "avg": sum(values) / len(values) if values else None,
            "count_distinct": len(set(values)),
        }[aggregate]

    def test_against_the_records(self):
        for aggregate in ("count", "sum", "avg", "count_distinct"):
            self.indicators[aggregate] = self.make(f"by_{aggregate}", aggregate=aggregate)
            for period in MONTHS:
                for user in (None, self.seller, self.colleague):
                    scope = f"user:{user.id}" if user else "company"
                    with self.subTest(aggregate, period=period.key, scope=scope):
                        self.assertEqual(
                            self.measure(aggregate, scope, period=period)[scope][0],
                            self.count_naively(aggregate, period, user),
                        )

    def test_ratio_of_two(self):
        parts = self.make("sum", aggregate="sum"), self.make("count", aggregate="count")
        self.indicators["mean"] = self.make_indicator(
            "mean", method="ratio", numerator_id=parts[0].id, denominator_id=parts[1].id
        )
        for period in MONTHS:
            (value, *_parts) = self.measure("mean", period=period)["company"]
            self.assertEqual(value, self.count_naively("avg", period))
        empty = Period.parse("2020-01")
        self.assertEqual(self.measure("mean", period=empty)["company"], (None, 0, 0))

    def test_records_behind(self):
        indicator = self.make("sum", aggregate="sum").with_user(self.users["manager"])
        for period in MONTHS:
            model, domain = indicator._get_records_behind(self.company, period, "company")
            found = self.env[model].with_user(self.users["manager"]).search(domain)
            self.assertEqual(
                sum(found.mapped("expected_revenue")), self.count_naively("sum", period)
            )

    def test_refused(self):
        field = self.env["ir.model.fields"]._get
        for vals, message in (
            ({"domain": "[('nothing', '=', 1)]"}, "condition"),
            ({"domain": "open('x')"}, "plain list"),
            ({"model_id": False}, "choose the model"),
            ({"aggregate": "sum", "field_id": False}, "choose the field"),
            ({"aggregate": "sum", "field_id": field("crm.lead", "name").id}, "is no number"),
            ({"date_field_id": field("res.partner", "create_date").id}, "is no field of"),
        ):
            # Not assertRaisesRegex: that one leaves what was refused in the database.
            with self.subTest(message):
                with self.assertRaises(ValidationError) as refused:
                    self.make(**vals)
                self.assertIn(message, str(refused.exception))

    def test_made_of_itself(self):
        base = self.indicators["toy_sum"].id
        first = self.make_indicator("one", method="ratio", numerator_id=base, denominator_id=base)
        second = self.make_indicator(
            "two", method="ratio", numerator_id=first.id, denominator_id=base
        )
        with self.assertRaisesRegex(ValidationError, "made of itself"):
            first.denominator_id = second

    def test_of_another_company(self):
        there = self.make_company("There")
        part = self.indicators["toy_sum"]
        part.company_id = there
        with self.assertRaisesRegex(ValidationError, "which is of There"):
            self.make_indicator(
                "mixed", method="ratio", numerator_id=part.id, denominator_id=part.id
            )

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_what_the_author_may_not_read(self):
        manager = self.users["manager"]
        indicators = self.env["cartera.indicator"].with_user(manager)
        vals = {
            "name": "Secret",
            "code": "x_secret",
            "method": "model",
            "aggregate": "count",
            "domain": "[]",
            "model_id": self.env["ir.model"]._get_id("ir.config_parameter"),
        }
        with self.assertRaisesRegex(ValidationError, "may not read"):
            indicators.create(vals)

    def test_margin_is_inherited(self):
        margin = self.indicators["toy_margin"]
        ratio = self.make_indicator(
            "r", method="ratio", numerator_id=margin.id, denominator_id=margin.id
        )
        self.assertTrue(margin.reads_margin and ratio.reads_margin)
        over = self.make_indicator(
            "s", method="ratio", numerator_id=ratio.id, denominator_id=self.indicators["toy_sum"].id
        )
        self.assertTrue(over.reads_margin)
        self.assertFalse(self.indicators["toy_share"].reads_margin)
