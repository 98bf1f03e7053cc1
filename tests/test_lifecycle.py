"""Prospect, lead, client: by evidence, by hand, and back when evidence is taken away."""

from odoo.exceptions import UserError, ValidationError

from .common import CarteraCase, day


class TestLifecycle(CarteraCase):
    def test_invoice_makes_a_client(self):
        account = self.make_account()
        invoice = self.make_invoice(account, "2024-05-10")
        profile = self.profile_of(account)
        self.assertEqual(profile.lifecycle, "client")
        self.assertEqual(profile.client_date, day("2024-05-10"))
        self.assertEqual(profile.lifecycle_date, day("2024-05-10"))
        self.assertEqual(profile.first_purchase_id, invoice)
        self.assertEqual(profile.purchase_count, 1)
        self.assertEqual(profile.stage_id, self.env.ref("crm_cartera.cartera_stage_administration"))
        move = profile.transition_ids
        self.assertEqual(move.evidence_label, invoice.name)
        self.assertEqual((move.evidence_id, move.from_lifecycle), (invoice.id, False))
        self.assertEqual(profile.name, "Ferretería Gómez")

    def test_lead_then_invoice(self):
        account = self.make_account()
        lead = self.make_lead(account, "2024-01-10")
        profile = self.profile_of(account)
        self.assertEqual((profile.lifecycle, profile.lead_date), ("lead", day("2024-01-10")))
        self.assertEqual(profile.stage_id, self.env.ref("crm_cartera.cartera_stage_sale"))
        self.assertEqual(profile.transition_ids.evidence_label, lead.name)
        self.make_invoice(account, "2024-03-01")
        profile = self.profile_of(account)
        self.assertEqual(profile.lifecycle, "client")
        self.assertEqual(profile.lead_date, day("2024-01-10"))
        self.assertEqual(
            self.history_of(profile),
            [
                ("forward", False, "lead", "2024-01-10", "lead", False),
                ("forward", "lead", "client", "2024-03-01", "invoice", False),
            ],
        )
        self.assertEqual(profile.transition_ids[0].days, 51)

    def test_lead_after_the_first_purchase_is_no_milestone(self):
        account = self.make_account()
        self.make_invoice(account, "2024-03-01")
        self.make_lead(account, "2024-06-01")
        profile = self.profile_of(account)
        self.assertFalse(profile.lead_date)
        self.assertEqual(len(profile.transition_ids), 1)

    def test_refund_of_a_part_leaves_the_purchase(self):
        account = self.make_account()
        invoice = self.make_invoice(account, "2024-03-01", 100)
        self.reverse(invoice, "2024-03-05", 99)
        self.assertEqual(self.profile_of(account).lifecycle, "client")

    def test_whole_reversal_is_a_logged_correction(self):
        account = self.make_account()
        invoice = self.make_invoice(account, "2024-03-01", 100)
        self.profile_of(account)
        self.reverse(invoice, "2024-03-05")
        profile = self.profile_of(account)
        self.assertEqual(profile.lifecycle, "prospect")
        self.assertFalse(profile.client_date)
        correction = profile.transition_ids.filtered(lambda move: move.kind == "correction")
        self.assertEqual(correction.reason_code, "reversed")
        self.assertEqual(correction.evidence_label, invoice.name)
        self.assertEqual((profile.transition_ids - correction).mapped("superseded"), [True])

    def test_draft_cancel_delete_are_logged_corrections(self):
        account = self.make_account()
        invoice = self.make_invoice(account, "2024-03-01", 100)
        self.profile_of(account)
        for step, code in (("button_draft", "draft"), ("button_cancel", "cancel")):
            with self.subTest(step):
                if step == "button_cancel":
                    invoice.action_post()
                    self.assertEqual(self.profile_of(account).lifecycle, "client")
                    invoice.button_draft()
                getattr(invoice, step)()
                profile = self.profile_of(account)
                self.assertEqual(profile.lifecycle, "prospect")
                latest = profile.transition_ids.sorted("id")[-1]
                self.assertEqual((latest.kind, latest.reason_code), ("correction", code))

    def test_deleted_lead_keeps_its_name_in_the_history(self):
        account = self.make_account()
        lead = self.make_lead(account, name="Feria de Valencia")
        self.profile_of(account)
        lead.unlink()
        profile = self.profile_of(account)
        self.assertEqual(profile.lifecycle, "prospect")
        correction = profile.transition_ids.sorted("id")[-1]
        self.assertEqual(correction.reason_code, "deleted")
        self.assertEqual(correction.evidence_label, "Feria de Valencia")

    def test_lost_lead_still_counts(self):
        account = self.make_account()
        lead = self.make_lead(account)
        lead.action_set_lost()
        profile = self.profile_of(account)
        self.assertEqual(profile.lifecycle, "lead")
        self.assertEqual(profile.open_opportunity_count, 0)
        self.assertEqual(profile.stage_id, self.env.ref("crm_cartera.cartera_stage_qualification"))

    def test_archived_lead_counts_no_more(self):
        """Neither active, won nor lost: it was a mistake, a duplicate."""
        account = self.make_account()
        lead = self.make_lead(account, probability=10)
        self.assertEqual(self.profile_of(account).lead_count, 1)
        lead.action_archive()
        self.assertEqual(lead.won_status, "pending")
        profile = self.profile_of(account)
        self.assertEqual((profile.lifecycle, profile.lead_count), ("prospect", 0))
        correction = profile.transition_ids.sorted("id")[-1]
        self.assertEqual((correction.kind, correction.reason_code), ("correction", "archived"))
        action = profile.action_open_figure("lead_count")
        leads = self.env["crm.lead"].with_context(active_test=False)
        self.assertFalse(leads.search(action["domain"]))
        lead.action_unarchive()
        profile = self.profile_of(account)
        self.assertEqual((profile.lifecycle, profile.lead_count), ("lead", 1))

    def test_pipeline_is_added_up_to_the_cent(self):
        """In floats ten times 0.1 is less than 1, and how much less depends on the order."""
        account = self.make_account()
        for _number in range(10):
            self.make_lead(account, expected_revenue=1, probability=10)
        profile = self.profile_of(account)
        self.env.cr.execute("SELECT pipeline FROM cartera_profile WHERE id = %s", [profile.id])
        self.assertEqual(self.env.cr.fetchone(), (1.0,))

    def test_earlier_invoice_redates_the_client(self):
        account = self.make_account()
        self.make_invoice(account, "2024-03-01")
        self.profile_of(account)
        earlier = self.make_invoice(account, "2023-11-20")
        profile = self.profile_of(account)
        self.assertEqual(profile.client_date, day("2023-11-20"))
        self.assertEqual(profile.first_purchase_id, earlier)
        self.assertEqual(
            self.history_of(profile),
            [
                ("forward", False, "client", "2024-03-01", "invoice", True),
                ("redated", False, "client", "2023-11-20", "invoice", False),
            ],
        )

    def test_contact_of_the_account_counts_for_it(self):
        account = self.make_account()
        contact = self.env["res.partner"].create({"name": "Ana", "parent_id": account.id})
        self.make_lead(contact)
        self.assertFalse(self.profile_of(contact))
        self.assertEqual(self.profile_of(account).lifecycle, "lead")

    def test_future_invoice_counts_from_its_date(self):
        account = self.make_account()
        self.make_invoice(account, "2999-01-01")
        self.assertFalse(self.profile_of(account))

    def test_own_company_is_no_account(self):
        self.make_invoice(self.company.partner_id, "2024-01-01")
        self.assertFalse(self.profile_of(self.company.partner_id))

    # -- by hand ----------------------------------------------------------

    def test_prospect_to_lead_by_hand_needs_a_reason(self):
        profile = self.profiles.create({"name": "Nueva"})
        self.assertEqual(profile.lifecycle, "prospect")
        self.assertEqual(profile.transition_ids.evidence, "added")
        with self.assertRaises(ValidationError):
            profile.set_lifecycle("lead", " ")
        profile.set_lifecycle("lead", "Pidió precios", day("2024-02-02"))
        self.assertEqual((profile.lifecycle, profile.lead_date), ("lead", day("2024-02-02")))
        latest = profile.transition_ids.sorted("id")[-1]
        self.assertEqual((latest.evidence, latest.reason), ("manual", "Pidió precios"))
        self.assertEqual(latest.user_id, self.env.user)

    def test_only_a_manager_sets_a_client(self):
        users = self.make_users("salesperson", "manager")
        profile = self.profiles.create({"name": "Nueva"})
        with self.assertRaises(UserError):
            profile.with_user(users["salesperson"]).set_lifecycle("client", "De siempre")
        profile.with_user(users["manager"]).set_lifecycle("client", "De siempre", day("2010-01-01"))
        self.assertEqual((profile.lifecycle, profile.client_date), ("client", day("2010-01-01")))
        latest = profile.transition_ids.sorted("id")[-1]
        self.assertEqual((latest.evidence, latest.user_id), ("opening", users["manager"]))

    def test_back_to_what_documents_say(self):
        profile = self.profiles.create({"name": "Nueva"})
        profile.set_lifecycle("client", "De siempre", day("2010-01-01"))
        profile.set_lifecycle("prospect", "Era otra empresa")
        self.assertEqual(profile.lifecycle, "prospect")
        latest = profile.transition_ids.sorted("id")[-1]
        self.assertEqual((latest.kind, latest.reason), ("correction", "Era otra empresa"))

    def test_no_step_back_against_a_document(self):
        account = self.make_account()
        self.make_invoice(account, "2024-03-01")
        profile = self.profile_of(account)
        with self.assertRaises(UserError):
            profile.set_lifecycle("prospect", "No me gusta")
        self.assertEqual(profile.lifecycle, "client")

    def test_lock_keeps_a_manual_value(self):
        account = self.make_account()
        self.profiles._ensure(account)
        profile = self.profile_of(account)
        profile.set_lifecycle("lead", "Contrato marco", lock=True)
        self.make_invoice(account, "2024-03-01")
        self.assertEqual(self.profile_of(account).lifecycle, "lead")
        profile.action_unlock()
        self.assertEqual((profile.lifecycle, profile.client_date), ("client", day("2024-03-01")))

    def test_opening_data_make_a_client_since_then(self):
        profile = self.profiles.create(
            {
                "name": "De toda la vida",
                "opening_client_date": "2005-04-01",
                "opening_last_purchase_date": "2023-12-31",
                "opening_revenue": 12000,
            }
        )
        self.assertEqual((profile.lifecycle, profile.client_date), ("client", day("2005-04-01")))
        self.assertEqual(profile.last_purchase_date, day("2023-12-31"))
        self.assertEqual(profile.opening_origin, "typed")
        self.assertEqual(profile.purchase_count, 0)
        self.make_invoice(profile.partner_id, "2024-03-01")
        profile = self.profile_of(profile.partner_id)
        self.assertEqual(profile.client_date, day("2005-04-01"))
        self.assertEqual(profile.last_purchase_date, day("2024-03-01"))

    # -- in and out -------------------------------------------------------

    def test_not_in_the_portfolio(self):
        account = self.make_account("Venta de mostrador")
        self.make_invoice(account, "2024-03-01")
        profile = self.profile_of(account)
        profile.action_exclude()
        self.make_invoice(account, "2024-04-01")
        self.assertFalse(self.profile_of(account).active)
        self.assertFalse(account.cartera_profile_id)
        self.assertEqual(profile.purchase_count, 1)
        account.action_cartera_add()
        self.assertEqual(profile.purchase_count, 2)
        self.assertTrue(profile.active)

    def test_policy_takes_in_new_companies(self):
        policy = self.env["cartera.policy"]._for(self.company)
        self.assertFalse(self.make_account("Antes").cartera_profile_id)
        policy.take_in_companies = True
        account = self.make_account("Después")
        person = self.env["res.partner"].create({"name": "Ana"})
        self.assertEqual(account.cartera_profile_id.origin, "policy")
        self.assertFalse(person.cartera_profile_id)

    def test_archived_contact_archives_its_account(self):
        account = self.make_account()
        self.make_invoice(account, "2024-03-01")
        self.assertTrue(self.profile_of(account).active)
        account.active = False
        self.assertFalse(self.profile_of(account).active)
        self.assertEqual(self.profile_of(account).lifecycle, "client")
