"""What somebody types, read as a number or a name: by examples and by brute force."""

import itertools

import pytest

from odoo.addons.crm_cartera.analysis.lookup import folded, phone_ending, tax_ending

CODES = ["1", "33", "34", "351", "1242"]
SPELLINGS = (
    "+34 612 34 56 78",
    "612345678",
    "0034612345678",
    "612-345-678",
    "34612345678",
    "(+34) 612.345.678",
    "0034 612/345/678",
)


def found(typed, stored, home="34"):
    """Tell whether a stored number would be found, on its digits from the front."""
    ending = phone_ending(typed, CODES, home)
    digits = "".join(filter(str.isdigit, stored))
    return bool(ending) and (digits.endswith(ending.tail) or digits in ending.whole)


@pytest.mark.parametrize("typed, stored", itertools.product(SPELLINGS, SPELLINGS))
def test_every_notation_finds_every_other(typed, stored):
    assert found(typed, stored)


@pytest.mark.parametrize(
    "typed, stored",
    [
        ("+34612345678", "+33612345678"),
        ("612345678", "612345679"),
        ("+34612345678", "712345678"),
        ("612345678", "12345678"),
    ],
)
def test_other_numbers_do_not(typed, stored):
    assert not found(typed, stored)


@pytest.mark.parametrize(
    "typed", ["", "Gómez", "12345", "34 tornillos", "1" * 18, "+", "ana@gomez.es", "()"]
)
def test_what_is_no_telephone(typed):
    assert phone_ending(typed, CODES, "34") is None


def test_tax_number():
    assert tax_ending("ES-B12.345.674").whole == ("B12345674",)
    assert tax_ending("b12345674").tail == "B12345674"
    assert tax_ending("b12345674").whole == ()


@pytest.mark.parametrize("typed", ["", "B1234", "Gómez e Hijos", "ana12345@gomez.es"])
def test_what_is_no_tax_number(typed):
    assert tax_ending(typed) is None


def test_folded():
    assert folded("Peluquería ÑANDÚ & Cía.") == "peluqueria nandu & cia."
