"""Which writes let an account be sorted again: of the fields that rules read."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL, frozendict, ormcache

#: What decides whether an account is sorted at all.
ALWAYS = {"cartera.profile": {"excluded"}}
WATCHED = ("cartera.profile", "res.partner")


class CarteraRule(models.AbstractModel):
    _inherit = "cartera.rule"

    @api.model
    def _get_watched(self, model) -> frozenset[str]:
        """Return the fields of a model of which a write may move its account."""
        return self._get_all_watched().get(model, frozenset())

    @api.model
    @ormcache()
    def _get_all_watched(self) -> dict[str, frozenset[str]]:
        """Return {model: fields} that all rules read, and those that follow from others by them.

        Records that neither are the account nor its contact, such as a country, are read again at
        night only: one write there may concern every account. What stages want is watched as well.
        """
        found = defaultdict(set)
        for model, names in self.env["cartera.stage"]._get_wanted_names().items():
            found[model] |= names
        for model, names in ALWAYS.items():
            found[model] |= names
        for text in self._get_rule_texts():
            try:
                domain = self._parse_domain(text)
                for model, field in self._iter_fields(domain) if domain is not None else ():
                    self._watch(found, model, field)
            except ValueError:
                continue  # broken: sorting says so
        return frozendict({model: frozenset(found[model]) for model in WATCHED})

    @api.model
    def _forget_watched(self):
        """Let all processes read the rules again: now, and after the commit.

        Another thread may look in between, and remember what holds no longer.
        """
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model
    def _watch(self, found, model, field):
        """Add a field, and those that it is computed from, to ``found``."""
        if model not in WATCHED or field.name in found[model]:
            return
        found[model].add(field.name)
        if field.compute and not field.related:
            for path in field.get_depends(self.env[model])[0]:
                records = self.env[model]
                for name in path.split("."):
                    if (step := records._fields.get(name)) is None:
                        break
                    self._watch(found, records._name, step)
                    if not step.relational:
                        break
                    records = self.env[step.comodel_name]

    @api.model
    def _get_rule_texts(self) -> list[str]:
        """Return the rules of all companies."""
        for model in ("cartera.segment", "cartera.stage"):
            self.env[model].flush_model(["domain", "active"])
        rows = self.env.execute_query(
            SQL(
                """SELECT domain FROM cartera_segment WHERE active AND domain > ''
                    UNION SELECT domain FROM cartera_stage WHERE active AND domain > ''"""
            )
        )
        return [text for (text,) in rows]
