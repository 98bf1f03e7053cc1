"""Targets: a year of revenue given to its months and salespeople, new clients, and the growth plan."""

from datetime import date

from ...analysis.period import Period
from ...analysis.spread import spread
from .world import World

#: What is asked for beyond last year.
GROWTH = 1.06
#: Contacts of the portfolio: of today, in how many years, how many times as many.
PLAN = ((0, 1.25), (1, 1.75))


def load_targets(world: World) -> None:
    """Set targets for both companies, and ask for the figures of the last two years."""
    for company in world.companies.values():
        env = world.env(context={**world.env.context, "allowed_company_ids": company.ids})
        year = Period.of("year", world.plan.today)
        _load_sum(env, company, year, "net_revenue", 1000)
        _load_sum(env, company, year, "new_clients", 1)
        _load_plan(env, company, year)
        env["cartera.policy"]._for(company).action_scorecard_fill()


def _load_sum(env, company, year, code, step) -> None:
    """Ask for more than last year, in round figures, by last year's shape and shares."""
    indicator = env.ref(f"crm_cartera.cartera_indicator_{code}")
    before = indicator._measure(company, year.last_year())[indicator, "company"].value or 0
    amount = max(round(before * GROWTH / step), 1) * step
    target = _create(env, company, year, indicator, float(amount))
    digits = target._get_digits()
    target._set_months(spread(amount, target._get_month_weights(), digits))
    keys = target._get_owner_keys("user")
    if keys:
        parts = spread(amount, target._get_owner_weights(keys), digits)
        target._set_parts(dict(zip(keys, parts, strict=True)), months=True)


def _load_plan(env, company, year) -> None:
    indicator = env.ref("crm_cartera.cartera_indicator_portfolio_contacts")
    now = indicator._measure(company, year)[indicator, "company"].value or 0
    for years, times in PLAN:
        later = Period.of("year", date(year.start.year + years, 1, 1))
        _create(env, company, later, indicator, float(round(now * times, -1)))


def _create(env, company, period, indicator, amount):
    return env["cartera.indicator.target"].create(
        {
            "indicator_id": indicator.id,
            "company_id": company.id,
            "kind": period.kind,
            "start": period.start,
            "amount": amount,
        }
    )
