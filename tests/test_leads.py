"""What a lead knows reaches its account, and survives conversion and merging."""

from odoo import Command

from .common import CarteraCase, day


class TestLeads(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "manager")
        cls.seller = cls.users["salesperson"]
        cls.screws, cls.paint = cls.env["product.category"].create(
            [{"name": "Tornillería"}, {"name": "Pintura"}]
        )
        cls.fair, cls.web = cls.env["utm.source"].create([{"name": "Feria"}, {"name": "Web"}])
        cls.stand = cls.env["utm.medium"].create({"name": "Estand"})
        cls.spring = cls.env["utm.campaign"].create({"name": "Primavera"})
        cls.account = cls.make_account()
        cls.known = {
            "cartera_potential": 5000,
            "cartera_interest_categ_ids": [Command.set(cls.screws.ids)],
            "cartera_urgency": "2",
            "cartera_note": "Obra en mayo",
        }
        cls.origin = {
            "source_id": cls.fair.id,
            "medium_id": cls.stand.id,
            "campaign_id": cls.spring.id,
        }

    def entries(self, record):
        prefix = "cartera_" if record._name != "cartera.profile" else ""
        return tuple(
            record[f"{prefix}{name}"]
            for name in ("potential", "interest_categ_ids", "urgency", "note")
        )

    # -- hand-over ----------------------------------------------------------

    def test_entries_reach_the_account(self):
        self.make_lead(self.account, **self.known)
        profile = self.profile_of(self.account)
        self.assertEqual(self.entries(profile), (5000, self.screws, "2", "Obra en mayo"))
        self.assertEqual(profile.origin, "evidence")
        self.assertEqual(profile.transition_ids.mapped("to_lifecycle"), ["lead"])

    def test_entries_reach_the_account_with_the_customer(self):
        """The customer comes later, or the entries do."""
        lead = self.make_lead(self.env["res.partner"], **self.known)
        self.assertFalse(self.profile_of(self.account))
        lead.partner_id = self.account
        profile = self.profile_of(self.account)
        self.assertEqual(self.entries(profile), (5000, self.screws, "2", "Obra en mayo"))
        other = self.make_account("Otra")
        lead = self.make_lead(other)
        lead.with_user(self.users["manager"]).write(self.known)
        self.assertEqual(
            self.entries(self.profile_of(other)), (5000, self.screws, "2", "Obra en mayo")
        )

    def test_what_a_person_entered_on_the_account_stays(self):
        profile = self.profiles._ensure(self.account)
        profile.write({"potential": 100, "note": "No llamar los lunes"})
        self.make_lead(self.account, **self.known)
        self.assertEqual(
            self.entries(self.profile_of(self.account)),
            (100, self.screws, "2", "No llamar los lunes"),
        )

    def test_account_of_a_colleague(self):
        """A salesperson's lead fills the blanks of an account he may not see."""
        self.account.user_id = self.users["manager"]
        self.profiles._ensure(self.account)
        lead = self.env["crm.lead"].with_user(self.seller)
        lead.create({"name": "Feria", "partner_id": self.account.id, **self.known})
        profile = self.profile_of(self.account)
        self.assertEqual(profile.potential, 5000)
        self.assertFalse(profile.with_user(self.seller).has_access("read"))

    # -- companies ------------------------------------------------------------

    def test_lead_without_company(self):
        """It counts where its account is known, else in its salesperson's company; its entries too."""
        other = self.env["res.company"].create({"name": "Otra sociedad"})
        self.env.user.company_ids |= other
        self.seller.company_ids |= other
        self.profiles._ensure(self.account, other)
        vals = {"user_id": self.seller.id, "company_id": False, "team_id": False}
        lead = self.make_lead(self.account, **vals, **self.known)
        lead.company_id = False
        self.assertFalse(lead.company_id)
        self.assertFalse(self.profile_of(self.account))
        there = self.profile_of(self.account, other)
        self.assertEqual((there.lifecycle, there.potential), ("lead", 5000))
        unknown = self.make_account("Desconocida")
        lead = self.make_lead(unknown, **vals, **self.known)
        lead.company_id = False
        here = self.profile_of(unknown)
        self.assertEqual((here.lifecycle, here.potential), ("lead", 5000))
        self.assertFalse(self.profile_of(unknown, other))

    # -- first touch ------------------------------------------------------------

    def test_first_touch_is_that_of_the_first_lead(self):
        first = self.make_lead(self.account, "2024-01-10", **self.origin)
        self.make_lead(self.account, "2024-03-10", source_id=self.web.id)
        profile = self.profile_of(self.account)
        expected = (day("2024-01-10"), self.fair, self.stand, self.spring)
        self.assertEqual(self.first_touch(profile), expected)
        first.unlink()
        profile = self.profile_of(self.account)
        self.assertEqual(profile.lead_date, day("2024-03-10"))
        self.assertEqual(self.first_touch(profile), expected, "who brought it stays")

    def first_touch(self, profile):
        names = ("date", "source_id", "medium_id", "campaign_id")
        return tuple(
            profile["first_contact_date" if name == "date" else f"first_{name}"] for name in names
        )

    # -- conversion ---------------------------------------------------------------

    def test_conversion_with_a_new_customer(self):
        lead = self.make_lead(
            self.env["res.partner"],
            "2024-01-10",
            type="lead",
            partner_name="Talleres Soto",
            contact_name="Ana Soto",
            user_id=self.seller.id,
            **self.known,
            **self.origin,
        )
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_user(self.seller)
            .with_context(active_model="crm.lead", active_id=lead.id, active_ids=lead.ids)
            .create({"name": "convert", "action": "create"})
        )
        wizard.action_apply()
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(self.entries(lead), (5000, self.screws, "2", "Obra en mayo"))
        account = lead.partner_id.commercial_partner_id
        self.assertEqual(account.name, "Talleres Soto")
        profile = self.profile_of(account)
        self.assertEqual(self.entries(profile), (5000, self.screws, "2", "Obra en mayo"))
        self.assertEqual((profile.lifecycle, profile.lead_date), ("lead", day("2024-01-10")))
        self.assertEqual(
            self.first_touch(profile), (day("2024-01-10"), self.fair, self.stand, self.spring)
        )
        self.assertEqual(profile.transition_ids.evidence_id, lead.id)
        self.assertEqual(profile.user_id, account.user_id)

    # -- merging --------------------------------------------------------------------

    def merge_two(self, second=None):
        """Merge two leads; they get their customers once they are as old as they are meant to be."""
        nobody = self.env["res.partner"]
        first = self.make_lead(
            nobody,
            "2024-01-10",
            name="Feria de enero",
            user_id=self.seller.id,
            **self.known,
            **self.origin,
        )
        other = {
            "cartera_potential": 9000,
            "cartera_interest_categ_ids": [Command.set(self.paint.ids)],
            "cartera_urgency": "3",
            "cartera_note": "Prefiere correo",
            "source_id": self.web.id,
        }
        later = self.make_lead(
            nobody,
            "2024-03-10",
            name="Web de marzo",
            user_id=self.seller.id,
            **other,
        )
        later.probability = 90
        first.partner_id, later.partner_id = self.account, second or self.account
        self.profile_of(self.account)
        merged = (first | later).with_user(self.seller).merge_opportunity()
        return first, later, merged.with_env(self.env)

    def test_merged_leads(self):
        first, later, merged = self.merge_two()
        self.assertEqual((first | later).exists(), later, "the likelier one stays")
        self.assertEqual((merged, merged.cartera_potential), (later, 9000))
        self.assertEqual(merged.cartera_interest_categ_ids, self.screws | self.paint)
        self.assertEqual(merged.cartera_urgency, "3")
        self.assertIn("Obra en mayo", merged.cartera_note)
        self.assertIn("Prefiere correo", merged.cartera_note)
        profile = self.profile_of(self.account)
        self.assertEqual((profile.lifecycle, profile.lead_date), ("lead", day("2024-01-10")))
        self.assertEqual(self.first_touch(profile)[:2], (day("2024-01-10"), self.fair))
        self.assertEqual((profile.lead_evidence_id, profile.open_opportunity_count), (merged.id, 1))
        self.assertEqual(
            self.history_of(profile),
            [("forward", False, "lead", "2024-01-10", "lead", False)],
            "merging is no event of the account",
        )
        self.assertEqual(profile.transition_ids.evidence_id, merged.id)
        action = profile.transition_ids.action_open_evidence()
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", merged.id))

    def test_merged_again(self):
        """The date of the oldest survives a second merge."""
        *_leads, merged = self.merge_two()
        third = self.make_lead(self.account, "2024-02-02", user_id=self.seller.id)
        (merged | third).merge_opportunity()
        self.assertEqual(self.profile_of(self.account).lead_date, day("2024-01-10"))

    def test_merged_from_another_account(self):
        """The account whose lead went away is judged again, with a trace."""
        other = self.make_account("Otra")
        *_leads, merged = self.merge_two(other)
        kept = merged.partner_id
        lost = (self.account | other) - kept
        self.assertEqual(self.profile_of(kept).lifecycle, "lead")
        profile = self.profile_of(lost)
        self.assertEqual(profile.lifecycle, "prospect")
        self.assertEqual(profile.transition_ids.sorted("id")[-1].kind, "correction")

    def test_copy(self):
        """A copied lead knows the same, but is as new as it is."""
        lead = self.make_lead(self.account, "2024-01-10", **self.known)
        lead.cartera_first_date = "2023-01-01 00:00:00"
        copied = lead.copy()
        self.assertEqual(self.entries(copied), self.entries(lead))
        self.assertFalse(copied.cartera_first_date)
