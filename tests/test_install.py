"""Install on a database with a history, update it, uninstall, and install again."""

from .life_case import ADDON, LifeCase

#: What the company did before the addon came.
HISTORY = """
from odoo import Command
partners = env["res.partner"].create(
    [{"name": name, "is_company": True} for name in ("Cliente", "Lead", "Devuelto", "Nadie")])
client, lead, returned, nobody = partners
contact = env["res.partner"].create({"name": "Ana", "parent_id": lead.id})

def invoice(partner, day):
    line = Command.create({"name": "Tornillos", "price_unit": 100, "tax_ids": False})
    move = env["account.move"].create({"move_type": "out_invoice", "partner_id": partner.id,
                                       "invoice_date": day, "invoice_line_ids": [line]})
    move.action_post()
    return move

for day in ("2022-05-10", "2023-06-01", "2024-07-15"):
    invoice(client, day)
wizard = env["account.move.reversal"].with_context(
    active_model="account.move", active_ids=invoice(returned, "2023-01-01").ids)
reversal = wizard.create({"date": "2023-01-05", "journal_id": env["account.journal"].search(
    [("type", "=", "sale")], limit=1).id}).reverse_moves()
env["account.move"].browse(reversal["res_id"]).action_post()
opportunity = env["crm.lead"].create(
    {"name": "Feria", "type": "opportunity", "partner_id": contact.id})
early = env["crm.lead"].create({"name": "Web", "type": "lead", "partner_id": client.id})
env.flush_all()
env.cr.execute("UPDATE crm_lead SET create_date = '2023-02-03 12:00' WHERE id = %s",
               [opportunity.id])
env.cr.execute("UPDATE crm_lead SET create_date = '2022-01-04 12:00' WHERE id = %s", [early.id])
env.cr.commit()
print(json.dumps(dict(zip(("client", "lead", "returned", "nobody"), partners.ids))))
"""

#: What people do with it: entries, stages of their own, saved filters and exports.
WORK = """
profiles = env["cartera.profile"]
by_name = {profile.name: profile for profile in profiles.search([])}
client, lead = by_name["Cliente"], by_name["Lead"]
env.ref("crm_cartera.cartera_stage_detection").write(
    {"name": "Primer contacto", "domain": "[('potential', '>', 5)]"})
stage = env["cartera.stage"].create({"name": "Clientes de oro", "lifecycle": "client"})
client.write({"stage_id": stage.id, "potential": 5000, "note": "Llamar", "urgency": "2"})
lead.set_lifecycle("client", "Compra desde siempre", "2010-01-01")
added = profiles.create({"name": "Por conocer"})
env["ir.filters"].create([
    {"name": "Nuestros clientes", "model_id": "res.partner",
     "domain": "[('cartera_lifecycle', '=', 'client')]"},
    {"name": "Por fase", "model_id": "crm.lead", "context": "{'group_by': ['cartera_stage_id']}"},
    {"name": "Primeras", "model_id": "account.move",
     "domain": "[('cartera_first_purchase', '=', True)]"},
    {"name": "Por potencial", "model_id": "res.partner", "sort": '["cartera_potential desc"]'},
    {"name": "Urgentes", "model_id": "cartera.profile", "domain": "[('urgency', '=', '3')]"},
    {"name": "De otros", "model_id": "res.partner", "domain": "[('is_company', '=', True)]"},
])
env["ir.exports"].create([
    {"name": "Contactos", "resource": "res.partner",
     "export_fields": [Command.create({"name": n}) for n in ("name", "cartera_potential")]},
    {"name": "Cartera", "resource": "cartera.profile",
     "export_fields": [Command.create({"name": n}) for n in ("name", "potential")]},
    {"name": "Vacía", "resource": "res.partner"},
    {"name": "Solo lo nuestro", "resource": "res.partner",
     "export_fields": [Command.create({"name": "cartera_note"})]},
])
env["ir.default"].set("cartera.profile", "urgency", "1")
env["ir.default"].set("res.partner", "cartera_urgency", "1")
env["ir.attachment"].create(
    {"name": "ficha.txt", "raw": b"x", "res_model": "cartera.profile", "res_id": client.id})
env["ir.model.data"].create({"module": "__export__", "name": "cartera_profile_1",
                             "model": "cartera.profile", "res_id": client.id})
env["ir.ui.view"].create({
    "name": "nuestra vista", "model": "res.partner", "type": "form",
    "inherit_id": env.ref("base.view_partner_form").id,
    "arch": '<field name="ref" position="after"><field name="cartera_note"/></field>'})
env.ref("crm_cartera.cron_drain")._trigger()
env.cr.commit()
print(json.dumps({"stage": stage.id}))
"""

