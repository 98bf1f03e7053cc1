"""Small portfolios with everything in them, made through the ORM from a seed: same seed, same books.

Here the world around the books (companies, products, rates) and the accounts; the books themselves are
in portfolio_books.py, what else happens with accounts in portfolio_people.py.
"""

import random
from datetime import date, timedelta

from odoo.tests import freeze_time
from odoo.tools import SQL

from .common import CarteraCase, day
from .portfolio_books import Books
from .portfolio_people import People

#: In Madrid it is the first of June by now, in Bogotá still the last of May.
NOW = "2024-05-31 22:30:00"
TODAY = {"Europe/Madrid": day("2024-06-01"), "America/Bogota": day("2024-05-31")}
#: A leap day, a month end, and a day in the middle of a month.
PAST = (day("2024-02-29"), day("2022-12-31"), day("2023-08-14"))
#: Where windows begin and end: purchases are put on both sides.
BORDERS = sorted(
    day(text)
    for text in (
        *("2024-06-01", "2024-05-31", "2023-06-01", "2023-06-02", "2023-05-31", "2022-06-01"),
        *("2024-02-29", "2024-03-01", "2023-02-28", "2023-03-01", "2022-02-28", "2022-03-01"),
        *("2022-12-31", "2023-01-01", "2021-12-31", "2020-12-31", "2023-08-14", "2022-08-15"),
    )
)
#: (product, category, costs in the first and in the second company)
PRODUCTS = (
    ("Tornillo", "Ferretería", 4.25, 3.10),
    ("Taladro", "Herramienta", 61.40, 0.0),
    ("Broca", "Herramienta", 2.75, 2.80),
    ("Pintura", "Pintura", 0.0, 18.20),
    ("Montaje", "Servicios", 0.0, 0.0),
)
#: {currency: {day: units for one unit of the company's}}
RATES = {
    "GBP": {"2019-01-01": 0.80, "2022-07-01": 0.95, "2023-11-15": 0.75},
    "JPY": {"2019-01-01": 110.0, "2022-07-01": 140.0, "2024-01-01": 150.0},
}
#: What an account is there for; whoever is not named buys now and then.
ROLES = (
    *("twin", "twin", "refunds", "reversed", "undone", "nothing", "fresh", "borders", "walk_in"),
    *("archived", "moved", "opening", "opening", "reopened", "reopened", "leads", "payment"),
    *("added", "returned", "recovered"),
)
REGULARS = 12


