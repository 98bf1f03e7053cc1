"""What a plan consists of: plain records with keys instead of database ids."""

from dataclasses import dataclass, field
from datetime import date, datetime

MAIN, SECOND = "main", "second"


@dataclass(frozen=True)
class Contact:
    """A person of an account."""

    name: str
    function: str
    email: str
    phone: str


@dataclass
class Account:
    """A customer; ``key`` is its name. ``user`` is a login, empty without a salesperson."""

    key: str
    town: str
    sector: str
    street: str
    vat: str
    phone: str
    email: str
    user: str
    is_company: bool
    active: bool
    contacts: list[Contact]


@dataclass
class Entry:
    """An account in the portfolio of one company.

    ``origin`` and ``added``: how and when a person put it there; None if its documents did. ``opening``:
    (client since, yearly revenue, last purchase) of before Odoo.
    """

    account: str
    company: str
    kind: str
    user: str
    origin: str | None = None
    added: date | None = None
    first_contact: date | None = None
    potential: float = 0
    interests: list[str] = field(default_factory=list)
    urgency: str = "0"
    note: str = ""
    opening: tuple[date, float, date] | None = None


@dataclass
class Invoice:
    """A customer invoice; lines are (product, quantity, price).

    ``refund``: (share, day). ``taken_back``: wholly refunded today, after the portfolio knew of it.
    """

    account: str
    company: str
    user: str
    day: date
    due: date
    lines: list[tuple[str, int, float]]
    paid: date | None = None
    draft: bool = False
    refund: tuple[float, date] | None = None
    taken_back: bool = False


@dataclass
class Lead:
    """A lead or opportunity; without ``account`` it is a stranger's. ``outcome``: open, won, lost."""

    name: str
    company: str
    user: str
    created: date
    account: str | None = None
    outcome: str = "open"
    closed: date | None = None
    moved: date | None = None
    stage: int = 0
    priority: str = "0"
    deadline: date | None = None
    revenue: float = 0
    source: str = ""
    medium: str = ""
    campaign: str = ""
    potential: float = 0
    interests: list[str] = field(default_factory=list)
    urgency: str = "0"
    note: str = ""
    person: str = ""
    email: str = ""


@dataclass
class Activity:
    """A next step, or with ``done`` one that was taken. ``on``: account, contact or lead."""

    account: str
    on: str
    kind: str
    summary: str
    user: str
    deadline: date
    done: date | None = None
    feedback: str = ""


@dataclass
class Meeting:
    """A meeting in local time; an all-day one has no hour."""

    accounts: list[str]
    name: str
    user: str
    start: datetime
    hours: float
    private: bool = False
    lead: bool = False


@dataclass
class Message:
    """An e-mail or comment; ``outgoing`` from the salesperson, else from the account's person."""

    account: str
    subject: str
    body: str
    user: str
    date: datetime
    outgoing: bool
    on_lead: bool = False


@dataclass
class Plan:
    """Everything that is to be loaded, as of ``today``."""

    today: date
    accounts: list[Account] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def entries_of(self, *kinds: str) -> list[Entry]:
        """Return the portfolio entries of some kinds, in the order of the table."""
        return [entry for entry in self.entries if entry.kind in kinds]
