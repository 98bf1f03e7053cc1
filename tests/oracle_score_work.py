"""The internal and learning measures of the scorecard, once more: record by record with the ORM.

Each answers [(account or None, owner or None, numerator, denominator or None)], a row for each record that
counts. It knows neither our SQL nor analysis/; of the profile it reads what people typed.
"""

from datetime import timedelta
from functools import cached_property

from .oracle import Oracle
from .oracle_complete import CompletenessOracle

INTERACTIONS = ("email", "email_outgoing", "comment")


class WorkOracle:
    """One company in one period, from its first day to the day it is looked at."""

    def __init__(self, ledger, start, as_of):
        self.ledger, self.start, self.as_of = ledger, start, as_of
        self.env = ledger.env
        self.known = {partner: row for partner, row in ledger.profiles.items() if not row.excluded}
        self.active = {partner: row for partner, row in self.known.items() if partner.active}

    def rows(self, code):
        return list(getattr(self, code)())

    def in_period(self, day):
        return self.start <= day <= self.as_of

    def seller(self, partner):
        return partner.user_id

    # -- what is planned -------------------------------------------------------

    def open_leads(self, partner):
        return [
            lead
            for lead in self.ledger.leads_near(partner)
            if lead.active and lead.won_status == "pending"
        ]

    def open_activities(self, partner):
        people = [person for person in self.ledger.people.get(partner, ()) if person.active]
        for record in [*people, *self.open_leads(partner)]:
            yield from self.env["mail.activity"].search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("active", "=", True),
                ]
            )

    def is_past(self, meeting, day):
        return day < self.as_of or (day == self.as_of and bool(meeting.cartera_kind_id))

    def has_meeting(self, partner):
        people = {person for person in self.ledger.people.get(partner, ()) if person.active}
        leads = set(self.open_leads(partner))
        for meeting in self.env["calendar.event"].search([("active", "=", True)]):
            day = meeting.start_date if meeting.allday else self.ledger.day_of(meeting.start)
            if not self.is_past(meeting, day) and (
                people & set(meeting.partner_ids) or meeting.opportunity_id in leads
            ):
                return True
        return False

    def next_action_coverage(self):
        for partner in self.active:
            planned = any(True for _activity in self.open_activities(partner))
            planned = planned or self.has_meeting(partner)
            yield partner, self.seller(partner), int(planned), 1

    def overdue_actions(self):
        for partner in self.known:
            for activity in self.open_activities(partner):
                if activity.date_deadline < self.as_of:
                    yield partner, activity.user_id or self.seller(partner), 1, None

    # -- who speaks with them --------------------------------------------------

    def contact_coverage_ab(self):
        oracle = Oracle(self.ledger, self.as_of)
        for partner, name in oracle.abc_revenue.items():
            if name in ("A", "B") and partner in self.active:
                met = oracle.accounts[partner].interaction_count_90d > 0
                yield partner, self.seller(partner), int(met), 1

    @cached_property
    def salespeople(self):
        sellers = {self.seller(partner) for partner in self.active}
        return sorted(
            (user for user in sellers if user and user.active and not user.share),
            key=lambda user: user.id,
        )

    @cached_property
    def recorded(self):
        """Return [(account, salesperson)] of what was recorded in the last 30 days, each once."""
        found = set()
        for partner in self.known:
            people = self.ledger.people.get(partner, self.env["res.partner"])
            for key, day, user in self.interactions(partner, people):
                recent = self.as_of - timedelta(days=30) < day <= self.as_of
                if recent and user in self.salespeople:
                    found.add((partner, key, user))
        return [(partner, user) for partner, _key, user in found]

    def interactions(self, partner, people):
        leads = self.ledger.leads_near(partner)
        for record in [*people, *leads]:
            for activity in self.env["mail.activity"].search(
                [("res_model", "=", record._name), ("res_id", "=", record.id)]
            ):
                if not activity.active and activity.date_done:
                    yield ("activity", activity.id), activity.date_done, activity.user_id
        for meeting in self.env["calendar.event"].search([("active", "=", True)]):
            if meeting.opportunity_id not in leads and not meeting.partner_ids & people:
                continue
            day = meeting.start_date if meeting.allday else self.ledger.day_of(meeting.start)
            privacy = meeting.privacy or meeting.user_id.calendar_default_privacy
            if self.is_past(meeting, day) and privacy != "private":
                yield ("meeting", meeting.id), day, meeting.user_id
        to_people = self.env["mail.notification"].search([("res_partner_id", "in", people.ids)])
        by_people = self.env["mail.message"].search([("author_id", "in", people.ids)])
        for message in by_people | to_people.mail_message_id:
            if message.message_type in INTERACTIONS:
                day = self.ledger.day_of(message.date)
                yield ("message", message.id), day, message.author_id.user_ids[:1]

    def active_salespeople(self):
        busy = {user for _partner, user in self.recorded}
        for user in self.salespeople:
            yield None, user, int(user in busy), 1

    def interactions_per_salesperson(self):
        for partner, user in self.recorded:
            yield partner, user, 1, None
        for user in self.salespeople:
            yield None, user, 0, 1

    # -- leads -----------------------------------------------------------------

    @cached_property
    def leads(self):
        """Return [(lead, account or None, owner)] of the leads that count for the company."""
        found = []
        for lead in self.env["crm.lead"].search([]):
            account = lead.partner_id.commercial_partner_id
            row = self.ledger.profiles.get(account)
            if (row and row.excluded) or not (lead.active or lead.won_status in ("won", "lost")):
                continue
            if self.is_ours(lead, account, row):
                known = account if row else None
                found.append((lead, known, lead.user_id or (known and self.seller(known))))
        return found

    def is_ours(self, lead, account, row):
        if lead.company_id:
            return lead.company_id in self.ledger.companies
        if row:
            return True
        elsewhere = self.env["cartera.profile"].search_count([("partner_id", "=", account.id)])
        return lead.user_id.company_id in self.ledger.companies and not elsewhere

    def win_rate(self):
        for lead, account, owner in self.leads:
            closed = lead.date_closed and self.ledger.day_of(lead.date_closed)
            over = lead.type == "opportunity" and lead.won_status in ("won", "lost")
            if over and closed and self.in_period(closed):
                yield account, owner, int(lead.won_status == "won"), 1

    def lead_response_days(self):
        for lead, account, owner in self.leads:
            created = lead.cartera_first_date or lead.create_date
            if self.in_period(self.ledger.day_of(created)):
                days = [
                    (day - self.ledger.day_of(created)).days
                    for day in self.answers(lead, created)
                    if day <= self.as_of
                ]
                if days:
                    yield account, owner, min(days), 1

    def answers(self, lead, created):
        begun = self.ledger.day_of(created)
        for message in self.env["mail.message"].search(
            [("model", "=", "crm.lead"), ("res_id", "=", lead.id)]
        ):
            ours = [user for user in message.author_id.user_ids if not user.share and user.id != 1]
            inside = message.is_internal or message.subtype_id.internal
            spoken = message.message_type in INTERACTIONS and message.date >= created
            if spoken and ours and not inside:
                yield self.ledger.day_of(message.date)
        for activity in self.env["mail.activity"].search(
            [("res_model", "=", "crm.lead"), ("res_id", "=", lead.id), ("active", "=", False)]
        ):
            if activity.date_done and activity.date_done >= begun:
                yield activity.date_done
        for meeting in self.env["calendar.event"].search(
            [("opportunity_id", "=", lead.id), ("active", "=", True)]
        ):
            day = meeting.start_date if meeting.allday else self.ledger.day_of(meeting.start)
            if begun <= day and self.is_past(meeting, day):
                yield day

    # -- one lifecycle further -------------------------------------------------

    @cached_property
    def milestones(self):
        """Return {account: (prospect, lead, client)}: the days on which they began, by the documents."""
        oracle, found = Oracle(self.ledger, self.ledger.today), {}
        for partner, row in self.known.items():
            account = oracle.accounts.get(partner)
            lead = [
                self.ledger.day_of(each.cartera_first_date or each.create_date)
                for each in (account.leads if account else ())
            ]
            lead = min([*lead, *filter(None, [row.manual_lead_date])], default=None)
            bought = account.purchase_days if account else []
            client = min([*bought, *filter(None, [row.opening_client_date])], default=None)
            if lead and client and lead > client:
                lead = None
            found[partner] = (row.prospect_date or None, lead, client)
        return found

    def _moved(self, before, after, others):
        """Return (moved, days) or None of who was not there, for each account."""
        for partner, days in self.milestones.items():
            start, end = days[before], days[after]
            if start and end and start <= end and self.in_period(end):
                yield partner, True, (end - start).days
            elif start and start <= self.as_of:
                left = [days[other] for other in others if days[other]]
                if all(day > self.as_of for day in left):
                    yield partner, False, None

    def _rate(self, *which):
        for partner, moved, _days in self._moved(*which):
            yield partner, self.seller(partner), int(moved), 1

    def _days(self, *which):
        for partner, moved, days in self._moved(*which):
            if moved:
                yield partner, self.seller(partner), days, 1

    def prospect_lead_rate(self):
        return self._rate(0, 1, (1, 2))

    def prospect_lead_days(self):
        return self._days(0, 1, (1, 2))

    def lead_client_rate(self):
        return self._rate(1, 2, (2,))

    def lead_client_days(self):
        return self._days(1, 2, (2,))

    # -- records ---------------------------------------------------------------

    def record_completeness(self):
        oracle = CompletenessOracle(self.env, self.ledger.root)
        for partner, row in self.active.items():
            share = oracle.of(row)
            if share is not None:
                yield partner, self.seller(partner), share, 1

    def portfolio_contacts(self):
        for partner in self.active:
            entered = [day for day in self.milestones[partner] if day]
            if self.as_of < self.ledger.today and not any(day <= self.as_of for day in entered):
                continue
            for person in self.ledger.people.get(partner, ()):
                created = self.ledger.day_of(person.create_date)
                if person.active and (self.as_of >= self.ledger.today or created <= self.as_of):
                    yield partner, self.seller(partner), 1, None