class PortfolioCase(CarteraCase):
    """Two companies, one with a branch; each test builds the portfolio of a seed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.make_company("Sucursal", parent_id=cls.company.id)
        cls.other = cls.make_company(
            "Otra sociedad", currency_id=cls.env.ref("base.EUR").id, tz="America/Bogota"
        )
        cls.roots = cls.company | cls.other
        for company, tz in zip(cls.roots, TODAY, strict=True):
            cls.env["cartera.policy"]._for(company).tz = tz
        cls.make_rates()
        cls.products = cls.make_products()

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(NOW))

    @classmethod
    def make_company(cls, name, tz=None, **vals):
        """Create a company that can invoice."""
        company = cls.env["res.company"].create({"name": name, **vals})
        if not company.parent_id:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company, install_demo=False
            )
        cls.env.user.company_ids |= company
        return company

    @classmethod
    def make_rates(cls):
        currencies = cls.env["res.currency"].with_context(active_test=False)
        for name, rates in RATES.items():
            currency = currencies.search([("name", "=", name)])
            currency.active = True
            cls.env["res.currency.rate"].create(
                [
                    {
                        "currency_id": currency.id,
                        "company_id": company.id,
                        "name": start,
                        "company_rate": rate,
                    }
                    for company in cls.roots
                    for start, rate in rates.items()
                ]
            )

    @classmethod
    def make_products(cls):
        categories = {}
        for name in dict.fromkeys(category for _name, category, *_costs in PRODUCTS):
            categories[name] = cls.env["product.category"].create({"name": name})
        products = cls.env["product.product"].create(
            [
                {"name": name, "categ_id": categories[category].id, "taxes_id": False}
                for name, category, *_costs in PRODUCTS
            ]
        )
        for product, (_name, _category, *costs) in zip(products, PRODUCTS, strict=True):
            for company, cost in zip(cls.roots, costs, strict=True):
                product.with_company(company).standard_price = cost
        return products

    # -- one portfolio -------------------------------------------------------

    def build(self, seed):
        """Make the accounts and everything about them; return {role: accounts}."""
        rng = random.Random(seed)
        names = [*ROLES, *["regular"] * REGULARS]
        accounts = self.env["res.partner"].create(
            [
                {"name": f"Cuenta {number:02} {role}", "is_company": True}
                for number, role in enumerate(names)
            ]
        )
        contacts = self.env["res.partner"].create(
            [
                {"name": f"Persona de {account.name}", "parent_id": account.id}
                for account in accounts
            ]
        )
        found = {}
        for role, account in zip(names, accounts, strict=True):
            found[role] = found.get(role, self.env["res.partner"]) | account
        people = People(self, rng, found)
        for company in self.roots:
            people.type_in(company)
            books = Books(self, rng, company)
            for role, some in found.items():
                self.plan(books, rng, role, some)
            books.post()
            self.estimate_costs(company)
            people.meet(company)
        self.finish(found, contacts)
        self.env.flush_all()
        return found

    def plan(self, books, rng, role, accounts):
        """Plan the documents of the accounts of a role."""
        for number, account in enumerate(accounts):
            if books.company == self.other and role == "regular" and number % 2:
                continue  # a client of the first company only
            getattr(self, f"plan_{role}", lambda *_: None)(books, rng, account)
        if role == "twin":
            books.copy(*accounts)

    def plan_regular(self, books, rng, account):
        """A purchase now and then, at a pace of its own, until some day."""
        pace = rng.choice((4, 12, 30, 45, 75, 120))
        when = date(2021, 9, 1) + timedelta(days=rng.randrange(900))
        for _number in range(rng.randrange(1, 7)):
            if when > day("2024-06-01"):
                break
            books.sell(account, when)
            when += timedelta(days=max(0, round(pace * rng.uniform(0.4, 1.8))))
        if rng.random() < 0.5:
            books.sell(account, day("2024-05-20") - timedelta(days=rng.randrange(400)))

    def plan_twin(self, books, rng, account):
        if not books.planned_for(account) and account.name.startswith("Cuenta 00"):
            self.plan_regular(books, rng, account)
            books.sell(account, day("2024-01-15"))

    def plan_refunds(self, books, _rng, account):
        books.refund(account, day("2023-09-10"))
        books.refund(account, day("2024-05-31"))

    def plan_reversed(self, books, _rng, account):
        for when, back in (("2023-07-01", "2024-03-10"), ("2022-09-09", "2022-09-09")):
            books.sell(account, day(when), reversed_on=day(back))

    def plan_undone(self, books, _rng, account):
        books.sell(account, day("2024-01-10"), fate="draft")
        books.sell(account, day("2024-01-20"), fate="cancel")
        books.sell(account, day("2024-09-01"))

    def plan_nothing(self, books, _rng, account):
        books.sell(account, day("2024-02-02"), amount=0)

    def plan_fresh(self, books, _rng, account):
        books.sell(account, day("2024-05-02"))
        books.sell(account, day("2024-05-02"))

    def plan_borders(self, books, rng, account):
        for when in rng.sample(BORDERS, 7):
            books.sell(account, when)

    def plan_walk_in(self, books, _rng, account):
        books.sell(account, day("2024-03-03"), amount=90000)

    def plan_archived(self, books, rng, account):
        self.plan_regular(books, rng, account)
        books.sell(account, day("2023-12-12"))

    plan_moved = plan_archived

    def plan_reopened(self, books, rng, account):
        books.sell(account, day("2024-04-01") - timedelta(days=rng.randrange(600)))

    def plan_payment(self, books, _rng, account):
        books.pay_ahead(account, day("2024-02-10"), 55.5)

    def plan_returned(self, books, _rng, account):
        """Its revenue of the window is below zero: what it gives back is older."""
        books.sell(account, day("2022-10-10"), amount=700, reversed_on=day("2024-02-20"))
        books.sell(account, day("2024-01-05"), amount=50)

    def plan_recovered(self, books, rng, account):
        for when in ("2021-03-01", "2021-03-20", "2021-04-10", "2021-05-01"):
            books.sell(account, day(when))
        books.sell(account, day("2024-05-25") - timedelta(days=rng.randrange(80)))

    def estimate_costs(self, company):
        """Let the costs of a product be estimates of later, as they are of history; raise another's."""
        late, dear = self.products[2], self.products[0]
        costs = self.env["cartera.line.cost"].sudo()
        costs.search(
            [("product_id", "=", late.id), ("line_id.company_id", "child_of", company.id)]
        ).unlink()
        for product in (late, dear):
            product.with_company(company).standard_price += 0.5
        self.env.flush_all()
        costs._freeze(SQL("TRUE"), estimated=True)
        costs.invalidate_model()

    def finish(self, found, contacts):
        """Do what changes accounts that have documents already."""
        found["archived"].active = False
        found["moved"].parent_id = found["regular"][0]
        contacts[:: len(contacts) // 4].active = False
        walk_in = self.profiles.search([("partner_id", "=", found["walk_in"].id)])
        walk_in.action_exclude()
