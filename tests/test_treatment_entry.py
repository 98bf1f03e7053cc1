"""The plan on entry: once each time an account enters, in the background."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import Form

from .treatment_case import FREE, LATE, SOON, TreatmentCase


class TestTreatmentEntry(TreatmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls.make_members("Ya estaba", user=cls.seller)
        cls.late.apply_on_entry = True
        cls.cron = cls.env.ref("crm_cartera.cron_treatment")
        cls.env["ir.cron.trigger"].search([("cron_id", "=", cls.cron.id)]).unlink()

    def woken(self):
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)])

    def test_entry_gets_the_plan_in_the_background(self):
        (account,) = self.make_members("Entra", user=self.seller)
        # The drain only wakes the job.
        self.assertEqual(self.activities_of(account), {})
        self.assertGreater(self.woken(), 0)
        self.treat()
        self.assertEqual(
            self.activities_of(account), {"Llamar": self.seller.login, "Visitar": "admin"}
        )
        activities = account.partner_id.activity_ids
        self.assertEqual(set(activities.mapped("automated")), {True})
        self.assertEqual(activities.create_uid, self.env.ref("base.user_root"))
        treatment = account.treatment_line_ids.treatment_id
        self.assertRecordValues(
            treatment, [{"kind": "entry", "state": "done", "user_id": False, "done_count": 1}]
        )

    def test_those_that_are_in_it_already_have_not_entered(self):
        self.treat()
        self.assertEqual(self.activities_of(self.before), {})
        # By hand they can get it.
        self.apply(self.before)
        self.assertEqual(len(self.activities_of(self.before)), 2)

    def test_once_for_each_entry(self):
        (account,) = self.make_members("Entra", user=self.seller)
        self.treat()
        self.treat()
        self.assertEqual(len(account.treatment_line_ids), 1)
        account.partner_id.activity_ids.action_done()
        self.treat()
        self.assertEqual(self.activities_of(account), {})
        self.move(account, FREE)
        self.move(account, LATE)
        self.treat()
        self.assertEqual(len(self.activities_of(account)), 2)
        self.assertEqual(len(account.treatment_line_ids), 2)

    def test_back_while_the_first_are_open(self):
        """It is noted, and settled: the plan does not start again when the first are done."""
        (account,) = self.make_members("Vuelve", user=self.seller)
        self.treat()
        self.move(account, FREE)
        self.move(account, LATE)
        self.treat()
        self.assertEqual(
            self.lines_of(account), [("Ahora", "done", False), ("Ahora", "skipped", "known")]
        )
        account.partner_id.activity_ids.action_done()
        self.treat()
        self.assertEqual(self.activities_of(account), {})

    def test_left_before_the_job_came(self):
        (account,) = self.make_members("De paso", user=self.seller)
        self.move(account, SOON)
        self.treat()
        self.assertEqual(self.lines_of(account), [])

    def test_rule_that_changes_is_no_entry(self):
        (account,) = self.make_members("Entra por regla", urgency=SOON, user=self.seller)
        self.late.domain = f"[('urgency', 'in', ['{LATE}', '{SOON}'])]"
        self.env["cartera.dimension"]._sort(self.company)
        self.env.invalidate_all()
        self.assertIn(self.late, account.segment_ids)
        self.treat()
        self.assertEqual(self.lines_of(account), [])

    def test_segment_without_plan_on_entry_wakes_nobody(self):
        self.make_members("Otra", urgency=SOON)
        self.assertEqual(self.woken(), 0)

    def test_nobody_to_do_it(self):
        """Without a salesperson it is left out, and listed; the segment can name somebody."""
        (first,) = self.make_members("Sin nadie")
        self.treat()
        self.assertEqual(self.lines_of(first), [("Ahora", "skipped", "nobody")])
        self.assertEqual(self.activities_of(first), {})
        self.late.treatment_user_id = self.manager
        (second,) = self.make_members("Tampoco")
        self.treat()
        self.assertEqual(self.activities_of(second)["Llamar"], self.manager.login)
        # Settled is settled, but by hand it can be done.
        self.assertEqual(self.activities_of(first), {})
        self.apply(first)
        self.assertEqual(self.activities_of(first)["Llamar"], self.manager.login)

    def test_entries_of_a_day_are_one_treatment(self):
        one = self.make_members("Una", user=self.seller)
        self.treat()
        two = self.make_members("Dos", user=self.seller)
        self.treat()
        treatment = (one | two).treatment_line_ids.treatment_id
        self.assertEqual((len(treatment), treatment.done_count), (1, 2))
        told = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("subject", "ilike", "Recuperar")]
        )
        mine = told.filtered(lambda message: self.seller.partner_id in message.notified_partner_ids)
        self.assertEqual(
            [("Activities for you: 1. Accounts: 1." in message.body) for message in mine],
            [True, True],
        )

    def test_old_entries_are_left(self):
        """A job that stood still for months does not start what nobody expects any more."""
        (account,) = self.make_members("Antigua", user=self.seller)
        self.env.cr.execute(
            "UPDATE cartera_segment_move SET date = %s WHERE profile_id = %s",
            (fields.Date.today() - timedelta(days=31), account.id),
        )
        self.treat()
        self.assertEqual(self.lines_of(account), [])

    def test_switching_on_again_counts_from_then(self):
        (account,) = self.make_members("Entra", user=self.seller)
        self.late.apply_on_entry = False
        self.treat()
        self.late.apply_on_entry = True
        self.treat()
        self.assertEqual(self.lines_of(account), [])

    def test_full_run_wakes_the_job(self):
        account = self.make_members("Por la noche", urgency=SOON, user=self.seller)
        self.env.cr.execute("UPDATE cartera_profile SET urgency = '3' WHERE id = %s", account.ids)
        self.env.invalidate_all()
        self.env["cartera.engine"]._run_all(self.company)
        self.assertGreater(self.woken(), 0)
        self.treat()
        self.assertEqual(len(self.activities_of(account)), 2)

    def test_every_company_by_itself(self):
        """A segment of all companies; each gets a treatment of its own, with its own day."""
        other = self.env["res.company"].create({"name": "Otra"})
        mine = self.make_members("Mía", user=self.seller)
        self.env.user.company_ids |= other
        theirs = self.profiles.with_company(other).create(
            {"name": "Suya", "company_id": other.id, "urgency": LATE, "user_id": self.manager.id}
        )
        self.env["cartera.dimension"]._sort(other)
        # The first sorting of a company is no entry of anybody.
        self.treat()
        self.assertEqual(self.lines_of(theirs), [])
        theirs.urgency = FREE
        self.sort(theirs)
        theirs.urgency = LATE
        self.sort(theirs)
        self.treat()
        treatments = (mine | theirs).treatment_line_ids.treatment_id
        self.assertEqual(treatments.mapped("company_id"), self.company | other)
        self.assertEqual(theirs.treatment_line_ids.company_id, other)

    def test_next_activity_belongs_to_the_treatment(self):
        """The plan of an account is open until the chain of its activities ends."""
        call = self.env.ref("mail.mail_activity_data_call")
        call.write(
            {
                "chaining_type": "trigger",
                "triggered_next_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            }
        )
        (account,) = self.make_members("Entra", user=self.seller)
        self.treat()
        first = account.partner_id.activity_ids.filtered(lambda a: a.activity_type_id == call)
        first.with_user(self.seller).action_done()
        line = account.treatment_line_ids
        self.assertEqual(line.open_count, 2)

    def test_form(self):
        """An admin chooses plan and entry on the segment's page."""
        with Form(self.soon.with_user(self.manager)) as form:
            form.plan_id = self.plan
            form.apply_on_entry = True
            form.treatment_user_id = self.seller
        self.assertGreater(self.soon.entry_after_id, 0)

    def test_import_and_export_of_segments(self):
        """What is copied or created with the plan on entry begins to count then."""
        copied = self.dimension.copy({"code": "copia"})
        self.assertEqual(copied.segment_ids.mapped("apply_on_entry"), [True, False])
        self.assertEqual(copied.segment_ids[0].entry_after_id, self.late.entry_after_id)
        new = self.env["cartera.dimension"].create(
            {
                "name": "Nueva",
                "code": "nueva",
                "segment_ids": [
                    Command.create(
                        {"name": "Todas", "plan_id": self.plan.id, "apply_on_entry": True}
                    )
                ],
            }
        )
        self.assertGreater(new.segment_ids.entry_after_id, 0)
