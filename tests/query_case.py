"""Two hundred accounts with everything on them, and a count of what each call asks the database."""

import re
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tools import SQL

from .common import CarteraCase

FEW, MANY = 10, 200
ORM = re.compile(r'INSERT INTO "|\b__tmp\b')
OURS = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?cartera_')


class QueryCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_users("salesperson")["salesperson"]
        cls.today = cls.env["cartera.policy"]._for(cls.company)._today()
        cls.accounts = cls.env["res.partner"].create(
            [
                {
                    "name": f"Cuenta {number:03}",
                    "is_company": True,
                    "user_id": cls.seller.id,
                    "country_id": cls.env.ref("base.es").id,
                }
                for number in range(MANY)
            ]
        )
        cls.profiles._ensure(cls.accounts)
        cls.plan(cls.accounts)
        cls.drain()
        cls.known = cls.profiles.search([("partner_id", "in", cls.accounts.ids)])
        categories = cls.env["product.category"].create([{"name": "A"}, {"name": "B"}])
        for number, profile in enumerate(cls.known):
            profile.write({"potential": number, "interest_categ_ids": categories[number % 2].ids})
        cls.drain()

    @classmethod
    def plan(cls, accounts):
        """Give each account a lead, and by turns an activity or a meeting as next action."""
        seller = cls.seller
        leads = cls.env["crm.lead"].create(
            [
                {"name": "Pista", "partner_id": account.id, "user_id": seller.id}
                for account in accounts
            ]
        )
        cls.env["mail.activity"].create(
            [
                {
                    "res_model_id": cls.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "date_deadline": cls.today + timedelta(days=number % 20),
                    "user_id": seller.id,
                    "summary": "Llamar",
                }
                for number, record in enumerate([*accounts[::4], *leads[1::4]])
            ]
        )
        cls.env["calendar.event"].create(
            [
                {
                    "name": "Visita",
                    "start": f"{cls.today + timedelta(days=number % 20 + 1)} 10:00:00",
                    "stop": f"{cls.today + timedelta(days=number % 20 + 1)} 11:00:00",
                    "user_id": seller.id,
                    "partner_ids": [Command.set(account.ids)],
                    "privacy": "private" if number % 2 else "public",
                }
                for number, account in enumerate(accounts[2::4])
            ]
        )

    @contextmanager
    def counted(self, ours=False):
        """Yield the list of queries that run meanwhile; ``ours``: those that name our tables.

        Not counted as ours: the ORM's own INSERT and UPDATE of records, a hundred rows each.
        """
        queries = []
        execute = Cursor.execute

        def note(cursor, query, *args, **kwargs):
            text = query.code if isinstance(query, SQL) else str(query)
            if not ours or (OURS.search(text) and not ORM.search(text)):
                queries.append(text)
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", note):
            yield queries
            self.env.flush_all()

    def count_each(self, call, few, many, ours):
        """Return {number of profiles: queries} of two calls."""
        texts = {}
        for profiles in (few, many):
            with self.counted(ours) as queries:
                call(profiles)
            texts[len(profiles)] = queries
        return texts

    def assert_same(self, call, ours=False):
        """Check that ``call(records)`` costs as much for many profiles as for few."""
        few, many = self.known[:FEW], self.known
        call(few)  # what is read once a process is read now
        texts = self.count_each(call, few, many, ours)
        if len(texts[FEW]) != len(texts[MANY]):
            # Once more: a cache of Odoo that is full forgets what it read, at any moment.
            texts = self.count_each(call, few, many, ours)
        counts = {size: len(queries) for size, queries in texts.items()}
        more = [query[:150] for query in texts[MANY] if query not in texts[FEW]]
        self.assertEqual(counts[FEW], counts[MANY], "\n".join(more[:10]))
        self.assertGreater(counts[FEW], 0)

    def specification(self, model, view_type):
        """Return what the web client asks for on a screen of ours."""
        env = self.env(user=self.seller.id, su=False)
        view = env[model].get_view(view_type=view_type)
        fields = env[model].fields_get()
        names = {node.get("name") for node in etree.fromstring(view["arch"]).iter("field")}
        spec = {}
        for name in sorted(names & fields.keys()):
            kind = fields[name]["type"]
            relational = kind in ("many2one", "one2many", "many2many")
            spec[name] = {"fields": {"display_name": {}}} if relational else {}
        return spec

    def mine(self, model):
        env = self.env(user=self.seller.id, su=False, context={"lang": "en_US"})
        return env[model]
