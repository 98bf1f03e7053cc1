"""The queue tells each reader what he may know, on every path, and nothing else."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user
from odoo.tools import mute_logger

from .common import GROUPS
from .work_case import NOW, TODAY, WorkCase

SECRET = 77


@freeze_time(NOW)
class TestWorkAccess(WorkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Otra sociedad"})
        cls.env.user.company_ids |= cls.other_company
        cls.users["other"] = new_test_user(
            cls.env,
            login="cartera_other",
            groups=GROUPS["manager"],
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        # So that nothing but the rules of the queue stands between anybody and an export.
        cls.seller.group_ids |= cls.env.ref("base.group_allow_export")
        cls.mine = cls.make_account("Mía", user_id=cls.seller.id)
        cls.theirs = cls.make_account("Ajena", user_id=cls.colleague.id)
        cls.free = cls.make_account("Plaza")
        profiles = cls.env["cartera.profile"]
        profiles._ensure(cls.mine | cls.theirs | cls.free)
        profiles._ensure(cls.theirs, cls.other_company)
        cls.their_lead = cls.make_lead(
            cls.theirs, "2024-05-01", user_id=cls.colleague.id, name="Secreto", team_id=False
        )
        cls.delegated = [
            cls.plan(record, TODAY, summary="Delegada") for record in (cls.theirs, cls.their_lead)
        ]
        cls.private = cls.meet("2024-05-15 17:00", cls.free, privacy="private", name="Íntima")
        cls.private.user_id = cls.colleague
        cls.set_priority({cls.mine: 80, cls.theirs: SECRET, cls.free: 60})

    def env_of(self, role):
        user = role if not isinstance(role, str) else self.users[role]
        self.env.flush_all()
        self.env.invalidate_all()
        context = {"lang": "en_US", "allowed_company_ids": user.company_ids.ids}
        return self.env(user=user.id, su=False, context=context)

    def test_rows_of_each_role(self):
        company = self.company
        for role, expected in (
            ("salesperson", {"Mía", "Ajena", "Plaza"}),
            (self.colleague, {"Plaza"}),
            ("manager", {"Mía", "Ajena", "Plaza"}),
            ("all_accounts", {"Mía", "Ajena", "Plaza"}),
        ):
            with self.subTest(role=role):
                works = self.env_of(role)["cartera.work"].search([])
                self.assertEqual(set(works.mapped("account_name")), expected)
                self.assertEqual(works.company_id, company)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_others_see_nothing(self):
        for role in ("portal", "internal"):
            for model in ("cartera.work", "cartera.work.load", "cartera.work.skip"):
                env = self.env_of(role)
                for path in (
                    lambda env=env, model=model: env[model].search([]),
                    lambda env=env, model=model: env[model]._read_group([], [], ["__count"]),
                    lambda env=env, model=model: env[model].search([]).export_data(["id"]),
                ):
                    with self.subTest(role=role, model=model), self.assertRaises(AccessError):
                        path()

    def test_other_company_sees_its_own_figures_only(self):
        works = self.env_of("other")["cartera.work"].search([])
        self.assertEqual(works.company_id, self.other_company)
        self.assertEqual(works.mapped("account_name"), ["Ajena"])
        self.assertEqual(
            works.activity_id, self.delegated[0], "a contact's activity is everybody's"
        )
        self.assertEqual(works.profile_id, self.profile_of(self.theirs, self.other_company))
        both = self.env(context={"allowed_company_ids": [self.company.id, self.other_company.id]})
        works = both["cartera.work"].search([])
        self.assertEqual(len(works.ids), len(set(works.ids)))

    def test_lead_without_company_is_in_one_queue(self):
        """Where its account is known, else where its salesperson is."""
        lead = self.make_lead(
            self.mine, "2024-05-02", user_id=self.users["other"].id, company_id=False, team_id=False
        )
        stray = self.make_lead(
            self.env["res.partner"],
            "2024-05-02",
            user_id=self.users["other"].id,
            company_id=False,
            team_id=False,
        )
        self.plan(lead, TODAY, self.users["manager"])
        both = self.env(context={"allowed_company_ids": [self.company.id, self.other_company.id]})
        works = both["cartera.work"]
        found = works.search([("lead_id", "in", (lead | stray).ids)])
        self.assertEqual(
            {(work.lead_id, work.company_id) for work in found},
            {(lead, self.company), (stray, self.other_company)},
        )
        self.assertEqual(len(found), 2)

    def test_delegated_work_tells_nothing_of_the_account(self):
        """What a colleague gives me to do is in my queue, his account's figures are not."""
        works = self.env_of("salesperson")["cartera.work"].search([("account_name", "=", "Ajena")])
        self.assertEqual(works.mapped("name"), ["Delegada", "Delegada"])
        for name in ("profile_id", "lead_id", "priority", "lifecycle", "suggested_action"):
            with self.subTest(field=name):
                self.assertFalse(any(work[name] for work in works))
        self.assertFalse(any(works.mapped("priority_reason")))

    def test_delegated_work_is_logged_as_far_as_one_may(self):
        """On what belongs to a colleague his activity can be marked as done, and nothing else."""
        works = self.env_of("salesperson")["cartera.work"].search([("account_name", "=", "Ajena")])
        captures = self.env_of("salesperson")["cartera.capture"]
        for work in works:
            action = captures.open_for_work(
                lead_id=work.lead_id.id,
                profile_id=work.profile_id.id,
                partner_id=work.partner_id.id,
                activity_id=work.activity_id.id,
            )
            self.assertEqual(
                (action["res_model"], action["res_id"]), ("mail.activity", work.activity_id.id)
            )
            work.activity_id.action_done()
        self.assertFalse(
            self.env_of("salesperson")["cartera.work"].search([("account_name", "=", "Ajena")])
        )

    def test_private_meeting_of_a_colleague_is_left_aside(self):
        works = self.env_of("salesperson")["cartera.work"].search([("kind", "=", "meeting")])
        [work] = works.filtered(lambda work: work.source_id == self.private.id)
        action = self.env_of("salesperson")["cartera.capture"].open_for_work(
            profile_id=work.profile_id.id, event_id=work.source_id
        )
        self.assertEqual(action["res_model"], "cartera.capture")
        self.assertFalse(action["context"]["default_event_id"])

    def test_own_work_opens_the_dialog(self):
        captures = self.env_of("salesperson")["cartera.capture"]
        mine = self.profile_of(self.mine)
        action = captures.open_for_work(profile_id=mine.id)
        self.assertEqual(action["context"]["default_profile_id"], mine.id)
        with self.assertRaises(UserError):
            captures.open_for_work()

    def test_no_path_leads_to_his_figures(self):
        works = self.env_of("salesperson")["cartera.work"]
        theirs = self.profile_of(self.theirs)
        for domain in (
            [("priority", "=", SECRET)],
            [("profile_id", "=", theirs.id)],
            [("profile_id.priority", "=", SECRET)],
            [("profile_id.name", "=", "Ajena")],
            [("lead_id", "=", self.their_lead.id)],
            [("lead_id.name", "=", "Secreto")],
        ):
            with self.subTest(domain=domain):
                self.assertFalse(self.env_of("salesperson")["cartera.work"].search(domain))
        works = self.env_of("salesperson")["cartera.work"]
        groups = works._read_group([], ["profile_id"], ["priority:array_agg"])
        self.assertNotIn(theirs, [group[0] for group in groups])
        self.assertNotIn(SECRET, [value for group in groups for value in group[1]])
        rows = works.search([]).export_data(["priority", "profile_id/name", "lead_id/name"])
        self.assertNotIn("Secreto", str(rows))
        self.assertNotIn(str(SECRET), str(rows))
        order = [work.account_name for work in works.search([])]
        self.assertEqual(order[:2], ["Mía", "Plaza"])

    def test_private_meeting_has_no_name(self):
        for role, name in (("salesperson", False), (self.colleague, "Íntima")):
            with self.subTest(role=role):
                work = self.env_of(role)["cartera.work"].search([("kind", "=", "meeting")])
                self.assertEqual(work.account_name, "Plaza")
                self.assertEqual(work.name, name)

    def test_load_is_ones_own_or_everybodys(self):
        for role, users in (
            ("salesperson", {self.seller}),
            ("manager", {self.seller, self.colleague, self.env["res.users"]}),
        ):
            with self.subTest(role=role):
                loads = self.env_of(role)["cartera.work.load"].search([])
                self.assertLessEqual(users, {load.user_id for load in loads.sudo()})
                if role == "salesperson":
                    self.assertEqual(loads.user_id, self.seller)

    def test_nobody_writes(self):
        for role in ("salesperson", "manager"):
            env = self.env_of(role)
            for path in (
                lambda env=env: env["cartera.work"].create({"kind": "lead"}),
                lambda env=env: env["cartera.work"].search([], limit=1).unlink(),
                lambda env=env: env["cartera.work.load"].create({}),
            ):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    path()
