"""Traits of accounts on the screens: what some of them have more often than all."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

#: {trait: the field of the profile that holds it}, in the order in which they are shown.
TRAITS = {
    "country": "country_id",
    "state": "state_id",
    "industry": "industry_id",
    "category": "top_categ_id",
    "source": "first_source_id",
}


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    def _get_traits(self) -> dict[str, str]:
        """Return {trait: many2one of the profile}; other addons add theirs."""
        return TRAITS

    @api.model
    def _get_trait_labels(self) -> dict[str, str]:
        labels = {
            "country": self.env._("Country"),
            "state": self.env._("Province"),
            "industry": self.env._("Industry"),
            "category": self.env._("Category"),
            "source": self.env._("First source"),
        }
        fields = self._get_profiles()._fields
        return {
            trait: labels.get(trait) or fields[name]._description_string(self.env)
            for trait, name in self._get_traits().items()
        }

    @api.model
    def _weigh_traits(self, population: Domain, some: Domain):
        """Return :func:`..analysis.lookalike.weigh` of the accounts ``some`` of a population.

        One query, one row per value that occurs, however many accounts there are.
        """
        import pandas as pd

        from ..analysis import lookalike

        rows = self.env.execute_query(self._query_trait_counts(population, some))
        columns = ["trait", "value", "some", "all"]
        kinds = {"trait": object, **dict.fromkeys(columns[1:], "int64")}
        traits = list(self._get_traits())
        frame = pd.DataFrame(
            [(traits[number], *counts) for number, *counts in rows], columns=columns
        )
        return lookalike.weigh(frame.astype(kinds))

    @api.model
    def _query_trait_counts(self, population: Domain, some: Domain) -> SQL:
        """Return SELECT (number of the trait, value, accounts of some, of all) with the user's rights."""
        profiles = self._get_profiles()
        query = profiles._search(population)
        columns = [
            profiles._field_to_sql(profiles._table, name, query)
            for name in self._get_traits().values()
        ]
        names = [SQL.identifier(f"trait_{number}") for number in range(len(columns))]
        is_some = SQL(
            "%s IN (%s)", SQL.identifier(profiles._table, "id"), profiles._search(some).select()
        )
        values = [SQL("%s AS %s", *pair) for pair in zip(columns, names, strict=True)]
        # A grouping set has the value of one trait; the others are NULL in it.
        numbers = SQL(" ").join(
            SQL("WHEN GROUPING(%s) = 0 THEN %s", name, number) for number, name in enumerate(names)
        )
        return SQL(
            """SELECT * FROM (
                   SELECT CASE %(numbers)s END AS trait, COALESCE(%(names)s) AS value,
                          COUNT(*) FILTER (WHERE is_some), COUNT(*)
                     FROM (%(accounts)s) a GROUP BY GROUPING SETS (%(sets)s)) counted
                WHERE value IS NOT NULL ORDER BY trait, value""",
            numbers=numbers,
            names=SQL(", ").join(names),
            accounts=query.select(SQL("%s AS is_some", is_some), *values),
            sets=SQL(", ").join(SQL("(%s)", name) for name in names),
        )

    @api.model
    def _name_values(self, pairs) -> dict:
        """Return {(trait, value): name} of values that the user sees on accounts."""
        profiles, names, pairs = self._get_profiles(), {}, set(pairs)
        for trait, field in self._get_traits().items():
            ids = sorted({int(value) for of, value in pairs if of == trait})
            # As the ORM does with the name of what an account points to.
            records = self.env[profiles._fields[field].comodel_name].sudo().browse(ids)
            names |= {(trait, record.id): record.display_name for record in records}
        return names

    @api.model
    def _prepare_traits(self, weighed) -> list[dict]:
        """Return rows of weighed values as a screen shows them."""
        names = self._name_values(zip(weighed["trait"], weighed["value"], strict=True))
        return [
            {
                "trait": row["trait"],
                "value": row["value"],
                "name": names[row["trait"], row["value"]],
                "accounts": row["some"],
                "some_share": row["some_share"],
                "all_share": row["all_share"],
                "lift": row["lift"],
            }
            for row in weighed.to_dict("records")
        ]
