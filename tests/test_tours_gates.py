"""Gates of stages on the board, in a real browser."""

from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import GROUPS, CarteraHttpCase


class TestToursGates(CarteraHttpCase):
    def test_board(self):
        self.env["cartera.profile"].search([]).active = False
        self.env["cartera.stage"].search([]).wanted_field_ids = False
        fields = self.env["ir.model.fields"]
        first, warns, closed = self.env["cartera.stage"].create(
            [
                {"name": name, "lifecycle": "prospect", "sequence": number, **vals}
                for number, (name, vals) in enumerate(
                    {"Inicio": {}, "Avisa": {"gate": "warn"}, "Cerrada": {"gate": "block"}}.items()
                )
            ]
        )
        warns.wanted_field_ids = fields._get("res.partner", "email") + fields._get(
            "res.partner", "city"
        )
        seller = new_test_user(self.env, login="tour_gates", groups=GROUPS["salesperson"])
        account = self.profiles.create({"name": "Ferretería Puertas", "user_id": seller.id})
        self.assertEqual(account.stage_id, first)
        with mute_logger("odoo.http"):
            self.start_tour("/odoo/cartera", "cartera_gates", login=seller.login)
        self.assertEqual((account.stage_id, account.completeness), (closed, 1))
