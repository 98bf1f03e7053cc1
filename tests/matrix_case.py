"""Two dimensions with accounts in their segments, put there by SQL as sorting does."""

from odoo import Command

from .screen_case import ScreenCase

#: Sorting puts nobody there.
NOBODY = "[('name', '=', '-')]"


class MatrixMixin:
    @classmethod
    def make_dimension(cls, name, code, *segments, **vals):
        """Create a dimension; return it and {name: segment}."""
        dimension = cls.env["cartera.dimension"].create(
            {
                "name": name,
                "code": code,
                "segment_ids": [
                    Command.create({"name": segment, "sequence": number, "domain": NOBODY})
                    for number, segment in enumerate(segments)
                ],
                **vals,
            }
        )
        return dimension, {segment.name: segment for segment in dimension.segment_ids}

    @classmethod
    def put(cls, profile, *segments):
        """Put an account into segments."""
        cls.env.flush_all()
        for segment in segments:
            cls.env.cr.execute(
                "INSERT INTO cartera_profile_segment_rel (profile_id, segment_id) VALUES (%s, %s)",
                (profile.id, segment.id),
            )
        cls.env.invalidate_all()
        return profile

    @classmethod
    def restrict(cls, dimension):
        """Make a dimension one that only those who see margins may see."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE cartera_dimension SET reads_margin = TRUE WHERE id = %s", (dimension.id,)
        )
        cls.env.cr.execute(
            "UPDATE cartera_segment SET reads_margin = TRUE WHERE dimension_id = %s",
            (dimension.id,),
        )
        cls.env.invalidate_all()
        cls.env.registry.clear_cache()


class MatrixCase(MatrixMixin, ScreenCase):
    """Regions by sizes: four accounts of a salesperson and of a colleague, one in no segment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regions, by_region = cls.make_dimension("Región", "region", "Norte", "Sur")
        cls.sizes, by_size = cls.make_dimension("Tamaño", "tamano", "Grande", "Pequeña")
        cls.segments = {**by_region, **by_size}

        def make(name, user, *names, **figures):
            profile = cls.make_known(name, user, **figures)
            return cls.put(profile, *(cls.segments[one] for one in names))

        make(
            *("Alba", cls.seller, "Norte", "Grande"),
            revenue_12m=600,
            revenue_prev_12m=400,
            potential=1000,
            margin_12m=60,
        )
        make(
            *("Brisa", cls.colleague, "Norte", "Grande"),
            revenue_12m=300,
            revenue_prev_12m=200,
            margin_12m=-10,
            active=False,
        )
        make("Cala", None, "Norte", "Pequeña", revenue_12m=50, revenue_prev_12m=100)
        make("Duna", cls.seller, "Sur", potential=200)
        make("Fuera", cls.seller, "Sur", "Grande", revenue_12m=999, excluded=True)
        cls.plan = {"row": cls.regions.id, "column": cls.sizes.id}

    def id_of(self, name):
        return self.segments[name].id if name else False

    def make_matrix(self, **vals):
        return self.env["cartera.matrix"].create(
            {
                "name": "Regiones",
                "row_dimension_id": self.regions.id,
                "column_dimension_id": self.sizes.id,
                **vals,
            }
        )
