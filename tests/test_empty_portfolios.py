"""Companies with next to nothing in them: no warning, no division by zero, blank figures."""

import warnings
from contextlib import contextmanager

from odoo.tests import freeze_time

from .common import CarteraCase, day
from .oracle import FIGURES, Oracle
from .oracle_case import COUNTS, OracleMixin

PAST = day("2023-12-31")
#: What is zero, and not blank, if there is nothing.
ZEROS = {**dict.fromkeys(COUNTS, 0), "pipeline": 0}
LEARNED = (
    *("recency_cuts", "frequency_cuts", "monetary_cuts", "median_rhythm"),
    *("abc_revenue_a", "abc_revenue_b", "abc_margin_a", "abc_margin_b"),
    *("top1_share", "top10_share", "top1pct_share", "top20pct_share", "hhi", "gini"),
)


@freeze_time("2024-06-01 12:00:00")
class TestEmptyPortfolios(OracleMixin, CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty = cls.env["res.company"].create({"name": "Sin facturas"})

    @contextmanager
    def no_warning(self):
        """Any warning but of old Odoo code is an error: numpy's of divisions and empty means too."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", DeprecationWarning)
            yield

    def refresh(self, company):
        """Refresh all, then some, then the past; return {account: figures} of today."""
        with self.no_warning():
            self.profiles.refresh(company)
            found = self.read("cartera_profile", company)
            accounts = self.env["res.partner"].browse(found)
            for account in accounts:
                self.profiles.refresh(company, partners=account)
            self.profiles.refresh(company, partners=self.env["res.partner"])
            for as_of in (PAST, day("2019-01-01")):
                self.profiles.refresh(company, as_of=as_of)
                self.profiles.refresh(company, as_of=as_of, partners=accounts[:1])
        self.assertEqual(self.read("cartera_profile", company), found)
        return found

    def learned(self, company):
        """Return the calibration of today's run."""
        runs = self.env["cartera.calibration"].search([("company_id", "=", company.id)])
        return runs.filtered(lambda run: run.date == day("2024-06-01"))[:1]

    def check(self, company, as_of=None):
        """Compare with the oracle, which knows nothing of floats."""
        oracle = Oracle.of(self.env, company, as_of or day("2024-06-01"))
        table = "cartera_snapshot" if as_of else "cartera_profile"
        self.assert_none(self.compare(oracle, self.read(table, company, as_of), str(as_of)))
        if not as_of:
            self.assert_none(self.compare_calibration(oracle, self.learned(company)))

    def blank(self, **figures):
        return {**dict.fromkeys(FIGURES), **ZEROS, **figures}

    def test_nobody(self):
        self.assertEqual(self.refresh(self.empty), {})
        self.check(self.empty)
        calibration = self.learned(self.empty)
        for name in LEARNED:
            self.assertIs(calibration[name], False, name)
        self.assertEqual((calibration.buyer_count, calibration.accounts), (0, 0))

    def test_a_prospect_only(self):
        account = self.make_account()
        profile = self.profiles._ensure(account, self.empty)
        self.assertEqual(self.refresh(self.empty), {account.id: self.blank()})
        self.check(self.empty)
        with self.no_warning():
            shown = profile.with_context(active_test=False).read(
                ["recency_days", "tenure_days", "days_to_next_purchase", "revenue_share", *FIGURES]
            )[0]
        for name, value in shown.items():
            if name not in ("id", *ZEROS):
                self.assertIs(value, False, name)
        self.assertFalse(self.read("cartera_snapshot", self.empty, PAST), "nobody knew it then")

    def test_opening_data_only(self):
        profile = self.profiles.with_company(self.empty).create(
            {
                "name": "De toda la vida",
                "company_id": self.empty.id,
                "opening_client_date": "2020-02-02",
                "potential": 100,
            }
        )
        self.refresh(self.empty)
        self.check(self.empty)
        self.check(self.empty, PAST)
        found = self.read("cartera_profile", self.empty)[profile.partner_id.id]
        self.assertEqual(
            found,
            self.blank(
                first_purchase_date=day("2020-02-02"),
                last_purchase_date=day("2020-02-02"),
                rhythm_days=60,
                rhythm_source="policy",
                expected_purchase_date=day("2020-04-02"),
                retention_status="lost",
                rfm_recency=1,
                rfm_frequency=1,
                rfm_monetary=1,
                rfm_score="111",
                # 1,581 of 1,827 days weigh 15, no interaction weighs as much: 50 x 0.865.
                affinity_score=43,
            ),
        )

    def test_one_customer(self):
        """Alone he is the best in everything: no cut point is below him."""
        account = self.make_account()
        self.make_invoice(account, "2024-05-01", 100)
        found = self.refresh(self.company)[account.id]
        self.check(self.company)
        self.assertEqual(found["rfm_score"], "511")
        self.assertEqual(found["abc_revenue"], "A")
        self.assertEqual((found["rhythm_days"], found["rhythm_source"]), (60, "policy"))
        for name in ("trend", "share_of_wallet", "days_to_pay", "abc_margin", "margin_rate"):
            self.assertIsNone(found[name], name)
        calibration = self.learned(self.company)
        self.assertEqual(
            (calibration.top1_share, calibration.hhi, calibration.gini), (1, 10_000, 0)
        )
        self.assertFalse(self.read("cartera_snapshot", self.company, PAST))

    def test_only_refunds(self):
        """A refund proves nobody; whoever has one and was added by hand has figures below zero."""
        unknown, known = self.make_account("Sin ficha"), self.make_account("Con ficha")
        for account in (unknown, known):
            self.make_invoice(account, "2024-05-01", 80, move_type="out_refund")
        self.profiles._ensure(known)
        found = self.refresh(self.company)
        self.check(self.company)
        self.assertEqual(
            found,
            {
                known.id: self.blank(
                    revenue_12m=-80,
                    revenue_prev_12m=0,
                    revenue_total=-80,
                    refund_count=1,
                    receivable=-80,
                    overdue=found[known.id]["overdue"],
                    margin_covered_rate=0,
                )
            },
        )
        calibration = self.learned(self.company)
        for name in LEARNED:
            self.assertIs(calibration[name], False, name)

    def test_nothing_but_zero(self):
        """An invoice of nothing is no purchase; with a lead the account is known all the same."""
        account = self.make_account()
        self.make_invoice(account, "2024-05-01", 0)
        self.make_lead(account, "2024-01-01")
        found = self.refresh(self.company)[account.id]
        self.check(self.company)
        for name in ("revenue_12m", "revenue_total", "receivable", "overdue"):
            self.assertEqual(found[name], 0, name)
        for name in ("trend", "abc_revenue", "margin_covered_rate", "rfm_score", "top_categ_id"):
            self.assertIsNone(found[name], name)
