"""Look-alikes and the potential market: who is ranked how, why, and for whom."""

from odoo import Command

from .segment_screen_case import SegmentScreenCase

try:
    from odoo.addons.crm_cartera.analysis import lookalike
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import lookalike


class TestLookalikes(SegmentScreenCase):
    """Four of the best clients are Spanish and buy tools; of the six others two are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tools, cls.paint = cls.env["product.category"].create(
            [{"name": "Herramientas"}, {"name": "Pinturas"}]
        )
        client = {"lifecycle": "client"}
        for number in range(4):
            cls.make_in(
                *(cls.large, f"Buena {number}", None, cls.spain),
                **{**client, "abc_revenue": "A", "top_categ_id": cls.tools.id},
            )
        for number in range(6):
            country = cls.spain if number < 2 else cls.france
            category = cls.tools if number < 2 else cls.paint
            cls.make_in(
                *(cls.small, f"Cliente {number}", None, country),
                **{**client, "abc_revenue": "C", "top_categ_id": category.id},
            )
        cls.twin = cls.wish("Gemela", cls.seller, cls.spain, cls.tools + cls.paint, "lead")
        cls.half = cls.wish("Media", cls.colleague, cls.spain, cls.paint, "prospect")
        cls.rich = cls.wish("Rica", None, cls.spain, cls.paint, "prospect", potential=900)
        cls.unlike = cls.wish("Distinta", None, cls.france, cls.paint, "prospect")
        cls.blank = cls.make_known("Muda", None, lifecycle="prospect")
        cls.gone = cls.wish("Archivada", None, cls.spain, cls.tools, "prospect", active=False)

    @classmethod
    def wish(cls, name, user, country, categories, lifecycle, **figures):
        profile = cls.make_known(name, user, lifecycle=lifecycle, **figures)
        profile.partner_id.country_id = country
        profile.interest_categ_ids = [Command.set(categories.ids)]
        return profile

    def ranked(self, role="manager", **kwargs):
        rows = self.rpc(role, "get_lookalikes", **kwargs)["rows"]
        return [row["name"] for row in rows]

    def test_ranking(self):
        answer = self.rpc("manager", "get_lookalikes")
        self.assertEqual((answer["best"], answer["clients"], answer["count"]), (4, 10, 3))
        names = [row["name"] for row in answer["rows"]]
        self.assertEqual(names, ["Gemela", "Rica", "Media"], "equal ones by their potential")
        self.assertEqual(len({row["likeness"] for row in answer["rows"][1:]}), 1)
        row = answer["rows"][0]
        self.assertEqual((row["likeness"], row["lifecycle"]), (100, "lead"))
        self.assertEqual(row["user"], self.seller.name)
        category, country = row["reasons"]
        self.assertEqual(
            {**country, "lift": round(country["lift"], 3)},
            {
                "trait": "country",
                "label": "Country",
                "name": "Spain",
                "some_share": 1,
                "all_share": 0.6,
                "lift": 1.667,
                "helps": True,
            },
        )
        self.assertEqual((category["name"], category["helps"]), ("Herramientas", True))
        self.assertEqual([mark["name"] for mark in answer["marks"]], ["Herramientas", "Spain"])

    def test_by_what_is_known(self):
        """Nothing is known of what clients buy: their country is left."""
        self.env.cr.execute("UPDATE cartera_profile SET top_categ_id = NULL")
        self.env.invalidate_all()
        self.assertEqual(self.ranked(), ["Rica", "Gemela", "Media"])
        self.assertEqual(self.ranked(lifecycle="lead"), ["Gemela"])
        self.assertEqual(self.ranked(lifecycle="prospect"), ["Rica", "Media"])
        self.assertEqual(self.ranked(user_id=self.colleague.id), [])
        opened = self.opens("manager", "open_lookalikes")
        self.assertEqual(opened, ["Gemela", "Media", "Rica"])

    def test_as_much_as_the_user_may_see(self):
        self.env.cr.execute("UPDATE cartera_profile SET top_categ_id = NULL")
        self.env.invalidate_all()
        self.assertEqual(self.ranked("salesperson"), ["Rica", "Gemela"])
        self.assertEqual(self.opens("salesperson", "open_lookalikes"), ["Gemela", "Rica"])

    def test_of_a_segment(self):
        """Those of another segment are French and buy paint: to be Spanish speaks against it."""
        answer = self.rpc("manager", "get_lookalikes", segment_id=self.small.id)
        self.assertEqual(answer["best"], 6)
        self.assertEqual(answer["segment"]["name"], "Pequeña")
        names = [row["name"] for row in answer["rows"]]
        self.assertEqual(names, ["Distinta", "Rica", "Gemela", "Media"])
        self.assertEqual(answer["rows"][0]["likeness"], 100)
        helps = [(reason["name"], reason["helps"]) for reason in answer["rows"][1]["reasons"]]
        self.assertEqual(helps, [("Pinturas", True), ("Spain", False)])
        clients = self.opens("manager", "open_best_clients", self.small.id)
        self.assertEqual(clients, [f"Cliente {number}" for number in range(6)])

    def test_nobody_to_compare_with(self):
        for segment in (self.north, self.large):
            if segment == self.large:
                self.env.cr.execute(
                    "DELETE FROM cartera_profile_segment_rel WHERE segment_id = %s",
                    (segment.id,),
                )
            answer = self.rpc("manager", "get_lookalikes", segment_id=segment.id)
            self.assertEqual((answer["best"], answer["count"], answer["rows"]), (0, 0, []))
            self.assertEqual(self.opens("manager", "open_lookalikes", segment.id), [])

    def test_the_database_ranks_as_the_arithmetic_does(self):
        """Every candidate, read one by one, against what the statement says."""
        screen = self.env["cartera.screen"]
        segments = (None, self.large, self.small)
        for segment in segments:
            weighed, _best, _clients = screen._weigh_best(segment, None)
            candidates = screen._get_profiles().search(screen._get_candidates(None, None))
            expected = lookalike.rank(screen._read_traits(candidates), weighed)
            expected = expected[expected > 0].round(4)
            ranked = screen._rank_lookalikes(weighed, None, None, 1000)
            highest = lookalike.get_highest(weighed)
            found = {row[0]: round(100 * float(row[1]) / highest, 4) for row in ranked}
            self.assertEqual(found, expected.to_dict())
            self.assertTrue(found)


class TestMarket(SegmentScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_in(
            cls.large, "Cliente", cls.seller, lifecycle="client", revenue_12m=100, potential=300
        )
        cls.make_in(cls.large, "Pista", cls.seller, lifecycle="lead", potential=50)
        cls.make_in(cls.large, "Ajena", cls.colleague, lifecycle="prospect", potential=70)
        cls.make_in(cls.large, "Sin dato", None, lifecycle="prospect")
        cls.make_in(cls.north, "Otra dimensión", None, lifecycle="prospect", potential=7)

    def rows(self, role="manager", **kwargs):
        market = self.rpc(role, "get_market", self.size.id, **kwargs)
        names = ("accounts", "clients", "prospects", "prospects_known", "potential", "coverage")
        return {
            row["name"]: [row[name] for name in names] for row in [*market["rows"], market["total"]]
        }

    def test_market(self):
        rows = self.rows()
        self.assertEqual(rows["Grande"], [4, 1, 3, 2, 120, 0.25])
        self.assertEqual(rows["Pequeña"], [0, 0, 0, 0, None, None])
        self.assertEqual(rows["In no segment"], [1, 0, 1, 1, 7, 0])
        self.assertEqual(rows["Total"], [5, 1, 4, 3, 127, 0.2])
        market = self.rpc("manager", "get_market", self.size.id)
        self.assertEqual((market["rows"][0]["revenue"], market["rows"][1]["revenue"]), (100, None))

    def test_as_much_as_the_user_may_see(self):
        self.assertEqual(self.rows("salesperson")["Grande"], [3, 1, 2, 1, 50, 1 / 3])
        self.assertEqual(self.rows(user_id=self.colleague.id)["Grande"], [1, 0, 1, 1, 70, 0])

    def test_what_opens(self):
        opens, market = self.opens, ("open_market", self.size.id)
        self.assertEqual(opens("manager", *market, self.large.id), ["Ajena", "Pista", "Sin dato"])
        self.assertEqual(opens("manager", *market, self.large.id, "client"), ["Cliente"])
        self.assertEqual(opens("manager", *market), ["Otra dimensión"])
        self.assertEqual(opens("manager", *market, what="client"), [])
        self.assertEqual(len(opens("manager", *market, self.large.id, "all")), 4)

    def test_without_dimensions(self):
        (self.size | self.zone).active = False
        market = self.rpc("manager", "get_market")
        self.assertEqual((market["dimension"], market["rows"]), (False, []))
        self.assertEqual(market["total"]["accounts"], 5)
