"""The one door to the demo data."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from .load import load
from .load.world import TIME_ZONE
from .plan import make_plan

#: External ids of the companies; not of the addon's name, or its removal would delete companies.
MARK = "__cartera_demo__.company_{}"


def generate(env, today: date | None = None):
    """Create the demo companies and all that is theirs; do nothing if they are there.

    Returns the :class:`.load.world.World` that was loaded, None if there was nothing to do.
    """
    if env.ref(MARK.format("main"), raise_if_not_found=False):
        return None
    today = today or datetime.now(ZoneInfo(TIME_ZONE)).date()
    world = load(env, make_plan(today))
    env["ir.model.data"]._update_xmlids(
        [
            {"xml_id": MARK.format(key), "record": company, "noupdate": True}
            for key, company in world.companies.items()
        ]
    )
    return world
