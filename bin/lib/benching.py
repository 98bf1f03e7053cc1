"""Measure the addon on a generated company: bin/bench [--accounts N] [--only PART ...]."""

import argparse
import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import paths, testing
from .database import Databases
from .odoo import Odoo
from .shell import SetupError, run_child, say

FOLDER = paths.ROOT / "bench"
#: What makes a portfolio what it is.
GENERATOR = ("portfolio", "loader", "prototypes", "accounts", "invoices", "talks")
ACCOUNTS = 200_000
LEAST = 200
#: Companies smaller than this are built anew each time.
KEPT_FROM = 2000
#: {name: (kind of its database, what part of the accounts it has)}
COMPANIES = {"whole": ("run", 1), "tenth": ("run", 10), "plain": ("live", 10)}
#: {part: databases that it needs}: the company, its tenth, and the tenth without the addon.
PARTS = {
    "run": ("whole", "tenth"),
    "memory": ("whole",),
    "drain": ("whole",),
    "posting": ("tenth", "plain"),
    "segments": ("whole",),
    "scorecard": ("whole",),
    "screens": ("whole",),
    "past": ("whole",),
    "find": ("whole",),
}


def bench(arguments: list[str]) -> int:
    """Build the companies, or clone those that were kept, install the addon and measure."""
    options = _parse(arguments)
    with testing.prepared() as (installed, databases), contextlib.ExitStack() as stack:
        needed = {name for part in options.only for name in PARTS[part]}
        words = ["--accounts", str(options.accounts), "--only", *options.only]
        for name, (kind, share) in COMPANIES.items():
            if name in needed:
                company = _Company(installed, databases, options.accounts // share)
                database = stack.enter_context(company.clone(kind))
                words += [f"--{name}", database]
                if name != "plain":
                    words += [f"--{name}-installed", f"{_install(databases, database):.1f}"]
        say("measuring")
        return _run(installed, "measure.py", *words)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure the addon.")
    parser.add_argument("--accounts", type=int, default=ACCOUNTS, help="accounts (%(default)s)")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=PARTS,
        default=list(PARTS),
        metavar="PART",
        help=", ".join(PARTS),
    )
    options = parser.parse_args(arguments)
    if options.accounts < LEAST:
        raise SetupError(f"a tenth of fewer than {LEAST} accounts says nothing")
    return options


@dataclass(frozen=True)
class _Company:
    """A generated company without the addon, as of today."""

    installed: Odoo
    databases: Databases
    accounts: int

    @contextlib.contextmanager
    def clone(self, kind: str) -> Iterator[str]:
        """Yield a database with the company; a small one is not worth keeping a template of."""
        if self.accounts < KEPT_FROM:
            with self.databases.clones(self.databases.base(), kind) as (name,):
                self._fill(name)
                yield name
            return
        sources = [(FOLDER / f"{name}.py").read_bytes() for name in GENERATOR]
        key = paths.digest(*sources, self.accounts, time.strftime("%Y-%m-%d"))
        with self.databases.clones(self.databases.bench(key, self._fill), kind) as (name,):
            yield name

    def _fill(self, database: str) -> None:
        say(f"building a company of {self.accounts:,} accounts")
        words = ["--database", database, "--accounts", str(self.accounts)]
        if _run(self.installed, "portfolio.py", *words):
            raise SetupError("the company was not built")


def _install(databases: Databases, database: str) -> float:
    """Install the addon on a company that has worked without it; return the seconds it took."""
    say(f"installing the addon on {database}")
    started = time.perf_counter()
    databases.install(database, [paths.ADDON.name])
    return time.perf_counter() - started


def _run(installed: Odoo, script: str, *words: str) -> int:
    command: list[object] = [installed.python, "-B", FOLDER / script, *words]
    environment = installed.environment() | {"CARTERA_ODOO_CONF": str(installed.conf)}
    return run_child(command, env=environment, cwd=Path("/"))
