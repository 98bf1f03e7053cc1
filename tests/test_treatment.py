"""Applying a segment's plan by hand: who gets it, who does it, nobody twice."""

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tools import convert_file

from .treatment_case import FREE, LATE, SOON, TreatmentCase

BOTH = {"Llamar": "cartera_salesperson", "Visitar": "admin"}


class TestTreatment(TreatmentCase):
    def test_plan_goes_to_the_accounts_of_the_segment(self):
        mine, other = self.make_members("Mía", "Otra", user=self.seller)
        (soon,) = self.make_members("Después", urgency=SOON, user=self.seller)
        treatment = self.apply(self.late)
        self.assertEqual(self.activities_of(mine), BOTH)
        self.assertEqual(self.activities_of(other), BOTH)
        self.assertEqual(self.activities_of(soon), {})
        self.assertEqual(self.lines_of(mine), [("Ahora", "done", False)])
        self.assertRecordValues(
            treatment,
            [
                {
                    "state": "done",
                    "kind": "hand",
                    "user_id": self.manager.id,
                    "account_count": 2,
                    "done_count": 2,
                    "skipped_count": 0,
                    "activity_count": 4,
                    "open_count": 4,
                    "progress": 100,
                }
            ],
        )

    def test_activities_are_those_of_the_plan(self):
        (account,) = self.make_members("Mía", user=self.seller)
        dialog = self.dialog(self.late)
        dialog.date = "2026-03-10"
        dialog.action_apply()
        found = self.env["mail.activity"].search([("res_id", "=", account.partner_id.id)])
        days = {activity.summary: str(activity.date_deadline) for activity in found}
        self.assertEqual(days, {"Llamar": "2026-03-10", "Visitar": "2026-03-17"})
        self.assertEqual(found.mapped("automated"), [False, False])
        self.assertIn("Recuperar", account.partner_id.message_ids[0].body)
        # The portfolio knows its next action at once.
        self.env.invalidate_all()
        self.assertEqual(str(account.next_action_date), "2026-03-10")

    def test_nobody_gets_it_twice(self):
        first, second = self.make_members("Una", "Dos", user=self.seller)
        self.apply(self.late)
        (third,) = self.make_members("Tres", user=self.seller)
        dialog = self.dialog(self.late)
        self.assertRecordValues(
            dialog.line_ids, [{"account_count": 3, "known_count": 2, "due_count": 1}]
        )
        self.assertEqual((dialog.due_count, dialog.activity_count), (1, 2))
        dialog.action_apply()
        self.assertEqual([len(self.activities_of(p)) for p in (first, second, third)], [2, 2, 2])
        # Even when they are done: it is the same entry.
        self.env["mail.activity"].search([("res_id", "=", first.partner_id.id)]).action_done()
        self.assertEqual(self.dialog(self.late).due_count, 0)
        self.assertFalse(self.apply(self.late))

    def test_it_gets_it_again_when_it_comes_back(self):
        (account,) = self.make_members("Vuelve", user=self.seller)
        self.apply(self.late)
        self.move(account, FREE)
        self.move(account, LATE)
        # Not while the first are open.
        self.assertFalse(self.apply(self.late))
        self.env["mail.activity"].search([("res_id", "=", account.partner_id.id)]).action_done()
        self.apply(self.late)
        self.assertEqual(self.activities_of(account), BOTH)
        self.assertEqual(len(account.treatment_line_ids), 2)

    def test_one_plan_of_two_segments_is_started_once(self):
        other = self.env["cartera.dimension"].create(
            {
                "name": "Otra",
                "code": "otra",
                "segment_ids": [Command.create({"name": "Todas", "plan_id": self.plan.id})],
            }
        )
        (account,) = self.make_members("Mía", user=self.seller)
        self.env["cartera.dimension"]._sort(self.company)
        self.env.invalidate_all()
        self.assertIn(other.segment_ids, account.segment_ids)
        self.apply(account)
        self.assertEqual(len(account.partner_id.activity_ids), 2)
        states = sorted(account.treatment_line_ids.mapped("state"))
        self.assertEqual(states, ["done", "skipped"])

    def test_another_plan_of_the_segment_is_another_treatment(self):
        (account,) = self.make_members("Mía", user=self.seller)
        self.apply(self.late)
        self.late.plan_id = self.make_plan("Otro")
        self.apply(self.late)
        self.assertEqual(len(account.partner_id.activity_ids), 4)

    # -- who does it ------------------------------------------------------

    def test_account_without_salesperson(self):
        """The dialog asks for somebody; the segment may name him."""
        (free,) = self.make_members("Sin nadie")
        dialog = self.dialog(self.late)
        self.assertEqual(dialog.other_user_id, self.manager)
        self.assertEqual(
            dialog.line_ids.responsible, f"without salesperson: 1, {self.boss.name}: 1"
        )
        self.late.treatment_user_id = self.seller
        dialog = self.dialog(self.late)
        self.assertEqual(dialog.other_user_id, self.seller)
        dialog.action_apply()
        self.assertEqual(self.activities_of(free), BOTH)

    def test_salesperson_who_has_left(self):
        (account,) = self.make_members("De antes", user=self.seller)
        self.seller.active = False
        self.apply(self.late)
        self.assertEqual(self.activities_of(account)["Llamar"], self.manager.login)

    def test_one_message_each(self):
        """Ten accounts are one message to their salesperson, not ten."""
        self.make_members(*map(str, range(10)), user=self.seller)
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        treatment = self.apply(self.late)
        told = self.env["mail.message"].search(
            [("id", ">", last), ("message_type", "=", "user_notification")]
        )
        mine = told.filtered(lambda message: self.seller.partner_id in message.notified_partner_ids)
        self.assertEqual(len(mine), 1)
        self.assertIn("Activities for you: 10. Accounts: 10.", mine.body)
        self.assertIn("Recuperar", mine.subject)
        self.assertNotIn("Ahora", mine.subject + mine.body)
        self.assertEqual(treatment.line_ids.mapped("told"), [True] * 10)

    # -- left out ---------------------------------------------------------

    def test_many_are_left_to_the_job(self):
        self.make_members(*map(str, range(101)), user=self.seller)
        treatment = self.apply(self.late)
        self.assertRecordValues(
            treatment, [{"state": "running", "waiting_count": 101, "progress": 0}]
        )
        # What waits is taken: nobody can apply it again.
        self.assertEqual(self.dialog(self.late).due_count, 0)
        leaving = treatment.line_ids[0].profile_id
        self.move(leaving, FREE)
        self.treat()
        self.assertRecordValues(
            treatment, [{"state": "done", "done_count": 100, "skipped_count": 1}]
        )
        self.assertEqual(self.lines_of(leaving), [("Ahora", "skipped", "left")])

    def test_plan_that_is_taken_away_meanwhile(self):
        self.make_members(*map(str, range(101)), user=self.seller)
        treatment = self.apply(self.late)
        self.plan.active = False
        self.treat()
        self.assertEqual(set(treatment.line_ids.mapped("reason")), {"plan"})
        self.assertEqual(treatment.state, "done")

    def test_error_of_one_account_stops_no_other(self):
        good, bad = self.make_members("Bien", "Mal", user=self.seller)
        line = type(self.env["cartera.treatment.line"])
        original = line._prepare_activity_vals

        def fail(lines, treatment, step):
            if step.line.profile_id == bad:
                raise UserError("No se puede")
            return original(lines, treatment, step)

        self.patch(line, "_prepare_activity_vals", fail)
        with self.assertLogs("odoo.addons.crm_cartera", "WARNING"):
            treatment = self.apply(self.late)
        self.assertEqual(self.lines_of(good), [("Ahora", "done", False)])
        self.assertEqual(self.lines_of(bad), [("Ahora", "skipped", "error")])
        self.assertEqual(bad.treatment_line_ids.error, "No se puede")
        self.assertEqual(treatment.skipped_count, 1)
        # What was left out can be tried again.
        self.patch(line, "_prepare_activity_vals", original)
        self.apply(self.late)
        self.assertEqual(self.lines_of(bad), [("Ahora", "done", False)])

    def test_archived_and_excluded_accounts(self):
        gone, out = self.make_members("Archivada", "Fuera", user=self.seller)
        gone.partner_id.active = False
        out.action_exclude()
        self.drain()
        with self.assertRaisesRegex(UserError, "nothing to apply"):
            self.dialog(self.late)

    # -- dialog -----------------------------------------------------------

    def test_selection_of_accounts(self):
        """Of a selection everybody gets the plan of his own segment; two segments are not ticked."""
        self.soon.plan_id = self.make_plan("Cuidar")
        late = self.make_members("Mía", user=self.seller)
        soon = self.make_members("Pronto", urgency=SOON, user=self.seller)
        self.make_members("No elegida", user=self.seller)
        dialog = self.dialog(late | soon)
        self.assertEqual(dialog.line_ids.mapped("selected"), [False, False])
        self.assertEqual(dialog.line_ids.mapped("account_count"), [1, 1])
        with self.assertRaisesRegex(UserError, "at least one segment"):
            dialog.action_apply()
        treatments = self.apply(late | soon)
        self.assertEqual(treatments.segment_id, self.late | self.soon)
        self.assertEqual(len(treatments.line_ids), 2)

    def test_accounts_without_a_plan(self):
        account = self.make_members("Pronto", urgency=SOON)
        with self.assertRaisesRegex(UserError, "None of these accounts"):
            self.dialog(account)

    # -- bad settings -----------------------------------------------------

    def refuses(self, message, segment, **vals):
        with self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
            segment.write(vals)
        self.env.invalidate_all()

    def test_what_a_segment_refuses(self):
        lead = self.env["mail.activity.plan"].create({"name": "Pista", "res_model": "crm.lead"})
        self.refuses("“Pista” is not for contacts", self.soon, plan_id=lead.id)
        self.refuses("choose the activity plan", self.soon, apply_on_entry=True)
        portal = self.make_users("portal")["portal"]
        self.refuses("not an internal user", self.late, treatment_user_id=portal.id)
        other = self.env["res.company"].create({"name": "Otra"})
        self.dimension.company_id = self.company
        plan = self.make_plan("Ajeno", company_id=other.id)
        self.refuses("“Ajeno” is another company's", self.late, plan_id=plan.id)

    def test_plan_of_another_company_is_not_started(self):
        other = self.env["res.company"].create({"name": "Otra"})
        self.plan.company_id = other
        self.plan.template_ids.responsible_type = "on_demand"
        self.make_members("Mía", user=self.seller)
        with self.assertRaisesRegex(UserError, "nothing to apply"):
            self.dialog(self.late)

    def test_merge_keeps_what_was_scheduled(self):
        kept, folded = self.make_members("Queda", "Sobra", user=self.seller)
        self.apply(folded.browse(folded.id))
        self.assertEqual(self.lines_of(folded), [("Ahora", "done", False)])
        partners = kept.partner_id | folded.partner_id
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(partners.ids, kept.partner_id)
        self.env.invalidate_all()
        self.assertEqual(self.lines_of(kept), [("Ahora", "done", False)])
        self.assertEqual(kept.treatment_line_ids.open_count, 2)
        # Its activities are open: the plan is not started again.
        self.assertFalse(self.apply(self.late))

    def test_plan_of_the_demo(self):
        """It is loaded on top of the shipped segments."""
        convert_file(
            self.env, "crm_cartera", "demo/cartera_treatment_demo.xml", {}, "init", noupdate=True
        )
        plan = self.env.ref("crm_cartera.demo_plan_win_back")
        self.assertEqual(len(plan.template_ids), 2)
        self.assertEqual(self.env.ref("crm_cartera.cartera_segment_rfm_at_risk").plan_id, plan)

    def test_date_of_the_plan_is_today(self):
        self.make_members("Mía", user=self.seller)
        self.assertEqual(self.dialog(self.late).date, fields.Date.context_today(self.late))
