"""What somebody types to find an account, read as a telephone number, a tax number or a name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Letters with a mark, and what they are without it; both cases, as not every database lowers them.
MARKED = "áàâäãåéèêëíìîïóòôöõúùûüñçýÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇÝ"
PLAIN = "aaaaaaeeeeiiiiooooouuuuncyaaaaaaeeeeiiiiooooouuuuncy"
#: Digits that make a number; fewer find too many people.
LEAST_DIGITS, MOST_DIGITS = 6, 17
#: Digits of a number with the code of its country but without its sign.
WITH_CODE = 10
#: Characters that make a tax number, and digits among them.
LEAST_TAX, LEAST_TAX_DIGITS = 6, 4

_PHONE = re.compile(r"[\d\s+()./\-]+")
_FOLDED = str.maketrans(MARKED, PLAIN)


@dataclass(frozen=True)
class Ending:
    """What a stored number must look like, without anything between its characters.

    Parameters
    ----------
    tail : str
        It ends so.
    whole : tuple of str
        Or it is one of these.
    """

    tail: str
    whole: tuple[str, ...] = ()


def phone_ending(text: str, codes: Iterable[str], home: str | None = None) -> Ending | None:
    """Return what the digits of a telephone look like, however it was written down.

    ``+34 612 34 56 78``, ``0034612345678``, ``612345678`` and ``612-345-678`` find each other: with the
    code of a country or without it, with the zero that some countries put before a number or without.

    Parameters
    ----------
    text : str
        What was typed.
    codes : iterable of str
        Calling codes of countries, digits only.
    home : str, optional
        The code that a long number without a sign may begin with.

    Returns
    -------
    Ending or None
        None if it is no telephone number.

    Examples
    --------
    >>> phone_ending("0034 612 345 678", ["34", "33"])
    Ending(tail='34612345678', whole=('612345678', '0612345678'))
    >>> phone_ending("612-345-678", ["34"])
    Ending(tail='612345678', whole=())
    """
    # The zero is not dialled from abroad.
    typed = text.strip().replace("(0)", "")
    digits = re.sub(r"\D", "", typed)
    if not _PHONE.fullmatch(typed) or not LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
        return None
    if typed.startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        prefixes = {code for code in codes if digits.startswith(code)}
    else:
        digits = digits.removeprefix("0")
        long = home and len(digits) >= WITH_CODE and digits.startswith(home)
        prefixes = {home} if home and long else set()
    nationals = {digits.removeprefix(prefix).removeprefix("0") for prefix in prefixes}
    known = sorted(national for national in nationals if len(national) >= LEAST_DIGITS)
    whole = tuple(number for national in known for number in (national, f"0{national}"))
    return Ending(digits, whole) if len(digits) >= LEAST_DIGITS else None


def tax_ending(text: str) -> Ending | None:
    """Return what a tax number looks like, with the code of its country or without it.

    Parameters
    ----------
    text : str
        What was typed.

    Returns
    -------
    Ending or None
        In capitals and digits only; None if it is no tax number.

    Examples
    --------
    >>> tax_ending("es b-1234.5674")
    Ending(tail='ESB12345674', whole=('B12345674',))
    >>> tax_ending("B12345674")
    Ending(tail='B12345674', whole=())
    """
    number = re.sub(r"[^A-Z0-9]", "", text.upper())
    digits = re.sub(r"\D", "", number)
    if len(number) < LEAST_TAX or len(digits) < LEAST_TAX_DIGITS or "@" in text:
        return None
    rest = number[2:]
    return Ending(number, (rest,) if number[:2].isalpha() and len(rest) >= LEAST_TAX else ())


def folded(text: str) -> str:
    """Return the text in small letters without marks, as names are compared.

    Examples
    --------
    >>> folded("Ferretería GÓMEZ")
    'ferreteria gomez'
    """
    return text.lower().translate(_FOLDED)
