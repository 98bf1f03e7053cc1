"""Three years of invoices, refunds and payments."""

from itertools import pairwise

from odoo import Command

from .world import World

#: Invoices that are created and posted together. The first are few: as long as PostgreSQL takes the
#: tables for empty, its plans for Odoo's queries take time that grows with the cube of the rows.
FIRST_BATCH, BATCH = 20, 200


def load_invoices(world: World) -> None:
    """Create and post all invoices in the order of their dates, so that numbers follow them."""
    for key in world.companies:
        planned = [invoice for invoice in world.plan.invoices if invoice.company == key]
        planned.sort(key=lambda invoice: invoice.day)
        pairs = []
        for start, end in pairwise([0, *range(FIRST_BATCH, len(planned), BATCH), len(planned)]):
            pairs += _load_batch(world, key, planned[start:end])
            world.analyze()
        world.invoices += pairs
        load_refunds(world, [pair for pair in pairs if pair[0].refund])
        paid = [pair for pair in pairs if pair[0].paid]
        _load_collections(world, key, [pair for pair in paid if not pair[0].refund])
        world.analyze()
        _load_payments(world, key, [pair for pair in paid if pair[0].refund])
        world.analyze()


def _load_batch(world: World, key: str, planned: list) -> list:
    """Create and post some invoices; return (planned, invoice) of each."""
    moves = world.model_in(key, "account.move").create(
        [_prepare_invoice(world, invoice) for invoice in planned]
    )
    pairs = list(zip(planned, moves, strict=True))
    _post(moves.browse(move.id for invoice, move in pairs if not invoice.draft))
    return pairs


def _post(moves) -> None:
    moves._post(soft=False)


def _prepare_invoice(world: World, invoice) -> dict:
    return {
        "move_type": "out_invoice",
        "partner_id": world.partners[invoice.account].id,
        "company_id": world.companies[invoice.company].id,
        "invoice_user_id": world.user_id(invoice.user),
        "invoice_date": invoice.day,
        "invoice_date_due": invoice.due,
        "invoice_payment_term_id": False,
        "invoice_line_ids": [_prepare_line(world, *line, share=1) for line in invoice.lines],
    }


def _prepare_line(world: World, product: str, quantity: int, price: float, share: float):
    return Command.create(
        {
            "product_id": world.products[product].id,
            "quantity": quantity,
            "price_unit": round(price * share, 2),
        }
    )


def load_refunds(world: World, pairs: list) -> None:
    """Post the refunds of some invoices; a part of one is a lower price of each line."""
    vals_list = []
    for invoice, move in pairs:
        share, day = invoice.refund
        vals_list.append(
            {
                **_prepare_invoice(world, invoice),
                "move_type": "out_refund",
                "reversed_entry_id": move.id,
                "ref": f"Abono de {move.name}",
                "invoice_date": day,
                "invoice_date_due": day,
                "invoice_line_ids": [
                    _prepare_line(world, *line, share=share) for line in invoice.lines
                ],
            }
        )
    if pairs:
        moves = world.model_in(pairs[0][0].company, "account.move").create(vals_list)
        _post(moves)


def _load_collections(world: World, key: str, pairs: list) -> None:
    """Post one collection for each payment day, and settle its invoices with it."""
    journal = world.env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", world.companies[key].id)], limit=1
    )
    due = {}
    for invoice, move in pairs:
        line = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        if line.amount_residual > 0:
            due.setdefault(invoice.paid, []).append(line)
    days = sorted(due)
    entries = world.model_in(key, "account.move").create(
        [_prepare_collection(journal, day, due[day]) for day in days]
    )
    _post(entries)
    plan = []
    for day, entry in zip(days, entries, strict=True):
        paid = entry.line_ids.filtered("partner_id").sorted("id")
        plan += [line + theirs for line, theirs in zip(due[day], paid, strict=True)]
    world.env["account.move.line"]._reconcile_plan(plan)


def _load_payments(world: World, key: str, pairs: list) -> None:
    """Pay what is left of refunded invoices; with a plain entry Odoo would call them reversed."""
    for invoice, move in pairs:
        if move.amount_residual > 0:
            wizards = world.model_in(key, "account.payment.register").with_context(
                active_model="account.move", active_ids=move.ids
            )
            wizards.create({"payment_date": invoice.paid})._create_payments()


def _prepare_collection(journal, day, lines) -> dict:
    """Return the entry of a bank collection: one line each invoice, and their sum."""
    total = sum(line.amount_residual for line in lines)
    return {
        "move_type": "entry",
        "journal_id": journal.id,
        "date": day,
        "ref": f"Remesa de recibos {day:%d/%m/%Y}",
        "line_ids": [
            Command.create({"account_id": journal.default_account_id.id, "debit": total}),
            *[
                Command.create(
                    {
                        "account_id": line.account_id.id,
                        "partner_id": line.partner_id.id,
                        "name": line.move_id.name,
                        "credit": line.amount_residual,
                    }
                )
                for line in lines
            ],
        ],
    }
