"""The hooks of payments and leads cost the same for 200 accounts as for 10."""

from odoo import Command

from .query_case import QueryCase


class TestQueryTouch(QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.moves = cls.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": account.id,
                    "invoice_date": "2024-03-01",
                    "invoice_line_ids": [
                        Command.create({"name": "x", "price_unit": 5, "tax_ids": False})
                    ],
                }
                for account in cls.accounts
            ]
        )
        cls.moves.action_post()
        cls.terms = cls.moves.line_ids.filtered(lambda line: line.display_type == "payment_term")
        cls.entries = cls.env["account.move"].create(
            [cls.prepare_entry(account) for account in cls.accounts]
        )
        cls.entries.action_post()
        cls.credits = cls.entries.line_ids.filtered(
            lambda line: line.account_id == cls.terms.account_id
        )
        cls.by_account = {
            account: (term | credit, entry)
            for account, term, credit, entry in zip(
                cls.accounts,
                cls.terms.sorted("id"),
                cls.credits.sorted("id"),
                cls.entries.sorted("id"),
                strict=True,
            )
        }
        cls.drain()

    @classmethod
    def prepare_entry(cls, account):
        lines = ((cls.bank.default_account_id, 5), (cls.terms.account_id, -5))
        return {
            "journal_id": cls.bank.id,
            "date": "2024-04-01",
            "line_ids": [
                Command.create({"account_id": book.id, "partner_id": account.id, "balance": value})
                for book, value in lines
            ],
        }

    def pairs(self, profiles):
        """Return [(debit line, credit line)] of accounts."""
        return [
            self.by_account[account][0].sorted("balance")[::-1] for account in profiles.partner_id
        ]

    def match(self, profiles):
        return self.env["account.partial.reconcile"].create(
            [
                {
                    "debit_move_id": debit.id,
                    "credit_move_id": credit.id,
                    "amount": 1,
                    "debit_amount_currency": 1,
                    "credit_amount_currency": 1,
                }
                for debit, credit in self.pairs(profiles)
            ]
        )

    def test_queue(self):
        """One append for what is done at once, however many accounts it is about."""

        def match(profiles):
            self.match(profiles)

        def match_and_unmatch(profiles):
            self.match(profiles).unlink()

        def put_off(profiles):
            lines = self.env["account.move.line"].union(*(pair[0] for pair in self.pairs(profiles)))
            lines.write({"date_maturity": "2026-06-30"})

        def work_on_leads(profiles):
            leads = self.env["crm.lead"].search([("partner_id", "in", profiles.partner_id.ids)])
            leads.write({"expected_revenue": 100, "probability": 30})

        for call in (match, match_and_unmatch, put_off, work_on_leads):
            with self.subTest(call.__name__):
                self.assert_same(call, ours=True)

    def test_reading(self):
        """What a hook reads before it appends does not grow either; all queries are counted."""
        partials = dict(zip(self.known.partner_id, self.match(self.known), strict=True))
        leads = self.env["crm.lead"].search([("partner_id", "in", self.accounts.ids)])
        lead_of = {lead.partner_id: lead for lead in leads}

        def touch_partials(profiles):
            records = [partials[account] for account in profiles.partner_id]
            self.env["account.partial.reconcile"].union(*records)._cartera_touch()

        def touch_entries(profiles):
            records = [self.by_account[account][1] for account in profiles.partner_id]
            self.env["account.move"].union(*records)._cartera_touch()

        def touch_leads(profiles):
            records = [lead_of[account] for account in profiles.partner_id]
            self.env["crm.lead"].union(*records)._cartera_touch()

        for call in (touch_partials, touch_entries, touch_leads):
            with self.subTest(call.__name__):
                self.assert_same(call)
