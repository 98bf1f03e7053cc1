"""Odoo's own test runner and an update, both with a log that holds no warning."""

import re
from pathlib import Path

from . import paths, testing
from .odoo import Odoo
from .shell import SetupError, run_logged, say

RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
# What a line of Odoo's log looks like when something is not as it should be.
COMPLAINT = re.compile(r"^[\d-]{10} [\d:,]{12} \d+ (WARNING|ERROR|CRITICAL) ")


def check(arguments: list[str]) -> int:
    """Install with tests on a database that has not seen the addon, then update it."""
    if arguments:
        raise SetupError("usage: .ci/native-tests")
    addon = paths.ADDON.name
    tests = ["-i", addon, f"--test-tags=/{addon}"]
    update = ["-u", addon, "--no-http"]
    with (
        testing.prepared() as (installed, databases),
        databases.clones(databases.base(), "run") as (database,),
    ):
        _checked(installed, database, "install and test", tests, wants_tests=True)
        _checked(installed, database, "update", update, wants_tests=False)
    return 0


def _checked(odoo: Odoo, database: str, title: str, words: list[str], wants_tests: bool) -> None:
    """Run Odoo and raise if it fails, complains, or tests nothing."""
    log = paths.cache() / "logs" / f"ci-{title.replace(' ', '-')}.log"
    command = odoo.command("-d", database, *words, "--stop-after-init")
    code = run_logged(command, log, env=odoo.environment(), cwd="/")
    problems = _complaints(log, wants_tests)
    if code:
        problems.append(f"exit code {code}")
    if problems:
        raise SetupError(f"{title} (see {log}):\n" + "\n".join(problems))
    say(f"{title}: {_summary(log) or 'done'}, log clean")


def _complaints(log: Path, wants_tests: bool) -> list[str]:
    """Return the lines that complain, each with what belongs to it."""
    lines = log.read_text("utf-8", errors="replace").splitlines()
    problems, speaking = [], False
    for line in lines:
        # A traceback follows its line without a date.
        starts = re.match(r"\d{4}-\d\d-\d\d ", line)
        speaking = bool(COMPLAINT.match(line)) if starts else speaking
        if speaking:
            problems.append(line)
    if wants_tests and not _tests_run(log):
        problems.append("no test was run")
    return problems[:200]


def _tests_run(log: Path) -> int:
    found = RESULT.search(log.read_text("utf-8", errors="replace"))
    return int(found[3]) if found else 0


def _summary(log: Path) -> str:
    found = RESULT.search(log.read_text("utf-8", errors="replace"))
    return found[0] if found else ""
