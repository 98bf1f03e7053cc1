"""Costs and margins are seen by the group that is for it, on every path."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import GROUPS
from .cost_case import CostCase

MARGINS = (
    "cartera_margin",
    "cartera_margin_rate",
    "cartera_margin_covered_rate",
    "cartera_margin_frozen_rate",
)
MARGIN_GROUP = "crm_cartera.group_margin"


class TestMarginAccess(CostCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "all_accounts", "manager", "internal")
        cls.users["accountant"] = cls.make_user("accountant", "account.group_account_manager")
        cls.users["trusted"] = cls.make_user(
            "trusted", "account.group_account_invoice", MARGIN_GROUP
        )
        cls.users["portal"] = new_test_user(
            cls.env,
            login="cartera_portal",
            groups=GROUPS["portal"],
            partner_id=cls.account.id,
        )
        readers = cls.env.ref("account.group_account_readonly")
        exporters = cls.env.ref("base.group_allow_export")
        for role, user in cls.users.items():
            if role != "portal":
                # So that nothing but our own group stands between anybody and the figure.
                user.group_ids |= readers | exporters
        cls.move = cls.sell(partner_id=cls.account.id)
        cls.move.message_subscribe(cls.account.ids)

    @classmethod
    def make_user(cls, login, *groups):
        return new_test_user(cls.env, login=f"cartera_{login}", groups=",".join(groups))

    def as_user(self, role, model="account.move"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env(user=self.users[role].id, su=False)[model]

    def paths(self, name):
        """Return {path: call(moves)} of everything that could give a field away."""
        ids = [("id", "=", self.move.id)]
        return {
            "field": lambda moves: moves.browse(self.move.id)[name],
            "read": lambda moves: moves.browse(self.move.id).read([name]),
            "search_read": lambda moves: moves.search_read(ids, [name]),
            "web_read": lambda moves: moves.browse(self.move.id).web_read({name: {}}),
            "export": lambda moves: moves.browse(self.move.id).export_data([name]),
            "search": lambda moves: moves.search([*ids, (name, ">", 1)]),
            "order": lambda moves: moves.search(ids, order=name),
            "group": lambda moves: moves._read_group(ids, [name]),
            "sum": lambda moves: moves._read_group(ids, [], [f"{name}:sum"]),
        }

    def outcome(self, role, call):
        """Return what a call gives somebody, or the kind of error."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.orm.fields", "odoo.domains"):
                return call(self.as_user(role))
        except (UserError, ValueError) as error:
            return type(error)

    def test_without_the_group(self):
        """Refused, or refused as a field that is not stored: never a figure."""
        for role in ("salesperson", "all_accounts", "internal", "accountant", "portal"):
            for name in MARGINS:
                for path, call in self.paths(name).items():
                    with self.subTest(role=role, name=name, path=path):
                        self.assertIn(
                            self.outcome(role, call), (AccessError, UserError, ValueError)
                        )

    def test_without_the_group_there_is_no_field(self):
        for role in ("salesperson", "accountant", "portal"):
            fields = self.as_user(role).fields_get()
            self.assertFalse(fields.keys() & set(MARGINS))

    def test_with_the_group(self):
        for role in ("manager", "trusted"):
            with self.subTest(role=role):
                move = self.as_user(role).browse(self.move.id)
                self.assertEqual(move.read(["cartera_margin"])[0]["cartera_margin"], 40)
                self.assertEqual(move.export_data(list(MARGINS))["datas"], [[40.0, 0.4, 1.0, 1.0]])

    def test_screens(self):
        """The views hold the figures for those who may see them, and only for them."""
        views = (("form", "account.view_move_form"), ("list", "account.view_out_invoice_tree"))
        for kind, view in views:
            for role, expected in (("manager", set(MARGINS)), ("accountant", set())):
                view_id = self.env.ref(view).id
                arch = self.as_user(role).get_view(view_id, kind)["arch"]
                names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
                self.assertEqual(names & set(MARGINS), expected, (kind, role))

    def test_a_user_without_the_group_freezes_costs(self):
        """Whoever posts need not see what it costs."""
        move = self.sell(post=False)
        self.as_user("accountant").browse(move.id).action_post()
        self.assertEqual(self.costs(move), [(60, False)])

    def test_an_accountant_resets_to_draft(self):
        self.env.cr.execute("DELETE FROM cartera_line_cost")
        self.as_user("accountant").browse(self.move.id).button_draft()
        self.assertEqual(self.costs(self.move), [(60, True)])

    def test_nobody_reads_or_writes_costs(self):
        """Not even with the group: margins are read through documents and accounts."""
        for role in self.users:
            costs = self.as_user(role, "cartera.line.cost")
            row = self.env["cartera.line.cost"].search([], limit=1).with_env(costs.env)
            calls = (
                lambda costs=costs: costs.search([]),
                lambda costs=costs: costs.create({"line_id": self.move.line_ids[0].id, "cost": 1}),
                lambda row=row: row.write({"cost": 1}),
                lambda row=row: row.unlink(),
                lambda row=row: row.read(["cost"]),
            )
            for number, call in enumerate(calls):
                with self.subTest(role=role, call=number), self.assertRaises(AccessError):
                    call()

    def test_nobody_writes_a_margin(self):
        move = self.as_user("trusted").browse(self.move.id)
        move.write({"cartera_margin": 1000})
        move.invalidate_recordset()
        self.assertEqual(move.cartera_margin, 40)

    def test_who_has_the_group(self):
        for role, expected in (("manager", True), ("all_accounts", False), ("salesperson", False)):
            self.assertEqual(self.users[role].has_group(MARGIN_GROUP), expected, role)

    def test_other_company(self):
        """A margin is read with its document, so the company's rule holds for it."""
        other = self.env["res.company"].create({"name": "Otra"})
        stranger = self.make_user("stranger", GROUPS["manager"], "account.group_account_readonly")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.users["stranger"] = stranger
        with self.assertRaises(AccessError):
            self.as_user("stranger").browse(self.move.id).read(["cartera_margin"])
