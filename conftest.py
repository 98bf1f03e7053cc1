"""How two processes share the tests (pytest-xdist); Odoo's own runner never comes here."""

import os

import pytest

from odoo.tests import HttpCase

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Each has a database for commits of its own.
    os.environ["CARTERA_LIVE_DB"] += f"-{worker}"


def pytest_collection_modifyitems(items):
    """Keep classes together, and all browsers in one process: two at a time are slower than one.

    They take longest, so they begin.
    """
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        return
    items.sort(key=lambda item: not _has_browser(item))
    for item in items:
        group = "browser" if _has_browser(item) else item.parent.nodeid
        item.add_marker(pytest.mark.xdist_group(group))


def _has_browser(item) -> bool:
    return item.cls is not None and issubclass(item.cls, HttpCase)
