"""When the periods of the scorecard are closed, and how far back they are filled in."""

from datetime import timedelta

from odoo import api, fields, models

from ..analysis.period import KINDS, Period

#: Closed periods of each kind that are measured again every night.
LOOKED_AT = {"month": 3, "quarter": 2, "year": 1}
#: Months of history that are filled in, unless somebody wants others.
MONTHS, MAX_MONTHS = 24, 120
MAX_GRACE = 60


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    scorecard_grace_days = fields.Integer(
        string="Days of grace",
        default=5,
        help="A period is closed so many days after its end: until then late documents still count.",
    )
    scorecard_fill_months = fields.Integer(
        string="Months filled in",
        readonly=True,
        default=0,
        help="So many months before the scorecard was there are measured from documents.",
    )
    scorecard_fill_left = fields.Integer(
        string="Periods left", compute="_compute_scorecard_fill_left"
    )
    scorecard_fill_total = fields.Integer(
        string="Periods to fill", compute="_compute_scorecard_fill_left"
    )

    _scorecard_grace_sensible = models.Constraint(
        f"CHECK (scorecard_grace_days BETWEEN 0 AND {MAX_GRACE})",
        f"Days of grace: between 0 and {MAX_GRACE}.",
    )

    scorecard_fill_progress = fields.Float(
        string="Progress of the scorecard", compute="_compute_scorecard_fill_left"
    )

    @api.depends("scorecard_fill_months")
    def _compute_scorecard_fill_left(self):
        for policy in self:
            left = len(policy._get_periods_to_fill())
            total = sum(policy.scorecard_fill_months // months for months in KINDS.values())
            policy.scorecard_fill_left = left
            policy.scorecard_fill_total = total
            policy.scorecard_fill_progress = 100 * (total - left) / total if total else 0

    def action_scorecard_fill(self):
        """Ask for the figures of the last months; what is there stays as it is."""
        self.check_access("write")
        self.sudo().scorecard_fill_months = MONTHS
        self.env.ref("crm_cartera.cron_scorecard").sudo()._trigger()

    def _get_last_over(self, kind) -> Period:
        """Return the last period whose days of grace are over."""
        return Period.of(kind, self._today() - timedelta(days=self.scorecard_grace_days)).previous()

    def _get_periods_over(self) -> list[Period]:
        """Return the last period of each kind, if it is over for good and not closed yet."""
        periods = [self._get_last_over(kind) for kind in KINDS]
        return [period for period in periods if self._is_unclosed(period)]

    def _get_periods_to_fill(self) -> list[Period]:
        """Return the periods of the history asked for that have no values, the latest first."""
        if not self.scorecard_fill_months:
            return []
        periods = []
        for kind, months in KINDS.items():
            period = self._get_last_over(kind)
            for _ in range(self.scorecard_fill_months // months):
                period = period.previous()
                if self._is_unclosed(period):
                    periods.append(period)
        return periods

    def _get_periods_to_check(self) -> list[Period]:
        return [
            self._get_last_over(kind).previous(count)
            for kind, kept in LOOKED_AT.items()
            for count in range(kept)
        ]

    def _is_unclosed(self, period) -> bool:
        return bool(self.env["cartera.indicator"]._get_unclosed(self.company_id, period))
