"""The wheel holds the whole addon, and Odoo finds it where pip puts it."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ADDON = "crm_cartera"

FIND_ADDON = """
import sys
from odoo.tools import config
config.parse_config(["--no-http"])
from odoo.modules.module import Manifest
from odoo.modules import module
module.initialize_sys_path()
import odoo.addons.crm_cartera as addon
print(Manifest.for_addon("crm_cartera").path)
print(list(addon.__path__)[0])
print(*sorted({"numpy", "pandas"} & set(sys.modules)))
"""


def tracked_files() -> list[Path]:
    """Return the files that git would put into a clone, as paths relative to the root."""
    # git would refuse a work tree of another user, as root may meet one in CI.
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    names = filter(None, listed.stdout.split("\0"))
    return [Path(name) for name in names if os.path.lexists(ROOT / name)]


def build_wheel(folder: Path) -> Path:
    """Build from a copy: setuptools leaves a build folder, and reuses what it finds in one."""
    source = folder / "source"
    for path in tracked_files():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, source / path, follow_symlinks=False)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
    done = subprocess.run([*command, source], capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"the wheel cannot be built:\n{done.stdout}{done.stderr}")
    return next(folder.glob("*.whl"))


class TestPackaging(unittest.TestCase):
    """Build once, then look into the wheel and install it."""

    @classmethod
    def setUpClass(cls):
        """Build the wheel."""
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.wheel = build_wheel(cls.folder)

    def test_wheel_holds_the_tracked_files(self):
        """Nothing is missing (migrations are easily lost) and nothing else slips in."""
        expected = {
            f"odoo/addons/{path.as_posix()}"
            for path in tracked_files()
            if path.parts[0] == ADDON and path.parts[1] != "tests"
        }
        with zipfile.ZipFile(self.wheel) as archive:
            names = {name for name in archive.namelist() if ".dist-info/" not in name}
        self.assertEqual(names, expected)

    def test_wheel_has_the_name_that_odoo_addons_have(self):
        """The distribution keeps the underscore, as the wheels of the OCA do."""
        with zipfile.ZipFile(self.wheel) as archive:
            metadata = next(name for name in archive.namelist() if name.endswith("/METADATA"))
            lines = archive.read(metadata).decode().splitlines()
        self.assertIn(f"Name: odoo-addon-{ADDON}", lines)
        self.assertIn("Requires-Dist: pandas", [line.split(">")[0].strip() for line in lines])

    def test_odoo_finds_the_installed_addon(self):
        """Beside Odoo in a clean environment, no addons_path is needed.

        Its models do without pandas, which takes every worker time and memory, until the engine runs.
        """
        python = self.install()
        env = {**os.environ, "ODOO_RC": os.devnull, "ODOO_DATA_DIR": str(self.folder / "data")}
        # -P: from the work tree's root the addon would be found without the wheel.
        done = subprocess.run(
            [python, "-P", "-c", FIND_ADDON],
            env=env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        expected = next(self.folder.glob(f"clean/lib/python3*/site-packages/odoo/addons/{ADDON}"))
        self.assertEqual(done.stdout.split(), [str(expected), str(expected)])

    def install(self) -> Path:
        """Install the wheel in a new environment, which borrows Odoo's own requirements."""
        clean = self.folder / "clean"
        venv.create(clean, with_pip=False, symlinks=True)
        site = next(clean.glob("lib/python3*/site-packages"))
        borrowed = [path for path in sys.path if path.endswith("site-packages")]
        (site / "borrowed.pth").write_text("\n".join(borrowed))
        python = clean / "bin" / "python"
        pip = [sys.executable, "-m", "pip", "--python", python, "install"]
        subprocess.run(
            [*pip, "--quiet", "--no-deps", "--no-index", self.wheel],
            check=True,
            capture_output=True,
        )
        return python
