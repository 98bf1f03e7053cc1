"""What stands on the customer sheet, and how bridges add to it."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import new_test_user

from .screen_case import TODAY
from .sheet_case import SheetCase


class TestSheet(SheetCase):
    def test_blocks_in_their_order(self):
        blocks = self.sheet()["blocks"]
        sequences = [block["sequence"] for block in blocks]
        self.assertEqual(sequences, sorted(sequences))
        codes = [block["code"] for block in blocks]
        self.assertEqual(codes[:3], ["header", "alerts", "figures"])
        for code in ("attended", "bought", "owed", "opportunities", "contacts", "preferences"):
            self.assertIn(code, codes)

    def test_without_an_account(self):
        self.assertEqual(self.call("salesperson", "get_sheet"), {"id": False})

    def test_header(self):
        segment = self.env["cartera.segment"].search([], limit=1)
        segment.write({"treatment": "Visit it", "color": 4})
        self.set_figures(self.profile, retention_status="at_risk", abc_revenue="A", rfm_score="155")
        self.profile.sudo().segment_ids = segment
        header = self.blocks()["header"]
        self.assertEqual(header["lifecycle"]["value"], "prospect")
        self.assertEqual(header["reached"]["phone"], "612345678")
        self.assertEqual(
            [(each["name"], each["text"]) for each in header["judged"]],
            [("retention_status", "At risk"), ("abc_revenue", "A"), ("rfm_score", "155")],
        )
        self.assertEqual(
            [(each["name"], each["color"]) for each in header["segments"]], [(segment.name, 4)]
        )
        self.assertEqual(header["treatments"], [{"segment": segment.name, "text": "Visit it"}])
        self.assertEqual(header["user"]["id"], self.seller.id)

    def test_figures_open_what_is_behind(self):
        self.set_figures(self.profile, revenue_12m=0, overdue=10, receivable=30)
        figures = {each["name"]: each for each in self.blocks()["figures"]["figures"]}
        self.assertEqual(figures["revenue_12m"]["value"], 0, "zero is a figure")
        self.assertIsNone(figures["affinity_score"]["value"], "what is not known is none")
        self.assertIsNone(figures["potential"]["value"], "nobody said what it could buy")
        self.assertEqual(figures["receivable"]["below"]["value"], 10)
        for figure in figures.values():
            if figure["opens"]:
                with self.subTest(figure=figure["name"]):
                    action = self.profile.with_user(self.seller).action_open_figure(figure["name"])
                    self.assertTrue(action["type"].startswith("ir.actions."))

    def test_alerts(self):
        self.assertEqual(self.alerts().keys() - {"missing"}, {"no_action"})
        self.set_figures(
            self.profile,
            overdue=1250,
            retention_status="lost",
            next_action_date=TODAY - timedelta(days=2),
            expected_purchase_date=TODAY - timedelta(days=9),
        )
        alerts = self.alerts()
        found = [code for code in alerts if code != "missing"]
        self.assertEqual(set(found), {"overdue", "retention", "action_overdue"})
        levels = [alert["level"] for alert in alerts.values()]
        self.assertEqual(levels, sorted(levels, key=["danger", "warning", "info"].index))
        self.assertIn("1,250", alerts["overdue"]["text"])
        self.assertEqual(alerts["overdue"]["figure"], "overdue")
        self.set_figures(self.profile, retention_status="active", overdue=0)
        self.assertEqual(self.alerts().keys() - {"missing"}, {"expected", "action_overdue"})

    def test_alerts_of_leads_contacts_and_gaps(self):
        self.env["cartera.policy"]._for(self.company).write(
            {"contact_limit_count": 3, "contact_limit_days": 30}
        )
        stage = self.profile.stage_id
        wanted = self.env["ir.model.fields"]._get("cartera.profile", "potential")
        stage.wanted_field_ids = [Command.set(wanted.ids)]
        self.set_figures(self.profile, unanswered_lead_date=TODAY, contact_count=2)
        self.assertEqual(self.alerts()["lead"]["figure"], "lead_count")
        self.assertNotIn("contacts", self.alerts())
        self.set_figures(self.profile, contact_count=3)
        self.assertIn("3 times in the last 30 days", self.alerts()["contacts"]["text"])
        self.assertIn("Purchase potential", self.alerts()["missing"]["text"])
        self.profile.potential = 100
        self.assertNotIn("missing", self.alerts())

    def test_parked_accounts_are_the_managers_business(self):
        self.env["cartera.touch"].sudo().create(
            {"partner_id": self.partner.id, "root_id": self.company.id, "parked": True}
        )
        self.assertIn("parked", self.alerts("manager"))
        self.assertNotIn("parked", self.alerts())

    def test_who_attended_it(self):
        for user, days in ((self.seller, 1), (self.seller, 9), (self.colleague, 3)):
            self.partner.activity_schedule(
                "mail.mail_activity_data_call", user_id=user.id
            ).action_done()
            self.env.flush_all()
            self.env.cr.execute(
                """UPDATE mail_activity SET date_done = %s
                    WHERE id = (SELECT MAX(id) FROM mail_activity WHERE NOT active)""",
                (TODAY - timedelta(days=days),),
            )
        self.env.invalidate_all()
        attended = self.blocks()["attended"]
        self.assertEqual(
            [(row["user"]["id"], row["count"], row["last"]) for row in attended["rows"]],
            [(self.seller.id, 2, "2026-03-14"), (self.colleague.id, 1, "2026-03-12")],
        )
        self.assertEqual(attended["count"], 3)
        action = self.call(
            "salesperson", "open_sheet", self.profile.id, "attended", record_id=self.colleague.id
        )
        self.assertEqual(len(self.listed("salesperson", action)), 1)

    def test_what_the_account_wrote(self):
        """By a portal user too; whoever writes the answers is named."""
        customer = new_test_user(
            self.env, login="sheet_customer", groups="base.group_portal", name="Pepa"
        )
        customer.partner_id.parent_id = self.partner
        person = self.env["res.partner"].create({"name": "Ana", "parent_id": self.partner.id})
        for author in (person, person, customer.partner_id):
            self.partner.message_post(
                body="Hola", message_type="email", author_id=author.id, email_from="a@example.com"
            )
        self.drain()
        rows = self.blocks()["attended"]["rows"]
        self.assertEqual(
            [(row["who"], row["user"]["name"], row["count"]) for row in rows],
            [("account", False, 2), ("user", "Pepa", 1)],
        )
        action = self.call("salesperson", "open_sheet", self.profile.id, "attended")
        self.assertEqual(action["domain"][-1], ["kind", "in", ["email", "comment"]])

    def log(self, problem, user=None, **vals):
        """Capture a call about a problem, as the dialog does."""
        activity = self.partner.with_user(user or self.seller).activity_schedule(
            "mail.mail_activity_data_call", user_id=(user or self.seller).id
        )
        kind = self.env["cartera.contact.kind"].search([("activity_type_id", "!=", False)], limit=1)
        activity.write({"cartera_kind_id": kind.id, "cartera_problem": problem, **vals})
        activity.action_done()
        return kind

    def test_how_it_was_answered(self):
        self.assertNotIn("answered", self.blocks())
        kind = self.log("Llegó roto", cartera_answer="Se repuso")
        self.log("Falta una caja")
        rows = self.blocks()["answered"]["rows"]
        self.assertEqual(
            [(row["problem"], row["answer"], row["kind"]) for row in rows],
            [("Falta una caja", False, kind.name), ("Llegó roto", "Se repuso", kind.name)],
            "what waits for an answer comes first",
        )
        alert = self.alerts()["problem"]
        self.assertEqual((alert["level"], alert["action"]), ("danger", "action_answer_problem"))
        self.assertIn("Falta una caja", alert["text"])

    def test_problems_of_private_meetings(self):
        """Of a colleague's private meeting there is its date only."""
        kind = self.env["cartera.contact.kind"].search([], limit=1)
        event = self.env["calendar.event"].create(
            {
                "name": "Privada",
                "start": f"{TODAY - timedelta(days=3)} 09:00:00",
                "stop": f"{TODAY - timedelta(days=3)} 10:00:00",
                "user_id": self.colleague.id,
                "privacy": "private",
                "partner_ids": [Command.set((self.partner | self.colleague.partner_id).ids)],
                "cartera_kind_id": kind.id,
                "cartera_problem": "Un secreto",
            }
        )
        self.drain()
        self.assertNotIn("secreto", str(self.sheet()))
        attended = self.blocks()["attended"]
        self.assertEqual([row["who"] for row in attended["rows"]], ["private"])
        self.assertNotIn("Colleague", str(attended))
        event.privacy = "public"
        self.assertIn("secreto", str(self.sheet()))

    def test_contacts_with_a_role_come_first(self):
        decides = self.env.ref("crm_cartera.contact_role_decision_maker")
        self.env["res.partner"].create(
            [
                {"name": "Ana", "parent_id": self.partner.id},
                {
                    "name": "Zoe",
                    "parent_id": self.partner.id,
                    "cartera_role_ids": [Command.set(decides.ids)],
                },
                {"name": "Almacén", "parent_id": self.partner.id, "type": "delivery"},
            ]
        )
        contacts = self.blocks()["contacts"]
        self.assertEqual([row["name"] for row in contacts["rows"]], ["Zoe", "Ana"])
        self.assertEqual(contacts["rows"][0]["roles"][0]["name"], "Decision maker")
        self.assertEqual(contacts["count"], 2)

    def test_preferences(self):
        definitions = self.env["properties.base.definition"]
        definition = definitions._get_definition_for_property_field("res.partner", "properties")
        languages = [["es", "Spanish"], ["en", "English"]]
        definition.properties_definition = [
            {"name": "a1", "type": "char", "string": "Delivers at"},
            {"name": "a2", "type": "boolean", "string": "Wants samples"},
            {"name": "a3", "type": "selection", "string": "Speaks", "selection": languages},
            {"name": "a4", "type": "integer", "string": "Shops"},
            {"name": "a5", "type": "char", "string": "Blank"},
            {"name": "a6", "type": "date", "string": "Closed until"},
            {"name": "a7", "type": "tags", "string": "Days", "tags": [["mo", "Monday", 1]]},
            {"name": "a8", "type": "many2one", "string": "Agent", "comodel": "res.users"},
        ]
        self.partner.properties = {
            "a1": "Mornings",
            "a2": True,
            "a3": "es",
            "a4": 3,
            "a6": "2026-04-01",
            "a7": ["mo"],
            "a8": self.colleague.id,
        }
        lines = self.blocks()["preferences"]["lines"]
        self.assertEqual(
            [(line["label"], line["value"]) for line in lines],
            [
                ("Delivers at", "Mornings"),
                ("Wants samples", "Yes"),
                ("Speaks", "Spanish"),
                ("Shops", "3"),
                ("Closed until", "04/01/2026"),
                ("Days", "Monday"),
                ("Agent", "Colleague"),
            ],
        )

    def test_open_opportunities(self):
        self.make_lead(self.partner, user_id=self.seller.id, expected_revenue=500)
        self.make_lead(self.partner, user_id=self.seller.id, name="Perdida").action_set_lost()
        block = self.blocks()["opportunities"]
        self.assertEqual([row["name"] for row in block["rows"]], ["Oportunidad"])
        action = self.call("salesperson", "open_sheet", self.profile.id, "opportunities")
        self.assertEqual(self.listed("salesperson", action), ["Oportunidad"])

    def test_a_bridge_adds_a_block(self):
        """As the module's documentation says: a code with its place, and a method that makes it."""
        sheet = type(self.env["cartera.screen.sheet"])
        codes = sheet._get_sheet_codes

        def make(self, profile):
            lines = [{"label": "Pallets", "value": profile.name}]
            return {"title": "Stock", "lines": lines}

        with (
            patch.object(
                sheet, "_get_sheet_codes", lambda self: {**codes(self), "stock": 25, "none": 26}
            ),
            patch.object(sheet, "_get_sheet_block_stock", make, create=True),
            patch.object(sheet, "_get_sheet_block_none", lambda *_args: None, create=True),
        ):
            blocks = self.sheet()["blocks"]
        found = [block["code"] for block in blocks]
        self.assertEqual(found[:4], ["header", "alerts", "stock", "figures"])
        self.assertEqual(blocks[2]["lines"][0]["value"], "Ferretería Gómez")

    def test_ways_to_the_sheet(self):
        for action in (
            self.profile.with_user(self.seller).action_open_sheet(),
            self.partner.with_user(self.seller).action_cartera_open_sheet(),
        ):
            self.assertEqual(action["tag"], "crm_cartera.account_sheet")
            self.assertEqual(action["params"], {"profile_id": self.profile.id})
            self.assertEqual(action["path"], "cartera-account")
