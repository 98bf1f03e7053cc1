"""As many queries for 200 accounts as for 10 when a treatment is shown, claimed and scheduled."""

from odoo.tools import SQL

from .query_case import MANY, QueryCase
from .treatment_case import LATE, TreatmentMixin


class TestQueryTreatment(TreatmentMixin, QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_treatment()
        cls.known.write({"urgency": LATE})
        cls.env["cartera.dimension"]._sort(cls.company)
        cls.env.invalidate_all()

    def claim(self, profiles):
        """Claim accounts for a plan that is new to them, apart from what is counted."""
        self.late.plan_id = self.make_plan()
        treatments = self.env["cartera.treatment"]
        vals = treatments._prepare_treatment_vals(self.late, self.company, "hand", self.today)
        treatment = treatments.create(vals | {"user_id": self.seller.id})
        claimed = treatment._claim(SQL("p.id = ANY(%s)", profiles.ids))
        self.assertEqual(claimed, len(profiles))
        return treatment

    def test_dialog(self):
        def open_dialog(profiles):
            profiles.with_user(self.seller).action_apply_treatment()

        self.assert_same(open_dialog)

    def test_claim(self):
        self.assert_same(self.claim)

    def test_schedule(self):
        """Odoo's own INSERT of activities, followers and messages goes by the hundred."""

        def schedule(profiles):
            treatment = self.claim(profiles)
            treatment._do_next(0, treatment.ids)
            treatment._finish_own(treatment.ids)
            self.assertEqual(treatment.done_count, len(profiles))
            self.assertEqual(treatment.activity_count, 2 * len(profiles))

        self.assert_same(schedule, ours=True)

    def test_schedule_asks_nothing_for_each_account(self):
        counts = {}
        for profiles in (self.known[:100], self.known):
            treatment = self.claim(profiles)
            with self.counted() as queries:
                treatment._do_next(0, treatment.ids)
            counts[len(profiles)] = len(queries)
        # A hundred accounts more: a few INSERTs of a hundred rows more.
        self.assertLess(counts[MANY] - counts[100], 25)

    def test_treatments_list(self):
        spec = self.specification("cartera.treatment", "list")

        def read(profiles):
            made = self.env["cartera.treatment"]
            for profile in profiles[:20]:
                made |= self.claim(profile)
            with self.counted() as queries:
                self.mine("cartera.treatment").web_search_read([("id", "in", made.ids)], spec)
            return len(queries)

        read(self.known[40:42])  # what is read once a process is read now
        self.assertEqual(read(self.known[:10]), read(self.known[20:40]))

    def test_lines(self):
        treatment = self.claim(self.known)
        treatment._do_next(0, treatment.ids)

        def read(profiles):
            lines = treatment.line_ids.filtered(lambda line: line.profile_id in profiles)
            lines.with_user(self.seller).web_read(
                {
                    "profile_id": {"fields": {"display_name": {}}},
                    "user_id": {"fields": {"display_name": {}}},
                    "segment_id": {"fields": {"display_name": {}}},
                    "open_count": {},
                }
            )

        self.assert_same(read)

    def test_entry(self):
        """A drain of one account asks once more, and nothing if no segment has a plan on entry."""
        profile = self.known[:1]
        moves = self.env["cartera.treatment"]
        with self.counted() as queries:
            self.assertFalse(moves._has_entries(self.company, profile.ids))
        self.assertLessEqual(len(queries), 1)
        self.late.apply_on_entry = True
        moves._has_entries(self.company, profile.ids)
        with self.counted() as queries:
            self.assertFalse(moves._has_entries(self.company, profile.ids))
        self.assertLessEqual(len(queries), 5)
