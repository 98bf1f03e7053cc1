"""Everything that happened with an account, in one list that is paged on the server."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .cartera_timeline_page import Page, Place

#: Most entries that one answer has.
LARGEST_PAGE = 200


class CarteraTimeline(models.AbstractModel):
    """The timeline of one account, under the rules of the portfolio.

    Whoever may see the account sees that something happened and when; what it was about only if he may
    read its source.
    """

    _name = "cartera.timeline"
    _description = "Timeline of an account"

    @api.model
    @api.readonly
    def get_kinds(self) -> list[dict]:
        """Return the kinds of entries, in the order of a filter: [{code, label, icon}]."""
        self.env["cartera.profile"].check_access("read")
        return [
            {"code": code, "label": label, "icon": icon}
            for code, (label, icon) in self._get_kinds().items()
        ]

    @api.model
    @api.readonly
    def get_timeline(self, profile_id, kinds=None, before=None, limit=40) -> dict:
        """Return a page of what happened with an account, the latest first.

        ``kinds``: codes of :meth:`get_kinds`, None for all; ``before``: ``next`` of the page before,
        None or False for the first one; ``limit``: entries of a page, 1 to 200.

        Returns ``next``, False after the last page, and ``entries``, dicts of

        - ``key``: unique in the timeline; ``kind``;
        - ``date``: ISO day in the zone of the company's criteria; ``time``: "HH:MM" there, False if
          only the day is known; ``future``: whether that day is yet to come;
        - ``title``: what happened, in the reader's language; ``text``: what it was about, False if
          nothing is said or he may not read it; ``person``: who did it, or False;
        - ``amount``: in the company's currency (``currency_id``), untaxed for documents, credit notes
          below zero; a payment by the account above zero; None where there is none;
        - ``target``: {model, id} of the record to open, False if the user may open none.

        Raises AccessError if there is no such account or the user may not read it, UserError for an
        unknown kind, place or size.
        """
        profile = self._get_profile(profile_id)
        page = self._prepare_page(profile, kinds, before, limit)
        rows = self._read_rows(page)
        shown = rows[: page.size - 1]
        last = shown[-1] if len(rows) == page.size else None
        following = last and str(Place(last["at"], last["source"], last["id"]))
        return {"entries": self._prepare_entries(page, shown), "next": following or False}

    @api.model
    def _get_profile(self, profile_id):
        """Return the account if the user may read it; what he may not read does not exist for him."""
        profiles = self.env["cartera.profile"]._as_reader()
        profiles.check_access("read")
        known = isinstance(profile_id, int) and [
            ("id", "=", profile_id),
            ("excluded", "=", False),
        ]
        profile = profiles.search(known) if known else profiles
        if not profile:
            raise AccessError(self.env._("There is no such account, or you may not read it."))
        return profile

    @api.model
    def _prepare_page(self, profile, kinds, before, limit) -> Page:
        if not isinstance(limit, int) or not 1 <= limit <= LARGEST_PAGE:
            raise UserError(self.env._("A page of the timeline has 1 to %s entries.", LARGEST_PAGE))
        known = self._get_kinds().keys()
        kinds = frozenset(known if kinds is None else kinds)
        if unknown := sorted(kinds - known, key=str):
            raise UserError(
                self.env._(
                    "The timeline has no entries of the kind: %s", ", ".join(map(str, unknown))
                )
            )
        try:
            place = Place.parse(str(before)) if before else None
        except ValueError as error:
            raise UserError(self.env._("The timeline has no such page.")) from error
        facts = self.env["cartera.facts"].sudo()
        scope = facts._get_scope(profile.company_id, partners=profile.partner_id.ids)
        # One row more than are shown tells whether there are others.
        return Page(scope, profile.id, limit + 1, kinds, place)

    @api.model
    def _read_rows(self, page) -> list[dict]:
        """Return the rows of the page in one statement, each source limited by itself."""
        wanted = [
            source for source, kinds in self._get_sources().items() if page.kinds & set(kinds)
        ]
        if not wanted:
            return []
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                'SELECT * FROM (%s) entry ORDER BY at DESC, source COLLATE "C", id DESC LIMIT %s',
                SQL(" UNION ALL ").join(
                    getattr(self, f"_select_{source}")(page) for source in sorted(wanted)
                ),
                page.size,
            )
        )
        return self.env.cr.dictfetchall()
