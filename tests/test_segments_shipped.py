"""The shipped dimensions: rules that hold, limits as documented."""

from itertools import product

from odoo.tools import SQL
from odoo.tools.query import Query

from .room_case import RoomCase

CODES = {
    "zone",
    "family",
    "value",
    "profitability",
    "margin",
    "rfm",
    "recurrence",
    "potential",
    "seniority",
    "retention",
    "linkage",
    "size",
    "industry",
}
#: What the help of each group says, in words of its own: the oracle of the eleven groups.
RFM = {
    "champions": lambda r, f, m: min(r, f, m) >= 4,
    "cannot_lose": lambda r, f, m: r <= 2 and min(f, m) >= 4,
    "at_risk": lambda r, f, m: r <= 2 and max(f, m) >= 3 and min(f, m) < 4,
    "loyal": lambda r, f, m: r >= 3 and f >= 4 and not (r >= 4 and m >= 4),
    "new": lambda r, f, m: (r, f) == (5, 1),
    "promising": lambda r, f, m: (r, f) == (4, 1),
    "potential_loyalist": lambda r, f, m: r >= 4 and f in (2, 3),
    "needs_attention": lambda r, f, m: r == 3 and f < 4 and (f == 3 or m >= 3),
    "about_to_sleep": lambda r, f, m: r == 3 and max(f, m) <= 2,
    "lost": lambda r, f, m: (r, f, m) == (1, 1, 1),
    "hibernating": lambda r, f, m: r <= 2 and max(f, m) <= 2 and (r, f, m) != (1, 1, 1),
}


class TestShippedDimensions(RoomCase):
    def sort(self, dimension):
        """Return {account: name of its segment} by the rules alone, first match first."""
        profiles = self.segments._get_neutral_profiles(self.company)
        query = Query(self.env, profiles._table, profiles._table_sql)
        whens = SQL(" ").join(
            SQL("WHEN %s THEN %s", segment._get_condition(profiles, query), segment.id)
            for segment in dimension.segment_ids
        )
        columns = SQL("cartera_profile.id, CASE %s END", whens)
        self.env.flush_all()
        rows = self.env.execute_query(query.select(columns))
        names = {segment.id: segment for segment in dimension.segment_ids}
        return {profile: names.get(segment) for profile, segment in rows}

    def code_of(self, segment):
        """Return what the external id of a shipped segment says after its dimension."""
        name = segment.get_external_id()[segment.id].split(".")[1]
        return name.removeprefix(f"cartera_segment_{segment.dimension_id.code}_")

    def test_all_are_there_in_order(self):
        shipped = self.dimensions.search([("code", "in", list(CODES))])
        self.assertEqual(set(shipped.mapped("code")), CODES)
        self.assertEqual(shipped.mapped("code")[:4], ["zone", "family", "value", "profitability"])
        for dimension in shipped:
            with self.subTest(dimension=dimension.code):
                self.assertTrue(dimension.description)
                self.assertEqual(
                    bool(dimension.reads_margin), dimension.code in ("profitability", "margin")
                )
        segments = shipped.segment_ids.filtered(
            lambda segment: segment.get_external_id()[segment.id]
        )
        for segment in segments:
            with self.subTest(segment=segment.get_external_id()[segment.id]):
                self.assertTrue(segment.description)
                self.assertTrue(segment.treatment)
                self.assertIn(segment.color, range(12))

    def test_every_rule_passes_the_check(self):
        for segment in self.dimensions.search([]).segment_ids:
            with self.subTest(segment=segment.name):
                segment.write({"domain": segment.domain})
                segment.flush_recordset()

    def test_eleven_groups_of_rfm(self):
        scores = list(product(range(1, 6), repeat=3))
        accounts = {}
        for r, f, m in scores[::2] + scores[1::2]:
            profile = self.make_known(f"{r}{f}{m}", rfm_recency=r, rfm_frequency=f, rfm_monetary=m)
            accounts[profile.id] = (r, f, m)
        never = self.make_known("Nunca")
        found = self.sort(self.shipped("rfm"))
        self.assertIsNone(found[never.id])
        for profile, score in accounts.items():
            expected = [name for name, rule in RFM.items() if rule(*score)]
            with self.subTest(score=score):
                self.assertEqual([self.code_of(found[profile])], expected)

    def test_limits(self):
        """(dimension, figures of an account, the segment it belongs in; None: none)"""
        cases = (
            ("value", {"abc_revenue": "A"}, "a"),
            ("value", {"last_purchase_date": "2020-01-01"}, "none"),
            ("value", {}, None),
            ("profitability", {"abc_margin": "C", "margin_12m": -1}, "loss"),
            ("margin", {"margin_rate": 0.5}, "50"),
            ("margin", {"margin_rate": 0.4999}, "30"),
            ("margin", {"margin_rate": 0}, "0"),
            ("margin", {"margin_rate": -0.01}, "negative"),
            ("margin", {}, None),
            ("recurrence", {"rhythm_source": "own", "rhythm_days": 10}, "weekly"),
            ("recurrence", {"rhythm_source": "own", "rhythm_days": 10.5}, "fortnightly"),
            ("recurrence", {"rhythm_source": "own", "rhythm_days": 121}, "seldom"),
            (
                "recurrence",
                {
                    "rhythm_source": "company",
                    "rhythm_days": 5,
                    "last_purchase_date": "2026-01-01",
                },
                "none",
            ),
            ("recurrence", {}, None),
            ("potential", {"potential": 10000, "share_of_wallet": 0.5}, "defend"),
            ("potential", {"potential": 10000, "share_of_wallet": 0.49}, "invest"),
            ("potential", {"potential": 10000}, "invest"),
            ("potential", {"potential": 9999, "share_of_wallet": 0.5}, "maintain"),
            ("potential", {"potential": 9999}, "divest"),
            ("potential", {"potential": 0}, "unknown"),
            ("seniority", {"first_purchase_date": "2025-03-16"}, "first_year"),
            ("seniority", {"first_purchase_date": "2025-03-15"}, "to_three"),
            ("seniority", {"first_purchase_date": "2016-03-15"}, "veteran"),
            ("seniority", {}, None),
            ("retention", {"retention_status": "recovered"}, "recovered"),
            ("linkage", {"affinity_score": 70}, "strong"),
            ("linkage", {"affinity_score": 69}, "good"),
            ("linkage", {"affinity_score": 45}, "good"),
            ("linkage", {"affinity_score": 20}, "weak"),
            ("linkage", {"affinity_score": 0}, "loose"),
            ("linkage", {}, None),
            ("size", {"revenue_12m": 20000}, "medium"),
            ("size", {"revenue_12m": 1, "potential": 100000}, "large"),
            ("size", {"revenue_12m": 1999}, "micro"),
            ("size", {"revenue_12m": -5}, None),
        )
        accounts = [self.make_known(f"Caso {n}", **case[1]) for n, case in enumerate(cases)]
        found = {code: self.sort(self.shipped(code)) for code in {case[0] for case in cases}}
        for (code, figures, expected), profile in zip(cases, accounts, strict=True):
            segment = found[code][profile.id]
            with self.subTest(dimension=code, **figures):
                self.assertEqual(self.code_of(segment) if segment else None, expected)

    def test_zone_and_industry_follow_the_contact(self):
        france = self.make_known("Lyon")
        france.partner_id.country_id = self.env.ref("base.fr")
        mexico = self.make_known("Puebla")
        mexico.partner_id.country_id = self.env.ref("base.mx")
        japan = self.make_known("Kioto")
        japan.partner_id.country_id = self.env.ref("base.jp")
        japan.partner_id.industry_id = self.env.ref("base.res_partner_industry_D")
        nowhere = self.make_known("Nada")
        zones = self.sort(self.shipped("zone"))
        self.assertEqual(self.code_of(zones[mexico.id]), "latin_america")
        self.assertEqual(self.code_of(zones[france.id]), "european_union")
        self.assertEqual(self.code_of(zones[japan.id]), "rest")
        self.assertIsNone(zones[nowhere.id])
        industries = self.sort(self.shipped("industry"))
        self.assertEqual(self.code_of(industries[japan.id]), "manufacturing")
        self.assertIsNone(industries[mexico.id])

    def test_home_country_comes_before_its_group(self):
        zone = self.shipped("zone")
        self.company.country_id = self.env.ref("base.pt")
        known = zone.segment_ids
        self.dimensions._add_shipped_segments()
        added = zone.segment_ids - known
        self.assertEqual(added.mapped("name"), ["Portugal"])
        self.assertLess(added.sequence, min(known.mapped("sequence")))
        lisbon = self.make_known("Lisboa")
        lisbon.partner_id.country_id = self.env.ref("base.pt")
        self.assertEqual(self.sort(zone)[lisbon.id], added)
        self.dimensions._add_shipped_segments()
        self.assertEqual(len(zone.segment_ids), len(known) + 1)


