"""The demo data: every screen has something to show, in both companies, whatever the day."""

from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_cartera.demo import generate
from odoo.addons.crm_cartera.demo.load.world import TIME_ZONE
from odoo.addons.crm_cartera.demo.plan import MAIN, SECOND, make_plan
from odoo.addons.crm_cartera.demo.plan.texts import ROLES

from .common import CarteraCase

LEADS = ("lead", "won", "refused", "hand", "reversed")
USERS = ("lucia", "carlos", "nuria", "marta", "javier")
DAYS = ("2026-01-01", "2026-02-28", "2026-03-29", "2026-05-03", "2026-08-15", "2028-02-29")


def thin(plan):
    """Leave each client its first and its last invoice, and those with a story: it saves a minute."""
    kept = {}
    for invoice in sorted(plan.invoices, key=lambda invoice: invoice.day):
        key = (invoice.account, invoice.company)
        if invoice.draft or invoice.refund or invoice.taken_back:
            kept[id(invoice)] = invoice
        else:
            kept.setdefault((*key, "first"), invoice)
            kept[(*key, "last")] = invoice
    chosen = {id(invoice) for invoice in kept.values()}
    plan.invoices = [invoice for invoice in plan.invoices if id(invoice) in chosen]
    return plan


@tagged("standard", "post_install", "-at_install")
class TestDemoPlan(BaseCase):
    """What is to be loaded, before it is in a database."""

    test_module = "crm_cartera"

    def test_the_same_day_gives_the_same_plan(self):
        today = date(2026, 5, 14)
        self.assertEqual(repr(make_plan(today)), repr(make_plan(today)))
        self.assertNotEqual(repr(make_plan(today)), repr(make_plan(date(2026, 5, 15))))

    def test_nothing_that_happened_is_in_the_future(self):
        for today in map(date.fromisoformat, DAYS):
            with self.subTest(today=today):
                plan = make_plan(today)
                happened = [invoice.day for invoice in plan.invoices]
                happened += [invoice.paid for invoice in plan.invoices if invoice.paid]
                happened += [invoice.refund[1] for invoice in plan.invoices if invoice.refund]
                happened += [lead.created for lead in plan.leads]
                happened += [lead.closed for lead in plan.leads if lead.closed]
                happened += [entry.added for entry in plan.entries if entry.added]
                happened += [activity.done for activity in plan.activities if activity.done]
                happened += [message.date.date() for message in plan.messages]
                self.assertLessEqual(max(happened), today)
                self.assertGreater(min(happened), today - timedelta(days=3 * 366 + 60))

    def test_every_day_has_the_same_stories(self):
        for today in map(date.fromisoformat, DAYS):
            with self.subTest(today=today):
                plan = make_plan(today)
                bought = {(invoice.account, invoice.company) for invoice in plan.invoices}
                never = {"prospect", "lead", "won", "refused", "hand", "opening"}
                for entry in plan.entries:
                    key = (entry.account, entry.company)
                    self.assertEqual(key in bought, entry.kind not in never, entry)
                this_month = {
                    invoice.account
                    for invoice in plan.invoices
                    if (invoice.day.year, invoice.day.month) == (today.year, today.month)
                }
                new = {entry.account for entry in plan.entries_of("new")}
                self.assertTrue(new & this_month)
                for login in (*USERS, "admin"):
                    mine = {account.key for account in plan.accounts if account.user == login}
                    todo = [a for a in plan.activities if not a.done and a.account in mine]
                    signs = {(a.deadline > today) - (a.deadline < today) for a in todo}
                    self.assertEqual(signs, {-1, 0, 1}, login)


