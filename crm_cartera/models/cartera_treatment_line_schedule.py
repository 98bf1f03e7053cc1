"""From a claimed account to the activities of its plan."""

from typing import NamedTuple

from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL, format_date
from odoo.tools.misc import get_lang


class Step(NamedTuple):
    """One activity that is to be scheduled: records of the line, the plan's template and the user."""

    line: models.BaseModel
    template: models.BaseModel
    user: models.BaseModel


class CarteraTreatmentLine(models.Model):
    _inherit = "cartera.treatment.line"

    def _do(self):
        """Schedule the plan's activities of lines that wait; note why some are left out."""
        self._leave_out_outdated()
        waiting = self.filtered(lambda line: line.state == "waiting")
        for treatment, lines in waiting.grouped("treatment_id").items():
            lines._try_together(treatment)

    def _leave_out_outdated(self):
        """Leave out, by one statement, what is not so any more, and what another line does already."""
        if not self:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH mine AS (SELECT * FROM cartera_treatment_line WHERE id = ANY(%(ids)s)),
                        why AS (
                   SELECT l.id, CASE
                     WHEN NOT EXISTS (SELECT FROM mail_activity_plan t
                                        JOIN mail_activity_plan_template x ON x.plan_id = t.id
                                       WHERE t.id = l.plan_id AND t.active
                                         AND t.res_model = 'res.partner') THEN 'plan'
                     WHEN NOT EXISTS (SELECT FROM cartera_profile_segment_rel r
                                        JOIN cartera_profile p ON p.id = r.profile_id
                                       WHERE r.profile_id = l.profile_id AND p.active
                                         AND r.segment_id = l.segment_id
                                         AND p.excluded IS NOT TRUE) THEN 'left'
                     WHEN EXISTS (SELECT FROM cartera_treatment_line o
                                    JOIN mail_activity a ON a.cartera_treatment_line_id = o.id
                                   WHERE o.profile_id = l.profile_id AND o.plan_id = l.plan_id
                                     AND a.active) THEN 'known'
                     -- Two segments with one plan, at once.
                     WHEN EXISTS (SELECT FROM mine o WHERE o.profile_id = l.profile_id
                                     AND o.plan_id = l.plan_id AND o.id < l.id) THEN 'known'
                      END AS reason FROM mine l)
                   UPDATE cartera_treatment_line l SET state = 'skipped', reason = why.reason
                     FROM why WHERE why.id = l.id AND why.reason IS NOT NULL""",
                ids=self.ids,
            )
        )
        self.invalidate_recordset()

    # ------------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------------

    def _do_together(self, treatment):
        """Schedule with the rights of who applied the treatment; nobody gets a message for each."""
        steps, nobody = self._get_steps(treatment)
        for error, lines in nobody.items():
            lines.write({"state": "skipped", "reason": "nobody", "error": error})
        if not steps:
            return
        actor = treatment._get_actor_env()
        # Read together what Odoo would read one by one.
        partners = self.partner_id.with_env(actor)
        partners.fetch(["name", "display_name", "user_id"])
        activities = actor["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.create([self._prepare_activity_vals(treatment, step) for step in steps])
        treatment._log_on_accounts(steps)
        self._note_scheduled(treatment, steps)

    def _get_steps(self, treatment):
        """Return (steps, {error: lines that nobody can do}); an account gets all of them or none."""
        steps, nobody = [], {}
        templates = treatment.plan_id.template_ids
        for line in self:
            asked = line._get_salesperson() or treatment.other_user_id.filtered("active")
            mine = []
            for template in templates:
                found = template._determine_responsible(asked, line.partner_id)
                if found["error"]:
                    nobody[found["error"]] = nobody.get(found["error"], self.browse()) | line
                    break
                mine.append(Step(line, template, found["responsible"]))
            else:
                steps += mine
        return steps, nobody

    def _get_salesperson(self):
        """Return the account's salesperson, unless he has left."""
        return self.salesperson_id.filtered("active")

    @api.model
    def _prepare_activity_vals(self, treatment, step: Step) -> dict:
        """Return what Odoo's own plans put into an activity; extensions add theirs."""
        template, kind = step.template, step.template.activity_type_id
        return {
            "activity_type_id": kind.id,
            "summary": template.summary or kind.summary,
            "note": template.note or kind.default_note,
            "automated": treatment.kind == "entry",
            "date_deadline": template._get_date_deadline(treatment.date),
            "user_id": step.user.id,
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": step.line.partner_id.id,
            "cartera_treatment_line_id": step.line.id,
        }

    def _note_scheduled(self, treatment, steps):
        """Note, by one statement, who got what."""
        first = {}
        for step in steps:
            first.setdefault(step.line.id, step.user.id or None)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_treatment_line l
                      SET state = 'done', reason = NULL, error = NULL, date = %s,
                          activity_count = %s, user_id = c.user_id
                     FROM unnest(%s::int4[], %s::int4[]) AS c (id, user_id) WHERE l.id = c.id""",
                self.env["cartera.policy"]._for(treatment.company_id)._today(),
                len(treatment.plan_id.template_ids),
                list(first),
                list(first.values()),
            )
        )
        self.invalidate_recordset()


class CarteraTreatment(models.Model):
    _inherit = "cartera.treatment"

    def _get_actor_env(self):
        """Return the environment of who applied it, with no more rights than he has now."""
        self.ensure_one()
        user = self.user_id
        if self.kind == "entry" or not user:
            lang = get_lang(self.env, self.company_id.partner_id.lang).code
            return self.env(su=True, context={"lang": lang})
        companies = user.company_ids.filtered(lambda c: c.root_id == self.company_id)
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": companies.ids}
        return self.env(user=user.id, su=False, context=context)

    def _log_on_accounts(self, steps):
        """Leave the note in each contact's history that Odoo's own plans leave."""
        env = self._get_actor_env()
        lines = {}
        for step in steps:
            lines.setdefault(step.line.partner_id.id, []).append(step)
        bodies = {partner: self._word_started(env, mine) for partner, mine in lines.items()}
        env["res.partner"].browse(bodies)._message_log_batch(bodies=bodies)

    def _word_started(self, env, steps):
        """Return the note: the plan and its activities; no segment, which not everybody may see."""
        started = env._("The plan “%s” has been started", self.plan_name)
        items = [
            env._(
                "%(activity)s, assigned to %(name)s, due on %(deadline)s",
                activity=step.template.summary or step.template.activity_type_id.name,
                name=step.user.name or env._("nobody"),
                deadline=format_date(env, step.template._get_date_deadline(self.date)),
            )
            for step in steps
        ]
        body = Markup("%s<ul>%s</ul>")
        return body % (started, Markup().join(Markup("<li>%s</li>") % item for item in items))
