"""The customer sheet: what is behind its lists, and the timeline of its account."""

from odoo import api, models

#: Kinds of entries that would hide the others: one of each dimension on the day it was made.
ASIDE = ("segment",)


class CarteraScreenSheet(models.AbstractModel):
    _inherit = "cartera.screen.sheet"

    @api.model
    @api.readonly
    def open_sheet(self, profile_id, what, record_id=None, stopped=False) -> dict:
        """Open what is behind a list of the sheet, as far as the user may.

        ``what``: "categories" or "products" (of ``record_id``; ``stopped``: in the period before),
        "attended" (by the user ``record_id``), "owed", "opportunities" or "contacts".

        Raises AccessError for an account that is not the user's to read, as :meth:`get_sheet` does.
        """
        profile = self._get_profile(profile_id)
        screen = profile.env["cartera.screen.sheet"]
        record_id = int(record_id) if record_id else None
        openers = {
            "categories": lambda: screen._open_bought(profile, what, record_id, stopped),
            "products": lambda: screen._open_bought(profile, what, record_id, stopped),
            "attended": lambda: screen._open_attended(profile, record_id),
            "owed": profile._open_receivable,
            "opportunities": lambda: screen._open_open_leads(profile),
            "contacts": lambda: screen._open_people(profile),
        }
        if what not in openers:
            raise ValueError(f"There is no {what!r} on the sheet")
        return openers[what]()

    @api.model
    def _open_open_leads(self, profile) -> dict:
        self.env["crm.lead"].check_access("read")
        action = profile.action_open_opportunities()
        action["domain"] = [("id", "in", self._get_open_lead_ids(profile))]
        return action

    @api.model
    def _get_sheet_block_timeline(self, profile) -> dict | None:
        """Return the ``kinds`` to choose from [{code, label, icon, main}].

        ``main``: shown unless somebody asks for others. The page reads the entries by itself, so that a
        slow timeline holds nothing else up.
        """
        kinds = self.env["cartera.timeline"].get_kinds()
        return {"kinds": [{**kind, "main": kind["code"] not in ASIDE} for kind in kinds]}
