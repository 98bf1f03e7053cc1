"""A real order book, taken in as a user would: 91 customers, 830 invoices, whose figures we know.

What is expected is worked out from the files with the csv module alone.
"""

from .common import day
from .northwind_case import PROSPECTS, NorthwindCase
from .northwind_figures import FiguresMixin


class TestNorthwind(FiguresMixin, NorthwindCase):
    def check_portfolio(self, partners, invoices, known_before):
        """Compare every account with what the files say."""
        self.drain()
        accounts = [partner.id for partner in partners.values()]
        profiles = self.profiles.search([("partner_id", "in", accounts)])
        self.assertEqual(len(profiles), 91)
        by_ref = {profile.ref: profile for profile in profiles}
        clients = {ref for ref, profile in by_ref.items() if profile.lifecycle == "client"}
        prospects = {ref for ref, profile in by_ref.items() if profile.lifecycle == "prospect"}
        self.assertEqual(len(clients), 89)
        self.assertEqual((clients, prospects), (set(self.first), PROSPECTS))
        for ref in sorted(clients):
            profile, first = by_ref[ref], day(self.first[ref])
            with self.subTest(customer=ref):
                self.assertEqual(profile.client_date, first)
                self.assertEqual(profile.first_purchase_date, first)
                self.assertEqual(profile.last_purchase_date, day(self.last[ref]))
                self.assertEqual(profile.purchase_count, self.count_of[ref])
                invoice = invoices[ref].filtered(
                    lambda move, first=first: move.invoice_date == first
                )
                self.assertEqual(profile.first_purchase_id, invoice.sorted("id")[0])
                self.check_history(profile, invoice.sorted("id")[0], known_before)
        for ref in sorted(PROSPECTS):
            with self.subTest(customer=ref):
                profile = by_ref[ref]
                self.assertFalse(profile.client_date or profile.first_purchase_date)
                self.assertEqual(profile.purchase_count, 0)
                self.assertEqual(profile.transition_ids.mapped("evidence"), ["added"])
        self.assertEqual(
            {profile.stage_id.lifecycle for profile in profiles if profile.lifecycle == "client"},
            {"client"},
        )

    def check_history(self, profile, invoice, known_before):
        """Every client transition carries its invoice."""
        moves = profile.transition_ids.filtered(lambda move: move.to_lifecycle == "client")
        self.assertEqual(len(moves), 1)
        self.assertEqual((moves.kind, moves.evidence), ("forward", "invoice"))
        self.assertEqual((moves.evidence_id, moves.evidence_label), (invoice.id, invoice.name))
        self.assertTrue(invoice.name)
        self.assertEqual(moves.date, invoice.invoice_date)
        self.assertEqual(len(profile.transition_ids - moves), int(known_before))

    def test_order_book(self):
        """The customers' file, the invoices, and once more from nothing but the documents."""
        # What is learned from everybody changes with everybody; a drain judges by what is known.
        self.env["cartera.policy"]._for(self.company).recalibrate = "hand"
        partners = self.take_in("cartera.profile", "Account")
        self.assertEqual(partners["ALFKI"].country_id, self.env.ref("base.de"))
        self.assertEqual(partners["ALFKI"].city, "Berlin")
        invoices = self.invoice_all(partners)
        self.check_portfolio(partners, invoices, known_before=True)
        # The first run that finds buyers learns their usual rhythm; from then on it is known.
        self.env["cartera.profile"].refresh(self.company)
        self.env["cartera.touch"]._touch_partners(self.profiles.search([]).partner_id)
        self.drain()
        quiet = self.env["cartera.profile"].refresh(self.company)
        self.assertEqual(quiet["changed"], 0, "a full run has nothing to add to the drains")
        self.check_figures(partners)
        self.rebuild(partners, invoices)

    def rebuild(self, partners, invoices):
        """As on the day of installation: who bought is a client, who never did is not known."""
        accounts = [("partner_id", "in", [partner.id for partner in partners.values()])]
        self.profiles.search(accounts).unlink()
        self.env["cartera.profile"].refresh(self.company)
        self.env.invalidate_all()
        profiles = self.profiles.search(accounts)
        self.assertEqual(
            {profile.ref: str(profile.client_date) for profile in profiles}, self.first
        )
        for profile in profiles:
            first = profile.first_purchase_id
            self.assertIn(first, invoices[profile.ref])
            self.assertEqual(first.invoice_date, profile.client_date)
            self.check_history(profile, first, known_before=False)

    def test_contacts_file(self):
        """The Contacts import, with the policy that takes companies in."""
        self.env["cartera.policy"]._for(self.company).take_in_companies = True
        partners = self.take_in("res.partner", "Name", **{"Is a Company": "True"})
        accounts = [partner.id for partner in partners.values()]
        profiles = self.profiles.search([("partner_id", "in", accounts)])
        self.assertEqual(len(profiles), 91)
        self.assertEqual(set(profiles.mapped("origin")), {"policy"})
        self.assertEqual(set(profiles.mapped("lifecycle")), {"prospect"})
