"""Set-up of the tests of captured contacts."""

from datetime import timedelta

from odoo import fields
from odoo.tests import Form

from .common import CarteraCase


class CaptureCase(CarteraCase):
    """Lucía's own account with a person and a lead, a colleague's account, and one not in the portfolio."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "all_accounts", "manager", "internal", "portal")
        cls.lucia = cls.users["salesperson"]
        cls.colleague = cls.users["all_accounts"]
        cls.partner = cls.make_account("Bodegas Ribera", user_id=cls.lucia.id)
        cls.person = cls.env["res.partner"].create(
            {"name": "Ana", "parent_id": cls.partner.id, "email": "ana@ribera.example"}
        )
        cls.other_partner = cls.make_account("Talleres Norte", user_id=cls.colleague.id)
        cls.profiles._ensure(cls.partner | cls.other_partner, cls.company)
        cls.profile = cls.profile_of(cls.partner)
        cls.other = cls.profile_of(cls.other_partner)
        cls.lead = cls.make_lead(cls.partner, user_id=cls.lucia.id)
        cls.categ, cls.categ_2 = cls.env["product.category"].create(
            [{"name": "Vinos"}, {"name": "Aceites"}]
        )
        cls.drain()

    @classmethod
    def kind(cls, code):
        return cls.env.ref(f"crm_cartera.cartera_contact_kind_{code}")

    @classmethod
    def ago(cls, **delta):
        return fields.Datetime.now() - timedelta(**delta)

    def captures(self, user=None):
        return self.env["cartera.capture"].with_user(user or self.lucia)

    def capture(self, code="call", user=None, record=None, **vals):
        """Record a contact as the user does it, and return what it was recorded as."""
        dialog = self.captures(user).create(
            {
                **({} if record else {"profile_id": self.profile.id}),
                "kind_id": self.kind(code).id,
                **(record or {}),
                **vals,
            }
        )
        return dialog._save()

    def open_form(self, action, user=None):
        """Return the form of a button's action."""
        return Form(self.captures(user).with_context(**action["context"]))
