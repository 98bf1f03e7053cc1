"""The financial and customer measures against their oracle, and against the records behind them."""

import random
from datetime import timedelta

from odoo import Command

from odoo.addons.crm_cartera.analysis.period import Period

from .common import day
from .oracle_facts import Ledger
from .score_money_check import CODES, MoneyCheckMixin
from .score_work_case import ScoreWorkCase

PERIODS = ("2024-06", "2024-05", "2024-Q2", "2024-02", "2024-Q1", "2023")
#: {source: first day on which leads may name it}.
SOURCES = {"Feria": "2020-01-01", "Web": "2023-07-15", "Llamada": "2024-03-01"}


class TestScoreMoney(MoneyCheckMixin, ScoreWorkCase):
    def test_seed_1(self):
        self.check(1)

    def test_seed_2(self):
        self.env["cartera.policy"]._for(self.other).write({"window_months": 7})
        self.check(2)

    def check(self, seed):
        accounts = self.build_money(seed)
        differences = []
        for company in self.roots:
            ledger = Ledger(self.env, company)
            for key in PERIODS:
                period = Period.parse(key)
                if period.start > ledger.today:
                    continue
                self.refresh_past(company, period, ledger.today)
                differences += self.compare(company, ledger, period)
        self.assertTrue(accounts)
        self.assertFalse(differences, "\n".join(differences))
        self.assertEqual(self.told, set(CODES), "every measure counts something somewhere")

    def refresh_past(self, company, period, today):
        """Let there be snapshots of the day before a period, and of its end."""
        for past in (period.start - timedelta(days=1), period.end):
            if past < today:
                self.profiles.refresh(company, as_of=past)
        self.env.invalidate_all()

    # -- the portfolio -----------------------------------------------------------

    def build_money(self, seed):
        """Add new products, origins and key segments to what people did with a portfolio."""
        rng = random.Random(seed + 2000)
        accounts = self.build_work(seed)
        self.sell_new(rng, accounts)
        self.name_sources(rng)
        self.make_key_segments()
        for company in (*self.roots, *self.roots):
            self.profiles.refresh(company)
        self.date_prospects(rng)
        for company in self.roots:
            self.env["cartera.dimension"]._sort(company)
        self.env.invalidate_all()
        return accounts

    def sell_new(self, rng, accounts):
        """Sell two products that nobody had before, one more than a year ago; take one back."""
        for name, days in (
            ("Estreno", ("2022-11-20", "2023-02-01", "2023-12-05", "2024-05-31")),
            ("Novedad", ("2023-05-31", "2024-01-31", "2024-02-29", "2024-05-30")),
        ):
            product = self.env["product.product"].create({"name": name, "taxes_id": False})
            moves = self.env["account.move"]
            for when in days:
                line = {
                    "product_id": product.id,
                    "price_unit": rng.choice((90, 450)),
                    "tax_ids": False,
                }
                moves |= self.make_invoice(
                    rng.choice([*accounts[:30]]),
                    when,
                    invoice_line_ids=[Command.create(line)],
                )
            self.reverse(moves[2], day(days[3]), 30)

    def name_sources(self, rng):
        """Name the source of most leads: one that was in use on the day."""
        sources = {
            self.env["utm.source"].create({"name": name}): day(since)
            for name, since in SOURCES.items()
        }
        for lead in self.get_leads():
            known = [
                source for source, since in sources.items() if since <= lead.create_date.date()
            ]
            lead.source_id = rng.choice([*known, *known[-1:], self.env["utm.source"]])
        self.env.flush_all()

    def make_key_segments(self):
        """Two dimensions whose key segments overlap, and a key segment by margin that does not count."""
        self.env["cartera.segment"].search([]).is_key = False
        rules = {
            "clave_a": "[('name', 'ilike', 'regular')]",
            "clave_b": "[('name', 'ilike', '1')]",
            "clave_c": "[('margin_12m', '>', -100000)]",
        }
        for code, rule in rules.items():
            self.env["cartera.dimension"].create(
                {
                    "name": code,
                    "code": code,
                    "segment_ids": [
                        Command.create({"name": "Clave", "domain": rule, "is_key": True}),
                        Command.create({"name": "Resto", "sequence": 20}),
                    ],
                }
            )

    def get_key(self, company):
        rows = self.profiles.search([("company_id", "=", company.id), ("excluded", "=", False)])
        return {
            row.partner_id
            for row in rows
            if "regular" in (row.name or "").casefold() or "1" in (row.name or "")
        }

    def date_prospects(self, rng):
        """Let accounts have been added on other days."""
        added = self.env["cartera.transition"].search(
            [("evidence", "=", "added"), ("to_lifecycle", "=", "prospect")]
        )
        self.env.flush_all()
        self.env.cr.execute_values(
            "UPDATE cartera_transition t SET date = v.day::date FROM (VALUES %s) v (id, day)"
            " WHERE t.id = v.id",
            [
                (move.id, str(day("2024-05-31") - timedelta(days=rng.randrange(200))))
                for move in added
            ],
        )
        self.env.invalidate_all()

    # -- rights ------------------------------------------------------------------

    def test_records_with_own_rights(self):
        """A salesperson opens what is behind the figures: what is his of it, and nothing fails."""
        self.build_money(3)
        seller = self.sellers[0]
        measures = self.env["cartera.measure"].sudo()
        span = measures._get_span(self.company, Period.parse("2024-05"))
        before = span.start - timedelta(days=1)
        for past in (before, span.as_of):
            self.profiles.refresh(self.company, as_of=past)
        indicators = self.env["cartera.indicator"]
        self.check_reading(measures, span)
        theirs = measures.with_user(seller).sudo()
        for code in CODES:
            population = indicators._get_population(self.company, "company")
            model, domain = measures._get_records(code, span, population)
            every = self.env[model].search(domain)
            told = theirs._get_records(code, span, population)[1]
            mine = self.env[model].with_user(seller).search(told)
            owners = {row.id: row.sudo().user_id for row in every}
            allowed = {key for key, owner in owners.items() if owner in (seller, seller.browse())}
            own = {key for key, owner in owners.items() if owner == seller}
            self.assertLessEqual(set(mine.ids), allowed, code)
            self.assertLessEqual(own, set(mine.ids), code)
            named = [
                condition.value
                for condition in told.iter_conditions()
                if condition.field_expr == "id"
            ]
            for ids in named:
                self.assertLessEqual(set(ids), allowed, f"{code} names what is another's")

    def check_reading(self, measures, span):
        """A measure is one statement, and only reads: it may run on a replica."""
        running = measures._get_span(self.company, Period.parse("2024-06"))
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            self.env.cr.execute("SET LOCAL transaction_read_only = on")
            for code in CODES:
                for each in (span, running):
                    with self.assertQueryCount(1):
                        measures._sum_scopes(code, each)
            savepoint.rollback()
