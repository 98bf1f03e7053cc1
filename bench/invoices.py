"""Invoices, refunds, and what the bank paid of them."""

#: Documents come by date: their ids too. A sixth of them sees to it that every client buys; the rest
#: goes to a few large clients and many small ones.
STAGES = """
CREATE TABLE bench_raw AS
SELECT n, (%(today)s::date - 1095 + floor(1095.0 * n / %(documents)s)::int)::date AS day,
       CASE WHEN mod(n, 6) = 0 AND n / 6 <= %(clients)s THEN n / 6 - 1
            ELSE floor(%(clients)s * power(bench_part(n, 1), 1.7))::bigint END AS a,
       CASE WHEN mod(n, 6) <> 0 AND n > %(refund_reach)s + 1 AND bench_part(n, 2) < 0.03
            THEN n - 1 - bench_pick(n, 3, %(refund_reach)s) END AS source
  FROM generate_series(1, %(documents)s::bigint) n;

-- Refunds; a third of them takes the whole invoice back.
CREATE TABLE bench_refund AS
SELECT DISTINCT ON (r.source) r.n, r.source, o.a, bench_part(r.n, 4) < 0.33 AS whole
  FROM bench_raw r JOIN bench_raw o ON o.n = r.source AND o.source IS NULL
 ORDER BY r.source, r.n;

CREATE TABLE bench_document AS
SELECT d.*, SUM(lines) OVER (ORDER BY n)::int AS until FROM (
    SELECT w.n, w.day, COALESCE(f.a, w.a) AS a, f.source, f.whole, COALESCE(f.source, w.n) AS key,
           CASE WHEN f.whole IS FALSE THEN 1
                ELSE 1 + (x > 0.4)::int + (x > 0.7)::int + (x > 0.9)::int END AS lines
      FROM bench_raw w LEFT JOIN bench_refund f USING (n),
           LATERAL (SELECT bench_part(COALESCE(f.source, w.n), 5) AS x) chance) d;

-- The last line of each document (no product) is what is due. A whole refund has the lines of its
-- invoice, another one half of the first line.
CREATE TABLE bench_line AS
SELECT d.n, (%(first_line)s + d.until - d.lines + d.n + j - 2)::int AS id, i.product, i.quantity,
       i.price, round(i.quantity * i.price, 2) AS amount
  FROM bench_document d CROSS JOIN LATERAL generate_series(1, d.lines + 1) j
  LEFT JOIN LATERAL (
       SELECT p.product, round(bench_price(p.product)
                               * (0.9 + 0.2 * bench_part(d.key * 8 + j, 8))::numeric, 2) AS price,
              CASE WHEN d.whole IS FALSE THEN ceil(p.quantity / 2) ELSE p.quantity END AS quantity
         FROM (SELECT floor(%(products)s * power(bench_part(d.key * 8 + j, 6), 1.5))::int AS product,
                      1 + floor(20 * power(bench_part(d.key * 8 + j, 7), 3))::numeric AS quantity) p
       ) i ON j <= d.lines;

CREATE TABLE bench_bill AS
SELECT d.n, d.day, d.due, d.source, d.whole, r.n AS reversed_by, t.total,
       (%(first_move)s + d.n - 1)::int AS id,
       (%(first_line)s + d.until + d.n - 1)::int AS due_line,
       bench_account(d.a) AS account, bench_user(d.a) AS user_id,
       CASE WHEN bench_part(d.n, 14) < 0.2 THEN c.id END AS contact,
       CASE WHEN d.source IS NULL AND r.n IS NULL AND bench_part(d.n, 11) < 0.97
             AND pay_day <= %(today)s THEN pay_day END AS pay_day,
       CASE WHEN d.source IS NULL THEN 1 ELSE -1 END AS sign,
       EXTRACT(year FROM d.day)::int AS year,
       ROW_NUMBER() OVER (PARTITION BY EXTRACT(year FROM d.day), d.source IS NULL ORDER BY d.n) AS number
  FROM (SELECT d.*, d.day + 15 * bench_pick(d.n, 13, 5) AS due,
               d.day + GREATEST(15 * bench_pick(d.n, 13, 5) - 5
                                + floor(40 * power(bench_part(d.n, 15), 2))::int, 0) AS pay_day
          FROM bench_document d) d
  JOIN (SELECT n, SUM(amount) AS total FROM bench_line GROUP BY n) t USING (n)
  LEFT JOIN bench_refund r ON r.source = d.n AND r.whole
  LEFT JOIN (SELECT bench_parent(k) AS account, MIN(k) + %(first_contact)s AS id
               FROM generate_series(0, %(contacts)s - 1) k GROUP BY 1) c
         ON c.account = bench_account(d.a)
 ORDER BY d.n;

-- What settles what: the bank's lines, by day, and whole refunds. One payment in fifty is of half.
CREATE TABLE bench_match AS
SELECT m.*, CASE WHEN whole THEN %(first_full)s - 1 + COUNT(*) FILTER (WHERE whole) OVER (ORDER BY k)
            END::int AS full_id
  FROM (SELECT (ROW_NUMBER() OVER (ORDER BY pay_day, n))::int AS k, n, pay_day AS day, account,
               bench_part(n, 16) > 0.02 AS whole, NULL::int AS refund_line, due_line,
               CASE WHEN bench_part(n, 16) > 0.02 THEN total ELSE round(total / 2, 2) END AS amount
          FROM bench_bill WHERE pay_day IS NOT NULL
         UNION ALL
        SELECT (ROW_NUMBER() OVER (ORDER BY f.n) + p.count)::int, o.n, f.day, f.account, TRUE,
               f.due_line, o.due_line, f.total
          FROM bench_bill f JOIN bench_bill o ON o.n = f.source,
               (SELECT COUNT(*) AS count FROM bench_bill WHERE pay_day IS NOT NULL) p
         WHERE f.whole) m
 ORDER BY k;

CREATE TABLE bench_day AS
SELECT day, SUM(amount) AS amount, EXTRACT(year FROM day)::int AS year,
       (ROW_NUMBER() OVER (ORDER BY day))::int AS k,
       ROW_NUMBER() OVER (PARTITION BY EXTRACT(year FROM day) ORDER BY day) AS number
  FROM bench_match WHERE refund_line IS NULL GROUP BY day ORDER BY day;

CREATE TABLE bench_due AS
SELECT b.*, b.total - COALESCE(m.amount, 0) AS residual,
       CASE WHEN b.sign > 0 THEN 'INV/' ELSE 'RINV/' END || b.year || '/' AS prefix,
       COALESCE(m.full_id::text, 'P' || m.partial_id) AS matching, m.full_id
  FROM bench_bill b
  LEFT JOIN (SELECT n, amount, full_id, k + %(first_partial)s - 1 AS partial_id FROM bench_match
              UNION ALL
             SELECT f.n, m.amount, m.full_id, NULL FROM bench_match m
               JOIN bench_bill f ON f.due_line = m.refund_line) m USING (n)
 ORDER BY b.n;
ANALYZE bench_line, bench_bill, bench_match, bench_day, bench_due;
"""
MONEY = ("amount_untaxed", "amount_total")
SIGNED = (
    "amount_untaxed_signed",
    "amount_untaxed_in_currency_signed",
    "amount_total_signed",
    "amount_total_in_currency_signed",
)
NUMBERED = "s.prefix || lpad(s.number::text, GREATEST(5, length(s.number::text)), '0')"


