"""A field of segments that shows, finds and counts only those that its reader may see.

Odoo filters what such a field reads and groups by, but not ids that a search names, and it keeps one
value for all users of a transaction.
"""

from odoo import fields
from odoo.fields import Domain

#: Context key: the id of the only dimension whose segments are looked at.
DIMENSION = "cartera_dimension_id"


class LooseMany2one(fields.Many2one):
    """A link without a foreign key: sorting writes so many rows that checking them took most of it.

    Whoever deletes what it links to deletes or changes its rows: see ``unlink`` there.
    """

    def update_db_foreign_key(self, model, column):
        """Add none."""


class SegmentMany2many(fields.Many2many):
    """Segments of an account; of a related field, the reader's, whoever reads the account."""

    def get_depends(self, model):
        """Keep a value for each user, as their rights differ."""
        depends, depends_context = super().get_depends(model)
        return depends, (*depends_context, "uid", DIMENSION)

    def get_comodel_domain(self, model):
        """Keep to one dimension where a screen says which: it groups accounts by its segments."""
        domain = super().get_comodel_domain(model)
        dimension = model.env.context.get(DIMENSION)
        if isinstance(dimension, int):
            domain &= Domain("dimension_id", "=", dimension)
        return domain

    def _condition_to_sql_relational(self, model, alias, exists, coquery, query):
        if not model.env.su:
            segments = model.env[self.comodel_name].with_context(active_test=False)
            coquery = segments._search(Domain("id", "in", coquery))
        return super()._condition_to_sql_relational(model, alias, exists, coquery, query)

    def _compute_related(self, records):
        """Read the accounts as the user: a related field is computed as superuser otherwise."""
        *path, last = self.related.split(".")
        values = list(records)
        for name in path:
            values = [value[name] for value in values]
        accounts = records.env[self.related_field.model_name].union(*values).sudo(False)
        readable = accounts._filtered_access("read")
        known, together = set(readable._ids), readable._ids
        for record, value in zip(records, values, strict=True):
            account = readable.browse(each for each in value._ids if each in known)
            record[self.name] = account.with_prefetch(together)[last]
