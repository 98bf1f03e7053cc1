"""Companies never mix, whatever a user has selected; a branch is part of its company."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user

from .access_case import COLLEAGUE, FREE, MINE, OTHER, SHARED, AccessCase
from .common import GROUPS


class TestCompanies(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.other_company
        cls.users["both"] = new_test_user(
            cls.env,
            login="cartera_both",
            groups=GROUPS["manager"],
            company_id=cls.company.id,
            company_ids=[Command.set(both.ids)],
        )

    def env_in(self, role, *companies):
        """Return the environment of a user who selected these companies, the first is his current."""
        ids = [company.id for company in companies]
        env = self.env_of(role)
        return env(context={**env.context, "allowed_company_ids": ids})

    def test_selected_companies(self):
        here, there = self.company, self.other_company
        first = {self.mine: MINE, self.theirs: COLLEAGUE, self.free: FREE, self.other: 0}
        second = {self.mine: 0, self.theirs: SHARED, self.free: 0, self.other: OTHER}
        of_here, of_there = {MINE, COLLEAGUE, FREE}, {OTHER, SHARED}
        for companies, accounts, contacts in (
            ([here], of_here, first),
            ([there], of_there, second),
            ([here, there], of_here | of_there, first),
            ([there, here], of_here | of_there, second),
        ):
            env = self.env_in("both", *companies)
            domain = [("partner_id", "in", self.accounts.ids)]
            names = [company.name for company in companies]
            with self.subTest(selected=names, what="portfolio"):
                found = env["cartera.profile"].search(domain)
                self.assertEqual(set(found.mapped("potential")), accounts)
                documents = env["cartera.document"].search(domain)
                amounts = {int(amount * 10) for amount in documents.mapped("amount_untaxed")}
                self.assertEqual(amounts, accounts)
                moves = env["cartera.transition"].search([("partner_id", "in", self.accounts.ids)])
                self.assertEqual(moves.profile_id, found)
            for partner, potential in contacts.items():
                contact = partner.with_env(env)
                with self.subTest(selected=names, what="contact", name=contact.name):
                    self.assertEqual(contact.cartera_potential, potential)
                    by_figure = [("id", "=", contact.id), ("cartera_potential", "=", potential)]
                    self.assertTrue(env["res.partner"].search(by_figure))
            with self.subTest(selected=names, what="sum over contacts"):
                (total,) = env["res.partner"]._read_group(
                    [("id", "in", self.accounts.ids)], [], ["cartera_potential:sum"]
                )[0]
                self.assertEqual(total, sum(contacts.values()))

    def test_sum_by_company(self):
        env = self.env_in("both", self.company, self.other_company)
        groups = env["cartera.profile"]._read_group(
            [("partner_id", "in", self.accounts.ids)], ["company_id"], ["potential:sum"]
        )
        self.assertEqual(
            {company.id: total for company, total in groups},
            {
                self.company.id: MINE + COLLEAGUE + FREE,
                self.other_company.id: OTHER + SHARED,
            },
        )

    def test_entry_reaches_the_current_company(self):
        env = self.env_in("both", self.other_company, self.company)
        self.theirs.with_env(env).cartera_potential = 5
        self.mine.with_env(env).cartera_note = "Nueva aquí"
        self.assertEqual(self.profile_of(self.theirs).potential, COLLEAGUE)
        self.assertEqual(self.profile_of(self.theirs, self.other_company).potential, 5)
        self.assertEqual(self.profile_of(self.mine, self.other_company).note, "Nueva aquí")
        self.assertNotEqual(self.profile_of(self.mine).note, "Nueva aquí")

    def test_documents_of_the_other_company_prove_nothing_here(self):
        account = self.make_account("En las dos")
        self.make_invoice(account, "2024-01-10", company=self.other_company)
        self.assertFalse(self.profile_of(account))
        self.make_lead(account, company_id=self.company.id)
        here, there = self.profile_of(account), self.profile_of(account, self.other_company)
        self.assertEqual((here.lifecycle, there.lifecycle), ("lead", "client"))
        self.assertEqual((here.purchase_count, there.purchase_count), (0, 1))
        self.assertEqual((here.open_opportunity_count, there.open_opportunity_count), (1, 0))

    def test_account_of_another_company_cannot_be_made(self):
        """Neither in that company nor, of a contact that belongs to it, here."""
        hidden = self.make_account("Cliente secreto", company_id=self.other_company.id, phone="600")
        for vals, error in (
            ({"name": "Intrusa", "company_id": self.other_company.id}, AccessError),
            ({"partner_id": self.mine.id, "company_id": self.other_company.id}, AccessError),
            ({"partner_id": hidden.id}, AccessError),
        ):
            for role in ("salesperson", "manager"):
                with self.subTest(vals=vals, role=role), self.assertRaises(error):
                    self.rpc(role, "cartera.profile", "create", [vals])

    def test_stage_of_another_company(self):
        stage = self.env["cartera.stage"].create(
            {"name": "Solo allí", "lifecycle": "client", "company_id": self.other_company.id}
        )
        profile = self.profile_of(self.mine)
        with self.assertRaisesRegex(ValidationError, "Solo allí"):
            self.rpc("both", "cartera.profile", "write", profile.ids, {"stage_id": stage.id})
        self.assertFalse(self.env_of("manager")["cartera.stage"].search([("id", "=", stage.id)]))

    def test_stage_rule_reads_its_own_company(self):
        """A rule that goes through the contact finds the figures of the account's own company."""
        stage = self.env["cartera.stage"].create(
            {
                "name": "Grandes",
                "lifecycle": "client",
                "sequence": 1,
                "domain": f"[('partner_id.cartera_potential', '>=', {COLLEAGUE + 1})]",
            }
        )
        for company in (self.company, self.other_company):
            self.env["cartera.profile"].refresh(company)
        self.assertNotEqual(self.profile_of(self.theirs).stage_id, stage)
        self.assertEqual(self.profile_of(self.theirs, self.other_company).stage_id, stage)


