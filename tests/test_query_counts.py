"""As many queries for 200 accounts as for 10, on every screen and in every run."""

from datetime import timedelta

from odoo import Command

from .query_case import FEW, MANY, QueryCase


class TestQueryCounts(QueryCase):
    # -- screens ------------------------------------------------------------

    def test_list(self):
        spec = self.specification("cartera.profile", "list")
        self.assertIn("next_action_summary", spec)

        def read(profiles):
            result = self.mine("cartera.profile").web_search_read(
                [("id", "in", profiles.ids)], spec, limit=MANY + 1, order="potential desc, name"
            )
            self.assertEqual(len(result["records"]), len(profiles))

        self.assert_same(read)

    def test_kanban(self):
        spec = self.specification("cartera.profile", "kanban")

        def read(profiles):
            domain = [("id", "in", profiles.ids)]
            model = self.mine("cartera.profile")
            result = model.web_read_group(
                domain,
                ["stage_id"],
                ["potential:sum"],
                auto_unfold=True,
                unfold_read_specification=spec,
                unfold_read_default_limit=MANY + 1,
            )
            shown = sum(len(group.get("__records", ())) for group in result["groups"])
            self.assertEqual(shown, len(profiles))
            model.read_progress_bar(
                domain,
                "stage_id",
                {"field": "next_action_state", "colors": {"overdue": "danger"}},
            )

        self.assert_same(read)

    def test_calendar(self):
        spec = self.specification("cartera.profile", "calendar")

        def read(profiles):
            result = self.mine("cartera.profile").web_search_read(
                [
                    ("id", "in", profiles.ids),
                    ("next_action_date", ">=", self.today),
                    ("next_action_date", "<=", self.today + timedelta(days=31)),
                ],
                spec,
            )
            self.assertGreater(len(result["records"]), len(profiles) / 2)

        self.assert_same(read)

    def test_contacts_list(self):
        spec = self.specification("res.partner", "list")
        self.assertIn("cartera_potential", spec)

        def read(profiles):
            result = self.mine("res.partner").web_search_read(
                [("id", "in", profiles.partner_id.ids)],
                spec,
                limit=MANY + 1,
                order="cartera_potential desc",
            )
            self.assertEqual(len(result["records"]), len(profiles))

        self.assert_same(read)

    def test_invoice_list(self):
        """The account on each invoice, for a salesperson who may read invoices."""
        self.seller.group_ids |= self.env.ref("account.group_account_invoice")
        moves = self.env["account.move"].create(
            [
                {"move_type": "out_invoice", "partner_id": account.id}
                for account in self.known.partner_id
            ]
        )
        by_partner = moves.grouped("partner_id")
        fields = ["cartera_profile_id", "cartera_lifecycle", "cartera_first_purchase"]

        def read(profiles):
            wanted = self.env["account.move"].union(*map(by_partner.get, profiles.partner_id))
            rows = self.mine("account.move").browse(wanted.ids).read(fields)
            self.assertEqual({row["cartera_lifecycle"] for row in rows}, {"lead"})

        self.assert_same(read, ours=True)

    # -- runs -----------------------------------------------------------------

    def touch_up(self, profiles):
        """Make something to write of every account, behind the ORM's back."""
        self.env.cr.execute(
            "UPDATE res_partner SET complete_name = complete_name || '.' WHERE id = ANY(%s)",
            (profiles.partner_id.ids,),
        )

    def test_refresh(self):
        def refresh(profiles):
            self.touch_up(profiles)
            counts = self.env["cartera.profile"].refresh(self.company, partners=profiles.partner_id)
            self.assertEqual(counts["changed"], len(profiles))

        self.assert_same(refresh)

    def test_refresh_that_moves_accounts(self):
        """New accounts, new transitions, other stages."""

        def refresh(profiles):
            partners = profiles.partner_id
            self.env.cr.execute(
                "DELETE FROM cartera_profile WHERE partner_id = ANY(%s)", (partners.ids,)
            )
            self.env.invalidate_all(flush=False)
            counts = self.env["cartera.profile"].refresh(self.company, partners=partners)
            self.assertEqual((counts["changed"], counts["moved"]), (len(partners), len(partners)))

        few = self.known[:FEW].partner_id
        many = self.known.partner_id
        counts = []
        for partners in (few, few, many):
            profiles = self.profiles.search([("partner_id", "in", partners.ids)])
            with self.counted() as queries:
                refresh(profiles)
            counts.append(len(queries))
        self.assertEqual(counts[1], counts[2])

    def test_drain(self):
        def drain(profiles):
            self.touch_up(profiles)
            pairs = [(partner, 0) for partner in profiles.partner_id.ids]
            self.env["cartera.touch"]._touch(pairs)
            self.assertEqual(self.env["cartera.touch"]._drain(), len(profiles))

        self.assert_same(drain)

    # -- what our hooks add to Odoo's own work ------------------------------------

    def test_posting(self):
        """Odoo's own queries grow with the invoices; those that name our tables do not."""
        drafts = [
            self.env["account.move"].create(
                [
                    {
                        "move_type": "out_invoice",
                        "partner_id": account.id,
                        "invoice_date": "2024-03-01",
                        "invoice_line_ids": [
                            Command.create(
                                {
                                    "product_id": self.product.id,
                                    "price_unit": 5,
                                    "tax_ids": False,
                                }
                            )
                        ],
                    }
                    for account in accounts
                ]
            )
            for accounts in (
                self.accounts[:FEW],
                self.accounts[:FEW],
                self.accounts,
            )
        ]
        counts = []
        for moves in drafts:
            with self.counted(ours=True) as queries:
                moves.action_post()
            counts.append(len(queries))
        self.assertEqual(counts[1], counts[2])

    def test_new_accounts(self):
        """A file of new accounts: looked up, judged and checked together."""

        def create(profiles):
            number = len(profiles)
            self.mine("cartera.profile").create(
                [{"name": f"Nueva {n}", "potential": n} for n in range(number)]
            )

        self.assert_same(create, ours=True)

    def test_known_contacts(self):
        """The same for contacts that are there already."""
        contacts = self.env["res.partner"].create(
            [{"name": f"Contacto {n}", "user_id": self.seller.id} for n in range(2 * FEW + MANY)]
        )
        pools = {
            FEW: iter((contacts[:FEW], contacts[FEW : 2 * FEW])),
            MANY: iter((contacts[-MANY:],)),
        }

        def add(profiles):
            self.mine("cartera.profile").create(
                [{"partner_id": contact.id} for contact in next(pools[len(profiles)])]
            )

        self.assert_same(add, ours=True)

    def test_hooks(self):
        """Leads, activities, contacts in bulk: one append each, however many."""

        def leads(accounts):
            self.env["crm.lead"].create(
                [{"name": "Otra", "partner_id": account.id} for account in accounts]
            )

        def knowing_leads(accounts):
            self.env.cr.execute("UPDATE cartera_profile SET note = NULL")
            self.env["crm.lead"].create(
                [
                    {"name": "Otra", "partner_id": account.id, "cartera_note": account.name}
                    for account in accounts
                ]
            )

        def activities(accounts):
            self.env["mail.activity"].create(
                [
                    {
                        "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                        "res_id": account.id,
                        "date_deadline": self.today,
                        "user_id": self.seller.id,
                    }
                    for account in accounts
                ]
            )

        def contacts(accounts):
            accounts.write({"user_id": self.env.uid})

        for call in (leads, knowing_leads, activities, contacts):
            with self.subTest(call.__name__):
                self.assert_same(lambda profiles, call=call: call(profiles.partner_id), ours=True)
