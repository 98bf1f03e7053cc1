"""What an account buys and does not buy any more, against a reading by the ORM."""

from collections import defaultdict
from random import Random

from dateutil.relativedelta import relativedelta

from odoo import Command

from .screen_case import TODAY
from .sheet_case import SheetCase

TOP = 8


class TestSheetBought(SheetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        random = Random(8)
        categories = cls.env["product.category"].create(
            [{"name": f"Familia {number}"} for number in range(5)]
        )
        cls.products = cls.env["product.product"].create(
            [
                {"name": f"Pieza {n:02}", "categ_id": categories[n % 5].id, "taxes_id": False}
                for n in range(24)
            ]
        )
        # The last two families were bought the year before only.
        for _number in range(14):
            day = TODAY - relativedelta(days=random.randrange(1, 800))
            old = day <= TODAY - relativedelta(years=1)
            known = (
                cls.products
                if old
                else cls.products.filtered(lambda product: product.categ_id in categories[:3])
            )
            cls.sell(cls.partner, day, random.sample(list(known), 5), random)
        refunded = cls.sell(cls.partner, TODAY - relativedelta(days=30), [cls.products[3]], random)
        cls.reverse(refunded, TODAY)
        cls.sell(cls.partner, TODAY - relativedelta(years=1), [cls.products[23]], random)
        cls.sell(cls.partner, TODAY - relativedelta(days=-1, years=1), [cls.products[18]], random)
        cls.sell(cls.make_account("Otra"), TODAY, list(cls.products), random)

    @classmethod
    def sell(cls, partner, day, products, random):
        return cls.make_invoice(
            partner,
            day,
            invoice_line_ids=[
                Command.create(
                    {
                        "product_id": product.id,
                        "price_unit": random.randrange(1, 900),
                        "tax_ids": False,
                    }
                )
                for product in products
            ],
        )

    def judge(self, record_of):
        """Return ({name: revenue} bought, {name: revenue before} stopped), line by line."""
        window = TODAY - relativedelta(years=1), TODAY
        before = TODAY - relativedelta(years=2), window[0]
        sums = {period: defaultdict(float) for period in (window, before)}
        moves = self.env["account.move"].search(
            [("partner_id", "=", self.partner.id), ("state", "=", "posted")]
        )
        for line in moves.invoice_line_ids:
            for start, end in sums:
                if start < line.move_id.invoice_date <= end:
                    sums[start, end][record_of(line)] -= line.balance
        bought = {record: amount for record, amount in sums[window].items() if amount > 0}
        stopped = {
            record: amount
            for record, amount in sums[before].items()
            if amount > 0 and record not in bought
        }
        return bought, stopped

    def test_against_the_orm(self):
        block = self.blocks()["bought"]
        for level, record_of in (
            ("products", lambda line: line.product_id),
            ("categories", lambda line: line.product_id.categ_id),
        ):
            bought, stopped = self.judge(record_of)
            self.assertTrue(bought and stopped, "the data have both")
            for kind, amount, found in (
                ("bought", "revenue", bought),
                ("stopped", "before", stopped),
            ):
                with self.subTest(level=level, kind=kind):
                    rows = block[kind][level]["rows"]
                    expected = sorted(found.items(), key=lambda pair: (-pair[1], pair[0].id))
                    self.assertEqual(block[kind][level]["count"], len(found))
                    self.assertEqual(
                        [(row["id"], row["name"]) for row in rows],
                        [(record.id, record.display_name) for record, _amount in expected[:TOP]],
                    )
                    for row, (_record, value) in zip(rows, expected[:TOP], strict=True):
                        self.assertAlmostEqual(row[amount], value)

    def test_refunded_is_not_bought(self):
        names = {row["id"] for row in self.blocks()["bought"]["bought"]["products"]["rows"]}
        _bought, stopped = self.judge(lambda line: line.product_id)
        self.assertFalse(names & {product.id for product in stopped})

    def test_documents_behind(self):
        block = self.blocks()["bought"]
        window = TODAY - relativedelta(years=1)
        for kind in ("bought", "stopped"):
            row = block[kind]["products"]["rows"][0]
            action = self.call(
                "salesperson",
                "open_sheet",
                self.profile.id,
                "products",
                record_id=row["id"],
                stopped=kind == "stopped",
            )
            moves = self.env["account.move"].search(
                [
                    ("partner_id", "=", self.partner.id),
                    ("invoice_line_ids.product_id", "=", row["id"]),
                ]
            )
            of_kind = moves.filtered(
                lambda move, late=kind == "bought": (
                    (move.invoice_date > window) == late
                    and move.invoice_date > TODAY - relativedelta(years=2)
                )
            )
            self.assertEqual(self.listed("salesperson", action), sorted(of_kind.mapped("name")))

    def test_costs_are_never_told(self):
        self.assertNotIn("cost", str(self.blocks()["bought"]))
