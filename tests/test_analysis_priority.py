"""The priority: by hand, against the oracle, and what must hold for every account."""

import dataclasses
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

try:
    from odoo.addons.crm_cartera.analysis import priority, priority_judgement, reasons
    from odoo.addons.crm_cartera.analysis.calibration import Calibration
except ImportError:  # pure run, without Odoo
    from crm_cartera.analysis import priority, priority_judgement, reasons
    from crm_cartera.analysis.calibration import Calibration

from . import oracle_priority as oracle
from .analysis_case import POLICY, TODAY, AnalysisCase, ago, money, values

MONEY = ("potential", "revenue_12m", "revenue_prev_12m", "pipeline", "overdue", "contact_count")
DAYS = ("next_action_date", "unanswered_lead_date", "expected_purchase_date", "last_purchase_date")
WEIGHTS = tuple(f"priority_weight_{name}" for name in priority.TERMS)
#: The usual account has 1,000 at stake; who owes, owes 200.
LEARNED = Calibration(value_reference=1000.0, overdue_reference=200.0)
#: Nothing asks for anything: an action is planned.
CALM = {"next_action_date": ago(-5), "next_action_model": "mail.activity", "active": True}


def tables(*rows):
    """Return (facts, judged) of dicts; what a row does not name is missing."""
    index = pd.RangeIndex(1, len(rows) + 1, name="partner_id")
    columns = {name: np.array([row.get(name) for row in rows], dtype="float64") for name in MONEY}
    columns["rhythm_days"] = np.array([row.get("rhythm_days") for row in rows], dtype="float64")
    for name in DAYS:
        columns[name] = np.array([row.get(name) for row in rows], dtype="datetime64[s]")
    for name in ("next_action_model", "retention_status"):
        columns[name] = pd.Series([row.get(name) for row in rows], index=index, dtype=object)
    columns["active"] = np.array([row.get("active", True) for row in rows], dtype=bool)
    facts = pd.DataFrame(columns, index=index)
    judged = facts[["expected_purchase_date", "rhythm_days", "retention_status"]]
    return facts.drop(columns=judged.columns), judged


def judge(*rows, rules=POLICY, learned=LEARNED, day=TODAY):
    """Return [(priority, suggested action)]."""
    found = priority_judgement.judge(*tables(*rows), learned, rules, day)
    return list(zip(values(found["priority"]), found["suggested_action"], strict=True))


def scores(*rows, **more):
    return [score for score, _action in judge(*rows, **more)]


def only(**weights):
    """Return criteria in which only these weigh anything; urgency needs nothing at stake."""
    rest = dict.fromkeys(WEIGHTS, 0) | {"priority_weight_base": 100}
    given = {f"priority_weight_{name}": weight for name, weight in weights.items()}
    return dataclasses.replace(POLICY, **{**rest, **given})


def explain(row, rules=POLICY, learned=LEARNED, day=TODAY):
    """Return {code: parameters} of the reasons of one account as judged, in their order."""
    (score,) = scores(row, rules=rules, learned=learned, day=day)
    told = reasons.explain({**row, "priority": score}, learned, rules, day)
    return {reason.code: reason.params for reason in told if reason.topic == "priority"}


def as_account(row):
    return SimpleNamespace(
        **{name: row.get(name) for name in MONEY if name != "contact_count"},
        contact_count=row.get("contact_count") or 0,
        **{name: row.get(name) for name in (*DAYS, "next_action_model")},
        active=row.get("active", True),
    )


