"""What a rule may say: refused when it is saved, in words that its author understands."""

from collections.abc import Iterable

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

#: Models that sorting fills: a rule that reads them would depend on its own result.
SORTED = ("cartera.dimension", "cartera.segment", "cartera.treatment")
#: A field of an account in the words of whoever reads it: each language would match other accounts.
WORDED = "missing_names"
#: What says that a rule cannot be used: our own checks, the ORM, the database.
RULE_ERRORS = (ValueError, TypeError, KeyError, AccessError, psycopg2.Error)


class CarteraRule(models.AbstractModel):
    _inherit = "cartera.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._check_each("_check_readable")
        return rules

    def write(self, vals):
        result = super().write(vals)
        if "domain" in vals:
            # Not among the constraints: those know no user.
            self._check_each("_check_readable")
        return result

    def _check_rules(self):
        """Raise ValidationError for the first rule that cannot be used."""
        self._check_each("_check_rule")

    def _check_each(self, check):
        for rule in self.filtered("domain"):
            try:
                domain = rule._get_domain()
                if domain is not None:
                    getattr(rule, check)(domain)
            except RULE_ERRORS as error:
                raise ValidationError(rule._word_rule_error(error)) from error

    def _word_rule_error(self, error) -> str:
        """Return the message about a rule that cannot be used."""
        return self.env._("Rule “%(name)s”: %(error)s", name=self.display_name, error=error)

    def _check_rule(self, domain):
        """Raise one of :data:`RULE_ERRORS` if a rule cannot be used."""
        self._check_not_worded(domain)
        self._check_not_circular(domain)
        self._check_one_company(domain)
        self._try_rule(domain)

    def _check_readable(self, domain):
        """Refuse what the person who saves may not read: a rule would tell it to everybody."""
        for step in self._iter_steps(domain):
            step.records.check_access("read")
            step.records._check_field_access(step.field, "read")

    def _check_not_worded(self, domain):
        for model, field in self._iter_fields(domain):
            if model == "cartera.profile" and field.name == WORDED:
                label = field._description_string(self.env)
                raise ValueError(
                    self.env._("“%s” is worded for each reader, so rules cannot read it", label)
                )

    def _check_not_circular(self, domain):
        for _model, field in self._iter_fields(domain):
            if (field.comodel_name or "").startswith(SORTED) or field.model_name.startswith(SORTED):
                label = field._description_string(self.env)
                raise ValueError(
                    self.env._("“%s” follows from segments, so rules cannot read it", label)
                )

    def _check_one_company(self, domain):
        """Refuse records of another company: the rule would never match, or mix two companies."""
        company = self.company_id
        if not company:
            return
        for step in self._iter_steps(domain):
            ids = self._get_named_ids(step)
            if not ids:
                continue
            records = self.env[step.field.comodel_name].sudo().browse(ids).exists()
            others = self._get_owners(records).filtered(lambda owner: owner.root_id != company)
            if others:
                raise ValueError(
                    self.env._(
                        "“%(field)s” names a record of %(other)s, but the rule is for %(company)s",
                        field=step.field._description_string(self.env),
                        other=others[0].name,
                        company=company.name,
                    )
                )

    @staticmethod
    def _get_owners(records):
        """Return the companies that records belong to; none of those that belong to all."""
        if records._name == "res.company":
            return records
        field = records._fields.get("company_id")
        if field is None or field.comodel_name != "res.company":
            return records.env["res.company"]
        return records.company_id

    @staticmethod
    def _get_named_ids(step) -> list[int]:
        """Return the ids that a condition compares with a field that leads to records."""
        if not step.last or not step.field.comodel_name:
            return []
        value = step.condition.value
        values = [value] if isinstance(value, int) else value
        if isinstance(values, Domain) or not isinstance(values, Iterable):
            return []
        return [each for each in values if type(each) is int]

    def _try_rule(self, domain):
        """Let the database read the rule, on no row."""
        profiles = self._get_neutral_profiles(self.company_id or self.env.company.root_id)
        query = profiles._search(domain)
        with self.env.cr.savepoint():
            self.env.cr.execute(SQL("%s LIMIT 0", query.select()), log_exceptions=False)
