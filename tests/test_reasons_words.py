"""Why, in words: every code of analysis.reasons has its sentence, in the reader's language."""

import re
from pathlib import Path

from odoo.exceptions import AccessError

from odoo.addons.crm_cartera.analysis import priority_reasons, reasons
from odoo.addons.crm_cartera.models.cartera_profile_reason import TOPICS
from odoo.addons.crm_cartera.models.cartera_reason_words import SENTENCES

from .figure_case import FigureCase


class TestReasons(FigureCase):
    def set_figures(self, **vals):
        """Store figures as a run does, whatever the documents say."""
        self.profile.sudo()._write_unjudged(vals)
        self.env.flush_all()

    def reason(self, name, role="salesperson"):
        return self.rpc(role, "cartera.profile", "read", self.profile.ids, [name])[0][name]

    def at_risk(self):
        self.set_figures(
            retention_status="at_risk",
            rhythm_days=21,
            rhythm_source="own",
            last_purchase_date=self.days_ago(45),
        )

    def test_english(self):
        self.at_risk()
        self.assertEqual(
            self.reason("retention_reason"), "At risk: buys every 21 d, last bought 45 d ago."
        )

    def test_spanish(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.env["ir.module.module"]._load_module_terms(["crm_cartera"], ["es_ES"])
        self.users["salesperson"].lang = "es_ES"
        self.at_risk()
        self.assertEqual(
            self.reason("retention_reason"),
            "En riesgo: compra cada 21 d, última compra hace 45 d.",
        )
        self.set_figures(abc_revenue="A", revenue_12m=1234.5)
        self.assertIn("1.234,50", self.reason("abc_reason"))

    def test_rhythm_and_next_purchase(self):
        self.at_risk()
        self.set_figures(expected_purchase_date=self.days_ago(24))
        told = self.reason("rhythm_reason")
        self.assertIn("Buys every 21 d", told)
        self.assertIn(", 24 d ago.", told)
        self.set_figures(rhythm_source="policy", expected_purchase_date=self.today)
        told = self.reason("rhythm_reason")
        self.assertIn("nobody has enough days of purchase (3)", told)
        self.assertIn(", in 0 d.", told)

    def test_share_of_wallet(self):
        self.set_figures(revenue_12m=850, potential=3400)
        self.assertRegex(self.reason("wallet_reason"), r"850.00.* of .*3,400.00 \(25%\)")

    def test_linkage(self):
        self.set_figures(
            affinity_score=58,
            revenue_12m=850,
            share_of_wallet=0.25,
            categ_count=3,
            first_purchase_date=self.days_ago(30),
            last_purchase_date=self.days_ago(3),
            interaction_count_12m=6,
            days_to_pay=60.5,
            receivable=200,
            overdue=100,
        )
        told = self.reason("affinity_reason")
        for words in (
            "Linkage 58 of 100; of its weights 100% could be judged.",
            "Share of wallet 25%: 7.5 of 30 points.",
            "Categories 3 (all points from 5 on): 12 of 20 points.",
            "Interactions 6 (all points from 12 on): 7.5 of 15 points.",
            "Pays in 60.5 d (all points up to 30 d, none from 90 d on), overdue 50% of what it owes",
        ):
            self.assertIn(words, told)
        self.set_figures(share_of_wallet=None, days_to_pay=None, overdue=0)
        told = self.reason("affinity_reason")
        self.assertIn("of its weights 50% could be judged", told)
        self.assertIn("24 of 40 points", told)
        self.assertNotIn("wallet", told)
        self.assertNotIn("Pays", told)

    def test_priority(self):
        """The three largest, the largest first; the contact limit last."""
        calm = {"overdue": 0, "pipeline": 0, "revenue_12m": 0, "retention_status": None}
        self.set_figures(
            **calm,
            priority=70,
            potential=12000,
            next_action_date=self.days_ago(12),
            expected_purchase_date=self.days_ago(9),
            rhythm_days=90,
            unanswered_lead_date=self.days_ago(3),
        )
        told = self.reason("priority_reason")
        self.assertRegex(
            told,
            r"^Lead unanswered for 3 d. Could buy .*12,000.00.* more a year. "
            r"Next action overdue by 12 d.$",
        )
        self.set_figures(contact_count=9, unanswered_lead_date=None)
        told = self.reason("priority_reason")
        self.assertIn("Next action overdue by 12 d.", told)
        self.assertTrue(
            told.endswith("Contacts in the last 30 d: 9 (at most 8), so it can wait."), told
        )
        self.set_figures(contact_count=0, potential=0, next_action_date=None, overdue=1200)
        told = self.reason("priority_reason")
        for words in ("Owes ", "1,200.00", "No next action.", "Usual purchase passed 9 d ago."):
            self.assertIn(words, told)

    def test_priority_in_spanish(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.env["ir.module.module"]._load_module_terms(["crm_cartera"], ["es_ES"])
        self.users["salesperson"].lang = "es_ES"
        self.set_figures(priority=10, next_action_date=None, overdue=1234.5)
        self.assertIn("1.234,50", self.reason("priority_reason"))

    def test_whose_rhythm_it_is(self):
        self.at_risk()
        for source, words in (("company", "usual rhythm here"), ("policy", "assumed")):
            self.set_figures(rhythm_source=source)
            self.assertIn(words, self.reason("retention_reason"))

    def test_each_judgement(self):
        for name in TOPICS:
            with self.subTest(name):
                self.assertTrue(self.reason(name))

    def test_no_judgement_no_reason(self):
        self.profile = self.profiles.create({"name": "Nueva"})
        self.profile.user_id = self.users["salesperson"]
        for name in TOPICS:
            with self.subTest(name):
                self.assertFalse(self.reason(name))

    def test_margin_needs_its_group(self):
        self.set_figures(abc_margin="B", margin_12m=100, margin_rate=0.2, margin_covered_rate=0.9)
        told = self.reason("margin_reason", "manager")
        self.assertIn("20%", told)
        with self.assertRaises(AccessError):
            self.reason("margin_reason")
        for name in TOPICS:
            self.assertNotIn("argin", self.reason(name) or "")

    def test_every_code_has_its_sentence(self):
        """The table in the docstring of analysis.reasons is the contract."""
        told = r"^``([a-z]+_\w+)(?:\.\.\.)?``"
        codes = set(re.findall(told, reasons.__doc__ + priority_reasons.__doc__, re.M))
        self.assertGreater(len(codes), 20)
        for code in sorted(codes):
            stem = code.rstrip("_")
            with self.subTest(code):
                self.assertTrue([known for known in SENTENCES if known.startswith(stem)])

    def test_no_plural_traps(self):
        source = Path(reasons.__file__).parents[1] / "models" / "cartera_reason_words.py"
        self.assertNotRegex(source.read_text(), r"%\(\w+\)s (days|months|purchases)\b")

    def test_one_calibration_for_a_whole_list(self):
        """As many queries for a page of accounts as for one."""
        names = [f"Cuenta {number}" for number in range(30)]
        accounts = [self.make_account(name) for name in names]
        for account in accounts:
            self.make_invoice(account, self.days_ago(10))
        self.drain()
        profiles = self.profiles.search([("name", "in", names)])
        counts = []
        for records in (profiles[:1], profiles[:1], profiles):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(
                len(list(filter(None, records.mapped("retention_reason")))), len(records)
            )
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
