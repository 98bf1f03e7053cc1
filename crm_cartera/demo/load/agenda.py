"""Activities, meetings and messages."""

from datetime import timedelta

from odoo import Command

from .world import World, morning, to_utc

TYPES = {
    "call": "mail.mail_activity_data_call",
    "email": "mail.mail_activity_data_email",
    "meeting": "mail.mail_activity_data_meeting",
    "todo": "mail.mail_activity_data_todo",
}


def load_activities(world: World) -> None:
    """Create open activities, and done ones as Odoo keeps them: archived, with a note beside."""
    types = {
        kind: world.env.ref(name, raise_if_not_found=False) or world.env["mail.activity.type"]
        for kind, name in TYPES.items()
    }
    models = {name: world.env["ir.model"]._get_id(name) for name in ("res.partner", "crm.lead")}
    vals_list, notes = [], []
    for activity in world.plan.activities:
        record = _target(world, activity.account, activity.on)
        vals_list.append(
            {
                "res_model_id": models[record._name],
                "res_id": record.id,
                "activity_type_id": types[activity.kind].id,
                "summary": activity.summary,
                "user_id": world.user_id(activity.user),
                "date_deadline": activity.deadline,
                **({"active": False, "feedback": activity.feedback} if activity.done else {}),
            }
        )
        if activity.done:
            notes.append(_prepare_note(world, activity, record, types[activity.kind]))
    activities = world.env["mail.activity"].create(vals_list)
    done = {
        record.id: {"date_done": activity.done}
        for activity, record in zip(world.plan.activities, activities, strict=True)
        if activity.done
    }
    world.update(activities, done)
    world.env["mail.message"].create(notes)


def _target(world: World, account: str, place: str):
    """Return the record something is on: the account, its first contact or its open lead."""
    if place == "contact":
        return world.contacts[account, 0]
    if place == "lead":
        return world.leads[account]
    return world.partners[account]


def _prepare_note(world: World, activity, record, kind) -> dict:
    """Return the message that says in the chatter what was done."""
    return {
        "model": record._name,
        "res_id": record.id,
        "message_type": "notification",
        "subtype_id": world.env.ref("mail.mt_activities").id,
        "mail_activity_type_id": kind.id,
        "author_id": world.users[activity.user].partner_id.id,
        "date": morning(activity.done, 12),
        "body": f"{activity.summary}. {activity.feedback}",
    }


def load_meetings(world: World) -> None:
    """Create meetings of salespeople with people of the accounts; nobody is invited by mail."""
    vals_list = []
    for meeting in world.plan.meetings:
        people = [_person(world, account) for account in meeting.accounts]
        partners = [world.users[meeting.user].partner_id, *people]
        start = to_utc(meeting.start)
        lead = world.leads[meeting.accounts[0]] if meeting.lead else None
        vals_list.append(
            {
                "name": meeting.name,
                "user_id": world.user_id(meeting.user),
                "partner_ids": [Command.set([partner.id for partner in partners])],
                "start": start,
                "stop": start + timedelta(hours=meeting.hours),
                "privacy": "private" if meeting.private else "public",
                "opportunity_id": lead.id if lead else False,
                **_prepare_all_day(meeting),
            }
        )
    world.env["calendar.event"].create(vals_list)


def _person(world: World, account: str):
    return world.contacts.get((account, 0)) or world.partners[account]


def _prepare_all_day(meeting) -> dict:
    if meeting.hours:
        return {}
    day = meeting.start.date()
    return {"allday": True, "start": day, "stop": day, "start_date": day, "stop_date": day}


def load_messages(world: World) -> None:
    """Create the mail with people of the accounts, as if it had come and gone."""
    planned = world.plan.messages
    messages = world.env["mail.message"].create(
        [_prepare_message(world, message) for message in planned]
    )
    world.env["mail.notification"].create(
        [
            {
                "mail_message_id": record.id,
                "res_partner_id": _person(world, message.account).id,
                "author_id": record.author_id.id,
                "notification_type": "email",
                "notification_status": "sent",
                "is_read": True,
            }
            for message, record in zip(planned, messages, strict=True)
            if message.outgoing
        ]
    )


def _prepare_message(world: World, message) -> dict:
    person, user = _person(world, message.account), world.users[message.user].partner_id
    author = user if message.outgoing else person
    record = _target(world, message.account, "lead" if message.on_lead else "account")
    return {
        "model": record._name,
        "res_id": record.id,
        "message_type": "comment" if message.outgoing else "email",
        "subtype_id": world.env.ref("mail.mt_comment").id,
        "author_id": author.id,
        "email_from": author.email_formatted,
        "subject": message.subject,
        "body": message.body,
        "date": to_utc(message.date),
    }
