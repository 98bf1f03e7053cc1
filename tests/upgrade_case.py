"""A database of the first release, updated to the present one.

The first release is in ``data/``, as ``git archive`` made it of its commit (2ddc3f5), without its tests
and what makes its demo data.
"""

import tempfile
import zipfile
from pathlib import Path

from .life_case import ADDON, LifeCase

FIRST_RELEASE = Path(__file__).parent / "data" / "crm_cartera-19.0.1.0.0.zip"
#: The tables of the first release.
OLD_TABLES = (
    "cartera_policy",
    "cartera_profile",
    "cartera_profile_interest_rel",
    "cartera_stage",
    "cartera_touch",
    "cartera_transition",
)

#: What a company did with the first release. Days are counted back from today.
WORK = """
from datetime import timedelta
from odoo import fields
today = fields.Date.today()
ago = lambda days: today - timedelta(days=days)
profiles = env["cartera.profile"]
bolts = env["product.category"].create({"name": "Tornillería"})
bolt = env["product.product"].create(
    {"name": "Tornillo", "categ_id": bolts.id, "standard_price": 60, "taxes_id": False})
client, returned, lead, corner = env["res.partner"].create([
    {"name": name, "is_company": True} for name in ("Cliente", "Devuelto", "Lead", "Mostrador")])

def invoice(partner, day, amount):
    line = Command.create({"product_id": bolt.id, "price_unit": amount})
    move = env["account.move"].create({"move_type": "out_invoice", "partner_id": partner.id,
                                       "invoice_date": day, "invoice_line_ids": [line]})
    move.action_post()
    env.cr.commit()
    return move

for day, amount in ((400, 500), (60, 100), (40, 200), (20, 300)):
    invoice(client, ago(day), amount)
invoice(corner, ago(5), 1000)
wizard = env["account.move.reversal"].with_context(
    active_model="account.move", active_ids=invoice(returned, ago(50), 70).ids)
reversal = wizard.create({"date": ago(45), "journal_id": env["account.journal"].search(
    [("type", "=", "sale")], limit=1).id}).reverse_moves()
env["account.move"].browse(reversal["res_id"]).action_post()
env["crm.lead"].create({"name": "Feria", "type": "opportunity", "partner_id": lead.id,
                        "expected_revenue": 1000, "probability": 40})
env.cr.commit()

find = lambda name: profiles.search([("name", "=", name)])
stage = env["cartera.stage"].create({"name": "Clientes de oro", "lifecycle": "client"})
env.ref("crm_cartera.cartera_stage_detection").write(
    {"name": "Primer contacto", "domain": "[('potential', '>', 5)]", "sequence": 3})
find("Cliente").write({
    "stage_id": stage.id, "potential": 1200, "note": "Llamar", "urgency": "2", "color": 4,
    "interest_categ_ids": bolts.ids, "first_contact_date": "2019-02-03"})
find("Mostrador").action_exclude()
profiles.create({"name": "De antes", "opening_client_date": "2010-01-01",
                 "opening_last_purchase_date": "2020-05-05", "opening_revenue": 12000})
profiles.create({"name": "Por conocer", "potential": 10})
locked = profiles.create({"name": "Fijado"})
locked.set_lifecycle("lead", "Lo dice el director", "2023-01-01", lock=True)
other = env["res.company"].create({"name": "Otra sociedad"})
profiles.create({"name": "Lejana", "company_id": other.id, "opening_client_date": "2015-01-01"})
env["cartera.policy"]._for(env.company).write({"tz": "Europe/Madrid", "take_in_companies": True})
env["ir.filters"].create([
    {"name": "Clientes", "model_id": "res.partner",
     "domain": "[('cartera_lifecycle', '=', 'client'), ('cartera_purchase_count', '>', 1)]"},
    {"name": "Urgentes", "model_id": "cartera.profile", "domain": "[('urgency', '=', '2')]"}])
env.cr.commit()
env["cartera.touch"]._cron_drain()
# What the first release asked for is done; whatever is asked for now, the update asks for.
env["ir.cron.trigger"].search([]).unlink()
env.cr.commit()
print(json.dumps(profiles.with_context(active_test=False).search_count([])))
"""
#: What the job worker does with ours: whatever is due, and what that wakes.
JOBS = """
ours = env["ir.model.data"].search([("module", "=", "crm_cartera"), ("model", "=", "ir.cron")])
env["ir.cron"].search([("id", "not in", ours.mapped("res_id"))]).active = False
env.cr.commit()
for _round in range(3):
    env["ir.cron"]._process_jobs(env.cr.dbname)
print(json.dumps(env["ir.cron.trigger"].search_count([("cron_id.name", "like", "Cartera")])))
"""
#: What the sales manager finds.
OPEN = """
from odoo.fields import Domain
found = {}
manager = env(user=2)
for model in ("cartera.profile", "res.partner", "crm.lead", "account.move", "cartera.snapshot"):
    records = manager[model]
    records.get_views([(False, "list"), (False, "form"), (False, "search")])
    records.search([], limit=20).read()
    for saved in manager["ir.filters"].search([("model_id", "=", model)]):
        found[saved.name] = records.search(Domain(safe_eval(saved.domain))).mapped("name")
found["sees margins"] = manager.user.has_group("crm_cartera.group_margin")
screen = manager["cartera.screen"]
found["concentration"] = screen.get_concentration()["figures"]["account_count"]
found["grid"] = sum(cell["accounts"] for cell in screen.get_rfm_grid()["cells"])
found["retention"] = screen.get_retention()["today"]
print(json.dumps(found))
"""


class UpgradeCase(LifeCase):
    """Base: works with 19.0.1.0.0, updates, lets the jobs run, and remembers what it saw between.

    ``worked``, ``updated``, ``refreshed``: :meth:`look` after each; ``between``: {name: rows} of the
    ``queries`` before the jobs ran; ``opened``: what the manager found in the end.
    """

    queries: dict[str, str] = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = cls.clone(cls.databases.base())
        old = cls.unpack()
        cls.run_odoo("install the first release", "-i", ADDON, old)
        cls.accounts = cls.shell("work", WORK, old)
        cls.columns = {table: cls.get_columns(table) for table in OLD_TABLES}
        cls.worked = cls.look()
        cls.run_odoo("update", "-u", ADDON)
        cls.updated = cls.look()
        cls.between = {name: cls.fetch(query) for name, query in cls.queries.items()}
        cls.left = cls.shell("jobs", JOBS)
        cls.refreshed = cls.look()
        cls.opened = cls.shell("open", OPEN)

    @classmethod
    def unpack(cls) -> str:
        """Return the option that lets Odoo find the first release instead of the present one."""
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        with zipfile.ZipFile(FIRST_RELEASE) as archive:
            archive.extractall(folder)
        return "--addons-path=" + ",".join(map(str, [*cls.odoo.source.addons, folder]))

    @classmethod
    def get_columns(cls, table) -> list[str]:
        rows = cls.fetch(
            f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        )
        return sorted(name for (name,) in rows)

    @classmethod
    def look(cls) -> dict[str, list[dict]]:
        """Return every column that the first release had, of every row."""
        found = {}
        for table, columns in cls.columns.items():
            rows = cls.fetch(f"SELECT {', '.join(columns)} FROM {table}")
            found[table] = sorted((dict(zip(columns, row, strict=True)) for row in rows), key=str)
        return found
