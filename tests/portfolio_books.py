"""The books of a company: invoices, receipts, refunds, payments; planned first, then posted at once."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from odoo import Command

#: Round amounts, so that different accounts come to the same totals.
PRICES = (25.0, 100.0, 100.0, 250.0, 250.0, 1000.0, 19.99, 333.33)
CURRENCIES = (None, None, None, None, "GBP", "JPY")


@dataclass
class Sale:
    """One document to be posted."""

    partner_id: int
    day: date
    lines: list
    move_type: str = "out_invoice"
    currency: str | None = None
    fate: str = "post"
    reversed_on: date | None = None
    reversed_part: float = 1.0
    #: [(days after the invoice, part of the total)]
    payments: list = field(default_factory=list)
    branch: bool = False
    due_days: int = 30
    #: The posted document, and of a refund the one it reverses.
    move: object = None
    reverses: object = None


class Books:
    def __init__(self, case, rng, company):
        self.case, self.rng, self.company = case, rng, company
        self.env = case.env
        self.sales, self.advances = [], []
        self.branch = case.branch if company == case.company else None
        self.tax = self.env["account.tax"].search(
            [("company_id", "=", company.id), ("type_tax_use", "=", "sale")], limit=1
        )

    # -- plan ----------------------------------------------------------------

    def sell(self, account, when, amount=None, fate="post", reversed_on=None):
        rng = self.rng
        sale = Sale(
            rng.choice((account, account, account.child_ids[:1] or account)).id,
            when,
            [self._line(amount)] if amount is not None else self._lines(),
            "out_receipt" if rng.random() < 0.1 else "out_invoice",
            rng.choice(CURRENCIES) if amount is None else None,
            fate,
            reversed_on,
            branch=rng.random() < 0.25,
            due_days=rng.choice((0, 30, 60)),
        )
        if not reversed_on and amount != 0 and fate == "post":
            self._plan_end(sale)
        self.sales.append(sale)

    def _plan_end(self, sale):
        """Plan what becomes of a sale: taken back, paid, in part or not at all."""
        rng = self.rng
        chance = rng.random()
        if chance < 0.08:
            sale.reversed_on = sale.day + timedelta(days=rng.randrange(200))
        elif chance < 0.22:
            sale.reversed_on = sale.day + timedelta(days=rng.randrange(400))
            sale.reversed_part = rng.choice((0.5, 0.2))
        if not sale.reversed_on or rng.random() < 0.3:
            days = rng.randrange(120)
            sale.payments = rng.choice(
                ([], [(days, 1.0)], [(days, 1.0)], [(days, 0.4)], [(5, 0.5), (days + 5, 0.5)])
            )

    def _line(self, amount):
        return (self.rng.choice(self.case.products), 1, amount, False)

    def _lines(self):
        """Return [(product or none, quantity, price, taxed)]; now and then a discount."""
        rng, lines = self.rng, []
        for _number in range(rng.choice((1, 1, 2))):
            product = rng.choice((*self.case.products, None))
            lines.append(
                (product, rng.choice((1, 1, 2, 5)), rng.choice(PRICES), rng.random() < 0.3)
            )
        if rng.random() < 0.1:
            lines.append((rng.choice(self.case.products), 1, -5.0, False))
        return lines

    def refund(self, account, when):
        """Plan a refund that reverses no invoice."""
        self.sales.append(Sale(account.id, when, self._lines(), "out_refund"))

    def pay_ahead(self, account, when, amount):
        self.advances.append((account.child_ids[:1] or account, when, amount))

    def planned_for(self, account):
        return [sale for sale in self.sales if sale.partner_id in (account + account.child_ids).ids]

    def copy(self, original, twin):
        """Plan for one account what is planned for another."""
        for sale in self.planned_for(original):
            self.sales.append(Sale(**{**vars(sale), "partner_id": twin.id}))

    # -- post ----------------------------------------------------------------

    def post(self):
        moves = self._create_all(self.sales)
        for sale, move in zip(self.sales, moves, strict=True):
            sale.move = move
        self._post([sale.move for sale in self.sales if sale.fate != "draft"])
        for sale in self.sales:
            if sale.fate == "cancel":
                sale.move.button_cancel()
        self._reverse()
        self._pay()

    def _analyze(self):
        """Let PostgreSQL know what is in the tables now: nobody else sees what is not committed.

        Odoo asks for the payment state of every document; without figures that takes minutes.
        """
        self.env.flush_all()
        self.env.cr.execute(
            "ANALYZE account_move, account_move_line, account_partial_reconcile, account_account"
        )

    def _create_all(self, sales):
        """Create the documents, those of the branch for themselves; return them in order."""
        created = {}
        for in_branch in (False, True):
            some = [sale for sale in sales if (sale.branch and bool(self.branch)) == in_branch]
            company = self.branch if in_branch else self.company
            moves = self.env["account.move"].with_company(company)
            made = moves.create([self._prepare_move(sale) for sale in some])
            created.update(zip(map(id, some), made, strict=True))
        return [created[id(sale)] for sale in sales]

    def _prepare_move(self, sale):
        currency = sale.currency and self.env.ref(f"base.{sale.currency}").id
        return {
            "move_type": sale.move_type,
            "reversed_entry_id": sale.reverses and sale.reverses.id,
            "partner_id": sale.partner_id,
            "invoice_date": sale.day,
            "invoice_date_due": sale.day + timedelta(days=sale.due_days),
            **({"currency_id": currency} if currency else {}),
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": "Línea",
                        **({"product_id": product.id} if product else {}),
                        "quantity": quantity,
                        "price_unit": price,
                        "tax_ids": [Command.set(self.tax.ids if taxed else [])],
                    }
                )
                for product, quantity, price, taxed in sale.lines
            ],
        }

    def _post(self, moves):
        """Post documents at once; Odoo refuses invoices below zero."""
        self._analyze()
        moves = self.env["account.move"].union(*moves)
        moves.filtered(lambda move: move.amount_total >= 0).action_post()

    def _reverse(self):
        """Post the refunds, whole or of a part; Odoo matches them, of some that is undone."""
        due = [sale for sale in self.sales if sale.reversed_on and sale.move.state == "posted"]
        refunds = self._create_all(
            [
                replace(
                    sale,
                    move_type="out_refund",
                    day=sale.reversed_on,
                    lines=[
                        (product, quantity, price * sale.reversed_part, taxed)
                        for product, quantity, price, taxed in sale.lines
                    ],
                    reverses=sale.move,
                )
                for sale in due
            ]
        )
        self._post(refunds)
        unmatched = [refund for refund in refunds if self.rng.random() < 0.4]
        self._receivables(self.env["account.move"].union(*unmatched)).remove_move_reconcile()

    # -- payments ------------------------------------------------------------

    def _pay(self):
        """Post payments as entries of the bank, late or in part, and match them; and advances."""
        paid, vals_list = [], []
        for sale in self.sales:
            if sale.move.state != "posted":
                continue
            for days, part in sale.payments:
                amount = sale.move.currency_id.round(sale.move.amount_total * part)
                if amount:
                    paid.append(sale)
                    vals_list.append(self._prepare_payment(sale, days, amount))
        for partner, when, amount in self.advances:
            vals_list.append(self._prepare_entry(partner, when, amount, self.company.currency_id))
        entries = self.env["account.move"].with_company(self.company).create(vals_list)
        self._analyze()
        entries.action_post()
        matched = {sale.move: self._receivables(sale.move) for sale in paid}
        for sale, entry in zip(paid, entries, strict=False):
            matched[sale.move] |= self._receivables(entry)
        self.env["account.move.line"]._reconcile_plan(
            [lines for lines in matched.values() if not any(lines.mapped("reconciled"))]
        )

    def _prepare_payment(self, sale, days, amount):
        move = sale.move
        when = sale.day + timedelta(days=days)
        return self._prepare_entry(move.commercial_partner_id, when, amount, move.currency_id)

    def _prepare_entry(self, partner, when, amount, currency):
        receivable = partner.with_company(self.company).property_account_receivable_id
        bank = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "bank")], limit=1
        )
        accounts = ((bank.default_account_id, amount), (receivable, -amount))
        return {
            "move_type": "entry",
            "journal_id": bank.id,
            "date": when,
            "line_ids": [
                Command.create(
                    {
                        "name": "Cobro",
                        "account_id": account.id,
                        "partner_id": partner.id,
                        "currency_id": currency.id,
                        "amount_currency": value,
                    }
                )
                for account, value in accounts
            ],
        }

    @staticmethod
    def _receivables(moves):
        return moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
