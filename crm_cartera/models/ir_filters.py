"""Our favourites in the reader's language: Odoo does not translate the names of favourites."""

from odoo import api, models


class IrFilters(models.Model):
    _inherit = "ir.filters"

    @api.model
    @api.readonly
    def get_filters(
        self, model, action_id=None, embedded_action_id=None, embedded_parent_res_id=None
    ):
        """Return the favourites; ours by translated names, unless somebody has renamed them."""
        rows = super().get_filters(model, action_id, embedded_action_id, embedded_parent_res_id)
        if model != "account.invoice.report":
            return rows
        names = self._cartera_get_names()
        for row in rows:
            row["name"] = names.get((row["id"], row["name"]), row["name"])
        return rows

    @api.model
    def _cartera_get_names(self) -> dict[tuple[int, str], str]:
        """Return {(id, name as shipped): translated name} of the favourites that are ours."""
        shipped = {
            "filter_invoice_product": ("By product and value", self.env._("By product and value")),
            "filter_invoice_customer": ("By customer", self.env._("By customer")),
            "filter_invoice_market": ("By market (industry)", self.env._("By market (industry)")),
            "filter_invoice_zone": ("By zone", self.env._("By zone")),
            "filter_invoice_channel": (
                "By channel and salesperson",
                self.env._("By channel and salesperson"),
            ),
        }
        names = {}
        for code, (name, translated) in shipped.items():
            model, record = self.env["ir.model.data"]._xmlid_to_res_model_res_id(
                f"crm_cartera.{code}"
            )
            if model == self._name:
                names[record, name] = translated
        return names
