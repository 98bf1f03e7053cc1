"""Segments in the portfolio: search panel, groups, filters, tags; and what margins hide there."""

from odoo.tests import new_test_user
from odoo.tools import SQL

from .room_case import RoomCase

#: Accounts are put into segments by hand here: no rule takes one.
NONE = "[('potential', '<', 0)]"
PANEL = {"group_by": "dimension_id", "enable_counters": True, "limit": 200}


class TestSegmentPanel(RoomCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dimensions.search([]).active = False
        cls.zone = cls.make_dimension("lugar", [("Norte", NONE), ("Sur", NONE), ("Vacío", NONE)])
        cls.value = cls.make_dimension(
            "importe", [("Grande", NONE), ("Chica", NONE, {"is_key": True})]
        )
        cls.profit = cls.make_dimension(
            "ganancia", [("Gana", "[('margin_12m', '>', 0)]"), ("Resto", NONE)]
        )
        cls.north, cls.south, cls.empty = cls.zone.segment_ids
        cls.large, cls.small = cls.value.segment_ids
        cls.wins = cls.profit.segment_ids[0]
        cls.one = cls.make_known("Una", cls.seller)
        cls.two = cls.make_known("Dos", cls.seller)
        cls.three = cls.make_known("Tres", cls.colleague)
        cls.put(cls.one, cls.north, cls.large, cls.wins)
        cls.put(cls.two, cls.south, cls.large)
        cls.put(cls.three, cls.north, cls.small, cls.wins)
        cls.reader = new_test_user(
            cls.env,
            login="cartera_margin_reader",
            groups="sales_team.group_sale_salesman,crm_cartera.group_margin",
        )

    def portfolio(self, user, **context):
        user = self.users.get(user, user)
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["cartera.profile"]
            .with_user(user)
            .with_context(allowed_company_ids=self.company.ids, **context)
        )

    def panel(self, user="manager", **options):
        profiles = self.portfolio(user)
        found = profiles.search_panel_select_multi_range("segment_ids", **{**PANEL, **options})
        return {
            (value["group_name"], value["display_name"]): value["__count"]
            for value in found["values"]
        }

    def test_counts_by_dimension(self):
        self.assertEqual(
            self.panel(),
            {
                ("Lugar", "Norte"): 2,
                ("Lugar", "Sur"): 1,
                ("Importe", "Grande"): 2,
                ("Importe", "Chica"): 1,
                ("Ganancia", "Gana"): 2,
            },
        )
        self.assertEqual(self.panel(expand=True)["Lugar", "Vacío"], 0)

    def test_what_the_stock_panel_counts(self):
        """Odoo's own method, a query a segment, is the oracle; whatever is chosen."""
        stock = type(self.env["base"]).search_panel_select_multi_range
        zone, value = str(self.zone.id), str(self.value.id)
        north = [("segment_ids", "in", self.north.ids)]
        large = [("segment_ids", "in", self.large.ids)]
        for options in (
            {},
            {"search_domain": [("name", "=", "Una")]},
            {"filter_domain": north, "group_domain": {value: north}},
            {
                "filter_domain": [],
                "group_domain": {zone: large, value: north, str(self.profit.id): north + large},
            },
            {"expand": True, "category_domain": [("name", "!=", "Dos")]},
            {"comodel_domain": [("name", "ilike", "r")]},
        ):
            profiles = self.portfolio("manager")
            expected = stock(profiles, "segment_ids", **{**PANEL, **options})
            with self.subTest(**options):
                self.assertEqual(
                    profiles.search_panel_select_multi_range("segment_ids", **{**PANEL, **options}),
                    expected,
                )

    def test_queries_do_not_grow_with_segments(self):
        def queries():
            profiles = self.portfolio("manager")
            before = self.env.cr.sql_log_count
            profiles.search_panel_select_multi_range("segment_ids", **PANEL)
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(30):
            vals = {"dimension_id": self.zone.id, "name": f"Zona {number}", "domain": NONE}
            more = self.segments.create(vals)
            self.put(self.make_known(f"Cuenta {number}"), more)
        queries()
        self.assertEqual(queries(), few)
        self.assertTrue(self.profiles.search_panel_select_multi_range._readonly)

    def test_margins_are_not_counted_for_everybody(self):
        mine = {("Lugar", "Norte"): 1, ("Lugar", "Sur"): 1, ("Importe", "Grande"): 2}
        self.assertEqual(self.panel(self.seller), mine)
        self.assertEqual(self.panel(self.seller, expand=True).get(("Ganancia", "Gana")), None)
        self.env.cr.execute(
            SQL(
                "UPDATE cartera_profile SET user_id = %s WHERE id = %s",
                self.reader.id,
                self.three.id,
            )
        )
        self.assertEqual(self.panel(self.reader)["Ganancia", "Gana"], 1)

    def test_group_by_one_dimension(self):
        def groups(user, **context):
            profiles = self.portfolio(user, **context)
            found = profiles._read_group([], ["segment_ids"], ["__count"])
            return {segment.name or None: count for segment, count in found}

        by_zone = {"cartera_dimension_id": self.zone.id}
        self.assertEqual(groups("manager", **by_zone), {"Norte": 2, "Sur": 1})
        self.four = self.make_known("Cuatro", self.seller)
        self.put(self.four, self.large)
        self.assertEqual(groups("manager", **by_zone), {"Norte": 2, "Sur": 1, None: 1})
        nowhere = self.portfolio("manager", **by_zone).search([("segment_ids", "=", False)])
        self.assertEqual(nowhere, self.four)
        tags = self.portfolio("manager", **by_zone).browse(self.one.id).segment_ids
        self.assertEqual(tags.mapped("name"), ["Norte"])
        every = self.portfolio("manager").browse(self.one.id).segment_ids
        self.assertEqual(every.mapped("name"), ["Norte", "Grande", "Gana"])
        by_profit = {"cartera_dimension_id": self.profit.id}
        self.assertEqual(groups(self.seller, **by_profit), {None: 3})

    def test_contacts_and_their_groups(self):
        contacts = self.env["res.partner"].with_user(self.seller)
        found = contacts.search([("cartera_segment_ids", "in", self.north.ids)])
        self.assertEqual(found, self.one.partner_id)
        groups = contacts.with_context(cartera_dimension_id=self.zone.id)._read_group(
            [("cartera_profile_id", "!=", False)], ["cartera_segment_ids"], ["__count"]
        )
        self.assertEqual({segment.name: count for segment, count in groups}, {"Norte": 1, "Sur": 1})

    def test_tags_of_contacts_hide_margins(self):
        """Whoever reads first, and whether by elevated rights."""
        partner = self.one.partner_id
        for user, names in (
            (self.users["manager"], ["Norte", "Grande", "Gana"]),
            (self.seller, ["Norte", "Grande"]),
        ):
            seen = partner.with_user(user).with_context(allowed_company_ids=self.company.ids)
            with self.subTest(user=user.login):
                self.assertEqual(seen.cartera_segment_ids.mapped("name"), names)
                self.assertEqual(seen.sudo().cartera_segment_ids.mapped("name"), names)
                self.assertEqual(seen.cartera_profile_id.segment_ids.mapped("name"), names)
                read = seen.read(["cartera_segment_ids"])[0]["cartera_segment_ids"]
                self.assertEqual(len(read), len(names))
                exported = seen.sudo().export_data(["cartera_segment_ids/name"])["datas"]
                self.assertEqual([row[0] for row in exported], [",".join(names)])
        self.assertFalse(partner.with_user(self.users["internal"]).sudo().cartera_segment_ids)

    def test_key_segments(self):
        known = self.portfolio("manager").browse(self.three.id)
        self.assertEqual(known.key_segment_ids, self.small)
        found = self.portfolio("manager").search([("segment_ids.is_key", "=", True)])
        self.assertEqual(found, self.three)

    def test_entered_this_month(self):
        moves = (
            (self.one, self.south, self.north, "2026-03-02", "account"),
            (self.two, False, self.south, "2026-02-27", "account"),
            (self.three, self.south, self.north, "2026-03-03", "rule"),
        )
        for profile, source, target, day, kind in moves:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO cartera_segment_move (profile_id, company_id, dimension_id,
                                                         from_segment_id, segment_id, date, kind)
                       VALUES (%s, %s, %s, %s, %s, %s, %s)""",
                    profile.id,
                    self.company.id,
                    self.zone.id,
                    source.id if source else None,
                    target.id,
                    day,
                    kind,
                )
            )
        found = self.portfolio("manager").search(
            [
                (
                    "segment_move_ids",
                    "any",
                    [
                        ("date", ">=", "today =1d"),
                        ("kind", "=", "account"),
                        ("segment_id", "!=", False),
                    ],
                )
            ]
        )
        self.assertEqual(found, self.one)

    def test_openings(self):
        seller = self.users["salesperson"]
        action = self.south.with_user(seller).action_open_accounts()
        self.assertEqual(self.opened("salesperson", action), ["Dos"])
        action = self.zone.with_user(seller).action_open_accounts()
        self.assertEqual(action["context"]["cartera_dimension_id"], self.zone.id)
        with self.assertRaises(Exception) as caught:
            self.wins.with_user(seller).action_open_accounts()
        self.assertEqual(type(caught.exception).__name__, "AccessError")
