"""Invoices: each client has its own rhythm, size, season, trend and way of paying."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .catalogue import CATALOGUE, SECOND_CATEGORIES, SECTORS
from .days import back, payment_day, season, working_day
from .records import MAIN, SECOND, Account, Entry, Invoice, Plan

MONTH = 30.44
#: How long ago the last purchase was, in rhythms: (at least, at most).
LAST = {
    "late": (1.9, 2.6),
    "stopped": (3.6, 5.2),
    "lost": (7.0, 9.5),
    "back": (0.2, 0.7),
}
USUAL_LAST = (0.1, 0.8)
#: Yearly growth of the orders' amounts.
TREND = {"grow": 1.45, "decline": 0.62}
#: Delay of payment after the due date in days, and the share that is never paid.
HABITS = ((-2, 4, 0.0), (-2, 6, 0.0), (8, 25, 0.02), (25, 70, 0.12))
PRICES = {name: price for products in CATALOGUE.values() for name, price, _cost in products}


@dataclass(frozen=True)
class Client:
    """How one client buys from one company."""

    account: Account
    company: str
    kind: str
    order: float
    discount: float
    term: int
    habit: tuple[float, float, float]
    products: list[str]


def add_sales(plan: Plan, entry: Entry, account: Account, numbers: list[float], rng: Random):
    """Add the invoices of one client; a size of its own is drawn around that of its sector."""
    client = Client(
        account=account,
        company=entry.company,
        kind=entry.kind,
        order=SECTORS[account.sector][1] * rng.lognormvariate(0, 0.55),
        discount=rng.choice((0, 0, 0.03, 0.05, 0.08, 0.12)),
        term=rng.choice((30, 30, 60)),
        habit=rng.choice(HABITS),
        products=_products(account, entry.company),
    )
    for day in purchase_days(entry.kind, numbers, plan.today, rng):
        plan.invoices.append(_invoice(client, day, plan.today, rng))
    if entry.kind == "reversed":
        plan.invoices[-1].paid = None
        plan.invoices[-1].taken_back = True


def _products(account: Account, company: str) -> list[str]:
    """Return the products of the sector's categories that this company sells."""
    second = company == SECOND
    wanted = [name for name in SECTORS[account.sector][3] if (name in SECOND_CATEGORIES) == second]
    return [product[0] for name in wanted for product in CATALOGUE[name]]


def purchase_days(kind: str, numbers: list[float], today: date, rng: Random) -> list[date]:
    """Return the days on which an account bought, oldest first."""
    if kind == "new":
        return [new_day(today, numbers[0], number) for number in range(1 + (numbers[0] > 40))]
    if kind in ("once", "reversed"):
        return [back(today, numbers[0])]
    if kind == "counter":
        return [back(today, days) for days in range(350, 0, -30)]
    months, rhythm = numbers
    ago = rhythm * rng.uniform(*LAST.get(kind, USUAL_LAST))
    days = []
    while ago < months * MONTH:
        days.append(back(today, ago))
        # Whoever came back had stayed away for long before the last purchase.
        gap = rhythm * (5.5 if kind == "back" and len(days) == 1 else rng.uniform(0.8, 1.2))
        ago += max(gap, 4)
    if kind == "season":
        days = [day for day in days if 4 <= day.month <= 10]
    return sorted(set(days))


def new_day(today: date, ago: float, number: int) -> date:
    """Return the day of a new client's first or second order; ``ago`` 0 is this month."""
    if ago:
        return back(today, ago - 20 * number)
    day = working_day(today - timedelta(days=min(today.day - 1, 4)))
    return day if day.month == today.month else today


def _invoice(client: Client, day: date, today: date, rng: Random) -> Invoice:
    years = (today - day).days / 365.25
    trend = TREND.get(client.kind, 1.04) ** -years
    amount = client.order * season(client.account.sector, day) * trend * rng.uniform(0.65, 1.4)
    due = day + timedelta(days=client.term)
    slow, slowest, never = client.habit
    paid = payment_day(due + timedelta(days=round(rng.uniform(slow, slowest))))
    if rng.random() < never or paid > today:
        paid = None
    return Invoice(
        account=client.account.key,
        company=client.company,
        user=client.account.user,
        day=day,
        due=due,
        lines=_lines(client, amount, rng),
        paid=paid,
    )


def _lines(client: Client, amount: float, rng: Random) -> list[tuple[str, int, float]]:
    """Share an amount between one to three products, in whole units at the client's prices."""
    affordable = [name for name in client.products if PRICES[name] <= 0.9 * amount]
    affordable = affordable or sorted(client.products, key=PRICES.get)[:2]
    count = min(rng.choice((1, 1, 1, 2, 2, 3)), len(affordable))
    lines = []
    for name in rng.sample(affordable, count):
        price = round(PRICES[name] * (1 - client.discount), 2)
        lines.append((name, max(round(amount / count / price), 1), price))
    return lines


def add_refunds(plan: Plan, rng: Random) -> None:
    """Refund a handful of invoices in part and two wholly; leave one draft in each company."""
    buyers = {entry.account for entry in plan.entries_of("steady", "grow", "late", "season")}
    usual = [invoice for invoice in plan.invoices if invoice.account in buyers]
    paid = [invoice for invoice in usual if invoice.paid]
    unpaid = [invoice for invoice in usual if not invoice.paid and invoice.day < plan.today]
    chosen = rng.sample(unpaid, 4) + rng.sample(paid, 6)
    for number, invoice in enumerate(chosen):
        day = min(invoice.day + timedelta(days=rng.randint(2, 12)), plan.today)
        invoice.refund = (1.0 if number < 2 else rng.choice((0.15, 0.25, 0.4)), working_day(day))
    for company in (MAIN, SECOND):
        usual = [invoice for invoice in usual if invoice not in chosen]
        invoice = rng.choice([invoice for invoice in usual if invoice.company == company])
        draft = {"day": plan.today, "due": plan.today + timedelta(days=30)}
        plan.invoices.append(Invoice(**{**vars(invoice), **draft, "paid": None, "draft": True}))
