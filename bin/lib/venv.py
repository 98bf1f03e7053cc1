"""Virtual environments, one per set of requirements."""

from pathlib import Path

from . import locks, paths, system
from .shell import SetupError, clean_environment, run, say

CONSTRAINTS = paths.REQUIREMENTS / "constraints.txt"
STAMP = ".complete"


def identity() -> str:
    """Return a checksum of the Python packages that Odoo runs with."""
    return paths.digest(CONSTRAINTS.read_bytes(), (paths.REQUIREMENTS / "odoo.txt").read_bytes())


def ensure(*names: str, constraints: Path = CONSTRAINTS) -> Path:
    """Return the Python of an environment with ``requirements/<name>.txt`` installed."""
    files = [paths.REQUIREMENTS / f"{name}.txt" for name in names]
    base = system.python_command()
    if base is None:
        raise SetupError("Python 3.11 with its venv module was not found")
    key = paths.digest(base, *(path.read_bytes() for path in [constraints, *files]))
    folder = paths.cache() / "venv" / f"{'-'.join(names)}-{key}"
    if not (folder / STAMP).exists():
        with locks.exclusive(f"venv-{names[0]}"):
            if not (folder / STAMP).exists():
                _build(base, folder, files, constraints)
    return folder / "bin" / "python"


def _build(base: str, folder: Path, files: list[Path], constraints: Path) -> None:
    """Build it in place, as environments cannot be moved; the stamp says that it is complete."""
    say(f"installing Python packages ({', '.join(path.stem for path in files)})")
    paths.remove(folder)
    folder.parent.mkdir(exist_ok=True)
    env = {**clean_environment(), "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    try:
        run([base, "-m", "venv", folder], env=env)
        wanted = [word for path in files for word in ("-r", path)]
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
        run([*pip, "--constraint", constraints, *wanted], env=env)
    except BaseException:
        paths.remove(folder)
        raise
    (folder / STAMP).touch()
