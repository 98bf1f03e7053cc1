"""Contacts that are merged, moved or deleted: profiles fold, nothing of a person's work is lost."""

from odoo import Command

from .common import CarteraCase, day


class TestMerge(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "manager")
        cls.screws, cls.paint = cls.env["product.category"].create(
            [{"name": "Tornillería"}, {"name": "Pintura"}]
        )
        cls.other_company = cls.env["res.company"].create({"name": "Otra sociedad"})
        cls.env.user.company_ids |= cls.other_company
        cls.kept, cls.gone = cls.make_account("Gómez SL"), cls.make_account("Ferretería Gómez")

    def merge(self, source, target):
        """Merge as the Contacts screen does."""
        self.drain()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target)
        self.assertFalse(source.exists())
        self.drain()

    def every(self, partner):
        return self.profiles.search([("partner_id", "=", partner.id)])

    def test_both_have_a_profile(self):
        """Entries fill blanks, the higher urgency and the earliest dates win, history is one."""
        self.make_lead(self.kept, "2024-02-01")
        self.make_invoice(self.kept, "2024-04-01")
        lead = self.make_lead(self.gone, "2024-01-10")
        invoice = self.make_invoice(self.gone, "2024-03-01")
        kept, gone = self.profile_of(self.kept), self.profile_of(self.gone)
        kept.write({"potential": 100, "urgency": "1"})
        gone.write(
            {
                "potential": 900,
                "urgency": "3",
                "note": "Paga a 30 días",
                "interest_categ_ids": [Command.set(self.screws.ids)],
                "opening_last_purchase_date": "2020-01-01",
                "opening_revenue": 7000,
            }
        )
        self.merge(self.gone, self.kept)
        profile = self.profile_of(self.kept)
        self.assertEqual(profile, kept)
        self.assertEqual((profile.potential, profile.urgency), (100, "3"))
        self.assertEqual(profile.note, "Paga a 30 días")
        self.assertEqual(profile.interest_categ_ids, self.screws)
        self.assertEqual(
            (profile.opening_revenue, profile.opening_last_purchase_date),
            (7000, day("2020-01-01")),
        )
        self.assertEqual((profile.lifecycle, profile.client_date), ("client", day("2024-03-01")))
        self.assertEqual(
            (profile.lead_date, profile.lead_evidence_id), (day("2024-01-10"), lead.id)
        )
        self.assertEqual((profile.purchase_count, profile.first_purchase_id), (2, invoice))
        standing = profile.transition_ids.filtered(lambda move: not move.superseded)
        self.assertEqual(
            [(move.to_lifecycle, str(move.date)) for move in standing.sorted("date")],
            [("lead", "2024-01-10"), ("client", "2024-03-01")],
        )
        self.assertEqual(len(profile.transition_ids), 4, "what was is still there to be read")

    def test_only_the_source_has_one(self):
        self.make_invoice(self.gone, "2024-03-01")
        profile = self.profile_of(self.gone)
        profile.write({"potential": 900, "note": "Paga a 30 días"})
        self.merge(self.gone, self.kept)
        self.assertEqual(self.profile_of(self.kept), profile)
        self.assertEqual((profile.potential, profile.note), (900, "Paga a 30 días"))
        self.assertEqual((profile.name, profile.purchase_count), ("Gómez SL", 1))
        self.assertEqual(len(profile.transition_ids), 1)

    def test_only_the_target_has_one(self):
        self.make_invoice(self.kept, "2024-03-01")
        profile = self.profile_of(self.kept)
        profile.potential = 900
        self.merge(self.gone, self.kept)
        self.assertEqual(self.profile_of(self.kept), profile)
        self.assertEqual((profile.potential, profile.purchase_count), (900, 1))

    def test_nobody_has_one(self):
        self.merge(self.gone, self.kept)
        self.assertFalse(self.every(self.kept))

    def test_each_company_folds_by_itself(self):
        """Odoo's own merge would delete the source's profiles of all companies."""
        for partner, company, potential in (
            (self.kept, self.company, 1),
            (self.gone, self.company, 2),
            (self.gone, self.other_company, 3),
        ):
            self.profiles._ensure(partner, company).potential = potential
        self.merge(self.gone, self.kept)
        found = {profile.company_id: profile.potential for profile in self.every(self.kept)}
        self.assertEqual(found, {self.company: 1, self.other_company: 3})

    def test_three_at_once(self):
        third = self.make_account("Gómez e Hijos")
        for partner, date in (
            (self.kept, "2024-03-01"),
            (self.gone, "2024-02-01"),
            (third, "2024-01-01"),
        ):
            self.make_invoice(partner, date)
        self.drain()
        self.merge(self.gone | third, self.kept)
        profile = self.profile_of(self.kept)
        self.assertEqual((profile.purchase_count, profile.client_date), (3, day("2024-01-01")))
        standing = profile.transition_ids.filtered(lambda move: not move.superseded)
        self.assertEqual([str(move.date) for move in standing], ["2024-01-01"])

    def test_locks_and_exclusion(self):
        """A lock of either stays; out of the portfolio only if both were."""
        kept, gone = self.profiles._ensure(self.kept), self.profiles._ensure(self.gone)
        gone.set_lifecycle("lead", "Contrato marco", day("2023-01-01"), lock=True)
        kept.action_exclude()
        self.merge(self.gone, self.kept)
        self.assertEqual((kept.excluded, kept.lifecycle_locked), (False, True))
        self.assertEqual((kept.lifecycle, kept.lead_date), ("lead", day("2023-01-01")))
        self.assertEqual(kept.stage_id.lifecycle, "lead")
        self.assertTrue(kept.active)

    def test_person_merged_into_her_company(self):
        """A person with an account of her own turns out to be somebody of another."""
        person = self.env["res.partner"].create({"name": "Ana"})
        self.make_lead(person, "2024-01-10")
        contact = self.env["res.partner"].create({"name": "Ana", "parent_id": self.kept.id})
        self.assertEqual(self.profile_of(person).lifecycle, "lead")
        self.merge(person, contact)
        self.assertFalse(self.every(contact))
        profile = self.profile_of(self.kept)
        self.assertEqual((profile.lifecycle, profile.lead_date), ("lead", day("2024-01-10")))

    # -- a contact moves under another --------------------------------------------

    def test_account_that_becomes_a_contact(self):
        self.make_lead(self.gone, "2024-01-10")
        gone = self.profile_of(self.gone)
        gone.write({"potential": 900, "note": "Paga a 30 días"})
        self.profiles._ensure(self.kept)
        self.gone.write({"is_company": False, "parent_id": self.kept.id})
        profile = self.profile_of(self.kept)
        self.assertFalse(self.every(self.gone))
        self.assertEqual((profile.lifecycle, profile.potential), ("lead", 900))
        self.assertEqual(profile.note, "Paga a 30 días")
        self.assertEqual(profile.lead_date, day("2024-01-10"))

    def test_account_that_becomes_a_contact_of_an_unknown_one(self):
        self.profiles._ensure(self.gone).potential = 900
        self.gone.write({"is_company": False, "parent_id": self.kept.id})
        self.assertEqual(self.profile_of(self.kept).potential, 900)
        self.assertFalse(self.every(self.gone))

    def test_its_past_goes_along(self):
        """A past day can be run again, and the contact be deleted, without harm to the snapshots."""
        month_end = day("2024-01-31")
        lead = self.make_lead(self.gone, "2024-01-10")
        profile = self.profile_of(self.gone)
        self.env["cartera.profile"].refresh(self.company, as_of=month_end)
        snapshot = self.env["cartera.snapshot"].search([("profile_id", "=", profile.id)])
        self.assertEqual(snapshot.partner_id, self.gone)
        self.gone.write({"is_company": False, "parent_id": self.kept.id})
        self.assertEqual(self.profile_of(self.kept), profile)
        self.assertEqual(snapshot.partner_id, self.kept)
        self.env["cartera.profile"].refresh(self.company, as_of=month_end, partners=self.kept)
        snapshot = self.env["cartera.snapshot"].search([("profile_id", "=", profile.id)])
        self.assertEqual((snapshot.partner_id, snapshot.date), (self.kept, month_end))
        lead.partner_id = self.kept
        self.gone.unlink()
        self.assertTrue(snapshot.exists())

    def test_past_of_both(self):
        """Of a day that both have, the one that stays keeps its own; of others it takes over theirs."""
        self.make_lead(self.gone, "2024-01-10")
        self.make_lead(self.kept, "2024-02-10")
        kept = self.profile_of(self.kept)
        self.drain()
        for month_end in ("2024-01-31", "2024-02-29"):
            self.env["cartera.profile"].refresh(self.company, as_of=day(month_end))
        self.gone.write({"is_company": False, "parent_id": self.kept.id})
        self.drain()
        snapshots = self.env["cartera.snapshot"].search([("partner_id", "=", self.kept.id)])
        self.assertEqual(snapshots.profile_id, kept)
        self.assertEqual(
            sorted(str(when) for when in snapshots.mapped("date")), ["2024-01-31", "2024-02-29"]
        )

    def test_account_that_bought_and_becomes_a_contact(self):
        """Odoo hands its documents to the new parent, so the profile follows them."""
        invoice = self.make_invoice(self.gone, "2024-03-01")
        profile = self.profile_of(self.gone)
        self.gone.write({"is_company": False, "parent_id": self.kept.id})
        self.assertEqual(self.profile_of(self.kept), profile)
        self.assertEqual((profile.purchase_count, profile.first_purchase_id), (1, invoice))
        self.assertEqual(len(profile.transition_ids), 1)

    def test_subsidiary_that_bought_and_becomes_a_contact(self):
        """Here Odoo leaves the documents where they are: it stays an account of its own."""
        self.gone.parent_id = self.kept
        self.make_invoice(self.gone, "2024-03-01")
        profile = self.profile_of(self.gone)
        self.gone.is_company = False
        self.assertEqual(self.gone.commercial_partner_id, self.kept)
        self.drain()
        self.assertEqual(self.every(self.gone), profile)
        self.assertEqual(profile.purchase_count, 1)
        self.assertFalse(self.every(self.kept))

    # -- a contact is deleted ---------------------------------------------------------

    def test_deleted_contact_erases_its_profile(self):
        lead = self.make_lead(self.gone, "2024-01-10")
        profile = self.profile_of(self.gone)
        history = profile.transition_ids
        self.assertTrue(history)
        lead.partner_id = False
        self.gone.unlink()
        self.drain()
        self.assertFalse(profile.exists())
        self.assertFalse(history.exists())
        self.env.cr.execute("SELECT COUNT(*) FROM cartera_touch")
        self.assertEqual(self.env.cr.fetchone(), (0,))
