"""Debian packages that must be on the machine itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .shell import SetupError, run, say


def postgres_programs() -> Path | None:
    """Return the folder with PostgreSQL's server programs, newest version first."""
    versions = list(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if versions:
        return max(versions, key=lambda path: float(path.parts[-3])).parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def python_command() -> str | None:
    """Return a Python 3.11 that can make virtual environments, the pins being made for 3.11."""
    candidates = [sys.executable, shutil.which("python3.11"), "/usr/bin/python3.11"]
    # Debian ships the venv module without what it needs to install pip; a pyenv shim may be dead.
    check = "import sys, ensurepip; ensurepip.version(); assert sys.version_info[:2] == (3, 11)"
    for candidate in filter(None, candidates):
        with_venv = subprocess.run(
            [candidate, "-c", check], capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
        if with_venv.returncode == 0:
            return candidate
    return None


def chromium() -> str | None:
    """Return the browser that Odoo's own tests would pick."""
    names = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def node() -> str | None:
    """Return npm if node is there as well."""
    return shutil.which("npm") if shutil.which("node") else None


def git() -> str | None:
    """Return git."""
    return shutil.which("git")


# What we look for, and the Debian packages that bring it.
PACKAGES: dict[Callable[[], object], tuple[str, ...]] = {
    postgres_programs: ("postgresql",),
    python_command: ("python3.11", "python3.11-venv"),
    chromium: ("chromium",),
    node: ("nodejs", "npm"),
    git: ("git",),
}


def require(*wanted: Callable[[], object]) -> None:
    """Install the missing programs if we are root; otherwise say how, before anything is built."""
    missing = [name for look in wanted if not look() for name in PACKAGES[look]]
    if not missing:
        return
    if os.geteuid() != 0:
        raise SetupError(
            "this machine lacks some Debian packages. Install them, then start again:\n"
            f"  sudo apt-get update && sudo apt-get install -y {' '.join(missing)}"
        )
    say(f"installing {' '.join(missing)} with apt-get")
    _install(missing)
    still = [name for look in wanted if not look() for name in PACKAGES[look]]
    if still:
        raise SetupError(f"{' '.join(still)} is still missing after its installation")


def _install(names: list[str]) -> None:
    # RUNLEVEL=1 keeps Debian from starting a PostgreSQL cluster of its own on installation.
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    options = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", "-q", "-y"]
    run(["apt-get", *options, "update"], env=env)
    run(["apt-get", *options, "--no-install-recommends", "install", *names], env=env)