#: What somebody does when the addon is gone.
OPEN = """
from odoo.fields import Domain
found = {}
for model in ("res.partner", "crm.lead", "account.move"):
    records = env[model].with_user(2)
    for views in ([(False, "list"), (False, "form"), (False, "search")],):
        records.get_views(views)
    records.search([]).read()
    for saved in env["ir.filters"].search([("model_id", "=", model)]):
        records.search(Domain(safe_eval(saved.domain)))
        found.setdefault(model, []).append(saved.name)
env["res.partner"].create({"name": "Nueva", "is_company": True}).write({"name": "Otra"})
print(json.dumps(found))
"""

PROFILES = """
SELECT p.partner_id, p.lifecycle, p.client_date::text, p.lead_date::text, p.purchase_count,
       s.name->>'en_US', p.potential::int, p.note, p.urgency
  FROM cartera_profile p JOIN cartera_stage s ON s.id = p.stage_id ORDER BY p.partner_id
"""
TRANSITIONS = """
SELECT p.partner_id, t.kind, t.to_lifecycle, t.date::text, t.evidence, t.evidence_label
  FROM cartera_transition t JOIN cartera_profile p ON p.id = t.profile_id ORDER BY t.date, t.id
"""
STAGES = """
SELECT id, name->>'en_US', lifecycle, sequence, domain, active FROM cartera_stage ORDER BY id
"""
EXPORTS = """
SELECT e.name, (SELECT array_agg(l.name) FROM ir_exports_line l WHERE l.export_id = e.id)
  FROM ir_exports e WHERE e.resource = 'res.partner' ORDER BY e.id
"""
#: Every object of the database whose name says that it is ours.
OBJECTS = """
SELECT 'relation', relname FROM pg_class WHERE relname LIKE '%cartera%'
UNION SELECT 'constraint', conname FROM pg_constraint WHERE conname LIKE '%cartera%'
UNION SELECT 'column', attrelid::regclass || '.' || attname FROM pg_attribute
       WHERE attname LIKE '%cartera%' AND attnum > 0 AND NOT attisdropped
UNION SELECT 'function', proname FROM pg_proc WHERE proname LIKE '%cartera%'
UNION SELECT 'trigger', tgname FROM pg_trigger WHERE tgname LIKE '%cartera%'
UNION SELECT 'type', typname FROM pg_type WHERE typname LIKE '%cartera%'
"""
TEXT_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
  JOIN information_schema.tables USING (table_schema, table_name)
 WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
   AND data_type IN ('text', 'character varying', 'jsonb', 'json')
   AND table_name NOT LIKE 'ir_module_module%'