class TestDemo(CarteraCase):
    """The demo in a database; its invoices are thinned out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mails = cls.env["mail.mail"].search_count([])
        with patch.dict(generate.__globals__, make_plan=lambda today: thin(make_plan(today))):
            cls.world = generate(cls.env)
        cls.today = cls.world.plan.today
        cls.env.invalidate_all()
        cls.profiles = cls.profiles.with_context(tz=TIME_ZONE)

    def profiles_in(self, company):
        return self.profiles.search(
            [("company_id", "=", self.world.companies[company].id), ("excluded", "=", False)]
        )

    def every_profile(self):
        return self.profiles_in(MAIN) | self.profiles_in(SECOND)

    def test_lifecycles_are_those_of_the_plan(self):
        for company in (MAIN, SECOND):
            planned = Counter(
                "prospect"
                if entry.kind == "prospect"
                else "lead"
                if entry.kind in LEADS
                else "client"
                for entry in self.world.plan.entries
                if entry.company == company and entry.kind != "counter"
            )
            found = Counter(self.profiles_in(company).mapped("lifecycle"))
            self.assertEqual(found, planned)
        self.assertGreaterEqual(len(self.every_profile().partner_id), 120)

    def test_people_have_the_roles_of_their_functions(self):
        people = self.env["res.partner"].browse(
            [contact.id for contact in self.world.contacts.values()]
        )
        self.assertTrue(people)
        for person in people:
            self.assertEqual(person.cartera_role_ids.mapped("code"), [ROLES[person.function]])

    def test_every_stage_has_accounts(self):
        stages = self.env["cartera.stage"].search([("company_id", "=", False)])
        for company in (MAIN, SECOND):
            self.assertEqual(self.profiles_in(company).stage_id, stages)

    def test_companies_keep_spanish_books(self):
        for company in self.world.companies.values():
            self.assertEqual(company.country_id.code, "ES")
            self.assertEqual(company.currency_id.name, "EUR")
            moves = self.env["account.move"].search(
                [("company_id", "=", company.id), ("move_type", "=", "out_invoice")]
            )
            self.assertEqual(set(moves.mapped("state")), {"draft", "posted"})
            posted = moves.filtered(lambda move: move.state == "posted")
            self.assertGreaterEqual(set(posted.mapped("payment_state")), {"paid", "not_paid"})
            self.assert_numbered(posted)
            taxed = posted.filtered(lambda move: 100 * move.amount_tax / move.amount_untaxed > 20)
            self.assertEqual(taxed, posted)

    def assert_numbered(self, moves):
        """Numbers start at one each year and follow the dates."""
        moves = moves.sorted(lambda move: (move.invoice_date, move.sequence_number))
        for years in moves.grouped("sequence_prefix").values():
            numbers = years.mapped("sequence_number")
            self.assertEqual(numbers, list(range(1, len(years) + 1)))
        self.assertGreaterEqual(len(set(moves.mapped("sequence_prefix"))), 3)

    def test_next_actions_fill_every_bucket(self):
        states = Counter(self.every_profile().mapped("next_action_state"))
        self.assertGreaterEqual(states["overdue"], 10)
        self.assertGreaterEqual(states["today"], 8)
        self.assertGreaterEqual(states["planned"], 20)
        self.assertGreaterEqual(states["none"], 30)
        kinds = set(self.every_profile().mapped("next_action_model"))
        self.assertEqual(kinds, {"mail.activity", "calendar.event", False})

    def test_interactions_are_of_every_kind(self):
        profiles = self.every_profile()
        kinds = set(profiles.mapped("last_interaction_kind"))
        self.assertEqual(kinds, {"activity", "meeting", "email", "comment", False})
        days = [day for day in profiles.mapped("last_interaction_date") if day]
        self.assertLessEqual(max(days), self.today)
        self.assertLess(min(days), self.today - timedelta(days=90))

    def test_a_private_meeting_shows_its_date_only(self):
        event = self.env["calendar.event"].search([("privacy", "=", "private")])
        event = event.filtered(lambda event: event.user_id in self.world.users.values())
        profile = self.profiles.search(
            [("next_action_model", "=", "calendar.event"), ("next_action_res_id", "=", event.id)]
        )
        self.assertEqual(len(profile), 1)
        self.assertFalse(profile.next_action_user_id)

    def test_the_history_tells_each_kind_of_move(self):
        moves = self.env["cartera.transition"].search(
            [("profile_id", "in", self.every_profile().ids)]
        )
        evidence = set(moves.mapped("evidence"))
        self.assertEqual(evidence, {"invoice", "lead", "manual", "opening", "added"})
        self.assertEqual(set(moves.mapped("kind")), {"forward", "correction"})
        correction = moves.filtered(lambda move: move.kind == "correction")
        self.assertEqual(correction.reason_code, "reversed")
        self.assertEqual(correction.profile_id.lifecycle, "lead")
        steps = Counter((move.from_lifecycle, move.to_lifecycle) for move in moves)
        for step in (("prospect", "lead"), ("lead", "client"), (False, "prospect")):
            self.assertGreaterEqual(steps[step], 5, step)
        self.assertLessEqual(max(moves.mapped("date")), self.today)
        self.assertGreaterEqual(len({move.date.month for move in moves}), 10)

    def test_what_people_enter(self):
        profiles = self.every_profile()
        self.assertGreater(len(profiles.filtered("potential")), 60)
        self.assertGreater(len(profiles.filtered("interest_categ_ids")), 60)
        self.assertGreater(len(profiles.filtered(lambda p: p.urgency != "0")), 20)
        self.assertGreaterEqual(len(profiles.filtered("opening_client_date")), 5)
        self.assertGreater(len(profiles.first_source_id), 3)
        self.assertTrue(profiles.filtered(lambda p: not p.user_id))
        self.assertTrue(profiles.filtered("lifecycle_locked"))
        self.assertTrue(profiles.filtered(lambda p: not p.active))
        origins = set(profiles.mapped("origin"))
        self.assertEqual(origins, {"evidence", "hand", "import", "policy"})

    def test_the_walk_in_customer_is_left_out(self):
        excluded = self.profiles.search([("excluded", "=", True)])
        excluded &= self.profiles.search(
            [("company_id", "in", [company.id for company in self.world.companies.values()])]
        )
        self.assertEqual(excluded.partner_id, self.world.partners["Cliente de mostrador"])

    def test_leads_are_open_won_and_lost(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads = leads.search([("team_id", "in", [team.id for team in self.world.teams.values()])])
        states = Counter(leads.mapped("won_status"))
        self.assertEqual(set(states), {"won", "lost", "pending"})
        self.assertLess(min(leads.mapped("create_date")).date(), self.today - timedelta(days=300))
        self.assertFalse(any(leads.mapped("cartera_first_date")))
        self.assertTrue(leads.filtered(lambda lead: not lead.user_id))

    def test_each_user_sees_an_own_portfolio_with_work_for_today(self):
        for login in USERS:
            user = self.env["res.users"].search([("login", "=", login)])
            companies = user.company_ids & self.env["res.company"].browse(
                company.id for company in self.world.companies.values()
            )
            self.assertEqual(user.company_id, self.world.companies[MAIN])
            profiles = self.env["cartera.profile"].with_user(user)
            mine = profiles.with_context(allowed_company_ids=companies.ids).search([])
            self.assertGreaterEqual(len(mine), 30, login)
            by_user = mine.grouped("user_id")
            self.assert_worked_on(by_user[user])
            owners = mine.sudo().user_id - user
            self.assertEqual(bool(owners), login in ("marta", "javier"), login)

    def test_the_administrator_has_accounts_too(self):
        admin = self.env.ref("base.user_admin")
        self.assertEqual(admin.company_id, self.world.companies[MAIN])
        self.assert_worked_on(self.profiles_in(MAIN).filtered(lambda p: p.user_id == admin))

    def assert_worked_on(self, profiles):
        """The screens open on one's own accounts: none of them may be empty."""
        self.assertEqual(set(profiles.mapped("lifecycle")), {"prospect", "lead", "client"})
        self.assertGreaterEqual(
            set(profiles.mapped("next_action_state")), {"overdue", "today", "planned"}
        )

    def test_the_password_is_the_login(self):
        lucia = self.env["res.users"].search([("login", "=", "lucia")])
        credential = {"login": "lucia", "password": "lucia", "type": "password"}
        lucia.with_user(lucia)._check_credentials(credential, {"interactive": True})

    def test_a_year_of_history_is_asked_for(self):
        for company in self.world.companies.values():
            policy = self.env["cartera.policy"]._for(company)
            self.assertEqual((policy.backfill_state, policy.backfill_total), ("running", 12))
            changes = self.env["cartera.retention.change"]
            self.assertFalse(changes.search([("company_id", "=", company.id)]))

    def test_nothing_is_left_to_do(self):
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails)
        self.assertFalse(self.env["cartera.touch"].search([]))
        for company in self.world.companies.values():
            self.assertEqual(self.env["cartera.profile"].refresh(company)["changed"], 0)

    def test_a_second_time_does_nothing(self):
        self.assertIsNone(generate(self.env))
