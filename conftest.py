"""Processes that share the tests have a database for commits each; Odoo's own runner never comes here."""

import os

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["CARTERA_LIVE_DB"] += f"-{worker}"
