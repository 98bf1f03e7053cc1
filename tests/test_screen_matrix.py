"""Matrix: what each cell holds, what opens it, and which matrix is shown."""

from odoo import Command
from odoo.exceptions import UserError

from .matrix_case import MatrixCase


class TestCells(MatrixCase):
    def cells(self, role, **kwargs):
        """Return {(row, column): cell} by the names of the segments."""
        names = {segment.id: name for name, segment in self.segments.items()}
        cells = self.rpc(role, "get_matrix", **self.plan, **kwargs)["cells"]
        return {
            (names.get(cell.pop("row"), ""), names.get(cell.pop("column"), "")): cell
            for cell in cells
        }

    def test_sums(self):
        """Archived accounts count, excluded ones do not; nothing known is not zero."""
        cells = self.cells("manager")
        self.assertEqual(set(cells), {("Norte", "Grande"), ("Norte", "Pequeña"), ("Sur", "")})
        self.assertEqual(
            cells["Norte", "Grande"],
            {
                "accounts": 2,
                "revenue": 900,
                "revenue_prev": 600,
                "potential": 1000,
                "margin": 50,
            },
        )
        self.assertEqual(cells["Sur", ""]["revenue"], None)
        self.assertEqual(cells["Sur", ""]["margin"], None)
        self.assertEqual(cells["Sur", ""]["potential"], 200)

    def test_salesperson_sees_his_own_and_unassigned(self):
        cells = self.cells("salesperson")
        counts = {key: cell["accounts"] for key, cell in cells.items()}
        self.assertEqual(counts, {("Norte", "Grande"): 1, ("Norte", "Pequeña"): 1, ("Sur", ""): 1})
        self.assertEqual(self.cells("salesperson", user_id=self.colleague.id), {})

    def test_filter_by_salesperson(self):
        cells = self.cells("manager", user_id=False)
        self.assertEqual(set(cells), {("Norte", "Pequeña")})

    def test_margins_need_their_group(self):
        answer = self.rpc("salesperson", "get_matrix", **self.plan)
        self.assertNotIn("margin", answer["measures"])
        self.assertFalse([cell for cell in answer["cells"] if "margin" in cell])
        self.assertIn("margin", self.rpc("manager", "get_matrix", **self.plan)["measures"])

    def test_archived_segments_are_none(self):
        self.segments["Norte"].active = False
        cells = self.cells("manager")
        self.assertEqual(set(cells), {("", "Grande"), ("", "Pequeña"), ("Sur", "")})

    def test_other_companies_are_never_mixed(self):
        there = self.make_company("Otra")
        boss = self.make_manager_of(there, self.company)
        self.put(
            self.make_known("Ajena", company=there, revenue_12m=7),
            self.segments["Norte"],
            self.segments["Grande"],
        )
        self.assertEqual(self.cells(boss)["Norte", "Grande"]["accounts"], 1)
        self.assertEqual(self.cells("manager")["Norte", "Grande"]["accounts"], 2)

    def test_a_cell_opens_its_accounts(self):
        north, large = self.id_of("Norte"), self.id_of("Grande")
        for role, row, column, names in (
            ("manager", north, large, ["Alba", "Brisa"]),
            ("salesperson", north, large, ["Alba"]),
            ("manager", self.id_of("Sur"), False, ["Duna"]),
            ("manager", False, None, []),
            ("manager", north, None, ["Alba", "Brisa", "Cala"]),
            ("manager", None, False, ["Duna"]),
            ("manager", None, None, ["Alba", "Brisa", "Cala", "Duna"]),
        ):
            with self.subTest(role=role, row=row, column=column):
                found = self.opens(
                    role,
                    "open_matrix_cell",
                    **self.plan,
                    row_segment=row,
                    column_segment=column,
                )
                self.assertEqual(found, names)

    def test_the_words_above_the_accounts(self):
        action = self.rpc(
            "manager",
            "open_matrix_cell",
            **self.plan,
            row_segment=self.id_of("Sur"),
            column_segment=False,
        )
        self.assertEqual(action["name"], "Matrix: Sur × no segment of Tamaño")

    def test_what_is_gone_is_said(self):
        """A segment of another dimension, one that is gone, one that is not for these eyes."""
        for segment in (self.id_of("Grande"), 10**6):
            with self.assertRaisesRegex(UserError, "not there any more"):
                self.rpc("manager", "open_matrix_cell", **self.plan, row_segment=segment)
        self.restrict(self.regions)
        for segment in (self.id_of("Norte"), False):
            with self.assertRaisesRegex(UserError, "not there any more"):
                self.rpc("salesperson", "open_matrix_cell", **self.plan, row_segment=segment)


