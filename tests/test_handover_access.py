"""Who may hand over and take back, and who sees what of it."""

from odoo import Command
from odoo.exceptions import AccessError

from .access_case import AccessCase
from .handover_case import HandoverMixin

DENIED = ("portal", "internal", "salesperson", "all_accounts")


class TestHandoverAccess(HandoverMixin, AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_handover()
        cls.manager = cls.users["manager"]

    def profile(self, partner, company=None):
        return self.profile_of(partner, company)

    def test_only_a_manager(self):
        profile = self.profile(self.mine)
        handover = self.hand_over(profile, self.bea, self.manager)
        for role in DENIED:
            with self.subTest(role=role):
                for model, method, ids in (
                    ("cartera.profile", "action_handover", profile.ids),
                    ("cartera.handover", "action_undo", handover.ids),
                ):
                    with self.assertRaises(AccessError):
                        self.rpc(role, model, method, ids)
                with self.assertRaises(AccessError):
                    self.rpc(role, "cartera.handover.plan", "create", {"domain": "[]"})
        with self.assertRaises(AccessError):
            self.rpc("other", "cartera.handover", "action_undo", handover.ids)
        for role in ("portal", "internal"):
            with self.assertRaises(AccessError):
                self.rpc(role, "cartera.handover", "search_read", [], ["date"])

    def test_salesperson_sees_the_account_lines_of_own_accounts(self):
        mine, theirs = self.profile(self.mine), self.profile(self.theirs)
        self.hand_over(mine | theirs, self.bea, self.manager, reason="Secreto")
        self.env.invalidate_all()
        seen = {
            role: {
                (row["kind"], row["profile_id"][0])
                for row in self.rpc(
                    role, "cartera.handover.line", "search_read", [], ["kind", "profile_id"]
                )
            }
            for role in ("salesperson", "manager", "other")
        }
        self.assertEqual(seen["salesperson"], set())
        self.assertEqual({p for _k, p in seen["manager"]}, {mine.id, theirs.id})
        self.assertEqual(seen["other"], set())
        lines = self.env["cartera.handover.line"].with_user(self.bea).search([])
        self.assertEqual(set(lines.mapped("kind")), {"account"})
        env = self.env_of(self.bea)
        handover = env["cartera.handover"].search([])
        self.assertEqual(len(handover), 1)
        for name in ("reason", "domain"):
            with self.assertRaises(AccessError):
                handover.read([name])
            with self.assertRaises(AccessError):
                env["cartera.handover"].search([(name, "!=", False)])
        with self.assertRaises(AccessError):
            env["cartera.handover.line"].search([("label", "!=", False)])

    def test_records_of_other_companies_stay(self):
        """The account is in both companies; the other one's lead and its activity are not touched."""
        account = self.theirs
        leads = self.leads.filtered(lambda lead: lead.partner_id == account)
        ours = leads.filtered(lambda lead: lead.company_id == self.company)
        theirs = leads - ours
        both = (self.company | self.other_company).ids
        self.colleague.company_ids = [Command.set(both)]
        (ours | theirs).write({"user_id": self.colleague.id})
        task = self.make_activity(theirs, self.colleague)
        self.drain()
        handover = self.hand_over(self.profile(account), self.bea, self.manager)
        self.assertEqual(ours.user_id, self.bea)
        self.assertEqual(theirs.user_id, self.colleague)
        self.assertEqual(task.user_id, self.colleague)
        self.assertEqual(theirs.company_id, self.other_company)
        self.assertEqual(handover.company_id, self.company)

    def test_accounts_of_the_domain_are_searched_as_the_user(self):
        """The domain comes from the client: another company's account is not among them."""
        other = self.profile(self.other, self.other_company)
        mine = self.profile(self.mine)
        dialog = self.plan(
            mine, self.bea, self.manager, domain=f"[('id', 'in', {[mine.id, other.id]})]"
        )
        self.assertEqual(dialog.account_count, 1)
        dialog.action_handover()
        self.assertFalse(self.other.user_id)

    def test_lead_of_a_branch_stays_with_whoever_can_work_there(self):
        branch = self.make_company("Sucursal", parent_id=self.company.id)
        boss = self.manager
        (boss | self.colleague).write({"company_ids": [Command.link(branch.id)]})
        lead = self.make_lead(
            self.theirs, user_id=self.colleague.id, company_id=branch.id, team_id=False
        )
        self.drain()
        handover = self.hand_over(self.profile(self.theirs), self.bea, boss)
        self.assertEqual(self.lines_of(handover)["lead", lead.id], ("skipped", "company"))
        self.assertEqual((lead.user_id, lead.company_id), (self.colleague, branch))
