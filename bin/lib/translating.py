"""Export the addon's terms from a database and compare them with the files in i18n/."""

import tempfile
from pathlib import Path

from . import odoo, paths, postgres, system
from .database import Databases
from .shell import SetupError, run_child


def translate(arguments: list[str]) -> int:
    """Update the catalogues, or only check them with ``--check``."""
    if not set(arguments) <= {"--check"}:
        raise SetupError("usage: bin/pot [--check]")
    task = "check" if arguments else "update"
    system.require(system.postgres_programs, system.python_command)
    with (
        postgres.running() as server,
        odoo.installation(server, "test") as installed,
        tempfile.TemporaryDirectory() as folder,
    ):
        exported = Path(folder) / f"{paths.ADDON.name}.pot"
        databases = Databases(installed)
        # A template with somebody connected to it cannot be cloned, hence the export from a clone.
        with databases.clones(databases.addon(), "run") as (database,):
            export = ["i18n", "export", "-c", installed.conf, "-d", database, "-o", exported]
            installed.run_logged(paths.cache() / "logs" / "pot.log", *export, paths.ADDON.name)
        script = Path(__file__).with_name("catalogue.py")
        words = [installed.python, "-B", script, task, exported, paths.ADDON / "i18n"]
        return run_child(words, env=installed.environment())
