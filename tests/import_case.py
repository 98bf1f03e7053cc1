"""A file, taken in as Odoo's import screen does: preview, matched columns, test, import."""

import csv
import io
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import CarteraCase

OPTIONS = {"quoting": '"', "separator": ",", "encoding": "utf-8", "has_headers": True}


class ImportCase(CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "all_accounts", "manager", "internal")

    def start_import(self, role, model, rows, lang="en_US"):
        """Upload rows, the first one with the headings; return (import, headings, preview)."""
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        env = self.env(
            user=self.users[role].id,
            su=False,
            context={"lang": lang, "allowed_company_ids": self.company.ids},
        )
        upload = env["base_import.import"].create(
            {
                "res_model": model,
                "file": text.getvalue().encode(),
                "file_type": "text/csv",
                "file_name": "cartera.csv",
            }
        )
        preview = upload.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        return upload, rows[0], preview

    def import_file(self, role, model, rows, lang="en_US", columns=None):
        """Import rows; return (messages of the test, messages, ids). Both must say the same.

        ``columns``: {heading: field} where the user chose another one than the screen proposed.
        """
        upload, headings, preview = self.start_import(role, model, rows, lang)
        matches = {index: "/".join(path) for index, path in preview["matches"].items()}
        fields = [
            (columns or {}).get(heading, matches.get(index, False))
            for index, heading in enumerate(headings)
        ]
        self.assertTrue(all(fields), f"columns without a field: {headings} {fields}")
        options = {**preview["options"], "name_create_enabled_fields": {}}
        before = self.count()
        with mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            tested = upload.execute_import(fields, headings, dict(options), dryrun=True)
            # The screen's test and its import are two requests, which share no cache.
            self.env.invalidate_all(flush=False)
            self.assertEqual(self.count(), before, "a test leaves nothing behind")
            done = upload.execute_import(fields, headings, dict(options))
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.brief(tested), self.brief(done))
        if not done.get("ids"):
            self.assertEqual(self.count(), before, "a refused file leaves nothing behind")
        return done["messages"], self.env[model].browse(done.get("ids") or [])

    @contextmanager
    def refused(self, part):
        """Check that what is done is refused with a message that has this part, and undo it."""
        with self.assertRaises(UserError) as caught, mute_logger("odoo.sql_db"):
            yield
        self.assertIn(part, str(caught.exception))

    def brief(self, result):
        return [(m.get("field"), m.get("record"), m["message"]) for m in result["messages"]]

    def count(self):
        """Return how many rows there are of what an import writes."""
        self.env.flush_all()
        tables = ("cartera_profile", "cartera_transition", "res_partner", "crm_lead")
        found = []
        for table in tables:
            self.env.cr.execute(f"SELECT COUNT(*), MAX(write_date) FROM {table}")
            found.append(self.env.cr.fetchone())
        return found
