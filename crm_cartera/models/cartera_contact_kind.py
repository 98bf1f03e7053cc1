"""Ways in which a contact with an account takes place: the manager's list."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

DIRECTIONS = [("out", "We to them"), ("in", "They to us")]


class CarteraContactKind(models.Model):
    _name = "cartera.contact.kind"
    _inherit = ["cartera.contact.choice"]
    _description = "Kind of contact"

    code = fields.Char(help="Technical name; the shipped kinds have one.", copy=False)
    icon = fields.Char(
        required=True, default="fa-comment", help="Font Awesome icon, such as fa-phone."
    )
    record_as = fields.Selection(
        selection=[("activity", "Done activity"), ("meeting", "Past meeting")],
        string="Recorded as",
        required=True,
        default="activity",
        help="Where Odoo keeps it: a done activity of the contact or lead, or a meeting in the "
        "calendar.",
    )
    activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        ondelete="restrict",
        domain=[("res_model", "in", [False, "res.partner", "crm.lead"])],
        help="Type of the done activity. A due activity of this type is done by this kind.",
    )
    duration = fields.Float(string="Usual duration", help="In hours; proposed in the dialog.")
    direction = fields.Selection(selection=DIRECTIONS, string="Usual direction", default="out")
    is_incident = fields.Boolean(
        string="Incident", help="The dialog asks for the problem; without an answer it stays open."
    )

    _duration_positive = models.Constraint(
        "CHECK (duration >= 0)", "The usual duration cannot be negative."
    )

    @api.constrains("record_as", "activity_type_id")
    def _check_activity_type(self):
        for kind in self:
            if kind.record_as == "activity" and not kind.activity_type_id:
                raise ValidationError(
                    self.env._(
                        "Activity type: “%s” needs one, as it is a done activity.", kind.name
                    )
                )
