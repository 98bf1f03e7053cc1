"""Leads and opportunities: open, won and lost ones, with where they came from."""

from datetime import date, timedelta
from random import Random

from .catalogue import SECTORS
from .days import back
from .records import MAIN, Account, Entry, Lead, Plan
from .texts import DEALS, MEDIA, NOTES, SOURCES, STRANGERS

BUYERS = ("steady", "grow", "decline", "season", "late", "stopped", "back", "new")
#: Who is bought from since the beginning came without a lead.
KNOWN_BEFORE = 1000


def add_lead(plan: Plan, entry: Entry, account: Account, numbers: list[float], rng: Random):
    """Add the lead of an account that is a lead itself, with what it knows of the account."""
    stage, days = (int(numbers[0]), numbers[1]) if entry.kind == "lead" else (1, numbers[0])
    outcome = {"won": "won", "refused": "lost"}.get(entry.kind, "open")
    if entry.kind == "reversed":
        outcome, days = "won", days + 34
    lead = _lead(entry, account, back(plan.today, days), rng)
    lead.outcome, lead.stage = outcome, stage
    lead.potential = _yearly(account, rng)
    lead.urgency = rng.choice("0112233")
    lead.note = rng.choice(NOTES)
    _close(lead, plan.today, rng)
    plan.leads.append(lead)


def add_leads_of_clients(plan: Plan, accounts: dict[str, Account], rng: Random) -> None:
    """Add the won leads that clients came from, and new opportunities with some of them."""
    first = {}
    for invoice in plan.invoices:
        key = (invoice.account, invoice.company)
        first[key] = min(first.get(key, invoice.day), invoice.day)
    for number, entry in enumerate(plan.entries_of(*BUYERS)):
        account = accounts[entry.account]
        day = first.get((entry.account, entry.company))
        if not day or entry.opening:
            continue
        came_lately = (plan.today - day).days < KNOWN_BEFORE
        if entry.kind == "new" or (came_lately and rng.random() < 0.65):
            _add_won(plan, entry, account, day, rng)
        else:
            entry.first_contact = back(day, rng.randint(5, 60))
        if number % 5 == 2:
            _add_later(plan, entry, account, "open", rng)
        elif number % 7 == 3:
            _add_later(plan, entry, account, "lost", rng)


def _add_won(plan: Plan, entry: Entry, account: Account, first: date, rng: Random) -> None:
    """Add the lead before the first invoice; some were in the portfolio even before that."""
    lead = _lead(entry, account, back(first, rng.randint(15, 85)), rng)
    lead.outcome, lead.closed = "won", first
    plan.leads.append(lead)
    if rng.random() < 0.4:
        entry.origin, entry.added = "hand", back(lead.created, rng.randint(6, 45))


def _add_later(plan: Plan, entry: Entry, account: Account, outcome: str, rng: Random) -> None:
    lead = _lead(entry, account, back(plan.today, rng.randint(3, 75)), rng)
    lead.outcome, lead.stage = outcome, rng.randint(0, 2)
    _close(lead, plan.today, rng)
    plan.leads.append(lead)


def _lead(entry: Entry, account: Account, created: date, rng: Random) -> Lead:
    category = rng.choice(interests_of(account, entry.company))
    source = rng.choice(list(SOURCES))
    return Lead(
        name=DEALS[category],
        account=entry.account,
        company=entry.company,
        user=account.user,
        created=created,
        revenue=round(SECTORS[account.sector][1] * rng.uniform(2, 9), -2),
        source=source,
        medium=MEDIA[source],
        campaign=SOURCES[source],
        interests=[category],
        priority=rng.choice("00112"),
        deadline=created + timedelta(days=rng.randint(30, 110)),
    )


def _close(lead: Lead, today: date, rng: Random) -> None:
    """Date the end of a lead that is won or lost, and the last step of one that is open."""
    days = (today - lead.created).days
    last = back(today, rng.uniform(0.1, 0.6) * days)
    if lead.outcome == "open":
        lead.moved = max(last if lead.stage else lead.created, lead.created)
    else:
        lead.closed = max(last, lead.created)


def interests_of(account: Account, company: str) -> list[str]:
    """Return the categories an account of this sector buys from this company."""
    categories = SECTORS[account.sector][3]
    main = [name for name in categories if list(DEALS).index(name) < 6]
    return main if company == MAIN else [name for name in categories if name not in main]


def _yearly(account: Account, rng: Random) -> float:
    """Return what an account of this sector could buy in a year."""
    return round(SECTORS[account.sector][1] * rng.uniform(6, 24), -2)


def set_potentials(plan: Plan, accounts: dict[str, Account], rng: Random) -> None:
    """Say what clients and prospects could buy; of some nobody knows."""
    bought = {}
    year = plan.today - timedelta(days=365)
    for invoice in plan.invoices:
        if invoice.day > year and not invoice.draft:
            key = (invoice.account, invoice.company)
            amount = sum(quantity * price for _product, quantity, price in invoice.lines)
            bought[key] = bought.get(key, 0) + amount
    for entry in plan.entries:
        if entry.kind in ("lead", "won", "refused", "reversed", "counter"):
            continue
        account = accounts[entry.account]
        if rng.random() < 0.75:
            sold = bought.get((entry.account, entry.company), 0)
            entry.potential = round(sold * rng.uniform(1.1, 3.5), -2) or _yearly(account, rng)
            choices = interests_of(account, entry.company)
            entry.interests = sorted(rng.sample(choices, min(len(choices), rng.randint(1, 2))))
        if rng.random() < 0.3:
            entry.urgency, entry.note = rng.choice("123"), rng.choice(NOTES)


def add_strangers(plan: Plan) -> None:
    """Add enquiries of people who are nobody's customer yet: no account, so not in the portfolio."""
    for number, (person, name) in enumerate(STRANGERS):
        first, last = person.split()
        plan.leads.append(
            Lead(
                name=name,
                company=MAIN,
                user="lucia" if number == 1 else "",
                created=back(plan.today, 1 + 5 * number),
                source="Página web",
                medium=MEDIA["Página web"],
                person=person,
                email=f"contacto{number + 1}@example.com",
                revenue=600.0 * (number + 1) if first and last else 0,
            )
        )
