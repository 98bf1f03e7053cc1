"""Files that are right: prospects, leads, and the clients from before Odoo."""

from .common import day
from .import_case import OPTIONS, ImportCase

HEADINGS = ["Account", "Country", "Purchase potential", "Lifecycle", "Reason", "Since"]


class TestImport(ImportCase):
    def test_prospects_and_leads(self):
        """A salesperson's list from a fair."""
        messages, profiles = self.import_file(
            "salesperson",
            "cartera.profile",
            [
                HEADINGS,
                ["Ferretería Gómez", "Spain", "12000", "Lead", "Feria de Valencia", "2024-02-10"],
                ["Suministros Ruiz", "Portugal", "3500.50", "Prospect", "Recomendado", ""],
                ["Talleres Soto", "Spain", "", "", "", ""],
                ["Bricolaje Sanz", "Spain", "900", "lead", "Llamó ella", ""],
            ],
        )
        self.assertEqual(messages, [])
        today = self.env["cartera.policy"]._for(self.company)._today()
        spain, portugal = self.env.ref("base.es"), self.env.ref("base.pt")
        self.assertEqual(
            [
                (p.name, p.country_id, p.potential, p.lifecycle, p.lifecycle_date, p.origin)
                for p in profiles
            ],
            [
                ("Ferretería Gómez", spain, 12000, "lead", day("2024-02-10"), "import"),
                ("Suministros Ruiz", portugal, 3500.5, "prospect", today, "import"),
                ("Talleres Soto", spain, 0, "prospect", today, "import"),
                ("Bricolaje Sanz", spain, 900, "lead", today, "import"),
            ],
        )
        self.assertEqual(profiles.partner_id.mapped("is_company"), [True] * 4)
        self.assertEqual(set(profiles.mapped("stage_id.lifecycle")), {"lead", "prospect"})
        for profile in profiles:
            self.assertEqual(profile.stage_id.lifecycle, profile.lifecycle)
        seller = self.users["salesperson"]
        self.assertEqual(
            [
                (move.to_lifecycle, move.evidence, move.reason, move.user_id)
                for profile in profiles
                for move in profile.transition_ids
            ],
            [
                ("lead", "manual", "Feria de Valencia", seller),
                ("prospect", "added", "Recomendado", seller),
                ("prospect", "added", False, self.env["res.users"]),
                ("lead", "manual", "Llamó ella", seller),
            ],
        )

    def test_clients_from_before(self):
        """The manager's: clients since a date, with what no document here can tell."""
        rows = [
            [*HEADINGS[:1], *HEADINGS[3:]],
            ["Antigua SA", "Client", "Programa anterior", "2010-03-01"],
        ]
        messages, profile = self.import_file("manager", "cartera.profile", rows)
        self.assertEqual(messages, [])
        self.assertEqual((profile.lifecycle, profile.client_date), ("client", day("2010-03-01")))
        self.assertEqual(profile.opening_client_date, day("2010-03-01"))
        self.assertEqual(profile.opening_origin, "imported")
        move = profile.transition_ids
        self.assertEqual(
            (move.evidence, move.reason, move.user_id, move.date),
            ("opening", "Programa anterior", self.users["manager"], day("2010-03-01")),
        )
        messages, _profiles = self.import_file("salesperson", "cartera.profile", rows)
        self.assertEqual([message["field"] for message in messages], ["lifecycle"])
        self.assertIn("sales manager", messages[0]["message"])

    def test_opening_data(self):
        rows = [
            [
                "Account",
                "Client since (before Odoo)",
                "Last purchase (before Odoo)",
                "Yearly revenue (before Odoo)",
            ],
            ["Antigua SA", "2005-04-01", "2023-12-31", "45000"],
            ["Vieja SL", "1999-12-31", "", ""],
        ]
        messages, profiles = self.import_file("manager", "cartera.profile", rows)
        self.assertEqual(messages, [])
        self.assertEqual(profiles.mapped("opening_origin"), ["imported", "imported"])
        self.assertEqual(profiles.mapped("lifecycle"), ["client", "client"])
        self.assertEqual(profiles.mapped("client_date"), [day("2005-04-01"), day("1999-12-31")])
        self.assertEqual(profiles[0].last_purchase_date, day("2023-12-31"))
        self.assertEqual(profiles[0].opening_revenue, 45000)
        self.assertEqual(profiles.lifecycle_user_id, self.users["manager"])
        messages, _profiles = self.import_file("salesperson", "cartera.profile", rows)
        self.assertEqual(
            {message["field"] for message in messages},
            {"opening_client_date", "opening_last_purchase_date", "opening_revenue"},
        )
        profiles[1].write({"opening_revenue": 1})
        self.assertEqual(profiles[1].opening_origin, "typed")

    def test_stage_of_the_lifecycle_asked_for(self):
        messages, profile = self.import_file(
            "salesperson",
            "cartera.profile",
            [
                ["Account", "Lifecycle", "Reason", "Stage"],
                ["Ferretería Gómez", "Lead", "Feria", "Qualification"],
            ],
        )
        self.assertEqual(messages, [])
        qualification = self.env.ref("crm_cartera.cartera_stage_qualification")
        self.assertEqual((profile.lifecycle, profile.stage_id), ("lead", qualification))

    def test_contacts_that_are_there(self):
        """An account of a contact, and again: the same file after an export changes nothing."""
        partner = self.make_account("Ferretería Gómez", ref="C-7")
        self.make_invoice(partner, "2024-03-01")
        profile = self.profile_of(partner)
        other = self.make_account("Suministros Ruiz")
        columns = {"Contact": "partner_id", "ID": ".id"}
        messages, new = self.import_file(
            "manager",
            "cartera.profile",
            [["Contact", "Purchase potential"], ["Suministros Ruiz", "70"]],
            columns=columns,
        )
        self.assertEqual((messages, new.partner_id, new.potential), ([], other, 70))
        rows = [
            ["ID", "Purchase potential", "Lifecycle", "Since", "Reason"],
            [str(profile.id), "500", "Client", "2024-03-01", ""],
        ]
        messages, again = self.import_file("manager", "cartera.profile", rows, columns=columns)
        self.assertEqual((messages, again), ([], profile))
        self.assertEqual((profile.potential, profile.opening_client_date), (500, False))
        self.assertEqual(len(profile.transition_ids), 1)
        rows[1][3:] = ["2011-01-01", "Ya compraba"]
        messages, again = self.import_file("manager", "cartera.profile", rows, columns=columns)
        self.assertEqual(messages, [])
        self.assertEqual(profile.client_date, day("2011-01-01"))
        rows[1][2:] = ["Prospect", "", "Me equivoqué"]
        messages, _ids = self.import_file("manager", "cartera.profile", rows, columns=columns)
        self.assertIn("prove more", messages[0]["message"])
        self.assertEqual(profile.lifecycle, "client")

    def test_contacts_file_with_portfolio_columns(self):
        """The Contacts import takes what people enter of the account."""
        messages, partners = self.import_file(
            "salesperson",
            "res.partner",
            [
                ["Name", "Is a Company", "Purchase potential", "Portfolio notes", "Urgency"],
                ["Ferretería Gómez", "True", "800", "Quiere tornillos", "High"],
                ["Suministros Ruiz", "True", "", "", ""],
            ],
            columns={
                "Purchase potential": "cartera_potential",
                "Portfolio notes": "cartera_note",
                "Urgency": "cartera_urgency",
            },
        )
        self.assertEqual(messages, [])
        profile = self.profile_of(partners[0])
        self.assertEqual(
            (profile.potential, profile.note, profile.urgency), (800, "Quiere tornillos", "2")
        )
        self.assertFalse(self.profile_of(partners[1]))

    def test_policy_takes_in_imported_contacts(self):
        self.env["cartera.policy"]._for(self.company).take_in_companies = True
        _messages, partners = self.import_file(
            "salesperson",
            "res.partner",
            [["Name", "Is a Company"], ["Ferretería Gómez", "True"], ["Ana", "False"]],
        )
        self.assertEqual(partners[0].cartera_profile_id.origin, "policy")
        self.assertFalse(partners[1].cartera_profile_id)

    def test_spanish_headings(self):
        """The screen itself finds the columns of a Spanish file."""
        messages, profile = self.import_file(
            "manager",
            "cartera.profile",
            [
                ["Cuenta", "País", "Potencial de compra", "Ciclo de vida", "Motivo", "Desde"],
                ["Ferretería Gómez", "España", "12000", "Cliente", "De siempre", "2015-01-01"],
            ],
            lang="es_ES",
        )
        self.assertEqual(messages, [])
        self.assertEqual((profile.lifecycle, profile.client_date), ("client", day("2015-01-01")))

    def test_only_what_one_may_enter_is_offered(self):
        """The screen offers no computed column."""
        screen = self.env["base_import.import"].with_user(self.users["manager"])
        offered = {field["id"] for field in screen.get_fields_tree("cartera.profile")}
        request = {"lifecycle", "lifecycle_reason", "lifecycle_date"}
        self.assertLessEqual({"name", "potential", "opening_client_date"} | request, offered)
        self.assertEqual(set(self.profiles._get_refused(offered)), request)
        offered = {field["id"] for field in screen.get_fields_tree("res.partner")}
        self.assertEqual(
            {name for name in offered if name.startswith("cartera_")},
            {
                "cartera_potential",
                "cartera_interest_categ_ids",
                "cartera_urgency",
                "cartera_note",
                "cartera_role_ids",
            },
        )

    def test_many_rows_are_judged_in_one_go(self):
        """A file of leads costs the engine one run, not one a row."""
        runs = []
        engine = type(self.env["cartera.engine"])
        original = engine._run
        self.patch(engine, "_run", lambda self, *a, **k: runs.append(1) or original(self, *a, **k))
        upload, headings, _preview = self.start_import(
            "salesperson",
            "cartera.profile",
            [HEADINGS, *([f"Cuenta {n}", "Spain", "1", "Lead", "Feria", ""] for n in range(60))],
        )
        fields = [
            "name",
            "country_id",
            "potential",
            "lifecycle",
            "lifecycle_reason",
            "lifecycle_date",
        ]
        result = upload.execute_import(fields, headings, dict(OPTIONS))
        self.assertEqual(len(result["ids"]), 60)
        self.assertEqual(len(runs), 1)
