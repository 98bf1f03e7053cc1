"""A hand-over in a real browser."""

from .common import CarteraHttpCase
from .handover_case import HandoverMixin


class TestToursHandover(HandoverMixin, CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.profile"].search([]).active = False
        cls.set_up_handover()
        cls.account = cls.make_portfolio("Ferretería Gómez")
        cls.make_portfolio("Taller Paco", user=cls.carla)
        cls.lead = cls.make_lead(cls.account.partner_id, user_id=cls.ana.id)
        cls.drain()

    def test_manager(self):
        self.start_tour("/odoo/cartera", "cartera_handover_manager", login=self.boss.login)
        self.assertEqual(self.account.partner_id.user_id, self.ana)
        self.assertEqual(self.lead.user_id, self.ana)
        handover = self.env["cartera.handover"].search([], limit=1)
        self.assertEqual((handover.state, handover.undone_by_id), ("undone", self.boss))
