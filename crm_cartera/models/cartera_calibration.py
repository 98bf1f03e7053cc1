"""Full runs: what each learned from the whole portfolio, how far it is, what it did."""

from dataclasses import fields as get_fields

from odoo import api, fields, models

from .cartera_fields import BlankFloat, BlankMonetary
from .cartera_figures import MARGIN

STATES = [("running", "Running"), ("done", "Done"), ("failed", "Failed")]


class CarteraCalibration(models.Model):
    _name = "cartera.calibration"
    _description = "Portfolio calibration"
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(string="As of", required=True, readonly=True)
    is_past = fields.Boolean(
        string="Past day",
        readonly=True,
        help="It wrote the snapshots of that day; nobody is judged by what it learned.",
    )
    recalibrated = fields.Boolean(
        string="Learned anew",
        readonly=True,
        help="Otherwise this run judged with the cut points of the one before.",
    )

    # What was learned: the names are those of analysis.calibration.Calibration
    recency_cuts = fields.Json(readonly=True)
    frequency_cuts = fields.Json(readonly=True)
    monetary_cuts = fields.Json(readonly=True)
    # Not rounded, to the currency's digits neither: a drain judges by what is stored, and must come to
    # what the full run came to.
    abc_revenue_a = BlankFloat(
        string="Smallest of class A", digits=0, readonly=True, aggregator=None
    )
    abc_revenue_b = BlankFloat(
        string="Smallest of class B", digits=0, readonly=True, aggregator=None
    )
    abc_margin_a = BlankFloat(
        string="Smallest margin of class A",
        digits=0,
        readonly=True,
        groups=MARGIN,
        aggregator=None,
    )
    abc_margin_b = BlankFloat(
        string="Smallest margin of class B",
        digits=0,
        readonly=True,
        groups=MARGIN,
        aggregator=None,
    )
    median_rhythm = BlankFloat(
        string="Usual rhythm (days)", digits=0, readonly=True, aggregator="avg"
    )
    value_reference = BlankFloat(
        string="Usual value at stake",
        digits=0,
        readonly=True,
        aggregator=None,
        help="Median of what is at stake, per year, of the accounts with anything at stake.",
    )
    overdue_reference = BlankFloat(
        string="Usual overdue amount",
        digits=0,
        readonly=True,
        aggregator=None,
        help="Median of the overdue amounts of the accounts that owe one.",
    )
    buyer_count = fields.Integer(string="Buying accounts", readonly=True)
    revenue = BlankMonetary(readonly=True, help="Of the accounts above zero, in the period.")
    top1_share = BlankFloat(string="Largest account", readonly=True, aggregator="avg")
    top5_share = BlankFloat(string="Largest 5", readonly=True, aggregator="avg")
    top10_share = BlankFloat(string="Largest 10", readonly=True, aggregator="avg")
    top1pct_share = BlankFloat(string="Largest 1 %", readonly=True, aggregator="avg")
    top5pct_share = BlankFloat(string="Largest 5 %", readonly=True, aggregator="avg")
    top10pct_share = BlankFloat(string="Largest 10 %", readonly=True, aggregator="avg")
    top20pct_share = BlankFloat(string="Largest 20 %", readonly=True, aggregator="avg")
    hhi = BlankFloat(
        string="HHI",
        digits=(8, 1),
        readonly=True,
        aggregator="avg",
        help="Herfindahl-Hirschman index of the revenue, 0 (spread) to 10,000 (one account).",
    )
    gini = BlankFloat(
        string="Gini",
        digits=(6, 4),
        readonly=True,
        aggregator="avg",
        help="0: all accounts buy the same; towards 1: few buy nearly everything.",
    )

    # The run
    state = fields.Selection(selection=STATES, required=True, readonly=True, default="running")
    progress = fields.Integer(readonly=True, aggregator=None, help="Percent of the run.")
    accounts = fields.Integer(readonly=True)
    changed = fields.Integer(readonly=True)
    seconds = fields.Float(digits=(8, 1), readonly=True, aggregator="avg")
    exception = fields.Text(
        readonly=True,
        help="What ended it; none if somebody did, as Odoo does when it takes too long.",
    )
    error = fields.Text(compute="_compute_error")
    told = fields.Boolean(
        string="Managers know", readonly=True, help="They were told that it failed."
    )

    _last_idx = models.Index("(company_id, date DESC, id DESC)")

    @api.depends("state", "exception")
    @api.depends_context("lang")
    def _compute_error(self):
        for run in self:
            run.error = run.state == "failed" and (run.exception or self.env._("Interrupted"))

    # ------------------------------------------------------------------
    # Judged by
    # ------------------------------------------------------------------

    @api.model
    def _get_last(self, company_id, as_of):
        """Return the calibration that accounts are judged by on a day, empty if there is none."""
        domain = [*self._get_domain(company_id), ("date", "<=", as_of), ("state", "=", "done")]
        return self.sudo().search(domain, limit=1)

    @api.model
    def _get_of_past(self, company_id, day):
        """Return the run that wrote the snapshots of a past day, empty if there is none."""
        domain = [*self._get_domain(company_id, True), ("date", "=", day), ("state", "=", "done")]
        return self.sudo().search(domain, limit=1)

    @api.model
    def _get_domain(self, company_id, is_past=False) -> list:
        """Return the condition of the runs of a company, of past days or of the day they ran on."""
        return [("company_id", "=", company_id), ("is_past", "=", is_past)]

    def _get_learned_on(self):
        """Return the day on which these cut points were learned."""
        self.ensure_one()
        if self.recalibrated:
            return self.date
        domain = [
            *self._get_domain(self.company_id.id),
            ("date", "<=", self.date),
            ("recalibrated", "=", True),
        ]
        return self.search(domain, limit=1).date or self.date

    def _to_calibration(self):
        """Return the record as the arithmetic takes it (analysis.calibration.Calibration)."""
        from ..analysis.calibration import Calibration

        self.ensure_one()
        values = {field.name: self[field.name] for field in get_fields(Calibration)}
        for name, value in values.items():
            if name.endswith("_cuts"):
                values[name] = tuple(value) if value else None
            elif value is False:
                values[name] = None
        return Calibration(**values)
