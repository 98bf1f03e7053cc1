"""Completeness and what is missing against their oracle, on accounts of two companies."""

import random

from odoo import Command

from .gate_case import GateCase
from .oracle_complete import CompletenessOracle

WISHES = {
    "res.partner": (
        "email",
        "phone",
        "vat",
        "country_id",
        "industry_id",
        "category_id",
        "partner_latitude",
        "lang",
        "property_payment_term_id",
    ),
    "cartera.profile": ("potential", "interest_categ_ids", "note", "first_contact_date"),
}


class TestGatesOracle(GateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Otra compañía"})
        cls.wishes = cls.env["ir.model.fields"].union(
            *(cls.wish(model, *names) for model, names in WISHES.items())
        )
        cls.term = cls.env["account.payment.term"].search([], limit=1)
        cls.category = cls.env["product.category"].create({"name": "Tornillos"})
        cls.archived = cls.env["res.partner.category"].create({"name": "Feria", "active": False})
        cls.industry = cls.env["res.partner.industry"].search([], limit=1)

    def test_seeds(self):
        for seed in (1, 2):
            with self.subTest(seed=seed):
                self.check(random.Random(seed))

    def check(self, rng):
        accounts = self.env["res.partner"].create([self.prepare(rng) for _number in range(60)])
        for company in (self.company, self.other):
            known = self.profiles._ensure(accounts, company)
            for profile in known:
                profile.write(self.prepare_entries(rng))
            for account in accounts:
                term = rng.choice([self.term.id, False])
                account.with_company(company).property_payment_term_id = term
        stages = self.cut_stages(rng)
        self.refresh_all()
        for company in (self.company, self.other):
            self.spread(rng, stages, company)
        self.env.flush_all()
        self.env.cr.execute("UPDATE cartera_profile SET completeness = 0.123")
        self.refresh_all()
        for company in (self.company, self.other):
            self.compare(company, accounts)

    def prepare(self, rng):
        return {
            "name": "Cuenta",
            "is_company": True,
            "email": rng.choice([False, "a@example.com", " "]),
            "phone": rng.choice([False, "600 000 000"]),
            "vat": rng.choice([False, "\t", "ES12345674"]),
            "country_id": rng.choice([False, self.country.id]),
            "industry_id": rng.choice([False, self.industry.id]),
            "category_id": rng.choice([False, [Command.link(self.archived.id)]]),
            "partner_latitude": rng.choice([0, 41.5]),
        }

    def prepare_entries(self, rng):
        return {
            "potential": rng.choice([0, 1000]),
            "interest_categ_ids": rng.choice([False, [Command.link(self.category.id)]]),
            "note": rng.choice([False, "\n", "Llamar por la tarde"]),
            "first_contact_date": rng.choice([False, "2024-01-01"]),
        }

    def cut_stages(self, rng):
        """Let stages want things, here and there, and stand one after another."""
        stages = self.env["cartera.stage"].search([("lifecycle", "=", "prospect")])
        stages |= self.env["cartera.stage"].create(
            [
                {
                    "name": f"Etapa {number}",
                    "lifecycle": "prospect",
                    "company_id": rng.choice([self.company.id, self.other.id, False]),
                }
                for number in range(4)
            ]
        )
        for stage in stages:
            wanted = rng.sample(self.wishes.ids, rng.randrange(5))
            stage.write(
                {
                    "wanted_field_ids": [Command.set(wanted)],
                    "any_contact": rng.random() < 0.5,
                    "sequence": rng.randrange(30),
                    "gate": rng.choice(["none", "warn"]),
                }
            )
        return stages

    def spread(self, rng, stages, company):
        """Put the prospects of a company into its stages by hand."""
        usable = stages.filtered(lambda each: each.company_id in (company, company.browse()))
        for profile in self.profiles.search([("company_id", "=", company.id)]):
            if profile.lifecycle == "prospect":
                profile.stage_id = rng.choice(usable)

    def refresh_all(self):
        self.env.flush_all()
        for company in (self.company, self.other):
            self.env["cartera.profile"].refresh(company)
        self.env.invalidate_all()

    def compare(self, company, accounts):
        oracle = CompletenessOracle(self.env, company)
        known = self.profiles.search(
            [("company_id", "=", company.id), ("partner_id", "in", accounts.ids)]
        )
        told = set()
        for profile in known.with_company(company):
            expected = oracle.of(profile)
            found = profile.completeness
            told.add(found)
            if expected is None:
                self.assertIs(found, False)
            else:
                self.assertAlmostEqual(found, float(expected), 9)
            missing = profile._get_missing_fields()[profile]
            items = {}
            for each in missing:
                items.setdefault(each["wish"], set()).add((each["model"], each["name"]))
            self.assertEqual(set(map(frozenset, items.values())), oracle.missing(profile))
            for each in missing:
                lacking = [("missing_names", "ilike", each["label"]), ("id", "=", profile.id)]
                self.assertTrue(self.profiles.with_company(company).search(lacking), each)
        self.assertGreater(len(told), 4)
