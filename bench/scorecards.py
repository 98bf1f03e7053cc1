"""The scorecard of the company: its four perspectives as the browser asks for them, and its measures."""

import time

from clock import Row, medians
from company import ADMIN

#: Queries that opening the whole scorecard may take, whatever the number of accounts.
QUERIES = 240
#: Measures that are listed, the slowest first.
LISTED = 6


def measure(company):
    """Measure the running month, without anything closed: the dearest way to open it."""
    [seconds], runs = medians(lambda: _timed(company))
    rows = [
        Row("scorecard of the company, all perspectives", seconds, runs=runs),
        Row("  its queries", _open(company), "bound", QUERIES, 1.0, unit="queries"),
    ]
    times = sorted(_measures(company).items(), key=lambda item: -item[1])
    rows += [Row(f"  of which {code}", spent) for code, spent in times[:LISTED]]
    return rows


def _open(company):
    """Open it as a browser does; returns the number of queries."""
    with company.environment(ADMIN) as env:
        before = env.cr.sql_log_count
        screen = env["cartera.screen"]
        frame = screen.get_scorecard()
        for perspective in frame["perspectives"]:
            screen.get_scorecard_cards(perspective["code"], frame["period"]["key"], frame["scope"])
        return env.cr.sql_log_count - before


def _timed(company):
    started = time.perf_counter()
    _open(company)
    return time.perf_counter() - started


def _measures(company):
    """Return {code: seconds} of the built-in measures for the running month."""
    from odoo.addons.crm_cartera.analysis.period import Period

    spent = {}
    with company.environment() as env:
        measures = env["cartera.measure"]
        today = env["cartera.policy"]._for(env.company)._today()
        span = measures._get_span(env.company, Period.of("month", today))
        for code in measures._get_measures():
            started = time.perf_counter()
            measures._sum(code, span, ["company"])
            spent[code] = time.perf_counter() - started
    return spent
