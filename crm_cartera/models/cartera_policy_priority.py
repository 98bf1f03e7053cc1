"""The weights of the priority and the contact limit; the arithmetic is analysis.priority's."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..analysis.policy import Policy
from .cartera_policy_limits import URGENCY_WEIGHTS, VALUE_WEIGHTS


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    priority_weight_potential = fields.Integer(
        string="Unused potential counts (%)",
        default=Policy.priority_weight_potential,
        required=True,
        help="So much of what the account could still buy in a year counts as at stake.",
    )
    priority_weight_pipeline = fields.Integer(
        string="Open opportunities count (%)",
        default=Policy.priority_weight_pipeline,
        required=True,
        help="So much of the expected revenue x probability of its open opportunities counts as at stake.",
    )
    priority_weight_risk = fields.Integer(
        string="Revenue at risk counts (%)",
        default=Policy.priority_weight_risk,
        required=True,
        help="So much of the yearly revenue of an account that is at risk, inactive or lost counts as at "
        "stake.",
    )
    priority_weight_base = fields.Integer(
        string="Urgency without value",
        default=Policy.priority_weight_base,
        required=True,
        help="The priority that the most urgent account has if nothing is known to be at stake; what is at "
        "stake gives the rest up to 100.",
    )
    priority_weight_action = fields.Integer(
        string="Urgency of a due action",
        default=Policy.priority_weight_action,
        required=True,
        help="Half of it on the day the next action is due, all of it after the days that the limits set.",
    )
    priority_weight_no_action = fields.Integer(
        string="Urgency of no next action",
        default=Policy.priority_weight_no_action,
        required=True,
        help="Nobody has planned anything with the account.",
    )
    priority_weight_expected = fields.Integer(
        string="Urgency of a purchase overdue",
        default=Policy.priority_weight_expected,
        required=True,
        help="It grows from the day of the expected purchase on, up to all of it one rhythm later.",
    )
    priority_weight_retention = fields.Integer(
        string="Urgency of slipping away",
        default=Policy.priority_weight_retention,
        required=True,
        help="A third of it at risk, two thirds inactive, all of it lost.",
    )
    priority_weight_lead = fields.Integer(
        string="Urgency of an unanswered lead",
        default=Policy.priority_weight_lead,
        required=True,
        help="Half of it on the day the lead came in, all of it after the days that the limits set.",
    )
    priority_weight_receivable = fields.Integer(
        string="Urgency of an overdue payment",
        default=Policy.priority_weight_receivable,
        required=True,
        help="Half of it for the usual overdue amount of the accounts that owe one, more for a larger one.",
    )
    priority_action_days = fields.Integer(
        string="Action overdue: all after (days)",
        default=Policy.priority_action_days,
        required=True,
        help="An action overdue for so many days has all of its urgency.",
    )
    priority_lead_days = fields.Integer(
        string="Lead unanswered: all after (days)",
        default=Policy.priority_lead_days,
        required=True,
        help="A lead unanswered for so many days has all of its urgency.",
    )
    contact_limit_count = fields.Integer(
        string="Contacts at most",
        default=Policy.contact_limit_count,
        required=True,
        help="From so many contacts within the days of the limit on an account has half of its priority, and less with "
        "each further one. 0: no limit.",
    )
    contact_limit_days = fields.Integer(
        string="Contacts within (days)",
        default=Policy.contact_limit_days,
        required=True,
        help="Done activities, past meetings and messages of so many days up to today count as contacts.",
    )

    @api.constrains(*URGENCY_WEIGHTS, *VALUE_WEIGHTS)
    def _check_priority_weights(self):
        for policy in self:
            if not any(policy[name] for name in URGENCY_WEIGHTS):
                raise ValidationError(
                    self.env._(
                        "The weights of the urgency cannot all be zero: no account had a priority."
                    )
                )
            if not any(policy[name] for name in VALUE_WEIGHTS):
                raise ValidationError(
                    self.env._(
                        "What is at stake and the urgency without value cannot all weigh zero: no account "
                        "had a priority."
                    )
                )
