"""Rules over accounts: what stages and segments share.

A rule is a domain over ``cartera.profile``. It is judged in the background for everybody, in its
company's own zone and figures: whoever runs it, the same accounts match.
"""

from ast import literal_eval
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain, Field
from odoo.tools import SQL

from .cartera_figures import MARGIN

#: Conditions whose value is a domain of the records that the field leads to.
SUBDOMAIN_OPERATORS = frozenset(["any", "not any"])
#: Conditions that read the tree of records as it is now.
TREE_OPERATORS = frozenset(["child_of", "parent_of"])
#: What a condition may name after a field that leads to no record: a part of a date, a property.
DATES, PROPERTIES = frozenset(["date", "datetime"]), "properties"


class Step(NamedTuple):
    """One field of a path in a rule; ``last``: the one that is compared with the value."""

    records: models.BaseModel
    field: Field
    condition: Domain
    last: bool


class CarteraRule(models.AbstractModel):
    _name = "cartera.rule"
    _description = "Rule over accounts"

    # A model with rules has a field ``domain`` (Char, over cartera.profile) and a ``company_id``.

    def _get_domain(self) -> Domain | None:
        """Return the rule, None without one; raises ValueError if it is not a plain domain."""
        self.ensure_one()
        return self._parse_domain(self.domain)

    @api.model
    def _parse_domain(self, text) -> Domain | None:
        text = (text or "").strip()
        if text in ("", "[]"):
            return None
        try:
            return Domain(literal_eval(text))
        except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError) as error:
            raise ValueError(self.env._("it is not a plain list of conditions")) from error

    def _get_condition(self, profiles, query) -> SQL | None:
        """Compile the rule onto ``query``; None without one. Raises whatever the ORM says of it."""
        domain = self._get_domain()
        return None if domain is None else self._compile_domain(domain, profiles, query)

    @api.model
    def _compile_domain(self, domain, profiles, query) -> SQL:
        return domain.optimize_full(profiles)._to_sql(profiles, profiles._table, query)

    @api.model
    def _get_neutral_profiles(self, company):
        """Return the model as rules see it: whoever runs it, in the company's own words and figures."""
        policy = self.env["cartera.policy"]._for(company)
        context = {
            "active_test": False,
            "allowed_company_ids": company.ids,
            "cartera_day": policy._today(),
            **policy._get_neutral_context(),
        }
        return self.env(user=SUPERUSER_ID, su=True, context=context)["cartera.profile"]

    # ------------------------------------------------------------------
    # What a rule reads
    # ------------------------------------------------------------------

    @api.model
    def _iter_steps(self, domain, records=None):
        """Yield a :class:`Step` for each field that a domain names, those of subdomains too.

        Raises ValueError if there is no such field.
        """
        records = self.env["cartera.profile"] if records is None else records
        for condition in domain.iter_conditions():
            reached = records
            names = condition.field_expr.split(".")
            for place, name in enumerate(names, 1):
                field = reached._fields.get(name)
                if field is None:
                    raise ValueError(self.env._("there is no field “%s”", condition.field_expr))
                over = not field.relational
                yield Step(reached, field, condition, over or place == len(names))
                if over:
                    if place < len(names) and field.type not in (*DATES, PROPERTIES):
                        raise ValueError(self.env._("there is no field “%s”", condition.field_expr))
                    break
                reached = self.env[field.comodel_name]
            if condition.operator in SUBDOMAIN_OPERATORS:
                yield from self._iter_steps(Domain(condition.value), reached)

    @api.model
    def _iter_fields(self, domain):
        """Yield (model name, field) of all that a domain reads, through related fields too."""
        for step in self._iter_steps(domain):
            yield step.records._name, step.field
            yield from self._iter_related(step.records, step.field)

    @api.model
    def _iter_related(self, records, field):
        for name in field.related.split(".") if field.related else ():
            reached = records._fields[name]
            yield records._name, reached
            yield from self._iter_related(records, reached)
            if reached.relational:
                records = self.env[reached.comodel_name]

    @api.model
    def _needs_margin_group(self, domain) -> bool:
        """Tell whether a domain reads what only people may see who may see margins."""
        return any(self._is_of_margin(field) for _model, field in self._iter_fields(domain))

    @api.model
    def _is_of_margin(self, field) -> bool:
        return MARGIN in (field.groups or "").split(",")

    # ------------------------------------------------------------------
    # Which conditions may be kept compiled
    # ------------------------------------------------------------------

    @api.model
    def _is_closed(self, domain) -> bool:
        """Tell whether the SQL of a domain follows from its text, the company and the day alone.

        A search of a field's own, a tree or a name to be looked up may put what it found into the SQL.
        """
        return all(self._is_closed_step(step) for step in self._iter_steps(domain))

    @api.model
    def _is_closed_step(self, step) -> bool:
        from .cartera_profile_days import DAYS  # its model comes later than this one

        chain = [(step.records._name, step.field), *self._iter_related(step.records, step.field)]
        own = all(
            field.store or field.related or (model == "cartera.profile" and field.name in DAYS)
            for model, field in chain
        )
        if not own or not step.last:
            return own
        if step.condition.operator in SUBDOMAIN_OPERATORS:
            return True
        if step.condition.operator in TREE_OPERATORS or step.field.type == "datetime":
            return False
        return not step.field.relational or not self._has_text(step.condition.value)

    @staticmethod
    def _has_text(value) -> bool:
        values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        return any(isinstance(each, str) for each in values) or hasattr(value, "select")
