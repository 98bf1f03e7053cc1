"""Segments travel between databases by Odoo's own export and import."""

from odoo.exceptions import AccessError, ValidationError

from .room_case import RoomCase

FIELDS = [
    "id",
    "name",
    "code",
    "sequence",
    "color",
    "description",
    "segment_ids/id",
    "segment_ids/name",
    "segment_ids/sequence",
    "segment_ids/color",
    "segment_ids/is_key",
    "segment_ids/description",
    "segment_ids/treatment",
    "segment_ids/definition",
]


class TestSegmentDefinition(RoomCase):
    def export(self, dimensions):
        exporter = self.env.ref("base.group_allow_export")
        self.users["manager"].group_ids |= exporter
        rows = dimensions.with_user(self.users["manager"]).export_data(FIELDS)["datas"]
        return [["" if cell is False else str(cell) for cell in row] for row in rows]

    def load(self, rows):
        importer = self.dimensions.with_user(self.users["manager"])
        result = importer.load(FIELDS, rows)
        self.assertFalse(
            [m for m in result["messages"] if m["type"] == "error"], result["messages"]
        )
        return self.dimensions.browse(result["ids"])

    def tell(self, dimensions):
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            (
                d.code,
                d.name,
                [
                    (s.name, s.sequence, s.color, s.is_key, s.treatment, s.domain)
                    for s in d.segment_ids
                ],
            )
            for d in dimensions
        ]

    def test_round_trip_of_all_that_ships(self):
        self.dimensions._add_shipped_segments()
        dimensions = self.dimensions.search([])
        before = self.tell(dimensions)
        rows = self.export(dimensions)
        dimensions.segment_ids.unlink()
        dimensions.unlink()
        # What an import would find in a database that never had them.
        self.env["ir.model.data"].search(
            [("model", "in", ["cartera.dimension", "cartera.segment"])]
        ).unlink()
        self.assertEqual(self.tell(self.load(rows)), before)

    def test_import_again_changes_what_is_there(self):
        dimension = self.make_dimension("viaje", [("Uno", "[('potential', '>', 5)]")])
        rows = self.export(dimension)
        segment = dimension.segment_ids
        segment.write({"name": "Otro", "domain": "[('potential', '>', 9)]"})
        self.assertEqual(self.load(rows), dimension)
        self.assertEqual((segment.name, segment.domain), ("Uno", "[('potential', '>', 5)]"))

    def test_ids_become_external_ids_and_others_again(self):
        france = self.env.ref("base.fr")
        category = self.env["product.category"].create({"name": "Sierras"})
        rules = {
            f"[('country_id', '=', {france.id})]": "[('country_id', '=', 'ref:base.fr')]",
            f"['|', ('country_id', 'in', [{france.id}, False]), ('potential', '>', {france.id})]": (
                f"['|', ('country_id', 'in', ['ref:base.fr', False]), ('potential', '>', {france.id})]"
            ),
            f"[('partner_id', 'any', [('country_id.id', '=', {france.id})])]": (
                "[('partner_id', 'any', [('country_id.id', '=', 'ref:base.fr')])]"
            ),
            "[('country_id.code', '=', 'FR')]": "[('country_id.code', '=', 'FR')]",
            "[('country_id', '!=', False)]": "[('country_id', '!=', False)]",
            "[]": "[]",
        }
        dimension = self.make_dimension("reglas", [(rule, rule) for rule in rules])
        for segment in dimension.segment_ids:
            with self.subTest(rule=segment.domain):
                self.assertEqual(segment.definition, rules[segment.domain])
                before = segment.domain
                segment.definition = rules[before]
                self.assertEqual(segment.domain, before)
        family = self.make_dimension(
            "familia", [("Sierras", f"[('top_categ_id', 'child_of', {category.id})]")]
        ).segment_ids
        self.assertRegex(family.definition, r"'ref:__export__\.product_category_")

    def test_what_is_missing_is_named(self):
        segment = self.make_dimension("falta", [("Uno", "[('potential', '>', 5)]")]).segment_ids
        with self.assertRaisesRegex(ValidationError, "base.atlantida"):
            segment.definition = "[('country_id', '=', 'ref:base.atlantida')]"
        with self.assertRaisesRegex(ValidationError, "base.main_partner"):
            segment.definition = "[('country_id', '=', 'ref:base.main_partner')]"
        with self.assertRaises(ValidationError):
            segment.definition = "no es una regla"
        self.assertEqual(segment.domain, "[('potential', '>', 5)]")

    def test_who_may(self):
        segment = self.make_dimension("permiso", [("Uno", "[('potential', '>', 5)]")]).segment_ids
        for role in ("salesperson", "all_accounts", "internal", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                segment.with_user(self.users[role]).read(["definition"])
