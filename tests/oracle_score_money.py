"""The financial and customer measures of the scorecard, once more: document by document with the ORM.

Each answers (numerator, denominator or None) of an account, None if it has no part. It knows neither our
SQL nor analysis/; of the profile it reads what people typed, and its history.
"""

from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from dateutil.relativedelta import relativedelta

from .oracle import Oracle
from .oracle_account import Account
from .oracle_facts import PURCHASE_TYPES, exact

STATUSES = {"lost_clients": "lost", "recovered_clients": "recovered"}
#: Measures that have a part in every account of theirs: an account each is behind the figure.
BY_ACCOUNT = (
    *("overdue_share", "top_ten_share", "categories_per_client", "share_of_wallet"),
    *("retention_rate", "new_clients", "lost_clients", "recovered_clients", "new_prospects"),
)


class MoneyOracle:
    """One company in one period, from its first day to the day it is looked at.

    ``key``: the accounts in key segments; ``year_before``: (first, last) day of what growth compares with.
    """

    def __init__(self, ledger, start, as_of, key=(), year_before=None):
        self.ledger, self.start, self.as_of = ledger, start, as_of
        self.env, self.key, self.year_before = ledger.env, key, year_before
        self.accounts = {
            partner: Account(ledger, partner, as_of)
            for partner, row in ledger.profiles.items()
            if not row.excluded
        }

    def rows(self, code):
        """Return [(account, salesperson, numerator, denominator)]."""
        found = []
        for partner, account in self.accounts.items():
            parts = getattr(self, code)(account)
            if parts is not None:
                found.append((partner, self.ledger.profiles[partner].user_id, *parts))
        return found

    # -- documents -------------------------------------------------------------

    def documents(self, account, first=None, last=None):
        first, last = first or self.start, last or self.as_of
        return [move for move in account.documents if first <= move.invoice_date <= last]

    @staticmethod
    def add(moves):
        return sum((exact(move.amount_untaxed_signed) for move in moves), Decimal(0))

    def net_revenue(self, account):
        moves = self.documents(account)
        return (self.add(moves), None) if moves else None

    def revenue_per_client(self, account):
        moves = self.documents(account)
        bought = any(self.ledger.is_purchase(move, self.as_of) for move in moves)
        return (self.add(moves), int(bought)) if moves else None

    def key_segment_growth(self, account):
        if account.partner not in self.key:
            return None
        now = self.documents(account)
        before = self.documents(account, *self.year_before)
        if not now and not before:
            return None
        return self.add(now) - self.add(before), self.add(before)

    # -- lines -----------------------------------------------------------------

    def lines(self, account):
        return [
            (line, -exact(line.balance))
            for move in self.documents(account)
            for line in move.line_ids
            if line.display_type == "product"
        ]

    def gross_margin_rate(self, account):
        margin, base, known = Decimal(0), Decimal(0), False
        for line, amount in self.lines(account):
            if cost := self.ledger.costs.get(line):
                sign = -1 if line.move_id.move_type == "out_refund" else 1
                margin += amount - cost[0] * exact(line.quantity) * sign
                base, known = base + amount, True
        return (margin, base) if known else None

    @cached_property
    def first_sold(self):
        """Return {product: day of its first posted invoice or receipt}."""
        first = {}
        for moves in self.ledger.documents.values():
            for move in moves:
                if move.move_type in PURCHASE_TYPES:
                    for line in move.line_ids.filtered(lambda sold: sold.display_type == "product"):
                        day = first.get(line.product_id, move.invoice_date)
                        first[line.product_id] = min(day, move.invoice_date)
        return first

    def is_new(self, line):
        """A product that was sold after the same day of the year before for the first time."""
        border = self.as_of - relativedelta(months=12)
        return bool(line.product_id) and self.first_sold.get(line.product_id, self.as_of) > border

    def new_product_share(self, account):
        lines = self.lines(account)
        new = sum((amount for line, amount in lines if self.is_new(line)), Decimal(0))
        return (new, sum((amount for _line, amount in lines), Decimal(0))) if lines else None

    def documents_with_new_products(self):
        return {
            line.move_id.id
            for account in self.accounts.values()
            for line, _amount in self.lines(account)
            if self.is_new(line)
        }

    # -- how it stands ---------------------------------------------------------

    def overdue_share(self, account):
        return (account.overdue, account.receivable) if account.receivable else None

    def top_ten_share(self, account):
        revenue = account.revenue_12m
        return (revenue, revenue) if revenue is not None and revenue > 0 else None

    def categories_per_client(self, account):
        return (account.categ_count, 1) if account.purchase_count_12m else None

    def share_of_wallet(self, account):
        potential = exact(account.typed.potential)
        return (account.revenue_12m or Decimal(0), potential) if potential > 0 else None

    # -- who comes and goes ----------------------------------------------------

    def retention_rate(self, account):
        days = [move.invoice_date for move in account.purchases]
        if not any(account.previous_start < day <= account.start for day in days):
            return None
        return int(any(day > account.start for day in days)), 1

    def new_clients(self, account):
        first = account.first_purchase_date
        return (1, None) if first and first >= self.start else None

    @cached_property
    def _portfolios(self):
        before = self.start - timedelta(days=1)
        return Oracle(self.ledger, self.as_of), Oracle(self.ledger, before)

    def _statuses(self, account):
        return [
            portfolio.retention(portfolio.accounts[account.partner])
            if account.partner in portfolio.accounts
            else None
            for portfolio in self._portfolios
        ]

    def _changed(self, account, status):
        now, before = self._statuses(account)
        first = account.first_purchase_date
        came = before is not None or (first is not None and first >= self.start)
        return (1, None) if now == status and before != status and came else None

    def lost_clients(self, account):
        return self._changed(account, "lost")

    def recovered_clients(self, account):
        return self._changed(account, "recovered")

    def new_prospects(self, account):
        days = [
            move.date
            for move in account.typed.transition_ids
            if move.evidence == "added" and move.to_lifecycle == "prospect"
        ]
        if not days or not self.start <= min(days) <= self.as_of:
            return None
        proofs = (account.typed.lead_date, account.typed.client_date)
        return None if any(day and day < min(days) for day in proofs) else (1, None)

    # -- origins ---------------------------------------------------------------

    def _day(self, lead):
        return self.ledger.day_of(lead.cartera_first_date or lead.create_date)

    @cached_property
    def first_used(self):
        """Return {source: day of the first lead of the company that names it}."""
        first = {}
        for lead in self.env["crm.lead"].search([("source_id", "!=", False)]):
            account = lead.partner_id.commercial_partner_id
            if account:
                ours = lead in self.ledger.leads_of(account, self.ledger.today)
            else:
                company = lead.company_id or lead.user_id.company_id
                ours = company in self.ledger.companies
                ours &= lead.active or lead.won_status in ("won", "lost")
            if ours:
                day = self._day(lead)
                first[lead.source_id] = min(first.get(lead.source_id, day), day)
        return first

    def new_origin_revenue(self, account):
        moves = self.documents(account)
        if not moves or not account.leads:
            return None
        source = min(account.leads, key=lambda lead: (self._day(lead), lead.id)).source_id
        if not source or self.first_used[source] <= self.as_of - relativedelta(months=12):
            return None
        return self.add(moves), None
