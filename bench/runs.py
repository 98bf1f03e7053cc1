"""Full runs, drains and past days."""

import os
import subprocess
import sys
import time
from pathlib import Path

import orm_judge
import read_pass
from clock import TIMES, Row, medians, once
from dateutil.relativedelta import relativedelta

SAMPLE = 40
DRAINS = {1: 1 / 500, 1000: None, 10_000: None}
MEMORY_LIMIT = 2048
#: What a drain has to set right.
STALE = """UPDATE cartera_profile SET purchase_count = purchase_count + 1,
                  open_opportunity_count = open_opportunity_count + 1
            WHERE partner_id = ANY(%s)"""


def prepare(company, installed):
    """Cost the history and run for the first time; return rows for information."""
    costs = once(company.cost_history)
    company.estimate_potential()
    company.settle()
    first = company.run()
    company.settle()
    return [
        Row("installation, portfolio filled", installed),
        Row("costs of the whole history", costs),
        Row(f"full run, {first['changed']:,} accounts changed", float(first["seconds"])),
    ]


def measure(company, tenth, accounts):
    """Measure the full run in which nothing changes."""
    window = _window(company)

    def read():
        with company.environment() as env:
            read_pass.read(env.cr, window)

    def through_orm():
        today = window + relativedelta(months=12)
        started = time.perf_counter()
        for account in company.accounts(SAMPLE):
            with company.environment() as env:
                orm_judge.judge(env, account, today)
        return (time.perf_counter() - started) * accounts / SAMPLE

    (whole, passed), runs = medians(company.run, read)
    [part], part_runs = medians(tenth.run)
    [orm], orm_runs = medians(through_orm, times=3)
    title = "full run, nothing changed"
    return [
        Row(title, whole, "read pass", passed, 1.5, runs),
        Row(title, whole, f"through the ORM ({SAMPLE} accounts)", orm, 1 / 80, orm_runs),
        Row(title, whole, "one tenth of the accounts", part, 12, part_runs),
    ]


def full_run(company):
    """Return the median of full runs in which nothing changes."""
    [seconds], _runs = medians(company.run)
    return seconds


def drains(company, whole):
    """Measure drains of accounts whose profile is wrong."""
    accounts = company.accounts()
    rows = []
    for count, budget in DRAINS.items():
        if count > len(accounts):
            continue
        times = TIMES * 4 if count == 1 else TIMES
        [seconds], runs = medians(_drainer(company, accounts, count), times=times)
        title = f"drain of {count:,} account{'s' if count > 1 else ''}"
        rows.append(Row(title, seconds, "full run", whole, budget, runs))
    return rows


def _drainer(company, accounts, count):
    """Return work that drains ``count`` accounts, other ones each time, as after a commit or as cron."""
    from odoo.addons.crm_cartera.models import cartera_engine, cartera_touch

    place = [0]

    def drain():
        chosen = [accounts[(place[0] + n * 7919) % len(accounts)] for n in range(count)]
        place[0] += count * 31
        with company.environment() as env:
            env.cr.execute(STALE, (chosen,))
            env["cartera.touch"]._touch((account, env.company.id) for account in chosen)
            env.cr.postcommit.clear()
        with company.environment() as env:
            touches = env["cartera.touch"]
            started = time.perf_counter()
            if count == 1:
                limits = cartera_touch.DRAIN_AFTER_COMMIT, cartera_touch.DRAIN_SECONDS
                touches._drain_own(*limits, cartera_engine.HURRIED, newest=True)
            else:
                touches._drain_all()
            return time.perf_counter() - started

    return drain


def past(company, whole):
    """Measure the run of a past day, which writes its snapshots; for information."""
    today = _window(company) + relativedelta(months=12)
    rows = []
    for months in (1, 12):
        day = today + relativedelta(months=1 - months, day=1, days=-1)

        def run(day=day):
            with company.environment() as env:
                env["cartera.engine"]._run_past(env.company, day)

        title = f"run of a past day ({months} months ago), snapshots written"
        rows.append(Row(title, once(run), "full run", whole))
    return rows


def _window(company):
    with company.environment() as env:
        return env["cartera.facts"]._get_scope(env.company).window_start


MEMORY = """
import sys
sys.path.insert(0, sys.argv[1])
import measure
company = measure.connect(sys.argv[2])
company.run()
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmPeak")))
"""


def memory(company):
    """Measure the most virtual memory of a fresh process in a full run: what Odoo's limits count."""
    words = ["-B", "-c", MEMORY, str(Path(__file__).parent), company.database]
    done = subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, text=True, env=os.environ
    )
    peak = int(done.stdout.split()[-1]) / 1024
    title, against = "memory of a full run (peak VMS)", "default soft limit"
    return [Row(title, peak, against, MEMORY_LIMIT, 1, unit="MiB")]