class TestGenerate(RoomCase):
    def generate(self, dimension, source, **vals):
        wizard = self.env["cartera.segment.generate"].with_user(self.users["manager"])
        return wizard.create(
            {"dimension_id": dimension.id, "source": source, **vals}
        ).action_apply()

    def test_families_hold_their_subcategories(self):
        categories = self.env["product.category"]
        self.env.cr.execute("UPDATE cartera_profile SET top_categ_id = NULL")
        tools = categories.create({"name": "Herramienta"})
        saws = categories.create({"name": "Sierras", "parent_id": tools.id})
        paint = categories.create({"name": "Pintura"})
        for n, category in enumerate((saws, tools, paint)):
            self.make_known(f"Compra {n}", top_categ_id=category.id)
        dimension = self.make_dimension()
        self.generate(dimension, "top_categ_id")
        self.assertEqual(dimension.segment_ids.mapped("name"), ["Herramienta", "Pintura"])
        self.assertEqual(
            dimension.segment_ids[0].domain, f"[('top_categ_id', 'child_of', {tools.id})]"
        )

    def test_twice_adds_what_is_new(self):
        self.make_known("Lyon").partner_id.country_id = self.env.ref("base.fr")
        dimension = self.make_dimension()
        self.generate(dimension, "country_id", rest=True)
        self.assertIn("France", dimension.segment_ids.mapped("name"))
        self.assertEqual(dimension.segment_ids[-1].name, "Others")
        with self.assertRaisesRegex(Exception, "nothing to add"):
            self.generate(dimension, "country_id", rest=True)

    def test_names_in_every_language(self):
        self.env["res.lang"]._activate_lang("es_ES")
        france = self.env.ref("base.fr")
        france.with_context(lang="es_ES").name = "Francia"
        self.make_known("Lyon").partner_id.country_id = france
        dimension = self.make_dimension()
        self.generate(dimension, "country_id", limit=1)
        self.assertEqual(dimension.segment_ids.with_context(lang="es_ES").name, "Francia")

    def test_who_may(self):
        dimension = self.make_dimension()
        for role in ("salesperson", "internal", "portal"):
            with self.subTest(role=role), self.assertRaises(Exception) as caught:
                wizard = self.env["cartera.segment.generate"].with_user(self.users[role])
                wizard.create({"dimension_id": dimension.id, "source": "country_id"})
            self.assertEqual(type(caught.exception).__name__, "AccessError")
