"""Run pytest on throw-away clones of a database with the addon installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from . import odoo, paths, postgres, system
from .database import Databases
from .odoo import Odoo
from .shell import run_child


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
            return run_child(_pytest(installed, database, arguments), env=env, cwd=paths.ROOT)


def _pytest(installed: Odoo, database: str, arguments: list[str]) -> list[object]:
    options = [
        f"--odoo-database={database}",
        f"--odoo-config={installed.conf}",
        "--odoo-http",
        f"--override-ini=cache_dir={paths.cache() / 'pytest'}",
    ]
    return [installed.python, "-m", "pytest", *options, *arguments]


def _test_environment(installed: Odoo, live: str) -> dict[str, str]:
    return {
        # For tests that need connections and commits of their own.
        "CARTERA_LIVE_DB": live,
        "CARTERA_ODOO_CONF": str(installed.conf),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.cache() / "hypothesis"),
    }
