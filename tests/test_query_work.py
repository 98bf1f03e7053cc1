"""As many queries for the queue of 200 accounts as for that of 10."""

from .query_case import MANY, QueryCase


class TestQueryWork(QueryCase):
    def test_list_and_cards(self):
        for view in ("list", "kanban", "calendar"):
            spec = self.specification("cartera.work", view)
            self.assertIn("name", spec)

            def read(profiles, spec=spec):
                domain = [("profile_id", "in", profiles.ids)]
                result = self.mine("cartera.work").web_search_read(domain, spec, limit=2 * MANY)
                self.assertGreater(len(result["records"]), len(profiles) // 2)

            with self.subTest(view=view):
                self.assert_same(read)

    def test_groups(self):
        def read(profiles):
            domain = [("profile_id", "in", profiles.ids)]
            works = self.mine("cartera.work")
            works.formatted_read_group(domain, ["user_id", "kind"], ["__count", "overdue:sum"])

        self.assert_same(read)
