"""What a full run has learned holds for everybody, also for who saved something meanwhile."""

from .live import LiveCase


class TestLearned(LiveCase):
    """A person's entry is judged in its own transaction, by the last calibration that is done."""

    def setUp(self):
        super().setUp()
        self.account, self.other = self.make_clients(2)
        # No rule reads the potential: otherwise the account would be queued for that.
        unread = self.patched("cartera.profile", "_touch_own", lambda profiles: None)
        unread.start()
        self.addCleanup(unread.stop)
        self.estimate(account=1000, other=1000)
        self.run_all()
        self.estimate(other=90_000)
        with self.superuser() as env:
            env["cartera.policy"].search([]).recalibrate_next = True

    def estimate(self, **potentials):
        self.request(lambda env: self.write_potential(env, **potentials))

    def write_potential(self, env, **potentials):
        for name, potential in potentials.items():
            account = [("partner_id", "=", getattr(self, name))]
            env["cartera.profile"].search(account).potential = potential

    def test_saved_after_a_run_has_learned(self):
        saved = []

        def save(*_args):
            if not saved:
                saved.append(self.at_once(lambda: self.estimate(account=40_000)))

        with self.around("cartera.engine", "_complete_all", before=save):
            self.run_all()
        self.assertTrue(saved)
        self.assert_settled()

    def test_learned_while_a_person_saves(self):
        with self.transaction() as person:
            self.write_potential(person, account=40_000)
            person.flush_all()
            self.run_all()
        self.drain()
        self.assert_settled()
