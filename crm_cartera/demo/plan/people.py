"""Accounts with their addresses and contacts, and what each became, from the table."""

import re
import unicodedata
from random import Random

from .accounts import KEPT
from .accounts import MAIN as MAIN_TABLE
from .accounts import SECOND as SECOND_TABLE
from .catalogue import TERRITORIES, TOWNS
from .records import MAIN, SECOND, Account, Contact
from .texts import FIRST_NAMES, FUNCTIONS, STREETS, SURNAMES

#: Of ten accounts, how many contacts each has.
CONTACTS = (0, 1, 0, 2, 1, 0, 3, 0, 1, 0)
LEGAL_FORMS = re.compile(r",? (S\.L\.|S\.A\.|C\.B\.|S\.C\.V\.)$")


def read_table(rng: Random) -> list[tuple[Account, dict[str, str]]]:
    """Return (account, {company: what became of it}) of every line of the table."""
    rows = []
    for company, table in ((MAIN, MAIN_TABLE), (SECOND, SECOND_TABLE)):
        for line in table.strip().splitlines():
            name, town, sector, fate = (part.strip() for part in line.split("|"))
            own, _plus, other = (part.strip() for part in fate.partition("+"))
            fates = {company: own}
            if other:
                fates = {MAIN: own, SECOND: other.removeprefix("H ")}
            rows.append((_account(len(rows), name, town, sector, fates, rng), fates))
    return rows


def _account(number, name, town, sector, fates, rng) -> Account:
    """Return one account; the marks before its name are explained beside the table."""
    flag = name[0] if name[0] in "-xp" else ""
    name = name[len(flag) :]
    person = flag == "p"
    prefix = TOWNS[town][2]
    return Account(
        key=name,
        town=town,
        sector=sector,
        street=f"{rng.choice(STREETS)} {rng.randint(2, 118)}",
        vat=tax_number(name, number, person),
        phone=f"+34 {prefix} 00 {number // 100:02d} {number % 100:02d}",
        email=f"{slug(name)}@example.com",
        user="" if flag == "-" else salesperson(name, town, fates),
        is_company=not person,
        active=flag != "x",
        contacts=[] if person else _contacts(name, number, rng),
    )


def salesperson(name: str, town: str, fates: dict[str, str]) -> str:
    """Return who looks after an account: by province, in the second company Nuria or Marta."""
    for login, names in KEPT.items():
        if name in names:
            return login
    province = TOWNS[town][0]
    login = next(login for login, provinces in TERRITORIES.items() if province in provinces)
    return login if SECOND not in fates or login == "nuria" else "marta"


def _contacts(company: str, number: int, rng: Random) -> list[Contact]:
    contacts = []
    for index in range(CONTACTS[number % len(CONTACTS)]):
        name = f"{rng.choice(FIRST_NAMES)} {rng.choice(SURNAMES)} {rng.choice(SURNAMES)}"
        email = f"{slug(name)}.{slug(company).split('.')[-1]}@example.com"
        phone = f"+34 600 00 {number:03d} {index}"
        contacts.append(Contact(name, rng.choice(FUNCTIONS), email, phone))
    return contacts


def slug(name: str) -> str:
    """Return the first words of a name, as they stand in an e-mail address."""
    name = LEGAL_FORMS.sub("", name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z]+", plain) if len(word) > 2]
    return ".".join(words[:3])


def tax_number(name: str, number: int, person: bool) -> str:
    """Return a well-formed tax number that nobody has: no register uses these numbers."""
    if person:
        digits = f"{10 + number:08d}"
        return f"{digits}{'TRWAGMYFPDXBNJZSQVHLCKE'[int(digits) % 23]}"
    digits = f"00{1000 + 37 * number:05d}"
    odd = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[0::2])
    control = -(odd + sum(int(digit) for digit in digits[1::2])) % 10
    if "Ayuntamiento" in name or "Mancomunidad" in name:
        return f"P{digits}{'JABCDEFGHI'[control]}"
    return f"{'A' if name.endswith('S.A.') else 'B'}{digits}{control}"
