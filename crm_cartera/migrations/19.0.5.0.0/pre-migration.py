"""19.0.5.0.0 also hides figures of segments by margin: the record rules that do so come with each version from now on."""

from odoo.tools import SQL

RULES = tuple(
    f"cartera_indicator{part}_rule_margin" for part in ("", "_target", "_value", "_freeze")
)


def migrate(cr, version):
    """Let the update write these rules."""
    cr.execute(
        SQL(
            "UPDATE ir_model_data SET noupdate = FALSE WHERE module = 'crm_cartera' AND name IN %s",
            RULES,
        )
    )
