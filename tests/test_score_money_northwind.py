"""The money measures on a real order book: against the oracle, and against the files themselves."""

from collections import defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tests import freeze_time, new_test_user

from odoo.addons.crm_cartera.analysis.period import Period

from .common import GROUPS, day
from .northwind_case import NorthwindCase
from .oracle_facts import Ledger
from .score_money_check import CODES, MoneyCheckMixin

#: The order book ends on 6 May 1998, which is today: the last two periods run.
NOW = "1998-05-06 18:00:00"
#: Without payment terms an invoice is due on the day on which it is written.
DUE = "1998-04-10 12:00:00"
PERIODS = ("1996-Q4", "1997-Q2", "1997", "1998-04", "1998-05", "1998-Q2")
CENT = Decimal("0.01")
SOURCES = {"Fair": "1996-01-01", "Radio": "1997-01-10", "Web": "1997-11-01"}


class TestScoreMoneyNorthwind(MoneyCheckMixin, NorthwindCase):
    def test_periods(self):
        self.enterContext(freeze_time(NOW))
        self.build()
        differences = []
        ledger = Ledger(self.env, self.company)
        for key in PERIODS:
            period = Period.parse(key)
            for past in (period.start - timedelta(days=1), period.end):
                if past < ledger.today:
                    self.profiles.refresh(self.company, as_of=past)
            self.env.invalidate_all()
            differences += self.compare(self.company, ledger, period)
            differences += self.compare_files(period, min(period.end, ledger.today))
        self.assertFalse(differences, "\n".join(differences))
        self.assertGreaterEqual(self.told, set(CODES) - {"new_prospects"})

    def build(self):
        """Costs, salespeople, potentials, origins and a key segment for the customers of the file."""
        for number, product in enumerate(self.products.values()):
            product.standard_price = number % 7 * 2.5
        partners = self.take_in("cartera.profile", "Account")
        self.sellers = self.env["res.users"].union(
            *(
                new_test_user(self.env, login=f"money_{name}", groups=GROUPS["salesperson"])
                for name in ("ana", "berta")
            )
        )
        for number, partner in enumerate(partners.values()):
            partner.user_id = self.sellers[number % 2]
        with freeze_time(DUE):
            self.invoice_all(partners)
        self.lead(partners)
        self.env["cartera.segment"].search([]).is_key = False
        rule = "[('country_id.code', 'in', ['DE', 'US'])]"
        key = Command.create({"name": "Key", "domain": rule, "is_key": True})
        dimension = self.env["cartera.dimension"]
        dimension.create({"name": "Key", "code": "key", "segment_ids": [key]})
        self.drain()
        for number, profile in enumerate(
            self.profiles.search([("company_id", "=", self.company.id)])
        ):
            profile.potential = number % 3 * 20000
        self.profiles.refresh(self.company)
        dimension._sort(self.company)
        self.env.invalidate_all()

    def lead(self, partners):
        """Who ordered had asked some days before, by a source that was in use then."""
        sources = {
            self.env["utm.source"].create({"name": name}): day(since)
            for name, since in SOURCES.items()
        }
        for number, (ref, first) in enumerate(sorted(self.first.items())):
            asked = day(first) - timedelta(days=number % 30)
            used = [source for source, since in sources.items() if since <= asked]
            self.make_lead(
                partners[ref], str(asked), company_id=self.company.id, source_id=used[-1].id
            )

    def get_key(self, company):
        accounts = self.profiles.search([("company_id", "=", company.id)]).partner_id
        return {account for account in accounts if account.country_id.code in ("DE", "US")}

    # -- the files ---------------------------------------------------------------

    def compare_files(self, period, as_of):
        """Return a line for each figure of the company that the files alone say otherwise."""
        measures = self.env["cartera.measure"].with_company(self.company).sudo()
        span = measures._get_span(self.company, period)
        differences = []
        for code, expected in self.read_files(period, as_of).items():
            numerator, denominator = measures._sum(code, span, ["company"])["company"]
            # Nobody new: a count without rows.
            found = (numerator or 0) if denominator is None else numerator / denominator
            if abs(float(found) - float(expected)) > 1e-6 * max(1, abs(float(expected))):
                differences.append(f"{period.key} {code}: {found}, files {expected}")
        return differences

    def read_files(self, period, as_of):
        """Return {code: figure of the company}, from the csv files alone."""
        window, before = (as_of - relativedelta(months=months) for months in (12, 24))
        revenue, recent = defaultdict(Decimal), defaultdict(Decimal)
        by_category, first_sold, bought = defaultdict(Decimal), {}, defaultdict(set)
        period_lines = []
        for line in (line for lines in self.lines.values() for line in lines):
            when, customer = day(line["order_date"]), line["customer_id"]
            if when > as_of:
                continue
            amount = self.amount(line)
            bought[customer].add(when)
            first_sold[line["product"]] = min(first_sold.get(line["product"], when), when)
            if when >= period.start:
                revenue[customer] += amount
                period_lines.append((line["product"], amount))
            if when > window:
                recent[customer] += amount
                by_category[customer, line["category"]] += amount
        new = sum(amount for product, amount in period_lines if first_sold[product] > window)
        once = [days for days in bought.values() if any(before < each <= window for each in days)]
        figures = {
            "net_revenue": sum(revenue.values()),
            "revenue_per_client": sum(revenue.values()) / len(revenue),
            "top_ten_share": sum(sorted(recent.values())[-10:]) / sum(recent.values()),
            "new_clients": sum(min(days) >= period.start for days in bought.values()),
            "categories_per_client": Decimal(len(by_category)) / len(recent),
            "new_product_share": new / sum(revenue.values()),
        }
        if once:
            stayed = sum(max(days) > window for days in once)
            figures["retention_rate"] = Decimal(stayed) / len(once)
        return figures

    @staticmethod
    def amount(line):
        """Return what the invoice says of a line: Odoo rounds each to cents."""
        share = 1 - Decimal(line["discount"])
        amount = Decimal(line["quantity"]) * Decimal(line["unit_price"]) * share
        return amount.quantize(CENT, ROUND_HALF_UP)
