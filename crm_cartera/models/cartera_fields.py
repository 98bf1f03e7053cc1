"""Number fields that keep "none" apart from zero.

Odoo reads a missing number as 0. A figure that nothing supports must stay blank on screen, in exports
and in averages, and must not be found by ``figure < 30``.
"""

from odoo import fields


class _Blank:
    """What the three kinds of number share; a blank one is False in Python, as a blank date is."""

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_column_insert(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_read(self, value, record, use_display_name=True):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if value is None or value is False else value


class BlankFloat(_Blank, fields.Float):
    """A ratio or a number of days."""


class BlankInteger(_Blank, fields.Integer):
    """A count or a score."""


class BlankMonetary(_Blank, fields.Monetary):
    """An amount in the company's currency."""
