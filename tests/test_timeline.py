"""The timeline of an account: what it has, in which order, page by page, for whom."""

from collections import Counter
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL

from .timeline_case import TimelineCase

KINDS = (
    "invoice",
    "refund",
    "payment",
    "lead",
    "activity",
    "meeting",
    "message",
    "lifecycle",
    "segment",
    "retention",
)


#: That a page may take, whatever is on it.
QUERIES = 60


class TestTimeline(TimelineCase):
    def test_equals_a_naive_union(self):
        expected = self.expected()
        self.assertEqual({kind for _key, kind, *_rest in expected}, set(KINDS))
        self.assertEqual(self.facts_of(self.ask_all(200)), expected)

    def test_pages_of_any_size_give_the_same(self):
        expected = self.expected()
        for limit in (1, 2, 7, len(expected)):
            with self.subTest(limit=limit):
                self.assertEqual(self.facts_of(self.ask_all(limit)), expected)

    def test_last_page_says_that_it_is_the_last(self):
        size = len(self.expected())
        self.assertFalse(self.ask(limit=size)["next"])
        self.assertTrue(self.ask(limit=size - 1)["next"])

    def test_each_kind_by_itself(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                entries = self.ask_all(3, kinds=[kind])
                self.assertEqual(self.facts_of(entries), self.expected({kind}))
        pair = ["invoice", "meeting"]
        self.assertEqual(self.facts_of(self.ask_all(2, kinds=pair)), self.expected(set(pair)))
        self.assertEqual(self.ask(kinds=[]), {"entries": [], "next": False})

    def test_new_entries_move_nothing(self):
        """Between two pages come a later entry, one of the same day, and one far below."""
        before = self.expected()
        for place in range(1, len(before)):
            with self.subTest(place=place):
                first = self.ask(limit=place)
                if place % 5 == 0:
                    self.make_invoice(self.account, self.today)
                    self.make_invoice(self.account, "2026-03-10")
                    self.make_message(self.ana, self.account, "2026-01-01 08:00:00", "Tarde")
                shown = self.facts_of(first["entries"])
                rest = self.facts_of(self.ask(limit=200, before=first["next"])["entries"])
                after = self.expected()
                self.assertEqual(rest, after[after.index(shown[-1]) + 1 :])

    def test_future_and_day(self):
        entries = {entry["text"]: entry for entry in self.ask(limit=200)["entries"]}
        self.assertTrue(entries["Futura"]["future"])
        self.assertFalse(entries["Visita"]["future"])
        # 22:30 in UTC is half past midnight of the next day in Madrid.
        self.assertEqual(
            (entries["Visita"]["date"], entries["Visita"]["time"]), ("2026-05-06", "00:30")
        )

    def test_wrong_questions(self):
        for options in (
            {"kinds": ["invoice", "sonnet"]},
            {"limit": 0},
            {"limit": 201},
            {"limit": "40"},
            {"before": "yesterday"},
            {"before": 7},
            {"before": "2026-01-01~document~x"},
            {"before": "2026-01-01T00:00:00+00:00~document~1"},
            {"before": f"2026-01-01T00:00:00~document~{1 << 64}"},
        ):
            with self.subTest(options=options), self.assertRaises(UserError):
                self.ask(**options)

    def test_words(self):
        titles = [entry["title"] for entry in self.ask(limit=200)["entries"]]
        for title in (
            "Opportunity won",
            "Opportunity lost",
            "Done: Call",
            "Planned: Call",
            "Overdue: Call",
            "Meeting",
            "E-mail received",
            "E-mail sent",
            "Lifecycle: Client",
            "Zona: Zona norte",
            "Retention: from Active to At risk",
        ):
            self.assertIn(title, titles)
        self.assertTrue(any(title.startswith("Opportunity: from ") for title in titles))
        kinds = self.env["cartera.timeline"].get_kinds()
        self.assertEqual([kind["code"] for kind in kinds], list(KINDS))


class TestTimelineAccess(TimelineCase):
    def entries(self, role, **options):
        answer = self.ask(self.users[role], limit=200, **options)
        return {entry["key"]: entry for entry in answer["entries"]}

    def test_salesperson_sees_that_it_happened(self):
        mine, all_of_it = self.entries("salesperson"), self.entries("manager")
        hidden = {key for key, entry in all_of_it.items() if entry["title"].startswith("Margen")}
        self.assertEqual(len(hidden), 1)
        self.assertEqual(all_of_it.keys() - mine.keys(), hidden)

    def test_what_it_was_about_only_for_readers(self):
        mine, all_of_it = self.entries("salesperson"), self.entries("manager")
        for source, record in (("lead", self.foreign), ("lead", self.won)):
            key = f"{source}-{record.id}"
            self.assertEqual(all_of_it[key]["text"], record.name)
            self.assertEqual(mine[key]["text"], record == self.won and record.name)
            self.assertEqual(bool(mine[key]["target"]), record == self.won)
        texts = [str(entry) for entry in mine.values()]
        self.assertFalse([text for text in texts if "De otra" in text])

    def test_documents_open_as_far_as_one_may(self):
        documents = [e for e in self.entries("salesperson").values() if e["kind"] == "invoice"]
        self.assertEqual({e["target"]["model"] for e in documents}, {"cartera.document"})
        payments = [e for e in self.entries("salesperson").values() if e["kind"] == "payment"]
        self.assertEqual([(e["amount"], e["target"]) for e in payments], [(100.0, False)])
        self.users["salesperson"].group_ids += self.env.ref("account.group_account_invoice")
        documents = [e for e in self.entries("salesperson").values() if e["kind"] == "invoice"]
        self.assertEqual({e["target"]["model"] for e in documents}, {"account.move"})

    def test_captured_contacts_say_more(self):
        kind = self.env["cartera.contact.kind"].search([("code", "=", "incident")])
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.ana.id,
                "summary": "Pedido 7",
                "user_id": self.seller.id,
                "cartera_kind_id": kind.id,
                "cartera_problem": "Llegó roto",
                "cartera_answer": "Va otro",
            }
        )
        activity.action_done()
        entry = self.entries("salesperson")[f"activity-{activity.id}"]
        self.assertEqual(entry["title"], kind.name)
        self.assertEqual(entry["text"], "Pedido 7 · Llegó roto · Va otro")

    def test_private_meeting_gives_its_date_only(self):
        entry = self.entries("salesperson")[f"meeting-{self.private.id}"]
        self.assertEqual(entry["title"], "Private meeting")
        self.assertEqual((entry["text"], entry["person"], entry["target"]), (False, False, False))
        self.assertEqual(self.entries("manager")[f"meeting-{self.private.id}"]["text"], "Secreta")

    def test_an_account_one_may_not_read_does_not_exist(self):
        self.account.user_id = self.users["manager"]
        self.drain()
        errors = []
        for profile in (self.profile, self.profiles.browse(10**9)):
            with self.assertRaises(AccessError) as caught:
                self.ask(self.seller, profile)
            errors.append(str(caught.exception))
        self.assertEqual(errors[0], errors[1])
        self.assertTrue(self.ask(self.users["all_accounts"])["entries"])
        for role in ("internal", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.ask(self.users[role])
            env = self.env(user=self.users[role].id, su=False)
            with self.assertRaises(AccessError):
                env["cartera.timeline"].get_kinds()

    def test_another_company_does_not_show(self):
        other = self.env["res.company"].create({"name": "Otra"})
        lead = self.make_lead(self.account, company_id=other.id)
        keys = self.entries("manager").keys()
        self.assertNotIn(f"lead-{lead.id}", keys)

    def test_as_many_queries_for_many_documents(self):
        """Ten documents, leads, activities, meetings and messages, or three hundred of them."""
        asked = []
        for number in (10, 290):
            self.multiply(number)
            for kind in (*KINDS, None):  # what is read once a process is read now
                self.queries(kind)
            asked.append({kind: self.queries(kind) for kind in (*KINDS, None)})
        self.assertEqual(len(self.ask(self.seller, kinds=["lead"], limit=200)["entries"]), 200)
        few, many = asked
        for kind in few:
            with self.subTest(kind=kind):
                more = [query[:300] for query in Counter(many[kind]) - Counter(few[kind])]
                # The leads of three sources may be the same ones, or must be read for each.
                most = QUERIES if kind is None else len(few[kind]) + (2 if kind == "lead" else 0)
                self.assertLessEqual(len(many[kind]), most, "\n".join(more))

    def multiply(self, number):
        self.env["account.move"].create(
            [self.make_invoice(self.account, "2026-03-10", post=False).copy_data()[0]] * number
        ).action_post()
        self.env["crm.lead"].create([{"name": "Otra", "partner_id": self.ana.id}] * number)
        for place in range(number):
            self.make_message(
                self.ana, self.account, f"2026-05-07 09:{place % 60:02}:00", "Uno más"
            )
        self.env["calendar.event"].create(
            [
                {
                    "name": "Reunión",
                    "start": "2026-05-05 08:00:00",
                    "stop": "2026-05-05 09:00:00",
                    "partner_ids": self.ana.ids,
                }
            ]
            * number
        )
        self.drain()

    def queries(self, kind):
        """Return what a page asks of the database; it begins with nothing in memory."""
        texts = []
        execute = Cursor.execute

        def note(cursor, query, *args, **kwargs):
            texts.append(query.code if isinstance(query, SQL) else str(query))
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        with patch.object(Cursor, "execute", note):
            self.ask(self.seller, kinds=kind and [kind], limit=200)
        return texts