def load(loader):
    """Insert documents, their lines, the bank's entries and what reconciles them."""
    loader.execute(STAGES)
    with loader.without_indexes("account_move"):
        moves(loader)
        bank_moves(loader)
    with loader.without_indexes("account_move_line"):
        lines(loader)
        bank_lines(loader)
    with loader.without_indexes("account_partial_reconcile", "account_full_reconcile"):
        matches(loader)


def moves(loader):
    """Insert invoices and refunds."""
    morning = "s.day + time '10:00'"
    loader.multiply(
        "account_move",
        """SELECT *, CASE WHEN sign > 0 THEN %(paid)s ELSE %(refund)s END AS model,
                  COALESCE(contact, account) AS partner FROM bench_due""",
        name=NUMBERED,
        sequence_prefix="s.prefix",
        sequence_number="s.number",
        payment_reference=f"CASE WHEN s.sign > 0 THEN {NUMBERED} END",
        partner_id="s.partner",
        commercial_partner_id="s.account",
        partner_shipping_id="s.partner",
        invoice_partner_display_name="""'Cuenta ' || s.account - %(first_account)s
            || COALESCE(', Persona ' || s.contact - %(first_contact)s, '')""",
        invoice_user_id="s.user_id",
        date="s.day",
        invoice_date="s.day",
        invoice_date_due="s.due",
        reversed_entry_id="%(first_move)s + s.source - 1",
        payment_state="""CASE WHEN s.reversed_by IS NOT NULL THEN 'reversed'
            WHEN s.residual = 0 THEN 'paid' WHEN s.residual < s.total THEN 'partial'
            ELSE 'not_paid' END""",
        amount_residual="s.residual",
        amount_residual_signed="s.sign * s.residual",
        create_date=morning,
        write_date=morning,
        **dict.fromkeys(MONEY, "s.total"),
        **dict.fromkeys(SIGNED, "s.sign * s.total"),
    )


def bank_moves(loader):
    """Insert one entry a day: the bank collects what is due in one go."""
    morning = "s.day + time '09:00'"
    loader.multiply(
        "account_move",
        """SELECT *, %(bank)s AS model, %(first_bank)s + k - 1 AS id,
                  'BNK1/' || year || '/' AS prefix FROM bench_day""",
        name=NUMBERED,
        sequence_prefix="s.prefix",
        sequence_number="s.number",
        date="s.day",
        invoice_date_due="s.day",
        amount_total="s.amount",
        amount_total_signed="s.amount",
        amount_total_in_currency_signed="s.amount",
        create_date=morning,
        write_date=morning,
    )


