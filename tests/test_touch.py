"""Every change of a document touches its account: a drain afterwards has the new figures.

Nothing here runs a full refresh; what is checked came through the queue.
"""

from odoo import Command
from odoo.tests import freeze_time

from .common import CarteraCase, day


@freeze_time("2024-05-15 12:00:00")
class TestTouch(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "manager")
        cls.seller = cls.users["salesperson"]
        cls.account, cls.other = cls.make_account(), cls.make_account("Suministros Ruiz")
        cls.contact = cls.env["res.partner"].create({"name": "Ana", "parent_id": cls.account.id})
        cls.profile = cls.profiles._ensure(cls.account)
        cls.other_profile = cls.profiles._ensure(cls.other)
        cls.drain()

    def now(self, name, profile=None):
        """Return a figure after a drain."""
        self.drain()
        return (profile or self.profile)[name]

    def assert_now(self, name, value, profile=None):
        found = self.now(name, profile)
        self.assertEqual(
            found, day(value) if isinstance(value, str) and value[:1] == "2" else value
        )

    # -- invoices -----------------------------------------------------------

    def test_invoice_that_changes_its_account(self):
        invoice = self.make_invoice(self.account, "2024-03-01")
        self.assert_now("purchase_count", 1)
        invoice.button_draft()
        self.assert_now("purchase_count", 0)
        invoice.partner_id = self.other
        invoice.action_post()
        self.assert_now("purchase_count", 0)
        self.assert_now("purchase_count", 1, self.other_profile)
        self.assert_now("lifecycle", "prospect")

    def test_invoice_that_changes_its_date(self):
        invoice = self.make_invoice(self.account, "2024-03-01")
        invoice.button_draft()
        invoice.invoice_date = "2024-02-01"
        invoice.action_post()
        self.assert_now("client_date", "2024-02-01")
        self.assert_now("last_purchase_date", "2024-02-01")

    def test_receipt_and_free_invoice(self):
        self.make_invoice(self.account, "2024-03-01", 0)
        self.assert_now("purchase_count", 0)
        self.make_invoice(self.account, "2024-03-01", move_type="out_receipt")
        self.assert_now("purchase_count", 1)

    def test_refund_that_goes_away(self):
        invoice = self.make_invoice(self.account, "2024-03-01")
        refund = self.reverse(invoice, "2024-03-02")
        self.assert_now("lifecycle", "prospect")
        refund.button_draft()
        self.assert_now("lifecycle", "client")
        refund.action_post()
        self.assert_now("lifecycle", "prospect")
        refund.button_draft()
        refund.unlink()
        self.assert_now("lifecycle", "client")

    def test_vendor_bill(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.account.id,
                "invoice_date": "2024-03-01",
                "invoice_line_ids": [
                    Command.create({"name": "x", "price_unit": 5, "tax_ids": False})
                ],
            }
        )
        self.drain()
        bill.action_post()
        self.assertFalse(self.env["cartera.touch"].search([]), "a vendor's bill touches nobody")

    # -- leads --------------------------------------------------------------

    def test_lead(self):
        lead = self.make_lead(self.contact, "2024-04-01")
        self.assert_now("lifecycle", "lead")
        self.assert_now("open_opportunity_count", 1)
        lead.partner_id = self.other
        self.assert_now("lifecycle", "prospect")
        self.assert_now("lifecycle", "lead", self.other_profile)
        lead.partner_id = False
        self.assert_now("lifecycle", "prospect", self.other_profile)
        lead.partner_id = self.account
        self.assert_now("open_opportunity_count", 1)
        lead.action_set_lost()
        self.assert_now("open_opportunity_count", 0)
        lead.action_unarchive()
        self.assert_now("open_opportunity_count", 1)
        lead.action_set_won()
        self.assert_now("open_opportunity_count", 0)
        self.assert_now("lifecycle", "lead")
        lead.unlink()
        self.assert_now("lifecycle", "prospect")

    def test_lead_of_type_lead_is_no_open_opportunity(self):
        lead = self.make_lead(self.account, "2024-04-01", type="lead")
        self.assert_now("open_opportunity_count", 0)
        lead.type = "opportunity"
        self.assert_now("open_opportunity_count", 1)

    # -- activities and meetings ----------------------------------------------

    def plan(self, record, when):
        return record.activity_schedule(
            "mail.mail_activity_data_call", date_deadline=when, user_id=self.seller.id
        )

    def test_activity(self):
        lead = self.make_lead(self.account, "2024-04-01")
        for record in (self.account, self.contact, lead):
            with self.subTest(model=record._name):
                activity = self.plan(record, "2024-06-01")
                self.assert_now("next_action_date", "2024-06-01")
                activity.date_deadline = "2024-06-02"
                self.assert_now("next_action_date", "2024-06-02")
                activity.user_id = self.users["manager"]
                self.assert_now("next_action_user_id", self.users["manager"])
                activity.action_done()
                self.assert_now("next_action_date", False)
                self.assert_now("last_interaction_date", "2024-05-15")
                activity.unlink()
                self.assert_now("last_interaction_date", False)

    def test_activity_of_another_record(self):
        activity = self.plan(self.account, "2024-06-01")
        self.drain()
        activity.res_id = self.other.id
        self.assert_now("next_action_date", False)
        self.assert_now("next_action_date", "2024-06-01", self.other_profile)
        activity.unlink()
        self.assert_now("next_action_date", False, self.other_profile)

    def test_meeting(self):
        meeting = self.env["calendar.event"].create(
            {
                "name": "Visita",
                "start": "2024-06-01 10:00:00",
                "stop": "2024-06-01 11:00:00",
                "partner_ids": [Command.set(self.contact.ids)],
            }
        )
        self.assert_now("next_action_date", "2024-06-01")
        meeting.write({"start": "2024-06-03 10:00:00", "stop": "2024-06-03 11:00:00"})
        self.assert_now("next_action_date", "2024-06-03")
        meeting.partner_ids = self.other
        self.assert_now("next_action_date", False)
        self.assert_now("next_action_date", "2024-06-03", self.other_profile)
        meeting.user_id = self.seller
        self.assert_now("next_action_user_id", self.seller, self.other_profile)
        meeting.privacy = "private"
        self.assertFalse(self.now("next_action_user_id", self.other_profile))
        meeting.active = False
        self.assert_now("next_action_date", False, self.other_profile)
        meeting.active = True
        self.assert_now("next_action_date", "2024-06-03", self.other_profile)
        meeting.unlink()
        self.assert_now("next_action_date", False, self.other_profile)

    def test_meeting_of_a_lead(self):
        lead = self.make_lead(self.account, "2024-04-01")
        meeting = self.env["calendar.event"].create(
            {"name": "Visita", "start": "2024-06-01 10:00:00", "stop": "2024-06-01 11:00:00"}
        )
        self.assert_now("next_action_date", False)
        meeting.opportunity_id = lead
        self.assert_now("next_action_date", "2024-06-01")
        meeting.opportunity_id = False
        self.assert_now("next_action_date", False)

    def test_activity_that_becomes_a_meeting(self):
        """A meeting planned from an activity moves with it."""
        activity = self.account.activity_schedule(
            "mail.mail_activity_data_meeting", date_deadline="2024-06-01", user_id=self.seller.id
        )
        meeting = self.env["calendar.event"].create(
            {
                "name": "Visita",
                "start": "2024-06-01 10:00:00",
                "stop": "2024-06-01 11:00:00",
                "activity_ids": [Command.link(activity.id)],
                "partner_ids": [Command.set(self.account.ids)],
            }
        )
        self.assert_now("next_action_date", "2024-06-01")
        meeting.write({"start": "2024-06-05 10:00:00", "stop": "2024-06-05 11:00:00"})
        self.assert_now("next_action_date", "2024-06-05")

    # -- messages ---------------------------------------------------------------

    def test_message(self):
        message = self.account.message_post(
            body="Hola", message_type="email", author_id=self.contact.id
        )
        self.assert_now("last_interaction_kind", "email")
        message.unlink()
        self.assert_now("last_interaction_kind", False)
        lead = self.make_lead(self.contact, "2024-04-01")
        message = lead.message_post(
            body="Hola", message_type="comment", partner_ids=self.contact.ids
        )
        self.assert_now("last_interaction_kind", "comment")
        lead.unlink()
        self.assert_now("last_interaction_kind", False)

    # -- contacts -----------------------------------------------------------------

    def test_contact_data(self):
        self.account.name = "Ferretería Gómez e Hijos"
        self.assert_now("name", "Ferretería Gómez e Hijos")
        self.account.user_id = self.seller
        self.assert_now("user_id", self.seller)
        self.account.active = False
        self.assert_now("active", False)
        self.account.active = True
        self.assert_now("active", True)

    def test_contact_that_moves_to_another_account(self):
        self.make_lead(self.contact, "2024-04-01")
        self.assert_now("lifecycle", "lead")
        self.contact.parent_id = self.other
        self.assert_now("lifecycle", "prospect")
        self.assert_now("lifecycle", "lead", self.other_profile)

    def test_contact_that_leaves(self):
        """A person who becomes an account of her own takes her leads along."""
        self.make_lead(self.contact, "2024-04-01")
        self.assert_now("lifecycle", "lead")
        self.contact.parent_id = False
        self.assert_now("lifecycle", "prospect")
        self.assertEqual(self.profile_of(self.contact).lifecycle, "lead")

    def test_contact_that_is_deleted(self):
        self.make_lead(self.contact, "2024-04-01", contact_name="Ana")
        self.plan(self.contact, "2024-06-01")
        self.assert_now("lifecycle", "lead")
        self.assert_now("next_action_date", "2024-06-01")
        self.contact.unlink()
        self.assert_now("next_action_date", False)
        self.assert_now("lifecycle", "prospect")
