"""Taking a hand-over back: what still stands goes back, what changed since stays and says so."""

from odoo.exceptions import UserError

from .handover_case import HandoverCase


class TestHandoverUndo(HandoverCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.make_portfolio("Ferretería Gómez", "Taller Paco")
        cls.lead = cls.make_lead(cls.first.partner_id, user_id=cls.ana.id)
        cls.call = cls.make_activity(cls.first.partner_id, cls.ana)
        cls.mail = cls.make_activity(cls.lead, cls.ana, "Escribir")
        cls.meeting = cls.make_meeting(cls.first.partner_id, cls.ana)
        cls.visit = cls.make_meeting(cls.second.partner_id, cls.ana)
        cls.drain()

    def test_all_that_stands_goes_back(self):
        meetings = self.meeting | self.visit
        before = [meeting.partner_ids for meeting in meetings]
        handover = self.hand_over(self.first | self.second, self.bea)
        for meeting, people in zip(meetings, before, strict=True):
            new = people - self.ana.partner_id | self.bea.partner_id
            self.assertEqual(meeting.partner_ids, new)
            self.assertEqual(meeting.attendee_ids.partner_id, new)
        self.undo(handover)
        self.assertEqual(handover.state, "undone")
        self.assertEqual(handover.undone_by_id, self.boss)
        self.assertEqual(set(self.lines_of(handover).values()), {("undone", False)})
        for record in (self.first.partner_id, self.second.partner_id, self.lead):
            self.assertEqual(record.user_id, self.ana)
        self.assertEqual((self.call | self.mail | self.meeting.activity_ids).user_id, self.ana)
        self.assertEqual(meetings.user_id, self.ana)
        for meeting, people in zip(meetings, before, strict=True):
            self.assertEqual(meeting.partner_ids, people)
            self.assertEqual(meeting.attendee_ids.partner_id, people)
        self.assertEqual(handover.undone_count, 7)
        with self.assertRaises(UserError):
            self.undo(handover)

    def test_what_changed_since_stays(self):
        handover = self.hand_over(self.first | self.second, self.bea)
        self.second.partner_id.user_id = self.carla
        self.lead.action_set_lost()
        self.call.action_feedback()
        self.meeting.unlink()
        self.undo(handover)
        lines = self.lines_of(handover)
        self.assertEqual(self.second.partner_id.user_id, self.carla)
        self.assertEqual(lines["account", self.second.partner_id.id], ("moved", "changed"))
        self.assertEqual(lines["lead", self.lead.id], ("moved", "closed"))
        self.assertEqual(lines["activity", self.call.id], ("moved", "closed"))
        self.assertEqual(self.lead.user_id, self.bea)
        self.assertEqual(self.first.partner_id.user_id, self.ana)
        self.assertEqual(
            {reason for (kind, _id), (_state, reason) in lines.items() if kind == "meeting"},
            {"gone", False},
        )

    def test_attendee_who_was_there_before_stays(self):
        self.meeting.with_context(no_mail_to_attendees=True).partner_ids |= self.bea.partner_id
        before = self.meeting.partner_ids
        handover = self.hand_over(self.first, self.bea)
        self.assertEqual(self.meeting.partner_ids, before - self.ana.partner_id)
        self.undo(handover)
        self.assertEqual(self.meeting.partner_ids, before)

    def test_two_hand_overs_in_a_row(self):
        """The first one gives nothing back that the second one has moved on."""
        first = self.hand_over(self.first, self.bea)
        second = self.hand_over(self.first, self.carla)
        self.undo(first)
        self.assertEqual(self.first.partner_id.user_id, self.carla)
        self.undo(second)
        self.assertEqual(self.first.partner_id.user_id, self.bea)

    def test_changed_between_claim_and_move(self):
        """What somebody gave away meanwhile stays where it is."""
        self.patch(type(self.env["cartera.handover"]), "_work_now", lambda *_args: None)
        handover = self.hand_over(self.first, self.bea)
        self.assertEqual(handover.state, "running")
        self.assertEqual(handover.progress, 0)
        self.lead.user_id = self.carla
        self.call.action_feedback()
        handover._do_next(0, handover.ids)
        handover._finish_own(handover.ids)
        self.env.invalidate_all()
        lines = self.lines_of(handover)
        self.assertEqual(lines["lead", self.lead.id], ("skipped", "changed"))
        self.assertEqual(lines["activity", self.call.id], ("skipped", "closed"))
        self.assertEqual(self.first.partner_id.user_id, self.bea)
        self.assertEqual((handover.state, handover.progress), ("done", 100))

    def test_one_record_that_fails_does_not_stop_the_others(self):
        write = type(self.env["crm.lead"]).write

        def refuse(leads, vals):
            if "user_id" in vals:
                raise UserError("No")
            return write(leads, vals)

        self.patch(type(self.env["crm.lead"]), "write", refuse)
        with self.assertLogs("odoo.addons.crm_cartera", "WARNING"):
            handover = self.hand_over(self.first, self.bea)
        line = handover.line_ids.filtered(lambda line: line.kind == "lead")
        self.assertEqual((line.state, line.reason, line.error), ("skipped", "error", "No"))
        self.assertEqual(self.first.partner_id.user_id, self.bea)
        self.assertEqual(self.meeting.user_id, self.bea)
