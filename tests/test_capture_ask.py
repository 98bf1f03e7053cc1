"""The dialog asks for what the account's stage wants to know."""

from odoo import Command
from odoo.exceptions import ValidationError

from .capture_case import CaptureCase


class TestCaptureAsk(CaptureCase):
    def want(self, *names, model="res.partner"):
        """Let the account's stage want these, and nothing else does."""
        self.env["cartera.stage"].search([]).wanted_field_ids = [Command.clear()]
        fields = self.env["ir.model.fields"]
        self.profile.stage_id.wanted_field_ids = [
            Command.link(fields._get(model, name).id) for name in names
        ]

    def open(self):
        return self.open_form(self.profile.with_user(self.lucia).action_capture())

    def asked(self, form):
        return [name for name in (form.asked or "").split(",") if name]

    def test_at_most_three_are_asked_for_and_written(self):
        self.want("street", "city", "zip", "website", "ref")
        form = self.open()
        asked = self.asked(form)
        self.assertEqual(len(asked), 3)
        for name in asked:
            setattr(form, f"ask_{name}", "46001")
        form.save().action_save()
        for name in asked:
            self.assertEqual(self.partner[name], "46001")
        form = self.open()
        self.assertEqual(len(self.asked(form)), 2)
        self.assertFalse(set(self.asked(form)) & set(asked))

    def test_what_is_known_or_stands_in_the_dialog_is_not_asked_for(self):
        self.partner.city = "Requena"
        self.want("city")
        self.assertFalse(self.open().asked)
        self.want("potential", "interest_categ_ids", model="cartera.profile")
        form = self.open()
        self.assertFalse(form.asked)
        self.assertFalse(form.asked_other)

    def test_other_fields_are_named(self):
        self.want("lang", "barcode", "city")
        self.partner.write({"lang": False, "barcode": False})
        form = self.open()
        self.assertEqual(self.asked(form), ["city"])
        self.assertIn("Barcode", form.asked_other)
        action = form.save().action_open_account()
        self.assertEqual(action["url"], f"/odoo/cartera/{self.profile.id}")

    def test_fields_of_the_account(self):
        self.want("note", "first_contact_date", model="cartera.profile")
        self.profile.first_contact_date = False
        form = self.open()
        self.assertEqual(set(self.asked(form)), {"note", "first_contact_date"})
        form.ask_first_contact_date = "2099-01-01"
        dialog = form.save()
        with (
            self.assertRaisesRegex(ValidationError, "First contact: cannot be in the future"),
            self.env.cr.savepoint(),
        ):
            dialog.action_save()
        done = self.env["mail.activity"].with_context(active_test=False)
        self.assertFalse(done.search([("res_id", "=", self.partner.id)]), "all or nothing")
        form = self.open()
        form.ask_note = "Cierra los lunes"
        form.save().action_save()
        self.assertEqual(self.profile.note, "Cierra los lunes")

    def test_empty_answers_delete_nothing(self):
        self.partner.write({"email": "info@ribera.example"})
        self.want("city")
        self.open().save().action_save()
        self.assertEqual(self.partner.email, "info@ribera.example")
