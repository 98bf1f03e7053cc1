"""The figures of the order book at its last day: the files' own, those published with it, the oracle's."""

import json
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

from .common import day
from .northwind_case import DATA
from .oracle import Oracle
from .oracle_case import OracleMixin

LAST_DAY = day("1998-05-06")
CENT = Decimal("0.01")


class FiguresMixin(OracleMixin):
    """For a :class:`~.northwind_case.NorthwindCase` whose invoices are posted."""

    def check_figures(self, partners):
        """Look at the last day of the order book, through a window that holds all of it."""
        self.env["cartera.policy"]._for(self.company).window_months = 36
        self.profiles.refresh(self.company, as_of=LAST_DAY)
        rows = self.read("cartera_snapshot", self.company, LAST_DAY)
        by_ref = {ref: rows[partner.id] for ref, partner in partners.items() if partner.id in rows}
        self.assertEqual(len(rows), 89)
        self.check_published(by_ref)
        self.check_files(by_ref)
        oracle = Oracle.of(self.env, self.company, LAST_DAY)
        self.assert_none(self.compare(oracle, rows, "Northwind"))
        self.assert_none(self.compare_calibration(oracle, self.get_run()))

    def get_run(self):
        return self.env["cartera.calibration"].search(
            [("company_id", "=", self.company.id), ("date", "=", LAST_DAY)], limit=1
        )

    def check_published(self, by_ref):
        """Compare with what somebody else worked out."""
        known = json.loads((DATA / "oracle_summary.json").read_text(encoding="utf-8"))
        revenue = sum(row["revenue_12m"] for row in by_ref.values())
        self.assertAlmostEqual(float(revenue), known["revenue"], delta=0.005 * len(self.orders))
        classes = Counter(row["abc_revenue"] for row in by_ref.values())
        self.assertEqual(classes, {"A": 34, "B": 27, "C": 28})
        for measure, name in (("r", "recency"), ("f", "frequency"), ("m", "monetary")):
            scores = Counter(str(row[f"rfm_{name}"]) for row in by_ref.values())
            self.assertEqual(scores, known["rfm_counts_C"][measure], name)
        best = Counter(row["rfm_score"] for row in by_ref.values())
        self.assertEqual((best["555"], best["111"]), (6, 8))
        run = self.get_run()
        for name, expected in (
            ("top1_share", known["top1_share"]),
            ("top5_share", known["top5_share"]),
            ("top10_share", 0.4504),
            ("top20pct_share", 0.6006),
            ("gini", 0.5755),
        ):
            self.assertAlmostEqual(run[name], expected, delta=5e-5, msg=name)
        self.assertAlmostEqual(run.hhi, 336.9, delta=0.05)
        self.assertEqual(run.buyer_count, 89)

    def check_files(self, by_ref):
        """Compare revenue, purchases and categories of each client with the lines of the file."""
        revenue, by_category = defaultdict(Decimal), defaultdict(lambda: defaultdict(Decimal))
        for lines in self.lines.values():
            for line in lines:
                amount = Decimal(line["quantity"]) * Decimal(line["unit_price"])
                amount *= 1 - Decimal(line["discount"])
                amount = amount.quantize(CENT, ROUND_HALF_UP)
                revenue[line["customer_id"]] += amount
                by_category[line["customer_id"]][line["category"]] += amount
        categories = {
            product.categ_id.name: product.categ_id.id for product in self.products.values()
        }
        for ref, row in by_ref.items():
            with self.subTest(customer=ref):
                # Half a cent of a line goes one way in the file, the other in Odoo.
                self.assertAlmostEqual(row["revenue_12m"], float(revenue[ref]), delta=0.05)
                self.assertEqual(row["revenue_total"], row["revenue_12m"])
                self.assertEqual(row["purchase_count_12m"], self.count_of[ref])
                self.assertEqual(row["first_purchase_date"], day(self.first[ref]))
                self.assertEqual(row["last_purchase_date"], day(self.last[ref]))
                top = max(by_category[ref], key=by_category[ref].get)
                self.assertEqual(row["top_categ_id"], categories[top])
                self.assertEqual(row["categ_count"], len(by_category[ref]))
