"""The criteria on screen: opened for the current company, with their bounds, and their buttons."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import formatLang

from .cartera_policy_history import MAX_MONTHS, MONTHS
from .cartera_policy_limits import BOUNDS, REJUDGED

#: The dialog of a run has opened by then. Asking at once would start one that the dialog, looking a
#: moment later, takes for an older one: it would have to ask for a second.
UNTIL_SHOWN = timedelta(minutes=1)


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    backfill_months = fields.Integer(
        string="Months to go back",
        default=MONTHS,
        help="So many month ends, back from the last one, get their figures from the documents.",
    )
    backfill_progress = fields.Float(compute="_compute_backfill_progress")

    _backfill_months_sensible = models.Constraint(
        f"CHECK (backfill_months BETWEEN 1 AND {MAX_MONTHS})",
        f"Months to go back: between 1 and {MAX_MONTHS}.",
    )

    @api.depends("backfill_total", "backfill_done")
    def _compute_backfill_progress(self):
        for policy in self:
            total = policy.backfill_total
            policy.backfill_progress = 100 * policy.backfill_done / total if total else 0

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Add default and bounds to the help of the limits."""
        result = super().fields_get(allfields, attributes)
        self._add_bounds(result)
        return result

    @api.model
    def _add_bounds(self, descriptions, prefix=""):
        """Add, in place, default and bounds to the help of the limits among the fields described."""
        defaults = self.default_get(list(BOUNDS))
        for name, bounds in BOUNDS.items():
            described = descriptions.get(prefix + name, {})
            if described.get("help"):
                note = self.env._(
                    "Default: %(default)s. From %(low)s to %(high)s.",
                    default=self._format_limit(name, defaults[name]),
                    low=self._format_limit(name, bounds.low),
                    high=self._format_limit(name, bounds.high),
                )
                described["help"] = f"{described['help']}\n{note}"

    @api.model
    def _put_period(self, descriptions):
        """Put, in place, the months of the period into the labels of figures of it."""
        months = self._for(self.env.company).window_months
        for name, described in descriptions.items():
            if name.endswith("_12m") and "string" in described:
                described["string"] = described["string"].replace("12", str(months))
        return descriptions

    @api.model
    def _format_limit(self, name, value):
        """Return a limit as the screen shows it: shares as percentages."""
        is_share = name in ("abc_a_limit", "abc_b_limit")
        shown = value * 100 if is_share else value
        text = formatLang(self.env, shown, digits=0 if shown == int(shown) else 1)
        return f"{text}%" if is_share else text

    def write(self, vals):
        """Leave out the limits that stay as they are: a settings form sends all of them each time."""
        same = {
            name
            for name in vals.keys() & REJUDGED
            if all(policy._is_same(name, vals[name]) for policy in self)
        }
        return super().write({name: value for name, value in vals.items() if name not in same})

    def _is_same(self, name, value):
        return self._fields[name].convert_to_cache(value, self) == self[name]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_open(self):
        """Open the criteria of the current company."""
        policy = self._for(self.env.company).with_env(self.env)
        return policy._get_records_action(name=self.env._("Criteria"))

    def action_refresh(self):
        """Ask for a full run in the background, and show how far it is.

        The dialog that shows it asks by itself; who calls without one need not wait long.
        """
        return self._refresh_soon()

    def action_learn(self):
        """Ask for a full run in the background that learns the cut points anew; show how far it is."""
        return self._refresh_soon(recalibrate=True)

    def _refresh_soon(self, recalibrate=False):
        self.check_access("write")
        self.sudo()._ask_refresh(recalibrate, after=UNTIL_SHOWN)
        return self.env["ir.actions.actions"]._for_xml_id("crm_cartera.cartera_refresh_action")

    def action_backfill_start(self):
        """Fill as many months of history as the form says."""
        self.ensure_one()
        self.action_backfill(self.backfill_months)

    def action_open_calibrations(self):
        """Open what was learned, run by run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_calibration_action"
        )
        return {**action, "domain": [("company_id", "=", self.company_id.id)]}
