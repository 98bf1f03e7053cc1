"""Who slipped away and who came back: one dated row each time the retention status changes."""

from odoo import api, fields, models
from odoo.tools import SQL

from .cartera_figures import RETENTION

#: From best to worst: a change to a later one is for the worse.
ORDER = {"new": 0, "recovered": 0, "active": 0, "at_risk": 1, "inactive": 2, "lost": 3}
DIRECTIONS = [("better", "Better"), ("same", "Neither better nor worse"), ("worse", "Worse")]


class CarteraRetentionChange(models.Model):
    _name = "cartera.retention.change"
    _description = "Change of retention status"
    _order = "date desc, id desc"
    _rec_name = "profile_id"
    _log_access = False

    profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Account",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="profile_id.user_id")
    date = fields.Date(required=True, readonly=True, help="The day on which it was found.")
    from_status = fields.Selection(selection=RETENTION, string="From", readonly=True)
    to_status = fields.Selection(selection=RETENTION, string="To", readonly=True)
    direction = fields.Selection(
        selection=DIRECTIONS,
        readonly=True,
        help="Worse: towards lost. Better: away from it.",
    )

    _company_date_idx = models.Index("(company_id, date)")

    @api.model
    def _append(self, scope, changed, stored, written):
        """Note the accounts of ``changed`` rows whose status is not the one ``stored``.

        The first status of an account is no change. ``written``: the partners really written.
        """
        known = changed.index.intersection(stored.index)
        old, new = (
            frame.loc[known, "retention_status"].to_numpy(object) for frame in (stored, changed)
        )
        rows = [
            (partner, before, after, self._get_direction(before, after))
            for partner, before, after in zip(known.tolist(), old, new, strict=True)
            if before and after and before != after and partner in written
        ]
        if not rows:
            return
        self.env.cr.execute(
            SQL(
                """INSERT INTO cartera_retention_change
                          (profile_id, company_id, date, from_status, to_status, direction)
                   SELECT p.id, p.company_id, %s, c.before, c.after, c.direction
                     FROM unnest(%s::int4[], %s::text[], %s::text[], %s::text[])
                          AS c (partner_id, before, after, direction)
                     JOIN cartera_profile p ON p.partner_id = c.partner_id AND p.company_id = %s
                 ORDER BY p.id""",
                scope.as_of,
                *map(list, zip(*rows, strict=True)),
                scope.company_id,
            )
        )
        self.invalidate_model()

    @staticmethod
    def _get_direction(before: str, after: str) -> str:
        step = ORDER[after] - ORDER[before]
        if not step:
            return "same"
        return "worse" if step > 0 else "better"
