"""Values and targets on every path: what a person may not see is not there, nor in sums."""

import importlib.util

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import convert_file, file_path

from odoo.addons.crm_cartera.analysis.period import Period

from .score_case import ScoreCase

LAST = Period.parse("2026-02")


class TestScoreRights(ScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_known("Una", cls.seller, revenue_12m=100, potential=400)
        cls.make_known("Dos", cls.colleague, revenue_12m=200, potential=400)
        cls.indicators["toy_sum"].published = True
        cls.codes = {indicator.id: code for code, indicator in cls.indicators.items()}
        cls.all = cls.env["cartera.indicator"].union(*cls.indicators.values())
        cls.values = cls.all._close(cls.company, LAST)
        cls.targets = cls.env["cartera.indicator.target"].create(
            [
                {
                    "indicator_id": indicator.id,
                    "company_id": cls.company.id,
                    "start": LAST.start,
                    "amount": 7,
                    **cls.env["cartera.indicator.target"]._prepare_scope_vals(scope),
                }
                for indicator in cls.all
                for scope in (
                    "company",
                    f"user:{cls.seller.id}",
                    f"user:{cls.colleague.id}",
                )
            ]
        )

    def seen(self, records, role):
        """Return {(code, scope)} of what a role finds."""
        found = records.with_user(self.users.get(role, role)).search([("start", "=", LAST.start)])
        found = found.filtered(lambda each: each.indicator_id.id in self.codes)
        return {(self.codes[record.indicator_id.id], record._scope_key) for record in found.sudo()}

    def test_search(self):
        own, other = f"user:{self.seller.id}", f"user:{self.colleague.id}"
        plain = [code for code in self.indicators if code != "toy_margin"]
        mine = {(code, own) for code in plain} | {("toy_sum", "company")}
        for records in (self.values, self.targets):
            with self.subTest(records._name):
                self.assertLessEqual(self.seen(records, "salesperson"), mine)
                self.assertIn(("toy_sum", own), self.seen(records, "salesperson"))
                found = self.seen(records, "all_accounts")
                self.assertNotIn("toy_margin", {code for code, _scope in found})
                self.assertIn(("toy_sum", other), found)
                self.assertIn(("toy_margin", "company"), self.seen(records, "manager"))

    def test_sums(self):
        domain = [("indicator_id", "in", self.all.ids), ("start", "=", LAST.start)]
        for role in ("salesperson", "all_accounts"):
            values = self.values.with_user(self.users[role])
            groups = values._read_group(domain, ["indicator_id"], ["numerator:sum"])
            visible = values.search(domain)
            self.assertEqual(
                sum(amount for _indicator, amount in groups), sum(visible.mapped("numerator"))
            )
            names = [indicator.id for indicator, _amount in groups]
            self.assertNotIn(self.indicators["toy_margin"].id, names)

    def test_dotted_paths(self):
        indicators = self.env["cartera.indicator"].with_user(self.seller)
        for name in ("value_ids.numerator", "target_ids.amount"):
            found = indicators.search([(name, ">", 0), ("id", "in", self.all.ids)])
            self.assertNotIn(self.indicators["toy_margin"], found)
        mine = self.indicators["toy_share"].with_user(self.seller)
        self.assertFalse(mine.value_ids.filtered(lambda value: value.scope == "company"))

    def test_nobody_writes_values(self):
        manager = self.users["manager"]
        for call in (
            lambda: self.values[0].with_user(manager).write({"value": 1}),
            lambda: self.values[0].with_user(manager).unlink(),
            lambda: self.targets[0].with_user(self.seller).write({"amount": 1}),
            lambda: self.all[0].with_user(self.seller).write({"name": "x"}),
            lambda: self.values.with_user(self.users["portal"]).search([]),
            lambda: self.targets.with_user(self.users["internal"]).search([]),
            lambda: self.env["cartera.indicator"].with_user(self.users["portal"]).search([]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_what_is_not_published(self):
        share = self.indicators["toy_share"].with_user(self.seller)
        for call in (
            lambda: share._read_split(self.company, LAST, "company", "user"),
            lambda: share._read_contributors(self.company, LAST, "company"),
            lambda: share._get_records_behind(self.company, LAST, "company"),
        ):
            with self.assertRaises(AccessError):
                call()
        margin = self.indicators["toy_margin"].with_user(self.users["all_accounts"])
        with self.assertRaises(AccessError):
            margin._read_contributors(self.company, LAST, "company")

    def test_other_company(self):
        there = self.make_company("There")
        stranger = self.make_manager_of(there)
        self.assertFalse(self.seen(self.values, stranger))
        self.assertFalse(self.seen(self.targets, stranger))
        indicators = self.env["cartera.indicator"].with_user(stranger)
        with self.assertRaises(AccessError):
            indicators._read_cards(self.company, LAST, "company")
        self.indicators["toy_sum"].company_id = self.company
        self.assertNotIn(self.indicators["toy_sum"].id, indicators.search([]).ids)
        cards = indicators._read_cards(there, self.month, "company")
        values = {card["code"]: card["value"] for card in cards}
        self.assertEqual(values["x_toy_now"], 0, "nothing of the other company counts")

    def test_closed_margins_stay_hidden(self):
        with self.assertRaisesRegex(ValidationError, "closed periods with margins"):
            self.indicators["toy_margin"].measure = "toy_share"
        self.indicators["toy_share"].measure = "toy_sum"

    def test_the_update_brings_the_rules_that_hide_margins(self):
        """They could be edited before; a database of 19.0.4.0.0 keeps what it has otherwise."""
        rule = self.env.ref("crm_cartera.cartera_indicator_value_rule_margin")
        own = self.env.ref("crm_cartera.cartera_indicator_value_rule_all")
        wanted = rule.domain_force
        self.assertIn("segment_id.reads_margin", wanted)
        data = self.env["ir.model.data"].search(
            [("module", "=", "crm_cartera"), ("model", "=", "ir.rule")]
        )
        data.noupdate = True
        rule.domain_force = own.domain_force = "[('id', '>', 0)]"
        self.env.flush_all()
        path = file_path("crm_cartera/migrations/19.0.5.0.0/pre-migration.py")
        spec = importlib.util.spec_from_file_location("pre_migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.4.0.0")
        self.env.invalidate_all()
        security = "security/cartera_scorecard_security.xml"
        convert_file(self.env, "crm_cartera", security, {}, mode="update")
        self.assertEqual(rule.domain_force, wanted)
        self.assertEqual(own.domain_force, "[('id', '>', 0)]", "an admin's own stays")
