"""A lead shows its account in the lead's own company, whatever company the user works in."""

from odoo import Command

from .common import CarteraCase


class TestLeadsCompany(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create(
            {"name": "Segunda", "currency_id": cls.env.ref("base.CHF").id}
        )
        cls.branch = cls.env["res.company"].create({"name": "Sucursal", "parent_id": cls.other.id})
        companies = cls.company | cls.other | cls.branch
        cls.env.user.company_ids |= companies
        cls.seller = cls.make_users("all_accounts")["all_accounts"]
        cls.seller.company_ids = companies
        cls.account = cls.make_account()
        cls.contact = cls.env["res.partner"].create({"name": "Ana", "parent_id": cls.account.id})
        cls.leads = cls.env["crm.lead"]
        for company in (cls.company, cls.other, cls.branch, cls.env["res.company"]):
            cls.leads |= cls.make_lead(cls.contact, company_id=company.id, user_id=False)
        cls.orphan = cls.make_lead(cls.env["res.partner"], user_id=False)
        cls.drain()
        cls.here, cls.there = (cls.profile_of(cls.account, x) for x in (cls.company, cls.other))
        cls.env.cr.execute(
            "UPDATE cartera_profile SET revenue_12m = CASE company_id WHEN %s THEN 100 ELSE 700 END,"
            " abc_revenue = CASE company_id WHEN %s THEN 'A' ELSE 'C' END WHERE partner_id = %s",
            (cls.company.id, cls.company.id, cls.account.id),
        )
        cls.env.invalidate_all()

    def as_seller(self, current, *others):
        """Return the leads as the seller sees them with these companies selected."""
        ids = [current.id, *(company.id for company in others)]
        return self.leads.with_user(self.seller).with_context(allowed_company_ids=ids)

    def test_each_lead_shows_its_company(self):
        own, other, branch, none = self.as_seller(self.company, self.other, self.branch)
        self.assertEqual(own.cartera_profile_id, self.here)
        self.assertEqual(none.cartera_profile_id, self.here)
        for lead in (other, branch):
            self.assertEqual(lead.cartera_profile_id, self.there)
            self.assertEqual(lead.cartera_revenue_12m, 700)
            self.assertEqual(lead.cartera_abc_revenue, "C")
            self.assertEqual(lead.company_currency, self.there.currency_id)

    def test_without_company_it_is_of_the_current_one(self):
        none = self.as_seller(self.other, self.company)[3]
        self.assertEqual(none.cartera_profile_id, self.there)
        self.assertEqual(none.company_currency, self.there.currency_id)

    def test_search(self):
        own, other, branch, none = self.leads
        selected = (self.company, self.other, self.branch)
        found = self.as_seller(*selected).search([("cartera_abc_revenue", "=", "A")])
        self.assertEqual(found, own | none)
        found = self.as_seller(*selected).search([("cartera_abc_revenue", "=", "C")])
        self.assertEqual(found, other | branch)
        found = self.as_seller(*selected).search([("cartera_profile_id", "=", self.there.id)])
        self.assertEqual(found, other | branch)
        without = self.as_seller(*selected).search([("cartera_profile_id", "=", False)])
        self.assertIn(self.orphan, without)
        self.assertFalse(without & self.leads)

    def test_group(self):
        own, other, branch, none = self.leads
        leads = self.as_seller(self.company, self.other, self.branch)
        groups = dict(
            leads._read_group([("id", "in", leads.ids)], ["cartera_abc_revenue"], ["id:recordset"])
        )
        self.assertEqual(groups, {"A": own | none, "C": other | branch})

    def test_margins_stay_private(self):
        """A condition on what the user may not read matches nothing, by whatever path."""
        lead = self.as_seller(self.company)
        self.seller.group_ids = [Command.unlink(self.env.ref("crm_cartera.group_margin").id)]
        self.assertFalse(lead.search([("cartera_profile_id.margin_12m", "!=", 1)]))
