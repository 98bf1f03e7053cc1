"""The figures of one account that need no other account."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from statistics import median

from dateutil.relativedelta import relativedelta

from .oracle_facts import exact

FACTS = (
    "revenue_12m",
    "revenue_prev_12m",
    "revenue_total",
    "purchase_count_12m",
    "purchase_count",
    "refund_count",
    "first_purchase_date",
    "last_purchase_date",
    "top_categ_id",
    "categ_count",
    "margin_12m",
    "receivable",
    "overdue",
    "days_to_pay",
    "pipeline",
    "lead_count",
    "open_opportunity_count",
    "interaction_count_90d",
    "interaction_count_12m",
)


class Account:
    """One account of a :class:`~.oracle_facts.Ledger` on a date; each figure of FACTS a property."""

    def __init__(self, ledger, partner, as_of):
        self.ledger, self.partner, self.as_of = ledger, partner, as_of
        self.typed = ledger.profiles.get(partner)
        months = ledger.limit("window_months")
        self.start = as_of - relativedelta(months=months)
        self.previous_start = as_of - relativedelta(months=2 * months)

    def facts(self) -> dict:
        return {name: getattr(self, name) for name in FACTS}

    def in_window(self, day) -> bool:
        return self.start < day <= self.as_of

    # -- documents -----------------------------------------------------------

    @cached_property
    def documents(self):
        moves = self.ledger.documents.get(self.partner, ())
        return [move for move in moves if move.invoice_date <= self.as_of]

    @cached_property
    def purchases(self):
        return [move for move in self.documents if self.ledger.is_purchase(move, self.as_of)]

    def _revenue(self, moves):
        if not self.documents:
            return None
        return sum((exact(move.amount_untaxed_signed) for move in moves), Decimal(0))

    @property
    def revenue_total(self):
        return self._revenue(self.documents)

    @cached_property
    def revenue_12m(self):
        return self._revenue(move for move in self.documents if self.in_window(move.invoice_date))

    @cached_property
    def revenue_prev_12m(self):
        return self._revenue(
            move for move in self.documents if self.previous_start < move.invoice_date <= self.start
        )

    @property
    def purchase_count(self):
        return len(self.purchases)

    @property
    def purchase_count_12m(self):
        return sum(self.in_window(move.invoice_date) for move in self.purchases)

    @property
    def refund_count(self):
        return sum(move.move_type == "out_refund" for move in self.documents)

    # -- days ----------------------------------------------------------------

    @cached_property
    def purchase_days(self):
        return sorted({move.invoice_date for move in self.purchases})

    def _opening(self, *names):
        """Return the opening dates that people typed and that have come by then."""
        days = [self.typed[name] for name in names] if self.typed else []
        return [day for day in days if day and day <= self.as_of]

    @cached_property
    def first_purchase_date(self):
        return min([*self.purchase_days, *self._opening("opening_client_date")], default=None)

    @cached_property
    def known_days(self):
        opening = self._opening("opening_client_date", "opening_last_purchase_date")
        return sorted({*self.purchase_days, *opening})

    @cached_property
    def last_purchase_date(self):
        return self.known_days[-1] if self.known_days else None

    @cached_property
    def previous_purchase_date(self):
        return self.known_days[-2] if len(self.known_days) > 1 else None

    @cached_property
    def rhythm_own(self):
        """Return the median of the days between purchase days, not below the floor."""
        days = self.purchase_days
        if len(days) < max(self.ledger.limit("rhythm_min_days"), 2):
            return None
        gaps = [(later - sooner).days for sooner, later in pairwise(days)]
        return max(float(median(gaps)), float(self.ledger.limit("rhythm_floor_days")))

    # -- lines ---------------------------------------------------------------

    @cached_property
    def lines(self):
        """Return [(line, amount, (unit cost, estimated) or None)] of the window."""
        return [
            (line, -exact(line.balance), self.ledger.costs.get(line))
            for move in self.documents
            if self.in_window(move.invoice_date)
            for line in move.line_ids
            if line.display_type == "product"
        ]

    @cached_property
    def _by_category(self):
        totals = defaultdict(Decimal)
        for line, amount, _cost in self.lines:
            if line.product_id.product_tmpl_id.categ_id:
                totals[line.product_id.product_tmpl_id.categ_id.id] += amount
        return {category: total for category, total in totals.items() if total > 0}

    @property
    def top_categ_id(self):
        totals = self._by_category
        return min(totals, key=lambda category: (-totals[category], category), default=None)

    @property
    def categ_count(self):
        return len(self._by_category)

    @cached_property
    def costed(self):
        return [(line, amount, cost) for line, amount, cost in self.lines if cost]

    @cached_property
    def margin_12m(self):
        if not self.costed:
            return None
        margin = Decimal(0)
        for line, amount, (unit_cost, _estimated) in self.costed:
            sign = -1 if line.move_id.move_type == "out_refund" else 1
            margin += amount - unit_cost * exact(line.quantity) * sign
        return margin

    @property
    def margin_rate(self):
        return ratio(self.margin_12m, sum(amount for _line, amount, _cost in self.costed))

    @property
    def margin_covered_rate(self):
        return ratio(size(self.costed), size(self.lines))

    @property
    def margin_frozen_rate(self):
        frozen = [row for row in self.costed if not row[2][1]]
        return ratio(size(frozen), size(self.costed))

    # -- money owed ----------------------------------------------------------

    @cached_property
    def _owed(self):
        """Return [(due date, open amount)], or None if nothing was ever owed."""
        owed = []
        for line in self.ledger.receivables.get(self.partner, ()):
            if line.date <= self.as_of:
                residual = self.ledger.residual(line, self.as_of)
                if residual:
                    owed.append((line.date_maturity or line.date, residual))
        return owed if owed or self.documents else None

    @property
    def receivable(self):
        if self._owed is None:
            return None
        return sum((amount for _due, amount in self._owed), Decimal(0))

    @property
    def overdue(self):
        if self._owed is None:
            return None
        return sum((amount for due, amount in self._owed if due < self.as_of), Decimal(0))

    @property
    def days_to_pay(self):
        days, weight = Decimal(0), Decimal(0)
        for move in self.purchases:
            paid = self._paid_on(move)
            if paid and self.in_window(paid):
                amount = exact(move.amount_total_signed)
                days += (paid - move.invoice_date).days * amount
                weight += amount
        return ratio(days, weight)

    def _paid_on(self, move):
        """Return the day of the last partial of a document that is fully paid."""
        lines = [
            line for line in move.line_ids if line.account_id.account_type == "asset_receivable"
        ]
        if any(self.ledger.residual(line, self.as_of) for line in lines):
            return None
        partials = [p for line in lines for p in self.ledger.partials_of(line, self.as_of)]
        return max((partial.max_date for partial in partials), default=None)

    # -- sales work ----------------------------------------------------------

    @cached_property
    def leads(self):
        return self.ledger.leads_of(self.partner, self.as_of)

    @cached_property
    def opportunities(self):
        return [
            lead
            for lead in self.leads
            if lead.active and lead.type == "opportunity" and lead.won_status == "pending"
        ]

    @property
    def lead_count(self):
        return len(self.leads)

    @property
    def open_opportunity_count(self):
        return len(self.opportunities)

    @property
    def pipeline(self):
        weighted = (
            exact(lead.expected_revenue) * exact(lead.probability) / 100
            for lead in self.opportunities
        )
        return sum(weighted, Decimal(0))

    def _interactions_after(self, start):
        return sum(
            start < day <= self.as_of and past_from <= self.as_of
            for day, past_from in self.ledger.interactions(self.partner)
        )

    @property
    def interaction_count_90d(self):
        return self._interactions_after(self.as_of - timedelta(days=90))

    @property
    def interaction_count_12m(self):
        return self._interactions_after(self.start)


def ratio(part, whole):
    """Return part / whole as a float; None unless there is a part and the whole is above zero."""
    if part is None or whole is None or whole <= 0:
        return None
    return float(part / whole)


def size(rows) -> Decimal:
    """Return the sum of the absolute amounts of lines."""
    return sum((abs(amount) for _line, amount, _cost in rows), Decimal(0))
