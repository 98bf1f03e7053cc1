"""Browser test of the dialog that records a contact."""

from datetime import timedelta

from odoo import Command
from odoo.tests import new_test_user

from .common import CarteraHttpCase


class TestToursCapture(CarteraHttpCase):
    def test_incident_from_the_account(self):
        """From the button on the account to the next action on it."""
        user = new_test_user(
            self.env, login="cartera_lucia", groups="sales_team.group_sale_salesman", name="Lucía"
        )
        partner = self.make_account("Bodegas Ribera", user_id=user.id)
        profile = self.profiles._ensure(partner, self.company)
        phone = self.env["ir.model.fields"]._get("res.partner", "phone")
        profile.sudo().stage_id.wanted_field_ids = [Command.set(phone.ids)]
        self.drain()
        address = f"/odoo/cartera/{profile.id}"
        self.start_tour(address, "cartera_capture", login=user.login)
        done = self.env["mail.activity"].with_context(active_test=False)
        activity = done.search([("cartera_kind_id.code", "=", "incident")])
        self.assertEqual(activity.res_id, partner.id)
        self.assertEqual(activity.cartera_problem, "Llegó roto")
        self.assertEqual(activity.feedback, "Se lo cambiamos")
        self.assertEqual(activity.cartera_recorded_by_id, user)
        self.assertTrue(activity.cartera_outcome_id)
        due = self.env["mail.activity"].search([("res_id", "=", partner.id)])
        self.assertEqual(due.date_deadline, activity.date_done + timedelta(days=7))
        self.assertEqual(due.user_id, user)
        self.assertEqual(partner.phone, "612 345 678")
