"""What would change: figures before a rule is saved, and who may ask."""

from odoo.exceptions import AccessError

from .room_case import RoomCase


class TestSegmentPreview(RoomCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dimensions.search([]).active = False
        cls.dimension = cls.make_dimension(
            "tamano",
            [("Grandes", "[('potential', '>', 1000)]"), ("Resto", False)],
        )
        cls.large, cls.rest = cls.dimension.segment_ids
        cls.accounts = [cls.make_known(f"Cuenta {p}", potential=p) for p in (10, 500, 900, 5000)]
        cls.sort_all()

    @classmethod
    def sort_all(cls):
        cls.env.flush_all()
        cls.dimensions._sort(cls.company)
        cls.env.invalidate_all()

    def lines(self, form):
        return [
            (line["name"], line["before"], line["after"], line["difference"])
            for line in form.line_ids._records
        ]

    def test_counts_and_lists_of_a_changed_rule(self):
        form = self.preview(self.large, domain="[('potential', '>', 400)]")
        self.assertFalse(form.error)
        self.assertEqual(form.account_count, 3)
        self.assertEqual((form.enter_count, form.leave_count), (2, 0))
        self.assertEqual(self.lines(form), [("Grandes", 1, 3, 2), ("Resto", 3, 1, -2)])
        names = [self.profiles.browse(p).name for p in form.enter_ids.ids]
        self.assertEqual(sorted(names), ["Cuenta 500", "Cuenta 900"])
        self.assertEqual(self.large.domain, "[('potential', '>', 1000)]", "nothing is saved")
        self.assertEqual(self.large.account_count, 1)

    def test_accounts_that_leave(self):
        form = self.preview(self.rest, domain="[('potential', '<', 600)]")
        self.assertEqual((form.account_count, form.enter_count, form.leave_count), (2, 0, 1))
        self.assertEqual(
            self.lines(form),
            [("Grandes", 1, 1, 0), ("Resto", 3, 2, -1), ("In no segment", 0, 1, 1)],
        )
        self.assertEqual(form.leave_ids.ids, self.accounts[2].ids)

    def test_a_new_segment_by_its_place(self):
        first = self.preview(
            dimension_id=self.dimension.id, domain="[('potential', '>', 400)]", sequence=1
        )
        self.assertEqual(
            self.lines(first), [("Nuevo", 0, 3, 3), ("Grandes", 1, 0, -1), ("Resto", 3, 1, -2)]
        )
        last = self.preview(
            dimension_id=self.dimension.id, domain="[('potential', '>', 400)]", sequence=99
        )
        self.assertEqual(last.account_count, 0)

    def test_of_a_dimension_that_is_not_saved(self):
        form = self.preview(domain="[('potential', '>', 400)]")
        self.assertEqual(form.account_count, 3)

    def test_siblings_as_the_form_holds_them(self):
        """One is new, one is changed, one is taken away: none of it is saved."""
        new = {"id": False, "name": "Otro", "domain": "[('potential', '<', 100)]", "sequence": 10}
        rest = {"id": self.rest.id, "name": "Resto", "domain": False, "sequence": 1}
        form = self.preview(
            self.large, domain="[('potential', '>', 1)]", siblings={"segments": [new]}
        )
        self.assertEqual(
            self.lines(form), [("Grandes", 1, 4, 3), ("Otro", 0, 0, 0), ("Resto", 3, 0, -3)]
        )
        form = self.preview(
            self.large, domain="[('potential', '>', 1)]", siblings={"segments": [rest, new]}
        )
        self.assertEqual(
            self.lines(form), [("Resto", 3, 4, 1), ("Grandes", 1, 0, -1), ("Otro", 0, 0, 0)]
        )
        form = self.preview(
            self.large, siblings={"segments": [{**new, "domain": "[('nada', '=', 1)]"}]}
        )
        self.assertIn("Otro", form.error)

    def test_without_a_rule_it_takes_the_rest(self):
        form = self.preview(self.large, domain="[]")
        self.assertEqual(self.lines(form), [("Grandes", 1, 4, 3), ("Resto", 3, 0, -3)])

    def test_a_bad_rule_is_named(self):
        for domain in ("[('nada', '=', 1)]", "[('user_id', '=', uid)]", "hola", "[('id', '=']"):
            with self.subTest(domain=domain):
                form = self.preview(self.large, domain=domain)
                self.assertIn("Grandes", form.error)
                self.assertEqual(self.lines(form), [])
        self.assertEqual(self.large.account_count, 1)

    def test_archived_and_excluded_are_not_counted(self):
        self.env.cr.execute(
            "UPDATE cartera_profile SET active = FALSE WHERE id = %s", [self.accounts[1].id]
        )
        self.env.cr.execute(
            "UPDATE cartera_profile SET excluded = TRUE WHERE id = %s", [self.accounts[2].id]
        )
        self.env.invalidate_all()
        form = self.preview(self.large, domain="[('potential', '>', 400)]")
        self.assertEqual(form.account_count, 1)

    def test_each_company_its_own(self):
        other = self.make_company("Otra sociedad")
        self.make_known("Lejana", company=other, potential=7000)
        self.users["manager"].company_ids |= other
        form = self.preview(self.large, domain="[('potential', '>', 400)]")
        self.assertEqual(form.account_count, 3)

    def test_who_may(self):
        for role in ("salesperson", "all_accounts", "internal", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.preview(self.large, role=role, domain="[('potential', '>', 400)]")

    def test_no_preview_of_what_one_may_not_read(self):
        self.users["manager"].group_ids -= self.env.ref("sales_team.group_sale_manager")
        self.users["manager"].group_ids |= self.env.ref("sales_team.group_sale_salesman_all_leads")
        with self.assertRaises(AccessError):
            self.preview(self.large, domain="[('margin_12m', '>', 0)]")

    def test_no_guessing_of_what_a_manager_may_not_read(self):
        """He may preview rules, but not count what is the accounting's by them, nor others' mail."""
        secrets = (
            "[('partner_id.invoice_ids.amount_residual', '>', 50000)]",
            "[('partner_id.user_ids.totp_secret', '!=', False)]",
        )
        for domain in secrets:
            with self.subTest(domain):
                form = self.preview(self.large, domain=domain)
                self.assertTrue(form.error)
                self.assertFalse(form.account_count)
                self.assertFalse(form.enter_ids.ids)

    def test_same_queries_for_more_accounts(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.preview(self.large, domain="[('potential', '>', 400)]")
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(40):
            self.make_known(f"Más {number}", potential=700)
        self.assertEqual(queries(), few)
