"""A real order book, taken in as a user would: 91 customers, 830 invoices, whose figures we know."""

import csv
import unittest
from pathlib import Path

from odoo import Command

from .import_case import ImportCase

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "northwind"
#: Names of the file that are not Odoo's.
COUNTRIES = {"UK": "United Kingdom", "USA": "United States"}
#: Ordered never.
PROSPECTS = {"FISSA", "PARIS"}


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@unittest.skipUnless(DATA.is_dir(), f"the Northwind files are not at {DATA}")
class NorthwindCase(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers, cls.orders = read("customers.csv"), read("orders.csv")
        cls.lines = {}
        for line in read("lines.csv"):
            cls.lines.setdefault(line["order_id"], []).append(line)
        cls.products = cls.make_products()
        cls.first, cls.last, cls.count_of = {}, {}, {}
        for order in cls.orders:
            customer, date = order["customer_id"], order["order_date"]
            cls.first[customer] = min(cls.first.get(customer, date), date)
            cls.last[customer] = max(cls.last.get(customer, date), date)
            cls.count_of[customer] = cls.count_of.get(customer, 0) + 1

    @classmethod
    def make_products(cls):
        """Return {product: record}, each in the category of the file."""
        found = {
            line["product"]: line["category"] for lines in cls.lines.values() for line in lines
        }
        names = sorted(set(found.values()))
        categories = cls.env["product.category"].create([{"name": name} for name in names])
        by_name = dict(zip(names, categories, strict=True))
        products = cls.env["product.product"].create(
            [
                {"name": name, "categ_id": by_name[category].id, "taxes_id": False}
                for name, category in found.items()
            ]
        )
        return dict(zip(found, products, strict=True))

    def take_in(self, model, name, **more):
        """Import the customers; return {customer id: partner}."""
        headings = [name, "Reference", "City", "Zip", "Country", *more]
        rows = [
            [
                customer["customer_name"],
                customer["customer_id"],
                customer["city"],
                customer["postal_code"],
                COUNTRIES.get(customer["country"], customer["country"]),
                *more.values(),
            ]
            for customer in self.customers
        ]
        messages, records = self.import_file("manager", model, [headings, *rows])
        self.assertEqual(messages, [])
        self.assertEqual(len(records), 91)
        partners = records if model == "res.partner" else records.partner_id
        return {partner.ref: partner for partner in partners}

    def invoice_all(self, partners):
        """Post one invoice an order, dated as the order; return {customer id: invoices}."""
        moves = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partners[order["customer_id"]].id,
                    "invoice_date": order["order_date"],
                    "ref": order["order_id"],
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": self.products[line["product"]].id,
                                "quantity": float(line["quantity"]),
                                "price_unit": float(line["unit_price"]),
                                "discount": float(line["discount"]) * 100,
                                "tax_ids": False,
                            }
                        )
                        for line in self.lines[order["order_id"]]
                    ],
                }
                for order in self.orders
            ]
        )
        moves.action_post()
        return moves.grouped(lambda move: move.partner_id.ref)
