"""The sentences of the reasons, and how their figures are written in the reader's country."""

from collections import defaultdict

from odoo.tools import LazyTranslate, format_amount, format_date, formatLang

_lt = LazyTranslate(__name__)

MONEY = {"amount", "smallest", "below", "revenue", "previous", "margin", "potential"}
PERCENT = {"trend", "rate", "covered", "share", "known", "overdue_share"}
DATES = {"first", "last", "expected"}

#: {code, with the source of the rhythm where that matters: the sentence}
SENTENCES = {
    "retention_active.own": _lt("Active: buys every %(rhythm)s d, last bought %(days)s d ago."),
    "retention_active.company": _lt(
        "Active: last bought %(days)s d ago; the usual rhythm here is %(rhythm)s d."
    ),
    "retention_active.policy": _lt(
        "Active: last bought %(days)s d ago; a rhythm of %(rhythm)s d is assumed."
    ),
    "retention_at_risk.own": _lt("At risk: buys every %(rhythm)s d, last bought %(days)s d ago."),
    "retention_at_risk.company": _lt(
        "At risk: last bought %(days)s d ago; the usual rhythm here is %(rhythm)s d."
    ),
    "retention_at_risk.policy": _lt(
        "At risk: last bought %(days)s d ago; a rhythm of %(rhythm)s d is assumed."
    ),
    "retention_inactive.own": _lt("Inactive: buys every %(rhythm)s d, last bought %(days)s d ago."),
    "retention_inactive.company": _lt(
        "Inactive: last bought %(days)s d ago; the usual rhythm here is %(rhythm)s d."
    ),
    "retention_inactive.policy": _lt(
        "Inactive: last bought %(days)s d ago; a rhythm of %(rhythm)s d is assumed."
    ),
    "retention_lost_ratio.own": _lt("Lost: bought every %(rhythm)s d, last bought %(days)s d ago."),
    "retention_lost_ratio.company": _lt(
        "Lost: last bought %(days)s d ago; the usual rhythm here is %(rhythm)s d."
    ),
    "retention_lost_ratio.policy": _lt(
        "Lost: last bought %(days)s d ago; a rhythm of %(rhythm)s d is assumed."
    ),
    "retention_lost_months": _lt(
        "Lost: last bought %(days)s d ago, on %(last)s (limit in months: %(months)s)."
    ),
    "retention_new": _lt("New: first bought %(first_days)s d ago, on %(first)s."),
    "retention_recovered": _lt(
        "Recovered: bought %(days)s d ago, after a pause of more than %(gap_limit)s d."
    ),
    "rhythm_own": _lt("Buys every %(rhythm)s d: the median between its days of purchase."),
    "rhythm_company": _lt(
        "The usual rhythm here, %(rhythm)s d: its own needs more days of purchase (%(min_days)s)."
    ),
    "rhythm_policy": _lt(
        "A rhythm of %(rhythm)s d is assumed: nobody has enough days of purchase (%(min_days)s)."
    ),
    "expected_next": _lt("The next purchase is expected on %(expected)s, in %(days)s d."),
    "expected_overdue": _lt("A purchase was expected on %(expected)s, %(days)s d ago."),
    "rfm_before_window": _lt(
        "R, F and M are 1: last bought %(days)s d ago, on %(last)s, before the period that counts."
    ),
    "rfm_recency_up_to": _lt("R %(score)s: last bought %(value)s d ago (up to %(up_to)s d)."),
    "rfm_recency_between": _lt(
        "R %(score)s: last bought %(value)s d ago (over %(above)s d, up to %(up_to)s d)."
    ),
    "rfm_recency_above": _lt("R %(score)s: last bought %(value)s d ago (over %(above)s d)."),
    "rfm_recency_alone": _lt("R %(score)s: last bought %(value)s d ago."),
    "rfm_frequency_up_to": _lt("F %(score)s: bought %(value)s x (up to %(up_to)s x)."),
    "rfm_frequency_between": _lt(
        "F %(score)s: bought %(value)s x (over %(above)s x, up to %(up_to)s x)."
    ),
    "rfm_frequency_above": _lt("F %(score)s: bought %(value)s x (over %(above)s x)."),
    "rfm_frequency_alone": _lt("F %(score)s: bought %(value)s x."),
    "rfm_monetary_up_to": _lt("M %(score)s: bought for %(value)s (up to %(up_to)s)."),
    "rfm_monetary_between": _lt(
        "M %(score)s: bought for %(value)s (over %(above)s, up to %(up_to)s)."
    ),
    "rfm_monetary_above": _lt("M %(score)s: bought for %(value)s (over %(above)s)."),
    "rfm_monetary_alone": _lt("M %(score)s: bought for %(value)s."),
    "abc_revenue_a": _lt(
        "A: %(amount)s, among the largest, which make %(limit)s of the revenue (from %(smallest)s on)."
    ),
    "abc_revenue_b": _lt(
        "B: %(amount)s, among the next, up to %(limit)s of the revenue (from %(smallest)s on)."
    ),
    "abc_revenue_c": _lt(
        "C: %(amount)s; those from %(below)s on make %(limit)s of the revenue already."
    ),
    "abc_revenue_alone": _lt("%(amount)s of revenue; there is nobody to compare with."),
    "abc_margin_a": _lt(
        "A: %(amount)s, among the largest, which make %(limit)s of the margin (from %(smallest)s on)."
    ),
    "abc_margin_b": _lt(
        "B: %(amount)s, among the next, up to %(limit)s of the margin (from %(smallest)s on)."
    ),
    "abc_margin_c": _lt(
        "C: %(amount)s; those from %(below)s on make %(limit)s of the margin already."
    ),
    "abc_margin_alone": _lt("%(amount)s of margin; there is nobody to compare with."),
    "margin_rate": _lt(
        "Margin rate of %(rate)s: %(margin)s; the cost of %(covered)s of the amount is known."
    ),
    "trend_up": _lt("Growing: %(revenue)s, %(previous)s in the period before (%(trend)s)."),
    "trend_down": _lt("Shrinking: %(revenue)s, %(previous)s in the period before (%(trend)s)."),
    "trend_flat": _lt("Steady: %(revenue)s, as much as in the period before."),
    "trend_none": _lt("%(revenue)s; in the period before there was nothing to compare with."),
    "wallet_share": _lt("Bought for %(revenue)s of a potential of %(potential)s (%(share)s)."),
    "affinity_score": _lt("Linkage %(score)s of 100; of its weights %(known)s could be judged."),
    "affinity_wallet": _lt("Share of wallet %(share)s: %(points)s of %(of)s points."),
    "affinity_breadth": _lt(
        "Categories %(count)s (all points from %(full)s on): %(points)s of %(of)s points."
    ),
    "affinity_tenure": _lt(
        "Client for %(days)s d (all points from %(full)s d on): %(points)s of %(of)s points."
    ),
    "affinity_interaction": _lt(
        "Interactions %(count)s (all points from %(full)s on): %(points)s of %(of)s points."
    ),
    "affinity_payment_days": _lt(
        "Pays in %(pay_days)s d (all points up to %(good)s d, none from %(bad)s d on): "
        "%(points)s of %(of)s points."
    ),
    "affinity_payment_overdue": _lt(
        "Overdue %(overdue_share)s of what it owes: %(points)s of %(of)s points."
    ),
    "affinity_payment_both": _lt(
        "Pays in %(pay_days)s d (all points up to %(good)s d, none from %(bad)s d on), overdue "
        "%(overdue_share)s of what it owes: %(points)s of %(of)s points."
    ),
    "priority_action_overdue": _lt("Next action overdue by %(days)s d."),
    "priority_action_today": _lt("Next action due today."),
    "priority_no_action": _lt("No next action."),
    "priority_expected": _lt("Usual purchase passed %(days)s d ago."),
    "priority_at_risk": _lt("At risk: last bought %(days)s d ago."),
    "priority_inactive": _lt("Inactive: last bought %(days)s d ago."),
    "priority_lost": _lt("Lost: last bought %(days)s d ago."),
    "priority_lead_waiting": _lt("Lead unanswered for %(days)s d."),
    "priority_lead_today": _lt("New lead, not answered yet."),
    "priority_receivable": _lt("Owes %(amount)s overdue."),
    "priority_potential": _lt("Could buy %(amount)s more a year."),
    "priority_pipeline": _lt("Open opportunities worth %(amount)s."),
    "priority_risk": _lt("May lose %(amount)s a year."),
    "priority_contacts": _lt(
        "Contacts in the last %(limit_days)s d: %(count)s (at most %(limit)s), so it can wait."
    ),
}


