"""The runs behind the calibrations: how far each is, what it did, who is told if it failed."""

from dataclasses import asdict

from odoo import api, models
from odoo.tools import SQL, format_date

#: A company whose runs were ended so often in a day is left alone until the next one.
MAX_ATTEMPTS = 3


class CarteraCalibration(models.Model):
    _inherit = "cartera.calibration"

    # ------------------------------------------------------------------
    # One run
    # ------------------------------------------------------------------

    @api.model
    def _start(self, scope, is_past=False):
        """Note that a run has started."""
        vals = {"company_id": scope.company_id, "date": scope.as_of, "is_past": is_past}
        return self.sudo().create(vals)

    def _advance(self, progress):
        """Note how far a run is, in percent."""
        self.progress = progress

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

    def _fail(self, error):
        """Note that a run ended with an exception."""
        self.write({"state": "failed", "exception": repr(error)})

    @api.model
    def _end_interrupted(self, is_past=False):
        """Note which runs somebody ended; the caller holds their lock, so nobody goes on with them."""
        runs = self.sudo().search([("state", "=", "running"), ("is_past", "=", is_past)])
        runs.state = "failed"

    @api.model
    def _get_latest_run(self, company_id) -> tuple:
        """Return (id, state) of the last run that wrote profiles, or is writing them; () if none."""
        run = self.sudo().search(self._get_domain(company_id), order="id desc", limit=1)
        return (run.id, run.state) if run else ()

    # ------------------------------------------------------------------
    # Failures
    # ------------------------------------------------------------------

    @api.model
    def _get_unended(self, company, day=None):
        """Return the runs of a company that were not done, since the last one that was.

        ``day``: those of a past day.
        """
        domain = self._get_domain(company.id, day is not None)
        if day:
            domain.append(("date", "=", day))
        runs = self.sudo()
        last = runs.search([*domain, ("state", "=", "done")], order="id desc", limit=1)
        return runs.search(
            [*domain, ("state", "!=", "done"), ("id", ">", last.id or 0)], order="id"
        )

    @api.model
    def _get_untold(self, attempts) -> list[tuple]:
        """Return [(company id, day)] of which so many runs failed and nobody was told yet.

        ``day``: of a past day, else None. What failed before a run that was done is over.
        """
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT c.company_id, CASE WHEN c.is_past THEN c.date END AS day
                     FROM cartera_calibration c
                    WHERE c.state = 'failed' AND NOT EXISTS (
                          SELECT FROM cartera_calibration d
                           WHERE d.company_id = c.company_id AND d.state = 'done' AND d.id > c.id
                             AND (d.is_past IS TRUE) = (c.is_past IS TRUE)
                             AND (c.is_past IS NOT TRUE OR d.date = c.date))
                 GROUP BY c.company_id, day
                   HAVING COUNT(*) >= %s AND NOT bool_or(c.told IS TRUE)
                 ORDER BY c.company_id, day""",
                attempts,
            )
        )

    @api.model
    def _report(self, company, day=None, attempts=1):
        """Tell the managers of a company that so many runs failed; once, until one is done."""
        failed = self._get_unended(company, day).filtered(lambda run: run.state == "failed")
        if len(failed) >= attempts and not any(failed.mapped("told")):
            failed.told = True
            failed[-1]._tell_managers()

    def _tell_managers(self):
        self.env["cartera.policy"]._for(self.company_id)._tell_managers(self._word_failure)

    def _word_failure(self, env):
        """Return (subject, body) of the message about a failed run, in the language of ``env``."""
        company, error = self.company_id.name, self.with_env(env).error
        if self.is_past:
            day = format_date(env, self.date)
            subject = env._(
                "The portfolio of %(company)s on %(day)s is missing", company=company, day=day
            )
            return subject, env._("It is tried again every night. Error: %s", error)
        subject = env._("The portfolio of %s was not refreshed", company)
        return subject, env._("The figures are those of the last refresh. Error: %s", error)

    # ------------------------------------------------------------------
    # Progress
    # ------------------------------------------------------------------

    @api.model
    def get_progress(self) -> dict:
        """Return how far the latest full run of the user's company is, for the refresh dialog.

        ``state``: running, done, failed or none; ``id``, ``progress`` (percent), ``accounts``,
        ``changed``, ``seconds``, ``error``.
        """
        self.check_access("read")
        domain = self._get_domain(self.env.company.root_id.id)
        run = self.search(domain, order="id desc", limit=1)
        names = ("state", "progress", "accounts", "changed", "seconds", "error")
        values = {name: run[name] for name in names} if run else {"state": "none"}
        return {"id": run.id, **values}
