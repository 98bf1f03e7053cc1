"""What a run writes is what the documents say, whatever characters names are made of."""

from .common import CarteraCase

NAMES = (
    'Las "comillas", comas; y más',
    "Línea\nnueva",
    "Retorno\rde carro",
    "Barra \\ y \\N",
    "  espacios  ",
    "O'Higgins\t100 %",
)


class TestWriteBack(CarteraCase):
    def test_names_of_all_kinds(self):
        accounts = [self.make_account(name) for name in NAMES]
        for account in accounts:
            self.make_lead(account)
        self.drain()
        for account in accounts:
            with self.subTest(account.name):
                stored = self.profiles.search([("partner_id", "=", account.id)])
                self.assertEqual(stored.name, account.complete_name)

    def test_quiet_run_writes_nothing(self):
        nameless = self.env["res.partner"].create({"name": "Sin nombre", "type": "other"})
        accounts = [nameless, *(self.make_account(name) for name in NAMES)]
        for account in accounts:
            self.make_lead(account)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET name = NULL, complete_name = NULL WHERE id = %s",
            (nameless.id,),
        )
        self.env.invalidate_all()
        self.profiles.refresh(self.company)
        counts = self.profiles.refresh(self.company)
        self.assertEqual((counts["changed"], counts["moved"], counts["skipped"]), (0, 0, 0))