class TestPriority(AnalysisCase):
    def test_by_hand(self):
        """Overdue by 7 of 14 d: 0.75 x 60. 3,000 at stake of the usual 1,000: 3/4."""
        row = CALM | {"next_action_date": ago(7), "pipeline": 3000.0}
        # 45 x (25 + 75 x 3/4) %
        self.assertEqual(
            judge(row, CALM, CALM | {"active": False}), [(37, "call"), (0, None), (None, None)]
        )
        told = explain(row)
        self.assertEqual(list(told), ["priority_action_overdue", "priority_pipeline"])
        self.assertAlmostEqual(told["priority_pipeline"]["points"], 45 * 0.75 * 0.75 / 2)
        self.assertEqual(told["priority_action_overdue"]["days"], 7)
        self.assertEqual(told["priority_pipeline"]["amount"], 3000)

    def test_each_urgency(self):
        """Each by itself, out of 100."""
        for name, row, expected in (
            ("action", {"next_action_date": TODAY}, 50),
            ("action", {"next_action_date": ago(7)}, 75),
            ("action", {"next_action_date": ago(400)}, 100),
            ("action", {"next_action_date": ago(-1)}, 0),
            ("no_action", {"next_action_date": None}, 100),
            ("expected", {"expected_purchase_date": TODAY, "rhythm_days": 30.0}, 0),
            ("expected", {"expected_purchase_date": ago(9), "rhythm_days": 30.0}, 30),
            ("expected", {"expected_purchase_date": ago(90), "rhythm_days": 30.0}, 100),
            ("retention", {"retention_status": "active"}, 0),
            ("retention", {"retention_status": "at_risk"}, 33),
            ("retention", {"retention_status": "inactive"}, 67),
            ("retention", {"retention_status": "lost"}, 100),
            ("lead", {"unanswered_lead_date": TODAY}, 50),
            ("lead", {"unanswered_lead_date": ago(3)}, 100),
            ("receivable", {"overdue": 200.0}, 50),
            ("receivable", {"overdue": 1800.0}, 90),
            ("receivable", {"overdue": -5.0}, 0),
        ):
            with self.subTest(name, row=row):
                self.assertEqual(scores(CALM | row, rules=only(**{name: 100})), [expected])

    def test_what_is_at_stake(self):
        """All of the urgency; the usual 1,000 is half."""
        for name, row, expected in (
            ("potential", {"potential": 1500.0, "revenue_12m": 500.0}, 50),
            ("potential", {"potential": 1000.0, "revenue_12m": -500.0}, 50),
            ("potential", {"potential": 400.0, "revenue_12m": 500.0}, 0),
            ("potential", {"revenue_12m": 500.0}, 0),
            ("pipeline", {"pipeline": 9000.0}, 90),
            ("risk", {"revenue_12m": 1000.0, "retention_status": "active"}, 0),
            ("risk", {"revenue_12m": 1000.0, "retention_status": "at_risk"}, 50),
            ("risk", {"revenue_prev_12m": 4000.0, "retention_status": "lost"}, 80),
            ("risk", {"retention_status": "lost"}, 0),
        ):
            rules = only(base=0, no_action=100, **{name: 100})
            with self.subTest(name, row=row):
                self.assertEqual(scores(row, rules=rules), [expected])

    def test_actions(self):
        fallen = {"expected_purchase_date": None, "revenue_12m": 5000.0}
        for row, action in (
            ({"next_action_date": ago(20)}, "call"),
            ({"next_action_date": ago(20), "next_action_model": "calendar.event"}, "visit"),
            ({"next_action_date": None}, "call"),
            ({"expected_purchase_date": ago(9), "rhythm_days": 30.0}, "offer"),
            ({"retention_status": "at_risk", **fallen}, "visit"),
            ({"retention_status": "inactive", **fallen}, "reactivate"),
            ({"retention_status": "lost"}, "reactivate"),
            ({"unanswered_lead_date": ago(9)}, "call"),
            ({"overdue": 9000.0}, "payment"),
            # Two reasons share the urgency, and what is at stake has as much as both.
            ({"next_action_date": TODAY, "overdue": 600.0, "potential": 10**6}, "visit"),
            ({"next_action_date": TODAY, "overdue": 600.0, "pipeline": 10**6}, "offer"),
        ):
            with self.subTest(row):
                self.assertEqual(judge(CALM | row)[0][1], action)

    def test_nobody_to_compare_with(self):
        """One that is alone is the usual one."""
        row = {"pipeline": 5.0, "overdue": 7.0}
        rules = only(base=0, receivable=100, pipeline=100)
        self.assertEqual(scores(row, rules=rules, learned=Calibration()), [25])

    def test_contacts(self):
        """Eight contacts in the days of the limit: half; nine: a third. It is told last."""
        row = {"next_action_date": None, "pipeline": 1000.0}
        rules = only(no_action=100)
        found = [scores(row | {"contact_count": n}, rules=rules)[0] for n in (None, 7, 8, 9)]
        self.assertEqual(found, [100, 100, 50, 33])
        told = explain(row | {"contact_count": 9, "overdue": 9.0, "unanswered_lead_date": TODAY})
        self.assertEqual(list(told)[-1], "priority_contacts")
        self.assertEqual(len(told), 3)
        self.assertEqual(told["priority_contacts"]["count"], 9)
        unlimited = dataclasses.replace(rules, contact_limit_count=0)
        self.assertEqual(scores(row | {"contact_count": 99}, rules=unlimited), [100])

    def test_words_of_days(self):
        for row, code, days in (
            ({"next_action_date": TODAY}, "action_today", None),
            ({"unanswered_lead_date": TODAY}, "lead_today", None),
            ({"unanswered_lead_date": ago(2)}, "lead_waiting", 2),
            ({"expected_purchase_date": ago(9), "rhythm_days": 30.0}, "expected", 9),
            ({"retention_status": "lost", "last_purchase_date": ago(800)}, "lost", 800),
        ):
            with self.subTest(row):
                ((found, params),) = explain(CALM | row).items()
                self.assertEqual((found, params.get("days")), (f"priority_{code}", days))


