"""What the web client, or anybody with a password, may call."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import freeze_time

from .access_case import AccessCase
from .public_methods import PUBLIC

ROLES = ("portal", "internal", "salesperson", "all_accounts", "manager", "other")
OK = "done"


class TestMethods(AccessCase):
    def call(self, role, model, method, *args):
        """Return OK or the kind of refusal; undo what it did."""
        try:
            with self.env.cr.savepoint() as savepoint:
                self.rpc(role, model, method, *args)
                self.env.flush_all()
                savepoint.rollback()
        except AccessError:
            return "AccessError"
        except UserError:
            return "UserError"
        finally:
            self.env.invalidate_all()
        return OK

    def own_methods(self, model):
        """Return the public methods that our code defines on a model."""
        found = set()
        for cls in type(self.env[model]).mro():
            if cls.__module__.startswith("odoo.addons.crm_cartera"):
                found |= {
                    name
                    for name, value in vars(cls).items()
                    if inspect.isfunction(value) and not name.startswith("_")
                }
        return {name for name in found if self.is_public(model, name)}

    def is_public(self, model, name):
        try:
            get_public_method(self.env[model], name)
        except AccessError:
            return False
        return True

    def test_every_public_method_is_known(self):
        ours = {
            model
            for model, cls in self.registry.items()
            if any(c.__module__.startswith("odoo.addons.crm_cartera") for c in cls.mro())
        }
        for model in sorted(ours | PUBLIC.keys()):
            allowed = PUBLIC.get(model, {"create", "write", "unlink"})
            with self.subTest(model=model):
                self.assertEqual(self.own_methods(model) - allowed, set())

    def test_engine_is_private(self):
        for model, method in (
            ("cartera.profile", "refresh"),
            ("cartera.profile", "_refresh_now"),
            ("cartera.profile", "_ensure"),
            ("cartera.profile", "_set_lifecycle"),
            ("cartera.profile", "_write_unjudged"),
            ("cartera.profile", "init"),
            ("cartera.engine", "_run"),
            ("cartera.touch", "_drain"),
            ("cartera.touch", "_touch"),
            ("cartera.policy", "_for"),
            ("cartera.document", "_action_open"),
        ):
            for role in ROLES:
                with self.subTest(method=f"{model}.{method}", role=role):
                    self.assertEqual(self.call(role, model, method, []), "AccessError")

    def table(self, record, expected, *args):
        """Check {method: outcome by role, in the order of ROLES} on one record."""
        for method, outcomes in expected.items():
            for role, outcome in zip(ROLES, outcomes, strict=True):
                with self.subTest(method=method, role=role):
                    self.assertEqual(
                        self.call(role, record._name, method, record.ids, *args), outcome
                    )

    def test_account_of_a_colleague(self):
        no = "AccessError"
        profile = self.profile_of(self.theirs)
        acting = [no, no, no, OK, OK, no]
        managing = [no, no, no, no, OK, no]
        self.table(
            profile,
            {
                "action_lock": managing,
                "action_unlock": managing,
                "action_exclude": managing,
                "action_include": managing,
                "action_schedule": acting,
                "action_new_opportunity": acting,
                "action_open_partner": acting,
                "action_open_opportunities": acting,
            },
        )
        known = [no, no, no, "UserError", "UserError", no]
        self.table(profile, {"set_lifecycle": known}, "lead", "Lo digo yo")
        self.table(profile, {"set_lifecycle": known}, "prospect", "Lo digo yo")
        excluded = self.profile_of(self.theirs)
        excluded.action_exclude()
        self.table(excluded, {"action_include": managing})

    def test_own_account(self):
        """A salesperson may say "lead"; client and back are the manager's."""
        no = "AccessError"
        profile = self.profiles.create({"name": "Nueva"})
        for lifecycle, outcomes in {
            "lead": [no, no, OK, OK, OK, no],
            "client": [no, no, "UserError", "UserError", OK, no],
            "prospect": [no, no, "UserError", "UserError", OK, no],
            "amigo": [no, no, *["UserError"] * 3, no],
        }.items():
            self.table(profile, {"set_lifecycle": outcomes}, lifecycle, "Lo digo yo")

    def test_whole_portfolio(self):
        no = "AccessError"
        for role, outcome in zip(ROLES, [no, no, no, no, OK, OK], strict=True):
            with self.subTest(role=role):
                self.assertEqual(self.call(role, "cartera.profile", "action_refresh_all"), outcome)

    def test_dialog(self):
        """The dialog is the same door: it goes as far as the user."""
        model = "cartera.lifecycle.set"
        profile = self.profiles.create({"name": "De otro", "user_id": self.colleague.id})
        vals = {"profile_ids": profile.ids, "reason": "Lo digo yo", "date": "2024-01-01"}
        for role, outcome in zip(ROLES, [*["AccessError"] * 3, OK, OK, "AccessError"], strict=True):
            with self.subTest(role=role):
                self.assertEqual(self.call(role, model, "create", vals), outcome)
        dialog = self.rpc("manager", model, "create", vals)
        self.assertEqual(self.call("salesperson", model, "action_apply", [dialog]), "AccessError")
        self.assertEqual(self.call("manager", model, "action_apply", [dialog]), OK)

    def test_dialog_opens_on_the_day_of_the_company(self):
        """In Tokyo it is the 16th already: the dialog would refuse its own default."""
        self.users["salesperson"].tz = "Asia/Tokyo"
        profile = self.profiles.create({"name": "Nueva"})
        with freeze_time("2024-05-15 20:00:00"):
            env = self.env_of("salesperson")
            env = env(context={**env.context, "tz": "Asia/Tokyo"})
            dialog = env["cartera.lifecycle.set"].create(
                {"profile_ids": profile.ids, "reason": "Lo digo yo"}
            )
            self.assertEqual(str(dialog.date), "2024-05-15")
            dialog.action_apply()
        self.assertEqual((profile.lifecycle, str(profile.lead_date)), ("lead", "2024-05-15"))

    def test_contact_of_a_colleague(self):
        """Adding or opening from the contact: no way around the account's rules."""
        no = "AccessError"
        self.table(self.theirs, {"action_cartera_add": [no, no, no, OK, OK, OK]})
        stranger = self.make_account("Sin ficha", user_id=self.colleague.id)
        self.table(stranger, {"action_cartera_add": [no, no, no, OK, OK, OK]})
        self.profile_of(self.theirs).action_exclude()
        self.table(self.theirs, {"action_cartera_add": [no, no, no, no, OK, OK]})

    def test_parked_accounts(self):
        """The queue is the managers' business."""
        self.env["cartera.touch"]._touch([(self.mine.id, self.company.id)])
        touch = self.env["cartera.touch"].search([])
        no = "AccessError"
        self.table(touch, {"action_retry": [no, no, no, no, OK, no]})
