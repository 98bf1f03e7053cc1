"""Invoice analysis by lifecycle, stage, ABC and retention: figures and plans."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.api import Environment
from odoo.tests import new_test_user
from odoo.tools import SQL

from odoo.addons.crm_cartera.models import account_invoice_report

from .common import GROUPS, CarteraCase

REPORT = "account.invoice.report"
DIMENSIONS = (
    "cartera_profile_id",
    "cartera_lifecycle",
    "cartera_stage_id",
    "cartera_abc_revenue",
    "cartera_retention_status",
)
BILLING = "account.group_account_invoice"


class InvoiceReportCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Sucursal Norte", "parent_id": cls.company.id}
        )
        cls.other = cls.env["res.company"].create({"name": "Otra sociedad"})
        cls.env["account.chart.template"].try_loading("generic_coa", cls.other, install_demo=False)
        cls.env.user.company_ids |= cls.branch | cls.other
        cls.manager = new_test_user(
            cls.env,
            login="cartera_report_manager",
            groups=f"{GROUPS['manager']},{BILLING}",
            company_id=cls.company.id,
            company_ids=[(6, 0, (cls.company | cls.branch | cls.other).ids)],
        )
        cls.big = cls.make_account("Grande")
        cls.small = cls.make_account("Pequeña")
        cls.walk_in = cls.make_account("Mostrador")
        invoice = cls.make_invoice(cls.big, "2024-03-01", 100)
        cls.reverse(invoice, "2024-03-05", 40)
        person = cls.env["res.partner"].create({"name": "Ana", "parent_id": cls.big.id})
        cls.make_invoice(person, "2024-04-01", 20)
        cls.make_invoice(cls.big, "2024-04-02", 50, company=cls.branch)
        cls.make_invoice(cls.big, "2024-04-03", 7, company=cls.other)
        cls.make_invoice(cls.small, "2024-04-04", 3)
        cls.make_invoice(cls.walk_in, "2024-04-05", 1000)
        cls.drain()
        cls.profile_of(cls.walk_in).action_exclude()
        cls.judge(cls.big, cls.company, lifecycle="client", abc="A", retention="at_risk")
        cls.judge(cls.big, cls.other, lifecycle="lead", abc="C", retention="lost")
        cls.judge(cls.small, cls.company, lifecycle="client", abc="B", retention="new")

    @classmethod
    def judge(cls, partner, company, **values):
        """Set what a run would find."""
        profile = cls.profile_of(partner, company)
        stage = cls.env["cartera.stage"].search([("lifecycle", "=", values["lifecycle"])], limit=1)
        cls.env.cr.execute(
            """UPDATE cartera_profile
                  SET lifecycle = %(lifecycle)s, stage_id = %(stage)s, abc_revenue = %(abc)s,
                      retention_status = %(retention)s
                WHERE id = %(id)s""",
            {**values, "stage": stage.id, "id": profile.id},
        )
        cls.env.invalidate_all()

    def report(self, user=None, companies=None):
        user = user or self.manager
        companies = companies or user.company_ids
        return (
            self.env[REPORT]
            .with_user(user)
            .with_context(allowed_company_ids=companies.ids, lang="en_US")
        )

    def domain(self):
        partners = (self.big | self.small | self.walk_in).ids
        return [("commercial_partner_id", "in", partners), ("state", "=", "posted")]

    def sums(self, by, **kwargs):
        groups = self.report(**kwargs)._read_group(self.domain(), [by], ["price_subtotal:sum"])
        return {getattr(key, "id", key): value for key, value in groups}


class TestFigures(InvoiceReportCase):
    def test_groups(self):
        """Refunds lower, people and branches count for their account, companies stay apart."""
        here, there = self.profile_of(self.big), self.profile_of(self.big, self.other)
        small = self.profile_of(self.small)
        for by, expected in {
            "cartera_profile_id": {here.id: 130, there.id: 7, small.id: 3, False: 1000},
            "cartera_lifecycle": {"client": 133, "lead": 7, False: 1000},
            "cartera_abc_revenue": {"A": 130, "B": 3, "C": 7, False: 1000},
            "cartera_retention_status": {"at_risk": 130, "new": 3, "lost": 7, False: 1000},
            "cartera_stage_id": {here.stage_id.id: 133, there.stage_id.id: 7, False: 1000},
        }.items():
            with self.subTest(by=by):
                self.assertEqual(self.sums(by), expected)

    def test_sums_do_not_depend_on_grouping(self):
        """One profile at most for each line: nothing is counted twice, nothing is lost."""
        aggregates = ["price_subtotal:sum", "quantity:sum", "__count"]
        expected = self.report()._read_group(self.domain(), [], aggregates)
        self.assertEqual(expected[0][0], 1140)
        for by in (*([name] for name in DIMENSIONS), list(DIMENSIONS)):
            with self.subTest(by=by):
                rows = self.report()._read_group(self.domain(), by, aggregates)
                totals = [sum(row[len(by) + at] for row in rows) for at in range(len(aggregates))]
                self.assertEqual([tuple(totals)], expected)

    def test_selected_companies(self):
        """The company of the row decides, never the one the reader works in."""
        for companies, expected in (
            (self.company, {"client": 83, False: 1000}),
            (self.branch, {"client": 50}),
            (self.other, {"lead": 7}),
            (self.other | self.company, {"lead": 7, "client": 83, False: 1000}),
        ):
            with self.subTest(companies=companies.mapped("name")):
                self.assertEqual(self.sums("cartera_lifecycle", companies=companies), expected)

    def test_filters(self):
        report = self.report()
        for domain, expected in (
            ([("cartera_lifecycle", "=", "client")], 133),
            ([("cartera_lifecycle", "!=", "client")], 1007),
            ([("cartera_profile_id", "=", False)], 1000),
            ([("cartera_profile_id", "ilike", "Grande")], 137),
            ([("cartera_profile_id.retention_status", "=", "lost")], 7),
            ([("cartera_abc_revenue", "in", ["A", "C"])], 137),
            ([("cartera_stage_id.lifecycle", "=", "client")], 133),
        ):
            with self.subTest(domain=domain):
                rows = report._read_group(self.domain() + domain, [], ["price_subtotal:sum"])
                self.assertEqual(rows[0][0], expected)

    def test_read_and_order(self):
        """Values as in the groups, sorted by them; who reads next gets his own, not a cached one."""
        lines = self.report().search(
            self.domain(), order="cartera_retention_status, price_subtotal, id"
        )
        self.assertEqual(
            lines.mapped(lambda line: (line.cartera_retention_status, line.price_subtotal)),
            [
                *[("at_risk", amount) for amount in (-40, 20, 50, 100)],
                ("lost", 7),
                ("new", 3),
                (False, 1000),
            ],
        )
        seller = new_test_user(
            self.env, login="cartera_report_seller", groups=f"{GROUPS['salesperson']},{BILLING}"
        )
        self.profile_of(self.big)._write_unjudged({"user_id": self.manager.id})
        here = lines.filtered(lambda line: line.company_id == self.company)
        mine = here.with_env(self.report(seller).env)
        self.assertEqual(
            mine.mapped(lambda line: (line.cartera_retention_status, line.price_subtotal)),
            [(False, -40), (False, 20), (False, 100), ("new", 3), (False, 1000)],
        )

    def test_new_values_are_read_at_once(self):
        """What a screen writes and has not flushed yet is in the figures."""
        profile = self.profile_of(self.small)
        profile._write_unjudged({"retention_status": "active"})
        self.assertEqual(self.sums("cartera_retention_status")["active"], 3)

    def test_vendor_bills_are_no_documents_of_the_account(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.big.id,
                "invoice_date": "2024-04-06",
                "invoice_line_ids": [
                    (0, 0, {"product_id": self.product.id, "price_unit": 5, "tax_ids": False})
                ],
            }
        )
        bill.action_post()
        groups = self.report()._read_group(
            [("move_id", "=", bill.id)], list(DIMENSIONS), ["price_subtotal:sum"]
        )
        self.assertEqual(len(groups), 1)
        *keys, amount = groups[0]
        self.assertEqual((any(keys), amount), (False, -5))


class TestPlans(InvoiceReportCase):
    """The screens' own queries, explained."""

    @contextmanager
    def explained(self, **settings):
        """Give the plans of the statements that read the report, with planner settings."""
        plans, run = [], Environment.execute_query

        def explain(env, query):
            if "account_move_line" in query.code:
                for name, value in settings.items():
                    env.cr.execute(SQL("SELECT set_config(%s, %s, TRUE)", name, value))
                rows = run(env, SQL("EXPLAIN (VERBOSE, COSTS OFF) %s", query))
                lines = (line for (line,) in rows if "Output:" not in line)
                plans.append("\n".join(lines))
            return run(env, query)

        with self.env.cr.savepoint(), patch.object(Environment, "execute_query", explain):
            yield plans

    def plan_of(self, by, user=None, companies=None, **settings):
        report = self.report(user, companies)
        with self.explained(**settings) as plans:
            report.formatted_read_group(self.domain(), by, ["price_subtotal:sum", "__count"])
        self.assertEqual(len(plans), 1)
        return plans[0]

    def plan_without_us(self, by, user):
        model = self.env.registry[REPORT]
        ours = account_invoice_report.AccountInvoiceReport
        with (
            patch.object(model, "_select", super(ours, model)._select),
            patch.object(model, "_from", super(ours, model)._from),
        ):
            return self.plan_of(by, user)

    def users(self):
        for role in ("salesperson", "all_accounts"):
            yield new_test_user(
                self.env, login=f"cartera_report_{role}", groups=f"{GROUPS[role]},{BILLING}"
            )
        yield self.manager
        yield new_test_user(self.env, login="cartera_report_biller", groups=BILLING)

    def test_unused_join_is_dropped(self):
        """Odoo's own screens run as without the addon, whoever opens them."""
        for user in self.users():
            for by in (["invoice_date:month"], ["product_categ_id", "invoice_user_id"]):
                with self.subTest(user=user.login, by=by):
                    plan = self.plan_of(by, user)
                    self.assertNotIn("cartera_profile", plan)
                    self.assertEqual(plan, self.plan_without_us(by, user))

    def make_many_accounts(self):
        """Give PostgreSQL reason to use an index: 2,000 more accounts in each of ten companies."""
        self.env.flush_all()
        few = range(10)
        companies = self.env["res.company"].create([{"name": f"Sociedad {n}"} for n in few])
        self.env.cr.execute(
            """WITH made AS (
                   INSERT INTO res_partner (name, active, autopost_bills)
                   SELECT 'Cliente ' || n, TRUE, 'ask' FROM generate_series(1, 2000) n
                   RETURNING id)
               INSERT INTO cartera_profile (partner_id, company_id, lifecycle, stage_id, active)
               SELECT made.id, company, lifecycle, stage_id, TRUE
                 FROM made, unnest(%s) company, cartera_profile WHERE cartera_profile.id = %s""",
            (companies.ids, self.profile_of(self.small).id),
        )
        self.env.cr.execute("ANALYZE cartera_profile")

    def test_used_join_is_one_on_the_unique_index(self):
        """Once, by both columns of the key, for companies and for branches."""
        self.make_many_accounts()
        for companies, root in (
            (self.company, f"company_id = {self.company.id})"),
            (self.company | self.other, "company_id = line.company_id)"),
            (self.company | self.branch, "company_id = CASE line.company_id "),
        ):
            for by in (["cartera_lifecycle"], list(DIMENSIONS)):
                with self.subTest(by=by, companies=companies.mapped("name")):
                    plan = self.plan_of(by, companies=companies)
                    _before, *scans = plan.split("public.cartera_profile\n")
                    self.assertEqual(len(scans), 1, plan)
                    scan = _before.rpartition("->")[2]
                    self.assertIn("using cartera_profile_partner_company_uniq", scan, plan)
                    condition = scans[0].partition("\n")[0]
                    self.assertIn("partner_id = move.commercial_partner_id)", condition)
                    self.assertIn(root, condition)

    def test_planner_knows_that_it_is_unique(self):
        plan = self.plan_of(["cartera_lifecycle"], enable_mergejoin="off")
        joins = plan.split("->")
        at = next(i for i, node in enumerate(joins) if "Left Join" in node)
        self.assertIn("Inner Unique: true", joins[at])
