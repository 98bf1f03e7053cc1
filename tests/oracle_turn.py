"""The priority of the accounts of a company today, from the records themselves: slow on purpose."""

from datetime import timedelta
from functools import cached_property
from types import SimpleNamespace

from .oracle_priority import as_stake, priority
from .oracle_score_work import WorkOracle

NAMES = (
    "next_action_date",
    "next_action_model",
    "unanswered_lead_date",
    "contact_count",
    "priority",
    "suggested_action",
)


class TurnOracle:
    """To be compared as an :class:`~.oracle.Oracle`: its accounts, with the figures of NAMES."""

    def __init__(self, oracle):
        self.oracle, self.ledger, self.accounts = oracle, oracle.ledger, oracle.accounts
        self.as_of, self.limit = oracle.as_of, oracle.limit
        self.work = WorkOracle(self.ledger, self.as_of, self.as_of)

    @cached_property
    def usual(self):
        learned = self.oracle.calibration
        return learned["value_reference"], learned["overdue_reference"]

    def figures(self, partner) -> dict:
        account = self.accounts[partner]
        today = self.facts(partner, account)
        row = SimpleNamespace(**vars(as_stake(account)), **today, active=partner.active)
        judged = self.oracle.judge(account)
        return {**today, **priority(row, judged, self.as_of, self.limit, self.usual)}

    def facts(self, partner, account) -> dict:
        day, model = self.next_action(partner)
        start = self.as_of - timedelta(days=self.limit("contact_limit_days"))
        return {
            "next_action_date": day,
            "next_action_model": model,
            "unanswered_lead_date": self.unanswered(account),
            "contact_count": account._interactions_after(start),
        }

    def next_action(self, partner):
        """Return (day, model) of what is to be done first; of one day, activities before meetings."""
        found = [
            (activity.date_deadline, 0, "mail.activity")
            for activity in self.work.open_activities(partner)
        ]
        found += [(day, 1, "calendar.event") for day in self.meetings(partner)]
        return min(found)[::2] if found else (None, None)

    def meetings(self, partner):
        people = {person for person in self.ledger.people.get(partner, ()) if person.active}
        leads = set(self.work.open_leads(partner))
        for meeting in self.ledger.env["calendar.event"].search([("active", "=", True)]):
            day = meeting.start_date if meeting.allday else self.ledger.day_of(meeting.start)
            about = people & set(meeting.partner_ids) or meeting.opportunity_id in leads
            if day >= self.as_of and about:
                yield day

    def unanswered(self, account):
        """Return the day of the oldest open lead that nobody has answered."""
        found = []
        for lead in account.leads:
            if lead.active and lead.won_status == "pending":
                created = lead.cartera_first_date or lead.create_date
                if not any(day <= self.as_of for day in self.work.answers(lead, created)):
                    found.append(self.ledger.day_of(created))
        return min(found, default=None)
