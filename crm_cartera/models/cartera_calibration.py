"""Full runs: what each learned from the whole portfolio, how far it is, what it did."""

from dataclasses import asdict

from odoo import api, fields, models

from .cartera_fields import BlankFloat, BlankMonetary
from .cartera_figures import MARGIN
from .cartera_profile import MANAGER

STATES = [("running", "Running"), ("done", "Done"), ("failed", "Failed")]
#: The columns that hold cut points and limits: a judgement reads these.
LEARNED = (
    "recency_cuts",
    "frequency_cuts",
    "monetary_cuts",
    "abc_revenue_a",
    "abc_revenue_b",
    "abc_margin_a",
    "abc_margin_b",
    "median_rhythm",
    "account_count",
    "revenue",
    "top1_share",
    "top5_share",
    "top10_share",
    "top1pct_share",
    "top5pct_share",
    "top10pct_share",
    "top20pct_share",
    "hhi",
    "gini",
)


class CarteraCalibration(models.Model):
    _name = "cartera.calibration"
    _description = "Portfolio calibration"
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(string="As of", required=True, readonly=True)
    recalibrated = fields.Boolean(
        string="Learned anew",
        readonly=True,
        help="Otherwise this run judged with the cut points of the one before.",
    )

    # What was learned
    recency_cuts = fields.Json(readonly=True)
    frequency_cuts = fields.Json(readonly=True)
    monetary_cuts = fields.Json(readonly=True)
    abc_revenue_a = BlankMonetary(string="Smallest of class A", readonly=True, aggregator=None)
    abc_revenue_b = BlankMonetary(string="Smallest of class B", readonly=True, aggregator=None)
    abc_margin_a = BlankMonetary(
        string="Smallest margin of class A", readonly=True, groups=MARGIN, aggregator=None
    )
    abc_margin_b = BlankMonetary(
        string="Smallest margin of class B", readonly=True, groups=MARGIN, aggregator=None
    )
    # Not rounded: a drain judges by what is stored, and must come to what the full run came to.
    median_rhythm = BlankFloat(
        string="Usual rhythm (days)", digits=0, readonly=True, aggregator="avg"
    )
    account_count = fields.Integer(string="Buying accounts", readonly=True)
    revenue = BlankMonetary(readonly=True, help="Of the accounts above zero, in the window.")
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
    error = fields.Text(readonly=True)

    _last_idx = models.Index("(company_id, date DESC, id DESC)")

    # ------------------------------------------------------------------
    # Judged by
    # ------------------------------------------------------------------

    @api.model
    def _get_last(self, company_id, as_of):
        """Return the calibration that holds on a day, empty if there is none."""
        domain = [("company_id", "=", company_id), ("date", "<=", as_of), ("state", "=", "done")]
        return self.sudo().search(domain, limit=1)

    @api.model
    def _is_done(self, company, day) -> bool:
        """Tell whether there is a full run of a day, and so its snapshots."""
        domain = [("company_id", "=", company.id), ("date", "=", day), ("state", "=", "done")]
        return bool(self.sudo().search_count(domain, limit=1))

    def _get_learned_on(self):
        """Return the day on which these cut points were learned."""
        self.ensure_one()
        if self.recalibrated:
            return self.date
        domain = [
            ("company_id", "=", self.company_id.id),
            ("date", "<=", self.date),
            ("recalibrated", "=", True),
        ]
        return self.search(domain, limit=1).date or self.date

    def _to_calibration(self):
        """Return the record as the arithmetic takes it (analysis.calibration.Calibration)."""
        from ..analysis.calibration import Calibration

        self.ensure_one()
        values = {name: self[name] for name in LEARNED}
        for name, value in values.items():
            if name.endswith("_cuts"):
                values[name] = tuple(value) if value else None
            elif value is False:
                values[name] = None
        return Calibration(**values)

    # ------------------------------------------------------------------
    # The run
    # ------------------------------------------------------------------

    @api.model
    def _start(self, scope):
        """Note that a run has started; whatever seemed to be running was ended by somebody."""
        runs = self.sudo()
        domain = [("company_id", "=", scope.company_id), ("state", "=", "running")]
        runs.search(domain).write({"state": "failed", "error": self.env._("Interrupted")})
        return runs.create({"company_id": scope.company_id, "date": scope.as_of})

    def _advance(self, progress):
        """Note how far a run is, in percent."""
        self.progress = progress

    def _fail(self, error):
        """Note that a run ended with an exception, and tell the company's managers the first time."""
        before = self.search(
            [("company_id", "=", self.company_id.id), ("id", "<", self.id)], limit=1
        )
        self.write({"state": "failed", "error": repr(error)})
        if before.state != "failed":
            self._tell_managers()

    def _tell_managers(self):
        """Send the managers of the company a message; the job's own log is not theirs to read."""
        managers = self.env.ref(MANAGER).all_user_ids.filtered(
            lambda user: not user.share and self.company_id in user.company_ids
        )
        for lang, users in managers.grouped("lang").items():
            run = self.with_context(lang=lang)
            run.company_id.partner_id.message_notify(
                partner_ids=users.partner_id.ids,
                subject=run.env._("The portfolio of %s was not refreshed", run.company_id.name),
                body=run.env._(
                    "The figures are those of the last refresh. Error: %s", run.error or ""
                ),
            )

    @api.model
    def get_progress(self) -> dict:
        """Return how far the latest full run of the user's company is, for the refresh dialog.

        ``state``: running, done, failed or none; ``id``, ``progress`` (percent), ``accounts``,
        ``changed``, ``seconds``, ``error``; ``waiting``: accounts in the queue.
        """
        self.check_access("read")
        company = self.env.company.root_id
        today = self.env["cartera.policy"]._for(company)._today()
        run = self.search([("company_id", "=", company.id), ("date", "=", today)], limit=1)
        names = ("state", "progress", "accounts", "changed", "seconds", "error")
        values = {name: run[name] for name in names} if run else {"state": "none"}
        waiting = self.env["cartera.touch"].search_count([("parked", "=", False)])
        return {"id": run.id, **values, "waiting": waiting}

    def _finish(self, calibration, learned, counts):
        """Note what a run learned and did; ``calibration``: analysis.calibration.Calibration."""
        values = asdict(calibration)
        for name in values:
            if name.endswith("_cuts"):
                values[name] = list(values[name]) if values[name] else False
        self.write(
            {
                **values,
                "recalibrated": learned,
                "state": "done",
                "progress": 100,
                "accounts": counts["accounts"],
                "changed": counts["changed"],
                "seconds": counts.get("seconds", 0),
            }
        )
        if learned:
            policy = self.env["cartera.policy"]._for(self.company_id)
            if policy.recalibrate_next and self.date == policy._today():
                policy.recalibrate_next = False
