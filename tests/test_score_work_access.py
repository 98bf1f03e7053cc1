"""Who reads the records behind the work measures, and worked examples of what the oracle cannot show."""

from datetime import timedelta

from odoo.fields import Domain

from odoo.addons.crm_cartera.analysis.period import Period

from .common import day
from .screen_case import TODAY, ScreenCase


class TestScoreWorkAccess(ScreenCase):
    """It is 15 March 2026."""

    month = Period.of("month", TODAY)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.make_known("Mía", cls.seller, abc_revenue="A")
        cls.theirs = cls.make_known("Suya", cls.colleague, abc_revenue="B")
        for number, profile in enumerate((cls.mine, cls.theirs, cls.theirs)):
            cls.act(profile, cls.seller if number < 2 else cls.colleague, number)

    @classmethod
    def act(cls, profile, user, number, **vals):
        return cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "res_id": profile.partner_id.id,
                "user_id": user.id,
                "date_deadline": TODAY - timedelta(days=number),
                "active": False,
                "date_done": TODAY - timedelta(days=number),
                **vals,
            }
        )

    def measure(self, code, *scopes, period=None):
        measures = self.env["cartera.measure"]
        span = measures._get_span(self.company, period or self.month)
        return measures._sum(code, span, scopes or ["company"])

    def records(self, code, user, population=Domain.TRUE):
        """Return the records behind a figure as a user finds them."""
        measures = self.env["cartera.measure"].with_user(user).sudo()
        span = measures._get_span(self.company, self.month)
        model, domain = measures._get_records(code, span, population)
        context = measures._get_records_context(code, span)
        companies = user.company_ids.ids
        records = self.env[model].with_user(user).with_context(allowed_company_ids=companies)
        return records.with_context(**context).search(domain)

    def test_interactions_are_those_of_who_did_them(self):
        mine, theirs = f"user:{self.seller.id}", f"user:{self.colleague.id}"
        found = self.measure("interactions_per_salesperson", "company", mine, theirs)
        self.assertEqual(
            {scope: found[scope] for scope in found if scope in (mine, theirs)},
            {
                mine: (2, 1),
                theirs: (1, 1),
            },
        )
        self.assertEqual(found["company"], (3, 2))

    def test_interactions_of_all_accounts(self):
        """A manager opens all of them, a salesperson those of his accounts; the name opens its source."""
        everybody = self.records("interactions_per_salesperson", self.users["manager"])
        self.assertEqual(len(everybody), 3)
        self.assertEqual(len(set(everybody.ids)), 3)
        self.assertTrue(max(everybody.ids) < 2**53, "a browser counts no further")
        own = self.records("interactions_per_salesperson", self.seller)
        self.assertEqual(own.profile_id, self.mine)
        self.assertEqual(own.action_open()["res_model"], "res.partner")
        self.assertFalse(self.env["cartera.interaction"].search([]), "without a day there are none")

    def test_one_meeting_of_two_accounts(self):
        people = self.mine.partner_id | self.theirs.partner_id
        self.env["calendar.event"].with_context(no_mail_to_attendees=True).create(
            {
                "name": "Feria",
                "partner_ids": [(6, 0, people.ids)],
                "user_id": self.seller.id,
                "start": TODAY - timedelta(days=3),
                "stop": TODAY - timedelta(days=3),
                "allday": True,
                "start_date": TODAY - timedelta(days=3),
                "stop_date": TODAY - timedelta(days=3),
            }
        )
        found = self.records("interactions_per_salesperson", self.users["manager"])
        meetings = found.filtered(lambda each: each.kind == "meeting")
        self.assertEqual(meetings.profile_id, self.mine | self.theirs)
        self.assertEqual(len(meetings), 2)

    def test_overdue_actions(self):
        """Due yesterday is late, due today is not; it is late with whom it is assigned to."""
        for days, user in ((1, self.seller), (0, self.seller), (40, self.colleague)):
            late = TODAY - timedelta(days=days)
            self.act(self.theirs, user, 0, active=True, date_done=False, date_deadline=late)
        mine = f"user:{self.seller.id}"
        found = self.measure("overdue_actions", "company", mine)
        self.assertEqual((found["company"][0], found[mine][0]), (2, 1))
        found = self.records("overdue_actions", self.users["manager"])
        self.assertEqual(set(found.mapped("date_deadline")), {day("2026-03-14"), day("2026-02-03")})

    def test_completeness(self):
        """One wish of two, and two of two: 75 %."""
        self.mine.partner_id.write(
            {
                "phone": "600",
                "email": "a@example.com",
                "country_id": self.env.ref("base.es").id,
            }
        )
        self.theirs.partner_id.write(
            {"phone": False, "email": "b@example.com", "country_id": False}
        )
        self.drain()
        self.assertEqual(self.measure("record_completeness")["company"], (1.5, 2))
        found = self.records("record_completeness", self.users["manager"])
        self.assertEqual(found, self.mine | self.theirs)

    def test_what_is_known_today_only(self):
        """Until a month is closed, today stands for its end; longer ago nothing tells."""
        self.assertIsNone(self.measure("overdue_actions", period=Period.parse("2026-01")))
        vals = {"name": "Late", "code": "x_late", "measure": "overdue_actions"}
        late = self.env["cartera.indicator"].create(vals)
        self.act(self.mine, self.seller, 3, active=True, date_done=False)
        last = Period.parse("2026-02")
        self.env["cartera.policy"]._for(self.company).scorecard_grace_days = 14
        self.env.flush_all()
        value = late._close(self.company, last).filtered(lambda each: each.scope == "company")
        self.assertEqual(value.value, 1)
        self.act(self.mine, self.seller, 5, active=True, date_done=False)
        self.env.flush_all()
        late._note_changes(self.company, last)
        self.assertFalse(value.changed, "what came later says nothing of that day")

    def test_leads_of_the_walk_in_do_not_count(self):
        """Nor does an opportunity that was opened again."""
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        walk_in = self.make_known("Mostrador", self.seller, excluded=True)
        leads = [
            self.make_lead(profile.partner_id, company_id=self.company.id, user_id=self.seller.id)
            for profile in (self.mine, self.theirs, walk_in)
        ]
        for lead in leads:
            lead.stage_id = won
        leads[1].stage_id = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.env.flush_all()
        self.assertEqual(self.measure("win_rate")["company"], (1, 1))
        self.assertEqual(self.records("win_rate", self.users["manager"]), leads[0])

    def test_ids_of_others_do_not_travel(self):
        """What opens a list goes to the browser: it names what its reader may read, and no more."""
        leads = [
            self.make_lead(profile.partner_id, company_id=self.company.id, user_id=user.id)
            for profile, user in ((self.mine, self.seller), (self.theirs, self.users["manager"]))
        ]
        for lead in leads:
            lead.action_set_won()
        activities = [
            lead.activity_schedule(
                "mail.mail_activity_data_call", date_deadline="2026-03-01", user_id=lead.user_id.id
            )
            for lead in leads
        ]
        self.env.flush_all()
        for code, (mine, theirs) in (("win_rate", leads), ("overdue_actions", activities)):
            measures = self.env["cartera.measure"].with_user(self.seller).sudo()
            span = measures._get_span(self.company, self.month)
            _model, domain = measures._get_records(code, span, Domain.TRUE)
            named = {
                value
                for condition in domain.iter_conditions()
                if condition.field_expr == "id"
                for value in condition.value
            }
            with self.subTest(code):
                self.assertNotIn(theirs.id, named)
                if code == "win_rate":
                    self.assertIn(mine.id, named)
