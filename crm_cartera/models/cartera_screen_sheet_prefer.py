"""The customer sheet: what the account prefers, as Odoo's properties of its contact say."""

from odoo import api, fields, models
from odoo.tools import format_amount, format_date, format_datetime, formatLang


class CarteraScreenSheet(models.AbstractModel):
    _inherit = "cartera.screen.sheet"

    @api.model
    def _get_sheet_block_preferences(self, profile) -> dict | None:
        """Return what it prefers: ``lines`` [{name, label, value}] in words, and ``note``.

        First what it is interested in, then the properties of its contact that are filled in: their
        definition is edited on the contact. None if the user may not read the contact.
        """
        partner = profile.partner_id
        if not partner.has_access("read"):
            return None
        lines = []
        if interests := profile.interest_categ_ids:
            names = ", ".join(interests.mapped("name"))
            lines.append(
                {"name": "interests", "label": self.env._("Interested in"), "value": names}
            )
        (values,) = partner.read(["properties"])
        for each in values["properties"] or []:
            text = self._word_property(each, profile.currency_id)
            if text and each.get("string"):
                lines.append({"name": each["name"], "label": each["string"], "value": text})
        return {"lines": lines, "note": profile.note or False}

    @api.model
    def _word_property(self, each, currency) -> str:
        """Return the value of a property, as Odoo reads it, in words; blank without one."""
        kind, value = each.get("type"), each.get("value")
        if kind == "boolean":
            return self.env._("Yes") if value else ""
        if kind in ("integer", "float") and value is not False and value is not None:
            return formatLang(self.env, value, digits=0 if kind == "integer" else 2)
        writers = {
            "date": lambda: format_date(self.env, value),
            "datetime": lambda: format_datetime(self.env, fields.Datetime.to_datetime(value)),
            "monetary": lambda: format_amount(self.env, value, currency),
            "selection": lambda: dict(each.get("selection") or []).get(value, ""),
            "tags": lambda: ", ".join(tag[1] for tag in each.get("tags") or [] if tag[0] in value),
            "many2one": lambda: value[1] or "",
            "many2many": lambda: ", ".join(name for _id, name in value if name),
            "char": lambda: value,
            "text": lambda: value,
        }
        return writers[kind]() if value and kind in writers else ""
