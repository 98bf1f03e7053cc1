"""Install and uninstall: what the registry itself does not do for us."""

from odoo.tools import SQL

OUR_NAMES = ("cartera.", "cartera_")


def post_init_hook(env):
    """Fill the portfolio from the documents that are already there, so no screen opens empty."""
    companies = env["res.company"].search([("parent_id", "=", False)])
    for company in companies:
        env["cartera.policy"]._for(company)
        env["cartera.profile"].refresh(company)


def uninstall_hook(env):
    """Remove what names our fields outside our own models.

    A saved filter or export that names a field that is gone raises an error when it is opened.
    """
    for model, columns in (
        ("ir.filters", ("model_id", "domain", "context", "sort")),
        ("ir.exports.line", ("name",)),
    ):
        table = SQL.identifier(env[model]._table)
        names = SQL(
            " OR ",
        ).join(
            SQL("%s LIKE %s", SQL.identifier(column), f"%{name.replace('_', chr(92) + '_')}%")
            for column in columns
            for name in OUR_NAMES
        )
        env.cr.execute(SQL("DELETE FROM %s WHERE %s", table, names))
    env["ir.filters"].invalidate_model()
