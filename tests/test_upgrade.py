"""Update a database of the first release: nothing that people typed is lost, and the figures come."""

from .upgrade_case import UpgradeCase

#: What a full run notes on the policy.
NOTED = {"refreshed_at", "write_date", "write_uid"}
TRIGGERED = """
SELECT d.name FROM ir_cron_trigger t JOIN ir_model_data d ON d.res_id = t.cron_id
 WHERE d.module = 'crm_cartera' AND d.model = 'ir.cron' ORDER BY 1
"""
WISHES = """
SELECT replace(d.name, 'cartera_stage_', ''), count(*)::int FROM cartera_stage_wanted_rel w
  JOIN ir_model_data d ON d.model = 'cartera.stage' AND d.res_id = w.stage_id
 WHERE d.module = 'crm_cartera' GROUP BY 1 ORDER BY 1
"""
LIMITS = """
SELECT window_months, rhythm_min_days, rhythm_floor_days, rhythm_default_days, new_days,
       recovered_days, lost_months, abc_a_limit, abc_b_limit, new_ratio, recovered_ratio,
       at_risk_ratio, inactive_ratio, lost_ratio, recalibrate, accept_zero_cost, backfill_state
  FROM cartera_policy ORDER BY id
"""
DEFAULTS = (12, 3, 7, 60, 90, 90, 24, 0.8, 0.95, 3, 3, 1.5, 3, 6, "night", None, "none")
FIGURES = """
SELECT name, revenue_12m::float, revenue_prev_12m::float, revenue_total::float, trend::float,
       purchase_count_12m, refund_count, rhythm_days::float, rhythm_source, retention_status,
       rfm_score, abc_revenue, share_of_wallet::float, pipeline::float
  FROM cartera_profile ORDER BY name
"""
MARGINS = """
SELECT margin_12m::float, margin_rate::float, margin_covered_rate::float, margin_frozen_rate::float,
       abc_margin, categ_count, expected_purchase_date - last_purchase_date, receivable::float
  FROM cartera_profile WHERE name = 'Cliente'
"""
#: {what: query} of how the database is built; the parameters are those of the module's tables.
BUILT = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
         WHERE table_schema = 'public'
           AND (table_name LIKE 'cartera%' OR column_name LIKE 'cartera%') ORDER BY 1, 2""",
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes
         WHERE tablename LIKE 'cartera%' OR indexname LIKE '%cartera%' ORDER BY 1, 2""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE conrelid::regclass::text LIKE 'cartera%' ORDER BY 1, 2""",
    "storage": """
        SELECT relname, array_remove(reloptions, 'autovacuum_enabled=false') FROM pg_class
         WHERE relname LIKE 'cartera%' AND relkind = 'r' ORDER BY 1""",
    "records": """
        SELECT model, name FROM ir_model_data WHERE module = 'crm_cartera' ORDER BY 1, 2""",
    "rules": """
        SELECT d.name, r.domain_force, r.active FROM ir_rule r
          JOIN ir_model_data d ON d.res_id = r.id AND d.model = 'ir.rule'
         WHERE d.module = 'crm_cartera' ORDER BY 1""",
}


