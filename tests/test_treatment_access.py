"""Who may apply treatments, and who sees what of them."""

from odoo import Command
from odoo.exceptions import AccessError, UserError

from .access_case import COLLEAGUE, DENIED, FREE, MINE, NOTHING, OTHER, REFUSED, SHARED, AccessCase
from .treatment_case import TreatmentMixin

LINES = "cartera.treatment.line"
SEEN = {
    "salesperson": {MINE, FREE},
    "all_accounts": {MINE, COLLEAGUE, FREE},
    "manager": {MINE, COLLEAGUE, FREE},
    "other": {OTHER, SHARED},
}


class TestTreatmentAccess(TreatmentMixin, AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller, cls.manager = cls.users["salesperson"], cls.users["manager"]
        cls.set_up_treatment()
        cls.plan.template_ids.responsible_type = "on_demand"
        cls.known.write({"urgency": "3"})
        cls.drain()
        cls.env["cartera.dimension"]._sort(cls.other_company)
        cls.env.invalidate_all()

    def applied(self):
        """Let the managers of both companies apply the treatment to all their accounts."""
        for role in ("manager", "other"):
            self.apply(self.late.with_user(self.users[role]), self.users[role])

    def dialog(self, records, user=None):
        env = self.env_of(user or self.manager)
        action = records.with_env(env).action_apply_treatment()
        return env[action["res_model"]].browse(action["res_id"])

    # -- apply ------------------------------------------------------------

    def test_everybody_applies_to_the_accounts_he_sees(self):
        for role, seen in SEEN.items():
            with self.subTest(role=role):
                dialog = self.dialog(self.late, self.users[role])
                self.assertEqual(sum(dialog.line_ids.mapped("account_count")), len(seen))

    def test_salesperson_treats_own_and_unassigned(self):
        treatment = self.apply(self.late, self.seller)
        self.assertEqual(self.figures(treatment.line_ids.profile_id), [MINE, FREE])
        activities = self.env["mail.activity"].search(
            [("cartera_treatment_line_id", "in", treatment.line_ids.ids)]
        )
        self.assertEqual(activities.create_uid, self.seller)

    def test_domain_of_the_dialog_opens_nothing(self):
        """The chosen accounts come from the client: they are searched with the user's rights."""
        dialog = self.dialog(self.late, self.seller)
        dialog.domain = "[('potential', '>', 0)]"
        dialog.action_apply()
        lines = self.env[LINES].search([])
        self.assertEqual(set(self.figures(lines.profile_id)), {MINE, FREE})
        dialog.domain = "nonsense"
        with self.assertRaises(UserError):
            dialog.action_apply()

    def test_account_that_is_given_away_meanwhile(self):
        """The job schedules with the rights that the user has then."""
        treatment = self.env["cartera.treatment"]
        vals = treatment._prepare_treatment_vals(self.late, self.company, "hand", "2026-01-01")
        vals |= {"user_id": self.seller.id, "other_user_id": self.seller.id}
        self.patch(type(treatment), "_schedule_now", lambda *_args: None)
        made = treatment._apply([vals], self.known.ids)
        self.mine.user_id = self.colleague
        self.drain()
        with self.assertLogs("odoo.addons.crm_cartera", "WARNING"):
            self.treat()
        reasons = {self.figures(line.profile_id)[0]: line.reason for line in made.line_ids}
        self.assertEqual(reasons, {MINE: "error", COLLEAGUE: "error", FREE: False})

    def test_portal_and_internal_users(self):
        for role in DENIED:
            for record, method in (
                (self.late, "action_apply_treatment"),
                (self.late, "action_open_treatments"),
                (self.known[:1], "action_apply_treatment"),
            ):
                with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                    self.rpc(role, record._name, method, record.ids)
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.rpc(role, "cartera.treatment.apply", "create", {})

    def test_nobody_writes_treatments(self):
        self.applied()
        line = self.env[LINES].search([], limit=1)
        for role in ("salesperson", "manager"):
            for record, vals in (
                (line, {"state": "waiting"}),
                (line.treatment_id, {"user_id": self.manager.id}),
            ):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    self.rpc(role, record._name, "write", record.ids, vals)
                with self.subTest(role=role), self.assertRaises(AccessError):
                    self.rpc(role, record._name, "unlink", record.ids)
                with self.subTest(role=role), self.assertRaises(AccessError):
                    self.rpc(role, record._name, "create", vals)

    def test_nobody_hangs_an_activity_on_another_account(self):
        self.applied()
        lines = self.env[LINES].search([])
        mine = lines.filtered(lambda line: line.partner_id == self.mine)
        theirs = lines.filtered(
            lambda line: line.partner_id == self.theirs and line.company_id == self.company
        )
        activity = self.mine.activity_ids[:1]
        for line in (theirs, lines - mine - theirs):
            with self.subTest(line=line), self.assertRaises(AccessError):
                self.rpc(
                    "salesperson",
                    "mail.activity",
                    "write",
                    activity.ids,
                    {"cartera_treatment_line_id": line[0].id},
                )
        self.rpc(
            "salesperson",
            "mail.activity",
            "write",
            activity.ids,
            {"cartera_treatment_line_id": mine.id},
        )

    # -- see --------------------------------------------------------------

    def test_what_was_done_is_seen_with_the_account(self):
        self.applied()
        self.check(
            {
                "read": (
                    lambda e: self.each(
                        e[LINES].browse(self.env[LINES].search([]).ids),
                        lambda line: (
                            self.figures(line.profile_id)[0]
                            and line.state
                            and self.figures(line.profile_id)[0]
                        ),
                    ),
                    REFUSED,
                ),
                "search": (lambda e: self.figures(e[LINES].search([]).profile_id), REFUSED),
                "group": (
                    lambda e: self.figures(
                        e["cartera.profile"].browse(
                            group["profile_id"][0]
                            for group in e[LINES].formatted_read_group(
                                [], ["profile_id"], ["__count"]
                            )
                        )
                    ),
                    REFUSED,
                ),
                "of the account": (
                    lambda e: self.figures(
                        e["cartera.profile"].search([]).treatment_line_ids.profile_id
                    ),
                    REFUSED,
                ),
                "by the account": (
                    lambda e: self.figures(
                        e["cartera.profile"].search([("treatment_line_ids.state", "=", "done")])
                    ),
                    REFUSED,
                ),
            },
            SEEN,
        )

    def test_treatments(self):
        """A salesperson counts his own accounts only, and does not see those without any."""
        self.applied()
        counts = {}
        for role in ("salesperson", "all_accounts", "manager", "other"):
            found = self.env_of(role)["cartera.treatment"].search([])
            counts[role] = found.mapped(lambda t: (t.account_count, t.done_count, t.open_count))
        self.assertEqual(
            counts,
            {
                "salesperson": [(2, 2, 4)],
                "all_accounts": [(3, 3, 6)],
                "manager": [(3, 3, 6)],
                "other": [(2, 2, 4)],
            },
        )

    def test_path_from_the_activity(self):
        self.applied()
        domain = [("cartera_treatment_line_id.treatment_id.plan_name", "=", "Recuperar")]

        def path(env):
            found = env["mail.activity"].search(domain)
            partners = found.sudo().mapped("res_id")
            return self.figures(
                self.known.filtered(
                    lambda p: p.partner_id.id in partners and p.company_id == env.company
                )
            )

        for role in DENIED:
            with self.subTest(role=role):
                self.assertIn(self.outcome(path, role), (REFUSED, NOTHING))
        self.assertEqual(self.outcome(path, "salesperson"), {MINE, FREE})

    # -- margins ----------------------------------------------------------

    def test_treatment_of_a_segment_that_reads_margins(self):
        dimension = self.env["cartera.dimension"].create(
            {
                "name": "Rentable",
                "code": "rentable",
                "segment_ids": [
                    Command.create(
                        {
                            "name": "Secreto",
                            "domain": "['|', ('urgency', '=', '3'), ('margin_12m', '>', 1)]",
                            "plan_id": self.make_plan("Mimar").id,
                        }
                    )
                ],
            }
        )
        self.assertTrue(dimension.reads_margin)
        secret = dimension.segment_ids
        self.env["cartera.dimension"]._sort(self.company)
        self.env.invalidate_all()
        for role in ("salesperson", "all_accounts"):
            with self.subTest(role=role):
                env = self.env_of(role)
                mine = self.profile_of(self.mine).with_env(env)
                with self.assertRaises(AccessError):
                    secret.with_env(env).action_apply_treatment()
                action = mine.action_apply_treatment()
                dialog = env["cartera.treatment.apply"].browse(action["res_id"])
                self.assertEqual(dialog.line_ids.segment_id, self.late.with_env(env))
                # A row that is forged names what he may not see.
                line = {"segment_id": secret.id, "company_id": self.company.id, "selected": True}
                dialog.line_ids = [Command.create(line)]
                with self.assertRaises(AccessError):
                    dialog.action_apply()
        treatment = self.apply(secret)
        self.assertEqual(treatment.done_count, 3)
        for role in ("salesperson", "all_accounts"):
            with self.subTest(role=role):
                env = self.env_of(role)
                self.assertFalse(env["cartera.treatment"].search([("id", "in", treatment.ids)]))
                lines = env[LINES].search([("treatment_id", "in", treatment.ids)])
                self.assertFalse(lines)
                profile = self.profile_of(self.mine).with_env(env)
                self.assertNotIn("Secreto", profile.treatment_line_ids.mapped("segment_id.name"))
                spec = {"cartera_treatment_line_id": {"fields": {"display_name": {}}}}
                rows = profile.partner_id.activity_ids.web_read(spec)
                self.assertNotIn("Secreto", str(rows))
        message = self.mine.message_ids[:1].body
        self.assertNotIn("Secreto", message)

    # -- plans ------------------------------------------------------------

    def test_managers_make_plans_for_contacts(self):
        vals = {"name": "Mío", "res_model": "res.partner"}
        self.rpc("manager", "mail.activity.plan", "create", vals)
        for role in ("salesperson", "internal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.rpc(role, "mail.activity.plan", "create", vals)
