"""One record of each kind, made by Odoo itself: SQL then multiplies their rows.

So columns that this generator knows nothing about hold what Odoo puts there.
"""

from datetime import timedelta

import odoo.init  # noqa: F401 -- makes the name below
from odoo import Command

SALESPEOPLE = 12


def make(env, today):
    """Return {name: id, or list of ids} of the rows to multiply, and of what they refer to."""
    env = env(context={"tracking_disable": True, "no_reset_password": True, "lang": "en_US"})
    ids = {**_make_people(env), **_make_catalogue(env)}
    ids |= _make_documents(env, ids, today)
    ids |= _make_talks(env, ids, today)
    env.flush_all()
    return ids


def _make_people(env):
    groups = env.ref("sales_team.group_sale_salesman") | env.ref("base.group_user")
    users = env["res.users"].create(
        [
            {
                "name": f"Comercial {number}",
                "login": f"comercial{number}@example.com",
                "group_ids": [Command.set(groups.ids)],
            }
            for number in range(1, SALESPEOPLE + 1)
        ]
    )
    address = {"city": "Sevilla", "country_id": env.ref("base.es").id, "lang": "en_US"}
    account = env["res.partner"].create(
        {
            "name": "Modelo",
            "is_company": True,
            "email": "modelo@example.com",
            "phone": "+34 954 00 00 00",
            "user_id": users[0].id,
            **address,
        }
    )
    contact = env["res.partner"].create(
        {"name": "Ana", "parent_id": account.id, "email": "ana@example.com", **address}
    )
    # What Odoo notes on the first sale.
    account.customer_rank = 1
    return {
        "company": env.company.id,
        "users": users.ids,
        "user_partners": users.partner_id.ids,
        "account": account.id,
        "contact": contact.id,
    }


def _make_catalogue(env):
    category = env["product.category"].create({"name": "Familia"})
    product = env["product.product"].create(
        {
            "name": "Tornillo",
            "default_code": "T",
            "categ_id": category.id,
            "list_price": 10,
            "standard_price": 6,
            "taxes_id": False,
            "supplier_taxes_id": False,
        }
    )
    return {"category": category.id, "product": product.id, "template": product.product_tmpl_id.id}


def _make_documents(env, ids, today):
    """Make an invoice, its full reversal, and another invoice that the bank has paid."""
    line = {"product_id": ids["product"], "quantity": 2, "price_unit": 10, "tax_ids": False}
    invoice, paid = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": ids["account"],
                "invoice_date": today - timedelta(days=2000),
                "invoice_user_id": ids["users"][0],
                "invoice_line_ids": [Command.create(line)],
            }
        ]
        * 2
    )
    (invoice | paid).action_post()
    refund = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
    refund.action_post()
    due = paid.line_ids.filtered(lambda line: line.display_type == "payment_term")
    journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
    bank = env["account.move"].create(
        {
            "journal_id": journal.id,
            "date": paid.invoice_date,
            "line_ids": [
                Command.create(
                    {
                        "name": "Remesa",
                        "account_id": journal.default_account_id.id,
                        "debit": paid.amount_total,
                    }
                ),
                Command.create(
                    {
                        "name": "Remesa",
                        "account_id": due.account_id.id,
                        "partner_id": ids["account"],
                        "credit": paid.amount_total,
                    }
                ),
            ],
        }
    )
    bank.action_post()
    credit = bank.line_ids.filtered("credit")
    (due | credit).reconcile()
    return {
        "invoice": invoice.id,
        "paid": paid.id,
        "product_line": paid.invoice_line_ids.id,
        "term_line": due.id,
        "refund": refund.id,
        "refund_line": refund.invoice_line_ids.id,
        "refund_term": refund.line_ids.filtered(lambda x: x.display_type == "payment_term").id,
        "bank": bank.id,
        "bank_line": bank.line_ids.filtered("debit").id,
        "credit_line": credit.id,
        "partial": due.matched_credit_ids.id,
        "full": due.full_reconcile_id.id,
    }


def _make_talks(env, ids, today):
    user = env["res.users"].browse(ids["users"][0])
    account = env["res.partner"].browse(ids["account"])
    lead = env["crm.lead"].create(
        {
            "name": "Feria",
            "type": "opportunity",
            "partner_id": account.id,
            "user_id": user.id,
            "expected_revenue": 1000,
        }
    )
    activity = account.activity_schedule("mail.mail_activity_data_call", user_id=user.id)
    meeting = env["calendar.event"].create(
        {
            "name": "Visita",
            "start": f"{today} 10:00:00",
            "stop": f"{today} 11:00:00",
            "user_id": user.id,
            "partner_ids": [Command.set([account.id, user.partner_id.id])],
        }
    )
    message = account.with_user(user).message_post(
        body="Hola",
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
        partner_ids=account.ids,
    )
    return {
        "lead": lead.id,
        "activity": activity.id,
        "models": [env["ir.model"]._get_id(name) for name in ("res.partner", "crm.lead")],
        "meeting": meeting.id,
        "attendee": meeting.attendee_ids[:1].id,
        "message": message.id,
        "notification": message.sudo().notification_ids.filtered("res_partner_id")[:1].id,
        "note_subtype": env.ref("mail.mt_note").id,
    }
