"""Leads with their origin, dated as if they had been worked on."""

from odoo import Command

from .world import World, morning


def load_leads(world: World) -> None:
    """Create the leads, then date them back.

    While they are created they carry their date in ``cartera_first_date``: the portfolio judges their
    accounts at once, by that date.
    """
    planned = sorted(world.plan.leads, key=lambda lead: lead.created)
    stages = world.env["crm.stage"].search([("team_ids", "=", False)])
    stages = {
        "open": stages.filtered(lambda stage: not stage.is_won),
        "won": stages.filtered("is_won"),
    }
    origins = _load_origins(world)
    leads = world.env["crm.lead"].create(
        [_prepare_lead(world, lead, stages, origins) for lead in planned]
    )
    dates = {}
    for lead, record in zip(planned, leads, strict=True):
        if lead.account and lead.outcome == "open":
            world.leads.setdefault(lead.account, record)
        dates[record.id] = _prepare_dates(lead)
    world.update(leads, dates)


def _prepare_dates(lead) -> dict:
    created = morning(lead.created)
    closed = lead.closed and morning(lead.closed, 17)
    return {
        "create_date": created,
        "cartera_first_date": None,
        "date_open": created if lead.user else None,
        "date_closed": closed,
        "date_last_stage_update": closed or (lead.moved and morning(lead.moved, 12)) or created,
    }


def _load_origins(world: World) -> dict:
    """Return {(model, name): record} of all sources, media and campaigns."""
    origins = {}
    for model, field in (
        ("utm.source", "source"),
        ("utm.medium", "medium"),
        ("utm.campaign", "campaign"),
    ):
        names = sorted({getattr(lead, field) for lead in world.plan.leads} - {""})
        for name in names:
            record = world.env[model].search([("name", "=", name)], limit=1)
            label = "title" if model == "utm.campaign" else "name"
            origins[model, name] = record or world.env[model].create({label: name})
    return origins


def _prepare_lead(world: World, lead, stages: dict, origins: dict) -> dict:
    company = world.companies[lead.company]
    opens = stages["open"]
    stage = stages["won"][:1] if lead.outcome == "won" else opens[min(lead.stage, len(opens) - 1)]
    return {
        "name": lead.name,
        "type": "opportunity" if lead.account else "lead",
        "company_id": company.id,
        "team_id": world.teams[lead.company].id,
        "user_id": world.user_id(lead.user),
        "stage_id": stage.id,
        "expected_revenue": lead.revenue,
        "priority": lead.priority,
        "date_deadline": lead.deadline,
        "source_id": _id(origins, "utm.source", lead.source),
        "medium_id": _id(origins, "utm.medium", lead.medium),
        "campaign_id": _id(origins, "utm.campaign", lead.campaign),
        "cartera_first_date": morning(lead.created),
        **_prepare_customer(world, lead),
        **_prepare_loss(world, lead),
    }


def _id(origins: dict, model: str, name: str) -> int | bool:
    return origins[model, name].id if name else False


def _prepare_customer(world: World, lead) -> dict:
    """Return who asks, and what is known of what it could buy."""
    if not lead.account:
        return {"contact_name": lead.person, "email_from": lead.email}
    categories = [world.categories[name].id for name in lead.interests]
    return {
        "partner_id": world.partners[lead.account].id,
        "cartera_potential": lead.potential,
        "cartera_interest_categ_ids": [Command.set(categories)],
        "cartera_urgency": lead.urgency,
        "cartera_note": lead.note,
    }


def _prepare_loss(world: World, lead) -> dict:
    if lead.outcome != "lost":
        return {}
    reasons = world.env["crm.lost.reason"].search([], order="id")
    reason = reasons[:1] or reasons.create({"name": "Precio"})
    return {"active": False, "probability": 0, "lost_reason_id": reason.id}
