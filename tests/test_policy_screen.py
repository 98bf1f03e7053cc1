"""The criteria on screen: every limit, its bounds, and what is refused."""

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from odoo.addons.crm_cartera.models.cartera_policy_limits import (
    BOUNDS,
    ORDERED,
    URGENCY_WEIGHTS,
    VALUE_WEIGHTS,
    WEIGHTS,
)

from .figure_case import FigureCase


class TestPolicyScreen(FigureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["admin"] = new_test_user(
            cls.env,
            login="cartera_admin",
            groups="base.group_system,sales_team.group_sale_manager",
        )

    def save(self, **limits):
        """Save the general settings as its form does: every limit, some of them changed."""
        settings = self.env["res.config.settings"].with_user(self.users["admin"])
        shown = settings.default_get([]) | {f"cartera_{name}": self.policy[name] for name in BOUNDS}
        changed = {f"cartera_{name}": value for name, value in limits.items()}
        settings.create({**shown, **changed}).execute()

    def test_every_limit_is_on_both_screens(self):
        for model, role, prefix in (
            ("cartera.policy", "manager", ""),
            ("res.config.settings", "admin", "cartera_"),
        ):
            view = self.rpc(role, model, "get_views", [(False, "form")])
            arch = etree.fromstring(view["views"]["form"]["arch"])
            shown = {node.get("name") for node in arch.iter("field")}
            fields = self.rpc(role, model, "fields_get")
            for name in (*BOUNDS, "recalibrate", "accept_zero_cost", "tz", "take_in_companies"):
                with self.subTest(model=model, limit=name):
                    self.assertIn(prefix + name, shown)
            for name in BOUNDS:
                with self.subTest(model=model, limit=name):
                    self.assertIn("Default: ", fields[prefix + name]["help"])
        self.assertIn("Default: 80%. From 1% to 99%.", fields["cartera_abc_a_limit"]["help"])

    def test_saved(self):
        self.save(window_months=6, abc_a_limit=0.7)
        self.assertEqual((self.policy.window_months, self.policy.abc_a_limit), (6, 0.7))
        self.assertTrue(self.policy.recalibrate_next)

    def test_changed_together(self):
        """Either by itself would be out of order."""
        self.save(abc_a_limit=0.96, abc_b_limit=0.99)
        self.assertEqual((self.policy.abc_a_limit, self.policy.abc_b_limit), (0.96, 0.99))
        self.save(abc_a_limit=0.5, abc_b_limit=0.6)
        self.assertEqual((self.policy.abc_a_limit, self.policy.abc_b_limit), (0.5, 0.6))

    def test_saving_what_is_there_judges_nobody_anew(self):
        self.policy.recalibrate_next = False
        cron = self.env.ref("crm_cartera.cron_refresh")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.save()
        self.assertFalse(self.policy.recalibrate_next)
        self.assertEqual(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), triggers
        )

    def test_nonsense_is_refused_in_words(self):
        for limits, words in (
            ({"abc_a_limit": 0.97}, "“Class A up to” must be below “Class B up to”."),
            ({"window_months": -3}, "“Period (months)” must be between 1 and 120."),
            ({"abc_b_limit": 1.2}, "“Class B up to” must be between 2% and 100%."),
            ({"window_months": 0}, "“Period (months)” must be between 1 and 120."),
            ({"at_risk_ratio": 4}, "“At risk after (x rhythm)” must be below “Inactive"),
            ({"inactive_ratio": 7}, "“Inactive after (x rhythm)” must be below “Lost"),
            ({"rhythm_floor_days": 0}, "“Shortest rhythm (days)” must be between"),
            ({"affinity_pay_good_days": 90}, "“Days to pay for all points” must be below “Days to"),
            (dict.fromkeys(WEIGHTS, 0), "The weights of the linkage cannot all be zero"),
            (dict.fromkeys(URGENCY_WEIGHTS, 0), "The weights of the urgency cannot all be zero"),
            (dict.fromkeys(VALUE_WEIGHTS, 0), "the urgency without value cannot all weigh zero"),
        ):
            with self.subTest(limits):
                with self.assertRaises(ValidationError) as refused, self.env.cr.savepoint():
                    self.save(**limits)
                self.assertIn(words, str(refused.exception))

    def test_bounds_hold_both_ways(self):
        for name, bounds in BOUNDS.items():
            for value in (bounds.low - 1, bounds.high + 1):
                with (
                    self.subTest(limit=name, value=value),
                    self.assertRaises(ValidationError),
                    self.env.cr.savepoint(),
                ):
                    self.policy.with_user(self.users["manager"]).write({name: value})
        self.assertEqual(len(ORDERED), 4)

    # -- the form of its own --------------------------------------------------

    def test_a_manager_opens_and_changes_the_criteria(self):
        action = self.rpc("manager", "cartera.policy", "action_open")
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("cartera.policy", self.policy.id)
        )
        self.rpc("manager", "cartera.policy", "web_save", self.policy.ids, {"new_days": 30}, {})
        self.assertEqual(self.policy.new_days, 30)

    def test_buttons(self):
        """Each asks by itself: who calls it without a web client gets the run too."""
        self.policy.write({"recalibrate_next": False, "refresh_next": False})
        for method, learns in (("action_refresh", False), ("action_learn", True)):
            self.wake_ups().unlink()
            action = self.rpc("manager", "cartera.policy", method, self.policy.ids)
            self.assertEqual(action["tag"], "crm_cartera.refresh")
            self.assertEqual(
                (self.policy.refresh_next, self.policy.recalibrate_next), (True, learns)
            )
            self.assertTrue(self.wake_ups())
        action = self.rpc("manager", "cartera.policy", "action_open_calibrations", self.policy.ids)
        self.assertTrue(self.env["cartera.calibration"].search(action["domain"]))

    def wake_ups(self):
        cron = self.env.ref("crm_cartera.cron_refresh")
        return self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])

    def test_the_dialog_asks_in_place_of_the_button(self):
        """Two wake-ups would be two full runs."""
        self.wake_ups().unlink()
        self.rpc("manager", "cartera.policy", "action_refresh", self.policy.ids)
        self.assertGreater(self.wake_ups().call_at, fields.Datetime.now(), "the dialog opens first")
        self.rpc("manager", "cartera.profile", "action_refresh_all")
        self.assertLessEqual(self.wake_ups().call_at, fields.Datetime.now())

    def test_nobody_forges_what_the_jobs_note(self):
        policy = self.policy
        before = policy.read()
        for name, value in (
            ("refreshed_at", "2030-01-01 00:00:00"),
            ("refresh_next", True),
            ("recalibrate_next", True),
            ("request_count", 99),
            ("backfill_state", "running"),
            ("backfill_from", "2030-01-31"),
            ("backfill_total", 5),
            ("backfill_done", 50),
            ("backfill_failed", 1),
            ("company_id", self.env["res.company"].create({"name": "Otra"}).id),
        ):
            with self.subTest(name):
                label = policy._fields[name].string
                with self.assertRaisesRegex(UserError, label):
                    vals = {"new_days": 30, name: value}
                    self.rpc("manager", "cartera.policy", "write", policy.ids, vals)
                with self.assertRaisesRegex(UserError, label):
                    self.rpc("admin", "cartera.policy", "create", [{name: value}])
        self.assertEqual(policy.read(), before)

    def test_every_button_can_be_pressed(self):
        """As the web client does, with the id of the record."""
        view = self.rpc("manager", "cartera.policy", "get_views", [(False, "form")])
        arch = etree.fromstring(view["views"]["form"]["arch"])
        names = {node.get("name") for node in arch.iter("button") if node.get("type") == "object"}
        self.assertGreater(len(names), 4)
        for name in names:
            with self.subTest(name):
                self.rpc("manager", "cartera.policy", name, self.policy.ids)

    def test_history(self):
        policy = self.policy
        self.rpc("manager", "cartera.policy", "web_save", policy.ids, {"backfill_months": 2}, {})
        self.rpc("manager", "cartera.policy", "action_backfill_start", policy.ids)
        self.assertEqual((policy.backfill_state, policy.backfill_total), ("running", 2))
        policy.backfill_done = 1
        self.assertEqual(policy.backfill_progress, 50)
        self.rpc("manager", "cartera.policy", "action_backfill_stop", policy.ids)
        self.assertEqual(policy.backfill_state, "stopped")

    def test_fewer_months_than_are_filled(self):
        """A remainder below zero ends the job with an error."""
        self.policy.write({"backfill_total": 2, "backfill_done": 3})
        self.assertEqual(self.policy.backfill_left, 0)

    def test_history_of_a_month_that_never_had_a_run(self):
        """The job asks how often the month was tried before it fills it for the first time."""
        runs = self.env["cartera.calibration"]
        self.assertFalse(runs._get_unended(self.company, self.previous_start))
        run = runs.create(
            {"company_id": self.company.id, "date": self.previous_start, "is_past": True}
        )
        self.assertEqual(runs._get_unended(self.company, self.previous_start), run)

    def test_salespeople_touch_none_of_it(self):
        for method in ("action_learn", "action_backfill_start", "action_backfill_stop"):
            with self.subTest(method), self.assertRaises(AccessError):
                self.rpc("salesperson", "cartera.policy", method, self.policy.ids)
