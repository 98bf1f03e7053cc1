"""What rules of segments may say, and what a bad one costs."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .segment_case import SegmentCase

RULES = "odoo.addons.crm_cartera.models.cartera_dimension_rules"
SORT = "odoo.addons.crm_cartera.models.cartera_dimension_sort"


class TestRules(SegmentCase):
    def spoil(self, segment, rule):
        """Store a rule that nobody could save, as one that was saved before a field went away."""
        segment.flush_recordset()
        self.env.cr.execute(
            "UPDATE cartera_segment SET domain = %s WHERE id = %s", (rule, segment.id)
        )
        segment.invalidate_recordset()
        self.env.registry.clear_cache()

    def refuse(self, rules, message, segment=None):
        for rule in rules:
            segment = segment or self.large
            with self.subTest(rule):
                with self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
                    segment.domain = rule
                segment.invalidate_recordset()
                self.assertEqual(segment.domain, "[('potential', '>', 1000)]")

    def test_not_a_plain_domain(self):
        self.refuse(
            (
                "[('user_id', '=', uid)]",
                "[('potential', '>', amount)]",
                "potential > 3",
                "[('potential', '>')]",
                "[('potential', 'greater', 3)]",
                "42",
                "[[[",
            ),
            "Rule of segment “Grande”",
        )

    def test_unknown_fields(self):
        self.refuse(
            (
                "[('no_such_field', '=', 1)]",
                "[('partner_id.no_such_field', '=', 1)]",
                "[('partner_id', 'any', [('no_such_field', '=', 1)])]",
                "[('name.ilike', '=', 1)]",
            ),
            "“Grande”: there is no field",
        )

    def test_what_the_database_refuses(self):
        self.refuse(("[('potential', '>', 'mucho')]",), "Rule of segment “Grande”")

    def test_circular(self):
        self.refuse(
            (
                "[('segment_ids', '!=', False)]",
                "[('segment_ids.name', '=', 'Resto')]",
                "[('partner_id.cartera_segment_ids', '!=', False)]",
                "[('partner_id', 'any', [('cartera_segment_ids', '!=', False)])]",
            ),
            "rules cannot read it",
        )
        stage = self.env["cartera.stage"].search([], limit=1)
        with self.assertRaisesRegex(ValidationError, "rules cannot read it"):
            stage.domain = "[('segment_ids', '!=', False)]"

    def test_what_who_saves_may_not_read(self):
        manager = self.make_users("manager")["manager"]
        self.refuse(
            ("[('first_purchase_id.name', '=', 'F1')]", "[('partner_id.credit_limit', '>', 1)]"),
            "Rule of segment “Grande”",
            self.large.with_user(manager),
        )

    def test_records_of_another_company(self):
        other = self.env["res.company"].create({"name": "Otra"})
        team = self.env["crm.team"].create({"name": "Suyo", "company_id": other.id})
        rule = f"[('partner_id.team_id', '=', {team.id})]"
        if "team_id" not in self.env["res.partner"]._fields:
            rule = f"[('company_id', '=', {other.id})]"
        self.large.domain = rule
        with self.assertRaisesRegex(ValidationError, "Otra"), self.env.cr.savepoint():
            self.size.company_id = self.company
        self.size.invalidate_recordset()
        self.large.domain = "[('potential', '>', 1000)]"
        self.size.company_id = self.company
        self.refuse((rule, f"[('company_id', 'in', [{other.id}])]"), "Otra")

    def test_only_root_companies(self):
        branch = self.env["res.company"].create({"name": "Rama", "parent_id": self.company.id})
        with self.assertRaisesRegex(ValidationError, "not to a branch"):
            self.size.company_id = branch

    def test_a_broken_rule_costs_its_own_segment_only(self):
        for rule, logger in (
            ("[('no_such_field', '=', 1)]", RULES),
            ("[(", RULES),
            ("[('potential', '>', 'mucho')]", RULES),
            # The database finds fault with it only when it compares a name.
            (r"[('name', '=like', 'C%\\')]", SORT),
        ):
            with self.subTest(rule):
                self.spoil(self.large, rule)
                self.assertEqual(bool(self.large.rule_error), logger == RULES)
                self.size._note_change()
                with self.assertLogs(logger, "WARNING"):
                    self.small.potential = 99
                    self.sort()
                self.assertEqual(self.segment_of(self.big, self.size), "Grande", "it stays")
                self.assertEqual(self.segment_of(self.small, self.size), "Resto")
                self.big.potential = 200000
                with mute_logger(RULES, SORT):
                    self.drain()
                self.assertEqual(self.segment_of(self.big, self.size), "Enorme")
                self.big.potential = 9000
                self.spoil(self.large, "[('potential', '>', 1000)]")
                self.sort()
                self.assertEqual(self.segment_of(self.big, self.size), "Grande", "mended")
        self.check_keys()


class TestWatched(SegmentCase):
    """Writing what a rule reads lets the account be sorted again."""

    def setUp(self):
        super().setUp()
        self.spain, self.france = self.env.ref("base.es"), self.env.ref("base.fr")

    def watch(self, rule):
        self.large.domain = rule
        self.sort()
        self.env.cr.execute("DELETE FROM cartera_touch")

    def check_moves(self, write, name="Grande"):
        write()
        self.drain()
        self.assertEqual(self.segment_of(self.small, self.size), name)

    def test_fields_of_the_contact(self):
        partner = self.small.partner_id
        tag = self.env["res.partner.category"].create({"name": "Feria"})
        for rule, write in (
            (
                f"[('country_id', '=', {self.france.id})]",
                lambda: partner.write({"country_id": self.france.id}),
            ),
            (
                "[('partner_id.country_id.code', '=', 'ES')]",
                lambda: partner.write({"country_id": self.spain.id}),
            ),
            (
                "[('partner_id.comment', 'ilike', 'caro')]",
                lambda: partner.write({"comment": "Muy caro"}),
            ),
            (
                f"[('partner_id.category_id', 'in', [{tag.id}])]",
                lambda: partner.write({"category_id": [Command.link(tag.id)]}),
            ),
            (
                "[('partner_id', 'any', [('function', '=', 'Jefe')])]",
                lambda: partner.write({"function": "Jefe"}),
            ),
            ("[('city', '=', 'Lugo')]", lambda: self.small.write({"city": "Lugo"})),
        ):
            with self.subTest(rule):
                self.watch(rule)
                self.assertEqual(self.segment_of(self.small, self.size), "Resto")
                self.check_moves(write)

    def test_fields_of_persons_of_the_account(self):
        self.watch("[('partner_id.child_ids.function', '=', 'Compras')]")
        ana = self.env["res.partner"].create({"name": "Ana", "parent_id": self.small.partner_id.id})
        self.check_moves(lambda: ana.write({"function": "Compras"}))
        self.check_moves(lambda: ana.write({"function": "Ventas"}), "Resto")
        vals = {"name": "Eva", "parent_id": self.small.partner_id.id, "function": "Compras"}
        self.check_moves(lambda: self.env["res.partner"].create(vals))

    def test_fields_that_people_enter(self):
        for rule, vals in (
            ("[('urgency', '=', '3')]", {"urgency": "3"}),
            ("[('note', 'ilike', 'llamar')]", {"note": "Llamar"}),
            (
                "[('interest_categ_ids', '!=', False)]",
                {"interest_categ_ids": self.env["product.category"].search([], limit=1).ids},
            ),
            ("[('color', '=', 7)]", {"color": 7}),
        ):
            with self.subTest(rule):
                self.watch(rule)
                self.check_moves(lambda vals=vals: self.small.write(vals))

    def test_what_no_rule_reads_touches_nothing(self):
        self.watch("[('potential', '>', 1000)]")
        self.small.partner_id.comment = "Nada"
        self.small.urgency = "2"
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM cartera_touch")
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_days_are_those_of_the_company(self):
        self.make_invoice(self.big.partner_id, "2020-01-01")
        self.make_invoice(
            self.small.partner_id, self.env["cartera.policy"]._for(self.company)._today()
        )
        self.drain()
        self.watch("[('recency_days', '>', 30)]")
        self.assertEqual(self.segment_of(self.big, self.size), "Grande")
        self.assertEqual(self.segment_of(self.small, self.size), "Resto")
