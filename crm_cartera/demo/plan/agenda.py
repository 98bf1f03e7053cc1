"""Next steps, past ones, meetings and mail: what fills the day of a salesperson."""

from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from random import Random

from .days import back, working_day_from
from .records import MAIN, Account, Activity, Meeting, Message, Plan
from .texts import FEEDBACK, INCOMING, MEETINGS, OUTGOING, TODO

KINDS = ("call", "call", "email", "meeting", "todo")
#: When open activities are due, in days from today: (how many, at least, at most).
DUE = ((16, -35, -1), (9, 0, 0), (15, 1, 6), (15, 7, 55))
#: Kinds of accounts that nobody works on any more.
QUIET = ("counter", "opening", "once")
#: How many there are, and over how many days they are spread.
DONE, DONE_DAYS = 130, 150
MAILS, MAIL_DAYS = 90, 110
PAST_MEETINGS, MEETING_DAYS = 34, 130
FUTURE_MEETINGS = (0, 0, 1, 2, 3, 5, 8, 11, 16, 24, 40)
PRIVATE = 6
FAIR = "Feria Levante Construye: visita a nuestro expositor"


class Agenda:
    """Draws who is visited, called and written to; each account by its own salesperson."""

    def __init__(self, plan: Plan, accounts: dict[str, Account], rng: Random):
        self.plan, self.accounts, self.rng = plan, accounts, rng
        busy = [entry for entry in plan.entries if entry.kind not in QUIET]
        names = sorted({e.account for e in busy if accounts[e.account].active})
        rng.shuffle(names)
        self.names = self._in_turns(names)
        self.since = self._known_since()
        self.lead_since = {}
        for lead in plan.leads:
            if lead.account and lead.outcome == "open":
                self.lead_since.setdefault(lead.account, lead.created)

    def fill(self) -> None:
        """Add everything to the plan."""
        left = self._add_open()
        self._add_done()
        self._add_meetings(left)
        self._add_messages()

    def _in_turns(self, names: list[str]) -> list[str]:
        """Return the names so that each salesperson's come in turns: everybody has work today.

        Accounts without a salesperson are Marta's, after her own.
        """
        by_user = {}
        for name in sorted(names, key=lambda name: not self.accounts[name].user):
            by_user.setdefault(self._user(name), []).append(name)
        rounds = zip_longest(*(by_user[user] for user in sorted(by_user)))
        return [name for names in rounds for name in names if name]

    def _known_since(self) -> dict[str, date]:
        """Return the day of the first that is known of each account."""
        days = [(e.account, day) for e in self.plan.entries for day in (e.added, e.first_contact)]
        days += [(lead.account, lead.created) for lead in self.plan.leads]
        days += [(invoice.account, invoice.day) for invoice in self.plan.invoices]
        since = {}
        for name, day in days:
            if name and day:
                since[name] = min(day, since.get(name, day))
        return since

    def _user(self, name: str) -> str:
        return self.accounts[name].user or "marta"

    def _ago(self, name: str, spread: int) -> int:
        """Return how many days ago something was: rather lately, but not before it was known."""
        most = (self.plan.today - self.since[name]).days
        return max(min(round(abs(self.rng.gauss(0, spread))), most), 1)

    def _moment(self, days: int) -> datetime:
        """Return an hour of a working day, so many days ahead."""
        day = self._day(days)
        return datetime.combine(day, time(self.rng.randint(8, 18), self.rng.choice((0, 15, 30))))

    def _day(self, days: int) -> date:
        """Return the working day so many days ahead; today is today, even on a Sunday."""
        if days < 0:
            return back(self.plan.today, -days)
        day = self.plan.today + timedelta(days=days)
        return working_day_from(day) if days else day

    def _has_lead(self, name: str, day: date) -> bool:
        return name in self.lead_since and self.lead_since[name] <= day

    def _activity(self, name: str, days: int) -> Activity:
        """Return an activity due in so many days on an account, a contact or its open lead."""
        deadline = self._day(days)
        places = ["account", "account"]
        places += ["contact"] * bool(self.accounts[name].contacts)
        places += ["lead"] * (2 * self._has_lead(name, deadline))
        kind = self.rng.choice(KINDS)
        place, summary = self.rng.choice(places), self.rng.choice(TODO[kind])
        return Activity(name, place, kind, summary, self._user(name), deadline)

    def _add_open(self) -> list[str]:
        """Add open activities; return the accounts that have none."""
        names = iter(self.names)
        for count, least, most in DUE:
            for _number in range(count):
                name, days = next(names), self.rng.randint(least, most)
                known = max((self.plan.today - self.since[name]).days, 1)
                self.plan.activities.append(self._activity(name, max(days, -known)))
        return list(names)

    def _add_done(self) -> None:
        for _number in range(DONE):
            name = self.rng.choice(self.names)
            activity = self._activity(name, -self._ago(name, DONE_DAYS))
            activity.done = activity.deadline
            activity.deadline -= timedelta(days=self.rng.choice((0, 0, 1, 3)))
            activity.feedback = self.rng.choice(FEEDBACK)
            self.plan.activities.append(activity)

    def _add_meetings(self, free: list[str]) -> None:
        """Add past and future meetings; the next step of one account is a private one."""
        for _number in range(PAST_MEETINGS):
            name = self.rng.choice(self.names)
            self._add_meeting(name, -self._ago(name, MEETING_DAYS))
        for name, days in zip(free, FUTURE_MEETINGS, strict=False):
            self._add_meeting(name, days)
        private = self.plan.meetings[PAST_MEETINGS + PRIVATE]
        private.private, private.name = True, "Comida con la gerencia"
        mine = [e.account for e in self.plan.entries if e.company == MAIN and e.kind == "lead"]
        start = datetime.combine(self._day(26), time())
        self.plan.meetings.append(Meeting(mine[:3], FAIR, "javier", start, hours=0))

    def _add_meeting(self, name: str, days: int) -> None:
        moment, hours = self._moment(days), self.rng.choice((0.5, 1, 1, 1.5))
        subject, lead = self.rng.choice(MEETINGS), self._has_lead(name, moment.date())
        meeting = Meeting([name], subject, self._user(name), moment, hours, lead=lead)
        self.plan.meetings.append(meeting)

    def _add_messages(self) -> None:
        for number in range(MAILS):
            name = self.rng.choice(self.names)
            outgoing = number % 5 < 2
            subject, body = self.rng.choice(OUTGOING if outgoing else INCOMING)
            moment = self._moment(-self._ago(name, MAIL_DAYS))
            on_lead = self._has_lead(name, moment.date())
            self.plan.messages.append(
                Message(name, subject, body, self._user(name), moment, outgoing, on_lead)
            )
