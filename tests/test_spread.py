"""Dividing an amount: exact sums, and what zero, missing and negative figures do."""

import pytest

from odoo.addons.crm_cartera.analysis.spread import spread, spread_table


def cents(parts, digits=2):
    return sum(round(part * 10**digits) for part in parts)


@pytest.mark.parametrize(
    "amount, weights, parts",
    [
        (100, [1, 1, 1], [33.34, 33.33, 33.33]),
        (100, [1, 2, 1], [25, 50, 25]),
        (100, [None, 3, 1], [0, 75, 25]),
        (100, [-5, 3, 1], [0, 75, 25]),
        (100, [None, None], [50, 50]),
        (100, [0, 0, 0, 0], [25, 25, 25, 25]),
        (100, [-1, -2], [50, 50]),
        (0, [1, 2], [0, 0]),
        (-100, [1, 1, 1], [-33.34, -33.33, -33.33]),
        (0.01, [1, 1], [0.01, 0]),
        (100, [], []),
        (100, [7], [100]),
    ],
)
def test_spread(amount, weights, parts):
    assert spread(amount, weights) == parts


def test_whole_numbers():
    assert spread(100, [1] * 12, 0) == [9] * 4 + [8] * 8


@pytest.mark.parametrize("amount", [1, 0.07, 999_999.99, 1_234_567.89, -88.13, 1e12 + 0.01])
@pytest.mark.parametrize("count", [1, 3, 7, 12, 250])
def test_cents_sum_exactly(amount, count):
    weights = [(place * 37) % 11 + place / 3 for place in range(count)]
    assert cents(spread(amount, weights)) == round(amount * 100)


def test_half_a_cent_rounds_up():
    assert spread(0.005, [1]) == [0.01]


def test_table_adds_up_both_ways():
    months = spread(100_000.01, [5, 3, 0, 9, 1, 1, 2, 2, 7, 7, 3, 1])
    people = spread(100_000.01, [3, 1, 1])
    rows = spread_table(people, months)
    assert [cents(row) for row in rows] == [round(each * 100) for each in people]
    assert [cents(column) for column in zip(*rows, strict=True)] == [
        round(each * 100) for each in months
    ]


def test_table_of_totals_by_hand():
    """Nothing can add up to the columns then; each person's months are still his year."""
    rows = spread_table([60, 30], [50, 50])
    assert rows == [[30, 30], [15, 15]]


@pytest.mark.parametrize(
    "totals, shape",
    [
        ([1] * 12, [1] * 12),
        ([2, 2, 2], [1, 1, 4]),
        ([5, 0, 3, 1, 1], [0, 1, 0, 9, 0]),
        ([1] * 250, [20] * 7 + [22] * 5),
    ],
)
def test_whole_table_without_negative_parts(totals, shape):
    """Small counts: what rounding gives to the first month must not be taken from the last person."""
    rows = spread_table(totals, shape, 0)
    assert [sum(row) for row in rows] == totals
    assert [sum(column) for column in zip(*rows, strict=True)] == shape
    assert min(min(row) for row in rows) >= 0


def test_table_below_zero():
    rows = spread_table([-1] * 12, [-1] * 12, 0)
    assert [sum(column) for column in zip(*rows, strict=True)] == [-1] * 12
    assert {each for row in rows for each in row} == {0, -1}


def test_table_of_nobody():
    assert spread_table([], [50, 50]) == []
    assert spread_table([100], [25, 75]) == [[25, 75]]
