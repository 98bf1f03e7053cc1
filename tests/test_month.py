"""A month of postings, refunds, payments and corrections, kept up with by drains and nightly runs."""

from collections import Counter
from datetime import timedelta

from odoo.tests import freeze_time
from odoo.tools import SQL

from odoo.addons.crm_cartera.models.cartera_columns import COMPUTED, FIGURES, ONCE

from .common import day
from .month_case import CHANGES, MonthCase
from .oracle import Oracle
from .oracle_account import FACTS
from .oracle_case import OracleMixin

FIRST, DAYS, CHANGES_A_DAY = day("2024-05-13"), 30, 4
COLUMNS = (*COMPUTED, *ONCE)


class TestMonth(OracleMixin, MonthCase):
    def test_month(self):
        """On the last day nothing is left to do for a full run, nor would it do anything else anew."""
        with freeze_time(f"{FIRST} 00:30:00"):
            self.profiles.refresh(self.company)
            self.policy.recalibrate = "hand"
        made = Counter()
        for number in range(DAYS):
            today = FIRST + timedelta(days=number)
            with freeze_time(f"{today} 02:00:00"):
                self.profiles.refresh(self.company)
            with freeze_time(f"{today} 12:00:00"):
                for _number in range(CHANGES_A_DAY):
                    made[self.change(today)] += 1
                    self.drain()
        self.assertEqual(set(made), set(CHANGES), "the month has everything in it")
        with freeze_time(f"{today} 20:00:00"):
            self.check(today)

    def check(self, today):
        kept_up = self.read("cartera_profile", self.company, names=COLUMNS)
        facts = self.read("cartera_profile", self.company, names=FACTS)
        self.assert_none(self.compare(Oracle.of(self.env, self.company, today), facts, "drains"))
        self.profiles.refresh(self.company)
        self.assert_none(self.differ(kept_up, "a full run"))
        self.env.cr.execute(
            SQL(
                "UPDATE cartera_profile SET %s WHERE company_id = %s",
                SQL(", ").join(SQL("%s = NULL", SQL.identifier(name)) for name in FIGURES),
                self.company.id,
            )
        )
        self.env.invalidate_all()
        self.profiles.refresh(self.company)
        self.assert_none(self.differ(kept_up, "a full run on blank rows"))

    def differ(self, kept_up, what):
        """Return a line for each column that a run has left otherwise than it was."""
        found = self.read("cartera_profile", self.company, names=COLUMNS)
        self.assertEqual(found.keys(), kept_up.keys())
        return [
            f"{what}: {row['name']} {name}: {row[name]}, was {kept_up[key][name]}"
            for key, row in found.items()
            for name in COLUMNS
            if row[name] != kept_up[key][name]
        ]
