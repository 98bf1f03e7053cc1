"""Accounts with figures of known size, and users who see different parts of them."""

import json
from datetime import date

from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import freeze_time, new_test_user
from odoo.tools import SQL

from .common import GROUPS, CarteraCase

TODAY = date(2026, 3, 15)


class ScreenCase(CarteraCase):
    """It is 15 March 2026. Figures are written into the profiles as a run would."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{TODAY} 12:00:00"))
        cls.env["cartera.policy"]._for(cls.company).tz = "UTC"
        cls.env.cr.execute("UPDATE cartera_profile SET excluded = TRUE")
        cls.env.invalidate_all()
        roles = ("salesperson", "all_accounts", "manager", "internal", "portal")
        cls.users = cls.make_users(*roles)
        cls.colleague = new_test_user(
            cls.env, login="cartera_colleague", groups=GROUPS["salesperson"], name="Colleague"
        )
        cls.seller = cls.users["salesperson"]

    @classmethod
    def make_known(cls, name, user=None, company=None, **figures):
        """Create an account whose profile holds these figures."""
        profile = cls.profiles.create(
            {
                "name": name,
                "user_id": user.id if user else False,
                "company_id": (company or cls.company).id,
            }
        )
        return cls.set_figures(profile, **figures)

    @classmethod
    def set_figures(cls, profile, **figures):
        """Write columns of a profile without a judgement."""
        cls.env.flush_all()
        for column, value in figures.items():
            cls.env.cr.execute(
                SQL(
                    "UPDATE cartera_profile SET %s = %s WHERE id = %s",
                    SQL.identifier(column),
                    value,
                    profile.id,
                )
            )
        cls.env.invalidate_all()
        return profile

    @classmethod
    def make_company(cls, name, **vals):
        company = cls.env["res.company"].create({"name": name, **vals})
        cls.env.user.company_ids |= company
        return company

    @classmethod
    def make_manager_of(cls, *companies, login="cartera_there"):
        """Return a manager whose first company is the present one."""
        return new_test_user(
            cls.env,
            login=login,
            groups=GROUPS["manager"],
            company_id=companies[0].id,
            company_ids=[Command.set([company.id for company in companies])],
        )

    def rpc(self, role, method, *args, **kwargs):
        """Call a screen as the web client does; the answer travels as JSON."""
        user = self.users[role] if isinstance(role, str) else role
        self.env.flush_all()
        self.env.invalidate_all()
        companies = (user.company_id | user.company_ids).ids
        context = {"lang": "en_US", "allowed_company_ids": companies}
        env = self.env(user=user.id, su=False, context=context)
        result = call_kw(env["cartera.screen"], method, list(args), kwargs)
        return json.loads(json.dumps(result))

    def opened(self, role, action):
        """Return the names of the accounts that an action lists for a user, by name."""
        user = self.users[role] if isinstance(role, str) else role
        profiles = self.env["cartera.profile"].with_user(user).with_context(action["context"])
        self.assertEqual(action["res_model"], profiles._name)
        return profiles.search(action["domain"], order="name").mapped("name")

    def opens(self, role, method, *args, **kwargs):
        """Call a method that opens accounts and return their names."""
        return self.opened(role, self.rpc(role, method, *args, **kwargs))
