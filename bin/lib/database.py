"""Databases in layers: what takes minutes to install is built once and then cloned.

``base_…``   the modules that the addon depends on, without the addon; lives as long as Odoo's version
``addon_…``  the same with the addon installed; lives as long as the addon's files do
``bench_…``  the same as base with a generated company, for bin/bench; lives for a day
``run_…``    a clone for one run, dropped at its end; ``live_…`` is a second one, for real commits
"""

import ast
import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from . import locks, paths, venv
from .odoo import Odoo
from .shell import SetupError, say

# Both: with one language only, Odoo deactivates English.
LANGUAGES = "en_US,es_ES"
#: Templates of each kind; a company of bin/bench has some gigabytes, and a smaller one beside it.
KEPT_TEMPLATES = {"base": 4, "addon": 4, "bench": 2}
RECIPE = "1"


def manifest(addon: Path = paths.ADDON) -> dict:
    """Return the addon's manifest."""
    return ast.literal_eval((addon / "__manifest__.py").read_text("utf-8"))


class Databases:
    """The databases of one installation."""

    def __init__(self, odoo: Odoo) -> None:
        """Work with the cluster and the Odoo given."""
        self.odoo = odoo
        self.server = odoo.server

    def base(self, extra: tuple[str, ...] = (), demo: bool = False) -> str:
        """Return a template with the addon's dependencies, built if need be."""
        modules = sorted({*manifest()["depends"], *extra})
        key = paths.digest(RECIPE, self._platform(), modules, demo)
        options = ["--with-demo"] if demo else []
        return self._template("base", key, None, modules, *options)

    def addon(self) -> str:
        """Return a template with the addon installed, without demo data."""
        base = self.base()
        key = paths.digest(RECIPE, base, paths.addon_digest())
        return self._template("addon", key, base, [paths.ADDON.name])

    def bench(self, key: str, fill: Callable[[str], None]) -> str:
        """Return a template of the base filled by ``fill(name)``; ``key`` says what it makes."""
        base = self.base()
        return self._template("bench", paths.digest(base, key), base, [], fill=fill)

    def clone(self, template: str, name: str) -> None:
        """Make a database like ``template``, its files included."""
        self.server.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        files = self._filestore(template)
        if files.exists():
            # Odoo never writes into a stored file again, so both may share it.
            shutil.copytree(files, self._filestore(name), copy_function=os.link)

    def drop(self, name: str) -> None:
        """Remove a database and its files, whoever is connected to it."""
        self.server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        paths.remove(self._filestore(name))

    def rename(self, name: str, new: str) -> None:
        """Rename a database; the step that makes it exist under its new name comes last."""
        paths.remove(self._filestore(new))
        if self._filestore(name).exists():
            self._filestore(name).rename(self._filestore(new))
        self.server.sql(f'ALTER DATABASE "{name}" RENAME TO "{new}"')

    def exists(self, name: str) -> bool:
        """Tell whether there is such a database."""
        return bool(self.server.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def comment(self, name: str) -> str:
        """Return the note on a database, empty if there is none or no such database."""
        query = "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
        return "".join(self.server.sql(f"{query} WHERE datname = '{name}'"))

    def set_comment(self, name: str, text: str) -> None:
        """Leave a note on a database; it shares the database's fate, unlike a file."""
        self.server.sql(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")

    def names(self, prefix: str) -> list[str]:
        """Return the names of the databases that start like this."""
        rows = self.server.sql("SELECT datname FROM pg_database ORDER BY 1")
        return [name for name in rows if name.startswith(prefix)]

    @contextlib.contextmanager
    def clones(self, template: str, *kinds: str) -> Iterator[list[str]]:
        """Yield a clone of each kind, dropped at the end or, if we are killed, by a later run.

        What stands behind a hyphen in a kind comes last in the name, as pytest-odoo names the copies that it
        makes for its workers.
        """
        self._drop_orphans()
        run = f"{os.getpid()}_{secrets.token_hex(3)}"
        parts = [kind.partition("-") for kind in kinds]
        names = [f"{kind}_{run}{hyphen}{worker}" for kind, hyphen, worker in parts]
        with locks.exclusive(f"run-{run}"):
            try:
                for name in names:
                    self.clone(template, name)
                    self._keep_unvacuumed(name)
                yield names
            finally:
                # Also the copies that workers made and, being interrupted, could not drop.
                for name in self._names_of_runs():
                    if _run_of(name) == run:
                        self.drop(name)
                locks.forget(f"run-{run}")

    def _names_of_runs(self) -> list[str]:
        """Return the names of clones, also of those of which the files alone are left."""
        files = self.server.files / "filestore"
        names = {
            *self.names("run_"),
            *self.names("live_"),
            *(path.name for kind in ("run", "live") for path in files.glob(f"{kind}_*")),
        }
        return sorted(names)

    def _keep_unvacuumed(self, name: str) -> None:
        """Keep autovacuum off the tables that tests fill.

        A test rolls its documents back, and nobody sees them before: autovacuum notes then that these
        tables hold no row, and Odoo's question for the payment state of the next test's invoices is
        planned as loops over nothing. With 800 invoices that took more than twenty minutes.
        """
        tables = (
            *("account_move", "account_move_line", "account_partial_reconcile"),
            *("calendar_event", "crm_lead", "mail_activity", "mail_message", "mail_notification"),
            *("cartera_profile", "res_partner"),
        )
        off = (
            f"ALTER TABLE IF EXISTS {table} SET (autovacuum_enabled = false)" for table in tables
        )
        self.server.sql("; ".join(off), name)

    def install(self, name: str, modules: list[str], *options: str) -> None:
        """Install modules with Odoo's command line and make sure that it did."""
        log = paths.cache() / "logs" / f"{name}.log"
        words = ["-i", ",".join(modules), f"--load-language={LANGUAGES}", *options]
        self.odoo.run_logged(log, "-d", name, *words, "--no-http", "--stop-after-init")
        wanted = ", ".join(f"'{module}'" for module in modules)
        query = "SELECT count(*) FROM ir_module_module WHERE state = 'installed' AND name IN"
        if self.server.sql(f"{query} ({wanted})", name) != [str(len(modules))]:
            raise SetupError(f"{', '.join(modules)} was not installed; see {log}")

    def _platform(self) -> str:
        return paths.digest(self.odoo.source.identity, venv.identity(), LANGUAGES)

    def _filestore(self, name: str) -> Path:
        return self.server.files / "filestore" / name

    def _template(
        self,
        kind: str,
        key: str,
        parent: str | None,
        modules: list[str],
        *options: str,
        fill: Callable[[str], None] | None = None,
    ) -> str:
        """Build under another name; only a complete template gets its own."""
        name = f"{kind}_{key}"
        with locks.exclusive(f"database-{name}"):
            if not self.exists(name):
                say(f"building the {kind} database ({', '.join(modules) or key})")
                new = f"new_{name}"
                self.drop(new)
                if parent:
                    self.clone(parent, new)
                if modules:
                    self.install(new, modules, *options)
                if fill:
                    fill(new)
                self.rename(new, name)
                self._drop_old_templates(kind, name)
            self._mark_used(name)
        return name

    def _mark_used(self, name: str) -> None:
        self._used(name).parent.mkdir(exist_ok=True)
        self._used(name).touch()

    def _used(self, name: str) -> Path:
        return self.server.folder / "used" / name

    def _drop_old_templates(self, kind: str, current: str) -> None:
        """Keep the templates used last: each holds as much disk as a small Odoo database."""
        others = [name for name in self.names(f"{kind}_") if name != current]
        others.sort(key=lambda name: _modified(self._used(name)), reverse=True)
        for name in others[KEPT_TEMPLATES[kind] - 1 :]:
            with locks.if_free(f"database-{name}") as free:
                if free:
                    self.drop(name)
                    self._used(name).unlink(missing_ok=True)

    def _drop_orphans(self) -> None:
        """Drop what killed runs left behind; a living run holds the lock of its databases."""
        for name in [name for kind in KEPT_TEMPLATES for name in self.names(f"new_{kind}_")]:
            with locks.if_free(f"database-{name.removeprefix('new_')}") as free:
                if free:
                    self.drop(name)
        for name in self._names_of_runs():
            run = _run_of(name)
            with locks.if_free(f"run-{run}") as free:
                if free:
                    self.drop(name)
                    locks.forget(f"run-{run}")


def _modified(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def _run_of(name: str) -> str:
    """Return the run that a clone belongs to, whichever of its processes works on it."""
    return name.split("_", 1)[1].partition("-")[0]
