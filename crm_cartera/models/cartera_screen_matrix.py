"""Matrix: the accounts by the segments of two dimensions, and what to do where."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .cartera_figures import MARGIN
from .cartera_matrix import MEASURES
from .cartera_profile import MANAGER

#: {sum of a cell: figure of the accounts}
SUMS = {
    "revenue": "revenue_12m",
    "revenue_prev": "revenue_prev_12m",
    "potential": "potential",
    "margin": "margin_12m",
}


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_matrix(self, row=None, column=None, matrix=None, user_id=None) -> dict:
        """Return the cells of a kept matrix, or of any two dimensions, that have accounts.

        ``row``, ``column``: ids of dimensions; ``matrix``: id of a kept one, before these. What is not
        there, or not the user's to see, is passed over: the first kept matrix, else the first two
        dimensions are shown. ``rows``, ``columns``: {id, name, segments}, False without two dimensions;
        ``cells``: {row, column (ids of segments, False for none), accounts, and SUMS: amounts, None if
        nothing is known}; ``strategies``: {id, name, description, color, cells: [[row, column]]}.
        """
        dimensions = self._get_crossed_dimensions()
        kept = self._get_matrices(dimensions)
        shown, rows, columns = self._choose_matrix(kept, dimensions, (row, column), matrix)
        return {
            **self._prepare_screen(),
            "dimensions": [{"id": one.id, "name": one.name} for one in dimensions],
            "matrices": [self._prepare_matrix(one) for one in kept],
            "measures": self._get_matrix_measures(),
            "matrix": shown.id,
            "description": shown.description,
            "rows": self._prepare_axis(rows) if columns else False,
            "columns": self._prepare_axis(columns) if columns else False,
            "cells": self._read_matrix(rows, columns, user_id) if columns else [],
            "strategies": self._read_strategies(shown),
        }

    @api.model
    @api.readonly
    def open_matrix_cell(
        self, row, column, row_segment=None, column_segment=None, user_id=None
    ) -> dict:
        """Open the accounts of a cell of two dimensions.

        ``…_segment``: id, False for the accounts in no segment, None for all.
        """
        population, names = self._get_population(user_id), []
        for dimension, segment in ((row, row_segment), (column, column_segment)):
            domain, name = self._get_segment_domain(dimension, segment)
            population &= domain
            if name:
                names.append(name)
        name = self.env._("Matrix: %s", " × ".join(names) or self.env._("all accounts"))
        return self._open_accounts(name, population)

    @api.model
    @api.readonly
    def open_matrix_strategy(self, strategy, user_id=None) -> dict:
        """Open the accounts of all cells that a strategy is for."""
        population = self._get_population(user_id)
        found = self.env["cartera.matrix.strategy"].search([("id", "=", int(strategy))])
        if not found:
            raise UserError(self.env._("This strategy is not there any more."))
        cells = Domain.OR(
            Domain("segment_ids", "in", cell.row_segment_id.ids)
            & Domain("segment_ids", "in", cell.column_segment_id.ids)
            for cell in found.cell_ids
        )
        return self._open_accounts(f"{found.matrix_id.name}: {found.name}", population & cells)

    # ------------------------------------------------------------------
    # What can be chosen
    # ------------------------------------------------------------------

    @api.model
    def _get_matrix_domain(self) -> Domain:
        """Return the condition of the dimensions to choose from: everybody's and the company's own."""
        return Domain("company_id", "in", [False, self._get_company().id])

    @api.model
    def _get_crossed_dimensions(self):
        return self.env["cartera.dimension"].search_fetch(
            self._get_matrix_domain(), ["name", "company_id", "segment_ids"]
        )

    @api.model
    def _get_matrices(self, dimensions):
        """Return the kept matrices of these dimensions."""
        domain = Domain("row_dimension_id", "in", dimensions.ids)
        domain &= Domain("column_dimension_id", "in", dimensions.ids)
        names = ["name", "row_dimension_id", "column_dimension_id", "measure", "user_id"]
        return self.env["cartera.matrix"].search_fetch(domain, [*names, "description"])

    @api.model
    def _choose_matrix(self, kept, dimensions, axes, matrix):
        """Return the kept matrix to show, if one is, and its two dimensions, empty if there are none."""
        known = dict(zip(dimensions.ids, dimensions, strict=True))
        shown = kept.filtered(lambda one: one.id == matrix)
        if not shown and not (set(axes) <= known.keys() and len(set(axes)) > 1):
            shown, axes = kept[:1], dimensions[:2].ids
        if shown:
            axes = (shown.row_dimension_id.id, shown.column_dimension_id.id)
        if len(axes) < 2:
            return shown, dimensions.browse(), dimensions.browse()
        return shown, known[axes[0]], known[axes[1]]

    @api.model
    def _get_matrix_measures(self) -> list[str]:
        may_see_margin = self.env.user.has_group(MARGIN)
        return [name for name, _label in MEASURES if name != "margin" or may_see_margin]

    # ------------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------------

    @api.model
    def _read_matrix(self, rows, columns, user_id) -> list[dict]:
        """Return the cells with accounts, in one statement under the rules of the accounts."""
        profiles = self._get_profiles()
        query = profiles._search(self._get_population(user_id))
        table = profiles._table
        company = profiles._field_to_sql(table, "company_id", query)
        keys = [
            dimension._join_segment(query, table, f"matrix_{side}", company)
            for side, dimension in (("row", rows), ("column", columns))
        ]
        sums = self._get_matrix_sums()
        amounts = [
            SQL("SUM(%s)", profiles._field_to_sql(table, name, query)) for name in sums.values()
        ]
        query.groupby = SQL(", ").join(keys)
        found = self.env.execute_query(query.select(*keys, SQL("COUNT(*)"), *amounts))
        return [
            {
                "row": row or False,
                "column": column or False,
                "accounts": accounts,
                **dict(zip(sums, values, strict=True)),
            }
            for row, column, accounts, *values in found
        ]

    @api.model
    def _get_matrix_sums(self) -> dict[str, str]:
        """Return {sum of a cell: field of the accounts} as far as the user may see."""
        measures = self._get_matrix_measures()
        return {name: field for name, field in SUMS.items() if name != "margin" or name in measures}

    @api.model
    def _get_segment_domain(self, dimension, segment) -> tuple[Domain, str]:
        """Return the condition of a segment's accounts and its name; see ``open_matrix_cell``.

        Raises UserError if the user does not find them.
        """
        if segment is None:
            return Domain.TRUE, ""
        shown = self._get_crossed_dimensions().filtered(lambda one: one.id == int(dimension))
        if segment is False and shown:
            return (
                Domain("segment_ids", "not in", shown._get_segments().ids),
                self.env._("no segment of %s", shown.name),
            )
        found = shown._get_segments().filtered(lambda one: one.id == segment)
        if not found:
            raise UserError(self.env._("This segment is not there any more."))
        return Domain("segment_ids", "in", found.ids), found.name

    # ------------------------------------------------------------------
    # Preparing
    # ------------------------------------------------------------------

    @api.model
    def _prepare_matrix(self, matrix) -> dict:
        is_manager = self.env.user.has_group(MANAGER)
        return {
            "id": matrix.id,
            "name": matrix.name,
            "row": matrix.row_dimension_id.id,
            "column": matrix.column_dimension_id.id,
            "measure": matrix.measure,
            "may_edit": bool(matrix.user_id) or is_manager,
        }

    @api.model
    def _prepare_axis(self, dimension) -> dict:
        return {
            "id": dimension.id,
            "name": dimension.name,
            "segments": [
                {
                    "id": segment.id,
                    "name": segment.name,
                    "color": segment.color,
                    "description": segment.description,
                }
                for segment in dimension._get_segments()
            ],
        }

    @api.model
    def _read_strategies(self, matrix) -> list[dict]:
        """Return the strategies of a kept matrix, each with its cells."""
        domain = Domain("matrix_id", "in", matrix.ids)
        strategies = self.env["cartera.matrix.strategy"].search_fetch(
            domain, ["name", "description", "color"]
        )
        cells = self.env["cartera.matrix.cell"].search_fetch(
            domain, ["strategy_id", "row_segment_id", "column_segment_id"], order="id"
        )
        return [self._prepare_strategy(one, cells) for one in strategies]

    @api.model
    def _prepare_strategy(self, strategy, cells) -> dict:
        return {
            "id": strategy.id,
            "name": strategy.name,
            "description": strategy.description,
            "color": strategy.color,
            "cells": [
                [cell.row_segment_id.id, cell.column_segment_id.id]
                for cell in cells
                if cell.strategy_id == strategy
            ],
        }
