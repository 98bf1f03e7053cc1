"""What goes with an account that is handed over, and what stays; the oracle is naive, with the ORM."""

from odoo import Command, fields
from odoo.exceptions import ValidationError

from .handover_case import HandoverCase

OWNED = ("res.partner", "crm.lead", "mail.activity", "calendar.event")


class TestHandover(HandoverCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.make_portfolio("Ferretería Gómez", "Taller Paco")
        cls.other = cls.make_portfolio("Bodegas Sol", user=cls.carla)
        account = cls.first.partner_id
        people = cls.env["res.partner"]
        cls.ours = people.create({"name": "Luis", "parent_id": account.id, "user_id": cls.ana.id})
        cls.theirs = people.create(
            {"name": "Marta", "parent_id": account.id, "user_id": cls.carla.id}
        )
        cls.lead = cls.make_lead(account, user_id=cls.ana.id)
        cls.foreign_lead = cls.make_lead(account, user_id=cls.carla.id)
        cls.lost = cls.make_lead(account, user_id=cls.ana.id)
        cls.lost.action_set_lost()
        cls.won = cls.make_lead(account, user_id=cls.ana.id)
        cls.won.action_set_won()
        cls.call = cls.make_activity(account, cls.ana)
        cls.of_lead = cls.make_activity(cls.lead, cls.ana)
        cls.of_person = cls.make_activity(cls.ours, cls.ana)
        cls.done = cls.make_activity(account, cls.ana)
        cls.done.action_feedback()
        cls.of_carla = cls.make_activity(account, cls.carla)
        cls.meeting = cls.make_meeting(account, cls.ana)
        cls.past = cls.make_meeting(account, cls.ana, days=-5)
        cls.private = cls.make_meeting(account, cls.ana, privacy="private")
        cls.invited = cls.make_meeting(account | cls.ana.partner_id, cls.carla)
        cls.drain()

    def owners(self):
        """Return {(model, id): user} of everything there is."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            (model, record.id): record.user_id
            for model in OWNED
            for record in self.env[model].with_context(active_test=False).search([])
        }

    def expected(self, profiles, old, new):
        """Return what :meth:`owners` says afterwards, found record by record."""
        accounts = profiles.partner_id
        now = fields.Datetime.now()
        expected = self.owners()
        for (model, res_id), user in self.owners().items():
            record = self.env[model].with_context(active_test=False).browse(res_id)
            if user != old:
                continue
            if model == "res.partner":
                goes = record.commercial_partner_id in accounts
            elif model == "crm.lead":
                goes = record.partner_id.commercial_partner_id in accounts
                goes = goes and record.active and record.won_status == "pending"
            elif model == "mail.activity":
                target = self.env[record.res_model].browse(record.res_id)
                partner = target if target._name == "res.partner" else target.partner_id
                goes = record.active and partner.commercial_partner_id in accounts
            else:
                goes = record.partner_ids.commercial_partner_id & accounts
                goes = goes and record.start > now and record.privacy != "private"
            if goes:
                expected[model, res_id] = new
        return expected

    def test_as_the_oracle_says(self):
        expected = self.expected(self.first | self.second, self.ana, self.bea)
        moved = {key for key, user in expected.items() if user == self.bea}
        self.assertEqual(len(moved), 8)
        dialog = self.plan(self.first | self.second, self.bea)
        counts = (
            dialog.account_count,
            dialog.contact_count,
            dialog.lead_count,
            dialog.activity_count,
            dialog.meeting_count,
            dialog.private_count,
        )
        self.assertEqual(counts, (2, 1, 1, 3, 1, 1))
        self.assertIn("Ana", dialog.preview)
        handover = self.hand_over(self.first | self.second, self.bea)
        self.assertEqual(self.owners(), expected)
        self.assertEqual(handover.state, "done")
        self.assertEqual(handover.account_count, 2)
        lines = self.lines_of(handover)
        self.assertEqual(
            {key for key, (state, _reason) in lines.items() if state == "moved"},
            {
                ("account", self.first.partner_id.id),
                ("account", self.second.partner_id.id),
                ("contact", self.ours.id),
                ("lead", self.lead.id),
                *(("activity", a.id) for a in self.call | self.of_lead | self.of_person),
                ("meeting", self.meeting.id),
            },
        )
        self.assertEqual(lines["meeting", self.private.id], ("skipped", "private"))
        private = handover.line_ids.filtered(lambda line: line.reason == "private")
        self.assertEqual(private.mapped("label"), [False])
        self.drain()
        self.assertEqual((self.first | self.second).user_id, self.bea)

    def test_attendees_change_without_mail(self):
        mails = self.env["mail.mail"].search([])
        messages = self.env["mail.message"].search([])
        self.hand_over(self.first, self.bea)
        self.assertEqual(self.meeting.partner_ids, self.first.partner_id | self.bea.partner_id)
        self.assertEqual(self.meeting.attendee_ids.partner_id, self.meeting.partner_ids)
        self.assertEqual(self.invited.user_id, self.carla)
        self.assertIn(self.ana.partner_id, self.invited.partner_ids)
        new = self.env["mail.message"].search([]) - messages
        told = new.filtered(lambda message: message.message_type == "user_notification")
        self.assertEqual(told.notified_partner_ids, self.bea.partner_id)
        self.assertLessEqual((self.env["mail.mail"].search([]) - mails).mail_message_id, told)

    def test_note_in_the_history_of_the_account(self):
        handover = self.hand_over(self.first, self.bea)
        notes = self.first.partner_id.message_ids.filtered(
            lambda message: "Ana → Bea" in (message.body or "")
        )
        self.assertEqual(len(notes), 1)
        self.assertEqual(notes.author_id, self.boss.partner_id)
        self.assertEqual(self.first.handover_line_ids.handover_id, handover)

    def test_recurring_meeting(self):
        """Each date that has not begun changes hands; the past ones stay."""
        series = self.make_meeting(
            self.second.partner_id,
            self.ana,
            days=-8,
            recurrency=True,
            rrule_type="weekly",
            interval=1,
            end_type="count",
            count=4,
            **dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun")[:7], True),
        )
        dates = series.recurrence_id.calendar_event_ids
        now = fields.Datetime.now()
        future = dates.filtered(lambda date: date.start > now)
        past = dates - future
        self.hand_over(self.second, self.bea)
        self.assertEqual(future.user_id, self.bea if future else future.user_id)
        self.assertLessEqual(past.user_id, self.ana)

    def test_several_share_them_out(self):
        profiles = self.make_portfolio(*[f"Cuenta {number}" for number in range(7)])
        handover = self.hand_over(profiles, self.bea | self.carla)
        counts = [
            len(profiles.filtered(lambda p, u=u: p.partner_id.user_id == u))
            for u in handover.to_user_ids
        ]
        self.assertEqual(sorted(counts), [3, 4])

    def test_accounts_of_somebody(self):
        """Of a filter only the accounts of those who are named."""
        self.hand_over(
            self.first | self.other,
            self.bea,
            domain="[('name', 'in', ['Ferretería Gómez', 'Bodegas Sol'])]",
            from_user_ids=[Command.set(self.ana.ids)],
        )
        self.assertEqual(self.first.partner_id.user_id, self.bea)
        self.assertEqual(self.other.partner_id.user_id, self.carla)

    def test_salesperson_who_has_left(self):
        self.ana.active = False
        handover = self.hand_over(
            self.first, self.bea, domain="[]", from_user_ids=[Command.set(self.ana.ids)]
        )
        self.assertEqual((self.first | self.second).partner_id.user_id, self.bea)
        self.assertEqual(handover.account_count, 2)

    def test_nobodys_account(self):
        free = self.make_portfolio("Plaza", user=self.env["res.users"])
        lead = self.make_lead(free.partner_id, user_id=False)
        mine = self.make_lead(free.partner_id, user_id=self.ana.id)
        self.drain()
        self.hand_over(free, self.bea)
        self.assertEqual(lead.user_id, self.bea)
        self.assertEqual(mine.user_id, self.ana)

    def test_team_goes_with_the_salesperson(self):
        teams = self.env["crm.team"].create(
            [
                {"name": "Norte", "member_ids": [Command.set(self.ana.ids)]},
                {"name": "Sur", "member_ids": [Command.set(self.bea.ids)]},
            ]
        )
        self.lead.team_id = teams[0]
        handover = self.hand_over(self.first, self.bea)
        self.assertEqual(self.lead.team_id, teams[1])
        self.undo(handover)
        self.assertEqual(self.lead.team_id, teams[0])

    def test_who_cannot_get_accounts(self):
        company = self.env["res.company"].create({"name": "Otra"})
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "ho_portal",
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        stranger = self.make_seller(
            "dora", company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        left = self.make_seller("eva")
        left.active = False
        for users, words in (
            (portal, "Portal is not an internal user"),
            (stranger, "Dora has no access to"),
            (left, "Eva is archived"),
            (self.env["res.users"], "choose at least one"),
        ):
            with self.assertRaisesRegex(ValidationError, f"^To: {words}"):
                self.plan(self.first, users).action_handover()
        with self.assertRaisesRegex(ValidationError, "^Which accounts: "):
            self.plan(self.first, self.bea, domain="nonsense").action_handover()
        with self.assertRaisesRegex(ValidationError, "^Which accounts: say which"):
            self.plan(self.first, self.bea, domain="[]").action_handover()
        self.assertTrue(self.plan(self.first, self.bea, domain="nonsense").error)
        self.assertEqual(self.first.partner_id.user_id, self.ana)
