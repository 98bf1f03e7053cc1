"""The statements behind the quick search: one for each thing that a text may be."""

from odoo import api, models
from odoo.tools import SQL

from ..analysis.lookup import folded, phone_ending, tax_ending
from .account_move import SALE_TYPES
from .cartera_profile_search import MOST_FOUND
from .res_partner_search import DIGITS, FOLDED, TAX, sql_of

#: Rows of one statement: several contacts may be of one account.
MOST_ROWS = 4 * MOST_FOUND
#: Names that are sorted, of those that have a word inside.
MOST_CANDIDATES = 2000
#: Characters that may come before the number itself: 00 and the code of the country.
COUNTRY_DIGITS, COUNTRY_LETTERS = 5, 2
#: A number of a document is typed with at least so many characters.
LEAST_NUMBER = 3
#: Numbers of a customer document: its own, the customer's, the payment's, those of its orders.
NUMBERS = ("name", "ref", "payment_reference", "invoice_origin")
#: How good a match is.
WHOLE, BEGINNING, INSIDE = 0, 1, 2


def like(text: str) -> str:
    """Return a text without the wildcards of LIKE."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    @api.model
    def _get_quick_search_queries(self, text) -> dict[str, tuple[str, SQL]]:
        """Return {code: (what is compared, statement)} for a text without spaces around it.

        A statement gives id of the account, rank (0 the whole number, 1 the beginning, 2 inside), value
        and contact_id, of accounts that the user may read: see :meth:`_sql_found`. Other addons add their
        own, the numbers of orders say. Of two matches of one rank the earlier statement is shown.
        """
        queries = {}
        if "@" in text:
            queries["email"] = self.env._("E-mail"), self._search_email(text)
            queries["lead_email"] = (
                self.env._("E-mail of an opportunity"),
                self._search_lead_email(text),
            )
            return queries
        if phone := phone_ending(text, *self._get_calling_codes()):
            queries["phone"] = self.env._("Phone"), self._search_phone(phone)
            queries["lead_phone"] = (
                self.env._("Phone of an opportunity"),
                self._search_lead_phone(phone),
            )
        if tax := tax_ending(text):
            queries["tax"] = self.env._("Tax ID"), self._search_tax(tax)
        if len(text) >= LEAST_NUMBER and any(letter.isdigit() for letter in text):
            queries["document"] = self.env._("Invoice"), self._search_document(text)
        queries["name"] = self.env._("Name"), self._search_name(text)
        queries["contact"] = self.env._("Contact"), self._search_contact(text)
        return queries

    @api.model
    def _get_calling_codes(self) -> tuple[set[str], str | None]:
        """Return the calling codes of all countries, and that of the company."""
        rows = self.env.execute_query(SQL("SELECT DISTINCT phone_code FROM res_country"))
        home = self.env.company.country_id.phone_code
        return {str(code) for (code,) in rows if code}, str(home) if home else None

    # ------------------------------------------------------------------
    # What a user may read
    # ------------------------------------------------------------------

    @api.model
    def _sql_found(self, rows: SQL, account: SQL, rank: SQL, value: SQL, contact=None) -> SQL:
        """Return a statement of the quick search.

        ``rows``: FROM, with :meth:`_sql_visible` in it, and WHERE; ``account``: the partner of the
        account; ``rank``, ``value``, ``contact`` (a partner): its columns.
        """
        return SQL(
            """SELECT x.id, %(rank)s AS rank, %(value)s AS value, %(contact)s AS contact_id
                 FROM %(rows)s AND x.partner_id = %(account)s
             ORDER BY 2, x.name, x.id LIMIT %(limit)s""",
            rank=rank,
            value=value,
            contact=contact or SQL("NULL::int"),
            rows=rows,
            account=account,
            limit=MOST_ROWS,
        )

    @api.model
    def _sql_visible(self) -> SQL:
        """Return ``x``: id, partner_id and name of the accounts of the company that the user may read."""
        visible = self._search_visible(self.env.company.sudo().root_id)
        columns = [SQL.identifier(self._table, name) for name in ("id", "partner_id", "name")]
        return SQL("(%s) x", visible.subselect(*columns))

    @api.model
    def _sql_readable(self, model) -> SQL:
        """Return the records of a model that the user may read, archived ones too; none without access."""
        records = self.env[model].sudo(False).with_context(active_test=False)
        if not records.has_access("read"):
            return records.browse()._as_query().subselect()
        return records._search([]).subselect(SQL("%s.*", SQL.identifier(records._table)))

    # ------------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------------

    @api.model
    def _sql_ending(self, stored: SQL, ending) -> SQL:
        """Return the condition that a reversed number ends so, or is a whole one."""
        condition = SQL("%s LIKE %s", stored, ending.tail[::-1] + "%")
        if not ending.whole:
            return condition
        whole = [number[::-1] for number in ending.whole]
        return SQL("(%s OR %s = ANY(%s))", condition, stored, whole)

    @api.model
    def _sql_rank(self, stored: SQL, ending, before) -> SQL:
        """Return the rank of a number: whole, if only so many characters come before what was typed."""
        longest = len(ending.tail) + before
        return SQL("CASE WHEN length(%s) <= %s THEN %s ELSE %s END", stored, longest, WHOLE, INSIDE)

    @api.model
    def _search_phone(self, ending) -> SQL:
        stored = sql_of(DIGITS, "p.phone")
        return self._sql_found(
            SQL(
                "(%s) p, %s WHERE p.phone IS NOT NULL AND %s",
                self._sql_readable("res.partner"),
                self._sql_visible(),
                self._sql_ending(stored, ending),
            ),
            SQL("p.commercial_partner_id"),
            self._sql_rank(stored, ending, COUNTRY_DIGITS),
            SQL("p.phone"),
            SQL("p.id"),
        )

    @api.model
    def _search_lead_phone(self, ending) -> SQL:
        stored = sql_of(DIGITS, "l.phone")
        return self._sql_found(
            SQL(
                """(%s) l, res_partner p, %s
                   WHERE l.phone IS NOT NULL AND l.partner_id IS NOT NULL AND p.id = l.partner_id
                     AND %s""",
                self._sql_readable("crm.lead"),
                self._sql_visible(),
                self._sql_ending(stored, ending),
            ),
            SQL("p.commercial_partner_id"),
            self._sql_rank(stored, ending, COUNTRY_DIGITS),
            SQL("l.phone"),
            SQL("p.id"),
        )

    @api.model
    def _search_tax(self, ending) -> SQL:
        stored = sql_of(TAX, "p.vat")
        return self._sql_found(
            SQL(
                "(%s) p, %s WHERE p.vat IS NOT NULL AND %s",
                self._sql_readable("res.partner"),
                self._sql_visible(),
                self._sql_ending(stored, ending),
            ),
            SQL("p.commercial_partner_id"),
            self._sql_rank(stored, ending, COUNTRY_LETTERS),
            SQL("p.vat"),
            SQL("p.id"),
        )

    @api.model
    def _search_document(self, text) -> SQL:
        """Numbers of customer documents are for everybody who may see the account."""
        facts = self.env["cartera.facts"].sudo()
        scope = facts._get_scope(self.env.company)
        names = NUMBERS if self.pool.has_trigram else NUMBERS[:1]
        inside = SQL(" OR ").join(
            SQL("%s ILIKE %s", SQL.identifier("m", name), f"%{like(text)}%")
            if self.pool.has_trigram
            else SQL("%s = %s", SQL.identifier("m", name), text)
            for name in names
        )
        whole = SQL(" OR ").join(
            SQL("lower(%s) = %s", SQL.identifier("m", name), text.lower()) for name in names
        )
        return self._sql_found(
            SQL(
                """account_move m, %s
                   WHERE m.state = 'posted' AND m.name <> '/' AND m.move_type IN %s
                     AND m.company_id = ANY(%s) AND (%s)""",
                self._sql_visible(),
                SALE_TYPES,
                scope.branch_ids,
                inside,
            ),
            SQL("m.commercial_partner_id"),
            SQL("CASE WHEN %s THEN %s ELSE %s END", whole, WHOLE, INSIDE),
            SQL("m.name"),
        )

    # ------------------------------------------------------------------
    # Names and addresses
    # ------------------------------------------------------------------

    @api.model
    def _search_email(self, text) -> SQL:
        return self._sql_found(
            SQL(
                "(%s) p, %s WHERE p.email_normalized LIKE %s",
                self._sql_readable("res.partner"),
                self._sql_visible(),
                like(text.lower()) + "%",
            ),
            SQL("p.commercial_partner_id"),
            self._sql_rank_of_text(SQL("p.email_normalized"), text.lower()),
            SQL("p.email_normalized"),
            SQL("p.id"),
        )

    @api.model
    def _search_lead_email(self, text) -> SQL:
        return self._sql_found(
            SQL(
                """(%s) l, res_partner p, %s
                   WHERE p.id = l.partner_id AND l.email_normalized LIKE %s""",
                self._sql_readable("crm.lead"),
                self._sql_visible(),
                like(text.lower()) + "%",
            ),
            SQL("p.commercial_partner_id"),
            self._sql_rank_of_text(SQL("l.email_normalized"), text.lower()),
            SQL("l.email_normalized"),
            SQL("p.id"),
        )

    @api.model
    def _sql_rank_of_text(self, stored: SQL, text) -> SQL:
        return SQL("CASE WHEN %s = %s THEN %s ELSE %s END", stored, text, WHOLE, BEGINNING)

    @api.model
    def _search_name(self, text) -> SQL:
        return self._sql_named(
            SQL("%s WHERE TRUE", self._sql_visible()), "x.name", SQL("NULL::int"), text
        )

    @api.model
    def _search_contact(self, text) -> SQL:
        people = SQL(
            """(%s) p, %s WHERE p.parent_id IS NOT NULL AND p.name IS NOT NULL
                AND x.partner_id = p.commercial_partner_id""",
            self._sql_readable("res.partner"),
            self._sql_visible(),
        )
        return self._sql_named(people, "p.name", SQL("p.id"), text)

    @api.model
    def _sql_named(self, rows: SQL, column, contact: SQL, text) -> SQL:
        """Return the statement for names that begin with a text, or have all its words in any order.

        ``rows``: FROM and WHERE; ``column``: the name in them. A word that everybody has finds so many
        that not all are looked at, but always those that begin with it.
        """
        stored, found = sql_of(FOLDED, column), folded(text)
        words = SQL(" AND ").join(
            SQL("%s LIKE %s", stored, f"%{like(word)}%") for word in found.split()
        )
        candidates = SQL(" UNION ALL ").join(
            SQL(
                "(SELECT x.id, x.name, %s AS value, %s AS contact_id, %s AS rank FROM %s AND %s LIMIT %s)",
                SQL.identifier(*column.split(".")),
                contact,
                rank,
                rows,
                condition,
                MOST_CANDIDATES,
            )
            for rank, condition in (
                (BEGINNING, SQL("%s LIKE %s", stored, like(found) + "%")),
                (INSIDE, words),
            )
        )
        return SQL(
            """SELECT c.id, c.rank, c.value, c.contact_id FROM (%s) c
             ORDER BY c.rank, c.name, c.id LIMIT %s""",
            candidates,
            MOST_ROWS,
        )
