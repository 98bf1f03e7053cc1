"""Completeness and gates cost as many queries for two hundred accounts as for ten."""

from .query_case import QueryCase


class TestQueryGates(QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stages = cls.env["cartera.stage"]
        cls.sale = cls.env.ref("crm_cartera.cartera_stage_sale")
        cls.first = cls.env.ref("crm_cartera.cartera_stage_qualification")

    def test_storing_it(self):
        def call(profiles):
            self.env.cr.execute(
                "UPDATE cartera_profile SET completeness = NULL WHERE id = ANY(%s)", [profiles.ids]
            )
            self.stages._complete(self.company, profiles.partner_id.ids)

        self.assert_same(call)

    def test_two_statements(self):
        partners = self.known.partner_id.ids
        self.stages._get_wishes(self.company.id)
        self.env.cr.execute("UPDATE cartera_profile SET completeness = NULL")
        with self.counted() as queries:
            self.stages._complete(self.company, partners)
        self.assertEqual(len(queries), 2, "\n".join(query[:150] for query in queries))

    def test_what_is_missing(self):
        def call(profiles):
            mine = self.mine("cartera.profile").browse(profiles.ids)
            mine.web_read({"missing_names": {}, "completeness": {}})
            mine._get_missing_fields()

        self.assert_same(call)

    def test_entering_a_closed_stage(self):
        self.known.partner_id.write(
            {
                "email": "a@example.com",
                "industry_id": self.env["res.partner.industry"].search([], limit=1).id,
            }
        )
        self.known.write({"potential": 5})
        self.drain()
        self.sale.gate = "block"

        def call(profiles):
            mine = self.mine("cartera.profile").browse(profiles.ids)
            mine.write({"stage_id": self.first.id})
            mine.write({"stage_id": self.sale.id})

        self.assert_same(call, ours=True)

    def test_searching(self):
        def call(_profiles):
            self.mine("cartera.profile").search([("missing_names", "ilike", "industry")])

        self.assert_same(call)
