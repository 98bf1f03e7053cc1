"""The account's page: months, categories, blanks, and the order of lists by figure."""

from dateutil.relativedelta import relativedelta

from odoo import Command, fields

from .figure_case import FigureCase


class TestAccountPage(FigureCase):
    def months(self):
        return self.rpc("salesperson", "cartera.profile", "get_revenue_by_month", self.profile.ids)

    def test_months(self):
        months = self.months()["months"]
        self.assertEqual(len(months), 12)
        this_month = self.today.replace(day=1)
        self.assertEqual(months[-1]["month"], this_month)
        self.assertEqual(months[-1]["previous_month"], this_month - relativedelta(years=1))
        first = months[0]["previous_month"]
        documents = self.env["cartera.document"].search(
            [
                ("profile_id", "=", self.profile.id),
                ("invoice_date", ">=", first),
                ("invoice_date", "<=", self.today),
            ]
        )
        shown = sum(month["revenue"] + month["previous"] for month in months)
        self.assertAlmostEqual(shown, sum(documents.mapped("amount_untaxed")))

    def test_a_bar_opens_its_month(self):
        for month in self.months()["months"]:
            for day, amount in (
                (month["month"], month["revenue"]),
                (month["previous_month"], month["previous"]),
            ):
                action = self.rpc(
                    "salesperson",
                    "cartera.profile",
                    "action_open_month",
                    self.profile.ids,
                    fields.Date.to_string(day),
                )
                documents = self.env["cartera.document"].search(action["domain"])
                self.assertAlmostEqual(sum(documents.mapped("amount_untaxed")), amount)

    def test_labels_say_how_long_the_period_is(self):
        for months in (12, 18):
            self.policy.window_months = months
            for model, prefix in (("cartera.profile", ""), ("res.partner", "cartera_")):
                name = f"{prefix}revenue_12m"
                described = self.rpc("salesperson", model, "fields_get", [name], ["string"])
                self.assertEqual(described[name]["string"], f"Revenue, {months} months")
        action = self.rpc(
            "salesperson", "cartera.profile", "action_open_figure", self.profile.ids, "revenue_12m"
        )
        self.assertEqual(action["display_name"], "Revenue, 18 months")

    def test_months_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.users["salesperson"].lang = "es_ES"
        labels = [month["label"] for month in self.months()["months"]]
        self.assertIn("ene", labels)

    def categories(self):
        return self.rpc("salesperson", "cartera.profile", "get_top_categories", self.profile.ids)

    def test_categories(self):
        found = self.categories()
        rows = [(row["id"], row["quantity"], row["revenue"]) for row in found["rows"]]
        # Screws: 80, 160, a refund of 30, an invoice and its refund, 25 among the paints.
        self.assertEqual(rows, [(self.paint.id, 3, 600), (self.tools.id, 2, 235), (None, 1, 15)])
        self.assertAlmostEqual(sum(row["share"] for row in found["rows"]), 1)
        self.assertEqual(found["rows"][0]["id"], self.profile.top_categ_id.id)
        self.assertIsNone(found["others"])
        self.assertIsNone(found["not_allocated"])
        self.assertNotIn("cost", str(found))

    def test_what_no_line_explains_is_said(self):
        self.env.cr.execute(
            "UPDATE account_move SET amount_untaxed_signed = amount_untaxed_signed + 0.03"
            " WHERE id = %s",
            (self.last.id,),
        )
        self.env.invalidate_all()
        self.assertAlmostEqual(self.categories()["not_allocated"], 0.03)

    def test_many_categories_end_in_others(self):
        names = [f"Familia {number}" for number in range(10)]
        categories = self.env["product.category"].create([{"name": name} for name in names])
        products = self.env["product.product"].create(
            [{"name": category.name, "categ_id": category.id} for category in categories]
        )
        lines = [
            {"product_id": product.id, "price_unit": number, "tax_ids": False}
            for number, product in enumerate(products, 1)
        ]
        self.make_invoice(
            self.account,
            self.today,
            invoice_line_ids=[Command.create(line) for line in lines],
        )
        found = self.categories()
        self.assertEqual(len(found["rows"]), 8)
        total = sum(row["revenue"] for row in found["rows"]) + found["others"]["revenue"]
        self.assertAlmostEqual(total, sum(range(1, 11)) + 850)

    def test_a_category_opens_its_documents(self):
        for category, expected in ((self.paint.id, self.last), (False, self.last)):
            action = self.rpc(
                "salesperson",
                "cartera.profile",
                "action_open_category",
                self.profile.ids,
                category,
            )
            documents = self.env["cartera.document"].search(action["domain"])
            self.assertEqual(documents.ids, expected.ids)

    def test_an_account_without_documents(self):
        """Blank stays blank, and no division by zero."""
        self.profile = self.profiles.create({"name": "Nueva"})
        self.profile.user_id = self.users["salesperson"]
        row = self.rpc(
            "salesperson",
            "cartera.profile",
            "read",
            self.profile.ids,
            ["revenue_12m", "trend", "share_of_wallet", "receivable", "rhythm_days"],
        )[0]
        row.pop("id")
        self.assertEqual(set(row.values()), {False})
        self.assertEqual(self.categories()["rows"], [])
        amounts = [month["revenue"] for month in self.months()["months"]]
        self.assertEqual(amounts, [0.0] * 12)

    def test_accounts_without_the_figure_come_last(self):
        blank = self.profiles.create({"name": "AAA sin compras"})
        both = self.profile | blank
        for order in ("revenue_12m", "revenue_12m desc", "expected_purchase_date desc"):
            found = self.profiles.search([("id", "in", both.ids)], order=order)
            with self.subTest(order=order):
                self.assertEqual(found[-1], blank)
        found = self.env["res.partner"].search(
            [("id", "in", both.partner_id.ids)], order="cartera_revenue_12m desc"
        )
        self.assertEqual(found[-1], blank.partner_id)
