"""Finding accounts by what somebody says, and the timeline of an account with 50,000 documents."""

import time
from contextlib import contextmanager

from clock import Row, medians
from company import ADMIN

#: Documents of the large account, if the company has so many, and of the small one.
LARGE, SMALL = 50_000, 50
#: One number in the four notations that people use; it is stored as ``+34 9…``.
NOTATIONS = ("+34 {0} {1} {2} {3}", "{0}{1}{2}{3}", "0034{0}{1}{2}{3}", "{0}-{1}{2}-{3}")
#: Queries that a timeline, or a sheet, may take, whatever the account.
QUERIES, SHEET_QUERIES = 60, 300
PHONE = "res_partner_cartera_phone_idx"
NAMES = ("cartera_profile_name_idx", "res_partner_cartera_person_idx")


def measure(company):
    """Give accounts tax numbers and one of them many documents, then measure."""
    large, small = _prepare(company)
    return [*_phones(company), *_texts(company), *_timelines(company, large, small)]


# ----------------------------------------------------------------------
# Data
# ----------------------------------------------------------------------


def _prepare(company):
    """Return the partners of an account with many documents and of one with few."""
    accounts = company.accounts()
    small, large = accounts[0], accounts[-1]
    with company.environment() as env:
        env.cr.execute(
            """UPDATE res_partner SET vat = 'ESB' || to_char(id, 'FM00000000')
                WHERE id IN (SELECT partner_id FROM cartera_profile)"""
        )
        # A tenth of the invoices were ordered in an application that numbers its orders.
        env.cr.execute(
            "UPDATE account_move SET invoice_origin = 'S' || id"
            " WHERE move_type = 'out_invoice' AND mod(id, 10) = 0"
        )
        env.cr.execute(
            "SELECT COUNT(*) FROM account_move WHERE move_type IN ('out_invoice', 'out_refund')"
        )
        count = env.cr.fetchone()[0]
        for partner, wanted in ((large, min(LARGE, count // 2)), (small, SMALL)):
            _give(env, partner, wanted, avoiding=large)
    company.settle()
    return large, small


def _give(env, partner, wanted, avoiding):
    """Let documents of others be those of an account, with what was paid of them."""
    env.cr.execute(
        """UPDATE account_move SET commercial_partner_id = %(partner)s, partner_id = %(partner)s
            WHERE id IN (SELECT id FROM account_move
                          WHERE move_type IN ('out_invoice', 'out_refund') AND state = 'posted'
                            AND commercial_partner_id NOT IN (%(partner)s, %(avoiding)s)
                       ORDER BY id LIMIT %(wanted)s)
        RETURNING id""",
        {"partner": partner, "avoiding": avoiding, "wanted": wanted},
    )
    moves = [move for (move,) in env.cr.fetchall()]
    env.cr.execute(
        "UPDATE account_move_line SET partner_id = %s WHERE move_id = ANY(%s)", (partner, moves)
    )
    env.cr.execute(
        """UPDATE account_move_line SET partner_id = %s
            WHERE id IN (SELECT p.credit_move_id FROM account_partial_reconcile p
                           JOIN account_move_line l ON l.id = p.debit_move_id
                          WHERE l.move_id = ANY(%s))""",
        (partner, moves),
    )


# ----------------------------------------------------------------------
# Searching
# ----------------------------------------------------------------------


@contextmanager
def _without(company, *indexes):
    """Yield an environment of the administrator in which indexes are gone until its end."""
    with company.environment(ADMIN) as env:
        for index in indexes:
            env.cr.execute(f'DROP INDEX IF EXISTS "{index}"')
        yield env
        env.cr.rollback()


def _search(env, text):
    """Return the seconds that a search takes and what it finds."""
    env["cartera.profile"].quick_search("warm up 123456")
    env.invalidate_all()
    started = time.perf_counter()
    found = env["cartera.profile"].quick_search(text)
    return time.perf_counter() - started, found


def _timed(company, text, *without):
    with _without(company, *without) as env:
        seconds, found = _search(env, text)
        if not found:
            raise AssertionError(f"nothing found by {text!r}")
    return seconds


def _phones(company):
    number = _of_an_account(company, "phone").split()[1]
    parts = (number[:3], number[3:5], number[5:7], number[7:])
    rows = []
    for notation in NOTATIONS:
        text = notation.format(*parts)
        (fast, slow), runs = medians(
            lambda text=text: _by_phone(company, text),
            lambda text=text: _by_phone(company, text, PHONE),
        )
        rows.append(Row(f"contact by phone {text}", fast, "without the index", slow, 0.2, runs))
        [whole], runs = medians(lambda text=text: _timed(company, text))
        rows.append(Row("  with names and documents", whole, runs=runs))
    return rows


def _by_phone(company, text, *without):
    """Time the statement that the index is for; the other ones of a search do not use it."""
    with _without(company, *without) as env:
        profiles = env["cartera.profile"]
        query = profiles._get_quick_search_queries(text)["phone"]
        started = time.perf_counter()
        env.cr.execute(profiles._select_found({"phone": query}, 8))
        if not env.cr.rowcount:
            raise AssertionError(f"nothing found by {text!r}")
        return time.perf_counter() - started


def _texts(company):
    """Other texts, against a look at every contact."""
    texts = {
        "tax number": _of_an_account(company, "vat"),
        "tax number without country": _of_an_account(company, "vat")[2:],
        "e-mail": _of_an_account(company, "email"),
    }
    rows = []
    for what, text in texts.items():
        (fast, scan), runs = medians(
            lambda text=text: _timed(company, text), lambda: _scan(company)
        )
        rows.append(Row(f"account by {what}", fast, "a look at every contact", scan, 1, runs))
    for what, field in (("an invoice", "name"), ("an order", "invoice_origin")):
        number = _of_a_document(company, field)
        (fast, slow), runs = medians(
            lambda number=number: _timed(company, number),
            lambda number=number, field=field: _of_odoo(company, field, number),
        )
        title = f"account by number of {what}"
        # For information: Odoo looks at one of the numbers, and that of an order by our index.
        rows.append(Row(title, fast, "Odoo's search of invoices", slow, runs=runs))
    name = _of_an_account(company, "name")
    (fast, slow), runs = medians(
        lambda: _timed(company, name), lambda: _timed(company, name, *NAMES)
    )
    rows.append(Row("account by name", fast, "without the index", slow, 1, runs))
    [common], runs = medians(lambda: _timed(company, "cuenta"))
    rows.append(Row("account by a word that all have", common, runs=runs))
    return rows


def _of_an_account(company, column):
    """Return what an account in the middle of the portfolio has there."""
    accounts = company.accounts()
    with company.environment() as env:
        return env["res.partner"].browse(accounts[len(accounts) // 2])[column]


def _of_a_document(company, field):
    with company.environment() as env:
        domain = [("move_type", "=", "out_invoice"), ("state", "=", "posted"), (field, "!=", False)]
        return env["account.move"].search(domain, limit=1, order="id desc")[field]


def _of_odoo(company, field, number):
    """Time what Odoo does with a number that somebody types into the search of the invoices."""
    with company.environment(ADMIN) as env:
        started = time.perf_counter()
        env["account.move"].search([(field, "ilike", number)], limit=80)
        return time.perf_counter() - started


def _scan(company):
    with company.environment() as env:
        started = time.perf_counter()
        env.cr.execute(
            "SELECT COUNT(*) FROM res_partner WHERE regexp_replace(phone, '\\D', '', 'g') = '1'"
        )
        return time.perf_counter() - started


# ----------------------------------------------------------------------
# One account
# ----------------------------------------------------------------------


def _timelines(company, large, small):
    counts = {partner: _count(company, partner) for partner in (large, small)}
    rows = []
    for what, pages in (("first page", 1), ("ten pages", 10)):
        (many, few), runs = medians(
            lambda pages=pages: _timeline(company, large, pages)[0],
            lambda pages=pages: _timeline(company, small, 1)[0] * pages,
        )
        title = f"timeline, {counts[large]:,} documents, {what}"
        rows.append(Row(title, many, f"{counts[small]:,} documents", few, 3, runs))
    queries = [_timeline(company, partner, 1)[1] for partner in (large, small)]
    rows.append(Row("  its queries", queries[0], "bound", QUERIES, 1, unit="queries"))
    rows += _sheets(company, large, small)
    return rows


def _count(company, partner):
    with company.environment() as env:
        return env["account.move"].search_count(
            [("commercial_partner_id", "=", partner), ("move_type", "like", "out_")]
        )


def _profile(env, partner):
    return env["cartera.profile"].search([("partner_id", "=", partner)], limit=1).id


def _timeline(company, partner, pages):
    """Return the seconds of so many pages and the queries of the first."""
    with company.environment(ADMIN) as env:
        profile = _profile(env, partner)
        timeline = env["cartera.timeline"]
        timeline.get_timeline(profile, limit=1)
        env.invalidate_all()
        before, following = env.cr.sql_log_count, None
        started = time.perf_counter()
        for page in range(pages):
            answer = timeline.get_timeline(profile, before=following)
            following = answer["next"]
            if not page:
                queries = env.cr.sql_log_count - before
            if not following:
                break
        return time.perf_counter() - started, queries


def _sheets(company, large, small):
    """Opening the customer sheet, with everything that it shows."""
    if "cartera.screen.sheet" not in company.registry:
        return []
    (many, few), runs = medians(
        lambda: _sheet(company, large)[0], lambda: _sheet(company, small)[0]
    )
    queries = [_sheet(company, partner)[1] for partner in (large, small)]
    return [
        Row("sheet of the large account", many, "of the small one", few, runs=runs),
        Row("  its queries", queries[0], "bound", SHEET_QUERIES, 1, unit="queries"),
    ]


def _sheet(company, partner):
    with company.environment(ADMIN) as env:
        profile = _profile(env, partner)
        env["cartera.screen.sheet"].get_sheet(profile)
        env.invalidate_all()
        before, started = env.cr.sql_log_count, time.perf_counter()
        env["cartera.screen.sheet"].get_sheet(profile)
        return time.perf_counter() - started, env.cr.sql_log_count - before
