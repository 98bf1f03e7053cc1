"""The read pass: the cheapest SQL that reads the rows which a full run reads.

Serial and without jit, on the same indexes. Each row is read once, whatever the engine does with it;
where rows can only be found through others (lines of the documents of the window), they are joined.
"""

SETTINGS = "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
RECEIVABLE = "(SELECT id FROM account_account WHERE account_type = 'asset_receivable')"
QUERIES = {
    "documents": """
        SELECT COUNT(*), SUM(commercial_partner_id::bigint), MAX(invoice_date), MAX(currency_id),
               SUM(amount_untaxed_signed), SUM(amount_untaxed), MAX(reversed_entry_id)
          FROM account_move
         WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_receipt', 'out_refund')""",
    "product lines of the window": """
        SELECT COUNT(*), SUM(m.commercial_partner_id::bigint), SUM(l.balance), SUM(l.quantity),
               SUM(k.cost), bool_or(k.estimated), MAX(t.categ_id)
          FROM account_move m
          JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
     LEFT JOIN cartera_line_cost k ON k.line_id = l.id
     LEFT JOIN product_product p ON p.id = l.product_id
     LEFT JOIN product_template t ON t.id = p.product_tmpl_id
         WHERE m.state = 'posted' AND m.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
           AND m.invoice_date > %(window)s""",
    "open receivable lines": f"""
        SELECT COUNT(*), SUM(amount_residual), MAX(date_maturity), MAX(date), MAX(partner_id)
          FROM account_move_line
         WHERE account_id IN {RECEIVABLE} AND reconciled IS NOT TRUE AND parent_state = 'posted'""",
    "payments of the window": """
        SELECT COUNT(*), MAX(p.max_date), MAX(l.move_id)
          FROM account_partial_reconcile p JOIN account_move_line l ON l.id = p.debit_move_id
         WHERE p.max_date > %(window)s""",
    "leads": """
        SELECT COUNT(*), SUM(partner_id::bigint), MIN(create_date), MAX(won_status), MAX(source_id),
               MAX(medium_id), MAX(campaign_id), SUM(expected_revenue), MAX(probability), MAX(user_id)
          FROM crm_lead""",
    "activities": """
        SELECT COUNT(*), SUM(res_id::bigint), MIN(date_deadline), MAX(date_done), MAX(user_id)
          FROM mail_activity WHERE res_model IN ('res.partner', 'crm.lead')""",
    "meetings": """
        SELECT COUNT(*), MIN(start), MAX(start_date), MAX(privacy), MAX(user_id), MAX(opportunity_id)
          FROM calendar_event WHERE active""",
    "people at meetings": """
        SELECT COUNT(*), SUM(res_partner_id::bigint) FROM calendar_event_res_partner_rel""",
    "messages": """
        SELECT COUNT(*), SUM(author_id::bigint), MAX(date), MAX(message_type), MAX(id)
          FROM mail_message WHERE message_type IN ('email', 'email_outgoing', 'comment')""",
    "notifications": """
        SELECT COUNT(*), SUM(res_partner_id::bigint), MAX(mail_message_id) FROM mail_notification""",
    "contacts": """
        SELECT COUNT(*), SUM(commercial_partner_id::bigint), MAX(complete_name), MAX(user_id),
               bool_and(active) FROM res_partner""",
    "profiles": "SELECT COUNT(*), MAX(p.*::text) FROM cartera_profile p",
}


def read(cr, window):
    """Run all queries; ``window``: the last day before the window."""
    cr.execute(SETTINGS)
    for query in QUERIES.values():
        cr.execute(query, {"window": window})
        cr.fetchall()
