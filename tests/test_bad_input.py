"""Wrong files, rules and moves: the right column is named, nothing is lost, nothing half-written."""

from odoo.tools import mute_logger

from .common import day
from .import_case import ImportCase

GOOD = ["Buena", "", "", "", ""]
HEADINGS = ["Account", "Purchase potential", "Lifecycle", "Reason", "Since"]
OPENING = ["Account", "Client since (before Odoo)", "Last purchase (before Odoo)"]


class TestBadFiles(ImportCase):
    def assert_refused(self, role, rows, errors, **kwargs):
        """Check the errors, {(line, field): part of the message}, of a file of which no row stays."""
        messages, ids = self.import_file(role, "cartera.profile", rows, **kwargs)
        self.assertFalse(ids)
        found = {self.place(message): message["message"] for message in messages}
        self.assertEqual(found.keys(), errors.keys())
        self.assertEqual(len(messages), len(errors), "each error once")
        for place, part in errors.items():
            self.assertIn(part, found[place])

    def place(self, message):
        """Return (line, field); cells that Odoo cannot read have a path and no line."""
        if message["record"] is False:
            return None, message["field_path"][0]
        return message["record"] + 1, message.get("field")

    def test_cells(self):
        """One wrong cell in line 2; line 1 and 3 are right and stay out too."""
        for row, errors in (
            (["X", "", "Amigo", "Feria", ""], {(2, "lifecycle"): "Amigo"}),
            (["X", "-5", "", "", ""], {(2, "potential"): "cannot be negative"}),
            (["X", "mucho", "", "", ""], {(None, "potential"): "mucho"}),
            (["X", "", "Lead", "", ""], {(2, "lifecycle_reason"): "needs a reason"}),
            (["X", "", "Lead", " ", "2024-01-01"], {(2, "lifecycle_reason"): "needs a reason"}),
            (["X", "", "Lead", "Feria", "2999-01-01"], {(2, "lifecycle_date"): "in the future"}),
            (["X", "", "Client", "Feria", "2999-01-01"], {(2, "lifecycle_date"): "in the future"}),
            (["X", "", "Lead", "Feria", "2024-02-31"], {(None, "lifecycle_date"): "line 2"}),
            (["X", "", "Prospect", "", "2024-01-01"], {(2, "lifecycle_date"): "leave it empty"}),
            (["X", "", "", "Feria", ""], {(2, "lifecycle"): "changes nothing"}),
            (["", "5", "", "", ""], {(2, "name"): "a name"}),
            (
                ["X", "-5", "Lead", "", ""],
                {
                    (2, "potential"): "cannot be negative",
                    (2, "lifecycle_reason"): "needs a reason",
                },
            ),
        ):
            with self.subTest(row=row):
                self.assert_refused("manager", [HEADINGS, GOOD, row, GOOD], errors)

    def test_opening_data(self):
        for row, errors in (
            (["X", "2999-01-01", ""], {(2, "opening_client_date"): "in the future"}),
            (
                ["X", "2010-01-01", "2999-01-01"],
                {(2, "opening_last_purchase_date"): "in the future"},
            ),
            (["X", "2010-01-01", "2009-12-31"], {(2, "opening_last_purchase_date"): "is before"}),
            (["X", "ayer", ""], {(None, "opening_client_date"): "ayer"}),
        ):
            with self.subTest(row=row):
                good = ["Buena", "2001-01-01", "2002-01-01"]
                self.assert_refused("manager", [OPENING, good, row, good], errors)

    def test_column_of_a_computed_figure(self):
        """Chosen by hand on the screen, or sent by a program."""
        for role, heading, field in (
            ("manager", "Purchases", "purchase_count"),
            ("manager", "Client since", "client_date"),
            ("manager", "Last purchase", "last_purchase_date"),
            ("salesperson", "Next action", "next_action_date"),
            ("salesperson", "Opening revenue", "opening_revenue"),
        ):
            with self.subTest(field=field):
                value = "7" if field in ("purchase_count", "opening_revenue") else "2020-01-01"
                self.assert_refused(
                    role,
                    [["Account", heading], ["X", value]],
                    {(1, field): "opening data" if "opening" in field else "documents"},
                    columns={heading: field},
                )

    def test_many_wrong_lines(self):
        """Each in its own line."""
        rows = [HEADINGS, *([f"C{n}", "-1" if n % 2 else "1", "", "", ""] for n in range(8))]
        errors = {(n + 1, "potential"): "negative" for n in range(8) if n % 2}
        self.assert_refused("manager", rows, errors)

    def test_stage_of_another_lifecycle(self):
        messages, ids = self.import_file(
            "manager", "cartera.profile", [["Account", "Stage"], ["X", "Qualification"]]
        )
        self.assertFalse(ids)
        self.assertEqual(messages[0]["field"], "stage_id")
        self.assertIn("Qualification", messages[0]["message"])

    def test_account_that_is_known(self):
        """Lines of accounts that are there; what they say of them is checked as well."""
        partner = self.make_account("Ferretería Gómez")
        self.make_invoice(partner, "2024-03-01")
        profile = self.profile_of(partner)
        known = str(profile.id)
        headings = ["ID", "Lifecycle", "Reason", "Since"]
        for role, row, errors in (
            ("manager", [known, "Lead", "x", ""], {(1, "lifecycle"): "prove more"}),
            ("manager", [known, "Prospect", "", ""], {(1, "lifecycle_reason"): "needs a reason"}),
            ("manager", [known, "Client", "x", "2999-01-01"], {(1, "lifecycle_date"): "future"}),
            (
                "all_accounts",
                [known, "Client", "x", "2010-01-01"],
                {(1, "lifecycle"): "sales manager"},
            ),
        ):
            with self.subTest(role=role, row=row):
                self.assert_refused(role, [headings, row], errors, columns={"ID": ".id"})
                self.assertEqual(profile.client_date, day("2024-03-01"))
                self.assertEqual(len(profile.transition_ids), 1)

    def test_contact_that_is_an_account_already(self):
        partner = self.make_account("Ferretería Gómez")
        self.profiles._ensure(partner)
        messages, ids = self.import_file(
            "manager",
            "cartera.profile",
            [["Contact", "Purchase potential"], ["Ferretería Gómez", "70"]],
            columns={"Contact": "partner_id"},
        )
        self.assertFalse(ids)
        self.assertIn("in the portfolio already", messages[0]["message"])
        self.assertEqual(messages[0]["field"], "partner_id")

    def test_contacts_file(self):
        """The Contacts import names its own columns."""
        for column, value, part in (
            ("cartera_potential", "-5", "cannot be negative"),
            ("cartera_lifecycle", "Client", "documents"),
            ("cartera_purchase_count", "3", "documents"),
        ):
            with self.subTest(column=column):
                messages, ids = self.import_file(
                    "manager",
                    "res.partner",
                    [["Name", "Figure"], ["Buena", ""], ["X", value]],
                    columns={"Figure": column},
                )
                self.assertFalse(ids)
                self.assertIn(column, {message["field"] for message in messages})
                self.assertIn(part, messages[-1]["message"])

    def test_spanish_errors_name_the_same_fields(self):
        messages, ids = self.import_file(
            "manager",
            "cartera.profile",
            [
                ["Cuenta", "Potencial de compra", "Ciclo de vida", "Motivo"],
                ["X", "-1", "Lead", ""],
            ],
            lang="es_ES",
        )
        self.assertFalse(ids)
        self.assertEqual(
            {message["field"] for message in messages}, {"potential", "lifecycle_reason"}
        )


