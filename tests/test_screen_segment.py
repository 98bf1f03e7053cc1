"""The sheet of a segment: figures, retention, top accounts, migration, what the best have in common."""

from odoo.exceptions import AccessError, UserError

from .segment_screen_case import SegmentScreenCase


class TestSegmentSheet(SegmentScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = {"lifecycle": "client", "retention_status": "active"}
        cls.mine = cls.make_in(
            *(cls.large, "Mía", cls.seller, cls.spain),
            revenue_12m=600,
            revenue_prev_12m=400,
            margin_12m=120,
            potential=1000,
            affinity_score=80,
            abc_revenue="A",
            **client,
        )
        cls.theirs = cls.make_in(
            *(cls.large, "Ajena", cls.colleague, cls.spain),
            revenue_12m=200,
            revenue_prev_12m=100,
            margin_12m=30,
            affinity_score=40,
            abc_revenue="B",
            **{**client, "retention_status": "lost"},
        )
        cls.wish = cls.make_in(
            cls.large, "Plaza", None, cls.france, lifecycle="lead", potential=500
        )
        cls.other = cls.make_in(
            *(cls.small, "Otra", cls.seller, cls.france),
            revenue_12m=200,
            revenue_prev_12m=500,
            abc_revenue="B",
            **client,
        )

    def sheet(self, role="manager", **kwargs):
        return self.rpc(role, "get_segment_sheet", segment_id=self.large.id, **kwargs)

    def test_figures(self):
        sheet = self.sheet()
        self.assertEqual(sheet["segment"]["name"], "Grande")
        self.assertEqual(
            sheet["figures"],
            {
                "accounts": 3,
                "clients": 2,
                "prospects": 1,
                "coverage": 2 / 3,
                "revenue": 800,
                "revenue_before": 500,
                "growth": 800 / 500 - 1,
                "margin": 150,
                "potential": 1500,
                "open_potential": 500,
                "affinity": 60,
            },
        )
        self.assertEqual((sheet["whole"]["accounts"], sheet["whole"]["revenue"]), (4, 1000))
        self.assertEqual(sheet["retained"], 0.5)
        counts = {row["code"]: row["accounts"] for row in sheet["statuses"] if row["accounts"]}
        self.assertEqual(counts, {"active": 1, "lost": 1})
        self.assertEqual([row["name"] for row in sheet["top"]], ["Mía", "Ajena"])
        self.assertEqual(
            sheet["top"][0],
            {**sheet["top"][0], "id": self.mine.id, "revenue": 600, "abc": "A", "affinity": 80},
        )

    def test_as_much_as_the_user_may_see(self):
        sheet = self.sheet("salesperson")
        self.assertEqual(sheet["figures"]["accounts"], 2)
        self.assertIsNone(sheet["figures"]["margin"])
        self.assertFalse(sheet["may_see_margin"])
        self.assertEqual([row["name"] for row in sheet["top"]], ["Mía"])
        only = self.sheet(user_id=self.colleague.id)
        self.assertEqual(only["figures"]["revenue"], 200)

    def test_without_accounts(self):
        sheet = self.rpc("manager", "get_segment_sheet", segment_id=self.north.id)
        self.assertEqual(sheet["figures"]["accounts"], 0)
        for name in ("coverage", "revenue", "growth", "margin", "potential", "affinity"):
            self.assertIsNone(sheet["figures"][name], name)
        self.assertIsNone(sheet["retained"])
        self.assertEqual((sheet["top"], sheet["marks"]), ([], []))

    def test_the_first_segment_unless_told(self):
        sheet = self.rpc("manager", "get_segment_sheet")
        self.assertEqual(sheet["segment"]["id"], self.large.id)
        self.assertEqual(
            [(row["name"], [of["name"] for of in row["segments"]]) for row in sheet["dimensions"]],
            [("Tamaño", ["Grande", "Pequeña"]), ("Zona", ["Norte", "Sur"])],
        )
        (self.size | self.zone).active = False
        self.assertFalse(self.rpc("manager", "get_segment_sheet")["segment"])

    def test_what_opens(self):
        opens = self.opens
        args = ("manager", "open_segment", self.large.id)
        for what, names in (
            ("all", ["Ajena", "Mía", "Plaza"]),
            ("client", ["Ajena", "Mía"]),
            ("prospect", ["Plaza"]),
            ("best", ["Mía"]),
            ("lost", ["Ajena"]),
        ):
            self.assertEqual(opens(*args, what), names, what)
        self.assertEqual(opens("salesperson", "open_segment", self.large.id), ["Mía", "Plaza"])

    def test_opened_from_the_segment(self):
        action = self.large.with_user(self.seller).action_open_sheet()
        self.assertEqual(
            (action["tag"], action["params"]),
            ("crm_cartera.segment_sheet", {"segment_id": self.large.id}),
        )

    # -- who may ------------------------------------------------------------------

    def test_margins_are_not_everybody_s(self):
        """A segment that margins decide is not shown, named or opened without their group."""
        self.restrict(self.size)
        for call in (
            ("get_segment_sheet", self.large.id),
            ("open_segment", self.large.id),
            ("open_segment_flow", self.large.id, "entered"),
            ("open_segment_trait", self.large.id, "country", self.spain.id),
            ("get_lookalikes", self.large.id),
            ("open_lookalikes", self.large.id),
            ("get_market", self.size.id),
            ("open_market", self.size.id, self.large.id),
        ):
            with self.subTest(call[0]), self.assertRaises(AccessError):
                self.rpc("salesperson", *call)
        names = [row["name"] for row in self.rpc("salesperson", "get_market")["dimensions"]]
        self.assertEqual(names, ["Zona"])
        self.assertEqual(self.sheet(self.make_margin_reader())["figures"]["accounts"], 3)

    def test_another_company_s(self):
        company = self.make_company("Otra sociedad")
        foreign = self.make_dimension("Suya", "test_size", "Suyo", company_id=company.id)
        both = self.make_manager_of(self.company, company)
        with self.assertRaisesRegex(UserError, "is one of Otra sociedad"):
            self.rpc(both, "get_segment_sheet", segment_id=foreign.segment_ids.id)
        with self.assertRaises(AccessError):
            self.rpc("manager", "get_segment_sheet", segment_id=foreign.segment_ids.id)
        self.put(self.large, self.make_known("Lejana", company=company, revenue_12m=5))
        self.assertEqual(self.sheet(both)["figures"]["accounts"], 3)

    def test_deleted(self):
        gone = self.small.id
        self.small.unlink()
        with self.assertRaisesRegex(UserError, "was deleted"):
            self.rpc("manager", "get_segment_sheet", segment_id=gone)

    # -- migration ------------------------------------------------------------------

    def flows(self, role="manager", **kwargs):
        flows = self.sheet(role, **kwargs)["flows"]
        return {
            side: {row["name"]: row["accounts"] for row in rows} for side, rows in flows.items()
        }

    def test_migration(self):
        nothing = self.large.browse()
        self.move(self.mine, 20, nothing, self.small)
        self.move(self.mine, 10, self.small, self.large)
        self.move(self.theirs, 60, self.small, self.large)
        self.move(self.other, 5, self.large, self.small)
        # There and back is nowhere; an edited rule is nobody's move; another dimension is another.
        self.move(self.wish, 9, self.large, self.small)
        self.move(self.wish, 8, self.small, self.large)
        self.move(self.wish, 7, self.small, self.large, kind="rule")
        self.move(self.wish, 6, nothing, self.large, kind="entered")
        self.move(self.mine, 3, self.north, self.south)
        march = {"entered": {"Pequeña": 1}, "left": {"Pequeña": 1}}
        self.assertEqual(self.flows(since="2026-03-07"), march)
        february = {"entered": {"No segment": 1}, "left": {"Pequeña": 1}}
        self.assertEqual(self.flows(since="2026-02-01"), february)
        since_january = self.flows(since="2026-01-01")
        self.assertEqual(since_january["entered"], {"No segment": 1, "Pequeña": 1})
        self.assertEqual(
            self.flows("salesperson", since="2026-01-01")["entered"], {"No segment": 1}
        )

    def test_migration_opens(self):
        self.move(self.mine, 10, self.small, self.large)
        self.move(self.theirs, 60, self.large.browse(), self.large)
        self.move(self.other, 5, self.large, self.small)
        flow = ("open_segment_flow", self.large.id)
        month = {"since": "2026-01-01"}
        opens = self.opens
        self.assertEqual(opens("manager", *flow, "entered", self.small.id, **month), ["Mía"])
        self.assertEqual(opens("manager", *flow, "entered", **month), ["Ajena"])
        self.assertEqual(opens("manager", *flow, "left", self.small.id, **month), ["Otra"])
        self.assertEqual(opens("salesperson", *flow, "entered", **month), [])

    def test_months_to_choose_from(self):
        sheet = self.sheet()
        self.assertEqual(sheet["since"], "2025-12-01")
        self.assertEqual(sheet["months"][0], {"date": "2026-03-01", "label": "March 2026"})
        self.assertEqual(len(sheet["months"]), 24)
        self.assertEqual(self.sheet(since="2020-05-17")["months"][-1]["date"], "2020-05-01")

    # -- what the best have in common -------------------------------------------------

    def test_marks(self):
        for number in range(3):
            self.make_in(
                *(self.large, f"Buena {number}", None, self.spain),
                lifecycle="client",
                abc_revenue="A",
            )
            self.make_known(f"Suelta {number}").partner_id.country_id = self.france
        sheet = self.sheet()
        self.assertEqual(sheet["basis_accounts"], 4)
        (mark,) = sheet["marks"]
        self.assertEqual((mark["trait"], mark["label"]), ("country", "Country"))
        (value,) = mark["values"]
        # Four of four, of ten accounts with a country five.
        self.assertEqual(
            {name: value[name] for name in ("name", "accounts", "some_share", "all_share", "lift")},
            {"name": "Spain", "accounts": 4, "some_share": 1, "all_share": 0.5, "lift": 2},
        )
        opened = self.opens(
            "manager", "open_segment_trait", self.large.id, "country", value["value"]
        )
        self.assertEqual(opened, ["Buena 0", "Buena 1", "Buena 2", "Mía"])
        self.assertEqual(self.sheet(basis="all")["basis_accounts"], 6)

    def test_unknown_trait(self):
        with self.assertRaises(UserError):
            self.rpc("manager", "open_segment_trait", self.large.id, "vat", 1)
