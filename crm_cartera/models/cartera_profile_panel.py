"""The search panel of the portfolio: segments by dimension, counted by one grouped query."""

import json

from odoo import api, models
from odoo.fields import Domain


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    @api.model
    @api.readonly
    def search_panel_select_multi_range(self, field_name, **kwargs):
        """Return the segments of the accounts found, each with its number of accounts.

        Odoo counts the values of a many2many by a query each: seconds with sixty segments.
        """
        if field_name != "segment_ids" or not kwargs.get("enable_counters"):
            return super().search_panel_select_multi_range(field_name, **kwargs)
        searched = Domain(kwargs.get("search_domain") or [])
        narrowed = Domain(kwargs.get("category_domain") or []) & Domain(
            kwargs.get("filter_domain") or []
        )
        found = self._count_segments(searched, Domain.TRUE)
        if not kwargs.get("expand"):
            # As Odoo does: what the search alone finds is listed, if only with a zero.
            shown = Domain(kwargs.get("comodel_domain") or []) & Domain("id", "in", list(found))
            kwargs = {**kwargs, "expand": True, "comodel_domain": list(shown)}
        result = super().search_panel_select_multi_range(
            field_name, **{**kwargs, "enable_counters": False}
        )
        by_group = kwargs.get("group_domain") if kwargs.get("group_by") else None
        counts = {str(Domain.TRUE): found}
        for value in result.get("values", ()):
            others = (by_group or {}).get(json.dumps(value.get("group_id")), [])
            extra = narrowed & Domain(others)
            if str(extra) not in counts:
                counts[str(extra)] = self._count_segments(searched, extra)
            value["__count"] = counts[str(extra)].get(value["id"], 0)
        return result

    @api.model
    def _count_segments(self, searched, extra) -> dict[int, int]:
        """Return {segment id: number of accounts that match}, empty segments left out."""
        groups = self._read_group(searched & extra, ["segment_ids"], ["__count"])
        return {segment.id: count for segment, count in groups if segment}
