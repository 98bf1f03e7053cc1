"""Two dimensions, their accounts with figures of known size, and the users of the screens."""

from datetime import timedelta

from odoo import Command

from .screen_case import TODAY, ScreenCase


class SegmentScreenCase(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cartera.dimension"].search([]).active = False
        cls.size = cls.make_dimension("Tamaño", "test_size", "Grande", "Pequeña")
        cls.zone = cls.make_dimension("Zona", "test_zone", "Norte", "Sur")
        cls.large, cls.small = cls.size.segment_ids
        cls.north, cls.south = cls.zone.segment_ids
        cls.spain, cls.france = cls.env.ref("base.es"), cls.env.ref("base.fr")

    @classmethod
    def make_dimension(cls, name, code, *segments, **vals):
        """Create a dimension; the rules of its segments match nobody, the tests fill them."""
        return cls.env["cartera.dimension"].create(
            {
                "name": name,
                "code": code,
                "segment_ids": [
                    Command.create(
                        {"name": segment, "sequence": number, "domain": "[('id', '=', 0)]"}
                    )
                    for number, segment in enumerate(segments)
                ],
                **vals,
            }
        )

    @classmethod
    def put(cls, segment, *profiles):
        """Write that accounts are in a segment, as sorting does."""
        cls.env.flush_all()
        cls.env.cr.execute(
            """INSERT INTO cartera_profile_segment_rel (profile_id, segment_id)
               SELECT unnest(%s::int[]), %s""",
            ([profile.id for profile in profiles], segment.id),
        )
        cls.env.invalidate_all()

    @classmethod
    def make_in(cls, segment, name, user=None, country=None, **figures):
        """Create an account of a segment; ``lifecycle`` and others are columns of the profile."""
        profile = cls.make_known(name, user, **figures)
        if country:
            profile.partner_id.country_id = country
        cls.put(segment, profile)
        return profile

    @classmethod
    def move(cls, profile, days, origin, target, kind="account"):
        """Write that an account moved so many days ago; an empty segment: none."""
        cls.env["cartera.segment.move"].sudo().create(
            {
                "profile_id": profile.id,
                "company_id": profile.company_id.id,
                "dimension_id": (origin or target).dimension_id.id,
                "from_segment_id": origin.id if origin else False,
                "segment_id": target.id if target else False,
                "date": TODAY - timedelta(days=days),
                "kind": kind,
            }
        )

    @classmethod
    def make_margin_reader(cls):
        """Return a salesperson who sees all accounts, and margins."""
        user = cls.users["all_accounts"]
        user.write({"group_ids": [Command.link(cls.env.ref("crm_cartera.group_margin").id)]})
        return user

    @classmethod
    def restrict(cls, dimension):
        """Make a dimension one that reads margins."""
        dimension.segment_ids[0].domain = "[('margin_12m', '>', 1000)]"
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE cartera_dimension SET reads_margin = TRUE WHERE id = %s", (dimension.id,)
        )
        cls.env.cr.execute(
            "UPDATE cartera_segment SET reads_margin = TRUE WHERE dimension_id = %s",
            (dimension.id,),
        )
        cls.env.invalidate_all()
