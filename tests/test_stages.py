"""Stages: the first rule that matches, and what people set by hand."""

from odoo.exceptions import ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import CarteraCase


class TestStages(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stage = cls.env["cartera.stage"]
        cls.detection = cls.env.ref("crm_cartera.cartera_stage_detection")
        cls.rich = stage.create(
            {
                "name": "Con potencial",
                "lifecycle": "prospect",
                "sequence": 15,
                "domain": "[('potential', '>=', 1000)]",
            }
        )
        cls.parked = stage.create({"name": "Aparcado", "lifecycle": "prospect", "sequence": 20})

    def _refresh(self):
        self.env["cartera.profile"].refresh(self.company)

    def test_first_rule_that_matches_else_the_first_stage(self):
        poor = self.profiles.create({"name": "Poca"})
        rich = self.profiles.create({"name": "Mucha", "potential": 5000})
        self._refresh()
        self.assertEqual((poor.stage_id, rich.stage_id), (self.detection, self.rich))
        again = self.env["cartera.stage"].create(
            {
                "name": "Antes",
                "lifecycle": "prospect",
                "sequence": 5,
                "domain": "[('potential', '>=', 1)]",
            }
        )
        self._refresh()
        self.assertEqual((poor.stage_id, rich.stage_id), (again, again), "the first is the default")

    def test_a_stage_set_by_hand_stays_until_the_match_changes(self):
        profile = self.profiles.create({"name": "Poca"})
        profile.stage_id = self.parked
        self._refresh()
        self.assertEqual(profile.stage_id, self.parked)
        profile.potential = 2000
        self._refresh()
        self.assertEqual(profile.stage_id, self.rich, "the match changed")
        profile.stage_id = self.parked
        self._refresh()
        self.assertEqual(profile.stage_id, self.parked)
        self.make_invoice(profile.partner_id, "2024-01-01")
        self.drain()
        self.assertEqual(profile.stage_id.lifecycle, "client", "the lifecycle changed")

    def test_a_stage_chosen_at_creation_stays(self):
        profile = self.profiles.create({"name": "Poca", "stage_id": self.parked.id})
        self._refresh()
        self.assertEqual(profile.stage_id, self.parked)

    def test_drag_into_another_lifecycle_is_refused(self):
        profile = self.profiles.create({"name": "Poca"})
        sale = self.env.ref("crm_cartera.cartera_stage_sale")
        with self.assertRaisesRegex(ValidationError, "Set lifecycle"):
            profile.stage_id = sale

    def test_a_stage_that_goes_away_lets_its_accounts_go(self):
        profile = self.profiles.create({"name": "Poca", "stage_id": self.parked.id})
        other = self.profiles.create({"name": "Otra", "stage_id": self.rich.id})
        self.parked.active = False
        self.assertEqual(profile.stage_id, self.detection)
        self.rich.unlink()
        self.assertEqual(other.stage_id, self.detection)

    def test_the_last_stage_of_a_lifecycle_stays(self):
        prospects = self.env["cartera.stage"].search([("lifecycle", "=", "prospect")])
        for change in (
            lambda: prospects.write({"active": False}),
            prospects.unlink,
            lambda: prospects.write({"company_id": self.company.id}),
        ):
            with self.subTest(change=change), self.assertRaises(ValidationError):
                change()

    def test_stage_of_one_company_is_used_there_only(self):
        own = self.env["cartera.stage"].create(
            {
                "name": "Solo aquí",
                "lifecycle": "prospect",
                "sequence": 1,
                "company_id": self.company.id,
            }
        )
        other = self.env["res.company"].create({"name": "Otra compañía"})
        here = self.profiles.create({"name": "Aquí"})
        there = self.profiles._ensure(here.partner_id, other)
        self._refresh()
        self.env["cartera.profile"].refresh(other)
        self.assertEqual((here.stage_id, there.stage_id), (own, self.detection))

    def test_a_broken_rule_costs_its_own_stage_only(self):
        self.rich.flush_recordset()
        self.env.cr.execute(
            "UPDATE cartera_stage SET domain = %s WHERE id = %s",
            ("[('no_such_field', '=', 1)]", self.rich.id),
        )
        self.rich.invalidate_recordset()
        with mute_logger("odoo.addons.crm_cartera.models.cartera_stage_match"):
            profile = self.profiles.create({"name": "Poca", "potential": 5000})
            self._refresh()
        self.assertEqual(profile.stage_id, self.detection)

    def test_rules_are_checked_when_they_are_saved(self):
        for rule in ("[('no_such_field', '=', 1)]", "[('user_id', '=', uid)]", "potential > 3"):
            with self.subTest(rule), self.assertRaisesRegex(ValidationError, "Con potencial"):
                self.rich.domain = rule

    def test_rules_do_not_read_margins(self):
        """Whoever may not see margins sees the stage: it would tell him."""
        for rule in (
            "[('margin_12m', '>', 100)]",
            "['!', ('abc_margin', '=', 'A')]",
            "['|', ('potential', '>', 1), ('partner_id.cartera_margin_rate', '<', 0.1)]",
            "[('partner_id', 'any', [('cartera_profile_id.abc_margin', '!=', 'C')])]",
            "[('first_purchase_id.cartera_margin', '>', 0)]",
        ):
            with self.subTest(rule), self.assertRaisesRegex(ValidationError, "everybody sees"):
                self.rich.domain = rule
        self.rich.domain = "[('partner_id', 'any', [('cartera_profile_id.abc_revenue', '=', 'A')])]"

    def test_the_form_offers_stages_of_the_lifecycle(self):
        manager = self.make_users("manager")["manager"]
        with Form(self.env["cartera.stage"].with_user(manager)) as form:
            form.name = "Nueva"
            form.lifecycle = "client"
        self.assertEqual(form.record.lifecycle_order, 2)
