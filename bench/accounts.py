"""Accounts, their contacts, and what they buy."""

FUNCTIONS = """
-- The id of account a (from 0): neighbours in size are no neighbours in the table.
CREATE FUNCTION bench_account(a bigint) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT (%(first_account)s + mod(a * 1000003, %(accounts)s))::int';
-- The account of contact c (from 0).
CREATE FUNCTION bench_parent(c bigint) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT %(first_account)s + bench_pick(c, 100, %(accounts)s)';
-- Somebody of an account, for row x.
CREATE FUNCTION bench_person(x bigint, question int) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT CASE WHEN bench_part(x, question) < 0.3
                 THEN %(first_contact)s + bench_pick(x, question, %(contacts)s)
                 ELSE bench_account(floor(%(accounts)s
                                          * power(bench_part(x, question + 1), 1.5))::bigint) END';
CREATE FUNCTION bench_user(x bigint) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT (%(users)s::int[])[1 + bench_pick(x, 101, %(user_count)s)]';
CREATE FUNCTION bench_user_partner(x bigint) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT (%(user_partners)s::int[])[1 + bench_pick(x, 101, %(user_count)s)]';
"""
CITIES = (
    "(ARRAY['Sevilla', 'Madrid', 'Lugo', 'Bilbao', 'Murcia', 'Gijón'])[1 + bench_pick(s.k, 102, 6)]"
)


def load(loader):
    """Insert categories, products, accounts and contacts."""
    catalogue(loader)
    with loader.without_indexes("res_partner"):
        partners(loader)


def catalogue(loader):
    """Insert a few hundred products in 60 categories."""
    loader.multiply(
        "product_category",
        """SELECT n AS k, n + %(first_category)s AS id, %(category)s AS model
             FROM generate_series(0, %(categories)s - 1) n""",
        name="'Familia ' || s.k",
        complete_name="'Familia ' || s.k",
        parent_path="s.id || '/'",
    )
    loader.multiply(
        "product_template",
        """SELECT n AS k, n + %(first_template)s AS id, %(template)s AS model
             FROM generate_series(0, %(products)s - 1) n""",
        name="jsonb_build_object('en_US', 'Producto ' || s.k)",
        default_code="'P' || s.k",
        categ_id="%(first_category)s + bench_pick(s.k, 103, %(categories)s)",
        list_price="bench_price(s.k)",
    )
    # One product in twenty has no cost, as in life.
    loader.multiply(
        "product_product",
        """SELECT n AS k, n + %(first_product)s AS id, %(product)s AS model
             FROM generate_series(0, %(products)s - 1) n""",
        product_tmpl_id="%(first_template)s + s.k",
        default_code="'P' || s.k",
        standard_price="""CASE WHEN bench_part(s.k, 104) > 0.05 THEN jsonb_build_object(
            %(company)s::text, round(bench_price(s.k) * (0.4 + 0.5 * bench_part(s.k, 105))::numeric, 2)) END""",
    )


def partners(loader):
    """Insert accounts, then their contacts, who share the account's data as Odoo has it."""
    since = "%(today)s::date - 1095 + bench_pick(s.k, 106, 1000) + time '10:00'"
    loader.multiply(
        "res_partner",
        """SELECT n AS k, n + %(first_account)s AS id, %(account)s AS model
             FROM generate_series(0, %(accounts)s - 1) n""",
        name="'Cuenta ' || s.k",
        complete_name="'Cuenta ' || s.k",
        commercial_partner_id="s.id",
        is_company="bench_part(s.k, 107) < 0.85",
        commercial_company_name="CASE WHEN bench_part(s.k, 107) < 0.85 THEN 'Cuenta ' || s.k END",
        city=CITIES,
        email="'cuenta' || s.k || '@example.com'",
        email_normalized="'cuenta' || s.k || '@example.com'",
        phone="'+34 9' || to_char(s.k, 'FM00000000')",
        phone_sanitized="'+349' || to_char(s.k, 'FM00000000')",
        user_id="CASE WHEN bench_part(s.k, 108) < 0.95 THEN bench_user(s.k) END",
        active="bench_part(s.k, 109) < 0.98",
        create_date=since,
        write_date=since,
    )
    loader.multiply(
        "res_partner",
        """SELECT n AS k, n + %(first_contact)s AS id, %(contact)s AS model, bench_parent(n) AS parent
             FROM generate_series(0, %(contacts)s - 1) n""",
        name="'Persona ' || s.k",
        complete_name="'Cuenta ' || s.parent - %(first_account)s || ', Persona ' || s.k",
        parent_id="s.parent",
        commercial_partner_id="s.parent",
        commercial_company_name="""CASE WHEN bench_part(s.parent - %(first_account)s, 107) < 0.85
                                   THEN 'Cuenta ' || s.parent - %(first_account)s END""",
        email="'persona' || s.k || '@example.com'",
        email_normalized="'persona' || s.k || '@example.com'",
        user_id="""CASE WHEN bench_part(s.parent - %(first_account)s, 108) < 0.95
                   THEN bench_user(s.parent - %(first_account)s) END""",
        create_date=since,
        write_date=since,
    )
