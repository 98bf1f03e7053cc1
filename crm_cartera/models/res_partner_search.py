"""How contacts, leads and accounts are found by what somebody types, whatever the way it was stored."""

from odoo import models
from odoo.tools import SQL

from ..analysis.lookup import MARKED, PLAIN

#: Numbers are compared from their end, where the code of the country does not matter.
DIGITS = r"reverse(regexp_replace(%s, '\D', '', 'g'))"
TAX = "reverse(regexp_replace(upper(%s), '[^A-Z0-9]', '', 'g'))"
FOLDED = f"translate(lower(%s), '{MARKED}', '{PLAIN}')"


def sql_of(expression: str, column: str) -> SQL:
    """Return one of the expressions above of a column ``alias.name``, as its index has it."""
    return SQL(expression, SQL.identifier(*column.split(".")))


def _index(expression, column, condition=""):
    return f"(({expression % column}) text_pattern_ops) WHERE {column} IS NOT NULL{condition}"


def _trigrams(expression, column, condition=""):
    """Return the index of words inside names; without the extension there is none."""

    def define(registry):
        if not registry.has_trigram:
            return ""
        return f"USING gin (({expression % column}) gin_trgm_ops){condition}"

    return define


class ResPartner(models.Model):
    _inherit = "res.partner"

    _cartera_phone_idx = models.Index(_index(DIGITS, "phone"))
    _cartera_tax_idx = models.Index(_index(TAX, "vat"))
    _cartera_email_idx = models.Index(
        "(email_normalized text_pattern_ops) WHERE email_normalized IS NOT NULL"
    )
    _cartera_person_idx = models.Index(
        _trigrams(FOLDED, "name", " WHERE parent_id IS NOT NULL AND name IS NOT NULL")
    )


class CrmLead(models.Model):
    _inherit = "crm.lead"

    _cartera_phone_idx = models.Index(_index(DIGITS, "phone", " AND partner_id IS NOT NULL"))


class AccountMove(models.Model):
    _inherit = "account.move"

    # The numbers of its orders, whichever application took them; Odoo has an index on the other numbers.
    _cartera_origin_idx = models.Index(
        _trigrams("%s", "invoice_origin", " WHERE invoice_origin IS NOT NULL")
    )


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    _name_idx = models.Index(_trigrams(FOLDED, "name"))
