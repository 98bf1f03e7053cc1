"""Indicators whose figures are known: toy measures that read what profiles hold."""

from unittest.mock import patch

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_cartera.analysis.period import Period
from odoo.addons.crm_cartera.models.cartera_measure import Measure

from .screen_case import TODAY, ScreenCase

TOYS = {
    "toy_sum": Measure("money", "flow"),
    "toy_share": Measure("percent", "ratio"),
    "toy_top": Measure("percent", "ratio", top=1),
    "toy_margin": Measure("percent", "ratio", margin=True),
    "toy_now": Measure("count", "stock", past="none"),
}


class ScoreCase(ScreenCase):
    """It is 15 March 2026; the toys sum up the revenue of the profiles, or its share of their potential."""

    month = Period.of("month", TODAY)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        measures = cls.registry["cartera.measure"]
        for code in TOYS:
            cls._patch_measure(measures, code)
        cls.startClassPatcher(patch.object(measures, "_get_measures", lambda self: dict(TOYS)))
        cls.startClassPatcher(
            patch.object(measures, "_get_measure_names", lambda self: {code: code for code in TOYS})
        )
        cls.env["cartera.indicator"].search([]).active = False
        cls.indicators = {
            code: cls.make_indicator(code, measure=code, unit=toy.unit)
            for code, toy in TOYS.items()
        }

    @classmethod
    def _patch_measure(cls, measures, code):
        denominator = SQL("p.potential" if TOYS[code].form == "ratio" else "NULL")

        def measure(self, span):
            return SQL(
                """SELECT p.id AS profile_id, NULL::int AS user_id, p.revenue_12m AS numerator,
                          %s AS denominator FROM cartera_profile p WHERE p.company_id = %s""",
                denominator,
                span.company_id,
            )

        def records(self, span, population):
            return "cartera.profile", population & Domain("revenue_12m", ">", 0)

        for name, method in ((f"_measure_{code}", measure), (f"_records_{code}", records)):
            setattr(measures, name, method)
            cls.addClassCleanup(delattr, measures, name)

    @classmethod
    def make_indicator(cls, code, **vals):
        """Create an indicator of everybody."""
        return cls.env["cartera.indicator"].create(
            {"name": code.title(), "code": f"x_{code}", "method": "builtin", **vals}
        )

    def measure(self, code, *scopes, period=None):
        """Return {scope: (value, numerator, denominator)} of an indicator."""
        indicator = self.indicators[code]
        figures = indicator._measure(self.company, period or self.month, scopes or ("company",))
        return {scope: tuple(figure) for (_indicator, scope), figure in figures.items()}

    def cards(self, role, scope="company", period=None):
        """Return {code: card} as a role sees them."""
        user = self.users.get(role) or self.users["salesperson"]
        indicators = self.env["cartera.indicator"].with_user(user)
        cards = indicators._read_cards(self.company, period or self.month, scope)
        return {card["code"].removeprefix("x_"): card for card in cards}