class ReasonWriter:
    """Puts reasons into words; keeps what it has written, as most limits are everybody's."""

    def __init__(self, env, currency):
        """Write for the language of ``env``; amounts are in ``currency``."""
        self.env = env
        self.currency = currency
        self._sentences = {}
        self._figures = {}

    def put(self, reasons, topics):
        """Return the sentences of the reasons on these topics, or False if there is none."""
        sentences = [self._write_one(reason) for reason in reasons if reason.topic in topics]
        return " ".join(filter(None, sentences)) or False

    def _write_one(self, reason):
        """Return one reason as a sentence; None for a code that has none, such as another addon's."""
        sentence = self._get_sentence(reason.code, reason.params.get("source"))
        if sentence is None:
            return None
        # The class may have been given before the limits of today, which may lack one.
        values = defaultdict(lambda: "–")
        for name, value in reason.params.items():
            kind = self._get_kind(name, reason.code)
            if (kind, value) not in self._figures:
                self._figures[kind, value] = kind(self, value)
            values[name] = self._figures[kind, value]
        return sentence % values

    def _get_sentence(self, code, source):
        if (code, source) not in self._sentences:
            found = SENTENCES.get(f"{code}.{source}") or SENTENCES.get(code)
            self._sentences[code, source] = found and self.env._(found)
        return self._sentences[code, source]

    @classmethod
    def _get_kind(cls, name, code):
        """Return how a parameter of a reason is written."""
        if name in MONEY or (code.startswith("rfm_monetary") and name != "score"):
            return cls._write_money
        if name in PERCENT or (name == "limit" and code.startswith("abc_")):
            return cls._write_percent
        if name in DATES:
            return cls._write_date
        return cls._write_number

    def _write_money(self, amount):
        return format_amount(self.env, amount, self.currency)

    def _write_percent(self, ratio):
        return f"{self._write_number(ratio * 100)}%"

    def _write_date(self, day):
        return format_date(self.env, day)

    def _write_number(self, number):
        """Return a number with a decimal only if it has one; what is none stays as it is."""
        if not isinstance(number, int | float):
            return number
        rounded = round(number, 1)
        if rounded != int(rounded):
            return formatLang(self.env, rounded, digits=1)
        return str(int(rounded)) if abs(rounded) < 1000 else formatLang(self.env, rounded, digits=0)
