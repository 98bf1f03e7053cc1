"""The timeline of an account, naively: every record of it, one by one, with the ORM."""

from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Madrid")


class TimelineOracle:
    """Of a test case with an ``account``, its ``profile`` and a contact, ``ana``."""

    def expected(self, kinds=None):
        """Return :meth:`facts_of` all that a manager sees, in order."""
        found = [
            *self.find_documents(),
            *self.find_leads(),
            *self.find_talks(),
            *self.find_histories(),
        ]
        ordered = sorted(found, key=lambda e: (-e[3].timestamp(), e[0], -e[1]))
        return [
            (
                f"{source}-{number}",
                kind,
                at.astimezone(ZONE).date().isoformat(),
                at.astimezone(ZONE).strftime("%H:%M") if timed else False,
                amount,
            )
            for source, number, kind, at, timed, amount in ordered
            if kinds is None or kind in kinds
        ]

    @staticmethod
    def midnight(date):
        return datetime.combine(date, time(), ZONE).astimezone(timezone.utc)

    @staticmethod
    def utc(moment):
        return moment.replace(tzinfo=timezone.utc)

    def find_documents(self):
        for move in self.env["account.move"].search([("state", "=", "posted")]):
            if move.commercial_partner_id == self.account and move.move_type != "entry":
                kind = "refund" if move.move_type == "out_refund" else "invoice"
                at = self.midnight(move.invoice_date)
                yield "document", move.id, kind, at, False, move.amount_untaxed_signed
            elif move.journal_id.type == "bank":
                for line in move.line_ids:
                    if line.partner_id.commercial_partner_id == self.account and line.credit:
                        at = self.midnight(line.date)
                        yield "payment", line.id, "payment", at, False, line.credit

    def find_leads(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        for lead in leads.search([("partner_id", "in", (self.account | self.ana).ids)]):
            yield "lead", lead.id, "lead", self.utc(lead.create_date), True, None
            if lead.won_status in ("won", "lost"):
                yield "lead_closed", lead.id, "lead", self.utc(lead.date_closed), True, None
            for message in lead.message_ids:
                for value in message.tracking_value_ids:
                    if value.field_id.name == "stage_id":
                        yield "lead_stage", value.id, "lead", self.utc(message.date), True, None

    def find_talks(self):
        people = self.account | self.ana
        every = self.env["mail.activity"].with_context(active_test=False)
        for activity in every.search([("res_model", "in", ("res.partner", "crm.lead"))]):
            record = self.env[activity.res_model].browse(activity.res_id)
            if (record if record._name == "res.partner" else record.partner_id) not in people:
                continue
            source, when = "activity", activity.date_done
            if activity.active:
                source, when = "activity_planned", activity.date_deadline
                if not record.active or getattr(record, "won_status", "pending") != "pending":
                    continue
            yield source, activity.id, "activity", self.midnight(when), False, None
        for event in self.env["calendar.event"].search([]):
            if event.partner_ids & people:
                at = self.midnight(event.start_date) if event.allday else self.utc(event.start)
                yield "meeting", event.id, "meeting", at, not event.allday, None
        for message in self.env["mail.message"].search(
            [("message_type", "in", ("email", "email_outgoing", "comment"))]
        ):
            if (message.author_id | message.notified_partner_ids) & people:
                yield "message", message.id, "message", self.utc(message.date), True, None

    def find_histories(self):
        mine = [("profile_id", "=", self.profile.id)]
        for source, model in {
            "lifecycle": "cartera.transition",
            "segment": "cartera.segment.move",
            "retention": "cartera.retention.change",
        }.items():
            for record in self.env[model].search(mine):
                yield source, record.id, source, self.midnight(record.date), False, None
