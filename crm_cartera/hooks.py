"""Install and uninstall: what the registry itself does not do for us."""

from odoo.tools import SQL

from .models.cartera_engine import UNSORTED

#: How our models and our fields on other models are called, as patterns of LIKE.
OUR_NAMES = (r"%cartera.%", r"%cartera\_%")


def post_init_hook(env):
    """Fill the portfolio from the documents that are already there, so no screen opens empty."""
    companies = env["res.company"].search([("parent_id", "=", False)])
    for company in companies:
        env["cartera.policy"]._for(company)
        env["cartera.profile"].with_context(**{UNSORTED: True}).refresh(company)
    env["cartera.dimension"]._add_shipped_segments()
    env["cartera.dimension"]._sort_installed(companies)
    # Costing millions of lines takes longer than an installation may.
    env.ref("crm_cartera.cron_line_cost")._trigger()


def uninstall_hook(env):
    """Remove what names our fields outside our own models.

    A saved filter, export or view that names a field that is gone raises an error when it is opened.
    A person's own view is archived only: it may say more than our part.
    """
    env.flush_all()
    for statement in (
        SQL("DELETE FROM ir_filters WHERE %s", _names_us("model_id", "domain", "context", "sort")),
        SQL("DELETE FROM ir_exports WHERE %s", _names_us("resource")),
        SQL(
            "DELETE FROM ir_exports WHERE id IN (SELECT export_id FROM ir_exports_line"
            " GROUP BY export_id HAVING bool_and(%s))",
            _names_us("name"),
        ),
        SQL("DELETE FROM ir_exports_line WHERE %s", _names_us("name")),
        SQL(
            """UPDATE ir_ui_view v SET active = FALSE
                WHERE %s AND NOT EXISTS (SELECT FROM ir_model_data d
                                          WHERE d.model = 'ir.ui.view' AND d.res_id = v.id)""",
            _names_us("arch_db"),
        ),
        # Odoo drops the table between a model of its own and another, and a column of ours of another
        # model, and forgets these.
        SQL(
            r"DELETE FROM ir_model_constraint"
            r" WHERE name LIKE 'cartera\_%%\_rel\_%%' OR name LIKE '%%\_cartera\_%%\_fkey'"
        ),
    ):
        env.cr.execute(statement)
    env.invalidate_all()


def _names_us(*columns) -> SQL:
    """Return the condition that one of the columns holds a name of ours."""
    return SQL(" OR ").join(
        SQL("%s::text LIKE %s", SQL.identifier(column), pattern)
        for column in columns
        for pattern in OUR_NAMES
    )
