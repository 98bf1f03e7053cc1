"""Sorting against the oracle: after full runs, drains, rule edits, archive, merge, in two companies."""

from odoo.tools import mute_logger

from . import oracle_segments
from .northwind_case import NorthwindCase
from .portfolio_case import TODAY, PortfolioCase
from .segment_case import SegmentMixin


class OracleMixin(SegmentMixin):
    def make_dimensions(self):
        """Cut by all kinds of fields and operators."""
        self.env["cartera.dimension"].search([]).active = False
        spain, france = self.env.ref("base.es"), self.env.ref("base.fr")
        category = self.env["product.category"].search([], limit=1)
        lost = "[('retention_status', 'in', ['lost', 'inactive'])]"
        for code, *rules in (
            (
                "zona",
                ("España", f"[('country_id', '=', {spain.id})]"),
                ("Francia", f"[('partner_id.country_id', '=', {france.id})]"),
                ("Sin", "[('country_id', '=', False)]"),
                ("Resto", None),
            ),
            (
                "valor",
                ("A", "[('abc_revenue', '=', 'A')]"),
                ("B", "[('abc_revenue', '=', 'B')]"),
                ("C", "[('abc_revenue', '!=', False)]"),
            ),
            (
                "margen",
                ("Alto", "[('margin_rate', '>=', 0.5)]"),
                ("Bajo", "[('margin_rate', '<', 0.5)]"),
                ("Sin", None),
            ),
            (
                "rfm_oracle",
                ("Campeones", "[('rfm_recency', '>=', 4), ('rfm_frequency', '>=', 4)]"),
                ("Perdidos", lost),
                ("Nunca", "[('rfm_score', '=', False)]"),
            ),
            (
                "antiguedad",
                ("Nuevos", "[('tenure_days', '<', 200)]"),
                ("Viejos", "[('tenure_days', '>=', 700)]"),
                ("Medios", "[('tenure_days', '!=', False)]"),
            ),
            (
                "familia",
                ("Esta", f"[('top_categ_id', 'child_of', {category.id})]"),
                ("Otra", "[('top_categ_id', '!=', False)]"),
            ),
            (
                "tendencia",
                (
                    "Baja",
                    "['|', ('trend', '<', 0), ('revenue_prev_12m', '>', 0), ('revenue_12m', '<=', 0)]",
                ),
                ("Sube", "[('trend', '>', 0)]"),
            ),
            (
                "reciente",
                ("Mes", "[('last_purchase_date', '>', '-30d')]"),
                ("Trimestre", "[('last_purchase_date', '>', '-3m')]"),
            ),
            (
                "persona",
                ("Con", "[('partner_id.child_ids.active', '=', True)]"),
                ("Sin", "[('partner_id.child_ids', '=', False)]"),
            ),
            (
                "nombre",
                ("Impar", "[('name', 'ilike', '1')]"),
                ("Otro", "['!', ('partner_id.name', 'like', 'regular')]"),
            ),
            (
                "etapa",
                ("Venta", "[('stage_id.name', '=', 'Sale')]"),
                ("Clientes", "[('lifecycle', '=', 'client')]"),
            ),
            ("todo", ("Todas", "[]")),
        ):
            self.make_dimension(code, *rules)

    def differences(self, what, companies):
        self.env.flush_all()
        self.env.invalidate_all()
        lines = []
        for company in companies:
            tz = self.env["cartera.policy"]._for(company).tz
            expected = oracle_segments.expect(self.env, company, tz)
            found = oracle_segments.read(self.env, company)
            lines += [
                f"{what}, {company.name}: {self.env['cartera.profile'].browse(profile).name}"
                f" {code}: sorted {found[profile].get(code)}, oracle {expected[profile].get(code)}"
                for profile in expected
                for code in expected[profile].keys() | found[profile].keys()
                if found[profile].get(code) != expected[profile].get(code)
            ]
        self.check_keys()
        return lines

    def edit_rules(self):
        """Change rules, their order, what is active."""
        by_code = {d.code: d for d in self.env["cartera.dimension"].search([])}
        by_code["valor"].segment_ids[2].sequence = -5
        by_code["zona"].segment_ids[0].active = False
        by_code["margen"].segment_ids[0].domain = "[('margin_rate', '>', 0.1)]"
        by_code["nombre"].active = False
        by_code["todo"].unlink()
        by_code["etapa"].segment_ids[0].unlink()


class TestGenerated(OracleMixin, PortfolioCase):
    def test_seed_11(self):
        self.check(11)

    def test_seed_12(self):
        self.check(12)

    def check(self, seed):
        found = self.build(seed)
        self.make_dimensions()
        own = self.env["cartera.dimension"].search([("code", "=", "reciente")])
        own.company_id = self.other
        for _twice in range(2):
            for company in self.roots:
                self.profiles.refresh(company)
        lines = self.differences("full run", self.roots)
        some = found["regular"]
        some[0].country_id, some[1].country_id = self.env.ref("base.fr"), self.env.ref("base.es")
        some[2].name = "Sin número 1"
        self.make_invoice(some[3], TODAY["Europe/Madrid"], 5000)
        some[4].child_ids.active = False
        self.profiles.search([("partner_id", "=", some[5].id)])[:1].action_exclude()
        found["fresh"][0].active = False
        self.drain()
        # What another's rhythm or limit moves is found by the next full run, for the oracle too.
        lines += self.differences("drain", self.roots)
        self.edit_rules()
        for company in self.roots:
            self.sort(company)
        lines += self.differences("rules", self.roots)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        with mute_logger("odoo.addons.base.partner.merge"):
            wizard._merge((some[6] | some[7]).ids, some[7])
        self.drain()
        lines += self.differences("merge", self.roots)
        self.clock.tick(90 * 24 * 3600)
        for company in self.roots:
            self.profiles.refresh(company)
        lines += self.differences("three months later", self.roots)
        self.assertFalse(lines, "\n".join(lines[:40]))


class TestNorthwind(OracleMixin, NorthwindCase):
    def test_all(self):
        self.make_dimensions()
        partners = self.take_in("cartera.profile", "Account")
        self.invoice_all(partners)
        self.profiles.refresh(self.company)
        lines = self.differences("full run", self.company)
        self.edit_rules()
        self.sort()
        lines += self.differences("rules", self.company)
        self.assertFalse(lines, "\n".join(lines[:40]))
