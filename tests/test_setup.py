"""The set-up's own rules: what it is keyed by, and that no test is forgotten."""

import contextlib
import importlib
import io
import os
import re
import signal
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def load(name):
    """Import a module of bin/lib as the commands in bin/ do."""
    sys.path.insert(0, str(ROOT / "bin"))
    try:
        return importlib.import_module(f"lib.{name}")
    finally:
        sys.path.remove(str(ROOT / "bin"))


class TestSuite(unittest.TestCase):
    """Odoo's runner sees only what the package imports."""

    def test_every_test_file_is_imported(self):
        """A file that is not imported looks green for years."""
        text = (ROOT / "tests" / "__init__.py").read_text("utf-8")
        imported = re.findall(r"\btest_\w+", text)
        files = sorted(path.stem for path in (ROOT / "tests").glob("test_*.py"))
        self.assertEqual(sorted(imported), files)


class TestKeys(unittest.TestCase):
    """A prepared database is used again exactly as long as it would come out the same."""

    def setUp(self):
        """Make a small addon."""
        super().setUp()
        self.addon = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.write("models/partner.py", "one")
        self.write("static/src/board.js", "one")
        self.write("tests/test_it.py", "one")
        self.key = self.digest()

    def write(self, name, text):
        """Write one file of the addon."""
        path = self.addon / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def digest(self):
        """Return the key of the addon as it is now."""
        return load("paths").addon_digest(self.addon)

    def test_changed_code_changes_the_key(self):
        """Contents count."""
        self.write("models/partner.py", "two")
        self.assertNotEqual(self.digest(), self.key)

    def test_renamed_file_changes_the_key(self):
        """Names count."""
        (self.addon / "models/partner.py").rename(self.addon / "models/partners.py")
        self.assertNotEqual(self.digest(), self.key)

    def test_what_is_not_installed_does_not_count(self):
        """Tests, browser code and compiled files are not in a database."""
        self.write("tests/test_it.py", "two")
        self.write("static/src/board.js", "two")
        self.write("models/__pycache__/partner.pyc", "two")
        self.assertEqual(self.digest(), self.key)


class CacheCase(unittest.TestCase):
    """Base of the tests with a cache folder of their own."""

    def setUp(self):
        """Make the folder."""
        super().setUp()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(unittest.mock.patch.object(load("paths"), "cache", lambda: folder))


class TestLocks(CacheCase):
    """The last user of something shared knows that it is the last."""

    def setUp(self):
        """Use the locks of the commands."""
        super().setUp()
        self.locks = load("locks")

    def test_only_the_last_user_is_alone(self):
        """Whoever leaves first is not."""
        first, second = self.locks.Usage("server"), self.locks.Usage("server")
        self.assertFalse(first.leave())
        self.assertTrue(second.leave())

    def test_a_held_lock_is_not_free(self):
        """A living run keeps its databases."""
        with self.locks.exclusive("run-1"), self.locks.if_free("run-1") as free:
            self.assertFalse(free)
        with self.locks.if_free("run-1") as free:
            self.assertTrue(free)


class TestCluster(CacheCase):
    """Whatever state the last run left it in, the next one gets a PostgreSQL that works."""

    def setUp(self):
        """Make a cluster with a database in it."""
        super().setUp()
        self.postgres = load("postgres")
        self.enterContext(contextlib.redirect_stderr(io.StringIO()))
        with self.postgres.running() as server:
            server.sql("CREATE DATABASE kept")
            self.data = server.host

    def names(self):
        """Start the cluster and return its databases."""
        with self.postgres.running() as server:
            return server.sql("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")

    def kill(self):
        """End the server in the middle of its work."""
        with self.postgres.running():
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGKILL)

    def test_the_last_user_stops_it(self):
        """Nothing runs between two runs."""
        self.assertFalse((self.data / "postmaster.pid").exists())

    def test_a_second_user_keeps_it_running(self):
        """The first to leave does not take it away from the other."""
        with self.postgres.running() as server:
            self.assertEqual(self.names(), ["kept", "postgres"])
            self.assertEqual(server.sql("SELECT 1"), ["1"])

    def test_a_killed_server_is_started_again(self):
        """With what it held."""
        self.kill()
        self.assertEqual(self.names(), ["kept", "postgres"])

    def test_a_number_that_belongs_to_another_program_does_not_mislead(self):
        """After a kill, the number in the lock files may be anybody's: here it is ours."""
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self.data / name).write_text(f"{os.getpid()}\n{self.data}\n")
        self.assertEqual(self.names(), ["kept", "postgres"])

    def test_a_crashed_machine_means_starting_over(self):
        """Nothing is synced to the disk, so what a crash leaves cannot be trusted."""
        self.kill()
        (self.data.parent / "boot_id").write_text("another boot")
        self.assertEqual(self.names(), ["postgres"])
