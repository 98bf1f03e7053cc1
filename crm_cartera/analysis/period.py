"""Periods of the scorecard: calendar months, quarters and years.

Source: the calendar; days are those of the company's zone, which the caller knows.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

#: {kind: months}, the shortest first.
KINDS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, order=True)
class Period:
    """A calendar period; ``start`` and ``end`` are its first and its last day."""

    start: date
    end: date
    kind: str

    @classmethod
    def of(cls, kind: str, day: date) -> "Period":
        """Return the period of a kind that holds a day.

        Raises
        ------
        ValueError
            If there is no such kind.
        """
        if kind not in KINDS:
            raise ValueError(f"no kind of period: {kind}")
        months = KINDS[kind]
        first = (day.month - 1) // months * months + 1
        last = first + months - 1
        end = date(day.year, last, calendar.monthrange(day.year, last)[1])
        return cls(date(day.year, first, 1), end, kind)

    @classmethod
    def parse(cls, key: str) -> "Period":
        """Return the period of a key, as :attr:`key` gives it.

        Raises
        ------
        ValueError
            If it is no key of a period.
        """
        year, _, part = key.partition("-")
        if len(year) != 4 or not year.isdecimal():
            raise ValueError(f"no period: {key}")
        if not part:
            return cls.of("year", date(int(year), 1, 1))
        if part.startswith("Q") and part[1:] in {"1", "2", "3", "4"}:
            return cls.of("quarter", date(int(year), 3 * int(part[1:]), 1))
        if len(part) != 2 or not part.isdecimal():
            raise ValueError(f"no period: {key}")
        return cls.of("month", date(int(year), int(part), 1))

    @property
    def key(self) -> str:
        """Return the short name of the period: ``2026-11``, ``2026-Q4`` or ``2026``."""
        if self.kind == "year":
            return f"{self.start:%Y}"
        if self.kind == "quarter":
            return f"{self.start:%Y}-Q{self.end.month // 3}"
        return f"{self.start:%Y-%m}"

    def previous(self, count: int = 1) -> "Period":
        """Return the period so many before this one."""
        period = self
        for _ in range(count):
            period = Period.of(self.kind, period.start - timedelta(days=1))
        return period

    def next(self) -> "Period":
        """Return the period after this one."""
        return Period.of(self.kind, self.end + timedelta(days=1))

    def last_year(self) -> "Period":
        """Return the same period of the year before."""
        return Period.of(self.kind, self.start.replace(year=self.start.year - 1))

    def months(self) -> list["Period"]:
        """Return the months of the period, the earliest first."""
        first = self.start.month
        return [
            Period.of("month", self.start.replace(month=first + place))
            for place in range(KINDS[self.kind])
        ]

    def within(self, day: date) -> bool:
        """Tell whether the period holds a day."""
        return self.start <= day <= self.end

    def elapsed(self, today: date) -> float:
        """Return the share of its days, 0 to 1, that is over at the end of ``today``."""
        days = (self.end - self.start).days + 1
        return min(max((today - self.start).days + 1, 0), days) / days

    def as_of(self, today: date) -> date:
        """Return the day as of which the period is measured: its last one, or today if it runs."""
        return min(self.end, today)
