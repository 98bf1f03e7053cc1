"""Time things against each other, and print the table."""

import statistics
import time
from dataclasses import dataclass

TIMES = 5
#: What takes longer than this is done fewer times.
LONG = 20
FEWER = 2
HEADER = ("what", "", "against", "", "ratio", "budget", "within?", "runs")


@dataclass
class Row:
    """One line of the table; without ``budget`` it is for information."""

    what: str
    value: float
    against: str = ""
    reference: float | None = None
    budget: float | None = None
    runs: int = 1
    unit: str = "s"

    @property
    def ratio(self):
        """What the budget is about."""
        return self.value / self.reference if self.reference else None

    @property
    def within(self):
        """Whether the budget is met, None if there is none."""
        return None if self.budget is None else self.ratio <= self.budget

    def cells(self):
        """Return the texts of the line."""
        return (
            self.what,
            in_unit(self.value, self.unit),
            self.against,
            in_unit(self.reference, self.unit) if self.reference else "",
            in_ratio(self.ratio) if self.reference else "",
            in_ratio(self.budget) if self.budget else "",
            {None: "", True: "yes", False: "NO"}[self.within],
            str(self.runs),
        )


def table(rows):
    """Return the table and its last line."""
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    right = {1, 3, 4, 5, 7}
    texts = [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    texts.insert(1, "-" * len(texts[0]))
    judged = [row.within for row in rows if row.within is not None]
    return "\n".join([*texts, "", f"budgets met: {sum(judged)} of {len(judged)}"])


def in_unit(value, unit):
    """Return a value as people read it."""
    if unit == "MiB":
        return f"{value:,.0f} MiB"
    if unit == "queries":
        return f"{value:,.0f}"
    return f"{value:,.2f} s" if value >= 1 else f"{value * 1000:,.1f} ms"


def in_ratio(value):
    """Return a ratio as the design writes it."""
    return f"{value:.2f} x" if value >= 0.1 else f"1/{1 / value:,.0f}"


def once(work):
    """Return the seconds that ``work()`` takes, or those that it says it took."""
    started = time.perf_counter()
    seconds = work()
    return seconds if isinstance(seconds, float) else time.perf_counter() - started


def medians(*works, times=TIMES):
    """Return ([median seconds of each], runs): in turns, after a run that is not counted.

    The machine is not equally fast all the time, and what comes second finds its data in memory.
    """
    longest = max(once(work) for work in works)
    runs = times if longest <= LONG else FEWER
    taken = [[] for _work in works]
    for number in range(runs):
        order = list(range(len(works)))
        for place in order if number % 2 else reversed(order):
            taken[place].append(once(works[place]))
    return [statistics.median(seconds) for seconds in taken], runs
