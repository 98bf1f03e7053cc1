"""From which priority on an account without a next action is work for today."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: The highest priority an account can have; unlike it, the threshold cannot be zero.
MAX_PRIORITY = 100


class CarteraPolicy(models.Model):
    _inherit = "cartera.policy"

    queue_threshold = fields.Integer(
        string="Priority for “Today”",
        default=50,
        required=True,
        help="An account without a next action is in “Today” from this priority on.",
    )

    @api.constrains("queue_threshold")
    def _check_queue_threshold(self):
        for policy in self:
            if not 1 <= policy.queue_threshold <= MAX_PRIORITY:
                raise ValidationError(
                    self.env._(
                        "“%(limit)s” must be between %(low)s and %(high)s.",
                        limit=self._get_label("queue_threshold"),
                        low=1,
                        high=MAX_PRIORITY,
                    )
                )
