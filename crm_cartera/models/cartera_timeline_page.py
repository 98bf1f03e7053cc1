"""Where a page of the timeline begins, and how each source finds what comes after that place."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo.tools import SQL

from .cartera_facts import Scope

SEPARATOR = "~"


@dataclass(frozen=True)
class Place:
    """An entry that was shown: UTC time, source, id of the row in its source."""

    at: datetime
    source: str
    id: int

    def __str__(self):
        """Return the token that stands for it."""
        return SEPARATOR.join([self.at.isoformat(), self.source, str(self.id)])

    @classmethod
    def parse(cls, token: str) -> "Place":
        """Return the place of a token.

        Raises
        ------
        ValueError
            If it is not one of :meth:`__str__`.
        """
        at, source, number = token.split(SEPARATOR)
        place = cls(datetime.fromisoformat(at), source, int(number))
        if place.at.tzinfo or abs(place.id) >= 1 << 63:
            raise ValueError(token)
        return place


@dataclass(frozen=True)
class Page:
    """What a page of one account's timeline asks of each source.

    Entries go from the latest to the earliest; those of one moment by the name of their source, then
    from the highest id. A new entry moves none of those below it, so nothing is shown twice or left
    out when the next page is asked for. A day counts from its beginning in the zone of the scope.
    """

    scope: Scope
    profile_id: int
    size: int
    kinds: frozenset[str]
    before: Place | None

    def moment(self, day: SQL) -> SQL:
        """Return the UTC time at which a day begins."""
        return SQL("(%s::timestamp AT TIME ZONE %s AT TIME ZONE 'UTC')", day, self.scope.tz)

    def rest(self, source: str, at: SQL, row: SQL) -> SQL:
        """Return the condition that a row of a source comes after the place."""
        place = self.before
        if place is None:
            return SQL("TRUE")
        if source == place.source:
            return SQL("(%s, %s) < (%s, %s)", at, row, place.at, place.id)
        if source > place.source:
            return SQL("%s <= %s", at, place.at)
        return SQL("%s < %s", at, place.at)

    def rest_of_days(self, source: str, day: SQL, row: SQL) -> SQL:
        """Return :meth:`rest` of rows that have a day only, with a limit that an index on it understands."""
        if self.before is None:
            return SQL("TRUE")
        zone = ZoneInfo(self.scope.tz)
        local = self.before.at.replace(tzinfo=timezone.utc).astimezone(zone)
        return SQL(
            "%s <= %s AND %s",
            day,
            local.date() + timedelta(days=1),
            self.rest(source, self.moment(day), row),
        )

    def local(self, at: datetime) -> datetime:
        """Return the time in the zone of the scope."""
        zone = ZoneInfo(self.scope.tz)
        return at.replace(tzinfo=timezone.utc).astimezone(zone)
