"""The plan: pure Python, no database; the same day gives the same plan."""

from datetime import date
from random import Random

from .agenda import Agenda
from .days import back
from .leads import add_lead, add_leads_of_clients, add_strangers, set_potentials
from .people import read_table
from .records import Account, Entry, Plan
from .sales import add_refunds, add_sales

SEED = 19
BUYING = (
    "steady", "grow", "decline", "season", "late", "stopped", "lost", "back",
    "once", "new", "reversed", "counter",
)  # fmt: skip
WITH_LEAD = ("lead", "won", "refused", "reversed")


def make_plan(today: date) -> Plan:
    """Return everything the demo holds, with dates relative to ``today``."""
    rng = Random(SEED)
    plan = Plan(today)
    for account, fates in read_table(rng):
        plan.accounts.append(account)
        for company, fate in fates.items():
            _add_entry(plan, account, company, fate, rng)
    accounts = {account.key: account for account in plan.accounts}
    add_leads_of_clients(plan, accounts, rng)
    add_refunds(plan, rng)
    set_potentials(plan, accounts, rng)
    add_strangers(plan)
    Agenda(plan, accounts, rng).fill()
    return plan


def _add_entry(plan: Plan, account: Account, company: str, fate: str, rng: Random) -> None:
    """Add what one account is in one company: ``fate`` as in the table of accounts."""
    fate, _at, opening = fate.partition("@")
    kind, *words = fate.split()
    origin = words.pop(0) if kind == "prospect" else None
    numbers = [float(word) for word in words]
    entry = Entry(account.key, company, kind, account.user, origin)
    plan.entries.append(entry)
    _date_entry(entry, kind, numbers, opening, plan.today, rng)
    if kind in BUYING:
        add_sales(plan, entry, account, numbers, rng)
    if kind in WITH_LEAD:
        add_lead(plan, entry, account, numbers, rng)


def _date_entry(
    entry: Entry, kind: str, numbers: list[float], opening: str, today: date, rng: Random
) -> None:
    """Say since when the account is known, and what it was before Odoo."""
    if kind in ("prospect", "hand"):
        entry.origin = entry.origin or "hand"
        entry.added = back(today, numbers[0] + (25 if kind == "hand" else 0))
        entry.first_contact = back(entry.added, rng.randint(0, 40))
    if kind == "opening":
        years, revenue, months = numbers
        last = back(today, 30.44 * months)
        since = back(today, 365.25 * years - rng.randint(0, 330))
        entry.opening = (since, revenue, last)
    if opening:
        years, revenue = (float(number) for number in opening.split(":"))
        since = back(today, 365.25 * years - rng.randint(0, 330))
        entry.opening = (since, revenue, back(today, 1120))
    if entry.opening:
        entry.first_contact = entry.opening[0]
