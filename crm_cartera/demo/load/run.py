"""The steps of loading, in an order in which every document has its own date when it is judged."""

import logging
import time

from ..plan import Plan
from .accounts import archive_partners, load_partners, load_products
from .agenda import load_activities, load_meetings, load_messages
from .companies import load_companies, load_users
from .invoices import load_invoices
from .leads import load_leads
from .portfolio import ask_history, empty_queue, load_hand, load_profiles, refresh
from .targets import load_targets
from .world import World

_logger = logging.getLogger(__name__)

STEPS = (
    load_companies,
    load_users,
    load_products,
    load_partners,
    load_profiles,
    load_invoices,
    load_leads,
    load_activities,
    load_meetings,
    load_messages,
    World.analyze,
    archive_partners,
    refresh,
    load_hand,
    refresh,
    empty_queue,
    ask_history,
    load_targets,
)


def load(env, plan: Plan) -> World:
    """Load a plan and return what it became."""
    world = World(env, plan)
    for step in STEPS:
        started = time.monotonic()
        step(world)
        world.env.flush_all()
        _logger.debug("%s: %.1f s", step.__name__, time.monotonic() - started)
    return world
