"""A rule that another database understands: records are named by their external ids."""

from ast import literal_eval
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: What stands before an external id in place of a number.
REF = "ref:"
#: The module of external ids that exist for an export only, as Odoo calls it.
EXPORT = "__export__"
SUBDOMAIN_OPERATORS = frozenset(["any", "not any"])


class CarteraSegment(models.Model):
    _inherit = "cartera.segment"

    definition = fields.Char(
        string="Rule for other databases",
        compute="_compute_definition",
        inverse="_inverse_definition",
        groups="sales_team.group_sale_manager",
        help="The rule with external ids in place of numbers: export this one, and import it.",
    )

    @api.depends("domain")
    def _compute_definition(self):
        """Name the records of all rules; who has no external id gets one."""
        found: dict[str, set[int]] = {}

        def collect(model, value):
            if isinstance(value, int):
                found.setdefault(model._name, set()).add(value)
            return value

        for segment in self:
            segment._map_rule(segment.domain, collect)
        names = {name: self._get_references(name, ids) for name, ids in found.items()}

        def name_it(model, value):
            return names[model._name].get(value, value) if isinstance(value, int) else value

        for segment in self:
            segment.definition = segment._map_rule(segment.domain, name_it)

    def _inverse_definition(self):
        for segment in self:
            segment.domain = segment._map_rule(segment.definition, self._find_record)

    @api.model
    def _get_references(self, name, ids) -> dict[int, str]:
        """Return {id: "ref:" and its external id} of the records that exist."""
        records = self.env[name].sudo().browse(sorted(ids)).exists()
        known = records.get_external_id()
        new = {
            record.id: f"{record._table}_{record.id}_{uuid4().hex[:8]}"
            for record in records
            if not known[record.id]
        }
        # As Odoo names the records of an export; its own method cannot be called within one.
        self.env["ir.model.data"].sudo().create(
            [
                {"module": EXPORT, "name": external, "model": name, "res_id": record}
                for record, external in new.items()
            ]
        )
        known.update({record: f"{EXPORT}.{external}" for record, external in new.items()})
        return {record: REF + external for record, external in known.items()}

    @api.model
    def _find_record(self, model, value):
        """Return the id that a named record has here; other values as they are."""
        if not isinstance(value, str) or not value.startswith(REF):
            return value
        name = value.removeprefix(REF)
        record = self.env.ref(name, raise_if_not_found=False)
        if not record or record._name != model._name:
            raise ValidationError(
                self.env._(
                    "The rule names “%s”, which is not in this database: import it first.", name
                )
            )
        return record.id

    def _map_rule(self, text, change):
        """Return a rule as text after ``change(model, value)`` of each id that it may hold."""
        try:
            conditions = literal_eval((text or "").strip() or "[]")
        except (SyntaxError, ValueError):
            # Not a rule: the check of rules says so.
            return text
        if not isinstance(conditions, list | tuple):
            return text
        profiles = self.env["cartera.profile"]
        return repr(self._map_conditions(profiles, conditions, change)) if conditions else text

    def _map_conditions(self, model, conditions, change) -> list:
        return [
            self._map_condition(model, *item, change)
            if isinstance(item, list | tuple) and len(item) == 3
            else item
            for item in conditions
        ]

    def _map_condition(self, model, name, operator, value, change) -> tuple:
        target = self._get_target(model, name)
        if target is None:
            return name, operator, value
        if operator in SUBDOMAIN_OPERATORS:
            return name, operator, self._map_conditions(target, value, change)
        if isinstance(value, list | tuple):
            return name, operator, [self._change(target, each, change) for each in value]
        return name, operator, self._change(target, value, change)

    @staticmethod
    def _change(target, value, change):
        return value if isinstance(value, bool) else change(target, value)

    def _get_target(self, model, path):
        """Return the model whose ids a condition on ``path`` compares with, None if it holds none."""
        for name in str(path).split("."):
            field = model._fields.get(name)
            if field is None or (name != "id" and not field.relational):
                return None
            model = self.env[field.comodel_name] if field.relational else model
        return model
