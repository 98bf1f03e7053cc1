"""File locks: the kernel drops them when their holder dies, however it dies."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from . import paths
from .shell import say


def _open(name: str) -> int:
    folder = paths.cache() / "locks"
    folder.mkdir(exist_ok=True)
    return os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o644)


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Hold a lock alone; wait for another run to finish if need be."""
    handle = _open(name)
    try:
        if not _try(handle, fcntl.LOCK_EX):
            say(f"waiting for another run ({name})")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Usage:
    """A lock that many runs share; the last one can find out that it is the last."""

    def __init__(self, name: str) -> None:
        """Take part in the use of ``name`` until ``leave`` is called."""
        self._handle = _open(name)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Stop using it; true when nobody else does. Call it under an exclusive lock."""
        alone = _try(self._handle, fcntl.LOCK_EX)
        os.close(self._handle)
        return alone


@contextlib.contextmanager
def if_free(name: str) -> Iterator[bool]:
    """Yield whether the lock could be had at once, and hold it if so."""
    handle = _open(name)
    try:
        yield _try(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a folder that is deleted after use, by a later run if we are killed."""
    for left in paths.cache().glob("run-*"):
        _delete_if_unused(left)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=paths.cache()))
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        paths.remove(folder)
        os.close(handle)


def _delete_if_unused(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return
    # A new folder is locked a moment after it was made.
    if time.time() - os.fstat(handle).st_ctime > 60 and _try(handle, fcntl.LOCK_EX):
        shutil.rmtree(folder, ignore_errors=True)
    os.close(handle)


def forget(name: str) -> None:
    """Delete the file of a lock that is held and whose name is never used again."""
    (paths.cache() / "locks" / f"{name}.lock").unlink(missing_ok=True)
