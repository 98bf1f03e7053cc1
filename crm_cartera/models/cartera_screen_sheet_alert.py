"""The customer sheet: what its reader should know before he picks up the telephone."""

from odoo import api, models
from odoo.tools import format_amount, format_date

#: Missing fields that are named.
NAMED = 5
#: {retention status: how loud}
FALLING = {"at_risk": "warning", "inactive": "danger", "lost": "danger"}


class CarteraScreenSheet(models.AbstractModel):
    _inherit = "cartera.screen.sheet"

    @api.model
    def _get_sheet_block_alerts(self, profile) -> dict:
        """Return ``alerts`` [{code, level, text, figure, action}], the loudest first.

        ``level``: danger, warning or info; ``figure``: what ``action_open_figure`` shows behind it;
        ``action``: what answers to it, a method of the account, or "open_account"; both False without one.
        """
        alerts = [alert for alert in self._get_alerts(profile) if alert]
        loud = ("danger", "warning", "info")
        return {"alerts": sorted(alerts, key=lambda alert: loud.index(alert["level"]))}

    @api.model
    def _get_alerts(self, profile) -> list[dict | None]:
        """Return the alerts of an account, None for what is in order. Other addons add their own."""
        return [
            self._get_alert_overdue(profile),
            self._get_alert_lead(profile),
            self._get_alert_action(profile),
            self._get_alert_retention(profile),
            self._get_alert_expected(profile),
            self._get_alert_contacts(profile),
            self._get_alert_missing(profile),
            self._get_alert_parked(profile),
            self._get_alert_archived(profile),
        ]

    @api.model
    def _prepare_alert(self, code, level, text, figure=False, action=False) -> dict:
        return {"code": code, "level": level, "text": text, "figure": figure, "action": action}

    @api.model
    def _get_alert_overdue(self, profile):
        if not (profile.overdue or 0) > 0:
            return None
        amount = format_amount(self.env, profile.overdue, profile.currency_id)
        text = self.env._("It owes %s that are past due.", amount)
        return self._prepare_alert("overdue", "danger", text, figure="overdue")

    @api.model
    def _get_alert_lead(self, profile):
        day = profile.unanswered_lead_date
        if not day:
            return None
        text = self.env._("Nobody has answered its lead of %s.", format_date(self.env, day))
        return self._prepare_alert("lead", "danger", text, figure="lead_count")

    @api.model
    def _get_alert_action(self, profile):
        state = profile.next_action_state
        if state == "none":
            text = self.env._("Nothing is planned with it.")
            return self._prepare_alert("no_action", "warning", text, action="action_schedule")
        if state not in ("overdue", "today"):
            return None
        day = format_date(self.env, profile.next_action_date)
        what = profile.next_action_summary
        if state == "today":
            text = what and self.env._("To do today: %s", what)
            text = text or self.env._("Something is to be done with it today.")
            return self._prepare_alert("action_today", "info", text)
        text = what and self.env._("To do since %(day)s: %(what)s", day=day, what=what)
        text = text or self.env._("Something was to be done with it on %s.", day)
        return self._prepare_alert("action_overdue", "danger", text)

    @api.model
    def _get_alert_retention(self, profile):
        level = FALLING.get(profile.retention_status)
        if not level:
            return None
        # Its reason names the status.
        text = profile.retention_reason or self._word_choice(profile, "retention_status")
        return self._prepare_alert("retention", level, text, figure="retention_status")

    @api.model
    def _get_alert_expected(self, profile):
        """Say that its next purchase is late; of one at risk its status says so already."""
        day = profile.expected_purchase_date
        if not day or profile.retention_status in FALLING or day >= profile._get_today():
            return None
        text = self.env._("Its next purchase was expected on %s.", format_date(self.env, day))
        return self._prepare_alert("expected", "info", text, figure="expected_purchase_date")

    @api.model
    def _get_alert_contacts(self, profile):
        """Say that it was contacted as often as the criteria allow."""
        policy = self.env["cartera.policy"]._for(profile.company_id)
        count, limit = profile.contact_count or 0, policy.contact_limit_count
        if not limit or count < limit:
            return None
        text = self.env._(
            "Contacted %(count)s times in the last %(days)s days: the criteria allow %(limit)s.",
            count=count,
            days=policy.contact_limit_days,
            limit=limit,
        )
        return self._prepare_alert("contacts", "warning", text)

    @api.model
    def _get_alert_missing(self, profile):
        """Name what its stage wants to know; of fields of which one is enough, all."""
        wishes = {}
        for field in profile._get_missing_fields().get(profile) or []:
            wishes.setdefault(field["wish"], []).append(field["label"])
        if not wishes:
            return None
        names = ", ".join(" / ".join(labels) for labels in list(wishes.values())[:NAMED])
        text = self.env._("Its stage wants to know: %s", names)
        return self._prepare_alert("missing", "info", text, action="open_account")

    @api.model
    def _get_alert_parked(self, profile):
        """Tell those who look after the queue that the figures of the account are not up to date."""
        touches = self.env["cartera.touch"]
        if not touches.has_access("read"):
            return None
        parked = touches.search_count(
            [
                ("partner_id", "=", profile.partner_id.id),
                ("root_id", "in", [profile.company_id.id, 0]),
                ("parked", "=", True),
            ],
            limit=1,
        )
        if not parked:
            return None
        text = self.env._("Its figures are out of date: it is parked after an error.")
        return self._prepare_alert("parked", "warning", text)

    @api.model
    def _get_alert_archived(self, profile):
        if profile.active:
            return None
        return self._prepare_alert("archived", "info", self.env._("The account is archived."))
