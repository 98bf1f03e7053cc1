"""Stages, policy, queue and settings: who sets the portfolio up, and who only reads it."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .access_case import AccessCase

NO, YES = False, True
SALES, MARGIN = "sales_team.group_sale_salesman", "crm_cartera.group_margin"
#: {role: may it (read, write, create, unlink)} of each model, as its access list and rules say.
RIGHTS = {
    "cartera.stage": {
        "portal": (NO, NO, NO, NO),
        "internal": (NO, NO, NO, NO),
        "salesperson": (YES, NO, NO, NO),
        "all_accounts": (YES, NO, NO, NO),
        "manager": (YES, YES, YES, YES),
        "other": (YES, YES, YES, YES),
    },
    "cartera.policy": {
        "portal": (NO, NO, NO, NO),
        "internal": (NO, NO, NO, NO),
        "salesperson": (NO, NO, NO, NO),
        "all_accounts": (NO, NO, NO, NO),
        "manager": (YES, YES, NO, NO),
        "other": (NO, NO, NO, NO),
        "admin": (YES, YES, NO, NO),
    },
    "cartera.touch": {
        "portal": (NO, NO, NO, NO),
        "internal": (NO, NO, NO, NO),
        "salesperson": (NO, NO, NO, NO),
        "all_accounts": (NO, NO, NO, NO),
        "manager": (YES, NO, NO, NO),
        "other": (NO, NO, NO, NO),
    },
    "cartera.profile": {
        "portal": (NO, NO, NO, NO),
        "internal": (NO, NO, NO, NO),
        "salesperson": (YES, YES, YES, NO),
        "all_accounts": (YES, YES, YES, NO),
        "manager": (YES, YES, YES, NO),
        "other": (NO, NO, NO, NO),
    },
    "cartera.transition": {
        "portal": (NO, NO, NO, NO),
        "internal": (NO, NO, NO, NO),
        "salesperson": (YES, NO, NO, NO),
        "manager": (YES, NO, NO, NO),
        "other": (NO, NO, NO, NO),
    },
    "cartera.document": {
        "portal": (NO, NO, NO, NO),
        "internal": (NO, NO, NO, NO),
        "salesperson": (YES, NO, NO, NO),
        "manager": (YES, NO, NO, NO),
        "other": (NO, NO, NO, NO),
    },
}


class TestSettings(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["admin"] = new_test_user(
            cls.env, login="cartera_admin", groups="base.group_system"
        )
        cls.env["cartera.touch"]._touch([(cls.mine.id, cls.company.id)])
        profile = cls.profiles.search([("partner_id", "=", cls.mine.id)])
        cls.records = {
            "cartera.stage": cls.env.ref("crm_cartera.cartera_stage_sale"),
            "cartera.policy": cls.env["cartera.policy"]._for(cls.company),
            "cartera.touch": cls.env["cartera.touch"].search([("parked", "=", False)]),
            "cartera.profile": profile,
            "cartera.transition": profile.transition_ids,
            "cartera.document": cls.env["cartera.document"].search(
                [("profile_id", "=", profile.id)]
            ),
        }

    def test_rights(self):
        for model, by_role in RIGHTS.items():
            record = self.records[model]
            self.assertTrue(record, model)
            for role, rights in by_role.items():
                found = record.with_env(self.env_of(role))
                operations = ("read", "write", "create", "unlink")
                with (
                    self.subTest(model=model, role=role),
                    mute_logger("odoo.addons.base.models.ir_rule"),
                ):
                    self.assertEqual(tuple(map(found.has_access, operations)), rights)

    def test_policy_stays_with_its_company(self):
        """Nobody hands a policy to another company, or a branch."""
        policy = self.records["cartera.policy"]
        other = self.env["cartera.policy"]._for(self.other_company)
        with self.assertRaises(AccessError):
            self.rpc("manager", "cartera.policy", "write", other.ids, {"tz": "UTC"})
        self.rpc("manager", "cartera.policy", "write", policy.ids, {"tz": "America/Lima"})
        self.assertEqual(policy.tz, "America/Lima")

    def test_queue_names_no_contact_one_may_not_read(self):
        """A row for all companies may be of a contact that is another company's."""
        hidden = self.make_account("Cliente secreto", company_id=self.other_company.id)
        hidden.name = "Cliente muy secreto"
        env = self.env_of("manager")
        rows = env["cartera.touch"].search([("partner_id", "=", hidden.id)])
        self.assertTrue(rows)
        self.assertEqual(set(rows.mapped("account_name")), {str(hidden.id)})

    def test_errors_are_worded(self):
        """Odoo words an access error from the record's company: ours have one, or none."""
        debug = self.users["other"]
        debug.group_ids |= self.env.ref("base.group_no_one")
        for model in ("cartera.touch", "cartera.profile", "cartera.transition", "cartera.document"):
            record = self.records[model]
            with self.subTest(model=model), self.assertRaisesRegex(AccessError, model):
                record.with_env(self.env_of("other")).check_access("read")

    def test_screens_open_for_their_roles(self):
        """Every screen of ours, its filters and group-bys, for each role that has the menu."""
        for role in ("salesperson", "all_accounts", "manager"):
            env = self.env_of(role)
            for model, kinds in (
                ("cartera.profile", ("kanban", "list", "form", "calendar", "graph", "pivot")),
                ("cartera.transition", ("list", "graph", "pivot")),
                ("cartera.document", ("list",)),
                ("cartera.stage", ("list", "form")),
            ):
                for kind in (*kinds, "search"):
                    with self.subTest(role=role, model=model, kind=kind):
                        self.assertTrue(env[model].get_view(view_type=kind)["arch"])
        for role, shown in (("salesperson", True), ("manager", True), ("internal", False)):
            menus = self.env_of(role)["ir.ui.menu"].load_menus(False)
            ours = [
                menu["xmlid"]
                for menu in menus.values()
                if menu.get("xmlid", "").startswith("crm_cartera.")
            ]
            with self.subTest(role=role, what="menus"):
                self.assertEqual(bool(ours), shown)

    def test_every_field_on_a_model_of_odoo_has_its_group(self):
        """Portal users read contacts, invoices and leads of their own: none of ours among them."""
        checked = 0
        for name in self.registry:
            # The settings are the administrator's whole, and nobody else may read them.
            if name.startswith("cartera.") or name == "res.config.settings":
                continue
            for field in self.env[name]._fields.values():
                if field.name.startswith("cartera_"):
                    checked += 1
                    with self.subTest(model=name, field=field.name):
                        margin = "margin" in field.name
                        self.assertEqual(field.groups, MARGIN if margin else SALES)
        self.assertGreater(checked, 40)
