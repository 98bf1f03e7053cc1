"""19.0.5.0.0 brings the priority and the completeness of accounts: their columns are filled in the background."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let the shipped stages want what they want in a new database, and wake the job that refreshes all accounts."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["cartera.stage"]._set_shipped_wishes()
    env.ref("crm_cartera.cron_refresh")._trigger()