class TestBadValues(ImportCase):
    def test_typed(self):
        """The form says the same as the file."""
        manager = self.users["manager"]
        profile = self.profiles.create({"name": "Nueva"}).with_user(manager)
        for vals, label in (
            ({"potential": -1}, "Purchase potential"),
            ({"opening_revenue": -1}, "Yearly revenue"),
            ({"opening_client_date": "2999-01-01"}, "Client since"),
            ({"first_contact_date": "2999-01-01"}, "First contact"),
            (
                {
                    "opening_client_date": "2010-01-01",
                    "opening_last_purchase_date": "2009-01-01",
                },
                "Last purchase",
            ),
        ):
            with self.subTest(vals=vals), self.refused(label):
                profile.write(vals)
            self.assertEqual(profile.lifecycle, "prospect")

    def test_last_purchase_before_a_date_typed_earlier(self):
        profile = self.profiles.create({"name": "Nueva", "opening_client_date": "2010-01-01"})
        with self.refused("is before"):
            profile.opening_last_purchase_date = "2009-01-01"

    def test_contact_of_nothing(self):
        with self.refused("name"):
            self.profiles.with_user(self.users["salesperson"]).create({"potential": 5})
        with self.refused("own companies"):
            self.profiles.create({"partner_id": self.company.partner_id.id})

    def test_from_the_contact(self):
        partner = self.make_account().with_user(self.users["salesperson"])
        with self.refused("cannot be negative"):
            partner.cartera_potential = -5
        with self.refused("documents"):
            partner.write({"cartera_purchase_count": 5})
        self.assertFalse(self.profile_of(partner), "nothing half-written")