"""
#: The record of a module is there whether it is installed or not.
ITSELF = ("ir_model_data", "name", "module_crm_cartera")


class TestLifeOfADatabase(LifeCase):
    """From a company's history to the day on which it wants to be rid of us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = cls.clone(cls.databases.base())
        cls.partners = cls.shell("history", HISTORY)
        cls.run_odoo("install", "-i", ADDON)
        cls.installed = cls.look()
        cls.objects = cls.fetch(OBJECTS)
        cls.stage = cls.shell("work", WORK)["stage"]
        cls.worked = cls.look()
        cls.run_odoo("update", "-u", ADDON)
        cls.updated = cls.look()
        cls.uninstall()
        cls.left = cls.fetch(OBJECTS), cls.find_words()
        cls.views = cls.fetch(
            "SELECT name, active FROM ir_ui_view WHERE arch_db::text LIKE '%cartera%'"
        )
        cls.exports = cls.fetch(EXPORTS)
        cls.opened = cls.shell("open", OPEN)
        cls.run_odoo("install again", "-i", ADDON)
        cls.again = cls.look()

    @classmethod
    def uninstall(cls):
        words = ["module", "uninstall", "-c", cls.odoo.conf, "-d", cls.database, ADDON]
        cls.command("uninstall", *words)

    @classmethod
    def look(cls):
        return {
            "profiles": cls.fetch(PROFILES),
            "transitions": cls.fetch(TRANSITIONS),
            "stages": cls.fetch(STAGES),
        }

    @classmethod
    def find_words(cls):
        """Return [(table, column, text)] of every text in the database that names us."""
        found = []
        for table, column in cls.fetch(TEXT_COLUMNS):
            query = f"""SELECT '{table}', '{column}', left("{column}"::text, 200) FROM "{table}"
                         WHERE "{column}"::text ILIKE '%cartera%'"""
            found += cls.fetch(query)
        return found

    # -- tests ------------------------------------------------------------

    def test_history_is_dated_as_the_documents_are(self):
        partners = self.partners
        self.assertEqual(
            [row[:5] for row in self.installed["profiles"]],
            [
                (partners["client"], "client", "2022-05-10", "2022-01-04", 3),
                (partners["lead"], "lead", None, "2023-02-03", 0),
            ],
        )
        self.assertEqual(
            [row[:5] for row in self.installed["transitions"]],
            [
                (partners["client"], "forward", "lead", "2022-01-04", "lead"),
                (partners["client"], "forward", "client", "2022-05-10", "invoice"),
                (partners["lead"], "forward", "lead", "2023-02-03", "lead"),
            ],
        )

    def test_update_keeps_what_people_entered(self):
        self.assertEqual(self.updated, self.worked)
        profiles = {row[0]: row[1:] for row in self.updated["profiles"]}
        self.assertEqual(
            profiles[self.partners["client"]],
            ("client", "2022-05-10", "2022-01-04", 3, "Clientes de oro", 5000, "Llamar", "2"),
        )
        self.assertEqual(profiles[self.partners["lead"]][:2], ("client", "2010-01-01"))
        stages = {row[1]: row for row in self.updated["stages"]}
        self.assertEqual(stages["Primer contacto"][4], "[('potential', '>', 5)]")
        self.assertEqual(stages["Clientes de oro"][0], self.stage)

    def test_uninstall_leaves_no_object(self):
        self.assertIn(("relation", "cartera_profile"), self.objects)
        self.assertIn(("column", "crm_lead.cartera_potential"), self.objects)
        self.assertEqual(self.left[0], [])

    def test_uninstall_leaves_no_word(self):
        """No saved filter, export, default, menu, view, job, right or external id."""
        words = [found for found in self.left[1] if found != ITSELF]
        self.assertEqual([found for found in words if found[0] != "ir_ui_view"], [])

    def test_uninstall_archives_peoples_views(self):
        self.assertEqual(self.views, [("nuestra vista", False)])

    def test_uninstall_keeps_the_rest_of_peoples_exports(self):
        self.assertEqual(self.exports, [("Contactos", ["name"]), ("Vacía", None)])

    def test_contacts_open_afterwards(self):
        self.assertEqual(self.opened["res.partner"], ["De otros"])

    def test_installed_again_the_documents_speak(self):
        """What people entered is gone with the addon; what is proven comes back."""
        self.assertEqual(
            [row[:5] for row in self.again["profiles"]],
            [row[:5] for row in self.installed["profiles"]],
        )

    def test_logs_are_clean(self):
        self.assert_clean_logs()
