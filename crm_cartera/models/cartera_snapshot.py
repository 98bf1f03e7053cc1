"""What an account looked like on a day: one row per account and month end, made from documents."""

from odoo import fields, models

from .cartera_stage import LIFECYCLES


class CarteraSnapshot(models.Model):
    _name = "cartera.snapshot"
    _inherit = ["cartera.figures"]
    _description = "Portfolio snapshot"
    _order = "date desc, partner_id, id"
    _rec_name = "partner_id"
    _log_access = False

    profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Account",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True, readonly=True, help="The figures are those of the documents up to this day."
    )
    lifecycle = fields.Selection(selection=LIFECYCLES, readonly=True)
    # Whoever deletes a category waits until none of the rows of all month ends names it.
    top_categ_id = fields.Many2one(index="btree_not_null")
    user_id = fields.Many2one(
        related="profile_id.user_id", help="The salesperson of today, not of that day."
    )

    _profile_date_uniq = models.Constraint(
        "UNIQUE(profile_id, date)", "An account has one snapshot a day."
    )
    _company_date_idx = models.Index("(company_id, date)")
