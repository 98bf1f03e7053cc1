"""A naive re-computation of every figure, document by document, to hold the engine against.

Plain ORM, loops and the standard library; design.md section 6 to the letter. It never imports
crm_cartera.analysis and never reads a figure of the profile. Three rooms: what was written down
(oracle_facts.py), one account by itself (oracle_account.py), and here what needs the whole portfolio:
cut points, classes, the company's rhythm, concentration, and what is judged by them.
"""

import math
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from statistics import median

from dateutil.relativedelta import relativedelta

from .oracle_account import FACTS, Account, ratio
from .oracle_affinity import affinity
from .oracle_facts import Ledger
from .oracle_priority import as_stake, references

JUDGED = (
    "trend",
    "rhythm_days",
    "rhythm_source",
    "expected_purchase_date",
    "rfm_recency",
    "rfm_frequency",
    "rfm_monetary",
    "rfm_score",
    "abc_revenue",
    "abc_margin",
    "margin_rate",
    "margin_covered_rate",
    "margin_frozen_rate",
    "retention_status",
    "share_of_wallet",
    "affinity_score",
)
#: Every figure of the contract that is stored.
FIGURES = (*FACTS, *JUDGED)
#: Concentration of a company: {field: accounts counted from the top}.
TOP = {"top1_share": 1, "top5_share": 5, "top10_share": 10}
TOP_PERCENT = {
    "top1pct_share": 1,
    "top5pct_share": 5,
    "top10pct_share": 10,
    "top20pct_share": 20,
}


class Oracle:
    """All accounts of a company on a date."""

    def __init__(self, ledger: Ledger, as_of):
        self.ledger, self.as_of = ledger, as_of
        self.limit = ledger.limit

    @classmethod
    def of(cls, env, company, as_of):
        return cls(Ledger(env, company), as_of)

    @cached_property
    def accounts(self) -> dict:
        """Return {partner: Account} of the portfolio on that day."""
        env, profiles = self.ledger.env, self.ledger.profiles
        own = env["res.company"].search([]).partner_id
        found = {}
        for partner in {*self.ledger.documents, *self.ledger.people, *profiles}:
            account = Account(self.ledger, partner, self.as_of)
            excluded = partner in own or (account.typed and account.typed.excluded)
            if partner and not excluded and self._is_known(account):
                found[partner] = account
        return found

    def _is_known(self, account) -> bool:
        """Tell whether a document proves the account, or people had added it by then."""
        if account.known_days or account.leads:
            return True
        if not account.typed:
            return False
        added = (account.typed.prospect_date, account.typed.manual_lead_date)
        is_today = self.as_of >= self.ledger.today
        return is_today or any(day and day <= self.as_of for day in added)

    def figures(self, partner) -> dict:
        """Return {field: value} of an account; money and ratios as numbers, None for none."""
        account = self.accounts[partner]
        return {**account.facts(), **self.judge(account)}

    # -- the whole portfolio -------------------------------------------------

    @cached_property
    def population(self):
        """Return the accounts with a purchase in the window."""
        return [account for account in self.accounts.values() if account.purchase_count_12m]

    def recency(self, account) -> int:
        return (self.as_of - account.last_purchase_date).days

    @cached_property
    def cuts(self) -> dict:
        """Return {measure: four cut points, or None without anybody to measure}."""
        return {
            "recency": cut_points([self.recency(account) for account in self.population]),
            "frequency": cut_points([account.purchase_count_12m for account in self.population]),
            "monetary": cut_points([account.revenue_12m for account in self.population]),
        }

    @cached_property
    def median_rhythm(self):
        rhythms = [account.rhythm_own for account in self.accounts.values()]
        rhythms = [days for days in rhythms if days is not None]
        return median(rhythms) if rhythms else None

    def _classes(self, figure) -> dict:
        amounts = {partner: getattr(a, figure) for partner, a in self.accounts.items()}
        limits = self.limit("abc_a_limit"), self.limit("abc_b_limit")
        return abc_classes(amounts, *limits)

    @cached_property
    def abc_revenue(self) -> dict:
        return self._classes("revenue_12m")

    @cached_property
    def abc_margin(self) -> dict:
        return self._classes("margin_12m")

    @cached_property
    def calibration(self) -> dict:
        """Return the figures of the whole portfolio under their names in ``cartera.calibration``."""
        amounts = [account.revenue_12m for account in self.accounts.values()]
        positive = [amount for amount in amounts if amount is not None and amount > 0]
        smallest = {}
        for figure in ("abc_revenue", "abc_margin"):
            column = figure.replace("abc", "").strip("_") + "_12m"
            for name in "AB":
                members = [p for p, c in getattr(self, figure).items() if c == name]
                values = [getattr(self.accounts[p], column) for p in members]
                smallest[f"{figure}_{name.lower()}"] = min(values, default=None)
        return {
            **smallest,
            **{f"{measure}_cuts": points for measure, points in self.cuts.items()},
            "median_rhythm": self.median_rhythm,
            **self._get_usual(),
            "buyer_count": len(self.population),
            "revenue": sum(positive, Decimal(0)),
            **concentration(positive),
        }

    def _get_usual(self) -> dict:
        accounts = [(as_stake(each), self.retention(each)) for each in self.accounts.values()]
        names = ("value_reference", "overdue_reference")
        return dict(zip(names, references(accounts, self.limit), strict=True))

    # -- what is judged by it ------------------------------------------------

    def judge(self, account) -> dict:
        potential = account.typed.potential if account.typed else 0
        rhythm, source = self.rhythm(account)
        trend = ratio(account.revenue_12m, account.revenue_prev_12m)
        return {
            "trend": None if trend is None else trend - 1,
            "rhythm_days": rhythm,
            "rhythm_source": source,
            "expected_purchase_date": rhythm
            and account.last_purchase_date + timedelta(days=math.floor(rhythm + 0.5)),
            **self.rfm(account),
            "abc_revenue": self.abc_revenue.get(account.partner),
            "abc_margin": self.abc_margin.get(account.partner),
            "margin_rate": account.margin_rate,
            "margin_covered_rate": account.margin_covered_rate,
            "margin_frozen_rate": account.margin_frozen_rate,
            "retention_status": self.retention(account),
            "share_of_wallet": ratio(account.revenue_12m, Decimal(repr(potential))),
            "affinity_score": affinity(account, Decimal(repr(potential))),
        }

    def rhythm(self, account):
        """Return (days, where they are from)."""
        if not account.last_purchase_date:
            return None, None
        if account.rhythm_own is not None:
            return account.rhythm_own, "own"
        if self.median_rhythm is not None:
            return self.median_rhythm, "company"
        return float(self.limit("rhythm_default_days")), "policy"

    def rfm(self, account) -> dict:
        if not account.last_purchase_date:
            scores = (None, None, None)
        elif not account.purchase_count_12m:
            scores = (1, 1, 1)
        else:
            scores = (
                6 - score(self.recency(account), self.cuts["recency"]),
                score(account.purchase_count_12m, self.cuts["frequency"]),
                score(account.revenue_12m, self.cuts["monetary"]),
            )
        text = None if scores[0] is None else "".join(str(number) for number in scores)
        names = ("rfm_recency", "rfm_frequency", "rfm_monetary", "rfm_score")
        return dict(zip(names, (*scores, text), strict=True))

    def retention(self, account):
        if not account.last_purchase_date:
            return None
        for status, applies in (
            ("recovered", self._is_recovered),
            ("new", self._is_new),
            ("lost", self._is_lost),
            ("inactive", lambda a: self.lateness(a) > self.limit("inactive_ratio")),
            ("at_risk", lambda a: self.lateness(a) > self.limit("at_risk_ratio")),
        ):
            if applies(account):
                return status
        return "active"

    def lateness(self, account) -> float:
        """Return how many rhythms ago the account bought last."""
        return self.recency(account) / self.rhythm(account)[0]

    def _is_recovered(self, account):
        if self.recency(account) > self.limit("recovered_days"):
            return False
        if account.previous_purchase_date is None:
            return False
        gap = (account.last_purchase_date - account.previous_purchase_date).days
        return gap / self.rhythm(account)[0] > self.limit("recovered_ratio")

    def _is_new(self, account):
        if account.first_purchase_date is None:
            return False
        age = (self.as_of - account.first_purchase_date).days
        return age <= self.limit("new_days") and self.lateness(account) <= self.limit("new_ratio")

    def _is_lost(self, account):
        horizon = self.as_of - relativedelta(months=self.limit("lost_months"))
        is_late = self.lateness(account) > self.limit("lost_ratio")
        return is_late or account.last_purchase_date < horizon


