"""What an indicator may be made of: refused when it is saved, on the field that is wrong."""

from ast import literal_eval

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from .cartera_figures import MARGIN
from .cartera_rule_check import RULE_ERRORS

#: What a field must be for an aggregate.
NUMBERS = ("integer", "float", "monetary")
#: Fields of an indicator that name fields of its model.
NAMED = ("date_field_id", "field_id", "user_field_id", "partner_field_id")
#: What a ratio is made of.
PARTS = ("numerator_id", "denominator_id")


class CarteraIndicator(models.Model):
    _inherit = "cartera.indicator"

    @api.model_create_multi
    def create(self, vals_list):
        indicators = super().create(vals_list)
        indicators._check_readable()
        return indicators

    def write(self, vals):
        margin = self.filtered("reads_margin")
        result = super().write(vals)
        if vals.keys() & {"method", "model_id", "domain", "measure", *PARTS, *NAMED}:
            # Not among the constraints: those know no user, nor what was before.
            self._check_readable()
            margin._check_closed_margin()
        return result

    def _check_closed_margin(self):
        """Refuse that what was closed of margins comes to be seen by those who may not see them."""
        for indicator in self:
            if not indicator.reads_margin and indicator.sudo().value_ids:
                raise ValidationError(
                    self.env._(
                        "Indicator “%s” has closed periods with margins. Make a copy of it to measure"
                        " something else.",
                        indicator.name,
                    )
                )

    def _get_records_domain(self) -> Domain:
        """Return the condition of a model's records; raises ValueError if it is no plain domain."""
        text = (self.domain or "").strip()
        try:
            return Domain(literal_eval(text)) if text else Domain.TRUE
        except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError) as error:
            raise ValueError(self.env._("it is not a plain list of conditions")) from error

    @api.constrains("method", "measure", "model_id", "aggregate", "domain", *NAMED)
    def _check_method(self):
        for indicator in self:
            if indicator.method == "builtin" and not indicator.measure:
                raise ValidationError(
                    self.env._("Indicator “%s”: choose the built-in measure.", indicator.name)
                )
            if indicator.method == "model":
                indicator._check_model()

    def _check_model(self):
        if not self.model_id:
            raise ValidationError(
                self.env._("Indicator “%s”: choose the model whose records count.", self.name)
            )
        for name in NAMED:
            if self[name] and self[name].model_id != self.model_id:
                raise ValidationError(
                    self.env._(
                        "Indicator “%(name)s”: “%(field)s” is no field of %(model)s.",
                        name=self.name,
                        field=self[name].field_description,
                        model=self.model_id.name,
                    )
                )
        if self.aggregate != "count":
            self._check_field()
        try:
            self.env[self.model_name].sudo()._search(self._get_records_domain(), limit=1)
        except RULE_ERRORS as error:
            raise ValidationError(
                self.env._(
                    "Indicator “%(name)s”, condition: %(error)s", name=self.name, error=error
                )
            ) from error

    def _check_field(self):
        if not self.field_id:
            raise ValidationError(
                self.env._("Indicator “%s”: choose the field that is counted.", self.name)
            )
        if self.aggregate in ("sum", "avg") and self.field_id.ttype not in NUMBERS:
            raise ValidationError(
                self.env._(
                    "Indicator “%(name)s”: “%(field)s” is no number.",
                    name=self.name,
                    field=self.field_id.field_description,
                )
            )

    @api.constrains("method", "numerator_id", "denominator_id", "company_id")
    def _check_ratio(self):
        for indicator in self.filtered(lambda each: each.method == "ratio"):
            parts = indicator.numerator_id, indicator.denominator_id
            if not all(parts):
                raise ValidationError(
                    self.env._(
                        "Indicator “%s”: a ratio needs a numerator and a denominator.",
                        indicator.name,
                    )
                )
            if indicator in indicator._get_parts():
                raise ValidationError(
                    self.env._("Indicator “%s” would be made of itself.", indicator.name)
                )
            for part in parts:
                if part.company_id and part.company_id != indicator.company_id:
                    raise ValidationError(
                        self.env._(
                            "Indicator “%(name)s” cannot be made of “%(part)s”, which is of %(company)s.",
                            name=indicator.name,
                            part=part.name,
                            company=part.company_id.name,
                        )
                    )

    def _get_parts(self):
        """Return the indicators that ratios are made of, at any depth."""
        found, left = self.browse(), self
        while left:
            ratios = left.filtered(lambda each: each.method == "ratio")
            left = (ratios.numerator_id | ratios.denominator_id) - found
            found |= left
        return found

    # ------------------------------------------------------------------
    # Who may read it
    # ------------------------------------------------------------------

    def _check_readable(self):
        """Refuse what the person who saves may not read: an indicator would tell it to everybody."""
        for indicator in self.filtered(lambda each: each.method == "model"):
            try:
                indicator._check_model_readable()
            except AccessError as error:
                raise ValidationError(
                    self.env._(
                        "Indicator “%(name)s” counts what you may not read: %(error)s",
                        name=indicator.name,
                        error=error,
                    )
                ) from error
        margin = self.filtered("reads_margin")
        if margin and not self.env.su and not self.env.user.has_group(MARGIN):
            raise ValidationError(
                self.env._("Only people who may see margins can set up “%s”.", margin[0].name)
            )

    def _check_model_readable(self):
        records = self.env[self.model_name]
        records.check_access("read")
        for name in NAMED:
            if self[name]:
                records._check_field_access(records._fields[self[name].name], "read")
        for step in self.env["cartera.rule"]._iter_steps(self._get_records_domain(), records):
            step.records.check_access("read")
            step.records._check_field_access(step.field, "read")

    @api.depends(
        "method",
        "measure",
        "domain",
        "model_id",
        "field_id",
        "numerator_id.reads_margin",
        "denominator_id.reads_margin",
    )
    def _compute_reads_margin(self):
        measures = self.env["cartera.measure"]._get_measures()
        for indicator in self:
            if indicator.method == "builtin":
                measure = measures.get(indicator.measure)
                indicator.reads_margin = bool(measure and measure.margin)
            elif indicator.method == "ratio":
                parts = indicator.numerator_id | indicator.denominator_id
                indicator.reads_margin = any(parts.mapped("reads_margin"))
            else:
                indicator.reads_margin = bool(indicator.model_id) and indicator._names_margin()

    def _names_margin(self) -> bool:
        """Tell whether a field that is counted or compared is only for those who may see margins."""
        records = self.env[self.model_name]
        fields_ = [records._fields[self[name].name] for name in NAMED if self[name]]
        try:
            steps = [*self.env["cartera.rule"]._iter_steps(self._get_records_domain(), records)]
        except RULE_ERRORS:
            return False  # the constraint refuses it
        fields_ += [step.field for step in steps]
        return any(MARGIN in (field.groups or "") for field in fields_) or any(
            self._names_margin_segment(step) for step in steps
        )

    def _names_margin_segment(self, step) -> bool:
        """Tell whether a condition tells accounts apart by segments, or a dimension, that read margins."""
        if step.field.comodel_name not in ("cartera.segment", "cartera.dimension"):
            return False
        named = self.env[step.field.comodel_name].sudo().with_context(active_test=False)
        ids = self.env["cartera.rule"]._get_named_ids(step)
        # A condition on their names may mean any.
        which = [("id", "in", ids)] if ids else []
        return bool(named.search_count([("reads_margin", "=", True), *which], limit=1))
