"""The judgement of lifecycle on tables one can check by hand, and its properties."""

import unittest

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

try:
    from odoo.addons.crm_cartera.analysis import lifecycle
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import lifecycle

TODAY = pd.Timestamp("2024-06-30")
KINDS = {
    "lifecycle": object,
    "lifecycle_locked": bool,
    "prospect_date": "datetime64[s]",
    "lead_date": "datetime64[s]",
    "lead_evidence": object,
    "lead_evidence_id": "Int64",
    "client_date": "datetime64[s]",
    "client_evidence": object,
    "client_evidence_id": "Int64",
    "first_lead_date": "datetime64[s]",
    "first_lead_id": "Int64",
    "manual_lead_date": "datetime64[s]",
    "first_purchase_day": "datetime64[s]",
    "first_purchase_id": "Int64",
    "opening_client_date": "datetime64[s]",
}


def table(*rows):
    """Build facts from dicts; what a row does not name is missing."""
    frame = pd.DataFrame(index=pd.RangeIndex(1, len(rows) + 1, name="partner_id"))
    for name, kind in KINDS.items():
        default = False if kind is bool else None
        frame[name] = pd.Series(
            [row.get(name, default) for row in rows], index=frame.index, dtype=object
        ).astype(kind)
    return frame


def store(facts, judged):
    """Return the facts as they would be read after the judgement was written."""
    stored = facts.copy()
    for name in judged.columns.intersection(facts.columns):
        stored[name] = judged[name]
    return stored


class TestJudge(unittest.TestCase):
    def test_a_table_by_hand(self):
        facts = table(
            {},  # 1: nothing but the wish to have it in the portfolio
            {"first_lead_date": "2024-02-01", "first_lead_id": 7},
            {"first_purchase_day": "2024-03-01", "first_purchase_id": 9},
            {  # 4: lead first, then client
                "first_lead_date": "2024-02-01",
                "first_lead_id": 7,
                "first_purchase_day": "2024-03-01",
                "first_purchase_id": 9,
            },
            {  # 5: the lead came later than the purchase
                "first_lead_date": "2024-04-01",
                "first_lead_id": 7,
                "first_purchase_day": "2024-03-01",
                "first_purchase_id": 9,
            },
            {"opening_client_date": "2010-01-01", "first_purchase_day": "2024-03-01"},
            {"manual_lead_date": "2024-01-15", "first_lead_date": "2024-02-01"},
        )
        judged = lifecycle.judge(facts, TODAY)
        self.assertEqual(
            judged["lifecycle"].tolist(),
            ["prospect", "lead", "client", "client", "client", "client", "lead"],
        )
        self.assertEqual(
            judged["lifecycle_date"].dt.strftime("%Y-%m-%d").tolist(),
            [
                "2024-06-30",
                "2024-02-01",
                "2024-03-01",
                "2024-03-01",
                "2024-03-01",
                "2010-01-01",
                "2024-01-15",
            ],
        )
        self.assertEqual(judged["lead_date"].notna().tolist(), [0, 1, 0, 1, 0, 0, 1])
        self.assertEqual(
            judged["client_evidence"].tolist()[2:6], ["invoice", "invoice", "invoice", "opening"]
        )
        self.assertEqual(judged["lead_evidence"][7], "manual")

    def test_transitions_of_new_accounts(self):
        facts = table(
            {},
            {
                "first_lead_date": "2024-02-01",
                "first_lead_id": 7,
                "first_purchase_day": "2024-03-01",
                "first_purchase_id": 9,
            },
        )
        moves = lifecycle.transitions(facts, lifecycle.judge(facts, TODAY), TODAY)
        rows = moves.sort_values(["partner_id", "date"]).drop(columns="evidence_id")
        self.assertEqual(
            [
                (r.partner_id, r.kind, r.from_lifecycle, r.to_lifecycle, str(r.date.date()))
                for r in rows.itertuples()
            ],
            [
                (1, "forward", None, "prospect", "2024-06-30"),
                (2, "forward", None, "lead", "2024-02-01"),
                (2, "forward", "lead", "client", "2024-03-01"),
            ],
        )
        self.assertEqual(rows["days"].iloc[2], 29)  # February 2024 has 29 days

    def test_evidence_taken_away(self):
        facts = table({"first_purchase_day": "2024-03-01", "first_purchase_id": 9})
        stored = store(facts, lifecycle.judge(facts, TODAY))
        stored["first_purchase_day"] = pd.Series([pd.NaT], index=[1], dtype="datetime64[s]")
        stored["first_purchase_id"] = pd.Series([pd.NA], index=[1], dtype="Int64")
        judged = lifecycle.judge(stored, TODAY)
        moves = lifecycle.transitions(stored, judged, TODAY)
        self.assertEqual(moves["kind"].tolist(), ["correction"])
        self.assertEqual(moves["from_lifecycle"].tolist(), ["client"])
        self.assertEqual(moves["to_lifecycle"].tolist(), ["prospect"])
        self.assertEqual(moves["evidence_id"].tolist(), [9])
        self.assertEqual(moves["date"].tolist(), [TODAY])

    def test_locked_account_keeps_what_is_stored(self):
        facts = table(
            {
                "lifecycle": "lead",
                "lifecycle_locked": True,
                "lead_date": "2024-01-01",
                "lead_evidence": "manual",
                "first_purchase_day": "2024-03-01",
                "first_purchase_id": 9,
            }
        )
        judged = lifecycle.judge(facts, TODAY)
        self.assertEqual(judged["lifecycle"].tolist(), ["lead"])
        self.assertTrue(judged["client_date"].isna().all())
        self.assertTrue(lifecycle.transitions(facts, judged, TODAY).empty)


