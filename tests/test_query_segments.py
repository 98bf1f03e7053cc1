"""Segments cost as many queries for two hundred accounts as for ten."""

from .query_case import QueryCase
from .segment_case import SegmentMixin


class TestQuerySegments(SegmentMixin, QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.dimension"].search([]).active = False
        for number in range(12):
            cls.make_dimension(
                f"corte_{number}",
                ("Mucho", f"[('potential', '>', {10 * number})]"),
                ("España", "[('country_id.code', '=', 'ES')]"),
                ("Hace poco", "[('tenure_days', '<', 30)]"),
                ("Resto", None),
            )
        cls.sort()
        cls.dimensions = cls.env["cartera.dimension"]

    def test_sorting(self):
        def call(profiles):
            self.env.cr.execute(
                "UPDATE cartera_profile SET segment_key = NULL WHERE id = ANY(%s)", [profiles.ids]
            )
            self.env.cr.execute(
                "DELETE FROM cartera_profile_segment_rel WHERE profile_id = ANY(%s)", [profiles.ids]
            )
            moved, _skipped = self.dimensions._sort(self.company, profiles.partner_id.ids)
            self.assertEqual(moved, len(profiles))

        self.assert_same(call)

    def test_one_statement_for_all_dimensions(self):
        partners = self.known[:1].partner_id.ids
        self.dimensions._sort(self.company, partners)
        with self.counted() as queries:
            self.dimensions._sort(self.company, partners)
        # The rules, the company with its criteria and its language, and the sorting in a savepoint.
        self.assertLessEqual(len(queries), 8, "\n".join(query[:150] for query in queries))
        self.assertEqual(sum("CASE WHEN" in query for query in queries), 1)

    def test_reading(self):
        def read(profiles):
            mine = self.mine("cartera.profile").browse(profiles.ids)
            mine.web_read({"segment_ids": {"fields": {"display_name": {}, "color": {}}}})

        def read_contacts(profiles):
            mine = self.mine("res.partner").browse(profiles.partner_id.ids)
            mine.web_read({"cartera_segment_ids": {"fields": {"display_name": {}}}})

        self.assert_same(read)
        self.assert_same(read_contacts)

    def test_counts_of_segments(self):
        segments = self.mine("cartera.segment").search([])
        segments.mapped("account_count")
        counts = set()
        for some in (segments[:2], segments):
            with self.counted() as queries:
                some.mapped("account_count")
            counts.add(len(queries))
        self.assertEqual(len(counts), 1)
