"""Every figure of an account opens what is behind it."""

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

#: {figure: the method that opens what is behind it}
OPENERS = {
    **dict.fromkeys(
        [
            "revenue_12m",
            "revenue_share",
            "share_of_wallet",
            "affinity_score",
            "abc_revenue",
            "rfm_monetary",
            "margin_12m",
            "margin_rate",
            "margin_covered_rate",
            "margin_frozen_rate",
            "abc_margin",
            "categ_count",
        ],
        "_open_window",
    ),
    "revenue_prev_12m": "_open_previous",
    "trend": "_open_both",
    "revenue_total": "_open_all",
    "refund_count": "_open_refunds",
    **dict.fromkeys(
        [
            "purchase_count",
            "recency_days",
            "tenure_days",
            "rhythm_days",
            "expected_purchase_date",
            "days_to_next_purchase",
            "retention_status",
            "rfm_recency",
        ],
        "_open_purchases",
    ),
    **dict.fromkeys(
        ["purchase_count_12m", "rfm_frequency", "rfm_score"], "_open_purchases_of_window"
    ),
    "first_purchase_date": "_open_first_purchase",
    "last_purchase_date": "_open_last_purchase",
    "top_categ_id": "_open_top_category",
    "receivable": "_open_receivable",
    "overdue": "_open_overdue",
    "days_to_pay": "_open_paid",
    "pipeline": "_open_open_opportunities",
    "open_opportunity_count": "_open_open_opportunities",
    "lead_count": "_open_leads",
    "interaction_count_90d": "_open_interactions_90d",
    "interaction_count_12m": "_open_interactions_12m",
}


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    def action_open_figure(self, name=""):
        """Open exactly the records behind a figure, as far as the user may see them.

        ``name``: a figure of the account; Odoo wants buttons to do without, though ours give it. Returns an action; raises AccessError on a figure that the
        user may not read, UserError on one that opens nothing.
        """
        self.ensure_one()
        self.check_access("read")
        if name not in OPENERS:
            raise UserError(self.env._("There is nothing to open behind “%s”.", name))
        field = self._fields[name]
        self._check_field_access(field, "read")
        action = getattr(self, OPENERS[name])()
        title = self.fields_get([name], ["string"])[name]["string"]
        return {**action, "display_name": title, "name": f"{title}: {self.name}"}

    # -- windows ------------------------------------------------------------

    def _get_scope(self):
        """Return the facts' scope of this account; who asks may read the account."""
        facts = self.env["cartera.facts"].sudo()
        return facts._get_scope(self.company_id, partners=self.partner_id.ids)

    def _get_window(self):
        """Return (first day, last day) of the window."""
        scope = self._get_scope()
        return scope.window_start + timedelta(days=1), scope.as_of

    def _in_days(self, first, last) -> Domain:
        return Domain("invoice_date", ">=", first) & Domain("invoice_date", "<=", last)

    def _until_today(self) -> Domain:
        return Domain("invoice_date", "<=", self._get_today())

    # -- documents ----------------------------------------------------------

    def _open_documents(self, domain):
        """Open the account's documents that match ``domain``."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_document_action"
        )
        action["domain"] = list(Domain("profile_id", "=", self.id) & Domain(domain))
        return action

    def _open_window(self):
        return self._open_documents(self._in_days(*self._get_window()))

    def _open_previous(self):
        scope = self._get_scope()
        first = scope.previous_start + timedelta(days=1)
        return self._open_documents(self._in_days(first, scope.window_start))

    def _open_both(self):
        scope = self._get_scope()
        first = scope.previous_start + timedelta(days=1)
        return self._open_documents(self._in_days(first, scope.as_of))

    def _open_all(self):
        return self._open_documents(self._until_today())

    def _open_refunds(self):
        return self._open_documents(Domain("move_type", "=", "out_refund") & self._until_today())

    # -- purchases ----------------------------------------------------------

    def _get_purchase_ids(self, day=None) -> list[int]:
        """Return the account's purchases, or those of a day, by the one definition of the facts."""
        facts = self.env["cartera.facts"].sudo()
        documents = facts._sql_document(self._get_scope())
        of_day = SQL("d.day = %s", day) if day else SQL("TRUE")
        return self._get_ids(
            SQL("SELECT id FROM (%s) d WHERE d.purchase AND %s", documents, of_day)
        )

    def _get_ids(self, query: SQL) -> list[int]:
        """Return the first column of a query, on the database as this transaction left it."""
        self.env.flush_all()
        return [row[0] for row in self.env.execute_query(query)]

    def _open_purchases(self):
        return self._open_documents([("id", "in", self._get_purchase_ids())])

    def _open_purchases_of_window(self):
        purchases = Domain("id", "in", self._get_purchase_ids())
        return self._open_documents(purchases & self._in_days(*self._get_window()))

    def _open_first_purchase(self):
        return self._open_purchases_of(self.first_purchase_date)

    def _open_last_purchase(self):
        return self._open_purchases_of(self.last_purchase_date)

    def _open_purchases_of(self, day):
        """Open the purchases of a day; without one the day was entered, as opening data."""
        purchases = day and self._get_purchase_ids(day)
        if purchases:
            return self._open_documents([("id", "in", purchases)])
        return self._notify(self.env._("This date was entered as data from before Odoo."), "info")

    def _open_top_category(self):
        return self.action_open_category(self.top_categ_id.id)

    def _open_paid(self):
        paid = self.env["cartera.facts"].sudo()._sql_paid(self._get_scope())
        query = SQL("SELECT id FROM (%s) paid", paid)
        return self._open_documents([("id", "in", self._get_ids(query))])

    # -- receivable ---------------------------------------------------------

    def _open_receivable(self):
        return self._open_items(Domain.TRUE)

    def _open_overdue(self):
        return self._open_items(Domain("overdue", "=", True))

    def _open_items(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_open_item_action"
        )
        action["domain"] = list(Domain("profile_id", "=", self.id) & domain)
        return action

    # -- leads --------------------------------------------------------------

    def _open_leads(self):
        return self._open_leads_that(SQL("TRUE"))

    def _open_open_opportunities(self):
        return self._open_leads_that(self.env["cartera.facts"]._sql_open_opportunity())

    def _open_leads_that(self, condition: SQL):
        """Open the leads ``l`` of the account that the facts count, and that match."""
        facts, scope = self.env["cartera.facts"].sudo(), self._get_scope()
        query = SQL(
            """SELECT l.id FROM crm_lead l JOIN res_partner p ON p.id = l.partner_id
                WHERE %s AND %s AND %s""",
            facts._sql_counted_lead(scope),
            scope.accounts(SQL("p.commercial_partner_id")),
            condition,
        )
        action = self.action_open_opportunities()
        action["domain"] = [("id", "in", self._get_ids(query))]
        return action

    # -- interactions ---------------------------------------------------------

    def _open_interactions_90d(self):
        today = self._get_today()
        return self._open_interactions(today - timedelta(days=89), today)

    def _open_interactions_12m(self):
        return self._open_interactions(*self._get_window())

    def _open_interactions(self, first, last):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_cartera.cartera_interaction_action"
        )
        action["domain"] = [
            ("profile_id", "=", self.id),
            ("date", ">=", first),
            ("date", "<=", last),
        ]
        action["context"] = {"cartera_profile_id": self.id}
        return action