@st.composite
def accounts(draw):
    """Facts and judgements of one account, as the engine would hand them over."""
    day = st.none() | st.integers(-40, 400).map(ago)
    row = {name: draw(st.none() | money) for name in ("revenue_12m", "revenue_prev_12m", "overdue")}
    row |= {name: draw(st.none() | money.map(abs)) for name in ("potential", "pipeline")}
    row["next_action_date"] = draw(day)
    models = st.sampled_from(["mail.activity", "calendar.event"])
    row["next_action_model"] = draw(models) if row["next_action_date"] else None
    row["unanswered_lead_date"] = draw(st.none() | st.integers(0, 400).map(ago))
    row["contact_count"] = draw(st.integers(0, 30))
    row["active"] = draw(st.integers(0, 9)) > 0
    if draw(st.booleans()):
        row["last_purchase_date"] = last = ago(draw(st.integers(0, 800)))
        row["rhythm_days"] = draw(st.integers(14, 800)) / 2
        row["expected_purchase_date"] = last + timedelta(days=int(row["rhythm_days"]))
        statuses = ("new", "active", "recovered", "at_risk", "inactive", "lost")
        row["retention_status"] = draw(st.sampled_from(statuses))
    return row


@st.composite
def policies(draw):
    weight = st.sampled_from([0, 0, 1, 30, 50, 100])
    names = (*WEIGHTS, "priority_weight_base")
    most = {"priority_action_days": 9, "priority_lead_days": 5}
    return dataclasses.replace(
        POLICY,
        **{name: draw(weight) for name in names},
        **{name: draw(st.integers(1, days)) for name, days in most.items()},
        contact_limit_count=draw(st.integers(0, 8)),
    )


learned = st.builds(
    Calibration,
    value_reference=st.none() | st.integers(1, 10**8).map(lambda cents: cents / 100),
    overdue_reference=st.none() | st.integers(1, 10**8).map(lambda cents: cents / 100),
)


