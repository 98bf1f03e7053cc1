"""Measure the addon on generated companies; bin/bench makes them and calls this.

Everything is measured against something else in the same run: seconds depend on the machine, ratios
much less. Figures are medians of so many runs as the table says. The budgets are the design's, for
200,000 accounts: what is measured against the full run looks worse on fewer.
"""

import argparse
import logging
import os
import sys

import clock
import find
import posting
import runs
import scorecards
import screens
import segments
from company import Company

from odoo.tools import config


def connect(database):
    """Return a company that bin/bench made."""
    config.parse_config(["-c", os.environ["CARTERA_ODOO_CONF"], "--no-http", "--log-level=error"])
    logging.getLogger("odoo").setLevel(logging.ERROR)
    return Company(database)


def measure(options):
    """Return the rows of the parts wanted; the last ones change tables of Odoo."""
    rows = []
    tenth = connect(options.tenth) if options.tenth else None
    if tenth:
        runs.prepare(tenth, options.tenth_installed)
    whole = None
    if options.whole:
        whole = connect(options.whole)
        rows += runs.prepare(whole, options.whole_installed)
    parts = {
        "run": lambda: runs.measure(whole, tenth, options.accounts),
        "memory": lambda: runs.memory(whole),
        "drain": lambda: runs.drains(whole, runs.full_run(whole)),
        "posting": lambda: posting.measure(tenth, connect(options.plain)),
        "segments": lambda: segments.measure(whole),
        "scorecard": lambda: scorecards.measure(whole),
        "past": lambda: runs.past(whole, runs.full_run(whole)),
        "find": lambda: find.measure(whole),
        "screens": lambda: screens.Screens(whole).measure(),
    }
    for name, part in parts.items():
        if name in options.only:
            rows += part()
    return rows


def main():
    """Measure, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, required=True)
    parser.add_argument("--only", nargs="+", required=True)
    for name in ("whole", "tenth", "plain"):
        parser.add_argument(f"--{name}")
        parser.add_argument(f"--{name}-installed", type=float)
    options = parser.parse_args()
    rows = measure(options)
    sys.stdout.write(f"{options.accounts:,} accounts\n{clock.table(rows)}\n")


if __name__ == "__main__":
    main()
