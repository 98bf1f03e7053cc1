"""The days on which there are snapshots, to choose from."""

from calendar import monthrange

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date


class CarteraSnapshotDate(models.Model):
    """The days of the selected companies' snapshots, and today, which stands for the profiles.

    The identifier is the day's number (``date.toordinal``).
    """

    _name = "cartera.snapshot.date"
    _description = "Day of portfolio snapshots"
    _auto = False
    _order = "date desc"
    _rec_name = "date"

    date = fields.Date(readonly=True)
    live = fields.Boolean(string="Today", readonly=True)

    _depends = {"cartera.snapshot": ["company_id", "date"]}

    @property
    def _table_query(self) -> SQL:
        # Hops from day to day on the index: there are few days and millions of rows.
        return SQL(
            """WITH RECURSIVE hop AS (
                    SELECT c AS company_id,
                           (SELECT min(date) FROM cartera_snapshot WHERE company_id = c) AS date
                      FROM unnest(%(companies)s) c
                 UNION ALL
                    SELECT company_id,
                           (SELECT min(s.date) FROM cartera_snapshot s
                             WHERE s.company_id = hop.company_id AND s.date > hop.date)
                      FROM hop WHERE hop.date IS NOT NULL)
               SELECT d.date - DATE '0001-01-01' + 1 AS id, d.date, d.date = %(today)s AS live
                 FROM (SELECT date FROM hop WHERE date < %(today)s
                        UNION SELECT %(today)s::date) d""",
            companies=self.env.companies.sudo().root_id.ids,
            today=self.env["cartera.migration"]._get_today(),
        )

    @api.model
    def _get_last_before(self, day):
        """Return the last day with snapshots before a day, None if there is none."""
        found = self.sudo().search([("live", "=", False), ("date", "<", day)], limit=1)
        return found.date or None

    @api.depends("date", "live")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for day in self:
            day.display_name = self._name_day(day.date, day.live)

    @api.model
    def _name_day(self, day, live=False) -> str:
        """Word a day in the reader's language: a month end by its month."""
        if live:
            return self.env._("Today")
        month_end = day.day == monthrange(day.year, day.month)[1]
        return format_date(self.env, day, date_format="LLLL y" if month_end else False)

    @api.model
    def _search_display_name(self, operator, value):
        """Search what is shown: there are few days."""
        if operator != "ilike":
            return NotImplemented
        shown = self.search(Domain.TRUE)
        found = shown.filtered(lambda day: value.lower() in day.display_name.lower())
        return Domain("id", "in", found.ids)
