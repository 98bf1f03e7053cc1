"""The weights and limits of the linkage score; the arithmetic is analysis.affinity's."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..analysis.policy import Policy
from .cartera_policy_limits import WEIGHTS


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    affinity_wallet_weight = fields.Integer(
        string="Weight of the share of wallet",
        default=Policy.affinity_wallet_weight,
        required=True,
        help="How much of its potential the account buys here. Without a potential the part is left out.",
    )
    affinity_breadth_weight = fields.Integer(
        string="Weight of the categories",
        default=Policy.affinity_breadth_weight,
        required=True,
        help="How many product categories the account buys.",
    )
    affinity_tenure_weight = fields.Integer(
        string="Weight of the time as a client",
        default=Policy.affinity_tenure_weight,
        required=True,
        help="How long ago the account bought first.",
    )
    affinity_interaction_weight = fields.Integer(
        string="Weight of the interactions",
        default=Policy.affinity_interaction_weight,
        required=True,
        help="Done activities, past meetings and messages of the period. None is none of the points: "
        "0 takes the part out where nobody records them.",
    )
    affinity_payment_weight = fields.Integer(
        string="Weight of the payment",
        default=Policy.affinity_payment_weight,
        required=True,
        help="How soon the account pays, less the share of what it owes that is overdue. Left out as long "
        "as it has paid nothing and nothing is overdue.",
    )
    affinity_categ_count = fields.Integer(
        string="Categories for all points",
        default=Policy.affinity_categ_count,
        required=True,
        help="From so many product categories on the account has all points of this part.",
    )
    affinity_tenure_months = fields.Integer(
        string="Months as a client for all points",
        default=Policy.affinity_tenure_months,
        required=True,
        help="From so many months after its first purchase on the account has all points of this part.",
    )
    affinity_interaction_count = fields.Integer(
        string="Interactions for all points",
        default=Policy.affinity_interaction_count,
        required=True,
        help="From so many interactions in the period on the account has all points of this part.",
    )
    affinity_pay_good_days = fields.Integer(
        string="Days to pay for all points",
        default=Policy.affinity_pay_good_days,
        required=True,
        help="Whoever pays within so many days has all points of this part.",
    )
    affinity_pay_bad_days = fields.Integer(
        string="Days to pay for no points",
        default=Policy.affinity_pay_bad_days,
        required=True,
        help="Whoever pays after so many days or later has no points of this part.",
    )

    @api.constrains(*WEIGHTS)
    def _check_weights(self):
        for policy in self:
            if not any(policy[name] for name in WEIGHTS):
                raise ValidationError(
                    self.env._("The weights of the linkage cannot all be zero: no account had one.")
                )
