"""Costs belong to a company; a branch without one has its root's."""

from odoo import Command
from odoo.tools import SQL

from .cost_case import CostCase
from .query_case import FEW, MANY, QueryCase


class TestCompanies(CostCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Sucursal", "parent_id": cls.company.id}
        )
        cls.other = cls.env["res.company"].create({"name": "Otra empresa"})
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=cls.other, install_demo=False
        )
        cls.env.user.company_ids += cls.branch + cls.other
        cls.env.cr.flush()  # Odoo gives a branch its chart of accounts before the commit

    def price(self, company, amount):
        self.product.with_company(company).standard_price = amount

    def sell_in(self, company, *lines, **vals):
        return self.sell(*lines, company=company, **vals)

    def test_own_cost_of_the_branch(self):
        self.price(self.branch, 70)
        self.assertEqual(self.costs(self.sell_in(self.branch)), [(70, False)])
        self.assertEqual(self.costs(self.sell()), [(60, False)])

    def test_branch_falls_back_to_the_root(self):
        self.assertEqual(self.costs(self.sell_in(self.branch)), [(60, False)])

    def test_zero_of_the_branch_is_none(self):
        self.price(self.branch, 70)
        self.price(self.branch, 0)
        self.assertEqual(self.costs(self.sell_in(self.branch)), [(60, False)])

    def test_branch_of_a_branch(self):
        """The root, not the next one up."""
        self.price(self.branch, 70)
        leaf = self.env["res.company"].create({"name": "Quiosco", "parent_id": self.branch.id})
        self.env.user.company_ids += leaf
        self.env.cr.flush()
        self.assertEqual(self.costs(self.sell_in(leaf)), [(60, False)])

    def test_companies_do_not_mix(self):
        move = self.sell_in(self.other)
        self.assertEqual(self.costs(move), [(0, False)])
        self.assert_margin(move, False, False, covered=0, frozen=False)
        self.price(self.other, 35)
        self.assertEqual(self.costs(self.sell_in(self.other)), [(35, False)])

    def test_default_of_the_company(self):
        """A product without a value has the company's default, as everywhere in Odoo."""
        self.env["ir.default"].set("product.product", "standard_price", 12.5, company_id=True)
        bare = self.env["product.product"].create({"name": "Sin coste"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE product_product SET standard_price = NULL WHERE id = %s", bare.ids
        )
        bare.invalidate_recordset()
        self.assertEqual(bare.standard_price, 12.5)
        self.assertEqual(self.costs(self.sell(self.line(bare))), [(12.5, False)])
        self.assertEqual(
            self.costs(self.sell_in(self.branch, self.line(bare))),
            [(12.5, False)],
        )

    def test_posted_at_once_in_three_companies(self):
        self.price(self.branch, 70)
        self.price(self.other, 35)
        moves = self.env["account.move"]
        for company in (self.company, self.branch, self.other):
            moves += self.sell_in(company, post=False)
        moves.with_company(self.other).action_post()
        self.assertEqual(self.costs(moves[0]), [(60, False)])
        self.assertEqual(self.costs(moves[1]), [(70, False)])
        self.assertEqual(self.costs(moves[2]), [(35, False)])

    def test_zero_counts_where_its_policy_says_so(self):
        """One query for documents of several companies, each with its own choice."""
        gift = self.env["product.product"].create({"name": "Muestra"})
        here = self.sell_in(self.branch, self.line(gift))
        there = self.sell_in(self.other, self.line(gift))
        self.env["cartera.policy"]._for(self.company).accept_zero_cost = True
        self.env["cartera.policy"]._for(self.other)
        (here + there).invalidate_recordset()
        self.assertAlmostEqual(here.cartera_margin, 100)
        self.assertIs(there.cartera_margin, False)


class TestCostQueries(QueryCase):
    """Posting and reading cost as many queries for two hundred lines as for ten."""

    def invoice(self, lines, post=False):
        return self.make_invoice(
            self.accounts[0],
            "2024-03-01",
            post=post,
            invoice_line_ids=[
                Command.create({"product_id": self.product.id, "price_unit": 9, "tax_ids": False})
                for _number in range(lines)
            ],
        )

    def count(self, call, *moves):
        counts = []
        for move in moves:
            with self.counted(ours=True) as queries:
                call(move)
            counts.append(len(queries))
        return counts

    def test_posting(self):
        self.invoice(1, post=True)
        few, many = self.count(
            lambda move: move.action_post(), self.invoice(FEW), self.invoice(MANY)
        )
        self.assertEqual(few, many)

    def test_freezing_is_one_statement(self):
        move = self.invoice(MANY, post=True)
        self.env.cr.execute("DELETE FROM cartera_line_cost")
        costs = self.env["cartera.line.cost"]
        with self.counted() as queries:
            costs._freeze(SQL("m.id = %s", move.id))
        self.assertEqual(len(queries), 1)

    def test_refund(self):
        def refund(move):
            self.reverse(move, "2024-04-01")

        refund(self.invoice(1, post=True))
        moves = [self.invoice(lines, post=True) for lines in (FEW, MANY)]
        few, many = self.count(refund, *moves)
        self.assertEqual(few, many)

    def test_reading_many_documents(self):
        moves = self.env["account.move"].union(*(self.invoice(1, post=True) for _n in range(20)))
        with self.counted(ours=True) as queries:
            self.assertEqual(len(moves.mapped("cartera_margin")), 20)
        self.assertEqual(len(queries), 1)
