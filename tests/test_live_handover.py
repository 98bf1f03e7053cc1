"""Hand-overs with real commits: two at once move nothing twice, a killed job goes on."""

from uuid import uuid4

from .live_process import ProcessCase


class TestLiveHandover(ProcessCase):
    def setUp(self):
        super().setUp()
        self.mark = f"H{uuid4().hex[:8]}"
        self.old, self.new = self.request(self.make_sellers)
        self.members = self.request(self.make_portfolio)
        self.drain()

    def make_sellers(self, env):
        group = env.ref("sales_team.group_sale_salesman").id
        return (
            env["res.users"]
            .create(
                [
                    {
                        "name": f"{self.mark} {name}",
                        "login": f"{self.mark}_{name}",
                        "group_ids": [(6, 0, [group])],
                        "company_id": self.company,
                        "company_ids": [(6, 0, [self.company])],
                    }
                    for name in ("old", "new")
                ]
            )
            .ids
        )

    def make_portfolio(self, env):
        vals = [{"name": f"{self.mark} {number}", "user_id": self.old} for number in range(250)]
        profiles = env["cartera.profile"].create(vals)
        env["crm.lead"].create(
            [
                {
                    "name": self.mark,
                    "partner_id": profile.partner_id.id,
                    "user_id": self.old,
                    "type": "opportunity",
                }
                for profile in profiles
            ]
        )
        return profiles.ids

    def hand_over(self, env):
        """Do what the dialog does, on the request's own transaction."""
        plans = env["cartera.handover.plan"]
        action = env["cartera.profile"].browse(self.members).action_handover()
        plan = plans.browse(action["res_id"])
        plan.to_user_ids = [(6, 0, [self.new])]
        return plan.action_handover()["res_id"]

    def owners(self):
        """Return {salesperson: accounts} and {salesperson: leads}."""
        return [
            dict(
                self.fetch(
                    f"SELECT user_id, COUNT(*) FROM {table} WHERE name LIKE %s GROUP BY 1",
                    f"{self.mark}%",
                )
            )
            for table in ("res_partner", "crm_lead")
        ]

    def states(self, handover):
        return self.fetch("SELECT state FROM cartera_handover WHERE id = %s", handover)[0][0]

    def test_killed_at_work_it_goes_on_and_comes_back(self):
        handover = self.request(self.hand_over)
        self.assertEqual(self.states(handover), "running")
        self.assertEqual(self.owners(), [{self.old: 250, None: 2}, {self.old: 250}])
        # In the first batch nothing of it is left, in the second the first stays.
        self.run_job_and_die("handover", "cartera.handover.line", "_log_on_records", "after")
        self.assertEqual(self.owners()[1], {self.old: 250})
        self.run_job("handover")
        self.assertEqual(self.owners(), [{self.new: 250, None: 2}, {self.new: 250}])
        self.assertEqual(self.states(handover), "done")
        notes = self.fetch(
            """SELECT COUNT(*), COUNT(DISTINCT m.res_id) FROM mail_message m
                 JOIN res_partner p ON p.id = m.res_id AND m.model = 'res.partner'
                WHERE p.name LIKE %s AND m.body LIKE '%%→%%'""",
            f"{self.mark}%",
        )
        self.assertEqual(notes, [(250, 250)])
        self.forgive()
        self.request(lambda env: env["cartera.handover"].browse(handover).action_undo() and None)
        self.run_job_and_die("handover", "cartera.handover", "_finish_own", "before")
        self.run_job("handover")
        self.assertEqual(self.states(handover), "undone")
        self.assertEqual(self.owners(), [{self.old: 250, None: 2}, {self.old: 250}])
        self.forgive()

    def test_two_at_once(self):
        """Two hand over the same accounts: each is moved once, the second finds it moved."""
        handovers = []
        self.at_once(*[lambda: handovers.append(self.request(self.hand_over))] * 2)
        self.at_once(*[lambda: self.run_job("handover")] * 2)
        self.run_job("handover")
        self.assertEqual({self.states(handover) for handover in handovers}, {"done"})
        lines = self.fetch(
            """SELECT res_model, res_id, COUNT(*) FROM cartera_handover_line
                WHERE state = 'moved' AND handover_id = ANY(%s) GROUP BY 1, 2""",
            handovers,
        )
        self.assertEqual(len(lines), 500)
        self.assertEqual({count for *_record, count in lines}, {1})
        self.assertEqual(self.owners()[0], {self.new: 250, None: 2})
