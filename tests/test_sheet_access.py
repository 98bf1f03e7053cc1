"""Whom the customer sheet is shown, and what of it; what it costs."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import GROUPS
from .query_case import QueryCase
from .sheet_case import SheetCase

#: A number of queries that no account may pass.
LIMIT = 85


class TestSheetAccess(SheetCase):
    def refusal(self, role, profile_id, method="get_sheet", *args):
        with self.assertRaises(AccessError) as caught:
            self.call(role, method, profile_id, *args)
        return str(caught.exception)

    def test_what_is_not_his_does_not_exist(self):
        theirs = self.make_known("De otro", self.colleague)
        left_out = self.make_known("Fuera", self.seller)
        left_out.action_exclude()
        there = self.make_company("Otra")
        abroad = self.make_known("De allí", self.seller, there)
        unknown = self.refusal("salesperson", 2**30)
        for profile_id in (theirs.id, left_out.id, abroad.id, -1, 2**40, "7", [self.profile.id]):
            with self.subTest(profile=profile_id):
                self.assertEqual(self.refusal("salesperson", profile_id), unknown)
        self.assertEqual(self.refusal("salesperson", theirs.id, "open_sheet", "bought"), unknown)
        self.assertNotIn("De otro", unknown)

    def test_his_own_and_unassigned_accounts(self):
        for user in (self.seller, None):
            profile = self.make_known("Suya", user)
            self.assertEqual(self.sheet("salesperson", profile)["name"], "Suya")
        theirs = self.make_known("De otro", self.colleague)
        for role in ("all_accounts", "manager"):
            self.assertEqual(self.sheet(role, theirs)["name"], "De otro")

    def test_without_sales_rights(self):
        for role in ("internal", "portal"):
            for profile_id in (self.profile.id, None):
                with self.subTest(role=role, profile=profile_id):
                    self.refusal(role, profile_id)
            with self.assertRaises(AccessError):
                self.profile.with_user(self.users[role]).action_open_sheet()

    def test_margins(self):
        self.set_figures(self.profile, margin_12m=50, margin_rate=0.5, abc_margin="A")
        for role, seen in (("salesperson", False), ("manager", True)):
            with self.subTest(role=role):
                blocks = self.blocks(role)
                figures = {each["name"] for each in blocks["figures"]["figures"]}
                judged = {each["name"] for each in blocks["header"]["judged"]}
                self.assertEqual("margin_12m" in figures, seen)
                self.assertEqual("abc_margin" in judged, seen)
                self.assertEqual("margin" in str(self.sheet(role)), seen)

    def test_segments_by_margin(self):
        dimension = self.env["cartera.dimension"].create(
            {
                "name": "Por margen",
                "code": "sheet_margin",
                "segment_ids": [
                    Command.create({"name": "Rentables", "domain": "[('margin_12m', '>', 0)]"})
                ],
            }
        )
        self.profile.sudo().segment_ids = dimension.segment_ids
        self.assertNotIn("Rentables", str(self.sheet()))
        self.assertIn("Rentables", str(self.sheet("manager")))

    def test_blocks_without_a_right_are_absent(self):
        """Who may not read leads, documents or open items has no such block."""
        for model, code in (
            ("cartera.document", "bought"),
            ("cartera.open.item", "owed"),
            ("crm.lead", "opportunities"),
            ("cartera.interaction", "attended"),
        ):
            with self.subTest(model=model):
                self.assertIn(code, self.blocks())
                access = self.env["ir.model.access"].search(
                    [("model_id.model", "=", model), ("perm_read", "=", True)]
                )
                access.perm_read = False
                self.assertNotIn(code, self.blocks())
                access.perm_read = True

    def test_leads_of_colleagues(self):
        """The account is his, the lead a colleague's: he sees what the rules of leads let him."""
        self.make_lead(self.partner, user_id=self.colleague.id, name="Ajena")
        self.assertEqual(self.blocks()["opportunities"]["rows"], [])
        self.assertEqual(self.blocks()["opportunities"]["count"], 0)
        self.assertEqual(len(self.blocks("manager")["opportunities"]["rows"]), 1)

    def test_companies_do_not_mix(self):
        """The same contact is an account of two companies: each sheet has its own figures."""
        there = self.make_company("Otra")
        manager = self.make_manager_of(self.company, there)
        other = self.profiles.create(
            {"partner_id": self.partner.id, "name": self.partner.name, "company_id": there.id}
        )
        self.make_invoice(self.partner, "2026-02-01", 100)
        for profile, count in ((self.profile, 1), (other, 0)):
            blocks = self.blocks(manager, profile)
            self.assertEqual(blocks["owed"]["count"], count)
            self.assertEqual(blocks["bought"]["bought"]["products"]["count"], count)
            self.assertEqual(self.sheet(manager, profile)["company"], profile.company_id.name)

    def test_roles_are_the_managers_list(self):
        role = self.env.ref("crm_cartera.contact_role_payer")
        with self.assertRaises(AccessError):
            role.with_user(self.seller).name = "Otro"
        role.with_user(self.users["manager"]).name = "Quien paga"
        person = self.env["res.partner"].create({"name": "Ana", "parent_id": self.partner.id})
        seller = new_test_user(
            self.env,
            login="sheet_contacts",
            groups=f"{GROUPS['salesperson']},base.group_partner_manager",
        )
        person.with_user(seller).cartera_role_ids = role
        with self.assertRaises(AccessError):
            person.with_user(self.users["internal"]).read(["cartera_role_ids"])
        with self.assertRaises(AccessError):
            role.with_user(self.users["internal"]).read(["name"])


class TestSheetQueries(QueryCase):
    def test_as_many_queries_for_many_documents(self):
        few, many = self.known[0], self.known[80]  # both with an activity for today
        products = self.env["product.product"].create(
            [{"name": f"Producto {number}", "taxes_id": False} for number in range(30)]
        )
        self.fill(few, products[:2], documents=1, people=1)
        self.fill(many, products, documents=30, people=25)
        self.drain()
        sheet = self.mine("cartera.screen.sheet")
        counts = []
        for profile in (few, few, many):
            with self.counted() as queries:
                sheet.get_sheet(profile.id)
            counts.append(queries)
        more = [text[:300] for text in set(counts[1]) ^ set(counts[2])]
        counts = [len(queries) for queries in counts]
        self.assertEqual(counts[1], counts[2], "\n".join(more))
        self.assertLessEqual(counts[1], LIMIT)

    def fill(self, profile, products, documents, people):
        """Give an account invoices with a line a product, leads, people with roles and activities."""
        partner = profile.partner_id
        for number in range(documents):
            self.make_invoice(
                partner,
                self.today.replace(day=1),
                invoice_line_ids=[
                    Command.create(
                        {"product_id": product.id, "price_unit": 1 + number, "tax_ids": False}
                    )
                    for product in products
                ],
            )
        role = self.env.ref("crm_cartera.contact_role_user")
        self.env["res.partner"].create(
            [
                {
                    "name": f"Persona {number}",
                    "parent_id": partner.id,
                    "cartera_role_ids": [Command.set(role.ids if number % 2 else [])],
                }
                for number in range(2 * people)
            ]
        )
        self.env["crm.lead"].create(
            [
                {
                    "name": "Otra",
                    "partner_id": partner.id,
                    "user_id": self.seller.id,
                    "type": "opportunity",
                }
                for _number in range(people)
            ]
        )
        for _number in range(people):
            partner.activity_schedule(
                "mail.mail_activity_data_call", user_id=self.seller.id
            ).action_done()
