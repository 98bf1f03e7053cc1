"""Package the addon as ``odoo-addon-crm_cartera``; every fact comes from its manifest."""

import ast
from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).parent
ADDON = ROOT / "crm_cartera"
MANIFEST = ast.literal_eval((ADDON / "__manifest__.py").read_text("utf-8"))
SERIES = ".".join(MANIFEST["version"].split(".")[:2])
PACKAGE = f"odoo.addons.{ADDON.name}"
# Listed one by one: setuptools sees no package in ``migrations/19.0.2.0.0``. The link to the
# tests is a folder of its own, which the listing does not enter.
FILES = [path.relative_to(ADDON) for path in sorted(ADDON.rglob("*")) if path.is_file()]

if SERIES != "19.0":
    raise SystemExit(f"the addon is made for Odoo 19.0, its manifest says {SERIES}")

setup(
    name=f"odoo-addon-{ADDON.name}",
    version=MANIFEST["version"],
    description=MANIFEST["summary"],
    long_description=(ROOT / "README.md").read_text("utf-8"),
    long_description_content_type="text/markdown",
    author=MANIFEST["author"],
    license=MANIFEST["license"],
    classifiers=["Framework :: Odoo", f"Framework :: Odoo :: {SERIES}"],
    python_requires=">=3.10",
    # Odoo itself is not on PyPI, so it cannot be asked for here.
    install_requires=MANIFEST.get("external_dependencies", {}).get("python", []),
    packages=[PACKAGE],
    package_dir={PACKAGE: ADDON.name},
    package_data={
        PACKAGE: [
            path.as_posix() for path in FILES if path.parts[0] != "tests" and path.suffix != ".pyc"
        ]
    },
    zip_safe=False,
)
