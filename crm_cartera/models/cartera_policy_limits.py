"""The limits of the analysis: bounds and a sentence of help; the defaults are analysis.policy.Policy's."""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..analysis.policy import Policy
from .cartera_policy_history import MAX_MONTHS


class Bounds(NamedTuple):
    """The lowest and highest value that make sense."""

    low: float
    high: float


#: The weights of the linkage score, part by part.
WEIGHTS = tuple(
    f"affinity_{part}_weight" for part in ("wallet", "breadth", "tenure", "interaction", "payment")
)
#: The weights of the priority: of what is at stake, and of what makes it urgent.
VALUE_WEIGHTS = tuple(
    f"priority_weight_{term}" for term in ("potential", "pipeline", "risk", "base")
)
URGENCY_WEIGHTS = tuple(
    f"priority_weight_{term}"
    for term in ("action", "no_action", "expected", "retention", "lead", "receivable")
)
PRIORITY_WEIGHTS = VALUE_WEIGHTS + URGENCY_WEIGHTS
#: {field: bounds} of every limit.
BOUNDS = {
    "window_months": Bounds(1, 120),
    "rhythm_min_days": Bounds(2, 20),
    "rhythm_floor_days": Bounds(1, 365),
    "rhythm_default_days": Bounds(1, 3650),
    "abc_a_limit": Bounds(0.01, 0.99),
    "abc_b_limit": Bounds(0.02, 1.0),
    "new_days": Bounds(1, 3650),
    "new_ratio": Bounds(0.1, 100),
    "recovered_days": Bounds(1, 3650),
    "recovered_ratio": Bounds(0.1, 100),
    "at_risk_ratio": Bounds(0.1, 100),
    "inactive_ratio": Bounds(0.1, 100),
    "lost_ratio": Bounds(0.1, 100),
    "lost_months": Bounds(1, MAX_MONTHS),
    **dict.fromkeys(WEIGHTS, Bounds(0, 100)),
    "affinity_categ_count": Bounds(1, 100),
    "affinity_tenure_months": Bounds(1, MAX_MONTHS),
    "affinity_interaction_count": Bounds(1, 1000),
    "affinity_pay_good_days": Bounds(0, 365),
    "affinity_pay_bad_days": Bounds(1, 730),
    **dict.fromkeys(PRIORITY_WEIGHTS, Bounds(0, 100)),
    "priority_action_days": Bounds(1, 365),
    "priority_lead_days": Bounds(1, 365),
    "contact_limit_count": Bounds(0, 1000),
    "contact_limit_days": Bounds(1, 365),
}
#: Pairs of which the first must be below the second.
ORDERED = (
    ("abc_a_limit", "abc_b_limit"),
    ("at_risk_ratio", "inactive_ratio"),
    ("inactive_ratio", "lost_ratio"),
    ("affinity_pay_good_days", "affinity_pay_bad_days"),
)
#: A change of these changes the judgement of everybody.
REJUDGED = frozenset([*BOUNDS, "accept_zero_cost", "tz"])


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    window_months = fields.Integer(
        string="Period (months)",
        default=Policy.window_months,
        required=True,
        help="Revenue, frequency, classes and margin are those of so many months up to today.",
    )
    rhythm_min_days = fields.Integer(
        string="Purchase days for an own rhythm",
        default=Policy.rhythm_min_days,
        required=True,
        help="With fewer purchase days an account gets the company's usual rhythm.",
    )
    rhythm_floor_days = fields.Integer(
        string="Shortest rhythm (days)",
        default=Policy.rhythm_floor_days,
        required=True,
        help="Whoever buys more often is taken to buy every so many days.",
    )
    rhythm_default_days = fields.Integer(
        string="Assumed rhythm (days)",
        default=Policy.rhythm_default_days,
        required=True,
        help="The rhythm as long as no account of the company has one of its own.",
    )
    abc_a_limit = fields.Float(
        string="Class A up to",
        digits=(4, 3),
        default=Policy.abc_a_limit,
        required=True,
        help="Accounts, the largest first, are in class A until they make this share of the total.",
    )
    abc_b_limit = fields.Float(
        string="Class B up to",
        digits=(4, 3),
        default=Policy.abc_b_limit,
        required=True,
        help="The next ones are in class B until this share; the rest are in class C.",
    )
    new_days = fields.Integer(
        string="New for (days)",
        default=Policy.new_days,
        required=True,
        help="An account is new for so many days after its first purchase.",
    )
    new_ratio = fields.Float(
        string="New up to (x rhythm)",
        digits=(6, 2),
        default=Policy.new_ratio,
        required=True,
        help="A new account that waits longer than this many times its rhythm is new no more.",
    )
    recovered_days = fields.Integer(
        string="Recovered for (days)",
        default=Policy.recovered_days,
        required=True,
        help="An account that came back is recovered for so many days.",
    )
    recovered_ratio = fields.Float(
        string="Came back after (x rhythm)",
        digits=(6, 2),
        default=Policy.recovered_ratio,
        required=True,
        help="A pause of more than this many times its rhythm before the last purchase.",
    )
    at_risk_ratio = fields.Float(
        string="At risk after (x rhythm)",
        digits=(6, 2),
        default=Policy.at_risk_ratio,
        required=True,
        help="Days since the last purchase, as a multiple of the rhythm.",
    )
    inactive_ratio = fields.Float(
        string="Inactive after (x rhythm)",
        digits=(6, 2),
        default=Policy.inactive_ratio,
        required=True,
        help="Days since the last purchase, as a multiple of the rhythm.",
    )
    lost_ratio = fields.Float(
        string="Lost after (x rhythm)",
        digits=(6, 2),
        default=Policy.lost_ratio,
        required=True,
        help="Days since the last purchase, as a multiple of the rhythm.",
    )
    lost_months = fields.Integer(
        string="Lost after (months)",
        default=Policy.lost_months,
        required=True,
        help="Whoever bought nothing for longer than this is lost, whatever its rhythm.",
    )
    recalibrate = fields.Selection(
        selection=[("night", "Every night"), ("month", "Every month"), ("hand", "By hand")],
        string="Learn the cut points",
        default="night",
        required=True,
        help="How often the cut points of RFM, the limits of ABC and the usual rhythm are learned "
        "anew from all accounts. In between accounts are judged by the last ones.",
    )
    accept_zero_cost = fields.Boolean(
        string="A cost of zero is a cost",
        help="Otherwise products without a cost are left out of margins, as their cost is unknown.",
    )

    @api.constrains(*BOUNDS)
    def _check_limits(self):
        for policy in self:
            for name, bounds in BOUNDS.items():
                if not bounds.low <= policy[name] <= bounds.high:
                    message = self.env._(
                        "“%(limit)s” must be between %(low)s and %(high)s.",
                        limit=self._get_label(name),
                        low=self._format_limit(name, bounds.low),
                        high=self._format_limit(name, bounds.high),
                    )
                    raise ValidationError(message)
            for lower, upper in ORDERED:
                if policy[lower] >= policy[upper]:
                    message = self.env._(
                        "“%(lower)s” must be below “%(upper)s”.",
                        lower=self._get_label(lower),
                        upper=self._get_label(upper),
                    )
                    raise ValidationError(message)

    def _get_limits(self):
        """Return the limits as the arithmetic takes them (analysis.policy.Policy)."""
        self.ensure_one()
        return Policy(**{name: self[name] for name in BOUNDS})

    def _is_recalibration_due(self, last, as_of) -> bool:
        """Tell whether a full run of a day learns anew; ``last``: the latest calibration, if any."""
        if self.recalibrate_next or self.recalibrate == "night":
            return True
        if not last.buyer_count and not last.median_rhythm:
            return True  # there was nothing to learn from until now
        return self.recalibrate == "month" and last._get_learned_on() < as_of.replace(day=1)

    @api.model
    def _get_label(self, name) -> str:
        return self._fields[name]._description_string(self.env)

    def write(self, vals):
        """Judge everybody anew, in the background, when a limit has changed."""
        result = super().write(vals)
        if vals.keys() & REJUDGED:
            self.sudo()._ask_refresh(recalibrate=True)
        return result
