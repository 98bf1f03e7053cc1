"""Segments of margins are nobody's business without the right to see margins, on any path."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .access_case import DENIED, AccessCase
from .common import GROUPS
from .segment_case import SegmentMixin

TRUSTED = ("manager", "trusted")
ROLES_THAT_READ = ("salesperson", "all_accounts", "manager")


class TestSegmentAccess(SegmentMixin, AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["trusted"] = new_test_user(
            cls.env,
            login="cartera_trusted",
            groups=f"{GROUPS['all_accounts']},crm_cartera.group_margin,base.group_allow_export",
        )
        cls.env["cartera.dimension"].search([]).active = False
        cls.plain = cls.make_dimension("tamano", ("Todas", None))
        cls.secret = cls.make_dimension(
            "rentabilidad",
            ("Con margen", "[('margin_12m', '!=', False)]"),
            ("Sin margen", None),
        )
        cls.foreign = cls.make_dimension("ajena", ("Suyas", None), company_id=cls.other_company.id)
        for company in cls.company | cls.other_company:
            cls.sort(company)
        cls.blank = cls.secret.segment_ids[1]
        cls.everybody = cls.plain.segment_ids
        cls.free_profile = cls.profile_of(cls.free)
        cls.env.flush_all()

    def look(self, role, call):
        """Return what somebody gets, an error's name instead of one."""
        try:
            with (
                self.env.cr.savepoint(),
                mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
            ):
                return call(self.env_of(role))
        except (UserError, ValueError) as error:
            return type(error).__name__

    def test_margins_restrict_a_dimension_by_themselves(self):
        self.assertEqual((self.plain | self.secret).mapped("reads_margin"), [False, True])
        self.assertEqual(self.secret.segment_ids.mapped("reads_margin"), [True, True])
        for rule in (
            "[('abc_margin', '=', 'A')]",
            "['!', ('margin_rate', '>', 1)]",
            "[('partner_id.cartera_margin_rate', '>', 1)]",
            "[('partner_id', 'any', [('cartera_abc_margin', '=', 'A')])]",
        ):
            with self.subTest(rule):
                self.everybody.domain = rule
                self.env.flush_all()
                self.assertTrue(self.plain.reads_margin and self.everybody.reads_margin)
                self.everybody.domain = False
                self.assertFalse(self.plain.reads_margin)

    def paths(self, segment):
        """Return {path: call(env)} of all that could tell whether an account is in a segment."""
        ids = [("id", "=", self.free_profile.id)]
        inside = [*ids, ("segment_ids", "in", segment.ids)]
        partner = [("id", "=", self.free.id), ("cartera_segment_ids", "in", segment.ids)]
        return {
            "field": lambda env: (
                segment.id in env["cartera.profile"].browse(self.free_profile.id).segment_ids.ids
            ),
            "read": lambda env: (
                segment.id
                in env["cartera.profile"]
                .browse(self.free_profile.id)
                .read(["segment_ids"])[0]["segment_ids"]
            ),
            "web_read": lambda env: (
                segment.name
                in str(
                    env["cartera.profile"]
                    .browse(self.free_profile.id)
                    .web_read({"segment_ids": {"fields": {"display_name": {}}}})
                )
            ),
            "export": lambda env: (
                segment.name
                in str(
                    env["cartera.profile"]
                    .browse(self.free_profile.id)
                    .export_data(["segment_ids/name"])
                )
            ),
            "search": lambda env: bool(env["cartera.profile"].search_count(inside)),
            "search by name": lambda env: bool(
                env["cartera.profile"].search_count([*ids, ("segment_ids", "ilike", segment.name)])
            ),
            "search by path": lambda env: bool(
                env["cartera.profile"].search_count([*ids, ("segment_ids.name", "=", segment.name)])
            ),
            "search by not": lambda env: (
                not env["cartera.profile"].search_count(
                    [*ids, ("segment_ids", "not in", segment.ids)]
                )
            ),
            "filter": lambda env: bool(
                env["cartera.profile"].browse(self.free_profile.id).filtered_domain(inside)
            ),
            "group": lambda env: (
                segment.id
                in [
                    group.id
                    for group, _count in env["cartera.profile"]._read_group(
                        ids, ["segment_ids"], ["__count"]
                    )
                ]
            ),
            "partner": lambda env: (
                segment.id in env["res.partner"].browse(self.free.id).cartera_segment_ids.ids
            ),
            "partner, sudo": lambda env: (
                segment.id in env["res.partner"].browse(self.free.id).sudo().cartera_segment_ids.ids
            ),
            "partner search": lambda env: bool(env["res.partner"].search_count(partner)),
            "partner path": lambda env: bool(
                env["res.partner"].search_count(
                    [
                        ("id", "=", self.free.id),
                        ("cartera_profile_id.segment_ids", "in", segment.ids),
                    ]
                )
            ),
            "user path": lambda env: bool(
                env["res.users"].search_count(
                    [("partner_id.cartera_segment_ids", "in", segment.ids)]
                )
            ),
            "lead path": lambda env: bool(
                env["crm.lead"].search_count(
                    [("partner_id.cartera_segment_ids", "in", segment.ids)]
                )
            ),
            "partner group": lambda env: (
                segment.id
                in [
                    group.id
                    for group, _count in env["res.partner"]._read_group(
                        [("id", "=", self.free.id)], ["cartera_segment_ids"], ["__count"]
                    )
                ]
            ),
            "segment": lambda env: bool(
                env["cartera.segment"].search_count([("id", "=", segment.id)])
            ),
            "segment name": lambda env: bool(env["cartera.segment"].browse(segment.id).name),
            "dimension": lambda env: bool(
                env["cartera.dimension"].search_count([("id", "=", segment.dimension_id.id)])
            ),
            "move": lambda env: bool(
                env["cartera.segment.move"].search_count(
                    [("profile_id", "=", self.free_profile.id), ("segment_id", "=", segment.id)]
                )
            ),
        }

    def test_who_sees_segments(self):
        for segment, allowed in (
            (self.everybody, ROLES_THAT_READ),
            (self.blank, TRUSTED),
            (self.foreign.segment_ids, ()),
        ):
            for role in (*ROLES_THAT_READ, "trusted", *DENIED):
                for path, call in self.paths(segment).items():
                    with self.subTest(segment=segment.name, role=role, path=path):
                        found = self.look(role, call)
                        if role in allowed or (role in TRUSTED and segment == self.everybody):
                            self.assertIs(found, True)
                        else:
                            self.assertIsNot(found, True)

    def test_no_segment_is_what_one_may_see(self):
        """An account of restricted segments only is, for others, in none."""
        self.plain.active = False
        self.sort()
        domain = [("id", "=", self.free_profile.id), ("segment_ids", "=", False)]
        for role, count in (("salesperson", 1), ("trusted", 0), ("manager", 0)):
            with self.subTest(role):
                found = self.look(role, lambda env: env["cartera.profile"].search_count(domain))
                self.assertEqual(found, count)

    def test_the_superuser_has_read_first(self):
        """What is cached for one is not shown to another in the same transaction."""
        env = self.env_of("salesperson")
        profile = env["cartera.profile"].browse(self.free_profile.id)
        partner = env["res.partner"].browse(self.free.id)
        self.assertEqual(len(profile.sudo().segment_ids), 2)
        self.assertEqual(profile.segment_ids.ids, self.everybody.ids)
        self.assertEqual(partner.cartera_segment_ids.ids, self.everybody.ids)
        self.assertEqual(len(profile.sudo().segment_ids), 2)

    def test_other_company(self):
        theirs = self.profile_of(self.other, self.other_company)
        self.assertIn("Suyas", theirs.segment_ids.mapped("name"))
        self.assertNotIn("Suyas", self.free_profile.segment_ids.mapped("name"))
        seen = self.look("other", lambda env: env["cartera.segment"].search([]).mapped("name"))
        self.assertEqual(sorted(seen), ["Con margen", "Sin margen", "Suyas", "Todas"])
        moves = self.look(
            "other", lambda env: env["cartera.segment.move"].search([]).company_id.ids
        )
        self.assertEqual(moves, self.other_company.ids)

    def test_moves_follow_the_accounts(self):
        found = self.look(
            "salesperson",
            lambda env: env["cartera.segment.move"].search([]).profile_id.partner_id.ids,
        )
        self.assertEqual(set(found), {self.mine.id, self.free.id})

    def test_counts(self):
        for role, count in (("salesperson", 2), ("all_accounts", 3), ("manager", 3)):
            with self.subTest(role):
                found = self.look(
                    role, lambda env: env["cartera.segment"].browse(self.everybody.id).account_count
                )
                self.assertEqual(found, count)

    def test_only_managers_write(self):
        for role, allowed in (
            *(("salesperson", False), ("all_accounts", False), ("trusted", False)),
            *(("internal", False), ("portal", False), ("manager", True)),
        ):
            for call in (
                lambda env: (
                    env["cartera.segment"].browse(self.everybody.id).write({"name": "Nuevo"})
                ),
                lambda env: env["cartera.dimension"].browse(self.plain.id).write({"active": False}),
                lambda env: env["cartera.dimension"].create({"name": "X", "code": "x"}).name,
                lambda env: env["cartera.segment"].browse(self.everybody.id).unlink(),
            ):
                with self.subTest(role=role):
                    found = self.look(role, call)
                    self.assertEqual(found == "AccessError", not allowed, found)
        for model in ("cartera.segment.move", "cartera.dimension.sorting"):
            for method, args in (("write", [{}]), ("unlink", [])):
                with self.subTest(model=model, method=method), self.assertRaises(AccessError):
                    getattr(self.env_of("manager")[model].search([], limit=1).browse(1), method)(
                        *args
                    )
