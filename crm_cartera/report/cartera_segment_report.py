"""Drill-down: the accounts by their segments, one dimension below the other."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.cartera_fields import BlankFloat, BlankMonetary
from ..models.cartera_figures import MARGIN
from ..models.cartera_stage import LIFECYCLES

#: {field: code of its dimension}, in the order in which they are recommended to be nested.
LEVELS = {
    "zone_id": "zone",
    "family_id": "family",
    "value_id": "value",
    "profitability_id": "profitability",
    "margin_id": "margin",
    "rfm_id": "rfm",
    "recurrence_id": "recurrence",
    "potential_id": "potential",
    "seniority_id": "seniority",
    "retention_id": "retention",
    "linkage_id": "linkage",
    "size_id": "size",
    "industry_id": "industry",
    "attractiveness_id": "attractiveness",
    "position_id": "position",
}
#: Columns for the dimensions that the company made itself, the oldest first.
OWN = tuple(f"own_{number}_id" for number in range(1, 7))
#: What the columns depend on beside the account, for the cache.
READER = ("uid", "allowed_company_ids")
#: Columns that are the account's own.
COLUMNS = ("name", "partner_id", "company_id", "user_id", "lifecycle")
FIGURES = (
    "revenue_12m",
    "revenue_prev_12m",
    "trend",
    "potential",
    "share_of_wallet",
    "margin_12m",
)


def level(string, **kwargs):
    """Return the field of one dimension."""
    return fields.Many2one(
        comodel_name="cartera.segment",
        string=string,
        readonly=True,
        depends_context=READER,
        **kwargs,
    )


class CarteraSegmentReport(models.Model):
    """One row per account of the portfolio; its segments are joined only if a query names them."""

    _name = "cartera.segment.report"
    _description = "Portfolio by segments"
    _auto = False
    _order = "name, id"

    name = fields.Char(string="Account", readonly=True)
    profile_id = fields.Many2one(
        comodel_name="cartera.profile", string="Account card", readonly=True
    )
    partner_id = fields.Many2one(comodel_name="res.partner", string="Contact", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(comodel_name="res.users", string="Salesperson", readonly=True)
    lifecycle = fields.Selection(selection=LIFECYCLES, readonly=True)

    zone_id = level("Zone")
    family_id = level("Product family")
    value_id = level("Value")
    profitability_id = level("Profitability", groups=MARGIN)
    margin_id = level("Margin band", groups=MARGIN)
    rfm_id = level("RFM segment")
    recurrence_id = level("Recurrence")
    potential_id = level("Potential band")
    seniority_id = level("Seniority")
    retention_id = level("Retention segment")
    linkage_id = level("Linkage")
    size_id = level("Size")
    industry_id = level("Industry")
    attractiveness_id = level("Attractiveness")
    position_id = level("Position")
    own_1_id = level("Own dimension 1")
    own_2_id = level("Own dimension 2")
    own_3_id = level("Own dimension 3")
    own_4_id = level("Own dimension 4")
    own_5_id = level("Own dimension 5")
    own_6_id = level("Own dimension 6")

    revenue_12m = BlankMonetary(
        string="Revenue",
        readonly=True,
        help="Untaxed, net of credit notes, in the period that counts (12 months by default).",
    )
    revenue_prev_12m = BlankMonetary(
        string="Revenue before",
        readonly=True,
        help="Untaxed, net of credit notes, in the period before the present one.",
    )
    potential = fields.Monetary(
        readonly=True,
        help="What the accounts could buy from us in a year, as far as it is known.",
    )
    margin_12m = BlankMonetary(
        string="Margin",
        readonly=True,
        groups=MARGIN,
        help="Revenue less cost of the lines whose cost is known, in the period.",
    )
    trend = BlankFloat(
        string="Growth",
        readonly=True,
        aggregator="avg",
        help="Revenue of the period against the one before; of a group, of the sums. Blank if there was "
        "none before, or it was not above zero.",
    )
    share_of_wallet = BlankFloat(
        readonly=True,
        aggregator="avg",
        help="Revenue of the period / potential; of a group, of the sums of the accounts whose potential "
        "is known.",
    )

    _depends = {"cartera.profile": [*COLUMNS, *FIGURES, "excluded", "segment_ids"]}

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """SELECT id, id AS profile_id, %s FROM cartera_profile WHERE excluded IS NOT TRUE""",
            SQL(", ").join(map(SQL.identifier, COLUMNS + FIGURES)),
        )

    def action_open(self):
        """Open the account."""
        self.ensure_one()
        return self.profile_id._get_records_action(name=self.profile_id.name)

    # ------------------------------------------------------------------
    # Dimensions
    # ------------------------------------------------------------------

    @api.model
    def _get_levels(self) -> dict:
        """Return {field: dimensions} of what the user may see; own ones in the order they were made."""
        companies = self.env.companies.sudo().root_id
        found = self.env["cartera.dimension"].search(
            Domain("company_id", "in", [False, *companies.ids]), order="id"
        )
        codes = found.grouped("code")
        levels = {name: codes.pop(code, found.browse()) for name, code in LEVELS.items()}
        return {**levels, **dict(zip(OWN, codes.values(), strict=False))}

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Name the columns of own dimensions as these are, and leave out those without one."""
        described = super().fields_get(allfields, attributes)
        levels = self._get_levels()
        for name in described.keys() & set(OWN):
            if dimension := levels.get(name, self.env["cartera.dimension"])[:1]:
                described[name]["string"] = dimension.name
            else:
                described[name].update(searchable=False, sortable=False, groupable=False)
        return described

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    def _field_to_sql(self, alias, field_expr, query=None) -> SQL:
        """Join the segment of a dimension that is asked for."""
        if field_expr not in LEVELS and field_expr not in OWN:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        dimensions = self._get_levels().get(field_expr)
        if not dimensions:
            return SQL("NULL::int4")
        return dimensions._join_segment(
            query, alias, field_expr, SQL.identifier(alias, "company_id")
        )

    def _read_group_select(self, aggregate_spec, query) -> SQL:
        """Divide the sums of a group; a mean of ratios would let small accounts count as large ones."""
        revenue, before, potential = (
            self._field_to_sql(self._table, name, query)
            for name in ("revenue_12m", "revenue_prev_12m", "potential")
        )
        if aggregate_spec == "trend:avg":
            change = SQL("(SUM(%s) - SUM(%s))", revenue, before)
            return self._divide(change, SQL("SUM(%s)", before))
        if aggregate_spec == "share_of_wallet:avg":
            bought = SQL("SUM(%s) FILTER (WHERE %s > 0)", revenue, potential)
            return self._divide(bought, SQL("SUM(%s)", potential))
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _divide(self, amount: SQL, base: SQL) -> SQL:
        """Return amount / base; NULL unless the base is above zero."""
        return SQL(
            "CASE WHEN %(base)s > 0 THEN (%(amount)s / %(base)s)::float8 END",
            amount=amount,
            base=base,
        )
