"""Today's list in the activity view."""

from datetime import timedelta

from odoo.tests import freeze_time

from .work_case import NOW, TODAY, WorkCase

#: What the view adds to every search.
WITH_ACTIVITY = [("activity_ids.active", "in", [True, False])]


@freeze_time(NOW)
class TestWorkActivity(WorkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small, cls.large = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "user_id": cls.seller.id}
                for name in ("Pequeña", "Grande")
            ]
        )
        cls.env["cartera.profile"]._ensure(cls.small | cls.large)
        cls.late = cls.plan(cls.small, TODAY - timedelta(days=3), summary="Llamar")
        cls.due = cls.plan(cls.large, TODAY)
        cls.plan(cls.large, TODAY + timedelta(days=3))
        cls.lead = cls.make_lead(cls.small, "2024-05-10", name="Pedido", user_id=cls.seller.id)
        cls.asked = cls.plan(cls.lead, TODAY - timedelta(days=1), user=cls.colleague)
        cls.make_lead(cls.large, "2024-05-14", name="Sin paso", user_id=cls.seller.id)
        cls.set_priority({cls.small: 10, cls.large: 80})

    def data(self, user=None, domain=(), **page):
        env = self.env(user=(user or self.seller).id, su=False)
        return env["mail.activity"].get_activity_data(
            res_model="cartera.work", domain=[*domain, *WITH_ACTIVITY], **page
        )

    def cells(self, data):
        """Return [(ids, type, state, day)] in the order of the rows."""
        grouped = data["grouped_activities"]
        return [
            (cell["ids"], kind, cell["state"], cell["reporting_date"])
            for row in data["activity_res_ids"]
            for kind, cell in grouped[row].items()
        ]

    def test_rows_are_those_of_the_list(self):
        call = self.env.ref("mail.mail_activity_data_call")
        data = self.data()
        expected = [
            (self.due.ids, call.id, "today", TODAY),
            (self.late.ids, call.id, "overdue", TODAY - timedelta(days=3)),
        ]
        self.assertEqual(self.cells(data), expected)
        works = self.queue(domain=WITH_ACTIVITY)
        self.assertEqual(works.ids, data["activity_res_ids"])
        self.assertEqual(works.activity_id, self.due | self.late)
        self.assertEqual(works.mapped("activity_state"), ["today", "overdue"])
        others = self.queue() - works
        self.assertEqual(others.mapped("kind"), ["lead"])
        self.assertEqual(others.mapped("activity_state"), [False])
        self.assertFalse(others.activity_ids)
        late = data["grouped_activities"][works[1].id][call.id]
        self.assertEqual(late["summaries"], ["Llamar"])
        self.assertEqual(late["count_by_state"], {"overdue": 1})
        self.assertEqual(late["user_assigned_ids"], self.seller.ids)

    def test_columns(self):
        own = self.env["mail.activity.type"].create(
            [
                {"name": "Para contactos", "res_model": "res.partner"},
                {"name": "Para facturas", "res_model": "account.move"},
                {"name": "Vieja", "active": False},
            ]
        )
        self.due.activity_type_id = own[2]
        columns = {column["id"] for column in self.data()["activity_types"]}
        self.assertIn(self.env.ref("mail.mail_activity_data_call").id, columns)
        self.assertEqual(columns & {*own.ids}, {own[0].id, own[2].id})

    def test_other_activities_are_not_read(self):
        """The view asks for rows with an activity, open or done; what is asked beyond that is looked up."""
        everybody = self.env["cartera.work"].with_user(self.users["manager"])
        query = everybody._search(WITH_ACTIVITY).select()
        self.assertNotIn('"mail_activity"', query.code, "no look at each activity of the database")
        found = everybody.search([("activity_ids.summary", "=", "Llamar")])
        self.assertEqual(found.activity_id, self.late)

    def test_pages(self):
        self.assertEqual([row[0] for row in self.cells(self.data(limit=1))], [self.due.ids])
        second = self.cells(self.data(limit=1, offset=1))
        self.assertEqual([row[0] for row in second], [self.late.ids])

    def test_each_sees_his_own(self):
        manager = self.data(self.users["manager"])
        self.assertEqual(len(self.cells(manager)), 3)
        mine = self.data(self.users["manager"], [("user_id", "=", self.colleague.id)])
        self.assertEqual([row[0] for row in self.cells(mine)], [self.asked.ids])
        self.assertEqual(
            [row[0] for row in self.cells(self.data(self.colleague))], [self.asked.ids]
        )

    def test_other_models_are_as_they_were(self):
        data = self.env["mail.activity"].get_activity_data("crm.lead", [("id", "=", self.lead.id)])
        self.assertEqual(data["activity_res_ids"], self.lead.ids)

    def test_same_queries_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(999):
                before = self.env.cr.sql_log_count
                self.data(self.users["manager"])
                return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(30):
            self.plan(self.large, TODAY, summary=f"Paso {number}")
        self.assertEqual(count(), few)
