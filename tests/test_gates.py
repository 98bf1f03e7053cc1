"""What a stage wants: how complete an account is, and what is missing."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from .gate_case import GateCase


class TestCompleteness(GateCase):
    def test_nothing_wanted_is_no_completeness(self):
        self.stages.wanted_field_ids = False
        account = self.make_profile()
        self.assertIs(account.completeness, False)
        self.assertEqual(account.missing_names, "")
        self.assertEqual(account._get_missing_fields(), {account: []})

    def test_what_an_account_lacks_is_named(self):
        account = self.make_profile(country_id=self.country.id)
        self.assertEqual(account.completeness, 0.5)
        self.assertEqual(account.missing_names, "Email or Phone")
        missing = account._get_missing_fields()[account]
        self.assertEqual(
            [(each["model"], each["name"], each["type"], each["wish"]) for each in missing],
            [("res.partner", "email", "char", 0), ("res.partner", "phone", "char", 0)],
        )
        self.assertEqual([each["label"] for each in missing], ["Email", "Phone"])

    def test_both_ways_to_reach_it_may_be_wanted(self):
        self.detection.any_contact = False
        account = self.make_profile(country_id=self.country.id, email="a@example.com")
        self.assertEqual(account.missing_names, "Phone")
        self.assertAlmostEqual(account.completeness, 2 / 3)
        self.detection.any_contact = True
        self.refresh()
        self.assertEqual((account.completeness, account.missing_names), (1, ""))

    def test_a_wish_of_a_later_stage_for_one_way_counts_once(self):
        self.qualification.wanted_field_ids = self.wish("res.partner", "phone")
        account = self.make_lead_profile(email="a@example.com", country_id=self.country.id)
        self.assertEqual(account.completeness, 0.5, "country and phone")

    def test_what_earlier_stages_want_is_still_wanted(self):
        account = self.make_lead_profile()
        self.assertEqual(account.stage_id, self.qualification)
        self.assertEqual(
            account.missing_names,
            "Email or Phone, Country, Industry, Interested in, Purchase potential, Salesperson",
        )
        self.assertEqual(account.completeness, 0)

    def test_it_follows_what_a_person_types_on_the_account(self):
        account = self.make_profile()
        account.with_user(self.users["manager"]).write({"email": "a@example.com"})
        self.assertEqual(account.completeness, 0.5, "at once, before any drain")
        account.country_id = self.country
        self.assertEqual(account.completeness, 1)
        account.email = "  "
        self.assertEqual(account.completeness, 0.5)

    def test_it_follows_what_a_person_types_on_the_contact(self):
        account = self.make_profile()
        account.partner_id.with_user(self.users["manager"]).phone = "600 000 000"
        self.drain()
        self.assertEqual(account.completeness, 0.5)

    def test_it_follows_the_stage(self):
        self.parked.wanted_field_ids = self.wish("res.partner", "website")
        account = self.make_profile(country_id=self.country.id, phone="600")
        account.stage_id = self.parked
        self.assertAlmostEqual(account.completeness, 2 / 3)
        self.parked.active = False
        self.refresh()
        self.assertEqual((account.stage_id, account.completeness), (self.detection, 1))

    def test_a_wish_that_is_taken_back(self):
        account = self.make_profile(country_id=self.country.id)
        self.detection.wanted_field_ids = self.wish("res.partner", "country_id")
        self.refresh()
        self.assertEqual(account.completeness, 1)

    def test_stages_of_one_company(self):
        own = self.env["cartera.stage"].create(
            {
                "name": "Solo aquí",
                "lifecycle": "prospect",
                "sequence": 1,
                "company_id": self.company.id,
                "wanted_field_ids": self.wish("res.partner", "website").ids,
            }
        )
        other = self.env["res.company"].create({"name": "Otra compañía"})
        here = self.make_profile()
        there = self.profiles._ensure(here.partner_id, other)
        self.refresh()
        self.env["cartera.profile"].refresh(other)
        self.assertEqual((here.stage_id, here.missing_names), (own, "Website Link"))
        self.assertEqual(there.missing_names, "Email or Phone, Country")

    def test_a_field_that_goes_away(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_machines",
                "field_description": "Machines",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "integer",
            }
        )
        self.detection.wanted_field_ids = field
        account = self.make_profile()
        self.assertEqual((account.completeness, account.missing_names), (0, "Machines"))
        field.unlink()
        self.assertFalse(self.detection.wanted_field_ids)
        self.refresh()
        self.assertIs(account.completeness, False)

    def test_terms_of_another_company_say_nothing(self):
        self.detection.wanted_field_ids = self.wish("res.partner", "property_payment_term_id")
        other = self.env["res.company"].create({"name": "Otra compañía"})
        account = self.make_profile()
        term = self.env["account.payment.term"].search([], limit=1)
        account.partner_id.with_company(other).property_payment_term_id = term
        self.refresh()
        self.assertEqual(account.completeness, 0)
        account.partner_id.with_company(self.company).property_payment_term_id = term
        self.drain()
        self.assertEqual((account.completeness, account.missing_names), (1, ""))

    def test_a_picture(self):
        self.detection.wanted_field_ids = self.wish("res.partner", "image_1920")
        account = self.make_profile()
        self.assertEqual((account.completeness, account.missing_names), (0, "Image"))
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
            "rkJggg=="
        )
        account.partner_id.image_1920 = pixel
        self.drain()
        self.assertEqual((account.completeness, account.missing_names), (1, ""))


class TestWishes(GateCase):
    def test_fields_nobody_can_want(self):
        manager = self.users["manager"]
        for model, name, why in (
            ("cartera.profile", "margin_12m", "nobody can enter"),
            ("cartera.profile", "revenue_12m", "nobody can enter"),
            ("cartera.profile", "stage_id", "never empty"),
            ("cartera.profile", "email", "nobody can enter"),
            ("cartera.profile", "opening_revenue", "never empty"),
            ("res.partner", "credit_limit", "not everybody"),
            ("res.partner", "is_company", "whether it is filled"),
            ("res.partner", "child_ids", "whether it is filled"),
            ("res.partner", "comment", "whether it is filled"),
            ("res.partner", "name", "never empty"),
            ("res.partner", "user_id", "never empty"),
            ("crm.lead", "phone", "neither"),
        ):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, why):
                self.detection.with_user(manager).wanted_field_ids = self.wish(model, name)
            with self.subTest(name):
                self.assertNotIn(self.wish(model, name), self.detection.wantable_field_ids)

    def test_the_form_offers_what_may_be_wanted(self):
        stage = self.env["cartera.stage"].with_user(self.users["manager"])
        with Form(stage.browse(self.parked.id)) as form:
            form.wanted_field_ids.add(self.wish("res.partner", "website"))
            form.gate = "warn"
        self.assertEqual(self.parked.wanted_field_ids.name, "website")
        offered = self.parked.wantable_field_ids.mapped("name")
        for name in (
            "email",
            "vat",
            "industry_id",
            "potential",
            "interest_categ_ids",
            "image_1920",
        ):
            self.assertIn(name, offered)

    def test_a_salesperson_neither_sees_nor_sets_it(self):
        stage = self.detection.with_user(self.users["salesperson"])
        with self.assertRaises(AccessError):
            stage.read(["wanted_field_ids"])
        with self.assertRaises(AccessError):
            stage.write({"gate": "block"})

    def test_no_rule_of_a_stage_reads_what_follows_from_it(self):
        with self.assertRaisesRegex(ValidationError, "follows from the stage"):
            self.parked.domain = "[('completeness', '<', 1)]"

    def test_no_rule_reads_words(self):
        with self.assertRaisesRegex(ValidationError, "worded for each reader"):
            self.parked.domain = "[('missing_names', 'ilike', 'industry')]"

    def test_a_segment_of_incomplete_accounts(self):
        """It follows a stage set by hand, too."""
        dimension = self.env["cartera.dimension"].create(
            {
                "name": "Fichas",
                "code": "fichas",
                "segment_ids": [
                    Command.create(
                        {"name": "Por completar", "domain": "[('completeness', '<', 1)]"}
                    )
                ],
            }
        )
        self.parked.wanted_field_ids = self.wish("res.partner", "website")
        account = self.make_profile(phone="600", country_id=self.country.id)
        self.drain()
        self.assertNotIn(dimension, account.segment_ids.dimension_id)
        account.stage_id = self.parked
        self.drain()
        self.assertIn(dimension, account.segment_ids.dimension_id)


class TestSearch(GateCase):
    def test_accounts_without_something(self):
        model = self.profiles.with_user(self.users["manager"])
        here = self.make_profile(country_id=self.country.id)
        both = self.make_profile(country_id=self.country.id, phone="600")
        lead = self.make_lead_profile(phone="600")
        known = here | both | lead
        for domain, expected in (
            ([("missing_names", "ilike", "phone")], here),
            ([("missing_names", "ilike", "COUNTRY")], lead),
            ([("missing_names", "ilike", "potential")], lead),
            ([("missing_names", "ilike", "margin")], self.profiles),
            ([("missing_names", "=", "Industry")], lead),
            ([("missing_names", "!=", False)], here | lead),
            ([("missing_names", "=", False)], both),
            ([("completeness", "<", 1)], here | lead),
        ):
            with self.subTest(domain):
                found = model.search([("id", "in", known.ids), *domain])
                self.assertEqual(found, expected.with_env(found.env))

    def test_a_salesperson_finds_his_own(self):
        seller = self.users["salesperson"]
        mine = self.make_profile(user_id=seller.id)
        theirs = self.make_profile(user_id=self.users["manager"].id)
        found = self.profiles.with_user(seller).search([("missing_names", "ilike", "country")])
        self.assertIn(mine.id, found.ids)
        self.assertNotIn(theirs.id, found.ids)
        self.assertEqual(found.browse(mine.id).missing_names, "Email or Phone, Country")
        with self.assertRaises(AccessError):
            theirs.with_user(seller).read(["missing_names"])

    def test_nobody_writes_it(self):
        account = self.make_profile()
        for name in ("completeness", "missing_names"):
            with self.subTest(name), self.assertRaisesRegex(Exception, "cannot be entered"):
                account.with_user(self.users["manager"]).write({name: 1})
