"""19.0.4.0.0 brings the scorecard, and indexes that take the place of two older ones."""

from odoo.tools import SQL

#: Odoo keeps the index of a field that is no longer indexed.
OLD_INDEXES = ("cartera_profile__lifecycle_index", "cartera_profile__stage_id_index")


def migrate(cr, version):
    """Drop the indexes that the new ones begin with."""
    for name in OLD_INDEXES:
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(name)))
