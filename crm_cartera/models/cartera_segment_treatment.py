"""How the accounts of a segment are to be treated: an activity plan, by hand or on entry."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class CarteraSegment(models.Model):
    _inherit = "cartera.segment"

    plan_id = fields.Many2one(
        comodel_name="mail.activity.plan",
        string="Activity plan",
        domain=[("res_model", "=", "res.partner"), ("template_ids", "!=", False)],
        index="btree_not_null",
        ondelete="set null",
        help="What is to be done with each account of the segment. Activities that the plan does not "
        "assign to somebody are for the account's salesperson.",
    )
    treatment_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Without salesperson",
        domain=[("share", "=", False)],
        ondelete="set null",
        help="Who gets the activities of accounts without a salesperson. Empty: the person who applies "
        "the treatment; on entry such accounts are left out, and listed in the treatment.",
    )
    apply_on_entry = fields.Boolean(
        string="Apply on entry",
        help="An account that enters the segment gets the plan by itself, in the background, once each "
        "time it enters. Those that are in it already, or enter because a rule was changed, do not.",
    )
    entry_after_id = fields.Integer(
        string="Entries after",
        readonly=True,
        copy=False,
        aggregator=None,
        export_string_translation=False,
    )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("plan_id", "apply_on_entry", "treatment_user_id", "dimension_id")
    def _check_treatment(self):
        for segment in self.sudo():
            if error := segment._get_treatment_error():
                raise ValidationError(
                    self.env._(
                        "Treatment of segment “%(segment)s”: %(error)s",
                        segment=segment.name,
                        error=error,
                    )
                )

    def _get_treatment_error(self) -> str | None:
        """Return what is wrong with the treatment, in words; None if nothing."""
        plan, user, company = self.plan_id, self.treatment_user_id, self.company_id
        if plan and plan.res_model != "res.partner":
            return self.env._("the plan “%s” is not for contacts.", plan.name)
        if plan.company_id and company and plan.company_id.root_id != company:
            return self.env._("the plan “%s” is another company's.", plan.name)
        if self.apply_on_entry and not plan:
            return self.env._("choose the activity plan that is applied on entry.")
        if user.share:
            return self.env._("“%s” is not an internal user.", user.name)
        if user and company and company not in user.company_ids.root_id:
            return self.env._("“%s” does not work in the segment's company.", user.name)
        return None

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        segments = super().create(vals_list)
        segments.filtered("apply_on_entry")._start_on_entry()
        return segments

    def write(self, vals):
        """An account that is in the segment when it is switched on has not entered it."""
        starting = self.browse()
        if vals.get("apply_on_entry"):
            starting = self.filtered(lambda segment: not segment.apply_on_entry)
        result = super().write(vals)
        starting._start_on_entry()
        return result

    def _start_on_entry(self):
        """Count the entries from now on."""
        if self:
            last = self.env["cartera.segment.move"].sudo().search([], order="id desc", limit=1)
            self.write({"entry_after_id": last.id})

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_apply_treatment(self):
        """Ask whether to apply the treatment to the accounts of these segments."""
        self.check_access("read")
        return self.env["cartera.treatment.apply"]._open(segments=self)

    def action_open_treatments(self):
        """Open what was applied to the accounts of these segments."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_treatment_action"
        )
        action["domain"] = [("segment_id", "in", self.ids)]
        return action

    @api.model
    def _get_treated_domain(self) -> Domain:
        """Return which segments have a treatment that can be applied."""
        return Domain("plan_id.active", "=", True) & Domain("plan_id.template_ids", "!=", False)
