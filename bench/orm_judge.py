"""Find out of one account what the engine finds out, as one would write it for a single record."""

import statistics
from datetime import timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta

SALES = ("out_invoice", "out_receipt")
TALKS = ("email", "email_outgoing", "comment")
DAY = timedelta(days=1)


def judge(env, partner_id, today):
    """Return the fields of the profile that would have to be written."""
    env = env(context={"active_test": False})
    partner = env["res.partner"].browse(partner_id)
    window = today - relativedelta(months=12)
    moves = env["account.move"].search(
        [
            ("commercial_partner_id", "=", partner_id),
            ("move_type", "in", (*SALES, "out_refund")),
            ("state", "=", "posted"),
            ("invoice_date", "<=", today),
        ],
        order="invoice_date, id",
    )
    recent = moves.filtered(lambda move: move.invoice_date > window)
    vals = {"name": partner.complete_name, "user_id": partner.user_id, "active": partner.active}
    vals |= _purchases(moves, window)
    vals |= _margin(env, recent)
    vals |= _receivable(env, partner, today)
    vals |= _leads(env, partner)
    vals |= _agenda(env, partner, today, window)
    profile = env["cartera.profile"].search([("partner_id", "=", partner_id)])
    return {name: value for name, value in vals.items() if profile[name] != value}


def _purchases(moves, window):
    bought = moves.filtered(
        lambda move: (
            move.move_type in SALES
            and move.amount_untaxed_signed > 0
            and sum(move.reversal_move_ids.mapped("amount_untaxed")) < move.amount_untaxed
        )
    )
    days = sorted(set(bought.mapped("invoice_date")))
    gaps = [(after - before).days for before, after in pairwise(days)]
    before = window - relativedelta(months=12)
    paid = bought.filtered(lambda move: move.payment_state == "paid")
    lasts = [
        (max(line.matched_credit_ids.mapped("max_date")) - move.invoice_date).days
        for move in paid
        for line in move.line_ids.filtered("matched_credit_ids")
    ]
    return {
        "first_purchase_id": bought[:1],
        "last_purchase_date": days[-1] if days else False,
        "purchase_count": len(bought),
        "purchase_count_12m": len(bought.filtered(lambda move: move.invoice_date > window)),
        "refund_count": len(moves.filtered(lambda move: move.move_type == "out_refund")),
        "revenue_total": sum(moves.mapped("amount_untaxed_signed")),
        "revenue_12m": sum(
            moves.filtered(lambda move: move.invoice_date > window).mapped("amount_untaxed_signed")
        ),
        "revenue_prev_12m": sum(
            moves.filtered(lambda move: before < move.invoice_date <= window).mapped(
                "amount_untaxed_signed"
            )
        ),
        "rhythm_days": statistics.median(gaps) if len(gaps) > 1 else False,
        "days_to_pay": statistics.mean(lasts) if lasts else False,
    }


def _margin(env, moves):
    lines = moves.line_ids.filtered(lambda line: line.display_type == "product")
    costs = env["cartera.line.cost"].search([("line_id", "in", lines.ids)])
    cost_of = {cost.line_id.id: cost.cost for cost in costs}
    margin, revenue = 0.0, {}
    for line in lines:
        categ = line.product_id.categ_id
        revenue[categ] = revenue.get(categ, 0) - line.balance
        if cost := cost_of.get(line.id):
            sign = -1 if line.move_id.move_type == "out_refund" else 1
            margin += -line.balance - sign * cost * line.quantity
    return {
        "margin_12m": margin,
        "top_categ_id": max(revenue, key=revenue.get, default=env["product.category"]),
        "categ_count": sum(amount > 0 for amount in revenue.values()),
    }


def _receivable(env, partner, today):
    lines = env["account.move.line"].search(
        [
            ("partner_id", "=", partner.id),
            ("account_id.account_type", "=", "asset_receivable"),
            ("reconciled", "=", False),
            ("parent_state", "=", "posted"),
        ]
    )
    due = lines.filtered(lambda line: (line.date_maturity or line.date) < today)
    return {
        "receivable": sum(lines.mapped("amount_residual")),
        "overdue": sum(due.mapped("amount_residual")),
    }


def _leads(env, partner):
    leads = env["crm.lead"].search([("partner_id", "child_of", partner.id)], order="create_date")
    pending = leads.filtered(
        lambda lead: lead.active and lead.type == "opportunity" and lead.won_status == "pending"
    )
    return {
        "first_source_id": leads[:1].source_id,
        "lead_count": len(leads),
        "open_opportunity_count": len(pending),
        "pipeline": sum(lead.expected_revenue * lead.probability / 100 for lead in pending),
    }


def _agenda(env, partner, today, window):
    people = env["res.partner"].search([("commercial_partner_id", "=", partner.id)])
    leads = env["crm.lead"].search([("partner_id", "in", people.ids)])
    activities = env["mail.activity"].search(
        [("res_model", "=", "res.partner"), ("res_id", "in", people.ids)]
    ) + env["mail.activity"].search([("res_model", "=", "crm.lead"), ("res_id", "in", leads.ids)])
    meetings = env["calendar.event"].search([("partner_ids", "in", people.ids)])
    messages = env["mail.message"].search(
        [
            "|",
            ("author_id", "in", people.ids),
            ("notified_partner_ids", "in", people.ids),
            ("message_type", "in", TALKS),
        ]
    )
    past = [meeting.start.date() for meeting in meetings if meeting.start.date() < today]
    done = [
        *activities.filtered(lambda activity: not activity.active).mapped("date_done"),
        *past,
        *(message.date.date() for message in messages),
    ]
    following = [
        *activities.filtered("active").mapped("date_deadline"),
        *(meeting.start.date() for meeting in meetings if meeting.start.date() >= today),
    ]
    return {
        "next_action_date": min(following, default=False),
        "last_interaction_date": max(done, default=False),
        "interaction_count_90d": sum(day > today - 90 * DAY for day in done),
        "interaction_count_12m": sum(day > window for day in done),
    }
