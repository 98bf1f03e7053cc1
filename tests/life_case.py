"""Databases that live through installations and updates, by Odoo's own command line.

Each step runs on a clone that is dropped at the end; the steps depend on each other and take their
time, so they are done once and the tests look at what they left.
"""

import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
ADDON = "crm_cartera"
COMPLAINT = re.compile(r"^[\d-]{10} [\d:,]{12} \d+ (WARNING|ERROR|CRITICAL) .*", re.MULTILINE)
SHELL_LOG = "--log-level=warn"
PRELUDE = "import json\nfrom odoo import Command\nfrom odoo.tools.safe_eval import safe_eval\n"


class LifeCase(unittest.TestCase):
    """Base of the tests with a database that changes from step to step.

    ``setUpClass`` sets ``odoo`` and ``databases``; ``database`` is the one that steps work on.
    """

    maxDiff = None
    database: str

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logs = {}
        cls.odoo, cls.databases = cls.enterClassContext(cls.prepared())

    @staticmethod
    def prepared():
        """Yield (installation, databases) as bin/test uses them."""
        sys.path.insert(0, str(ROOT / "bin"))
        try:
            from lib import testing
        finally:
            sys.path.remove(str(ROOT / "bin"))
        return testing.prepared()

    @classmethod
    def clone(cls, template):
        """Return a clone of a template, which lives as long as the tests of the class."""
        (name,) = cls.enterClassContext(cls.databases.clones(template, "run"))
        return name

    # -- steps ------------------------------------------------------------

    @classmethod
    def command(cls, title, *words, script=None):
        """Run Odoo's command line; its log is kept, its failure is ours."""
        done = subprocess.run(
            [str(word) for word in cls.odoo.command(*words)],
            input=script or "",
            env=cls.odoo.environment(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        cls.logs[title] = done.stderr
        if done.returncode or "Traceback" in done.stderr:
            raise AssertionError(f"{title} ended with {done.returncode}:\n{done.stderr[-5000:]}")
        return done.stdout

    @classmethod
    def run_odoo(cls, title, *words):
        cls.command(title, "-d", cls.database, *words, "--no-http", "--stop-after-init")

    @classmethod
    def shell(cls, title, script, *words):
        """Run a script in Odoo's shell; return what its last line prints as JSON."""
        words = ["shell", "-d", cls.database, "--no-http", SHELL_LOG, *words]
        output = cls.command(title, *words, script=PRELUDE + script)
        return json.loads(output.strip().splitlines()[-1])

    # -- looking ----------------------------------------------------------

    @classmethod
    def fetch(cls, query, database=None):
        connection = psycopg2.connect(
            host=str(cls.odoo.server.host), user="cartera", dbname=database or cls.database
        )
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()
        finally:
            connection.close()

    def assert_clean_logs(self):
        """No step wrote a warning or an error."""
        complaints = {
            title: [match[0] for match in COMPLAINT.finditer(log)]
            for title, log in self.logs.items()
        }
        self.assertEqual(complaints, {title: [] for title in self.logs})
