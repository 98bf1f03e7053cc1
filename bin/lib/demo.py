"""The demo: a database with a Spanish distributor's customers, served to a browser."""

import argparse
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import locks, odoo, paths, postgres, shell, system
from .database import Databases
from .odoo import Odoo
from .shell import SetupError, say
from .webclient import WebClient

DATABASE = "cartera_demo"
COUNTRY_MODULES = ("l10n_es",)  # the chart of accounts that the demo companies use
PORT = 8069
LOGIN = PASSWORD = "lucia"
SCREENS = (
    ("Portfolio", "/odoo/cartera"),
    ("Next actions", "/odoo/cartera-next-actions"),
    ("Scorecard", "/odoo/cartera-scorecard"),
    ("Concentration", "/odoo/cartera-concentration"),
    ("RFM grid", "/odoo/cartera-rfm"),
    ("Retention", "/odoo/cartera-retention"),
    ("Criteria", "/odoo/cartera-criteria"),
)
COLUMNS = {"name": {}, "lifecycle": {}, "stage_id": {"fields": {"display_name": {}}}}


def demo(arguments: list[str]) -> int:
    """Serve the demo until Ctrl-C, or try it once with ``--check``."""
    options = _parse(arguments)
    system.require(system.postgres_programs, system.python_command)
    with (
        postgres.running() as server,
        odoo.installation(server, "test", crons=1) as installed,
        _database(Databases(installed), options.reset),
        _serving(installed, options.port) as (client, process),
    ):
        _check(client) if options.check else _present(client)
        return 0 if options.check else _wait(process)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/demo", description="Serve crm_cartera with demo data."
    )
    parser.add_argument("--check", action="store_true", help="log in, read the portfolio and stop")
    parser.add_argument("--reset", action="store_true", help="start over with fresh demo data")
    parser.add_argument("--port", type=int, default=PORT, help="port on 127.0.0.1 (%(default)s)")
    return parser.parse_args(arguments)


@contextmanager
def _database(databases: Databases, reset: bool) -> Iterator[None]:
    """Make the demo database what this addon needs, and keep others from rebuilding it."""
    with locks.exclusive("demo"):
        _prepare(databases, reset)
        usage = locks.Usage("demo-users")
    try:
        yield
    finally:
        usage.leave()


def _prepare(databases: Databases, reset: bool) -> None:
    base = databases.base(COUNTRY_MODULES, demo=True)
    addon = paths.addon_digest()
    found = databases.comment(DATABASE)
    if found == f"{base} {addon}" and not reset:
        return
    with locks.if_free("demo-users") as free:
        if not free:
            raise SetupError(
                "the demo has to be rebuilt, but another bin/demo serves it: stop that"
            )
        if found.startswith(f"{base} ") and not reset and _update(databases):
            databases.set_comment(DATABASE, f"{base} {addon}")
            return
        _build(databases, base, f"{base} {addon}")


def _update(databases: Databases) -> bool:
    """Bring an existing demo in line with changed addon files, keeping what was entered."""
    say("updating the demo database: the addon has changed")
    log = paths.cache() / "logs" / "demo-update.log"
    words = ["-u", paths.ADDON.name, "--no-http", "--stop-after-init"]
    try:
        databases.odoo.run_logged(log, "-d", DATABASE, *words, "--max-cron-threads=0")
    except SetupError:
        say(f"the update failed (see {log}); starting over")
        return False
    return True


def _build(databases: Databases, base: str, key: str) -> None:
    """Build under another name, so that a killed build is never taken for a demo."""
    say("building the demo database")
    new = f"new_{DATABASE}"
    databases.drop(new)
    databases.clone(base, new)
    databases.install(new, [paths.ADDON.name], "--max-cron-threads=0")
    databases.set_comment(new, key)
    databases.drop(DATABASE)
    databases.rename(new, DATABASE)


@contextmanager
def _serving(installed: Odoo, wanted: int) -> Iterator[tuple[WebClient, subprocess.Popen]]:
    """Run Odoo's server; it is up inside the block and gone after it."""
    with contextlib.ExitStack() as stack:
        # Only one run at a time chooses a port, or two would find the same one free.
        with locks.exclusive("demo-port"):
            port = odoo.free_port(wanted)
            process = _start(installed, port)
            stack.callback(shell.stop, process)
            stack.enter_context(_explained(port))
            client = WebClient(f"http://127.0.0.1:{port}")
            client.wait(lambda: process.poll() is None)
        if port != wanted:
            say(f"port {wanted} is taken, using {port}")
        yield client, process


@contextmanager
def _explained(port: int) -> Iterator[None]:
    """Add the end of the server's log to what goes wrong."""
    try:
        yield
    except SetupError as error:
        lines = _log(port).read_text("utf-8", errors="replace").splitlines()[-15:]
        raise SetupError("\n".join([str(error), f"{_log(port)} ends with", *lines])) from error


def _start(installed: Odoo, port: int) -> subprocess.Popen:
    command = installed.command("-d", DATABASE, f"--db-filter=^{DATABASE}$", f"--http-port={port}")
    _log(port).parent.mkdir(exist_ok=True)
    with _log(port).open("wb") as output:
        return shell.start(
            command,
            env=installed.environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _log(port: int) -> Path:
    return paths.cache() / "logs" / f"demo-{port}.log"


def _present(client: WebClient) -> None:
    width = max(len(name) for name, _path in SCREENS)
    screens = "\n".join(f"  {name:<{width}}  {client.url}{path}" for name, path in SCREENS)
    print(
        f"""
Odoo 19 with crm_cartera and its demo data: {client.url}

Log in as  {LOGIN} / {PASSWORD}  (salesperson)  or  admin / admin  (everything)
Look first at
{screens}

Ctrl-C stops it. What you enter is kept; bin/demo --reset starts over.
""",
        flush=True,
    )


def _wait(process: subprocess.Popen) -> int:
    """Serve until the user stops it."""
    try:
        code = process.wait()
    except KeyboardInterrupt:
        return 0
    raise SetupError(f"Odoo ended by itself ({code})")


def _check(client: WebClient) -> None:
    """Log in as a salesperson and read the portfolio as the web client does."""
    session = client.login(DATABASE, LOGIN, PASSWORD)
    found = client.search_read("cartera.profile", COLUMNS, limit=10)
    if not found["records"]:
        raise SetupError(f"{session['name']} sees no accounts in the portfolio")
    print(f"{session['name']} is logged in at {client.url} and sees {found['length']} accounts:")
    for record in found["records"]:
        stage = record["stage_id"] or {}
        print(
            f"  {record['name']:<40} {record['lifecycle'] or '-':<10} {stage.get('display_name', '-')}"
        )
    for _name, path in SCREENS:
        action = client.load_action(path.rpartition("/")[2])
        if not action or not client.load_assets(path):
            raise SetupError(f"{path} does not open")
        print(f"{client.url}{path} opens: {action['name']}")
    sys.stdout.flush()