def cut_points(values):
    """Return the 20, 40, 60 and 80 % quantiles, linearly interpolated (R type 7), exactly."""
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        return None
    points = []
    for percent in (20, 40, 60, 80):
        place = Fraction((len(ordered) - 1) * percent, 100)
        below = ordered[math.floor(place)]
        above = ordered[math.ceil(place)]
        points.append(below + (above - below) * (place - math.floor(place)))
    return points


def score(value, points) -> int:
    return 1 + sum(point < Fraction(value) for point in points)


def abc_classes(amounts, a_limit, b_limit) -> dict:
    """Return {key: A, B or C} of those with an amount above zero."""
    cents = {key: round(amount * 100) for key, amount in amounts.items() if amount is not None}
    cents = {key: amount for key, amount in cents.items() if amount > 0}
    total, before, classes = sum(cents.values()), 0, {}
    a_limit, b_limit = Fraction(str(a_limit)), Fraction(str(b_limit))
    for amount in sorted(set(cents.values()), reverse=True):
        tied = [key for key, value in cents.items() if value == amount]
        share = Fraction(before, total)
        name = "A" if share < a_limit else "B" if share < b_limit else "C"
        classes.update(dict.fromkeys(tied, name))
        before += amount * len(tied)
    return classes


def concentration(amounts) -> dict:
    """Return the shares of the biggest, HHI (0..10,000) and Gini of amounts above zero."""
    ordered = sorted((Fraction(amount) for amount in amounts), reverse=True)
    count, total = len(ordered), sum(ordered)
    if not ordered:
        return dict.fromkeys((*TOP, *TOP_PERCENT, "hhi", "gini"))
    tops = {
        **TOP,
        **{name: math.ceil(Fraction(count * part, 100)) for name, part in TOP_PERCENT.items()},
    }
    shares = {name: float(sum(ordered[:top]) / total) for name, top in tops.items()}
    differences = sum(abs(one - other) for one in ordered for other in ordered)
    return {
        **shares,
        "hhi": float(sum((amount / total) ** 2 for amount in ordered) * 10_000),
        "gini": float(differences / (2 * count * total)),
    }
