"""Run pytest on throw-away clones of a database with the addon installed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from . import odoo, paths, postgres, system
from .database import Databases
from .odoo import Odoo
from .shell import run_child, say


@contextmanager
def prepared() -> Iterator[tuple[Odoo, Databases]]:
    """Yield the installation that tests run on."""
    system.require(system.postgres_programs, system.python_command, system.chromium, system.git)
    with postgres.running() as server, odoo.installation(server, "test") as installed:
        yield installed, Databases(installed)


def run(arguments: list[str]) -> int:
    """Run pytest with the arguments given; its summary is the last thing printed."""
    with prepared() as (installed, databases):
        template = databases.addon()
        with databases.clones(template, "run", "live") as (database, live):
            env = installed.environment() | _test_environment(installed, live)
            command = _pytest(installed, database)
            if "CI" not in os.environ:
                return run_child([*command, *arguments], env=env, cwd=paths.ROOT)
            report = installed.conf.with_name("report.xml")
            command.append(f"--junitxml={report}")
            code = run_child([*command, *arguments], env=env, cwd=paths.ROOT)
            return code or _refuse_skips(report)


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
