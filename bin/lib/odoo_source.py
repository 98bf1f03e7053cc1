"""Find or fetch the source of Odoo 19."""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import locks, paths, system
from .debian import PrivateApt
from .shell import SetupError, run, say

REPOSITORY = "https://github.com/odoo/odoo.git"
BRANCH = "19.0"

# Debian replaces third-party files of Odoo by links into these packages. Those of Debian 12 have
# the file names that Odoo links to; Font Awesome 7 of later suites, for one, has not.
PACKAGES = (
    "odoo-19",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)

# Debian leaves this file out, yet mail's manifest lists it: the missing asset is written to the
# browser's console as an error, on which every browser test fails.
STUB = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"

RECIPE = paths.digest("1", PACKAGES, STUB)
STAMP = "crm_cartera.json"


@dataclass(frozen=True)
class Source:
    """A usable source tree of Odoo."""

    python_path: Path  # the folder that holds the package ``odoo``
    addons: tuple[Path, ...]  # addons folders outside of that package
    identity: str  # changes when the code does; part of the name of what is built with it


def ensure() -> Source:
    """Return Odoo's source: ``$ODOO_HOME``, else the cached copy, else a fetched one."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return _user_tree(Path(home).expanduser().resolve())
    folder = paths.cache() / "odoo" / f"{BRANCH}-{RECIPE}"
    if not (folder / STAMP).exists():
        with locks.exclusive("odoo"):
            if not (folder / STAMP).exists():
                _fetch(folder)
    stamp = json.loads((folder / STAMP).read_text())
    python_path = folder / stamp["python_path"]
    addons = tuple(folder / path for path in stamp["addons"])
    return Source(python_path, addons, stamp["identity"])


def _user_tree(home: Path) -> Source:
    if not (home / "odoo" / "release.py").exists():
        raise SetupError(f"ODOO_HOME={home} holds no odoo/release.py")
    release = (home / "odoo" / "release.py").read_text()
    if "version_info = (19, 0" not in release:
        raise SetupError(f"ODOO_HOME={home} is not Odoo 19.0")
    addons = home / "addons"
    return Source(home, (addons,) if addons.is_dir() else (), paths.digest(home, _revision(home)))


def _revision(home: Path) -> str:
    """Return what identifies the state of the user's tree."""
    try:
        return run(["git", "-C", home, "describe", "--always", "--dirty"])
    except SetupError:
        return str((home / "odoo" / "release.py").stat().st_mtime_ns)


def _fetch(folder: Path) -> None:
    """Fetch into a temporary folder, which becomes ``folder`` only when it is complete."""
    folder.parent.mkdir(exist_ok=True)
    paths.sweep(folder.parent)
    paths.remove(folder)
    problems = []
    for fetch in (_from_debian, _from_git):
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
        try:
            _stamp(new, *fetch(new))
            new.chmod(0o755)
            new.rename(folder)
            return
        except SetupError as error:
            problems.append(f"{fetch.__name__.removeprefix('_from_')}: {error}")
        finally:
            paths.remove(new)
    raise SetupError(
        "Odoo 19 could not be fetched; set ODOO_HOME to a source tree of it.\n"
        + "\n".join(problems)
    )


Fetched = tuple[Path, tuple[Path, ...], str]


def _from_debian(new: Path) -> Fetched:
    if not shutil.which("dpkg-deb") or not shutil.which("apt-get"):
        raise SetupError("this machine has no apt")
    say("fetching Odoo 19 from Debian (120 MB)")
    state, root = new / ".apt", new / "root"
    versions = PrivateApt(state, preferred="bookworm", other="unstable").unpack(PACKAGES, root)
    paths.remove(state)
    python_path = root / "usr/lib/python3/dist-packages"
    stub = python_path / "odoo" / STUB
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("/* left out by Debian; empty, because a missing asset is an error */\n")
    _check_links(root)
    return python_path, (), f"debian {versions}"


def _from_git(new: Path) -> Fetched:
    if not system.git():
        raise SetupError("git was not found")
    say("fetching Odoo 19 from its public repository")
    tree = new / "odoo"
    clone = ["git", "clone", "--quiet", "--depth=1", f"--branch={BRANCH}", REPOSITORY, tree]
    run(clone, env={**os.environ, "GIT_TERMINAL_PROMPT": "0"})
    return tree, (tree / "addons",), "git " + run(["git", "-C", tree, "rev-parse", "HEAD"]).strip()


def _check_links(root: Path) -> None:
    dangling = [path for path in root.rglob("*") if path.is_symlink() and not path.exists()]
    if dangling:
        names = ", ".join(str(path.relative_to(root)) for path in dangling[:5])
        raise SetupError(f"{len(dangling)} links of Debian's package lead nowhere: {names}")


def _stamp(new: Path, python_path: Path, addons: tuple[Path, ...], version: str) -> None:
    """Write down what was fetched; the paths stay relative because the folder is renamed."""
    content = {
        "version": version,
        "identity": paths.digest(RECIPE, version),
        "python_path": str(python_path.relative_to(new)),
        "addons": [str(path.relative_to(new)) for path in addons],
    }
    (new / STAMP).write_text(json.dumps(content, indent=1))
