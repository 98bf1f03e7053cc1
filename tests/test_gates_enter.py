"""Who may enter a stage that wants to know more of him, and who is told."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from .gate_case import GateCase


class TestGate(GateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parked.write(
            {"gate": "block", "wanted_field_ids": cls.wish("res.partner", "website").ids}
        )
        cls.seller = cls.users["salesperson"]

    def test_a_closed_stage_names_account_stage_and_fields(self):
        account = self.make_profile(user_id=self.seller.id, country_id=self.country.id)
        message = "Aparcado.*Ferretería Gómez: Email or Phone, Website Link"
        with self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
            account.with_user(self.seller).stage_id = self.parked
        self.env.invalidate_all()
        self.assertEqual(account.stage_id, self.detection)

    def test_who_fills_it_in_at_once_gets_in(self):
        account = self.make_profile(user_id=self.seller.id, country_id=self.country.id)
        account.with_user(self.seller).write(
            {"stage_id": self.parked.id, "phone": "600", "website": "https://example.com"}
        )
        self.assertEqual((account.stage_id, account.completeness), (self.parked, 1))

    def test_many_accounts_at_once(self):
        accounts = self.profiles.create([{"name": f"Cuenta {number}"} for number in range(9)])
        with self.assertRaisesRegex(ValidationError, "Cuenta 0: .*Cuenta 4: ") as caught:
            accounts.stage_id = self.parked
        self.assertNotIn("Cuenta 5", str(caught.exception))

    def test_a_new_account_may_not_start_in_a_closed_stage(self):
        with self.assertRaisesRegex(ValidationError, "Stage: .*Aparcado"):
            self.make_profile(stage_id=self.parked.id)
        account = self.make_profile(
            stage_id=self.parked.id, phone="6", website="x.com", country_id=self.country.id
        )
        self.assertEqual(account.stage_id, self.parked)

    def test_the_first_stage_of_a_lifecycle_is_never_closed(self):
        self.detection.gate = "block"
        account = self.make_profile()
        self.assertEqual(account.stage_id, self.detection)
        account.write({"stage_id": self.parked.id, "phone": "6", "website": "x.com"} | self.here())
        account.write({"stage_id": self.detection.id, "phone": False})
        self.assertEqual(account.stage_id, self.detection)

    def here(self):
        return {"country_id": self.country.id}

    def test_documents_are_never_stopped(self):
        (self.acquisition | self.administration).gate = "block"
        account = self.make_profile()
        self.make_invoice(account.partner_id, "2024-01-01")
        self.drain()
        self.assertEqual((account.lifecycle, account.stage_id), ("client", self.acquisition))
        self.assertLess(account.completeness, 1)

    def test_a_rule_waits_until_nothing_is_missing(self):
        self.parked.domain = "[('potential', '>', 100)]"
        account = self.make_profile(potential=500, phone="600", **self.here())
        self.refresh()
        self.assertEqual(account.stage_id, self.detection)
        account.partner_id.website = "https://example.com"
        self.drain()
        self.assertEqual(account.stage_id, self.parked)
        account.partner_id.website = False
        self.drain()
        self.assertEqual(account.stage_id, self.parked, "who is inside stays")
        account.potential = 0
        self.drain()
        self.assertEqual(account.stage_id, self.detection, "the rule says so")

    def test_who_has_to_wait_stays_where_he_is(self):
        self.env["cartera.stage"].create(
            {
                "name": "Con nota",
                "lifecycle": "prospect",
                "sequence": 30,
                "domain": "[('note', '!=', False)]",
            }
        )
        account = self.make_profile(note="x")
        self.refresh()
        self.assertEqual(account.stage_id.name, "Con nota")
        self.parked.domain = "[('potential', '>', 100)]"
        account.write({"potential": 500, "note": False})
        self.refresh()
        self.assertEqual(account.stage_id.name, "Con nota")
        account.write({"website": "x.com", "phone": "6"} | self.here())
        self.drain()
        self.assertEqual(account.stage_id, self.parked)

    def test_it_warns_on_the_screen(self):
        self.parked.gate = "warn"
        account = self.make_profile(user_id=self.seller.id)
        spec = {"stage_id": {}, "completeness": {}}
        values = {"stage_id": self.parked.id}
        answer = account.with_user(self.seller).onchange(values, ["stage_id"], spec)
        self.assertEqual(answer["warning"]["type"], "notification")
        self.assertEqual(
            (answer["warning"]["title"], answer["warning"]["message"]),
            ("Ferretería Gómez in Aparcado", "Missing: Email or Phone, Country, Website Link"),
        )
        self.assertFalse(account.get_stage_warning(), "where it stands nothing warns")
        logged = self.assertLogs("odoo.tests.form.onchange", "WARNING")
        with logged as log, Form(account.with_user(self.seller)) as form:
            form.email = "a@example.com"
            form.stage_id = self.parked
        self.assertIn("Missing: Country, Website Link", log.output[0], "what was typed counts")
        self.assertEqual(account.stage_id, self.parked, "it gets in")
        warning = account.with_user(self.seller).get_stage_warning()
        self.assertEqual(warning["message"], "Missing: Country, Website Link")
        account.user_id = self.users["manager"]
        with self.assertRaises(AccessError):
            account.with_user(self.seller).get_stage_warning()

    def test_no_warning_without_need(self):
        account = self.make_profile(user_id=self.seller.id)
        values, spec = {"stage_id": self.parked.id}, {"stage_id": {}}
        for gate in ("none", "block"):
            self.parked.gate = gate
            answer = account.onchange(values, ["stage_id"], spec)
            self.assertNotIn("warning", answer, gate)
        self.parked.gate = "warn"
        account.write({"phone": "6", "website": "x.com"} | self.here())
        self.env.invalidate_all()  # the next request
        self.assertNotIn("warning", account.onchange(values, ["stage_id"], spec))

    def test_an_import_names_the_column(self):
        model = self.profiles.with_user(self.users["manager"]).with_context(import_file=True)
        rows = [["Una", "Aparcado", "600"], ["Dos", "Detection", ""]]
        result = model.load(["name", "stage_id", "phone"], rows)
        self.assertFalse(result["ids"])
        message = result["messages"][0]
        self.assertEqual((message["field"], message["type"]), ("stage_id", "error"))
        self.assertIn("Una: Country, Website", message["message"])
        columns = ["name", "stage_id", "phone", "country_id", "website"]
        result = model.load(columns, [["Una", "Aparcado", "600", "France", "x.com"]])
        self.assertFalse(result["messages"])
        self.assertEqual(self.profiles.browse(result["ids"]).completeness, 1)
