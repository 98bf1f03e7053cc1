"""Every analysis screen: who is refused, what it costs, how it opens."""

from odoo.exceptions import AccessError

from .query_case import FEW, MANY, QueryCase
from .screen_case import ScreenCase

#: {method: arguments} of what the web client calls.
CALLS = {
    "get_concentration": (),
    "open_concentration": (1, 1),
    "open_concentration_class": ("A",),
    "get_rfm_grid": (),
    "open_rfm_cell": (5, 5),
    "get_retention": (),
    "open_retention": ("lost",),
    "get_retention_changes": (),
    "open_retention_changes": (),
    "get_cohorts": (),
    "open_cohort": ("2026-01-01", 1),
    "get_matrix": (),
    "get_segment_sheet": (),
    "get_lookalikes": (),
    "open_lookalikes": (),
    "open_best_clients": (),
    "get_market": (),
    "open_market": (),
    "open_portfolio": (),
}
#: Queries of the screens that show more than one thing; the others ask twelve at most.
LIMITS = {"get_segment_sheet": 24, "get_lookalikes": 22}
SCREENS = (
    "concentration",
    "rfm",
    "retention",
    "cohort",
    "matrix",
    "sheet",
    "lookalike",
    "market",
)


class TestScreenAccess(ScreenCase):
    def test_users_without_sales_rights_are_refused(self):
        self.make_known("Cuenta", revenue_12m=10)
        for role in ("internal", "portal"):
            for method, args in CALLS.items():
                with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                    self.rpc(role, method, *args)

    def test_others_are_not(self):
        self.make_known("Cuenta", revenue_12m=10)
        for role in ("salesperson", "all_accounts", "manager"):
            for method, args in CALLS.items():
                with self.subTest(role=role, method=method):
                    self.assertTrue(self.rpc(role, method, *args))

    def test_they_only_read(self):
        """So a replica may answer them."""
        screen = type(self.env["cartera.screen"])
        for method in CALLS:
            self.assertTrue(getattr(screen, method)._readonly, method)

    def test_menus_and_addresses(self):
        for name in SCREENS:
            action = self.env.ref(f"crm_cartera.cartera_{name}_action")
            menu = self.env.ref(f"crm_cartera.menu_{name}")
            self.assertEqual(menu.action, action)
            visible = menu.with_user(self.users["internal"])._filter_visible_menus()
            self.assertFalse(visible)
            self.assertTrue(menu.with_user(self.seller)._filter_visible_menus())
            self.assertTrue(action.path.startswith("cartera-"))


class TestScreenQueries(QueryCase):
    def test_as_many_queries_for_many_accounts(self):
        """Few are one salesperson's, many another's; all have figures and changes."""
        other = self.make_users("manager")["manager"]
        few, many = self.known[:FEW], self.known[FEW:]
        self.env.cr.execute(
            """UPDATE cartera_profile
                  SET revenue_12m = id %% 90 + 1, rfm_recency = id %% 5 + 1,
                      rfm_frequency = id %% 4 + 1, rfm_monetary = 3, retention_status = 'lost',
                      first_purchase_date = CURRENT_DATE - (id %% 300)::int,
                      user_id = CASE WHEN id = ANY(%s) THEN %s ELSE %s END""",
            (few.ids, other.id, self.seller.id),
        )
        self.env.cr.execute(
            """INSERT INTO cartera_retention_change
                      (profile_id, company_id, date, from_status, to_status, direction)
               SELECT id, company_id, CURRENT_DATE, 'new', 'lost', 'worse' FROM cartera_profile"""
        )
        self.env.invalidate_all()
        screen = self.env["cartera.screen"].with_user(other)
        for method, args in CALLS.items():
            counts = []
            for user in (other, other, self.seller):
                with self.counted() as queries:
                    getattr(screen, method)(*args, user_id=user.id)
                counts.append(len(queries))
            with self.subTest(method=method):
                self.assertEqual(counts[1], counts[2])
                self.assertLessEqual(counts[1], LIMITS.get(method, 12))
        self.assertEqual(len(many), MANY - FEW)
