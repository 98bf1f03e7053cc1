"""What happens to a company in a month: each change as its users make it, chosen by a seed."""

import random
from datetime import timedelta

from odoo import Command

from .common import CarteraCase, day

ACCOUNTS = 10
#: How often each change comes, in a hundred or so.
CHANGES = {
    "sell": 14,
    "sell_later": 3,
    "refund": 8,
    "pay": 10,
    "unmatch": 5,
    "correct": 8,
    "cancel": 3,
    "delete": 3,
    "hand_over": 3,
    "lead": 5,
    "work_on_lead": 9,
    "write_mail": 5,
    "drop_mail": 2,
    "call": 5,
    "meet": 5,
    "type_in": 5,
    "move_person": 3,
    "archive": 3,
    "exclude": 3,
    "rename": 2,
}


class MonthCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rng = random.Random(30)
        cls.policy = cls.env["cartera.policy"]._for(cls.company)
        cls.policy.tz = "Europe/Madrid"
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.other_product = cls.env["product.product"].create(
            {
                "name": "Bote",
                "standard_price": 12.5,
                "categ_id": cls.env["product.category"].create({"name": "Pintura"}).id,
            }
        )
        cls.accounts = cls.env["res.partner"].create(
            [{"name": f"Cuenta {number}", "is_company": True} for number in range(ACCOUNTS)]
        )
        cls.people = cls.env["res.partner"].create(
            [
                {"name": f"Persona {account.name}", "parent_id": account.id}
                for account in cls.accounts
            ]
        )
        for account in cls.accounts[:-3]:
            for number in range(cls.rng.choice((1, 2, 4))):
                cls.invoice(account, day("2024-04-30") - timedelta(days=37 * number))
        cls.messages = cls.env["mail.message"]

    @classmethod
    def invoice(cls, partner, when):
        product = cls.rng.choice((cls.product, cls.other_product))
        line = {"product_id": product.id, "price_unit": cls.rng.choice((50, 100, 175.5))}
        due = when + timedelta(days=cls.rng.choice((0, 10, 30)))
        lines = [Command.create({**line, "tax_ids": False})]
        return cls.make_invoice(partner, when, invoice_date_due=due, invoice_line_ids=lines)

    def change(self, today):
        """Make one change of this day; return its name."""
        self.today = today
        name = self.rng.choices(list(CHANGES), CHANGES.values())[0]
        getattr(self, f"do_{name}")()
        return name

    def some(self, *domain, model="account.move"):
        """Return one record, empty if there is none."""
        records = self.env[model].search(
            [("company_id", "=", self.company.id), *domain], order="id"
        )
        return records[self.rng.randrange(len(records))] if records else records

    def some_invoice(self):
        return self.some(("state", "=", "posted"), ("move_type", "=", "out_invoice"))

    # -- documents -----------------------------------------------------------

    def do_sell(self):
        partner = self.rng.choice(self.accounts + self.people)
        self.invoice(partner, self.today - timedelta(days=self.rng.choice((0, 0, 5, 40))))

    def do_sell_later(self):
        self.invoice(self.rng.choice(self.accounts), self.today + timedelta(days=3))

    def do_refund(self):
        invoice = self.some_invoice()
        self.reverse(invoice, self.today, self.rng.choice((None, 20)))

    def do_pay(self):
        """Pay an invoice, in part, wholly, or with a payment dated tomorrow; or in advance."""
        invoice = self.some_invoice()
        amount = self.rng.choice((invoice.amount_total, 30))
        receivable = invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
        lines = ((self.bank.default_account_id, amount), (receivable.account_id, -amount))
        entry = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": self.today + timedelta(days=self.rng.choice((-2, 0, 1))),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": invoice.partner_id.id,
                            "balance": value,
                        }
                    )
                    for account, value in lines
                ],
            }
        )
        entry.action_post()
        if not receivable.reconciled and self.rng.random() < 0.8:
            (receivable | entry.line_ids[1]).reconcile()

    def do_unmatch(self):
        self.some_invoice().line_ids.remove_move_reconcile()

    def do_correct(self):
        """Take an invoice back to draft, change its day or its amount, and post it again."""
        invoice = self.some_invoice()
        invoice.button_draft()
        self.drain()
        if self.rng.random() < 0.5:
            invoice.invoice_date = self.today - timedelta(days=self.rng.randrange(60))
        else:
            invoice.invoice_line_ids[:1].write(
                {"price_unit": self.rng.choice((10, 500)), "product_id": self.other_product.id}
            )
        invoice.action_post()

    def do_cancel(self):
        invoice = self.some_invoice()
        invoice.button_draft()
        invoice.button_cancel()

    def do_delete(self):
        invoice = self.some_invoice()
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()

    def do_hand_over(self):
        """Give an invoice to another account."""
        invoice = self.some_invoice()
        invoice.button_draft()
        invoice.partner_id = self.rng.choice(self.accounts)
        invoice.action_post()

    # -- sales work ----------------------------------------------------------

    def do_lead(self):
        when = self.today - timedelta(days=self.rng.choice((0, 3, 30)))
        partner = self.rng.choice(self.accounts + self.people)
        company = self.rng.choice((self.company.id, False))
        self.make_lead(partner, when, expected_revenue=900, probability=40, company_id=company)

    def do_work_on_lead(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        lead = self.rng.choice(leads.search([("partner_id", "!=", False)]) or [leads])
        if not lead:
            return
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for_all = ("expected_revenue", "probability", "partner", "won", "lost", "delete")
        match self.rng.choice(for_all) if lead.active else "restore":
            case "won":
                lead.stage_id = won
            case "lost":
                lead.action_set_lost()
            case "restore":
                lead.action_unarchive()
            case "delete":
                lead.unlink()
            case "partner":
                lead.partner_id = self.rng.choice(self.people)
            case name:
                lead[name] = self.rng.choice((0, 20, 75.5))

    def do_write_mail(self):
        self.messages |= self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": self.accounts[0].id,
                "author_id": self.rng.choice(self.people).id,
                "message_type": self.rng.choice(("email", "comment", "notification")),
                "date": f"{self.today} 22:30:00",
            }
        )

    def do_drop_mail(self):
        message = self.messages[:1]
        self.messages -= message
        message.unlink()

    def do_call(self):
        """Plan a call, and have it done half of the times."""
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.rng.choice(self.accounts + self.people).id,
                "user_id": self.env.uid,
                "date_deadline": self.today + timedelta(days=4),
            }
        )
        if self.rng.random() < 0.6:
            activity.action_feedback("Hecho")

    def do_meet(self):
        """Plan a meeting of these days, move one, or call it off."""
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True)
        event = events.search([("name", "=", "Visita")], limit=1, order="id desc")
        start = f"{self.today + timedelta(days=self.rng.choice((-3, 0, 2)))} 10:00:00"
        match self.rng.choice(("new", "new", "move", "drop")) if event else "new":
            case "new":
                people = [Command.set(self.rng.sample(self.people.ids, 2))]
                stop = start.replace("10:", "11:")
                events.create(
                    {"name": "Visita", "start": start, "stop": stop, "partner_ids": people}
                )
            case "move":
                event.write({"start": start, "stop": start.replace("10:", "11:")})
            case "drop":
                event.unlink()

    # -- accounts ------------------------------------------------------------

    def do_type_in(self):
        profile = self.some(("excluded", "=", False), model="cartera.profile")
        if self.rng.random() < 0.5:
            profile.potential = self.rng.choice((0, 1000))
        else:
            profile.opening_last_purchase_date = self.today - timedelta(
                days=self.rng.randrange(300)
            )

    def do_move_person(self):
        """A person goes to work for another account."""
        self.rng.choice(self.people).parent_id = self.rng.choice(self.accounts)

    def do_archive(self):
        account = self.rng.choice(self.accounts)
        account.active = not account.active

    def do_exclude(self):
        profiles = self.profiles.search([("company_id", "=", self.company.id)], order="id")
        profile = self.rng.choice(profiles)
        if profile.excluded:
            profile.action_include()
        else:
            profile.action_exclude()

    def do_rename(self):
        self.rng.choice(self.accounts).name = f"Otro nombre {self.today}"
