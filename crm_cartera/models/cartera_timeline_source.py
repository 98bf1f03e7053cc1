"""Where the timeline of an account comes from: a statement for each source, the latest rows first."""

from odoo import models
from odoo.tools import SQL

from .account_move import RECEIVABLE, SALE_TYPES

#: Journals in which money comes and goes.
MONEY_JOURNALS = ("bank", "cash", "credit")
#: {source: kinds of its entries}; sources that bridges add come beside them.
SOURCES = {
    "activity": ("activity",),
    "activity_planned": ("activity",),
    "document": ("invoice", "refund"),
    "lead": ("lead",),
    "lead_closed": ("lead",),
    "lead_stage": ("lead",),
    "lifecycle": ("lifecycle",),
    "meeting": ("meeting",),
    "message": ("message",),
    "payment": ("payment",),
    "retention": ("retention",),
    "segment": ("segment",),
}


class CarteraTimeline(models.AbstractModel):
    """Each ``_select_<source>`` returns the rows of a page, the latest first and no more than its size.

    Its columns: at (UTC), source, id, kind, then what the words are made of: detail and label (texts),
    user_id, res_id (the record it is about), old_id and new_id, amount (in the company's currency),
    and timed: whether more than its day is known.
    """

    _inherit = "cartera.timeline"

    def _get_sources(self) -> dict[str, tuple[str, ...]]:
        """Return {source: kinds}; other addons add their own, with a ``_select_`` and a ``_word_``."""
        return dict(SOURCES)

    def _select(self, page, source, at, row, rows, **columns) -> SQL:
        """Return the SELECT of a source.

        ``at``: the time of a row; ``row``: its id; ``rows``: FROM and WHERE; ``columns``: the others.
        """
        empty = {
            "kind": SQL("%s", self._get_sources()[source][0]),
            "detail": SQL("NULL::text"),
            "label": SQL("NULL::text"),
            "user_id": SQL("NULL::int"),
            "res_id": SQL("NULL::int"),
            "old_id": SQL("NULL::int"),
            "new_id": SQL("NULL::int"),
            "amount": SQL("NULL::numeric"),
            "timed": SQL("FALSE"),
        }
        return SQL(
            "(SELECT %s AS at, %s AS source, %s::bigint AS id, %s %s ORDER BY %s LIMIT %s)",
            at,
            source,
            row,
            SQL(", ").join(
                SQL("%s AS %s", value, SQL.identifier(name))
                for name, value in (empty | columns).items()
            ),
            rows,
            SQL("1 DESC, 3 DESC"),
            page.size,
        )

    def _select_people(self, page) -> SQL:
        """Return SELECT id of the account and its contacts."""
        return SQL(
            "SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%s)",
            page.scope.partner_ids,
        )

    # ------------------------------------------------------------------
    # Accounting. Found by an index that has them in this order, so that the account's other 50,000
    # documents are not read.
    # ------------------------------------------------------------------

    def _select_document(self, page) -> SQL:
        types = [
            move_type
            for move_type in SALE_TYPES
            if ("refund" if move_type == "out_refund" else "invoice") in page.kinds
        ]
        latest = SQL(
            """SELECT m.* FROM account_move m
                WHERE m.commercial_partner_id = %(account)s AND m.company_id = ANY(%(companies)s)
                  AND m.state = 'posted' AND m.move_type IN %(all)s
                  AND m.move_type = ANY(%(types)s) AND %(rest)s
             ORDER BY m.invoice_date DESC, m.id DESC LIMIT %(size)s""",
            account=page.scope.partner_ids[0],
            companies=page.scope.branch_ids,
            all=SALE_TYPES,
            types=types,
            rest=page.rest_of_days("document", SQL("m.invoice_date"), SQL("m.id")),
            size=page.size,
        )
        return self._select(
            page,
            "document",
            page.moment(SQL("m.invoice_date")),
            SQL("m.id"),
            SQL("FROM (%s) m", latest),
            kind=SQL("CASE m.move_type WHEN 'out_refund' THEN 'refund' ELSE 'invoice' END"),
            detail=SQL("m.move_type"),
            label=SQL("m.name"),
            res_id=SQL("m.id"),
            amount=SQL("m.amount_untaxed_signed"),
        )

    def _select_payment(self, page) -> SQL:
        """What the account paid, or got back: items of what it owes in journals of money."""
        latest = SQL(
            """SELECT l.id, l.move_id, l.date, l.balance, m.name FROM (%(people)s) p
               CROSS JOIN LATERAL (
                    SELECT l.id, l.move_id, l.date, l.balance FROM account_move_line l
                     WHERE l.partner_id = p.id AND l.parent_state = 'posted'
                       AND l.display_type = 'product' AND l.product_id IS NULL
                       AND l.company_id = ANY(%(companies)s)
                       AND l.account_id IN (SELECT id FROM account_account
                                             WHERE account_type = %(receivable)s)
                       AND l.journal_id IN (SELECT id FROM account_journal WHERE type IN %(money)s)
                       AND %(rest)s
                  ORDER BY l.date DESC, l.id DESC LIMIT %(size)s) l
               JOIN account_move m ON m.id = l.move_id AND m.move_type = 'entry'""",
            people=self._select_people(page),
            companies=page.scope.branch_ids,
            receivable=RECEIVABLE,
            money=MONEY_JOURNALS,
            rest=page.rest_of_days("payment", SQL("l.date"), SQL("l.id")),
            size=page.size,
        )
        return self._select(
            page,
            "payment",
            page.moment(SQL("l.date")),
            SQL("l.id"),
            SQL("FROM (%s) l", latest),
            label=SQL("l.name"),
            res_id=SQL("l.move_id"),
            amount=SQL("-l.balance"),
        )

    # ------------------------------------------------------------------
    # Leads
    # ------------------------------------------------------------------

    def _sql_leads(self, page, joined=None) -> SQL:
        """Return FROM and WHERE of the account's leads ``l``, those that its lead count has."""
        facts = self.env["cartera.facts"].sudo()
        return SQL(
            "FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id %s WHERE %s AND %s",
            joined or SQL(),
            facts._sql_counted_lead(page.scope),
            page.scope.accounts(SQL("p.commercial_partner_id")),
        )

    def _select_lead(self, page) -> SQL:
        at = SQL("COALESCE(l.cartera_first_date, l.create_date)")
        return self._select(
            page,
            "lead",
            at,
            SQL("l.id"),
            SQL("%s AND %s", self._sql_leads(page), page.rest("lead", at, SQL("l.id"))),
            timed=SQL("TRUE"),
            detail=SQL("'created'"),
            user_id=SQL("l.user_id"),
            res_id=SQL("l.id"),
        )

    def _select_lead_closed(self, page) -> SQL:
        """Won or lost on the day of its last closing; one that was opened again is neither."""
        closed = SQL("l.won_status IN ('won', 'lost') AND l.date_closed IS NOT NULL")
        return self._select(
            page,
            "lead_closed",
            SQL("l.date_closed"),
            SQL("l.id"),
            SQL(
                "%s AND %s AND %s",
                self._sql_leads(page),
                closed,
                page.rest("lead_closed", SQL("l.date_closed"), SQL("l.id")),
            ),
            timed=SQL("TRUE"),
            detail=SQL("l.won_status"),
            user_id=SQL("l.user_id"),
            res_id=SQL("l.id"),
        )

    def _select_lead_stage(self, page) -> SQL:
        """Moves between stages, as Odoo notes them in the lead's history."""
        stage = self.env["ir.model.fields"]._get_ids("crm.lead")["stage_id"]
        tracked = SQL(
            """JOIN mail_message m ON m.model = 'crm.lead' AND m.res_id = l.id
               JOIN mail_tracking_value v ON v.mail_message_id = m.id AND v.field_id = %s""",
            stage,
        )
        return self._select(
            page,
            "lead_stage",
            SQL("m.date"),
            SQL("v.id"),
            SQL(
                "%s AND %s",
                self._sql_leads(page, tracked),
                page.rest("lead_stage", SQL("m.date"), SQL("v.id")),
            ),
            timed=SQL("TRUE"),
            detail=SQL("v.old_value_char"),
            label=SQL("v.new_value_char"),
            user_id=SQL("m.create_uid"),
            res_id=SQL("l.id"),
            old_id=SQL("v.old_value_integer"),
            new_id=SQL("v.new_value_integer"),
        )
