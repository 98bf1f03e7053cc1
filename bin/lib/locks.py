"""File locks: the kernel drops them when their holder dies, however it dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterator

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


def forget(name: str) -> None:
    """Delete the file of a lock that is held and whose name is never used again."""
    (paths.cache() / "locks" / f"{name}.lock").unlink(missing_ok=True)
