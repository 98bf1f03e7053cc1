"""How the accounts moved from one day to another: two snapshots side by side."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..models.cartera_fields import BlankMonetary
from ..models.cartera_figures import CLASSES, RETENTION
from ..models.cartera_retention_change import DIRECTIONS, ORDER
from ..models.cartera_stage import LIFECYCLES

#: Context keys: the two days, as dates or as text. The second is today without a key.
FROM, TO = "cartera_from", "cartera_to"
DAYS = (FROM, TO)
#: What is compared.
COMPARED = ("lifecycle", "retention_status", "abc_revenue", "rfm_score", "revenue_12m")
CLASS_ORDER = {"A": 0, "B": 1, "C": 2}
NO_CLASS = 3


class CarteraMigration(models.Model):
    """One row per account that is in the portfolio on either of two days of the context.

    A day before today is its snapshots, today is the profiles as they stand. An account that is not
    there on one of the days is blank on that side. Without snapshots to start from there are no rows.
    """

    _name = "cartera.migration"
    _description = "Portfolio migration"
    _auto = False
    _order = "partner_id, id"
    _rec_name = "profile_id"

    profile_id = fields.Many2one(comodel_name="cartera.profile", string="Account", readonly=True)
    partner_id = fields.Many2one(comodel_name="res.partner", string="Contact", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        help="The salesperson of today, not of that day.",
    )
    from_date = fields.Date(string="From", readonly=True, depends_context=DAYS)
    to_date = fields.Date(string="To", readonly=True, depends_context=DAYS)
    presence = fields.Selection(
        selection=[("entered", "Entered"), ("stayed", "On both days"), ("left", "Left")],
        string="In the portfolio",
        readonly=True,
        depends_context=DAYS,
        help="Entered: only in the portfolio on the later day. Left: only on the earlier one.",
    )
    from_lifecycle = fields.Selection(
        selection=LIFECYCLES, string="Lifecycle before", readonly=True, depends_context=DAYS
    )
    to_lifecycle = fields.Selection(
        selection=LIFECYCLES, string="Lifecycle after", readonly=True, depends_context=DAYS
    )
    from_retention_status = fields.Selection(
        selection=RETENTION, string="Retention before", readonly=True, depends_context=DAYS
    )
    to_retention_status = fields.Selection(
        selection=RETENTION, string="Retention after", readonly=True, depends_context=DAYS
    )
    retention_direction = fields.Selection(
        selection=DIRECTIONS,
        readonly=True,
        depends_context=DAYS,
        help="Worse: towards lost. Better: away from it. Blank if it never bought on one of the days.",
    )
    from_abc_revenue = fields.Selection(
        selection=CLASSES, string="ABC before", readonly=True, depends_context=DAYS
    )
    to_abc_revenue = fields.Selection(
        selection=CLASSES, string="ABC after", readonly=True, depends_context=DAYS
    )
    abc_direction = fields.Selection(
        selection=DIRECTIONS,
        string="ABC direction",
        readonly=True,
        depends_context=DAYS,
        help="An account without revenue stands below C. Blank if it was there on one day only.",
    )
    from_rfm_score = fields.Char(string="RFM before", readonly=True, depends_context=DAYS)
    to_rfm_score = fields.Char(string="RFM after", readonly=True, depends_context=DAYS)
    from_revenue_12m = BlankMonetary(
        string="Revenue before",
        readonly=True,
        depends_context=DAYS,
        help="Of the 12 months up to the earlier day.",
    )
    to_revenue_12m = BlankMonetary(
        string="Revenue after",
        readonly=True,
        depends_context=DAYS,
        help="Of the 12 months up to the later day.",
    )
    revenue_change = BlankMonetary(
        string="Change of revenue",
        readonly=True,
        depends_context=DAYS,
        help="Revenue after less revenue before; an account that was not there counts as zero.",
    )

    _depends = {
        "cartera.snapshot": ["profile_id", "company_id", "date", *COMPARED],
        "cartera.profile": ["partner_id", "company_id", "user_id", "excluded", *COMPARED],
    }

    @property
    def _table_query(self) -> SQL:
        today = self._get_today()
        start, end = self._get_days(today)
        return SQL(
            """SELECT p.id, p.id AS profile_id, p.partner_id, p.company_id, p.user_id,
                      %(start)s::date AS from_date, %(end)s::date AS to_date,
                      CASE WHEN f.profile_id IS NULL THEN 'entered'
                           WHEN t.profile_id IS NULL THEN 'left' ELSE 'stayed' END AS presence,
                      %(columns)s,
                      %(retention)s AS retention_direction,
                      %(abc)s AS abc_direction,
                      CASE WHEN num_nonnulls(f.revenue_12m, t.revenue_12m) > 0
                           THEN COALESCE(t.revenue_12m, 0) - COALESCE(f.revenue_12m, 0)
                       END AS revenue_change
                 FROM %(before)s f
                 FULL JOIN %(after)s t ON t.profile_id = f.profile_id
                 JOIN cartera_profile p ON p.id = COALESCE(f.profile_id, t.profile_id)
                  AND p.excluded IS NOT TRUE
                WHERE %(start)s::date IS NOT NULL""",
            start=start,
            end=end,
            columns=SQL(", ").join(
                SQL(
                    "%s AS %s",
                    SQL.identifier(side[0], name),
                    SQL.identifier(f"{side}_{name}"),
                )
                for side in ("from", "to")
                for name in COMPARED
            ),
            retention=self._compare("retention_status", ORDER),
            abc=SQL(
                "CASE WHEN num_nulls(f.profile_id, t.profile_id) = 0 THEN %s END",
                self._compare("abc_revenue", CLASS_ORDER, NO_CLASS),
            ),
            before=self._get_side(start, today),
            after=self._get_side(end, today),
        )

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------

    @api.model
    def _get_days(self, today) -> tuple[date | None, date]:
        """Return the two days of the context; without them the last snapshot before, and today."""
        days = [self._to_date(self.env.context.get(key)) for key in DAYS]
        end = days[1] or today
        return days[0] or self.env["cartera.snapshot.date"]._get_last_before(end), end

    @api.model
    def _to_date(self, value) -> date | None:
        try:
            return fields.Date.to_date(value) or None
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("This is not a date: %s", value)) from error

    @api.model
    def _get_today(self) -> date:
        return self.env["cartera.policy"]._for(self.env.company)._today()

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    @api.model
    def _get_side(self, day, today) -> SQL:
        """Return the accounts of the selected companies as they were on a day."""
        names = SQL(", ").join(SQL.identifier(name) for name in COMPARED)
        companies = self.env.companies.sudo().root_id.ids
        if day and day >= today:
            return SQL(
                """(SELECT id AS profile_id, %s FROM cartera_profile WHERE company_id = ANY(%s))""",
                names,
                companies,
            )
        return SQL(
            """(SELECT profile_id, %s FROM cartera_snapshot
                 WHERE company_id = ANY(%s) AND date = %s)""",
            names,
            companies,
            day,
        )

    @api.model
    def _compare(self, name, order, blank=None) -> SQL:
        """Return the direction from the first day's value to the second's, best first in ``order``."""

        def rank(side):
            whens = SQL(" ").join(SQL("WHEN %s THEN %s", key, at) for key, at in order.items())
            return SQL("CASE %s %s ELSE %s::int END", SQL.identifier(side, name), whens, blank)

        return SQL(
            "CASE sign(%s - %s) WHEN 1 THEN 'worse' WHEN 0 THEN 'same' WHEN -1 THEN 'better' END",
            rank("t"),
            rank("f"),
        )

    def action_open(self):
        """Open the account."""
        self.ensure_one()
        return self.profile_id._get_records_action(name=self.profile_id.name)
