"""Dimensions for the tests of segments."""

from odoo import Command

from .common import CarteraCase


class SegmentMixin:
    @classmethod
    def make_dimension(cls, code, *rules, **vals):
        """Create a dimension; ``rules``: (name, domain or None) in order."""
        return cls.env["cartera.dimension"].create(
            {
                "name": code.title(),
                "code": code,
                "segment_ids": [
                    Command.create({"name": name, "domain": domain, "sequence": number})
                    for number, (name, domain) in enumerate(rules)
                ],
                **vals,
            }
        )

    @classmethod
    def sort(cls, company=None):
        """Do what the job does for one company."""
        cls.env.flush_all()
        cls.env["cartera.dimension"]._sort(company or cls.company)
        cls.env.invalidate_all()

    @classmethod
    def segment_of(cls, profile, dimension):
        """Return the name of the account's segment, None if it is in none."""
        found = profile.segment_ids.filtered(lambda s: s.dimension_id == dimension)
        return found.name if found else None

    @classmethod
    def moves_of(cls, profile, dimension):
        """Return [(from, to, kind)] in the order of writing."""
        moves = cls.env["cartera.segment.move"].search(
            [("profile_id", "=", profile.id), ("dimension_id", "=", dimension.id)], order="id"
        )
        return [
            (move.from_segment_id.name or None, move.segment_id.name or None, move.kind)
            for move in moves
        ]

    def check_keys(self):
        """The array on the profile repeats the rows of the relation."""
        self.env.cr.execute(
            """SELECT p.id, p.segment_key, array_agg(r.segment_id ORDER BY s.dimension_id)
                 FROM cartera_profile p
            LEFT JOIN cartera_profile_segment_rel r ON r.profile_id = p.id
            LEFT JOIN cartera_segment s ON s.id = r.segment_id
             GROUP BY p.id, p.segment_key
               HAVING COALESCE(p.segment_key, '{}') IS DISTINCT FROM
                      array_remove(array_agg(r.segment_id ORDER BY s.dimension_id), NULL)"""
        )
        self.assertEqual(self.env.cr.fetchall(), [])


class SegmentCase(SegmentMixin, CarteraCase):
    """Two accounts, and a dimension of three segments by potential."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What ships is somebody else's test.
        cls.env["cartera.dimension"].search([]).active = False
        cls.small = cls.profiles.create({"name": "Chica", "potential": 10})
        cls.big = cls.profiles.create({"name": "Grande", "potential": 9000})
        cls.size = cls.make_dimension(
            "tamano",
            ("Enorme", "[('potential', '>', 100000)]"),
            ("Grande", "[('potential', '>', 1000)]"),
            ("Resto", None),
        )
        cls.huge, cls.large, cls.rest = cls.size.segment_ids
        cls.sort()
