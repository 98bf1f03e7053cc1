"""Finding an account by what somebody on the telephone says, with the rights of who listens."""

import itertools
import re
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .common import CarteraCase

NOTATIONS = ("+34 612 34 56 78", "612345678", "0034612345678", "612-345-678")
INDEXES = {
    "612345678": "res_partner_cartera_phone_idx",
    "+34 612 34 56 78": "res_partner_cartera_phone_idx",
    "ESB12345674": "res_partner_cartera_tax_idx",
    "ana@gomez": "res_partner_cartera_email_idx",
}


class TestQuickSearch(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "all_accounts", "manager", "internal", "portal")
        cls.seller, cls.manager = cls.users["salesperson"], cls.users["manager"]
        cls.gomez = cls.make_account(user_id=cls.seller.id, vat="ESB12345674")
        cls.ana = cls.env["res.partner"].create(
            {"name": "Ana Núñez", "parent_id": cls.gomez.id, "email": "Ana@Gomez.example"}
        )
        cls.other = cls.make_account("Almacenes Gómez", user_id=cls.manager.id, vat="FR23334175221")
        cls.invoice = cls.make_invoice(cls.gomez, "2026-03-10", payment_reference="RF18 5390")
        cls.foreign = cls.make_invoice(cls.other, "2026-03-10")
        cls.profile = cls.profile_of(cls.gomez)
        cls.hidden = cls.profile_of(cls.other)

    def find(self, text, user=None, **options):
        env = self.env(user=(user or self.manager).id, su=False, context={"lang": "en_US"})
        return env["cartera.profile"].quick_search(text, **options)

    def ids(self, text, user=None, **options):
        return [found["id"] for found in self.find(text, user, **options)]

    def put_phone(self, lead, number):
        """Give a lead a number that is not its contact's: Odoo writes one into the other."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET phone = %s WHERE id = %s", (number, lead.id))
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # What finds it
    # ------------------------------------------------------------------

    def test_phone_in_any_notation(self):
        for stored, typed in itertools.product(NOTATIONS, NOTATIONS):
            with self.subTest(stored=stored, typed=typed):
                self.gomez.phone = stored
                [found] = self.find(typed)
                self.assertEqual(found["id"], self.profile.id)
                self.assertEqual((found["match"], found["value"]), ("Phone", stored))
                self.assertFalse(found["contact"])

    def test_phone_of_another_number_or_country(self):
        self.gomez.phone = "+34 612 34 56 78"
        for typed in ("+34 612 34 56 79", "+33 612 34 56 78", "712345678", "34 56 7"):
            with self.subTest(typed=typed):
                self.assertEqual(self.ids(typed), [])

    def test_phone_with_the_zero_of_the_country(self):
        for stored, typed in itertools.product(
            ("+33 6 12 34 56 78", "06 12 34 56 78"),
            ("+33 6 12 34 56 78", "06 12 34 56 78", "+33 (0)6 12 34 56 78"),
        ):
            with self.subTest(stored=stored, typed=typed):
                self.gomez.phone = stored
                self.assertEqual(self.ids(typed), self.profile.ids)

    def test_phone_of_a_contact_and_of_a_lead(self):
        self.ana.phone = "+34 912 000 111"
        [found] = self.find("912000111")
        self.assertEqual((found["id"], found["contact"]), (self.profile.id, "Ana Núñez"))
        lead = self.make_lead(self.ana, user_id=self.seller.id)
        self.put_phone(lead, "913 222 333")
        [found] = self.find("+34 913222333")
        self.assertEqual((found["id"], found["code"]), (self.profile.id, "lead_phone"))

    def test_tax_number(self):
        for typed in ("ESB12345674", "B12345674", "es b-1234.5674", "b12345674", "12345674"):
            with self.subTest(typed=typed):
                [found] = self.find(typed)
                self.assertEqual((found["id"], found["match"]), (self.profile.id, "Tax ID"))
        self.gomez.vat = "B12345674"
        self.assertEqual(self.ids("ES B12345674"), self.profile.ids)

    def test_email(self):
        for typed in ("ana@gomez.example", "ANA@gomez", "ana@"):
            with self.subTest(typed=typed):
                [found] = self.find(typed)
                self.assertEqual((found["id"], found["contact"]), (self.profile.id, "Ana Núñez"))
        lead = self.make_lead(self.gomez, email_from="Compras <compras@gomez.example>")
        lead.email_from = "compras@gomez.example"
        self.assertIn("compras@gomez.example", [found["value"] for found in self.find("compras@")])

    def test_document(self):
        for typed in (self.invoice.name, self.invoice.name.lower(), "RF18 5390"):
            with self.subTest(typed=typed):
                [found] = self.find(typed)
                self.assertEqual(found["id"], self.profile.id)
                self.assertEqual((found["match"], found["value"]), ("Invoice", self.invoice.name))
        self.make_invoice(self.gomez, "2026-03-11", invoice_origin="S00041, S00042")
        self.assertEqual(self.ids("s00042", self.seller), self.profile.ids, "an order of two")
        draft = self.make_invoice(self.gomez, "2026-03-10", post=False, ref="BORRADOR-7")
        self.assertEqual(self.ids(draft.ref), [])

    def test_name(self):
        for typed in ("gomez ferr", "FERRETERÍA", "Gómez   ferretería", "nuñez", "ana nunez"):
            with self.subTest(typed=typed):
                self.assertEqual(self.ids(typed), self.profile.ids)
        self.assertEqual(self.ids("100%"), [])
        self.assertEqual(self.ids("_______"), [])

    def test_best_first(self):
        first = self.make_account("Gómez Hermanos", user_id=self.seller.id)
        archived = self.make_account("Gómez Antiguos", user_id=self.seller.id)
        for account in (first, archived):
            self.make_invoice(account, "2026-03-10")
        archived.active = False
        self.drain()
        self.other.phone = "955 123 456"
        numbered = self.make_account("Pub 955123456", user_id=self.seller.id)
        self.make_invoice(numbered, "2026-03-10")
        names = [found["name"] for found in self.find("gomez")]
        self.drain()
        self.assertEqual(
            names, ["Gómez Hermanos", "Almacenes Gómez", "Ferretería Gómez", "Gómez Antiguos"]
        )
        self.assertEqual(
            [found["name"] for found in self.find("955123456")],
            ["Almacenes Gómez", "Pub 955123456"],
        )
        self.assertEqual(len(self.find("gomez", limit=2)), 2)

    def test_each_account_once(self):
        self.env["res.partner"].create(
            [
                {"name": f"Ana {n}", "parent_id": self.gomez.id, "phone": "612345678"}
                for n in range(9)
            ]
        )
        self.assertEqual(self.ids("612345678"), self.profile.ids)
        self.assertEqual(self.ids("ana"), self.profile.ids)

    def test_addons_add_what_they_know(self):
        """The numbers of orders, say."""
        profiles = type(self.profiles)
        ours = profiles._get_quick_search_queries

        def with_orders(profiles, text):
            found = profiles._sql_found(
                SQL("%s WHERE %s = 'S00042'", profiles._sql_visible(), text),
                SQL("%s", self.gomez.id),
                SQL("0"),
                SQL("'S00042'"),
            )
            return {"order": ("Order", found), **ours(profiles, text)}

        with patch.object(profiles, "_get_quick_search_queries", with_orders):
            [found] = self.find("S00042")
            self.assertEqual((found["id"], found["match"]), (self.profile.id, "Order"))
            self.assertEqual(self.ids("S00043"), [])

    def test_nothing_to_find(self):
        for typed in ("", " ", "g", None, False, "\0", "zzzz", "' OR 1=1 --", "%", "\\"):
            with self.subTest(typed=typed):
                self.assertEqual(self.ids(typed), [])
        for limit in (0, 51, "8", None):
            with self.subTest(limit=limit), self.assertRaises(UserError):
                self.find("gomez", limit=limit)

    # ------------------------------------------------------------------
    # For whom
    # ------------------------------------------------------------------

    def test_salesperson_finds_his_own(self):
        self.other.phone = "955 123 456"
        self.make_lead(self.other, user_id=self.manager.id).email_from = "jefe@almacenes.example"
        for typed in (
            "almacenes",
            "955123456",
            "23334175221",
            self.foreign.name,
            "jefe@almacenes.example",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(self.ids(typed, self.seller), [])
                self.assertEqual(self.ids(typed, self.manager), self.hidden.ids)
                self.assertEqual(self.ids(typed, self.users["all_accounts"]), self.hidden.ids)
        # An invoice that he may not read still tells whose it is: its number is part of the portfolio.
        self.assertEqual(self.ids(self.invoice.name, self.seller), self.profile.ids)

    def test_lead_of_somebody_else_tells_nothing(self):
        lead = self.make_lead(self.gomez, user_id=self.manager.id)
        self.put_phone(lead, "944 555 666")
        self.assertEqual(self.ids("944555666", self.manager), self.profile.ids)
        self.assertEqual(self.ids("944555666", self.seller), [])

    def test_nobody_else(self):
        for role in ("internal", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.find("gomez", self.users[role])

    def test_current_company_only(self):
        company = self.env["res.company"].create({"name": "Otra"})
        self.manager.company_ids += company
        env = self.env(user=self.manager.id, su=False, context={"allowed_company_ids": company.ids})
        self.assertEqual(env["cartera.profile"].quick_search("gomez"), [])
        excluded = self.profile
        excluded.action_exclude()
        self.assertEqual(self.ids("ferreteria"), [])

    # ------------------------------------------------------------------
    # How
    # ------------------------------------------------------------------

    def test_numbers_are_found_by_an_index(self):
        profiles = self.profiles.with_user(self.manager)
        partners = self.env["res.partner"].create(
            [
                {
                    "name": f"Cuenta {number}",
                    "vat": f"ESA{number:08}",
                    "phone": f"+34 9{number:08}",
                    "email": f"cuenta{number}@example.com",
                }
                for number in range(1000)
            ]
        )
        self.profiles._ensure(partners)
        self.env.flush_all()
        self.env.cr.execute("ANALYZE res_partner, cartera_profile")
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            self.env.cr.execute(f"SET LOCAL enable_{way} = off")
        for typed, index in INDEXES.items():
            with self.subTest(typed=typed):
                queries = profiles._get_quick_search_queries(typed)
                plan = self.env.execute_query(SQL("EXPLAIN %s", profiles._select_found(queries, 8)))
                text = "\n".join(line for (line,) in plan)
                self.assertTrue(re.search(rf"{index}.*\n.*Index Cond", text), text)

    def test_orders_of_invoices_have_an_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = SQL("EXPLAIN SELECT FROM account_move WHERE invoice_origin ILIKE %s", "%S00042%")
        plan = "\n".join(line for (line,) in self.env.execute_query(query))
        self.assertIn("account_move_cartera_origin_idx", plan)

    def test_as_many_queries_for_many_accounts(self):
        def count(text):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.find(text, self.seller, limit=50)
            return self.env.cr.sql_log_count - before

        count("gomez")
        few = count("gomez")
        for number in range(40):
            self.make_account(f"Gómez {number}", user_id=self.seller.id)
        self.profiles._ensure(self.env["res.partner"].search([("name", "like", "Gómez ")]))
        self.drain()
        self.assertEqual(len(self.find("gomez", self.seller, limit=50)), 41)
        self.assertEqual(count("gomez"), few)
        self.assertLess(few, 15)
