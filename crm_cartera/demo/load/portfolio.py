"""The portfolio: what people enter by hand, and the refresh that judges the documents."""

from odoo import Command

from .invoices import load_refunds
from .world import World, morning

HISTORY_MONTHS = 12
REASONS = {
    "hand": "Nos pidió precios en la feria; la oferta sigue en papel.",
    "locked": "Cliente de un socio; lo factura él.",
}


def load_profiles(world: World) -> None:
    """Put in by hand the accounts that were known before any document, dated back."""
    entries = [entry for entry in world.plan.entries if entry.origin or entry.opening]
    pairs = []
    for imported in (False, True):
        chosen = [entry for entry in entries if _is_imported(entry) == imported]
        profiles = world.profiles().with_context(import_file=imported)
        created = profiles.create([_prepare_profile(world, entry) for entry in chosen])
        pairs += [pair for pair in zip(chosen, created, strict=True) if pair[0].added]
    _date_back(world, pairs)


def _is_imported(entry) -> bool:
    """Tell what came from the old program; opening data did, but for one client's."""
    return entry.origin in (None, "import") and entry.kind != "decline"


def _date_back(world: World, pairs: list) -> None:
    """Make profiles prospects since the day they were really put in."""
    world.update(
        world.env["cartera.profile"],
        {
            profile.id: {
                "prospect_date": entry.added,
                "lifecycle_date": entry.added,
                "create_date": morning(entry.added),
            }
            for entry, profile in pairs
        },
    )
    moves = world.env["cartera.transition"].search([("to_lifecycle", "=", "prospect")])
    dates = {profile.id: entry.added for entry, profile in pairs}
    moves = moves.filtered(lambda move: move.profile_id.id in dates)
    world.update(moves, {move.id: {"date": dates[move.profile_id.id]} for move in moves})


def _prepare_profile(world: World, entry) -> dict:
    vals = {
        "partner_id": world.partners[entry.account].id,
        "company_id": world.companies[entry.company].id,
        "origin": entry.origin or ("import" if _is_imported(entry) else "hand"),
        "first_contact_date": entry.first_contact,
    }
    if entry.opening:
        since, revenue, last = entry.opening
        vals |= {
            "opening_client_date": since,
            "opening_revenue": revenue,
            "opening_last_purchase_date": last,
        }
    return vals


def refresh(world: World) -> None:
    """Judge every account of both companies from its documents."""
    for company in world.companies.values():
        world.env["cartera.profile"].refresh(company)


def ask_history(world: World) -> None:
    """Ask for the month ends of a year; the background job fills them, as after any installation.

    Accounts were judged while their documents were still being loaded: such changes never happened.
    """
    companies = world.env["res.company"].union(*world.companies.values())
    changes = world.env["cartera.retention.change"].sudo()
    changes.search([("company_id", "in", companies.ids)]).unlink()
    for company in companies:
        world.env["cartera.policy"]._for(company).action_backfill(HISTORY_MONTHS)


def load_hand(world: World) -> None:
    """Do by hand what the documents do not say, then take one client's only invoice back."""
    for entry in world.plan.entries_of("hand"):
        day = entry.added.replace(day=min(entry.added.day + 9, 28))
        profile = world.profile_of(entry)
        profile.set_lifecycle("lead", REASONS["hand"], date=max(day, entry.added))
    for entry in world.plan.entries_of("counter"):
        world.profile_of(entry).action_exclude()
    for entry in world.plan.entries_of("once"):
        world.profile_of(entry).action_lock()
    taken_back = [pair for pair in world.invoices if pair[0].taken_back]
    for invoice, _move in taken_back:
        invoice.refund = (1.0, world.plan.today)
    load_refunds(world, taken_back)
    _load_entries(world)


def _load_entries(world: World) -> None:
    """Enter what no lead brought: potential, interests, urgency, notes and the first contact."""
    for entry in world.plan.entries:
        vals = {
            "potential": entry.potential,
            "interest_categ_ids": [
                Command.link(world.categories[name].id) for name in entry.interests
            ],
            "urgency": entry.urgency,
            "note": entry.note,
            "first_contact_date": entry.first_contact,
        }
        usual = (0, [], "0", "", None)
        vals = {name: value for name, value in vals.items() if value not in usual}
        if vals:
            world.profile_of(entry).write(vals)


def empty_queue(world: World) -> None:
    """Judge what was touched after the refresh too, so that nothing is left for the background."""
    while world.env["cartera.touch"]._drain():
        pass
