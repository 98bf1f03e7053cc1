"""The scorecard costs as many queries for many accounts as for few."""

from .query_case import FEW, QueryCase

#: {perspective: queries of its cards at most}.
LIMITS = {"financial": 52, "customer": 64, "internal": 74, "learning": 45}


class TestScorecardQueries(QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_users("manager")["manager"]
        cls.env.flush_all()
        cls.env.cr.execute(
            """UPDATE cartera_profile SET user_id = CASE WHEN id = ANY(%s) THEN %s ELSE %s END
                WHERE id = ANY(%s)""",
            (cls.known[:FEW].ids, cls.other.id, cls.seller.id, cls.known.ids),
        )
        cls.env.invalidate_all()
        cls.period = f"{cls.today:%Y-%m}"

    def test_as_many_queries_for_many_accounts(self):
        screen = self.env["cartera.screen"].with_user(self.other)
        for perspective, limit in LIMITS.items():
            counts = []
            for user in (self.other, self.other, self.seller):
                scope = f"user:{user.id}"
                with self.counted() as queries:
                    cards = screen.get_scorecard_cards(perspective, self.period, scope)
                counts.append(len(queries))
            with self.subTest(perspective):
                self.assertTrue(cards)
                self.assertEqual(counts[1], counts[2])
                self.assertLessEqual(counts[1], limit)
