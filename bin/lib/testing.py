"""Run pytest on throw-away clones of a database with the addon installed."""

import argparse
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from . import odoo, paths, postgres, system
from .database import Databases
from .odoo import Odoo
from .shell import run_child, say

#: Arguments of a run of some tests, or of one that somebody follows step by step.
ARGUMENT_OF_SOME = re.compile(
    r"[^-]|-[kmpsx]|--(pdb|lf|ff|sw|last|failed|stepwise|trace|collect|co$)"
)
#: More wait for the database and for one another's browsers.
MOST_WORKERS = 2


@contextmanager
def prepared() -> Iterator[tuple[Odoo, Databases]]:
    """Yield the installation that tests run on."""
    system.require(system.postgres_programs, system.python_command, system.chromium, system.git)
    with postgres.running() as server, odoo.installation(server, "test") as installed:
        yield installed, Databases(installed)


def run(arguments: list[str]) -> int:
    """Run pytest with the arguments given; its summary is the last thing printed."""
    with prepared() as (installed, databases):
        template, workers = databases.addon(), _get_workers(arguments)
        # A worker takes a copy of the first for itself; its database for commits is of the same name
        # with the worker's own behind (see conftest.py).
        lives = [f"live-{worker}" for worker in workers] or ["live"]
        with databases.clones(template, "run", *lives) as (database, live, *_others):
            env = installed.environment() | _test_environment(installed, live.partition("-")[0])
            command = _pytest(installed, database)
            if workers:
                command += ["-n", str(len(workers)), "--dist", "loadscope"]
                # Instead of one that crashed there would come another, without databases.
                command += ["--max-worker-restart", "0"]
            if "CI" not in os.environ:
                return run_child([*command, *arguments], env=env, cwd=paths.ROOT)
            report = installed.conf.with_name("report.xml")
            command.append(f"--junitxml={report}")
            code = run_child([*command, *arguments], env=env, cwd=paths.ROOT)
            return code or _refuse_skips(report)


def _get_workers(arguments: list[str]) -> list[str]:
    """Return the names of the processes that share the tests, as pytest-xdist gives them.

    Each needs its copy of the databases and starts Odoo: only the whole suite is worth that, unless
    somebody asks for a number.
    """
    asked = _get_asked(arguments)
    some = any(ARGUMENT_OF_SOME.match(argument) for argument in arguments)
    cores = os.cpu_count() or 1
    if asked is None:
        count = 0 if some else min(MOST_WORKERS, cores)
    else:
        count = int(asked) if asked.isdigit() else cores
    return [f"gw{number}" for number in range(count)]


def _get_asked(arguments: list[str]) -> str | None:
    """Return what was asked for with pytest-xdist's own option."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-n", "--numprocesses")
    return parser.parse_known_args(arguments)[0].numprocesses


def _refuse_skips(report: Path) -> int:
    """Return 1 if a test was skipped: without a browser, say, Odoo skips its tests quietly."""
    skipped = [
        f"{case.get('classname')}.{case.get('name')}"
        for case in ElementTree.parse(report).iter("testcase")
        if case.find("skipped") is not None
    ]
    if skipped:
        say(f"error: skipped in CI: {', '.join(skipped)}")
    return 1 if skipped else 0


def _pytest(installed: Odoo, database: str) -> list[object]:
    options = [
        f"--odoo-database={database}",
        f"--odoo-config={installed.conf}",
        "--odoo-http",
        f"--override-ini=cache_dir={paths.cache() / 'pytest'}",
    ]
    return [installed.python, "-m", "pytest", *options]


def _test_environment(installed: Odoo, live: str) -> dict[str, str]:
    return {
        # For tests that need connections and commits of their own.
        "CARTERA_LIVE_DB": live,
        "CARTERA_ODOO_CONF": str(installed.conf),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.cache() / "hypothesis"),
    }
