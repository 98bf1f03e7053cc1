"""Why an account is judged as it is: the codes of analysis.reasons in the reader's language."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import LazyTranslate, format_amount, format_date, formatLang

from .cartera_figures import MARGIN

_lt = LazyTranslate(__name__)

#: What a reason looks at.
READ = (
    "retention_status",
    "first_purchase_date",
    "last_purchase_date",
    "rhythm_days",
    "rhythm_source",
    "rfm_recency",
    "rfm_frequency",
    "rfm_monetary",
    "rfm_score",
    "purchase_count_12m",
    "revenue_12m",
    "revenue_prev_12m",
    "abc_revenue",
)
READ_MARGIN = ("abc_margin", "margin_12m", "margin_rate", "margin_covered_rate")
#: {topic: the field that tells it}; a topic that is not here has no field.
TOPICS = {
    "retention": "retention_reason",
    "rfm": "rfm_reason",
    "abc": "abc_reason",
    "trend": "trend_reason",
}
MARGIN_TOPICS = ("abc_margin", "margin")

MONEY = {"amount", "smallest", "below", "revenue", "previous", "margin"}
PERCENT = {"trend", "rate", "covered"}
DATES = {"first", "last"}

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
    "retention_recovered": _lt("Recovered: bought %(days)s d ago, after a pause of %(gap)s d."),
    "retention_recovered_after": _lt(
        "Recovered: bought %(days)s d ago, after a pause of more than %(gap_limit)s d."
    ),
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
}


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    retention_reason = fields.Text(
        string="Why this retention status", compute="_compute_reasons", compute_sudo=False
    )
    rfm_reason = fields.Text(string="Why this RFM", compute="_compute_reasons", compute_sudo=False)
    abc_reason = fields.Text(
        string="Why this class", compute="_compute_reasons", compute_sudo=False
    )
    trend_reason = fields.Text(
        string="Why this trend", compute="_compute_reasons", compute_sudo=False
    )
    margin_reason = fields.Text(
        string="Why this class by margin",
        compute="_compute_margin_reason",
        compute_sudo=False,
        groups=MARGIN,
    )

    @api.depends(*READ)
    @api.depends_context("lang")
    def _compute_reasons(self):
        for profile, reasons in self._explain(READ):
            for topic, name in TOPICS.items():
                profile[name] = profile._word(reasons, (topic,))

    @api.depends(*READ_MARGIN)
    @api.depends_context("lang")
    def _compute_margin_reason(self):
        for profile, reasons in self._explain(READ_MARGIN):
            profile.margin_reason = profile._word(reasons, MARGIN_TOPICS)

    def _explain(self, names):
        """Yield (profile, reasons) of what the figures ``names`` say; one calibration a company."""
        from ..analysis.calibration import Calibration
        from ..analysis.reasons import explain

        for company, profiles in self.grouped("company_id").items():
            policy = self.env["cartera.policy"]._for(company or self.env.company)
            today, limits = policy._today(), policy._get_limits()
            last = self.env["cartera.calibration"]._get_last(company.id, today)
            calibration = last._to_calibration() if last else Calibration()
            for profile in profiles:
                figures = {name: profile[name] for name in names}
                yield profile, explain(figures, calibration, limits, today)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _word(self, reasons, topics):
        """Return the sentences of the reasons on these topics, or False if there is none."""
        sentences = [self._word_one(reason) for reason in reasons if reason.topic in topics]
        return " ".join(filter(None, sentences)) or False

    def _word_one(self, reason):
        """Return one reason as a sentence; None for a code that has none, such as another addon's."""
        code, source = reason.code, reason.params.get("source")
        sentence = SENTENCES.get(f"{code}.{source}") or SENTENCES.get(code)
        if sentence is None:
            return None
        # The class may have been given before the limits of today, which may lack one.
        values = defaultdict(lambda: "–")
        for name, value in reason.params.items():
            values[name] = self._format(name, value, code)
        text = self.env._(sentence)
        return text % values

    def _format(self, name, value, code):
        """Return a parameter of a reason as the reader's country writes it."""
        is_money = name in MONEY or (code.startswith("rfm_monetary") and name != "score")
        if is_money:
            return format_amount(self.env, value, self.currency_id)
        if name in PERCENT or (name == "limit" and code.startswith("abc_")):
            return f"{self._format_number(round(value * 100, 1))}%"
        if name in DATES:
            return format_date(self.env, value)
        return self._format_number(value) if isinstance(value, int | float) else value

    def _format_number(self, number):
        """Return a number with a decimal only if it has one."""
        rounded = round(number, 1)
        return formatLang(self.env, rounded, digits=0 if rounded == int(rounded) else 1)
