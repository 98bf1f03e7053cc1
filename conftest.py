"""How two processes share the tests (pytest-xdist); Odoo's own runner never comes here."""

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

#: Files whose tests start a browser, or many threads and processes that wait for one another.
HEAVY = re.compile(r"(^|/)test_(hoot|live_\w+|\w*tours\w*)\.py::")


@contextmanager
def own_filestore(original, name):
    """Give the database of a process its files, in the place of pytest-odoo's one folder for all.

    Odoo's tests collect the garbage at the end of each class: in one folder they take the files that only
    the other process's database knows, a web client that a browser is just about to load.
    """
    from odoo.tools import config

    files = Path(config["data_dir"], "filestore")
    if name != original and (files / original).exists():
        shutil.copytree(files / original, files / name, copy_function=os.link)
    try:
        yield
    finally:
        if name != original:
            shutil.rmtree(files / name, ignore_errors=True)


if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    import pytest_odoo

    # Each has a database for commits of its own.
    os.environ["CARTERA_LIVE_DB"] += f"-{worker}"
    pytest_odoo._shared_filestore = own_filestore


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep classes together, and what needs a processor for itself in one process.

    Two browsers at a time, or one beside ten users at once, run into their time limits.

    Marks of xdist_group would do nothing: xdist 3.8 writes them into a field that pytest 9.2 no longer reads.
    """
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            # The scope with most tests is the first that a process gets, so these begin.
            return "heavy" if HEAVY.search(nodeid) else super()._split_scope(nodeid)

    return Scheduling(config, log)