class TestBadStages(ImportCase):
    def setUp(self):
        super().setUp()
        self.stage = self.env["cartera.stage"].create(
            {"name": "Con regla", "lifecycle": "prospect", "sequence": 20}
        )

    def test_rules(self):
        """Every rule that cannot be judged in the background is refused when it is saved."""
        for rule in (
            "[('no_such_field', '=', 1)]",
            "[('partner_id.no_such_field', '=', 1)]",
            "[('user_id', '=', uid)]",
            "[('client_date', '>', context_today())]",
            "[('client_date', '>', 'the day before yesterday')]",
            "[('potential', '>', 'mucho')]",
            "[('potential', 'mayor', 3)]",
            "[('next_action_summary', '=', 'x')]",
            "[('potential', '>', 1)",
            "potential > 1",
            "{'potential': 1}",
            "__import__('os').system('true')",
        ):
            with self.subTest(rule=rule), self.refused("Con regla"), mute_logger("odoo.domains"):
                self.stage.domain = rule
            self.assertFalse(self.stage.domain)

    def test_rule_in_a_file(self):
        messages, ids = self.import_file(
            "manager",
            "cartera.stage",
            [
                ["Name", "Lifecycle", "Automatic rule"],
                ["Buena", "Lead", "[('potential', '>', 5)]"],
                ["Mala", "Lead", "[('no_such_field', '=', 1)]"],
            ],
        )
        self.assertFalse(ids)
        self.assertIn("no_such_field", messages[-1]["message"])
        self.assertFalse(self.env["cartera.stage"].search([("name", "in", ["Buena", "Mala"])]))

    def test_used_stage_that_is_deleted(self):
        """Its accounts go to the first stage of their lifecycle; nothing else of them changes."""
        profile = self.profiles.create({"name": "Nueva", "stage_id": self.stage.id, "potential": 5})
        self.stage.with_user(self.users["manager"]).unlink()
        detection = self.env.ref("crm_cartera.cartera_stage_detection")
        self.assertEqual((profile.stage_id, profile.potential), (detection, 5))
        self.assertEqual(profile.lifecycle, "prospect")

    def test_last_stages_together(self):
        """Not one by one, nor all at once."""
        profile = self.profiles.create({"name": "Nueva", "stage_id": self.stage.id})
        stages = self.env["cartera.stage"].search([("lifecycle", "=", "prospect")])
        with self.refused("Prospect"):
            stages.with_user(self.users["manager"]).unlink()
        self.assertEqual(profile.stage_id, self.stage)
        self.assertEqual(stages.exists().mapped("active"), [True] * len(stages))

    def test_lifecycle_of_a_used_stage(self):
        self.profiles.create({"name": "Nueva", "stage_id": self.stage.id})
        with self.refused("Con regla"):
            self.stage.lifecycle = "client"

    def test_drag_into_another_lifecycle(self):
        """By the kanban's own call; the account stays where it was, with what else was sent."""
        profile = self.profiles.create({"name": "Nueva", "user_id": self.users["salesperson"].id})
        sale = self.env.ref("crm_cartera.cartera_stage_sale")
        before = profile.stage_id
        mine = profile.with_user(self.users["salesperson"])
        with self.refused("Set lifecycle"):
            mine.web_save({"stage_id": sale.id, "note": "a medias"}, {})
        self.assertEqual((profile.stage_id, profile.note), (before, False))
