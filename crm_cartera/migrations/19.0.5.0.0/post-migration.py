"""19.0.5.0.0 brings the priority and the completeness of accounts: their columns are filled in the background."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Wake the job that refreshes all accounts; in here it would keep everybody waiting."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("crm_cartera.cron_refresh")._trigger()