def _money(amount):
    """Return the columns of a line whose balance is ``s.sign`` times an amount."""
    return {
        "debit": f"GREATEST(s.sign * {amount}, 0)",
        "credit": f"GREATEST(-s.sign * {amount}, 0)",
        "balance": f"s.sign * {amount}",
        "amount_currency": f"s.sign * {amount}",
    }


def lines(loader):
    """Insert product lines and, after those of each document, what is due."""
    morning = "s.day + time '10:00'"
    loader.multiply(
        "account_move_line",
        """SELECT l.*, d.id AS move_id, d.account, d.day, d.due, d.residual, d.full_id, d.matching,
                  d.prefix, d.number, d.sign AS way, COALESCE(l.amount, d.total) AS money,
                  CASE WHEN l.product IS NULL THEN d.sign ELSE -d.sign END AS sign,
                  CASE WHEN l.product IS NULL AND d.sign > 0 THEN %(term_line)s
                       WHEN l.product IS NULL THEN %(refund_term)s
                       WHEN d.sign > 0 THEN %(product_line)s
                       ELSE %(refund_line)s END AS model
             FROM bench_line l JOIN bench_due d USING (n)""",
        move_id="s.move_id",
        move_name=NUMBERED,
        partner_id="s.account",
        date="s.day",
        invoice_date="s.day",
        date_maturity="CASE WHEN s.product IS NULL THEN s.due END",
        product_id="%(first_product)s + s.product",
        name=f"""CASE WHEN s.product IS NOT NULL
                      THEN '[P' || s.product || '] Producto ' || s.product
                      WHEN s.way > 0 THEN {NUMBERED} END""",
        quantity="COALESCE(s.quantity, 0)",
        price_unit="COALESCE(s.price, 0)",
        price_subtotal="COALESCE(s.amount, 0)",
        price_total="COALESCE(s.amount, 0)",
        amount_residual="CASE WHEN s.product IS NULL THEN s.sign * s.residual ELSE 0 END",
        amount_residual_currency="CASE WHEN s.product IS NULL THEN s.sign * s.residual ELSE 0 END",
        reconciled="s.product IS NULL AND s.residual = 0",
        full_reconcile_id="CASE WHEN s.product IS NULL THEN s.full_id END",
        matching_number="CASE WHEN s.product IS NULL THEN s.matching END",
        create_date=morning,
        write_date=morning,
        **_money("s.money"),
    )


def bank_lines(loader):
    """Insert a line for each invoice that the bank paid, and the sum of each day."""
    morning = "s.day + time '09:00'"
    loader.values["first_credit"] = loader.next_id("account_move_line")
    both = {
        "move_id": "%(first_bank)s + s.entry - 1",
        "move_name": NUMBERED,
        "date": "s.day",
        "price_subtotal": "s.sign * s.amount",
        "price_total": "s.sign * s.amount",
        "create_date": morning,
        "write_date": morning,
        **_money("s.amount"),
    }
    loader.multiply(
        "account_move_line",
        """SELECT m.*, %(first_credit)s + m.k - 1 AS id, %(credit_line)s AS model, -1 AS sign,
                  d.k AS entry, d.number, 'BNK1/' || d.year || '/' AS prefix
             FROM bench_match m JOIN bench_day d USING (day) WHERE m.refund_line IS NULL""",
        partner_id="s.account",
        full_reconcile_id="s.full_id",
        matching_number="COALESCE(s.full_id::text, 'P' || s.k + %(first_partial)s - 1)",
        **both,
    )
    loader.values["first_debit"] = loader.next_id("account_move_line")
    loader.multiply(
        "account_move_line",
        """SELECT *, %(first_debit)s + k - 1 AS id, %(bank_line)s AS model, 1 AS sign, k AS entry,
                  'BNK1/' || year || '/' AS prefix FROM bench_day""",
        amount_residual="s.amount",
        amount_residual_currency="s.amount",
        **both,
    )


def matches(loader):
    """Insert what reconciles invoices with the bank's lines and with refunds."""
    morning = "s.day + time '09:00'"
    loader.multiply(
        "account_partial_reconcile",
        "SELECT *, %(first_partial)s + k - 1 AS id, %(partial)s AS model FROM bench_match",
        debit_move_id="s.due_line",
        credit_move_id="COALESCE(s.refund_line, %(first_credit)s + s.k - 1)",
        full_reconcile_id="s.full_id",
        max_date="s.day",
        amount="s.amount",
        debit_amount_currency="s.amount",
        credit_amount_currency="s.amount",
        create_date=morning,
        write_date=morning,
    )
    loader.multiply(
        "account_full_reconcile",
        "SELECT *, full_id AS id, %(full)s AS model FROM bench_match WHERE whole",
        create_date=morning,
        write_date=morning,
    )
