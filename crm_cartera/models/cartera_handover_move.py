"""Moving what a hand-over claimed, and giving it back: by batches, grouped by what is written."""

import logging

from odoo import Command, fields, models

from .cartera_handover_line import MODELS

_logger = logging.getLogger(__name__)

#: Nobody gets a message for each record; our own note says what was tracked.
QUIET = {
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
    "skip_attendee_notification": True,
    "no_mail_to_attendees": True,
    "dont_notify": True,
}


class CarteraHandoverLine(models.Model):
    _inherit = "cartera.handover.line"

    def _do(self):
        """Move the lines that wait, give back those that return; note why some stay."""
        for (handover, kind, state), lines in self._in_order():
            back = state == "returning"
            lines._leave_out(handover, kind, back)._try_together(handover, kind, back)

    def _in_order(self):
        """Return [((hand-over, kind, state), lines)], accounts first."""
        places = list(MODELS)
        groups = self.grouped(lambda line: (line.handover_id, line.kind, line.state))
        return sorted(groups.items(), key=lambda item: (item[0][0].id, places.index(item[0][1])))

    # ------------------------------------------------------------------
    # What is not so any more
    # ------------------------------------------------------------------

    def _get_records(self, kind):
        """Return the records of these lines of one kind that are still there, as superuser."""
        model = self.env[MODELS[kind]].sudo().with_context(active_test=False)
        return model.browse(self.mapped("res_id")).exists()

    def _leave_out(self, handover, kind, back):
        """Note which lines stay as they are, and why; return the others."""
        records = {record.id: record for record in self._get_records(kind)}
        reasons = {}
        for line in self:
            record = records.get(line.res_id)
            if reason := "gone" if not record else line._get_reason(record, kind, back):
                reasons[reason] = reasons.get(reason, self.browse()) | line
        left = self
        for reason, lines in reasons.items():
            lines.write({"state": "moved" if back else "skipped", "reason": reason})
            left -= lines
        return left

    def _get_reason(self, record, kind, back):
        """Return why a record is not touched, or None."""
        expected = self.new_user_id if back else self.old_user_id
        if record.user_id != expected:
            return "changed"
        if not self._is_open(record, kind):
            return "closed"
        if kind == "lead" and back and record.team_id != self.new_team_id:
            return "changed"
        if self._is_private(record, kind):
            return "private"
        companies = self.new_user_id.company_ids
        if not back and kind not in ("activity", "meeting"):
            return "company" if record.company_id and record.company_id not in companies else None
        return None

    @staticmethod
    def _is_open(record, kind) -> bool:
        if kind == "lead":
            return record.active and record.won_status == "pending"
        if kind == "activity":
            return record.active
        if kind == "meeting":
            return record.active and record.start > fields.Datetime.now()
        return True

    @staticmethod
    def _is_private(record, kind) -> bool:
        if kind not in ("activity", "meeting"):
            return False
        meeting = record if kind == "meeting" else record.calendar_event_id
        privacy = meeting.privacy or meeting.user_id.calendar_default_privacy
        return bool(meeting) and privacy == "private"

    # ------------------------------------------------------------------
    # Move
    # ------------------------------------------------------------------

    def _get_failed_state(self, handover, kind, back):
        return "moved" if back else "skipped"

    def _do_together(self, handover, kind, back):
        """Write with the rights of who asked for it, all records with the same values at once."""
        actor = handover._get_actor_env(back)
        model = actor[MODELS[kind]].with_context(active_test=False, **QUIET)
        if kind == "meeting" and not back:
            self._note_attendance()
        if kind == "lead" and not back:
            self._note_teams(model)
        for key, lines in self.grouped(lambda line: line._get_key(kind, back)).items():
            model.browse(lines.mapped("res_id")).write(
                dict(lines[0]._prepare_move_vals(kind, back))
            )
            _logger.debug("%s of hand-over %s: %s", kind, handover.id, key)
        if kind in ("account", "contact", "lead"):
            self._log_on_records(model, handover, back)
        self.write({"state": "undone" if back else "moved", "reason": False, "error": False})
        self.env.flush_all()

    def _get_key(self, kind, back):
        """Return what tells the records apart that are not written with the same values."""
        return (
            self.old_user_id,
            self.new_user_id,
            (self.old_team_id if back else self.new_team_id) if kind == "lead" else None,
            self.old_attended,
            self.new_attended,
        )

    def _prepare_move_vals(self, kind, back) -> dict:
        """Return what is written on the record; extensions add theirs."""
        self.ensure_one()
        user = self.old_user_id if back else self.new_user_id
        vals = {"user_id": user.id}
        if kind == "lead":
            vals["team_id"] = (self.old_team_id if back else self.new_team_id).id
        if kind == "meeting":
            vals["partner_ids"] = self._prepare_attendees(back)
        return vals

    def _prepare_attendees(self, back) -> list:
        """The new organiser takes part instead of the former one; who took part before, still does."""
        old, new = self.old_user_id.partner_id.id, self.new_user_id.partner_id.id
        if back:
            commands = [] if self.new_attended else [Command.unlink(new)]
            return commands + ([Command.link(old)] if self.old_attended else [])
        commands = [Command.unlink(old)] if self.old_attended else []
        return commands + ([] if self.new_attended else [Command.link(new)])

    def _note_attendance(self):
        """Note who of the two takes part in each meeting."""
        events = {event.id: event.partner_ids for event in self._get_records("meeting")}
        for old, new in ((True, True), (True, False), (False, True), (False, False)):
            self.filtered(
                lambda line, old=old, new=new: (
                    (line.old_user_id.partner_id in events[line.res_id]) == old
                    and (line.new_user_id.partner_id in events[line.res_id]) == new
                )
            ).write({"old_attended": old, "new_attended": new})

    def _note_teams(self, leads):
        """Note the team of each lead after it: its own if the new salesperson is in it, else his.

        Odoo would look it up for each lead.
        """
        teams, found = {}, {}
        for line, lead in zip(self, leads.browse(self.mapped("res_id")).sudo(), strict=True):
            user, team = line.new_user_id, lead.team_id
            if user not in team.member_ids | team.user_id:
                key = user, lead.type
                if key not in teams:
                    teams[key] = self._get_team(leads.env, user, lead.type)
                team = teams[key]
            found[team] = found.get(team, self.browse()) | line
        for team, lines in found.items():
            lines.new_team_id = team.id

    @staticmethod
    def _get_team(env, user, lead_type):
        """Return the team that Odoo gives to a lead of this salesperson."""
        uses = "use_leads" if lead_type == "lead" else "use_opportunities"
        return env["crm.team"]._get_default_team_id(user_id=user.id, domain=[(uses, "=", True)])

    # ------------------------------------------------------------------
    # Note
    # ------------------------------------------------------------------

    def _log_on_records(self, model, handover, back):
        """Leave one note in the history of each record: from whom to whom, and by which hand-over."""
        bodies = {}
        for line in self:
            users = line.old_user_id, line.new_user_id
            bodies[line.res_id] = handover._word_moved(model.env, *(users[::-1] if back else users))
        model.browse(bodies)._message_log_batch(bodies=bodies)