class TestBranches(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.make_company("Sucursal Norte", parent_id=cls.company.id)
        cls.sibling = cls.make_company("Sucursal Sur", parent_id=cls.company.id)
        for role, company in (("north", cls.branch), ("south", cls.sibling)):
            cls.users[role] = new_test_user(
                cls.env,
                login=f"cartera_{role}",
                groups=GROUPS["manager"],
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )

    def test_documents_of_branches_count_for_one_profile(self):
        account = self.make_account("De la sucursal")
        invoice = self.make_invoice(account, "2024-05-05", 10, company=self.branch)
        self.assertEqual(invoice.company_id, self.branch)
        self.make_invoice(account, "2024-06-05", 20, company=self.sibling)
        self.make_invoice(account, "2024-07-05", 30)
        profile = self.profile_of(account)
        self.assertEqual(self.profiles.search([("partner_id", "=", account.id)]), profile)
        self.assertEqual(profile.company_id, self.company)
        self.assertEqual((profile.purchase_count, profile.first_purchase_id), (3, invoice))
        documents = self.env["cartera.document"].search([("profile_id", "=", profile.id)])
        self.assertEqual(documents.mapped("amount_untaxed"), [30, 20, 10])

    def test_user_of_a_branch_works_on_the_profile_of_its_company(self):
        profile = self.profile_of(self.mine)
        form = self.env["cartera.profile"].get_view(view_type="form")
        fields = {name: {} for name in form["models"]["cartera.profile"]}
        for role in ("north", "south"):
            env = self.env_of(role)
            with self.subTest(role=role):
                self.assertFalse(env["res.company"].search([("id", "=", self.company.id)]))
                found = env["cartera.profile"].search([("partner_id", "in", self.accounts.ids)])
                self.assertEqual(set(found.mapped("potential")), {MINE, COLLEAGUE, FREE})
                shown = env["cartera.profile"].web_search_read([("id", "=", profile.id)], fields)
                self.assertEqual(shown["records"][0]["potential"], MINE)
                partner = self.mine.with_env(env)
                self.assertEqual(partner.cartera_potential, MINE)
                self.assertEqual(partner.cartera_currency_id, self.company.currency_id)
                given = [("id", "in", self.accounts.ids), ("cartera_potential", ">", 1)]
                self.assertEqual(env["res.partner"].search_count(given), 3)
                self.assertEqual(
                    env["cartera.document"].search_count([("partner_id", "in", self.accounts.ids)]),
                    3,
                )
                found.browse(profile.id).write({"note": role})
                partner.write({"cartera_urgency": "2"})
                self.env.flush_all()
                self.assertEqual((profile.note, profile.urgency), (role, "2"))
                action = found.browse(profile.id).transition_ids[:1].action_open_evidence()
                self.assertEqual(action["res_model"], "cartera.document")

    def test_user_of_a_branch_adds_accounts(self):
        created = self.rpc("north", "cartera.profile", "create", {"name": "Nueva del norte"})
        profile = self.profiles.browse(created)
        self.assertEqual(profile.company_id, self.company)
        partner = self.make_account("Otra del norte")
        self.rpc("north", "res.partner", "action_cartera_add", partner.ids)
        self.assertEqual(self.profile_of(partner).company_id, self.company)
        lead = self.rpc("north", "crm.lead", "create", {"name": "Pista", "partner_id": partner.id})
        lead = self.env["crm.lead"].browse(lead)
        self.assertIn(lead.company_id, (self.branch, self.env["res.company"]))
        self.assertEqual(self.profile_of(partner).lifecycle, "lead")

    def test_policy_belongs_to_the_company(self):
        policy = self.env["cartera.policy"]
        self.assertEqual(policy._for(self.branch), policy._for(self.company))
        with self.assertRaises(ValidationError):
            policy.create({"company_id": self.branch.id})
        for role, seen in (("north", 1), ("other", 1), ("salesperson", None)):
            env = self.env_of(role)
            with self.subTest(role=role):
                if seen is None:
                    with self.assertRaises(AccessError):
                        env["cartera.policy"].search([])
                else:
                    self.assertEqual(env["cartera.policy"].search_count([]), seen)
