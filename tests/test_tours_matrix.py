"""The matrix and the drill-down in a real browser, in Spanish, on a desk and on a telephone."""

from .segment_case import SegmentMixin
from .test_tours_screens import ScreenTours


class MatrixTours(SegmentMixin, ScreenTours):
    """Ferretería Uno is in the north and large, the two others are not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regions = cls.make_dimension(
            "region", ("Norte", "[('name', 'ilike', 'Uno')]"), ("Sur", None)
        )
        cls.sizes = cls.make_dimension(
            "tamano", ("Grande", "[('revenue_12m', '>=', 500)]"), ("Pequeña", None)
        )
        cls.sort()

    def cross(self, tour):
        url = f"/odoo/cartera-matrix?row={self.regions.id}&column={self.sizes.id}"
        self.start_tour(url, f"cartera_{tour}_es", login=self.manager.login)


class TestMatrixTours(MatrixTours):
    def test_matrix(self):
        self.cross("matrix")

    def test_strategies(self):
        """The shipped matrix opens by itself."""
        self.start_tour(
            "/odoo/cartera-matrix", "cartera_matrix_strategies_es", login=self.manager.login
        )

    def test_drill_down(self):
        self.start_tour(
            "/odoo/cartera-drill-down", "cartera_drill_down_es", login=self.manager.login
        )


class TestMatrixToursSmall(MatrixTours):
    browser_size = "400x800"
    touch_enabled = True

    def test_matrix(self):
        self.cross("matrix")

    def test_strategies(self):
        self.start_tour(
            "/odoo/cartera-matrix", "cartera_matrix_strategies_es", login=self.manager.login
        )
