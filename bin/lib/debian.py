"""Fetch Debian packages with apt without touching the system's package database."""

import os
from pathlib import Path

from .shell import SetupError, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


class PrivateApt:
    """An apt with its own state folder and only the suites named here.

    The mirror and every other setting (proxy, credentials) are the machine's own; signatures
    are checked against Debian's keyring as for any other package.
    """

    def __init__(self, folder: Path, preferred: str, other: str) -> None:
        """Prepare the state folder: packages come from ``preferred`` if it has them."""
        self.folder = folder
        (folder / "lists" / "partial").mkdir(parents=True)
        (folder / "cache" / "archives" / "partial").mkdir(parents=True)
        (folder / "debs").mkdir()
        (folder / "status").touch()
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        mirror = _system_mirror()
        lines = [f"deb {signed}{mirror} {suite} main\n" for suite in (preferred, other)]
        (folder / "sources.list").write_text("".join(lines))
        (folder / "preferences").write_text(
            f"Package: *\nPin: release n={preferred}\nPin-Priority: 990\n"
        )

    def unpack(self, names: tuple[str, ...], root: Path) -> dict[str, str]:
        """Download the packages and unpack them below ``root``; return their versions."""
        self._apt("apt-get", "update")
        self._apt("apt-get", "download", *names, cwd=self.folder / "debs")
        versions = {}
        for deb in sorted((self.folder / "debs").glob("*.deb")):
            run(["dpkg", "-x", deb, root])
            name, version = run(["dpkg-deb", "-W", deb]).split()
            versions[name] = version
        return versions

    def _apt(self, program: str, *words: str, cwd: Path | None = None) -> str:
        folder = self.folder
        settings = {
            "Dir::State": folder,
            "Dir::State::lists": folder / "lists",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder / "cache",
            "Dir::Etc::sourcelist": folder / "sources.list",
            "Dir::Etc::sourceparts": "-",
            "Dir::Etc::preferences": folder / "preferences",
            "Dir::Etc::preferencesparts": "-",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            # Root's cache folder is closed to apt's own download user.
            "APT::Sandbox::User": "root",
        }
        options = [f"-o{name}={value}" for name, value in settings.items()]
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        return run([program, "-q", *options, *words], cwd=cwd, env=env)


def _system_mirror() -> str:
    """Return the address of the Debian mirror that this machine's apt is set up with."""
    line_format = "$(CREATED_BY)|$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)"
    for line in run(["apt-get", "indextargets", "--format", line_format]).splitlines():
        created_by, origin, label, component, address = line.split("|")
        if (created_by, origin, label, component) == ("Packages", "Debian", "Debian", "main"):
            return address
    raise SetupError(
        "apt knows no Debian mirror yet: run 'apt-get update' as root, or set ODOO_HOME "
        "to a source tree of Odoo 19"
    )
