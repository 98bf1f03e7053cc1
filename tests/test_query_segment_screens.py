"""The screens about segments cost as many queries for many accounts as for few."""

from odoo import Command

from .query_case import QueryCase

#: Enough for something to distinguish the best.
FEW = 40
#: {method: queries at most}.
LIMITS = {
    "get_segment_sheet": 24,
    "open_segment": 6,
    "open_segment_flow": 6,
    "get_lookalikes": 22,
    "open_lookalikes": 8,
    "get_market": 8,
    "open_market": 6,
}


class TestSegmentScreenQueries(QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dimension = cls.env["cartera.dimension"].create(
            {
                "name": "Prueba",
                "code": "test_queries",
                "segment_ids": [
                    Command.create({"name": name, "domain": "[('id', '=', 0)]"}) for name in "AB"
                ],
            }
        )
        cls.first, cls.second = cls.dimension.segment_ids
        cls.other = cls.make_users("manager")["manager"]
        few = cls.known[:FEW]
        # The best are of one industry; half of each is a client.
        industries = cls.env["res.partner.industry"].search([], limit=2)
        best = cls.known.filtered(lambda profile: profile.id % 4 < 2)
        best.partner_id.industry_id = industries[0]
        (cls.known - best).partner_id.industry_id = industries[1]
        cls.env.flush_all()
        cls.env.cr.execute(
            """UPDATE cartera_profile
                  SET revenue_12m = id %% 90 + 1, revenue_prev_12m = 40, retention_status = 'lost',
                      affinity_score = id %% 100, abc_revenue = CASE WHEN id %% 4 < 2 THEN 'A' ELSE 'C' END,
                      lifecycle = CASE id %% 2 WHEN 0 THEN 'client' ELSE 'lead' END,
                      user_id = CASE WHEN id = ANY(%s) THEN %s ELSE %s END""",
            (few.ids, cls.other.id, cls.seller.id),
        )
        cls.env.cr.execute(
            """INSERT INTO cartera_profile_segment_rel (profile_id, segment_id)
               SELECT id, %s FROM cartera_profile WHERE id = ANY(%s)""",
            (cls.first.id, cls.known.ids),
        )
        cls.env.cr.execute(
            """INSERT INTO cartera_segment_move
                      (profile_id, company_id, dimension_id, from_segment_id, segment_id, date, kind)
               SELECT id, company_id, %s, %s, %s, CURRENT_DATE, 'account'
                 FROM cartera_profile WHERE id = ANY(%s)""",
            (cls.dimension.id, cls.second.id, cls.first.id, cls.known.ids),
        )
        cls.env.invalidate_all()

    def test_as_many_queries_for_many_accounts(self):
        screen, segment = self.env["cartera.screen"].with_user(self.other), self.first.id
        calls = {
            "get_segment_sheet": (segment,),
            "open_segment": (segment,),
            "open_segment_flow": (segment, "entered", self.second.id),
            "get_lookalikes": (),
            "open_lookalikes": (),
            "get_market": (self.dimension.id,),
            "open_market": (self.dimension.id, segment),
        }
        self.assertEqual(calls.keys(), LIMITS.keys())
        for method, args in calls.items():
            counts = []
            for user in (self.other, self.other, self.seller):
                with self.counted() as queries:
                    answer = getattr(screen, method)(*args, user_id=user.id)
                counts.append(len(queries))
            if method == "get_lookalikes":
                self.assertGreater(len(answer["rows"]), FEW)
            with self.subTest(method):
                self.assertEqual(counts[1], counts[2])
                self.assertLessEqual(counts[1], LIMITS[method])
