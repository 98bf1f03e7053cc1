"""What the documents say of an account, read one by one: no SQL of ours, no pandas.

Slow on purpose: each figure can be checked against design.md section 6 at a glance. Nothing here
knows the addon's engine; of the profile it reads only what people typed.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

PURCHASE_TYPES = ("out_invoice", "out_receipt")
DOCUMENT_TYPES = (*PURCHASE_TYPES, "out_refund")
MESSAGE_TYPES = ("email", "email_outgoing", "comment")
#: The policy where a company has not said anything else.
DEFAULTS = {
    "window_months": 12,
    "rhythm_floor_days": 7,
    "rhythm_default_days": 60,
    "rhythm_min_days": 3,
    "abc_a_limit": 0.80,
    "abc_b_limit": 0.95,
    "new_days": 90,
    "new_ratio": 3.0,
    "recovered_days": 90,
    "recovered_ratio": 3.0,
    "at_risk_ratio": 1.5,
    "inactive_ratio": 3.0,
    "lost_ratio": 6.0,
    "lost_months": 24,
    "affinity_wallet_weight": 30,
    "affinity_breadth_weight": 20,
    "affinity_tenure_weight": 15,
    "affinity_interaction_weight": 15,
    "affinity_payment_weight": 20,
    "affinity_categ_count": 5,
    "affinity_tenure_months": 60,
    "affinity_interaction_count": 12,
    "affinity_pay_good_days": 30,
    "affinity_pay_bad_days": 90,
    "priority_weight_potential": 25,
    "priority_weight_pipeline": 100,
    "priority_weight_risk": 100,
    "priority_weight_base": 25,
    "priority_weight_action": 60,
    "priority_weight_no_action": 20,
    "priority_weight_expected": 25,
    "priority_weight_retention": 30,
    "priority_weight_lead": 70,
    "priority_weight_receivable": 40,
    "priority_action_days": 14,
    "priority_lead_days": 3,
    "contact_limit_count": 8,
    "contact_limit_days": 30,
    "accept_zero_cost": False,
}


def exact(number) -> Decimal:
    """Return a float of the ORM as the decimal number that is meant."""
    return Decimal(repr(float(number)))


class Ledger:
    """Everything written down about a company and its branches."""

    def __init__(self, env, company):
        self.env = env(su=True, context={"active_test": False, "lang": "en_US"})
        self.root = company.with_env(self.env).root_id
        self.companies = self.env["res.company"].search([("id", "child_of", self.root.id)])
        self.policy = self.env["cartera.policy"]._for(self.root)
        self.zone = ZoneInfo(self.policy.tz)
        self.today = datetime.now(self.zone).date()
        self._interactions, self._leads = {}, {}

    def limit(self, name):
        return self.policy[name] if name in self.policy._fields else DEFAULTS[name]

    def day_of(self, moment) -> date:
        """Return the day, in the policy's zone, of a UTC time."""
        return moment.replace(tzinfo=timezone.utc).astimezone(self.zone).date()

    # -- documents ----------------------------------------------------------

    @cached_property
    def documents(self) -> dict:
        """Return {account: posted customer documents}."""
        moves = self.env["account.move"].search(
            [
                ("state", "=", "posted"),
                ("move_type", "in", DOCUMENT_TYPES),
                ("company_id", "in", self.companies.ids),
            ]
        )
        return moves.grouped("commercial_partner_id")

    @cached_property
    def refunds(self) -> dict:
        """Return {invoice: posted refunds that reverse it}."""
        refunds = self.env["account.move"].search(
            [
                ("state", "=", "posted"),
                ("move_type", "=", "out_refund"),
                ("reversed_entry_id", "!=", False),
            ]
        )
        return refunds.grouped("reversed_entry_id")

    def is_purchase(self, move, as_of) -> bool:
        if move.move_type not in PURCHASE_TYPES or move.amount_untaxed_signed <= 0:
            return False
        taken_back = Decimal(0)
        for refund in self.refunds.get(move, ()):
            if refund.invoice_date > as_of:
                continue
            if refund.currency_id == move.currency_id:
                taken_back += exact(refund.amount_untaxed)
            else:
                rate = exact(move.amount_untaxed) / exact(move.amount_untaxed_signed)
                taken_back -= exact(refund.amount_untaxed_signed) * rate
        return taken_back < exact(move.amount_untaxed)

    @cached_property
    def costs(self) -> dict:
        """Return {invoice line: (unit cost, estimated)} of the lines whose cost is known."""
        if "cartera.line.cost" not in self.env:
            return {}
        costs = self.env["cartera.line.cost"].search([])
        return {
            cost.line_id: (exact(cost.cost), cost.estimated)
            for cost in costs
            if cost.cost or self.limit("accept_zero_cost")
        }

    # -- money owed ----------------------------------------------------------

    @cached_property
    def receivables(self) -> dict:
        """Return {account: posted receivable lines}."""
        lines = self.env["account.move.line"].search(
            [
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
                ("company_id", "in", self.companies.ids),
            ]
        )
        found = defaultdict(list)
        for line in lines:
            is_invoice = line.move_id.move_type in DOCUMENT_TYPES
            holder = line.move_id if is_invoice else line.partner_id
            found[holder.commercial_partner_id].append(line)
        return found

    @staticmethod
    def partials_of(line, as_of):
        partials = line.matched_debit_ids | line.matched_credit_ids
        return [partial for partial in partials if partial.max_date <= as_of]

    def residual(self, line, as_of) -> Decimal:
        """Return what was open of a line at the end of a day, in the company's currency."""
        open_amount = exact(line.balance)
        for partial in self.partials_of(line, as_of):
            sign = -1 if partial.debit_move_id == line else 1
            open_amount += sign * exact(partial.amount)
        return open_amount

    # -- people --------------------------------------------------------------

    @cached_property
    def people(self) -> dict:
        """Return {account: its contacts of today, itself included}."""
        return self.env["res.partner"].search([]).grouped("commercial_partner_id")

    @cached_property
    def profiles(self) -> dict:
        """Return {account: row with what people typed}."""
        rows = self.env["cartera.profile"].search([("company_id", "=", self.root.id)])
        return {row.partner_id: row for row in rows}

    def leads_near(self, account):
        """Return the leads of the account's people that no other company owns."""
        people = self.people.get(account, self.env["res.partner"])
        if account not in self._leads:
            self._leads[account] = self.env["crm.lead"].search(
                [
                    ("partner_id", "in", people.ids),
                    ("company_id", "in", [False, *self.companies.ids]),
                ]
            )
        return self._leads[account]

    def leads_of(self, account, as_of):
        """Return the leads of the account that are active, won or lost, created up to a day."""
        known = account in self.profiles
        known_elsewhere = not known and self.env["cartera.profile"].search_count(
            [("partner_id", "=", account.id)]
        )
        found = []
        for lead in self.leads_near(account):
            seller_is_ours = lead.user_id.company_id in self.companies
            ours = lead.company_id or known or (seller_is_ours and not known_elsewhere)
            counts = lead.active or lead.won_status in ("won", "lost")
            first_date = lead.cartera_first_date or lead.create_date
            if ours and counts and self.day_of(first_date) <= as_of:
                found.append(lead)
        return found

    def interactions(self, account) -> list[tuple[date, date]]:
        """Return (day, day from which it is past) of each contact with the account's people."""
        if account not in self._interactions:
            people = self.people.get(account, self.env["res.partner"])
            leads = self.leads_near(account)
            days = [*self._activities(people, leads), *self._messages(people)]
            self._interactions[account] = [
                *((day, day) for day in days),
                *self._meetings(people, leads),
            ]
        return self._interactions[account]

    def _activities(self, people, leads):
        for model, records in (("res.partner", people), ("crm.lead", leads)):
            for activity in self.env["mail.activity"].search(
                [("res_model", "=", model), ("res_id", "in", records.ids), ("active", "=", False)]
            ):
                if activity.date_done:
                    yield activity.date_done

    def _meetings(self, people, leads):
        for meeting in self.env["calendar.event"].search(
            [
                ("active", "=", True),
                "|",
                ("partner_ids", "in", people.ids),
                ("opportunity_id", "in", leads.ids),
            ]
        ):
            day = meeting.start_date if meeting.allday else self.day_of(meeting.start)
            # A meeting is future until its day ends, unless somebody wrote down what happened.
            yield day, day if meeting.cartera_kind_id else day + timedelta(days=1)

    def _messages(self, people):
        to_people = self.env["mail.notification"].search([("res_partner_id", "in", people.ids)])
        by_people = self.env["mail.message"].search([("author_id", "in", people.ids)])
        for message in by_people | to_people.mail_message_id:
            if message.message_type in MESSAGE_TYPES:
                yield self.day_of(message.date)
