"""The customer sheet: one page with all that is known of an account.

It is made of blocks. What the user has no right to see is no block of his: it is absent from the answer,
not empty. A bridge adds one in two steps (an example stands in tests/test_sheet.py)::

    def _get_sheet_codes(self):
        return {**super()._get_sheet_codes(), "stock": 75}

    def _get_sheet_block_stock(self, profile):
        return {"title": self.env._("Stock"), "lines": [{"label": "Pallets", "value": "3"}]}

A block with ``lines`` is shown by the page as it is; any other needs a component in the JavaScript
registry ``crm_cartera.sheet_blocks``, under its code.
"""

from odoo import api, models
from odoo.exceptions import AccessError

#: {code: place on the page} of the blocks that every sheet has.
CODES = {
    "header": 10,
    "alerts": 20,
    "figures": 30,
    "answered": 40,
    "bought": 50,
    "timeline": 60,
    "contacts": 70,
    "owed": 80,
    "opportunities": 90,
    "attended": 100,
    "preferences": 110,
}


class CarteraScreenSheet(models.AbstractModel):
    _name = "cartera.screen.sheet"
    _description = "Customer sheet"

    @api.model
    @api.readonly
    def get_sheet(self, profile_id=None) -> dict:
        """Return the sheet of an account, read with the user's own rights.

        Keys: ``id``, ``name``, ``partner_id``, ``currency_id`` (of every amount), ``company`` (its name
        if the user works in several, else False), ``actions`` (names of the buttons that the user may
        press) and ``blocks`` (:meth:`_get_sheet_blocks`). Without an id: ``{"id": False}``.

        The number of queries does not depend on the size of the account. Raises the same AccessError for
        an account that does not exist, is left out of the portfolio or is not the user's to read.
        """
        self.env["cartera.profile"].check_access("read")
        if not profile_id:
            return {"id": False}
        profile = self._get_profile(profile_id)
        screen = profile.env["cartera.screen.sheet"]
        several = len(self.env.companies.root_id) > 1
        return {
            "id": profile.id,
            "name": profile.name,
            "partner_id": profile.partner_id.id,
            "currency_id": profile.currency_id.id,
            "company": profile.company_id.sudo().name if several else False,
            "actions": screen._get_sheet_actions(profile),
            "blocks": screen._get_sheet_blocks(profile),
        }

    @api.model
    def _get_profile(self, profile_id):
        """Return an account that the user may read, in the company that it belongs to."""
        self.env["cartera.profile"].check_access("read")
        known = isinstance(profile_id, int) and 0 < profile_id < 2**31
        profile = self.env["cartera.screen"]._get_profiles().browse(profile_id if known else ())
        profile = profile.exists()
        if not profile or not profile.has_access("read") or profile.excluded:
            raise AccessError(
                self.env._(
                    "There is no such account, or it is not one of yours. Ask a sales manager if you "
                    "need it."
                )
            )
        # Labels, days and rights on documents are those of the account's company; of the user's
        # companies it may be the root or only a branch.
        company = self.env.companies.filtered(
            lambda company: company.sudo().root_id == profile.company_id
        )
        return profile.with_company(company[:1]) if company else profile

    # ------------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------------

    @api.model
    def _get_sheet_codes(self) -> dict[str, int]:
        """Return {code: sequence} of the blocks; ``_get_sheet_block_CODE(profile)`` makes each.

        Other addons add their own.
        """
        return dict(CODES)

    @api.model
    def _get_sheet_blocks(self, profile) -> list[dict]:
        """Return the blocks of an account in their order: {code, sequence, …what its maker returns}.

        A maker returns None for a block that the user may not see: it is left out.
        """
        blocks = []
        codes = self._get_sheet_codes()
        for code in sorted(codes, key=lambda code: (codes[code], code)):
            made = getattr(self, f"_get_sheet_block_{code}")(profile)
            if made is not None:
                blocks.append({"code": code, "sequence": codes[code], **made})
        return blocks

    @api.model
    def _get_sheet_actions(self, profile) -> list[str]:
        """Return the names of the methods of the account that the page has buttons for."""
        actions = ["action_schedule"]
        if profile.has_access("write"):
            actions.insert(0, "action_capture")
        if self.env["crm.lead"].has_access("create"):
            actions.append("action_new_opportunity")
        if profile.partner_id.has_access("read"):
            actions.append("action_open_partner")
        return actions
