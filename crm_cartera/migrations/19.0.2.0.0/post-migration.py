"""19.0.2.0.0 brings the figures, and the costs that margins need: both are filled in the background.

The columns are there by now, empty, and every policy has its defaults. Unlike an installation, an
update comes to a portfolio that people work in, and adding columns has locked the table that every
contact is joined with until the update is committed. A full run here would keep them all waiting, for
longer the more accounts there are, and Odoo ends an update from its screens that takes too long. The
jobs write in small transactions and leave rows alone that somebody holds. Where no jobs run now, the
nightly ones do the same.
"""

from odoo import SUPERUSER_ID, api

#: Either may come first: when the last line has its cost, that job asks for a refresh by itself.
JOBS = ("cron_line_cost", "cron_refresh")


def migrate(cr, version):
    """Wake the jobs that estimate the costs of what was invoiced before and fill every figure."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in JOBS:
        env.ref(f"crm_cartera.{name}")._trigger()
