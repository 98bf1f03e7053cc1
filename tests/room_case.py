"""Accounts with known figures, and their segments, for the screens of segments."""

from odoo.tests import Form
from odoo.tools import SQL

from .screen_case import ScreenCase


class RoomCase(ScreenCase):
    """It is 15 March 2026; dimensions beside the shipped ones are made here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dimensions = cls.env["cartera.dimension"]
        cls.segments = cls.env["cartera.segment"]

    @classmethod
    def shipped(cls, code):
        """Return a shipped dimension."""
        return cls.env.ref(f"crm_cartera.cartera_dimension_{code}")

    @classmethod
    def make_dimension(cls, code="prueba", rules=(), **vals):
        """Create a dimension with a segment for each (name, domain, other values)."""
        dimension = cls.dimensions.create({"name": code.title(), "code": code, **vals})
        for place, (name, domain, *others) in enumerate(rules, 1):
            cls.segments.create(
                {
                    "dimension_id": dimension.id,
                    "name": name,
                    "domain": domain,
                    "sequence": place * 10,
                    **(others[0] if others else {}),
                }
            )
        return dimension

    @classmethod
    def put(cls, profile, *segments):
        """Put an account into segments, as sorting does."""
        cls.env.flush_all()
        for segment in segments:
            cls.env.cr.execute(
                SQL(
                    "INSERT INTO cartera_profile_segment_rel (profile_id, segment_id) VALUES (%s, %s)"
                    " ON CONFLICT DO NOTHING",
                    profile.id,
                    segment.id,
                )
            )
        cls.env.invalidate_all()

    def preview(self, segment=None, role="manager", **vals):
        """Return the form of a preview as a user sees it."""
        user = self.users[role]
        context = {
            "allowed_company_ids": (user.company_id | user.company_ids).ids,
            "default_segment_id": segment.id if segment else False,
            "default_dimension_id": segment.dimension_id.id if segment else False,
            "default_name": segment.name if segment else "Nuevo",
            "default_domain": segment.domain if segment else "[]",
            "default_sequence": segment.sequence if segment else 10,
            **{f"default_{name}": value for name, value in vals.items()},
        }
        model = self.env["cartera.segment.preview"].with_user(user).with_context(**context)
        return Form(model)
