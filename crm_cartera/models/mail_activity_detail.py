"""Done activities keep the details of the contact that they were."""

from odoo import api, fields, models

from .cartera_figures import SALES


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "cartera.contact.detail"]

    cartera_categ_ids = fields.Many2many(
        relation="cartera_activity_categ_rel", column1="activity_id", column2="categ_id"
    )
    cartera_date = fields.Datetime(
        string="Took place", copy=False, groups=SALES, help="When, where Odoo has the day only."
    )
    cartera_incident_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Follows the incident",
        readonly=True,
        ondelete="set null",
        copy=False,
        index="btree_not_null",
        groups=SALES,
        help="What is answered when this is done is the answer to that incident.",
    )

    # Few have one: those of an account are found among them.
    _cartera_problem_idx = models.Index("(id) WHERE cartera_problem IS NOT NULL")

    @api.model
    def _cartera_move_done(self, sources, target):
        """Let what was done on merged records stay: Odoo moves the open activities only."""
        done = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", target._name),
                    ("res_id", "in", (sources - target).ids),
                    ("active", "=", False),
                ]
            )
        )
        done.write({"res_id": target.id})
