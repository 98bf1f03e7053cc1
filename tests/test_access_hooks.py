"""People who work elsewhere in Odoo never meet our rights, and their work reaches the portfolio."""

from odoo import Command
from odoo.tests import freeze_time, new_test_user

from .common import CarteraCase, day

INVOICING = "account.group_account_invoice,base.group_partner_manager"


@freeze_time("2024-05-15 12:00:00")
class TestHooksOfOthers(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.internal = new_test_user(
            cls.env, login="cartera_internal", groups="base.group_user,base.group_partner_manager"
        )
        cls.admin = new_test_user(
            cls.env, login="cartera_admin", groups=f"base.group_system,{INVOICING}"
        )
        cls.biller = new_test_user(cls.env, login="cartera_biller", groups=INVOICING)
        cls.account = cls.make_account()
        cls.contact = cls.env["res.partner"].create({"name": "Ana", "parent_id": cls.account.id})
        cls.portal = new_test_user(
            cls.env, login="cartera_ana", groups="base.group_portal", partner_id=cls.contact.id
        )
        cls.profile = cls.profiles._ensure(cls.account)
        cls.drain()

    def now(self, name):
        self.drain()
        return self.profile[name]

    def test_biller(self):
        """Invoices, posts, corrects and deletes; keeps the contacts."""
        env = self.env(user=self.biller.id, su=False)
        move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.account.id,
                "invoice_date": "2024-05-01",
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": self.product.id, "price_unit": 10, "tax_ids": False}
                    )
                ],
            }
        )
        move.action_post()
        self.assertEqual(self.now("lifecycle"), "client")
        move.button_draft()
        self.assertEqual(self.now("lifecycle"), "prospect")
        move.button_cancel()
        move.unlink()
        self.account.with_user(self.biller).write({"name": "Gómez SL", "phone": "600"})
        self.assertEqual(self.now("name"), "Gómez SL")
        partner = env["res.partner"].create({"name": "Nueva", "is_company": True})
        partner.parent_id = self.account.id
        partner.unlink()
        self.assertTrue(self.now("active"))

    def test_biller_where_new_companies_join(self):
        self.env["cartera.policy"]._for(self.company).take_in_companies = True
        partners = self.env["res.partner"].with_user(self.biller)
        partner = partners.create({"name": "Nueva", "is_company": True})
        self.assertEqual(self.profile_of(partner).origin, "policy")

    def test_administrator_merges_contacts(self):
        self.assertFalse(self.admin.has_group("sales_team.group_sale_salesman"))
        other = self.make_account("Gómez")
        self.profiles._ensure(other).note = "Paga a 30 días"
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.admin).create({})
        wizard._merge((self.account | other).ids, self.account)
        self.assertEqual(self.now("note"), "Paga a 30 días")

    def test_colleague_outside_sales(self):
        """Plans a meeting and an activity with a contact, does and deletes them."""
        env = self.env(user=self.internal.id, su=False)
        meeting = env["calendar.event"].create(
            {
                "name": "Visita",
                "start": "2024-06-01 10:00:00",
                "stop": "2024-06-01 11:00:00",
                "partner_ids": [Command.set(self.contact.ids)],
            }
        )
        self.assertEqual(self.now("next_action_date"), day("2024-06-01"))
        meeting.write({"start": "2024-06-02 10:00:00", "stop": "2024-06-02 11:00:00"})
        self.assertEqual(self.now("next_action_date"), day("2024-06-02"))
        meeting.unlink()
        activity = self.contact.with_user(self.internal).activity_schedule(
            "mail.mail_activity_data_call", date_deadline="2024-06-03"
        )
        self.assertEqual(self.now("next_action_date"), day("2024-06-03"))
        activity.action_feedback()
        self.assertEqual(self.now("last_interaction_kind"), "activity")
        self.account.with_user(self.internal).message_post(
            body="Hola", message_type="comment", partner_ids=self.contact.ids
        )
        self.assertFalse(self.now("next_action_date"))
        self.assertEqual(self.profile.last_interaction_date, day("2024-05-15"))

    def test_customer_in_the_portal(self):
        """Writes a comment on her invoice."""
        invoice = self.make_invoice(self.account, "2024-05-01")
        invoice.message_subscribe(self.contact.ids)
        invoice.with_user(self.portal).sudo().message_post(
            body="¿Y el pedido?", message_type="comment", author_id=self.contact.id
        )
        self.assertEqual(self.now("last_interaction_kind"), "comment")
        self.assertEqual(self.now("last_interaction_date"), day("2024-05-15"))
