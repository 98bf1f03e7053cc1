"""The set-up's own rules: what it is keyed by, and that no test is forgotten."""

import re
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def load_paths():
    """Import bin/lib as the commands in bin/ do."""
    sys.path.insert(0, str(ROOT / "bin"))
    try:
        from lib import locks, paths
    finally:
        sys.path.remove(str(ROOT / "bin"))
    return locks, paths


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
        _locks, paths = load_paths()
        return paths.addon_digest(self.addon)

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


class TestLocks(unittest.TestCase):
    """The last user of something shared knows that it is the last."""

    def setUp(self):
        """Use a cache folder of our own."""
        super().setUp()
        self.locks, paths = load_paths()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(unittest.mock.patch.object(paths, "cache", lambda: folder))

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
