"""Stages that want something, for the tests of what is missing and of gates."""

from .common import CarteraCase

STAGES = ("detection", "qualification", "sale", "acquisition", "administration")


class GateCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "manager")
        cls.country = cls.env.ref("base.fr")
        cls.stages = cls.env["cartera.stage"].search([])
        for name in STAGES:
            setattr(cls, name, cls.env.ref(f"crm_cartera.cartera_stage_{name}"))
        cls.parked = cls.env["cartera.stage"].create(
            {"name": "Aparcado", "lifecycle": "prospect", "sequence": 20}
        )

    @classmethod
    def wish(cls, model, *names):
        return cls.env["ir.model.fields"].search([("model", "=", model), ("name", "in", names)])

    @classmethod
    def refresh(cls):
        cls.env.flush_all()
        cls.env["cartera.profile"].refresh(cls.company)
        cls.env.invalidate_all()

    def make_profile(self, **vals):
        """Return a prospect; the salesperson is nobody unless said."""
        return self.profiles.create({"name": "Ferretería Gómez", "user_id": False, **vals})

    def make_lead_profile(self, **vals):
        partner = self.make_account(**vals)
        self.make_lead(partner, type="lead", user_id=False, company_id=self.company.id)
        return self.profile_of(partner)