class TestEveryAccount(AnalysisCase):
    @settings(deadline=None)
    @given(accounts(), policies(), learned)
    def test_as_the_oracle_says(self, row, rules, known):
        judged = {name: row.get(name) for name in ("expected_purchase_date", "rhythm_days")}
        judged["retention_status"] = row.get("retention_status")
        usual = known.value_reference, known.overdue_reference
        expected = oracle.priority(
            as_account(row), judged, TODAY, lambda name: getattr(rules, name), usual
        )
        self.assertEqual(judge(row, rules=rules, learned=known), [tuple(expected.values())])

    @settings(deadline=None)
    @given(accounts(), policies(), learned)
    def test_reasons_name_the_largest_parts(self, row, rules, known):
        """The codes told are the largest points of the oracle, the largest first; nothing else."""
        judged = {name: row.get(name) for name in ("expected_purchase_date", "rhythm_days")}
        judged["retention_status"] = row.get("retention_status")
        usual = known.value_reference, known.overdue_reference
        given = oracle.points(
            as_account(row), judged, TODAY, lambda name: getattr(rules, name), usual
        )
        told = explain(row, rules, known)
        if not scores(row, rules=rules, learned=known)[0]:
            self.assertEqual(told, {})
            return
        found = [params["points"] for code, params in told.items() if code != "priority_contacts"]
        largest = sorted((round(float(part), 9) for part in given.values()), reverse=True)
        limited = "priority_contacts" in told
        largest = [part for part in largest if part > 0][: 2 if limited else 3]
        self.assertEqual(len(found), len(largest))
        for one, other in zip(found, largest, strict=True):
            self.assertAlmostEqual(one, other, places=6)

    @settings(deadline=None)
    @given(accounts(), policies(), learned, st.integers(1, 300))
    def test_more_overdue_is_never_less(self, row, rules, known, more):
        row = row | {"active": True}
        (before,) = scores(row, rules=rules, learned=known)
        changes = []
        for name in ("next_action_date", "unanswered_lead_date", "expected_purchase_date"):
            if row.get(name):
                changes.append({name: row[name] - timedelta(days=more)})
        changes.append({"overdue": max(row["overdue"] or 0.0, 0.0) + more})
        if row.get("retention_status") in ("at_risk", "inactive"):
            changes.append({"retention_status": "lost"})
        changes += [{name: max(row[name] or 0.0, 0.0) + more} for name in ("potential", "pipeline")]
        for change in changes:
            (after,) = scores(row | change, rules=rules, learned=known)
            self.assertGreaterEqual(after, before, change)

    @settings(deadline=None)
    @given(accounts(), policies(), learned)
    def test_contacts_only_lower(self, row, rules, known):
        row = row | {"active": True}
        rows = [row | {"contact_count": count} for count in range(20)]
        found = scores(*rows, rules=rules, learned=known)
        self.assertEqual(found, sorted(found, reverse=True))

    @settings(deadline=None)
    @given(accounts(), learned, st.sampled_from(WEIGHTS))
    def test_a_weight_of_zero_removes_the_reason(self, row, known, weight):
        rules = dataclasses.replace(POLICY, **{weight: 0})
        name = weight.removeprefix("priority_weight_")
        facts, judged = tables(row)
        points = priority.get_points(
            priority_judgement.read_stakes(facts, judged["retention_status"].to_numpy()),
            priority_judgement.read_signals(facts, judged, TODAY),
            priority_judgement.get_references(known),
            rules,
        )
        self.assertEqual(points[name].tolist(), [0])
        codes = {
            "action": ("action_overdue", "action_today"),
            "lead": ("lead_waiting", "lead_today"),
            "retention": ("at_risk", "inactive", "lost"),
        }.get(name, (name,))
        self.assertFalse({f"priority_{code}" for code in codes} & explain(row, rules, known).keys())

    @settings(deadline=None)
    @given(st.lists(accounts(), max_size=12), policies(), learned, st.randoms())
    def test_each_by_itself_in_any_order(self, rows, rules, known, random):
        """Bounded; equal accounts equal; whatever the order, and one by one."""
        found = judge(*rows, *rows, rules=rules, learned=known)
        self.assertEqual(found[: len(rows)], found[len(rows) :])
        order = random.sample(range(len(rows)), len(rows))
        mixed = judge(*(rows[place] for place in order), rules=rules, learned=known)
        self.assertEqual(mixed, [found[place] for place in order])
        alone = [judge(row, rules=rules, learned=known)[0] for row in rows]
        self.assertEqual(alone, found[: len(rows)])
        for row, (score, action) in zip(rows, alone, strict=True):
            self.assertEqual(score is None, not row["active"])
            self.assertTrue(score is None or 0 <= score <= 100)
            self.assertEqual(bool(action), bool(score))

    @settings(deadline=None)
    @given(st.lists(accounts(), max_size=12), policies())
    def test_references_are_medians(self, rows, rules):
        facts, judged = tables(*rows)
        stakes = priority_judgement.read_stakes(facts, judged["retention_status"].to_numpy())
        found = priority.get_references(stakes, rules)
        known = [(as_account(row), row.get("retention_status")) for row in rows]
        expected = oracle.references(known, lambda name: getattr(rules, name))
        for one, other in zip(found, expected, strict=True):
            self.assertEqual(one is None, other is None)
            self.assertAlmostEqual(one or 0, float(other or 0), places=4)
