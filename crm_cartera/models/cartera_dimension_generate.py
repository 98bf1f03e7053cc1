"""Segments made from the values that accounts have: one for each family, country or province."""

from odoo import api, models
from odoo.fields import Domain

#: {what accounts are cut by: the operator of the rules}; a family holds its subcategories.
SOURCES = {
    "top_categ_id": "child_of",
    "country_id": "=",
    "state_id": "=",
    "industry_id": "=",
    "user_id": "=",
    "first_source_id": "=",
    "first_medium_id": "=",
    "first_campaign_id": "=",
}
#: Odoo's colours, but for the first, which is none.
COLORS = 11
#: How many families are shipped.
FAMILIES = 12


class CarteraDimension(models.Model):
    _inherit = "cartera.dimension"

    @api.model
    def _add_shipped_segments(self):
        """Give the shipped dimensions what no file can know: home countries and product families.

        Does nothing to a dimension that an admin has deleted or already filled.
        """
        zone = self.env.ref("crm_cartera.cartera_dimension_zone", raise_if_not_found=False)
        if zone:
            roots = self.env["res.company"].search([("parent_id", "=", False)])
            zone._add_segments_of("country_id", roots.country_id, first=True)
        family = self.env.ref("crm_cartera.cartera_dimension_family", raise_if_not_found=False)
        if family and not family.with_context(active_test=False).segment_ids:
            values = family._get_values("top_categ_id", FAMILIES)
            family._add_segments_of("top_categ_id", values or self._get_families()[:FAMILIES])

    def _add_segments(self, source, limit, rest=False):
        """Create a segment for each of the values that most accounts have; return the new ones."""
        self.ensure_one()
        return self._add_segments_of(source, self._get_values(source, limit), rest=rest)

    def _add_segments_of(self, source, values, first=False, rest=False):
        """Create a segment for each value that no rule of the dimension is about yet.

        ``first``: put them before the others, which may match the same accounts.
        """
        segments = self.with_context(active_test=False).segment_ids
        known = set(segments.mapped("domain"))
        rules = {value: f"[('{source}', '{SOURCES[source]}', {value.id})]" for value in values}
        new = [value for value in values if rules[value] not in known]
        sequences = segments.mapped("sequence") or [0]
        start = min(sequences) - 10 * len(new) if first else max(sequences) + 10
        rows = [
            self._prepare_segment_vals(value, rules[value], start + 10 * place)
            for place, value in enumerate(new)
        ]
        others = f"[('{source}', '!=', False)]"
        if rest and others not in known:
            vals = {"name": self.env._("Others"), "domain": others, "dimension_id": self.id}
            rows.append({**vals, "sequence": start + 10 * len(new)})
        created = self.env["cartera.segment"].create(rows)
        self._translate_names(created, new)
        return created

    def _prepare_segment_vals(self, value, rule, sequence):
        return {
            "dimension_id": self.id,
            "name": value.name,
            "domain": rule,
            "sequence": sequence,
            "color": value.id % COLORS + 1,
        }

    @api.model
    def _translate_names(self, segments, values):
        """Call the segments as their values are called in every language."""
        for lang, _name in self.env["res.lang"].get_installed():
            if lang == self.env.lang:
                continue
            for segment, value in zip(segments, values, strict=False):
                segment.with_context(lang=lang).name = value.with_context(lang=lang).name

    def _get_values(self, source, limit) -> list:
        """Return the records that most accounts of the dimension's companies have, one query."""
        domain = Domain("excluded", "=", False) & Domain(source, "!=", False)
        if self.company_id:
            domain &= Domain("company_id", "=", self.company_id.id)
        groups = self.env["cartera.profile"].sudo()._read_group(domain, [source], ["__count"])
        families = self._get_families() if source == "top_categ_id" else None
        counts = {}
        for record, count in groups:
            value = self._get_family(record, families) if families else record
            if value:
                counts[value.sudo(False)] = counts.get(value.sudo(False), 0) + count
        return sorted(counts, key=lambda value: (-counts[value], value.id))[:limit]

    @api.model
    def _get_families(self):
        """Return the categories that stand highest: below the root if there is but one."""
        categories = self.env["product.category"].sudo()
        roots = categories.search([("parent_id", "=", False)])
        if len(roots) == 1 and roots.child_id:
            return roots.child_id
        return roots

    @api.model
    def _get_family(self, category, families):
        """Return the family of a category, none of the root above all families."""
        above = [int(part) for part in (category.parent_path or "").split("/") if part]
        for family in families:
            if family.id in above:
                return family
        return category.browse()