class TestChoice(MatrixCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.matrix"].search([]).unlink()
        cls.env["cartera.dimension"].search([]).write({"sequence": 100})
        cls.regions.sequence, cls.sizes.sequence = 1, 2

    def shown(self, role="manager", **kwargs):
        answer = self.rpc(role, "get_matrix", **kwargs)
        return answer["matrix"], answer["rows"]["name"], answer["columns"]["name"]

    def test_without_a_choice(self):
        """The first kept matrix, else the first two dimensions."""
        self.assertEqual(self.shown(), (False, "Región", "Tamaño"))
        kept = self.make_matrix(
            user_id=False,
            row_dimension_id=self.sizes.id,
            column_dimension_id=self.regions.id,
        )
        self.assertEqual(self.shown(), (kept.id, "Tamaño", "Región"))
        self.assertEqual(self.shown(**self.plan), (False, "Región", "Tamaño"))

    def test_what_is_not_there_is_passed_over(self):
        self.assertEqual(self.shown(row=10**6, column=self.sizes.id)[1:], ("Región", "Tamaño"))
        twice = {"row": self.sizes.id, "column": self.sizes.id}
        self.assertEqual(self.shown(**twice)[1:], ("Región", "Tamaño"))
        self.assertEqual(self.shown(matrix=10**6)[1:], ("Región", "Tamaño"))

    def test_restricted_dimensions_are_not_offered(self):
        self.make_matrix(user_id=False)
        self.restrict(self.regions)
        answer = self.rpc("salesperson", "get_matrix", **self.plan)
        self.assertNotIn("Región", [one["name"] for one in answer["dimensions"]])
        self.assertNotEqual(answer["rows"]["name"], "Región")
        self.assertEqual(self.shown("manager", **self.plan)[1], "Región")

    def test_dimensions_of_other_companies_are_not_offered(self):
        there = self.make_company("Otra")
        boss = self.make_manager_of(self.company, there)
        self.make_dimension("Ajena", "ajena", "X", company_id=there.id)
        names = [one["name"] for one in self.rpc(boss, "get_matrix")["dimensions"]]
        self.assertIn("Región", names)
        self.assertNotIn("Ajena", names)

    def test_fewer_than_two_dimensions(self):
        self.env["cartera.dimension"].search([]).active = False
        answer = self.rpc("manager", "get_matrix")
        self.assertEqual((answer["rows"], answer["columns"], answer["cells"]), (False, False, []))


class TestStrategies(MatrixCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matrix = cls.env["cartera.matrix"].create(
            {
                "name": "Regiones",
                "user_id": False,
                "row_dimension_id": cls.regions.id,
                "column_dimension_id": cls.sizes.id,
                "strategy_ids": [
                    Command.create({"name": "Invertir", "description": "Visitas"}),
                    Command.create({"name": "Nada"}),
                ],
            }
        )
        cls.invest, cls.nothing = cls.matrix.strategy_ids
        cls.invest.cell_ids = [
            Command.create(
                {
                    "row_segment_id": cls.segments["Norte"].id,
                    "column_segment_id": cls.segments[size].id,
                }
            )
            for size in ("Grande", "Pequeña")
        ]

    def test_strategies_of_the_cells(self):
        answer = self.rpc("salesperson", "get_matrix", matrix=self.matrix.id)
        invest, nothing = answer["strategies"]
        self.assertEqual((invest["name"], invest["description"]), ("Invertir", "Visitas"))
        north = self.id_of("Norte")
        self.assertEqual(
            invest["cells"], [[north, self.id_of("Grande")], [north, self.id_of("Pequeña")]]
        )
        self.assertEqual(nothing["cells"], [])

    def test_a_strategy_opens_the_accounts_of_its_cells(self):
        opens = self.opens("manager", "open_matrix_strategy", self.invest.id)
        self.assertEqual(opens, ["Alba", "Brisa", "Cala"])
        opens = self.opens("salesperson", "open_matrix_strategy", self.invest.id)
        self.assertEqual(opens, ["Alba", "Cala"])
        self.assertEqual(self.opens("manager", "open_matrix_strategy", self.nothing.id), [])

    def test_a_strategy_of_a_restricted_dimension(self):
        self.restrict(self.regions)
        self.matrix.invalidate_recordset()
        self.env.add_to_compute(self.matrix._fields["reads_margin"], self.matrix)
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "not there any more"):
            self.rpc("salesperson", "open_matrix_strategy", self.invest.id)
