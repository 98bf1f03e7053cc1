"""An account with something in every block of its sheet, and users who may see parts of it."""

import json

from odoo.service.model import call_kw

from .screen_case import ScreenCase


class SheetCase(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.make_account("Ferretería Gómez", user_id=cls.seller.id, phone="612345678")
        cls.profile = cls.profiles._ensure(cls.partner)

    def call(self, role, method, *args, companies=None, **kwargs):
        """Call the sheet as the web client does; the answer travels as JSON."""
        user = self.users[role] if isinstance(role, str) else role
        self.env.flush_all()
        self.env.invalidate_all()
        companies = companies or (user.company_id | user.company_ids)
        context = {"lang": "en_US", "allowed_company_ids": companies.ids}
        env = self.env(user=user.id, su=False, context=context)
        result = call_kw(env["cartera.screen.sheet"], method, list(args), kwargs)
        return json.loads(json.dumps(result, default=str))

    def sheet(self, role="salesperson", profile=None, **kwargs):
        return self.call(role, "get_sheet", (profile or self.profile).id, **kwargs)

    def blocks(self, role="salesperson", profile=None):
        """Return {code: block} of the sheet of an account."""
        return {block["code"]: block for block in self.sheet(role, profile)["blocks"]}

    def alerts(self, role="salesperson", profile=None):
        """Return {code: alert} of the sheet of an account."""
        return {alert["code"]: alert for alert in self.blocks(role, profile)["alerts"]["alerts"]}

    def listed(self, role, action):
        """Return the names of the records that an action lists for a user."""
        user = self.users[role] if isinstance(role, str) else role
        context = action.get("context") or {}
        context = context if isinstance(context, dict) else {}
        records = self.env[action["res_model"]].with_user(user).with_context(**context)
        return sorted(records.search(action["domain"]).mapped("display_name"))
