"""Where things live, and how a cached thing is named after what it was made of."""

import hashlib
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDON = ROOT / "crm_cartera"
REQUIREMENTS = ROOT / "bin" / "requirements"

# Neither changes what an installation writes into a database: tests are a link out of the addon,
# and browser code is read from disk at run time. Leaving them out keeps test templates valid.
NOT_INSTALLED = ("tests", "static/src", "static/tests")


def cache() -> Path:
    """Return our folder below ``$XDG_CACHE_HOME``, made if it is missing."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG standard says that a relative path is to be ignored.
    home = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    folder = home / "crm_cartera"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def digest(*parts: object) -> str:
    """Return twelve hexadecimal digits that change when any part changes."""
    state = hashlib.sha256()
    for part in parts:
        state.update(part if isinstance(part, bytes) else str(part).encode())
        state.update(b"\0")
    return state.hexdigest()[:12]


def addon_digest(addon: Path = ADDON) -> str:
    """Return the checksum of every addon file that an installation reads."""
    parts: list[object] = []
    for path in sorted(addon.rglob("*")):
        relative = path.relative_to(addon)
        if path.is_file() and not _is_ignored(relative):
            parts += [relative, path.read_bytes()]
    return digest(*parts)


def _is_ignored(relative: Path) -> bool:
    if "__pycache__" in relative.parts:
        return True
    return any(relative.is_relative_to(folder) for folder in NOT_INSTALLED)


def remove(path: Path) -> None:
    """Delete a file, a link or a folder; nothing happens if it is not there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sweep(folder: Path, prefix: str = ".new-") -> None:
    """Delete what a killed set-up left half built; call it with the folder's lock held."""
    for path in folder.glob(prefix + "*"):
        remove(path)
