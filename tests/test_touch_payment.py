"""What customers owe: payments, matches, bank lines and due dates reach the account by the queue."""

from odoo import Command
from odoo.tests import freeze_time

from .common import CarteraCase


@freeze_time("2024-05-15 12:00:00")
class TestTouchPayment(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account, cls.vendor = cls.make_account(), cls.make_account("Aceros del Norte")
        cls.contact = cls.env["res.partner"].create({"name": "Ana", "parent_id": cls.account.id})
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.invoice = cls.make_invoice(
            cls.contact, "2024-03-01", 100, invoice_date_due="2024-04-01"
        )
        cls.term = cls.invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
        cls.profile = cls.profile_of(cls.account)

    def owes(self):
        """Return (open, overdue, days to pay) after a drain."""
        self.drain()
        return self.profile.receivable, self.profile.overdue, self.profile.days_to_pay

    def pay(self, amount=None, day="2024-05-01", move=None):
        move = move or self.invoice
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"payment_date": day, **({"amount": amount} if amount else {})})
        )
        return wizard._create_payments()

    def bank_line(self, amount, partner=None):
        """Return the suspense line of a bank's line."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2024-05-02",
                "payment_ref": "Transferencia",
                "amount": amount,
                "partner_id": (partner or self.contact).id,
            }
        )
        return line._seek_for_lines()[1]

    def test_payment_registered_and_undone(self):
        self.assertEqual(self.owes(), (100, 100, False))
        self.pay(40)
        self.assertEqual(self.owes(), (60, 60, False))
        payment = self.pay()
        self.assertEqual(self.owes(), (0, 0, 61))
        self.term.remove_move_reconcile()
        self.assertEqual(self.owes()[2], False)
        (self.term | payment.move_id.line_ids.filtered(self.is_receivable)).reconcile()
        self.assertEqual(self.owes()[2], False)
        payment.action_draft()
        self.assertEqual(self.owes()[:2], (0, 0), "Odoo keeps the match of a draft payment")
        payment.unlink()
        self.assertEqual(self.owes()[:2], (60, 60))

    @staticmethod
    def is_receivable(line):
        return line.account_id.account_type == "asset_receivable"

    def test_payment_in_advance(self):
        """It is matched with nothing, so no match tells of it."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.contact.id,
                "journal_id": self.bank.id,
                "amount": 30,
                "date": "2024-05-03",
            }
        )
        payment.action_post()
        self.assertTrue(payment.move_id, "an entry of its own")
        self.assertEqual(self.owes()[0], 70)
        payment.action_draft()
        self.assertEqual(self.owes()[0], 100)

    def test_entry(self):
        entry = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": "2024-05-03",
                "line_ids": [
                    Command.create(
                        {"account_id": account.id, "balance": value, "partner_id": self.contact.id}
                    )
                    for account, value in (
                        (self.bank.default_account_id, 25),
                        (self.term.account_id, -25),
                    )
                ],
            }
        )
        self.assertEqual(self.owes()[0], 100, "a draft owes nothing")
        entry.action_post()
        self.assertEqual(self.owes()[0], 75)
        entry.button_draft()
        self.assertEqual(self.owes()[0], 100)
        entry.action_post()
        entry.button_draft()
        entry.button_cancel()
        self.assertEqual(self.owes()[0], 100)

    def test_bank_line(self):
        line = self.bank_line(100)
        self.assertEqual(self.owes()[0], 100, "nobody has said yet what it pays")
        line.account_id = self.term.account_id
        self.assertEqual(self.owes()[:2], (0, 0))
        (line | self.term).reconcile()
        self.assertEqual(self.owes(), (0, 0, 62))
        line.move_id.statement_line_id.action_undo_reconciliation()
        self.assertEqual(self.owes(), (100, 100, False))

    def test_bank_line_whose_entry_is_rewritten(self):
        line = self.bank_line(100)
        line.move_id.with_context(skip_readonly_check=True).write(
            {
                "line_ids": [
                    Command.update(line.id, {"account_id": self.term.account_id.id}),
                ]
            }
        )
        self.assertEqual(self.owes()[0], 0)

    def test_due_date(self):
        self.assertEqual(self.owes()[:2], (100, 100))
        self.term.date_maturity = "2024-06-30"
        self.assertEqual(self.owes()[:2], (100, 0))

    def test_vendor(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.vendor.id,
                "invoice_date": "2024-03-01",
                "invoice_line_ids": [
                    Command.create({"name": "x", "price_unit": 5, "tax_ids": False})
                ],
            }
        )
        bill.action_post()
        self.drain()
        payment = self.pay(move=bill)
        term = bill.line_ids.filtered(lambda line: line.display_type == "payment_term")
        self.assertTrue(term.reconciled)
        term.date_maturity = "2024-06-30"
        term.remove_move_reconcile()
        if payment.move_id:
            payment.action_draft()
        self.assertFalse(self.env["cartera.touch"].search([]), "a vendor's payment touches nobody")

    # -- leads ------------------------------------------------------------------

    def test_pipeline(self):
        lead = self.make_lead(self.account, "2024-04-01", expected_revenue=1000, probability=50)
        self.drain()
        self.assertEqual(self.profile.pipeline, 500)
        lead.expected_revenue = 2000
        self.drain()
        self.assertEqual(self.profile.pipeline, 1000)
        lead.probability = 10
        self.drain()
        self.assertEqual(self.profile.pipeline, 200)

    def test_probability_that_odoo_guesses(self):
        """A tag changes the guess; nobody writes a field that we know."""
        self.env["ir.config_parameter"].set_param("crm.pls_fields", "tag_ids")
        lead = self.make_lead(self.account, "2024-04-01", expected_revenue=1000)
        self.drain()
        tag = self.env["crm.tag"].create({"name": "Obra"})
        self.env["crm.lead.scoring.frequency"].create(
            [
                {
                    "variable": "stage_id",
                    "value": str(lead.stage_id.id),
                    "won_count": 9.1,
                    "lost_count": 3.1,
                },
                {"variable": "tag_id", "value": str(tag.id), "won_count": 1.1, "lost_count": 8.1},
            ]
        )
        before = lead.probability
        lead.tag_ids = tag
        self.drain()
        self.assertNotEqual(lead.probability, before)
        self.assertAlmostEqual(self.profile.pipeline, 10 * lead.probability, 2)
