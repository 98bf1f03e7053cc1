"""Run a script of bench/ on a clone of the prepared database."""

from . import paths, testing
from .shell import SetupError, run_child

FOLDER = paths.ROOT / "bench"


def bench(arguments: list[str]) -> int:
    """Run ``bench/NAME.py``: it finds its database's name in CARTERA_BENCH_DB."""
    name, *rest = arguments or [""]
    script = FOLDER / f"{name}.py"
    if not script.is_file():
        known = ", ".join(sorted(path.stem for path in FOLDER.glob("[!_]*.py"))) or "none yet"
        raise SetupError(f"usage: bin/bench NAME [ARGUMENTS]; there are: {known}")
    with (
        testing.prepared() as (installed, databases),
        databases.clones(databases.addon(), "run") as (database,),
    ):
        names = {"CARTERA_BENCH_DB": database, "CARTERA_ODOO_CONF": str(installed.conf)}
        command = [installed.python, script, *rest]
        return run_child(command, env=installed.environment() | names, cwd=paths.ROOT)
