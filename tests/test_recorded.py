"""Who recorded what and how well; the oracle reads activities and meetings one by one."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user

from odoo.addons.crm_cartera.analysis.period import Period

from .capture_case import CaptureCase
from .common import GROUPS


class TestRecorded(CaptureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["cartera.policy"]._for(cls.company)._today()
        outcome = cls.env["cartera.contact.outcome"].search([], limit=1)
        dialogs = cls.env["cartera.capture"]
        whole = {
            "duration": 0.5,
            "outcome_id": outcome.id,
            "person_id": cls.person.id,
            "next_date": cls.today + timedelta(days=7),
            "next_type_id": cls.env.ref("mail.mail_activity_data_call").id,
        }
        for code, vals in (
            ("call", whole),
            ("visit", {"duration": 1.0, "date": cls.ago(days=3)}),
            ("email", {"outcome_id": outcome.id, "date": cls.ago(days=40)}),
        ):
            values = {"profile_id": cls.profile.id, "kind_id": cls.kind(code).id, **vals}
            dialogs.with_user(cls.lucia).create(values)._save()
        # Not captured: a done activity of a lead, meetings, one of them private.
        plain = cls.lead.activity_schedule("mail.mail_activity_data_call", user_id=cls.colleague.id)
        plain.action_feedback()
        cls.meet(cls.colleague, cls.partner | cls.other_partner | cls.person)
        cls.meet(cls.lucia, cls.partner, privacy="private")
        cls.meet(cls.lucia, cls.partner, days=5)
        cls.drain()

    @classmethod
    def meet(cls, user, people, days=-2, **vals):
        start = fields.Datetime.now() + timedelta(days=days)
        return (
            cls.env["calendar.event"]
            .with_context(no_mail_to_attendees=True)
            .create(
                {
                    "name": "Visita",
                    "start": start,
                    "stop": start + timedelta(hours=2),
                    "user_id": user.id,
                    "partner_ids": [Command.set((people | user.partner_id).ids)],
                    **vals,
                }
            )
        )

    # -- the oracle ---------------------------------------------------------

    def expected(self):
        """Return {(account, source, id): (author, day, duration, quality)}, record by record."""
        found = {}
        for profile in self.profile | self.other:
            account = profile.partner_id
            everybody = self.env["res.partner"].search([("id", "child_of", account.id)])
            done = self.env["mail.activity"].search([("active", "=", False)])
            for activity in done:
                target = self.env[activity.res_model].browse(activity.res_id)
                partner = target if target._name == "res.partner" else target.partner_id
                if partner.commercial_partner_id == account:
                    author = activity.cartera_recorded_by_id or activity.user_id
                    found[profile, "activity", activity.id] = (
                        author,
                        activity.date_done,
                        activity.cartera_duration or False,
                        self.quality(activity, activity.cartera_duration, False),
                    )
            for event in self.env["calendar.event"].search([]):
                people = event.partner_ids & everybody
                day = event.start.date()
                past = day < self.today or (day == self.today and event.cartera_kind_id)
                if not people or not past:
                    continue
                if event.privacy == "private":
                    found[profile, "meeting", event.id] = (self.env["res.users"], day, False, False)
                    continue
                hours = event.cartera_duration or event.duration
                found[profile, "meeting", event.id] = (
                    event.cartera_recorded_by_id or event.user_id,
                    day,
                    hours,
                    self.quality(event, hours, people - account),
                )
        return found

    def quality(self, record, hours, people):
        given = (
            record.cartera_outcome_id,
            hours,
            record.cartera_person_id or people,
            record.cartera_next_date,
        )
        return sum(map(bool, given)) / 4

    def rows(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env["cartera.recorded"].with_user(user or self.users["manager"])
        return model.search([("profile_id", "in", (self.profile | self.other).ids)])

    # -- rows -----------------------------------------------------------------

    def test_as_the_oracle_says(self):
        rows = self.rows().sudo()
        expected = self.expected()
        self.assertEqual(len(expected), 7)
        self.assertEqual(
            {
                (row.profile_id, row.source, row.res_id): (
                    row.user_id,
                    row.date,
                    row.duration,
                    row.quality,
                )
                for row in rows
            },
            expected,
        )
        self.assertIn(1.0, rows.mapped("quality"))
        self.assertEqual(len(rows.filtered("captured")), 3)
        self.assertEqual(len(rows.filtered("next_given")), 1)

    def test_grouped_by_author_and_month(self):
        """Quality of a group is the mean of those that have one."""
        found = {}
        for author, day, _hours, quality in self.expected().values():
            found.setdefault((author, day.replace(day=1)), []).append(quality)
        groups = (
            self.env["cartera.recorded"]
            .with_user(self.users["manager"])
            ._read_group(
                [("profile_id", "in", (self.profile | self.other).ids)],
                ["user_id", "date:month"],
                ["__count", "quality:avg"],
            )
        )
        self.assertEqual(len(groups), len(found))
        for author, month, count, quality in groups:
            known = [each for each in found[author.sudo(False), month] if each is not False]
            self.assertEqual(count, len(found[author, month]))
            self.assertAlmostEqual(quality or 0, sum(known) / len(known) if known else 0)

    def test_rights(self):
        self.assertEqual(self.rows(self.lucia).profile_id, self.profile)
        self.assertEqual(self.rows(self.colleague).profile_id, self.profile | self.other)
        for role in ("internal", "portal"):
            with self.assertRaises(AccessError):
                self.rows(self.users[role])
        private = self.rows(self.lucia).filtered(lambda row: not row.user_id)
        with self.assertRaises(AccessError):
            self.rows(self.colleague).browse(private.id).action_open()
        captured = self.rows(self.lucia).filtered("captured")[:1]
        self.assertTrue(captured.action_open()["res_id"])

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Otra"})
        self.profiles._ensure(self.partner, company)
        boss = new_test_user(
            self.env,
            login="recorded_other",
            groups=GROUPS["manager"],
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        rows = self.env["cartera.recorded"].with_user(boss).search([])
        self.assertEqual(rows.company_id, company)
        self.assertEqual(rows.profile_id.partner_id, self.partner)
        self.assertEqual(self.rows().company_id, self.company)
        both = self.env["cartera.recorded"].search(
            [("profile_id.partner_id", "=", self.partner.id)]
        )
        self.assertEqual(both.company_id, self.company | company)

    def test_goal_on_what_is_recorded(self):
        """An indicator of the scorecard counts the rows, by salesperson."""
        field = self.env["ir.model.fields"]._get
        indicator = self.env["cartera.indicator"].create(
            {
                "name": "Recorded",
                "code": "x_recorded",
                "method": "model",
                "model_id": self.env["ir.model"]._get_id("cartera.recorded"),
                "date_field_id": field("cartera.recorded", "date").id,
                "user_field_id": field("cartera.recorded", "user_id").id,
                "partner_field_id": field("cartera.recorded", "partner_id").id,
                "domain": "[('captured', '=', True)]",
            }
        )
        period = Period.of("month", self.today)
        scopes = [f"user:{user.id}" for user in (self.lucia, self.colleague)]
        figures = indicator._measure(self.company, period, scopes)
        mine = [
            row
            for row in self.rows()
            if row.captured and row.user_id == self.lucia and row.date >= period.start
        ]
        self.assertEqual(figures[indicator, scopes[0]].value, len(mine))
        self.assertFalse(figures.get((indicator, scopes[1])).value)

    # -- neglected accounts -----------------------------------------------------

    def test_neglected(self):
        """Class A and no interaction in the days of the criteria, as the contact coverage counts them."""
        policy = self.env["cartera.policy"]._for(self.company)
        profiles = self.profile | self.other
        profiles._write_unjudged({"abc_revenue": "A"})
        for days, expected in ((90, False), (89, True), (None, True)):
            last = self.today - timedelta(days=days - 1 if days == 90 else 90) if days else False
            self.other._write_unjudged(
                {"last_interaction_date": last, "interaction_count_90d": int(not expected)}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.other.neglected, expected)
            found = self.profiles.search([("neglected", "=", True), ("id", "in", profiles.ids)])
            self.assertEqual(found, self.other if expected else self.other.browse())
            self.assertEqual(self.other.interaction_count_90d == 0, expected)
        self.other._write_unjudged({"abc_revenue": "B"})
        self.env.invalidate_all()
        self.assertFalse(self.other.neglected)
        self.other._write_unjudged(
            {"abc_revenue": "A", "last_interaction_date": self.today - timedelta(days=20)}
        )
        policy.neglected_days = 20
        self.env.invalidate_all()
        self.assertTrue(self.other.neglected)
        with self.assertRaisesRegex(ValidationError, "^Neglected after"):
            policy.neglected_days = 0
