"""What a captured contact knows beyond Odoo's activity or meeting."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .cartera_contact_kind import DIRECTIONS
from .cartera_figures import SALES

AUTHOR = "cartera_recorded_by_id"


class CarteraContactDetail(models.AbstractModel):
    """Columns of ``mail.activity`` and ``calendar.event``: there is no diary of our own.

    A record with a kind is a captured contact. Who captured it is stored by the server and never typed.
    """

    _name = "cartera.contact.detail"
    _description = "Details of a contact"

    cartera_kind_id = fields.Many2one(
        comodel_name="cartera.contact.kind",
        string="Kind of contact",
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
        groups=SALES,
    )
    cartera_direction = fields.Selection(
        selection=DIRECTIONS, string="Direction", copy=False, groups=SALES
    )
    cartera_duration = fields.Float(string="Time spent", copy=False, groups=SALES, help="In hours.")
    cartera_outcome_id = fields.Many2one(
        comodel_name="cartera.contact.outcome",
        string="Outcome",
        ondelete="restrict",
        copy=False,
        groups=SALES,
    )
    cartera_reason_id = fields.Many2one(
        comodel_name="cartera.contact.reason",
        string="Reason of contact",
        ondelete="restrict",
        copy=False,
        groups=SALES,
    )
    cartera_person_id = fields.Many2one(
        comodel_name="res.partner",
        string="With whom",
        ondelete="set null",
        copy=False,
        index="btree_not_null",
        groups=SALES,
    )
    cartera_categ_ids = fields.Many2many(
        comodel_name="product.category",
        string="Products of interest",
        copy=False,
        groups=SALES,
    )
    cartera_problem = fields.Text(string="Problem", copy=False, groups=SALES)
    cartera_answer = fields.Text(
        string="Answer", copy=False, groups=SALES, help="Empty: the problem is still open."
    )
    cartera_recorded_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Recorded by",
        readonly=True,
        ondelete="set null",
        copy=False,
        index="btree_not_null",
        groups=SALES,
        help="Who captured it; stored by the system.",
    )

    _cartera_duration_positive = models.Constraint(
        "CHECK (cartera_duration >= 0)", "The time spent cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Sign what is captured."""
        self._check_cartera_author(vals_list)
        return super().create(
            [
                {**vals, AUTHOR: self.env.uid} if vals.get("cartera_kind_id") else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        """Sign what becomes a captured contact; who changes it later does not become its author."""
        self._check_cartera_author([vals])
        result = super().write(vals)
        if vals.get("cartera_kind_id"):
            unsigned = self.sudo().filtered(lambda record: not record.cartera_recorded_by_id)
            super(CarteraContactDetail, unsigned).write({AUTHOR: self.env.uid})
        return result

    @api.model
    def _check_cartera_author(self, vals_list):
        if not self.env.su and any(AUTHOR in vals for vals in vals_list):
            raise UserError(
                self.env._("Recorded by: it is the user who captures the contact, nobody types it.")
            )

    def _cartera_get_lines(self) -> list[tuple[str, str]]:
        """Return [(label, text)] of the details that are there, for the chatter."""
        self.ensure_one()
        texts = [
            ("cartera_direction", self._cartera_get_label("cartera_direction")),
            ("cartera_duration", self._cartera_get_duration()),
            ("cartera_person_id", self.cartera_person_id.name),
            ("cartera_reason_id", self.cartera_reason_id.name),
            ("cartera_outcome_id", self.cartera_outcome_id.name),
            ("cartera_categ_ids", ", ".join(self.cartera_categ_ids.mapped("name"))),
            ("cartera_problem", self.cartera_problem),
            ("cartera_answer", self.cartera_answer),
        ]
        return [
            (self._fields[name]._description_string(self.env), text) for name, text in texts if text
        ]

    def _cartera_get_label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])

    def _cartera_get_duration(self):
        """Return "1:30", or nothing without a duration."""
        minutes = round((self.cartera_duration or 0) * 60)
        return f"{minutes // 60}:{minutes % 60:02}" if minutes else False
