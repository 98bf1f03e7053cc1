"""What the timeline says of talks, and of what became of an account."""

from odoo import api, models

from .cartera_timeline_talk import HISTORIES


class CarteraTimeline(models.AbstractModel):
    _inherit = "cartera.timeline"

    # ------------------------------------------------------------------
    # Talks: a summary only if the user may read it
    # ------------------------------------------------------------------

    @api.model
    def _word_activity(self, _page, rows) -> dict:
        activities = self._get_readable("mail.activity", [row["res_id"] for row in rows])
        known = {activity.id: activity for activity in activities}
        places = self._get_places((each.res_model, each.res_id) for each in activities)
        words = {}
        for row in rows:
            activity = known.get(row["id"], self.env["mail.activity"])
            title = self._get_activity_title(row["detail"], activity.activity_type_id.sudo().name)
            words[row["id"]] = {
                "title": self._get_title(activity, title) if activity else title,
                "text": self._describe(activity) if activity else False,
                "target": places.get((activity.res_model, activity.res_id), False),
            }
        return words

    @api.model
    def _word_activity_planned(self, page, rows) -> dict:
        return self._word_activity(page, rows)

    @api.model
    def _get_activity_title(self, state, name):
        """Return what is done, planned or overdue, and of what type, if the user may know it."""
        if state == "overdue":
            return self.env._("Overdue: %s", name) if name else self.env._("Activity overdue")
        if state == "planned":
            return self.env._("Planned: %s", name) if name else self.env._("Activity planned")
        return self.env._("Done: %s", name) if name else self.env._("Activity done")

    @api.model
    def _get_title(self, _record, title):
        """Return what to call an activity or a meeting; other addons know it better."""
        return title

    @api.model
    def _describe(self, record):
        """Return what an activity or a meeting was about; other addons say more."""
        return (record.summary if record._name == "mail.activity" else record.name) or False

    @api.model
    def _word_meeting(self, _page, rows) -> dict:
        meetings = self._get_readable("calendar.event", [row["res_id"] for row in rows])
        known = {meeting.id: meeting for meeting in meetings}
        words = {}
        for row in rows:
            meeting = known.get(row["id"])
            shown = meeting and meeting._cartera_get_summary()
            title = self.env._("Meeting") if shown or not meeting else self.env._("Private meeting")
            words[row["id"]] = {
                "title": self._get_title(meeting, title) if shown else title,
                "text": self._describe(meeting) if shown else False,
                "target": self._target(meeting, shown),
            }
        return words

    @api.model
    def _word_message(self, page, rows) -> dict:
        messages = self._get_readable("mail.message", [row["res_id"] for row in rows])
        known = {message.id: message for message in messages}
        places = self._get_places((each.model, each.res_id) for each in messages)
        authors = self.env["res.partner"].sudo().browse({row["new_id"] or 0 for row in rows})
        authors = {author.id: author for author in authors.exists()}
        words = {}
        for row in rows:
            message, author = known.get(row["id"]), authors.get(row["new_id"])
            words[row["id"]] = {
                "title": self._get_message_title(row["detail"], author, page),
                "text": message._cartera_get_summary() or False if message else False,
                "person": author.name if author else False,
                "target": places.get((message.model, message.res_id), False) if message else False,
            }
        return words

    @api.model
    def _get_message_title(self, detail, author, page):
        theirs = author and author.commercial_partner_id.id in page.scope.partner_ids
        if detail == "comment":
            return self.env._("Message received") if theirs else self.env._("Message sent")
        return self.env._("E-mail received") if theirs else self.env._("E-mail sent")

    @api.model
    def _get_places(self, places) -> dict:
        """Return {(model, id): target} of the records that the user may open, one query a model."""
        ids = {}
        for model, res_id in places:
            if model in self.env and res_id:
                ids.setdefault(model, set()).add(res_id)
        return {
            (model, record.id): self._target(record)
            for model, found in ids.items()
            for record in self._get_readable(model, found)
        }

    # ------------------------------------------------------------------
    # What became of it: rows that the user's rules let through
    # ------------------------------------------------------------------

    @api.model
    def _get_histories(self, rows):
        source = rows[0]["source"]
        return self.env[HISTORIES[source]].sudo(False).browse([row["id"] for row in rows])

    @api.model
    def _word_lifecycle(self, _page, rows) -> dict:
        transitions = self._get_histories(rows)
        labels = dict(transitions._fields["to_lifecycle"]._description_selection(self.env))
        evidence = dict(transitions._fields["evidence"]._description_selection(self.env))
        targets = self._get_evidence_targets(transitions)
        words = {}
        for move in transitions:
            known = [evidence[move.evidence], move.evidence_label, move.reason]
            if move.superseded:
                known.append(self.env._("no longer counts"))
            before, after = labels.get(move.from_lifecycle), labels[move.to_lifecycle]
            words[move.id] = {
                "title": self.env._("Lifecycle: from %(old)s to %(new)s", old=before, new=after)
                if before
                else self.env._("Lifecycle: %s", after),
                "text": " · ".join(filter(None, known)),
                "person": move.user_id.sudo().name or False,
                "target": targets.get(move.id, False),
            }
        return words

    @api.model
    def _get_evidence_targets(self, transitions) -> dict:
        """Return {transition: target} of the documents that prove it."""
        ids = {
            kind: [move.evidence_id for move in transitions if move.evidence == kind]
            for kind in ("invoice", "lead")
        }
        places = self._get_places(("crm.lead", res_id) for res_id in ids["lead"])
        invoices = self._get_readable("account.move", ids["invoice"])._ids
        shown = self.env["cartera.document"].sudo(False).search([("id", "in", ids["invoice"])])._ids
        targets = {}
        for move in transitions:
            if move.evidence == "lead":
                targets[move.id] = places.get(("crm.lead", move.evidence_id), False)
            elif move.evidence == "invoice" and move.evidence_id in {*invoices, *shown}:
                model = "account.move" if move.evidence_id in invoices else "cartera.document"
                targets[move.id] = {"model": model, "id": move.evidence_id}
        return targets

    @api.model
    def _word_segment(self, _page, rows) -> dict:
        moves = self._get_histories(rows)
        why = dict(moves._fields["kind"]._description_selection(self.env))
        (moves.segment_id | moves.from_segment_id).fetch(["name"])
        return {
            move.id: {
                "title": self._get_segment_title(move),
                "text": why[move.kind],
                "target": self._target(move.segment_id),
            }
            for move in moves
        }

    @api.model
    def _get_segment_title(self, move):
        dimension, old, new = (
            record.name for record in (move.dimension_id, move.from_segment_id, move.segment_id)
        )
        if not old:
            return f"{dimension}: {new}"
        if not new:
            return self.env._("%(dimension)s: no longer %(old)s", dimension=dimension, old=old)
        return self.env._(
            "%(dimension)s: from %(old)s to %(new)s", dimension=dimension, old=old, new=new
        )

    @api.model
    def _word_retention(self, _page, rows) -> dict:
        changes = self._get_histories(rows)
        labels = dict(changes._fields["to_status"]._description_selection(self.env))
        ways = dict(changes._fields["direction"]._description_selection(self.env))
        return {
            change.id: {
                "title": self.env._(
                    "Retention: from %(old)s to %(new)s",
                    old=labels.get(change.from_status),
                    new=labels.get(change.to_status),
                ),
                "text": ways.get(change.direction, False),
                "target": False,
            }
            for change in changes
        }
