"""Accounts, users and documents that the access tests look at, and their expectation table.

Every figure of one account is recognisable: its potential is ten times its only invoice. So what any
path gives away is a set of potentials, and one table says which.
"""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import GROUPS, CarteraCase

MINE, COLLEAGUE, FREE = 1000, 7000, 300
#: The other company: an account of its own, and its own figures of the colleague's account.
OTHER, SHARED = 90000, 20000
#: {role: potentials it may learn, on any path}; who is not named may learn none.
SEEN = {
    "salesperson": {MINE, FREE},
    "all_accounts": {MINE, COLLEAGUE, FREE},
    "manager": {MINE, COLLEAGUE, FREE},
    "other": {OTHER, SHARED},
}
DENIED = ("portal", "internal")
REFUSED, NOTHING = "AccessError", "nothing"


class AccessCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "all_accounts", "manager", "internal")
        cls.colleague = new_test_user(
            cls.env, login="cartera_colleague", groups=GROUPS["salesperson"]
        )
        cls.other_company = cls.make_company("Otra sociedad")
        cls.users["other"] = new_test_user(
            cls.env,
            login="cartera_other",
            groups=GROUPS["manager"],
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        seller = cls.users["salesperson"]
        cls.mine = cls.make_known("Mía", MINE, user_id=seller.id)
        cls.theirs = cls.make_known("Ajena", COLLEAGUE, user_id=cls.colleague.id)
        cls.free = cls.make_known("Plaza", FREE)
        cls.other = cls.make_known("Lejana", OTHER, cls.other_company)
        cls.make_known(cls.theirs, SHARED, cls.other_company)
        cls.accounts = cls.mine | cls.theirs | cls.free | cls.other
        cls.known = cls.profiles.search([("partner_id", "in", cls.accounts.ids)])
        cls.contacts = cls.make_portal_users()
        cls.users["portal"] = cls.contacts[0]
        cls.leads = cls.make_leads()
        # So that nothing but our own rules stands between anybody and an export.
        exporters = cls.env.ref("base.group_allow_export")
        for user in cls.users.values():
            user.group_ids |= exporters
        cls.drain()

    @classmethod
    def make_company(cls, name, **vals):
        """Create a company that can invoice."""
        company = cls.env["res.company"].create({"name": name, **vals})
        if not company.parent_id:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company, install_demo=False
            )
        cls.env.user.company_ids |= company
        return company

    @classmethod
    def make_known(cls, name, potential, company=None, **vals):
        """Create an account with a potential and an invoice of a tenth of it."""
        company = company or cls.company
        partner = cls.make_account(name, **vals) if isinstance(name, str) else name
        cls.make_invoice(partner, "2024-03-01", potential / 10, company=company)
        profile = cls.profile_of(partner, company)
        profile.write({"potential": potential, "note": f"Nota {potential}"})
        return partner

    @classmethod
    def make_portal_users(cls):
        """Give each account a portal user: anybody inside may read those users."""
        users = cls.env["res.users"]
        for account in (cls.mine, cls.theirs, cls.free, cls.other):
            person = cls.env["res.partner"].create(
                {"name": f"Portal {account.name}", "parent_id": account.id}
            )
            users |= new_test_user(
                cls.env,
                login=f"portal {account.name}",
                groups=GROUPS["portal"],
                partner_id=person.id,
                company_ids=[Command.set((cls.company | cls.other_company).ids)],
            )
        return users

    @classmethod
    def make_leads(cls):
        """Give the salesperson leads with every account of his company, the colleague's too."""
        leads = cls.env["crm.lead"]
        for company, role, accounts in (
            (cls.company, "salesperson", (cls.mine, cls.theirs, cls.free)),
            (cls.other_company, "other", (cls.other, cls.theirs)),
        ):
            for account in accounts:
                vals = {"user_id": cls.users[role].id, "company_id": company.id, "team_id": False}
                leads |= cls.make_lead(account, **vals)
        return leads

    # -- calling as somebody ------------------------------------------------

    def env_of(self, role):
        """Return the environment of a request by a role: own rights, own company, nothing cached."""
        user = role if not isinstance(role, str) else self.users[role]
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env(
            user=user.id,
            su=False,
            context={"lang": "en_US", "allowed_company_ids": user.company_ids.ids},
        )

    def rpc(self, role, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        env = self.env_of(role)
        with self.env.cr.savepoint():
            return call_kw(env[model], method, list(args), kwargs)

    def outcome(self, path, role):
        """Return what a path gives away: a set of figures, NOTHING or REFUSED."""
        try:
            with (
                self.env.cr.savepoint(),
                mute_logger("odoo.models", "odoo.addons.base.models.ir_rule"),
            ):
                found = path(self.env_of(role))
                self.env.flush_all()
        except AccessError:
            return REFUSED
        return {int(figure) for figure in found if figure} or NOTHING

    # -- tables ---------------------------------------------------------------

    def check(self, paths, table=None):
        """Check {path: (call that returns figures, outcome for portal, for internal)}.

        One outcome stands for both. A path named "sum" adds up what the user may see.
        """
        for name, (path, *denied) in paths.items():
            for role, outcome in zip(DENIED, denied * (3 - len(denied)), strict=True):
                with self.subTest(path=name, role=role):
                    self.assertEqual(self.outcome(path, role), outcome)
            for role, seen in (table or SEEN).items():
                with self.subTest(path=name, role=role):
                    expected = {sum(seen)} if name.startswith("sum") else seen
                    self.assertEqual(self.outcome(path, role), expected)

    def each(self, records, call):
        """Return what ``call`` gives of each record that does not refuse; raise if all do."""
        found, refusals = [], []
        for record in records:
            try:
                with record.env.cr.savepoint():
                    found.append(call(record))
            except AccessError as error:
                refusals.append(error)
        if refusals and not found:
            raise refusals[0]
        return found

    def figures(self, records):
        """Return the potentials of profiles, whatever the user may read of them."""
        return records.sudo().mapped("potential")
