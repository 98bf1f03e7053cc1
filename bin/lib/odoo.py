"""Run Odoo's own command line on our installation."""

import contextlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import locks, odoo_source, paths, venv
from .odoo_source import Source
from .postgres import ROLE, Server
from .shell import SetupError, clean_environment, run_child, run_logged


@dataclass(frozen=True)
class Odoo:
    """An installation with its configuration file, bound to a running cluster."""

    server: Server
    source: Source
    python: Path
    conf: Path

    def command(self, *arguments: object) -> list[object]:
        """Return the words that run Odoo's command line."""
        # -P: a folder named odoo or tests in the current folder must not be imported.
        return [self.python, "-P", "-m", "odoo", *arguments]

    def environment(self) -> dict[str, str]:
        """Return an environment in which Odoo, pytest and PostgreSQL's clients just work."""
        env = clean_environment()
        return env | {
            "ODOO_RC": str(self.conf),
            "PYTHONPATH": str(self.source.python_path),
            # Compiled files stay out of the work tree, which is also quick in CI, where Python
            # is often told to write none at all.
            "PYTHONPYCACHEPREFIX": str(paths.cache() / "pycache"),
            "PATH": f"{self.python.parent}:{env.get('PATH', os.defpath)}",
            "PGHOST": str(self.server.host),
            "PGUSER": ROLE,
            "PGAPPNAME": "crm_cartera",
        }

    def run(self, *arguments: object) -> int:
        """Run Odoo in the foreground."""
        return run_child(self.command(*arguments), env=self.environment())

    def run_logged(self, log: Path, *arguments: object) -> None:
        """Run Odoo with its output in a file; show the end of it if something goes wrong."""
        code = run_logged(self.command(*arguments), log, env=self.environment(), cwd="/")
        if code:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
            raise SetupError(f"Odoo ended with {code}; {log} ends with\n{tail}")


@contextlib.contextmanager
def installation(server: Server, *tools: str, port: int = 0, crons: int = 0) -> Iterator[Odoo]:
    """Yield an installation with a configuration of its own, which ends with the run."""
    source = odoo_source.ensure()
    python = venv.ensure("odoo", *tools)
    with locks.private_folder() as folder:
        conf = folder / "odoo.conf"
        conf.write_text(_configuration(server, source, port or free_port(), crons))
        yield Odoo(server, source, python, conf)


def _configuration(server: Server, source: Source, port: int, crons: int) -> str:
    options = {
        "addons_path": ",".join(map(str, [*source.addons, paths.ROOT])),
        "data_dir": server.files,
        "db_host": server.host,
        "db_user": ROLE,
        "http_interface": "127.0.0.1",
        "http_port": port,
        "gevent_port": free_port(),
        "max_cron_threads": crons,
        "list_db": True,
        "screenshots": paths.cache() / "screenshots",
    }
    return "[options]\n" + "".join(f"{name} = {value}\n" for name, value in options.items())


def free_port(wanted: int = 0) -> int:
    """Return ``wanted`` if nobody listens there, otherwise any free port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port()
        return probe.getsockname()[1]