dates = st.one_of(
    st.none(),
    st.dates(
        min_value=pd.Timestamp("2020-01-01").date(), max_value=pd.Timestamp("2024-06-30").date()
    ),
)
accounts = st.fixed_dictionaries(
    {
        "first_lead_date": dates,
        "first_lead_id": st.integers(1, 9),
        "manual_lead_date": dates,
        "first_purchase_day": dates,
        "first_purchase_id": st.integers(1, 9),
        "opening_client_date": dates,
    }
)


class TestProperties(unittest.TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(accounts, min_size=1, max_size=12), st.randoms())
    def test_row_order_does_not_matter(self, rows, random):
        facts = table(*rows)
        order = list(facts.index)
        random.shuffle(order)
        judged = lifecycle.judge(facts, TODAY)
        shuffled = lifecycle.judge(facts.loc[order], TODAY).loc[facts.index]
        pd.testing.assert_frame_equal(judged, shuffled)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(accounts, min_size=1, max_size=12))
    def test_a_second_judgement_moves_nothing(self, rows):
        facts = table(*rows)
        judged = lifecycle.judge(facts, TODAY)
        stored = store(facts, judged)
        again = lifecycle.judge(stored, TODAY + pd.Timedelta(days=3))
        self.assertTrue(lifecycle.transitions(stored, again, TODAY).empty)
        pd.testing.assert_frame_equal(judged, again)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(accounts, min_size=1, max_size=12))
    def test_history_is_in_the_order_of_time(self, rows):
        judged = lifecycle.judge(table(*rows), TODAY)
        both = judged[judged["lead_date"].notna() & judged["client_date"].notna()]
        self.assertTrue((both["lead_date"] <= both["client_date"]).all())

    @settings(max_examples=60, deadline=None)
    @given(accounts, dates)
    def test_more_evidence_never_lowers(self, row, day):
        less = lifecycle.judge(table({**row, "first_purchase_day": None}), TODAY)
        more = lifecycle.judge(table({**row, "first_purchase_day": day}), TODAY)
        rank = lifecycle.RANK
        self.assertLessEqual(rank[less["lifecycle"][1]], rank[more["lifecycle"][1]])