class TestUpgrade(UpgradeCase):
    """From 19.0.1.0.0 to the present release, on a database that people worked in."""

    queries = {"triggered": TRIGGERED, "figures": FIGURES, "limits": LIMITS}

    def leave_out(self, found, table, names):
        rows = [
            {name: value for name, value in row.items() if name not in names}
            for row in found[table]
        ]
        return {**found, table: rows}

    def keep(self, found):
        """Return what was found, but when stages were written: shipped ones get their wishes."""
        return self.leave_out(found, "cartera_stage", {"write_date", "write_uid"})

    # -- nothing is lost ----------------------------------------------------

    def test_first_release_has_done_its_work(self):
        """Otherwise the others prove nothing."""
        (version,) = self.fetch(
            "SELECT latest_version FROM ir_module_module WHERE name = 'crm_cartera'"
        )
        self.assertEqual(version, ("19.0.5.0.0",))
        self.assertNotIn("revenue_12m", self.columns["cartera_profile"])
        self.assertEqual(self.accounts, len(self.worked["cartera_profile"]))
        lifecycles = {row["name"]: row["lifecycle"] for row in self.worked["cartera_profile"]}
        self.assertEqual(
            lifecycles,
            {
                "Cliente": "client",
                "De antes": "client",
                "Devuelto": "prospect",
                "Fijado": "lead",
                "Lead": "lead",
                "Lejana": "client",
                "Mostrador": "client",
                "Por conocer": "prospect",
            },
        )
        kinds = {row["kind"] for row in self.worked["cartera_transition"]}
        self.assertEqual(kinds, {"forward", "correction"})

    def test_update_keeps_every_value(self):
        """What people typed, what the documents proved, and the history, to the last column."""
        self.assertEqual(self.keep(self.updated), self.keep(self.worked))

    def test_first_full_run_keeps_every_value(self):
        """The documents are the same, so the lifecycles, their dates and their stages are."""
        worked = self.leave_out(self.keep(self.worked), "cartera_policy", NOTED)
        refreshed = self.leave_out(self.keep(self.refreshed), "cartera_policy", NOTED)
        self.assertEqual(refreshed, worked)

    def test_shipped_stages_get_their_wishes(self):
        """Three of them want something in a new database."""
        self.assertEqual(
            self.fetch(WISHES), [("acquisition", 3), ("detection", 3), ("qualification", 4)]
        )

    def test_saved_filters_find_what_they_found(self):
        self.assertEqual(self.opened["Clientes"], ["Cliente"])
        self.assertEqual(self.opened["Urgentes"], ["Cliente"])

    # -- what is new ----------------------------------------------------------

    def test_update_leaves_the_figures_to_the_jobs(self):
        # A job that is asked for more than once comes once.
        jobs = {("cron_line_cost",), ("cron_refresh",), ("cron_segments",)}
        self.assertEqual(set(self.between["triggered"]), jobs)
        self.assertEqual({row[1:] for row in self.between["figures"]}, {(None,) * 13})

    def test_policies_have_the_defaults(self):
        self.assertEqual(self.between["limits"], [DEFAULTS, DEFAULTS])

    def test_jobs_fill_the_figures(self):
        """Worked out by hand: 20, 20 and 340 days between purchases; 600 of 1,200 bought."""
        blank = (None, None, None, None, 0, 0, None, None, None, None, None, None)
        self.assertEqual(
            {row[0]: row[1:] for row in self.fetch(FIGURES)},
            {
                "Cliente": (*(600, 500, 1100, 0.2, 3, 0, 20, "own", "active", "511", "A", 0.5, 0),),
                # Without purchases of its own: the rhythm that is usual in the company.
                "De antes": (
                    *(None, None, None, None, 0, 0, 20, "company", "lost", "111", None, None, 0),
                ),
                "Devuelto": (0, 0, 0, None, 0, 1, None, None, None, None, None, None, 0),
                "Fijado": (*blank, 0),
                "Lead": (*blank, 400),
                # Nobody in that company has a rhythm.
                "Lejana": (
                    *(None, None, None, None, 0, 0, 60, "policy", "lost", "111", None, None, 0),
                ),
                # Not in the portfolio: nobody judges it.
                "Mostrador": (None,) * 13,
                "Por conocer": (*blank, 0),
            },
        )

    def test_jobs_estimate_the_costs(self):
        """Three pieces of 60 each; nothing was frozen before there were costs."""
        self.assertEqual(self.fetch(MARGINS), [(420, 0.7, 1, 0, "A", 1, 20, 1100)])
        costs = self.fetch(
            "SELECT cost::float, estimated, COUNT(*) FROM cartera_line_cost GROUP BY 1, 2"
        )
        self.assertEqual(costs, [(60, True, 7)])

    def test_jobs_are_done(self):
        self.assertEqual(self.left, 0)
        self.assertEqual(self.fetch("SELECT COUNT(*) FROM cartera_touch"), [(0,)])
        self.assertEqual(
            self.fetch("SELECT DISTINCT state FROM cartera_calibration"),
            [("done",)],
        )

    def test_first_status_is_no_change(self):
        self.assertEqual(self.fetch("SELECT COUNT(*) FROM cartera_retention_change"), [(0,)])

    def test_manager_opens_the_screens(self):
        self.assertTrue(self.opened["sees margins"])
        self.assertEqual(self.opened["concentration"], 1)
        self.assertEqual(self.opened["grid"], 2)
        self.assertEqual(self.opened["retention"], {"active": 1, "lost": 1})

    # -- as if it was installed today ------------------------------------------

    def test_database_is_built_as_a_new_one(self):
        """Columns, indexes, constraints, records and rules: an update leaves nothing out or behind."""
        new = self.clone(self.databases.addon())
        for title, query in BUILT.items():
            with self.subTest(title):
                self.assertEqual(self.fetch(query), self.fetch(query, new))

    def test_logs_are_clean(self):
        self.assert_clean_logs()
