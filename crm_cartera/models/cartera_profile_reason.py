"""Why an account is judged as it is: the codes of analysis.reasons in the reader's language."""

from odoo import api, fields, models

from .cartera_figures import MARGIN
from .cartera_reason_words import ReasonWriter

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
    "expected_purchase_date",
    "potential",
    "affinity_score",
    "share_of_wallet",
    "categ_count",
    "interaction_count_12m",
    "days_to_pay",
    "receivable",
    "overdue",
)
READ_MARGIN = ("abc_margin", "margin_12m", "margin_rate", "margin_covered_rate")
#: {field: the topics that it tells of}
TOPICS = {
    "retention_reason": ("retention",),
    "rhythm_reason": ("rhythm", "expected"),
    "rfm_reason": ("rfm",),
    "abc_reason": ("abc",),
    "trend_reason": ("trend",),
    "wallet_reason": ("wallet",),
    "affinity_reason": ("affinity",),
}


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    retention_reason = fields.Text(
        string="Why this retention status", compute="_compute_reasons", compute_sudo=False
    )
    rhythm_reason = fields.Text(
        string="Why this rhythm", compute="_compute_reasons", compute_sudo=False
    )
    rfm_reason = fields.Text(string="Why this RFM", compute="_compute_reasons", compute_sudo=False)
    abc_reason = fields.Text(
        string="Why this class", compute="_compute_reasons", compute_sudo=False
    )
    trend_reason = fields.Text(
        string="Why this trend", compute="_compute_reasons", compute_sudo=False
    )
    wallet_reason = fields.Text(
        string="Why this share of wallet", compute="_compute_reasons", compute_sudo=False
    )
    affinity_reason = fields.Text(
        string="Why this linkage", compute="_compute_reasons", compute_sudo=False
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
        for profile, reasons, writer in self._explain(READ):
            for name, topics in TOPICS.items():
                profile[name] = writer.put(reasons, topics)

    @api.depends(*READ_MARGIN)
    @api.depends_context("lang")
    def _compute_margin_reason(self):
        from ..analysis.reasons import MARGIN_TOPICS

        for profile, reasons, writer in self._explain(READ_MARGIN):
            profile.margin_reason = writer.put(reasons, MARGIN_TOPICS)

    def _explain(self, names):
        """Yield (profile, reasons, writer) of what the figures ``names`` say.

        One calibration, and one writer, which remembers its words, for all accounts of a company.
        """
        from ..analysis.calibration import Calibration
        from ..analysis.reasons import explain

        for company, profiles in self.grouped("company_id").items():
            policy = self.env["cartera.policy"]._for(company or self.env.company)
            today, limits = policy._today(), policy._get_limits()
            last = self.env["cartera.calibration"]._get_last(company.id, today)
            calibration = last._to_calibration() if last else Calibration()
            writer = ReasonWriter(self.env, company.currency_id)
            for profile in profiles:
                figures = {name: profile[name] for name in names}
                yield profile, explain(figures, calibration, limits, today), writer
