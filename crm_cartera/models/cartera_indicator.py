"""An indicator of the scorecard: what is measured, which way is better, and what is asked for."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .cartera_dimension import CODE
from .cartera_fields import BlankFloat
from .cartera_measure import UNITS

PERSPECTIVES = [
    ("financial", "Financial"),
    ("customer", "Customers"),
    ("internal", "Internal processes"),
    ("learning", "Learning and growth"),
]
PERIODS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
#: What a model's records are counted by.
AGGREGATES = [
    ("count", "Number of records"),
    ("sum", "Sum"),
    ("avg", "Average"),
    ("count_distinct", "Number of different values"),
]


class CarteraIndicator(models.Model):
    _name = "cartera.indicator"
    _description = "Scorecard indicator"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Names the indicator in exports: small letters, digits and underscores.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        domain=[("parent_id", "=", False)],
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: the indicator is used by all companies.",
    )
    perspective = fields.Selection(selection=PERSPECTIVES, required=True, default="financial")
    description = fields.Text(translate=True, help="What it says, in plain words.")
    unit = fields.Selection(selection=UNITS, required=True, default="count")
    direction = fields.Selection(
        selection=[("higher", "Higher is better"), ("lower", "Lower is better")],
        string="Better",
        required=True,
        default="higher",
    )
    period = fields.Selection(
        selection=PERIODS,
        required=True,
        default="month",
        help="The shortest period that it is judged on.",
    )
    published = fields.Boolean(
        string="Shown to everybody",
        help="Salespeople see the total of the company too, not only their own.",
    )

    # How it is measured
    method = fields.Selection(
        selection=[
            ("builtin", "Built-in measure"),
            ("model", "Records of a model"),
            ("ratio", "Ratio of two indicators"),
        ],
        string="Measured by",
        required=True,
        default="builtin",
    )
    measure = fields.Selection(selection="_selection_measure", string="Built-in measure")
    model_id = fields.Many2one(
        comodel_name="ir.model",
        ondelete="cascade",
        domain=[("transient", "=", False), ("abstract", "=", False)],
    )
    model_name = fields.Char(related="model_id.model", string="Model name")
    date_field_id = fields.Many2one(
        comodel_name="ir.model.fields",
        string="Date",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('ttype', 'in', ('date', 'datetime')),"
        " ('store', '=', True)]",
        help="A record counts in the period that this date lies in.",
    )
    domain = fields.Char(default="[]", help="Which records count.")
    aggregate = fields.Selection(selection=AGGREGATES, string="Counted by", default="count")
    field_id = fields.Many2one(
        comodel_name="ir.model.fields",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('store', '=', True)]",
    )
    user_field_id = fields.Many2one(
        comodel_name="ir.model.fields",
        string="Salesperson",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('relation', '=', 'res.users'), ('store', '=', True),"
        " ('ttype', '=', 'many2one')]",
        help="Whose a record is. Without it the indicator is known for the company only.",
    )
    partner_field_id = fields.Many2one(
        comodel_name="ir.model.fields",
        string="Contact",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('relation', '=', 'res.partner'), ('store', '=', True),"
        " ('ttype', '=', 'many2one')]",
        help="Whose account a record is of: it makes figures by segment.",
    )
    numerator_id = fields.Many2one(comodel_name="cartera.indicator", ondelete="restrict")
    denominator_id = fields.Many2one(comodel_name="cartera.indicator", ondelete="restrict")
    form = fields.Selection(
        selection=[("flow", "Sums up"), ("stock", "State"), ("ratio", "Ratio")],
        compute="_compute_form",
        help="Sums up: its target is asked for day by day.",
    )

    # What is asked for
    default_target = BlankFloat(
        string="Usual target",
        aggregator=None,
        help="Holds for the company where no target of the period is set: of a period as long as the "
        "indicator's own; a sum is to reach three times a month's in a quarter. Empty: none.",
    )
    tolerance = fields.Float(
        default=0.1,
        aggregator=None,
        help="Falling short of the target by up to this share of it is amber, by more it is red.",
    )
    reads_margin = fields.Boolean(
        string="Reads margins",
        compute="_compute_reads_margin",
        store=True,
        recursive=True,
        help="It follows from costs or margins: only people who may see those see it.",
    )
    target_ids = fields.One2many(
        comodel_name="cartera.indicator.target", inverse_name="indicator_id", string="Targets"
    )
    value_ids = fields.One2many(
        comodel_name="cartera.indicator.value", inverse_name="indicator_id", string="Values"
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another indicator of the company has this code."
    )
    _tolerance_positive = models.Constraint(
        "CHECK (tolerance >= 0)", "The tolerance cannot be negative."
    )

    @api.model
    def _selection_measure(self):
        return list(self.env["cartera.measure"]._get_measure_names().items())

    @api.depends("method", "measure", "aggregate")
    def _compute_form(self):
        measures = self.env["cartera.measure"]._get_measures()
        for indicator in self:
            if indicator.method == "builtin":
                measure = measures.get(indicator.measure)
                indicator.form = measure.form if measure else False
            elif indicator.method == "ratio" or indicator.aggregate == "avg":
                indicator.form = "ratio"
            else:
                indicator.form = "flow" if indicator.date_field_id else "stock"

    # ------------------------------------------------------------------
    # What may be entered
    # ------------------------------------------------------------------

    @api.constrains("code")
    def _check_code(self):
        for indicator in self:
            if not CODE.fullmatch(indicator.code):
                raise ValidationError(
                    self.env._(
                        "Code “%s”: use small letters, digits and underscores, a letter first.",
                        indicator.code,
                    )
                )

    @api.constrains("company_id")
    def _check_root(self):
        for indicator in self:
            if indicator.company_id.parent_id:
                raise ValidationError(
                    self.env._("The indicator belongs to the main company, not to a branch.")
                )
