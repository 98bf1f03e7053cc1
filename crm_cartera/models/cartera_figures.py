"""The figures of an account, shared by its profile and its snapshots.

Definitions: docs/metrics.md; each field's help says the same in a sentence.
"""

from odoo import api, fields, models

from .cartera_fields import BlankFloat, BlankInteger, BlankMonetary

SALES = "sales_team.group_sale_salesman"
MARGIN = "crm_cartera.group_margin"
CLASSES = [("A", "A"), ("B", "B"), ("C", "C")]
RETENTION = [
    ("new", "New"),
    ("active", "Active"),
    ("at_risk", "At risk"),
    ("inactive", "Inactive"),
    ("lost", "Lost"),
    ("recovered", "Recovered"),
]
RHYTHM_SOURCES = [("own", "Its own"), ("company", "Usual here"), ("policy", "Assumed")]


class CarteraFigures(models.AbstractModel):
    _name = "cartera.figures"
    _description = "Figures of an account"

    currency_id = fields.Many2one(comodel_name="res.currency")

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Say in the labels how long the period of the current company is."""
        return self.env["cartera.policy"]._put_period(super().fields_get(allfields, attributes))

    # Revenue
    revenue_12m = BlankMonetary(
        string="Revenue, 12 months",
        readonly=True,
        help="Untaxed, net of credit notes, in the period that counts (12 months by default).",
    )
    revenue_prev_12m = BlankMonetary(
        string="Revenue, 12 months before",
        readonly=True,
        help="Untaxed, net of credit notes, in the period before the present one.",
    )
    revenue_total = BlankMonetary(
        string="Revenue, all time",
        readonly=True,
        help="Untaxed, net of credit notes, all documents.",
    )
    trend = BlankFloat(
        readonly=True,
        aggregator=None,
        help="Revenue of the period against the one before: +20 % is a fifth more. Blank if there was "
        "none before, or it was not above zero.",
    )
    purchase_count_12m = fields.Integer(
        string="Purchases, 12 months", readonly=True, help="Purchases in the period."
    )
    purchase_count = fields.Integer(
        string="Purchases",
        readonly=True,
        help="Posted customer invoices and receipts with an amount, not wholly reversed.",
    )
    refund_count = fields.Integer(
        string="Credit notes", readonly=True, help="Posted customer credit notes, of all time."
    )
    first_purchase_date = fields.Date(
        string="First purchase",
        readonly=True,
        help="The first purchase, or the client-since date from before Odoo if that is earlier.",
    )
    last_purchase_date = fields.Date(
        string="Last purchase",
        readonly=True,
        help="The last purchase, or the last one from before Odoo if that is later.",
    )

    # Rhythm and retention
    rhythm_days = BlankFloat(
        string="Buys every (days)",
        digits=(8, 1),
        readonly=True,
        aggregator="avg",
        help="Median of the days between its purchase days if there are enough of them, else the "
        "company's usual rhythm, else the one that the criteria assume.",
    )
    rhythm_source = fields.Selection(
        selection=RHYTHM_SOURCES,
        string="Rhythm is",
        readonly=True,
        help="Its own; the usual one of the company, for want of purchase days; or assumed, as nobody "
        "has enough of them.",
    )
    expected_purchase_date = fields.Date(
        string="Next purchase expected", readonly=True, help="Last purchase plus its rhythm."
    )
    retention_status = fields.Selection(
        selection=RETENTION,
        string="Retention",
        readonly=True,
        help="Days since the last purchase against the account's rhythm; an account is new or recovered "
        "first. Blank if it never bought.",
    )

    # Scores and classes
    rfm_recency = BlankInteger(
        string="R",
        readonly=True,
        aggregator="avg",
        help="1 to 5: how recently it bought, against all that bought in the period.",
    )
    rfm_frequency = BlankInteger(
        string="F",
        readonly=True,
        aggregator="avg",
        help="1 to 5: how often it bought in the period, against all that bought in it.",
    )
    rfm_monetary = BlankInteger(
        string="M",
        readonly=True,
        aggregator="avg",
        help="1 to 5: its revenue of the period, against all that bought in it.",
    )
    rfm_score = fields.Char(
        string="RFM",
        readonly=True,
        help="Recency, frequency and amount, each 1 (low) to 5 (high); 111 if it bought before the "
        "period only. Blank if it never bought.",
    )
    abc_revenue = fields.Selection(
        selection=CLASSES,
        string="ABC",
        readonly=True,
        help="A: the largest accounts, up to a share of the revenue of the period that the criteria set; "
        "B: the next ones, up to another; C: the rest. Blank without revenue.",
    )
    abc_margin = fields.Selection(
        selection=CLASSES,
        string="ABC by margin",
        readonly=True,
        groups=MARGIN,
        help="As ABC, by margin of the period.",
    )
    share_of_wallet = BlankFloat(
        string="Share of wallet",
        readonly=True,
        aggregator=None,
        help="Revenue of the period / purchase potential. Blank without a potential.",
    )
    affinity_score = BlankInteger(
        string="Linkage",
        readonly=True,
        aggregator="avg",
        help="0 to 100: how closely the account is linked with the company, by its share of wallet, the "
        "categories it buys, its time as a client, the interactions with it and how it pays. What is not "
        "known is left out. Blank if it never bought.",
    )

    # Margin
    margin_12m = BlankMonetary(
        string="Margin, 12 months",
        readonly=True,
        groups=MARGIN,
        help="Revenue less cost of the lines whose cost is known, in the period.",
    )
    margin_rate = BlankFloat(
        string="Margin (%)",
        readonly=True,
        groups=MARGIN,
        aggregator=None,
        help="Margin / revenue of the lines whose cost is known. Blank if that is not above zero.",
    )
    margin_covered_rate = BlankFloat(
        string="Cost known",
        readonly=True,
        groups=MARGIN,
        aggregator=None,
        help="Share of the invoiced and refunded amounts of the period whose cost is known.",
    )
    margin_frozen_rate = BlankFloat(
        string="Cost frozen",
        readonly=True,
        groups=MARGIN,
        aggregator=None,
        help="Share of the costed amount whose cost was recorded when it was invoiced, not estimated "
        "later.",
    )

    # What it buys
    top_categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Top category",
        readonly=True,
        ondelete="set null",
        help="The product category with the highest net revenue in the period.",
    )
    categ_count = fields.Integer(
        string="Categories", readonly=True, help="Product categories with revenue in the period."
    )

    # What it owes
    receivable = BlankMonetary(
        readonly=True,
        help="Open customer items with their taxes, unallocated payments deducted.",
    )
    overdue = BlankMonetary(
        string="Overdue amount",
        readonly=True,
        help="The part of the receivable that is past its due date.",
    )
    days_to_pay = BlankFloat(
        string="Days to pay",
        digits=(8, 1),
        readonly=True,
        aggregator="avg",
        help="Days from invoice to last payment of what was fully paid in the period, weighted by "
        "amount.",
    )

    # What is going on
    lead_count = fields.Integer(
        string="Leads", readonly=True, help="Leads and opportunities, won and lost ones too."
    )
    open_opportunity_count = fields.Integer(
        string="Open opportunities", readonly=True, help="Neither won nor lost nor archived."
    )
    pipeline = fields.Monetary(
        readonly=True, help="Expected revenue x probability of the open opportunities."
    )
    interaction_count_90d = fields.Integer(
        string="Interactions, 90 days",
        readonly=True,
        help="Done activities, past meetings and messages with a person of the account, in the last 90 "
        "days.",
    )
    interaction_count_12m = fields.Integer(
        string="Interactions, 12 months",
        readonly=True,
        help="Done activities, past meetings and messages with a person of the account, in the period.",
    )
