"""19.0.3.0.0 brings the linkage score: its column is there by now, empty, and filled in the background.

As the figures of 19.0.2.0.0: a full run in here would keep everybody waiting who works in the portfolio.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give the dimensions what no file can know, and wake the job that refreshes all accounts."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["cartera.dimension"]._add_shipped_segments()
    env.ref("crm_cartera.cron_refresh")._trigger()
