"""How two processes share the tests (pytest-xdist); Odoo's own runner never comes here."""

import os
import re

import pytest

#: Files whose tests start a browser, or many threads and processes that wait for one another.
HEAVY = re.compile(r"(^|/)test_(hoot|live_\w+|\w*tours\w*)\.py::")

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Each has a database for commits of its own.
    os.environ["CARTERA_LIVE_DB"] += f"-{worker}"


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
