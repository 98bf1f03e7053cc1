"""Kept matrices: what fits together, whose they are, and the one that is shipped."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from .matrix_case import MatrixCase


class TestMatrix(MatrixCase):
    def test_two_different_dimensions(self):
        with self.assertRaisesRegex(ValidationError, "two different dimensions"):
            self.make_matrix(column_dimension_id=self.regions.id)

    def test_dimensions_of_one_company(self):
        there = self.make_company("Otra")
        foreign, _segments = self.make_dimension("Ajena", "ajena", "X", company_id=there.id)
        own, _segments = self.make_dimension("Propia", "propia", "X", company_id=self.company.id)
        with self.assertRaisesRegex(ValidationError, "two companies"):
            self.make_matrix(row_dimension_id=own.id, column_dimension_id=foreign.id)
        self.assertEqual(self.make_matrix(row_dimension_id=own.id).company_id, self.company)

    def test_cells_of_its_dimensions(self):
        matrix = self.make_matrix(strategy_ids=[Command.create({"name": "Invertir"})])
        cell = {
            "row_segment_id": self.id_of("Norte"),
            "column_segment_id": self.id_of("Grande"),
        }
        matrix.strategy_ids.cell_ids = [Command.create(cell)]
        self.assertEqual(matrix.strategy_ids.cell_ids.display_name, "Norte × Grande")
        with self.assertRaisesRegex(ValidationError, "is not in “Regiones”"):
            matrix.strategy_ids.cell_ids = [
                Command.create(
                    {
                        "row_segment_id": self.id_of("Grande"),
                        "column_segment_id": self.id_of("Norte"),
                    }
                )
            ]

    def test_a_cell_has_one_strategy(self):
        matrix = self.make_matrix(
            strategy_ids=[Command.create({"name": "Uno"}), Command.create({"name": "Otro"})]
        )
        cell = {
            "row_segment_id": self.id_of("Norte"),
            "column_segment_id": self.id_of("Grande"),
        }
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(Exception, "cell_uniq"):
            for strategy in matrix.strategy_ids:
                strategy.cell_ids = [Command.create(cell)]
            self.env.flush_all()

    def test_cells_go_with_their_dimension(self):
        matrix = self.make_matrix(strategy_ids=[Command.create({"name": "Invertir"})])
        matrix.strategy_ids.cell_ids = [
            Command.create(
                {
                    "row_segment_id": self.id_of("Norte"),
                    "column_segment_id": self.id_of("Grande"),
                }
            )
        ]
        other, _segments = self.make_dimension("Otra", "otra", "X")
        matrix.column_dimension_id = other
        self.assertFalse(matrix.strategy_ids.cell_ids)

    def test_a_copy_is_its_makers(self):
        shared = self.make_matrix(
            user_id=False, strategy_ids=[Command.create({"name": "Invertir"})]
        )
        copy = shared.with_user(self.seller).copy()
        self.assertEqual((copy.user_id, copy.strategy_ids.name), (self.seller, "Invertir"))


class TestRights(MatrixCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.matrix"].search([]).unlink()
        cls.vals = {
            "name": "Regiones",
            "row_dimension_id": cls.regions.id,
            "column_dimension_id": cls.sizes.id,
            "strategy_ids": [Command.create({"name": "Invertir"})],
        }
        cls.shared = cls.env["cartera.matrix"].create({**cls.vals, "user_id": False})
        cls.own = cls.env["cartera.matrix"].with_user(cls.seller).create(cls.vals).sudo(False)
        cls.theirs = cls.env["cartera.matrix"].with_user(cls.colleague).create(cls.vals)

    def matrices(self, role):
        user = self.users[role] if isinstance(role, str) else role
        return self.env["cartera.matrix"].with_user(user)

    def test_who_sees_which(self):
        self.assertEqual(self.own.user_id, self.seller)
        self.assertEqual(self.matrices(self.seller).search([]).ids, [self.shared.id, self.own.id])
        self.assertEqual(self.matrices("manager").search([]).ids, [self.shared.id])
        for role in ("internal", "portal"):
            with self.assertRaises(AccessError):
                self.matrices(role).search([])
        strategies = self.env["cartera.matrix.strategy"].with_user(self.seller).search([])
        self.assertEqual(strategies.matrix_id, self.shared | self.own)

    def test_a_salesperson_changes_his_own_only(self):
        mine = self.own.with_user(self.seller)
        mine.name = "Regiones propias"
        mine.strategy_ids.name = "Crecer"
        shared = self.shared.with_user(self.seller)
        for refused in (
            lambda: shared.write({"name": "Todas"}),
            shared.unlink,
            lambda: shared.strategy_ids.write({"name": "Nada"}),
            lambda: mine.write({"user_id": False}),
            lambda: mine.write({"is_shared": True}),
            lambda: mine.write({"user_id": self.colleague.id}),
            lambda: mine.strategy_ids.write({"matrix_id": self.shared.id}),
            lambda: mine.create({**self.vals, "user_id": False}),
            lambda: mine.create({**self.vals, "user_id": self.colleague.id}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                refused()
                self.env.flush_all()
            self.env.invalidate_all()
        mine.unlink()

    def test_a_manager_shares(self):
        matrix = self.matrices("manager").create(self.vals)
        self.assertFalse(matrix.is_shared)
        matrix.is_shared = True
        self.assertFalse(matrix.user_id)
        self.assertIn(matrix.id, self.matrices(self.seller).search([]).ids)
        matrix.is_shared = False
        self.assertEqual(matrix.user_id, self.users["manager"])
        self.shared.with_user(self.users["manager"]).unlink()

    def test_who_may_edit_on_the_screen(self):
        for role, expected in (("salesperson", [False, True]), ("manager", [True])):
            kept = self.rpc(role, "get_matrix")["matrices"]
            self.assertEqual([one["may_edit"] for one in kept], expected)


class TestShipped(MatrixCase):
    def test_attractiveness_and_position(self):
        """Each of the nine cells has one of three strategies, all written out."""
        matrix = self.env.ref("crm_cartera.cartera_matrix_attractiveness")
        self.assertFalse(matrix.user_id)
        self.assertEqual(matrix.row_dimension_id.code, "attractiveness")
        self.assertEqual(matrix.column_dimension_id.code, "position")
        cells = {
            (cell.row_segment_id, cell.column_segment_id) for cell in matrix.strategy_ids.cell_ids
        }
        self.assertEqual(len(cells), 9)
        self.assertEqual(len(matrix.strategy_ids), 3)
        self.assertTrue(all(strategy.description for strategy in matrix.strategy_ids))
        segments = (matrix.row_dimension_id | matrix.column_dimension_id).segment_ids
        self.assertTrue(all(segments.mapped("treatment")))

    def sort(self, code):
        """Return {name of an account: segment} by the shipped rules, first match first."""
        found = {}
        dimension = self.env.ref(f"crm_cartera.cartera_dimension_{code}")
        profiles = self.profiles.search([("excluded", "=", False)])
        for segment in dimension.segment_ids:
            rule = segment._get_domain()
            for profile in profiles.search([("id", "in", profiles.ids), *(rule or [])]):
                found.setdefault(profile.name, segment.name.split()[0])
        return found

    def test_attractiveness(self):
        self.make_known("Grande", potential=50000, trend=-0.1)
        self.make_known("Cae", potential=50000, trend=-0.2)
        self.make_known("Crece", abc_revenue="A", trend=0.1)
        self.make_known("Llana", abc_revenue="B", trend=0)
        self.make_known("Sube", abc_revenue="C", trend=0.3)
        self.make_known("Poca", potential=300)
        self.make_known("Antes", purchase_count=2)
        self.make_known("Nada")
        found = self.sort("attractiveness")
        expected = {"Grande": "High", "Cae": "Medium", "Crece": "High", "Llana": "Medium"}
        expected |= {"Sube": "Medium", "Poca": "Low", "Antes": "Low"}
        self.assertEqual({name: found.get(name) for name in expected}, expected)
        self.assertNotIn("Nada", found)

    def test_position(self):
        old, young = "2024-03-01", "2026-01-01"
        for name, figures in {
            "Ancha": {"share_of_wallet": 0.5, "categ_count": 3, "first_purchase_date": young},
            "Larga": {"share_of_wallet": 0.5, "categ_count": 1, "first_purchase_date": old},
            "Nueva": {"share_of_wallet": 0.9, "categ_count": 1, "first_purchase_date": young},
            "Quinta": {"share_of_wallet": 0.2},
            "Resto": {"share_of_wallet": 0.1, "categ_count": 5, "first_purchase_date": old},
            "Constante": {"categ_count": 3, "first_purchase_date": old},
            "Segunda": {"categ_count": 2, "first_purchase_date": young},
            "Nada": {},
        }.items():
            self.make_known(name, **figures)
        found = self.sort("position")
        expected = {"Ancha": "Strong", "Larga": "Strong", "Nueva": "Medium", "Quinta": "Medium"}
        expected |= {"Resto": "Weak", "Constante": "Strong", "Segunda": "Medium", "Nada": "Weak"}
        self.assertEqual({name: found.get(name) for name in expected}, expected)
