"""The linters, from environments of their own, apart from Odoo's."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import locks, paths, system, venv
from .shell import SetupError, clean_environment, run, say

NODE_FILES = ("package.json", "package-lock.json", ".npmrc", "eslint.config.mjs")
ADDON = paths.ADDON.name
# Disabled: the first is prettier's business, the second is how Odoo itself writes numbers, and
# README.md is what everybody reads.
OCA_DISABLED = "xml-header-wrong,xml-field-numeric-without-eval,prefer-readme-rst"
# Disabled: it wants terms that are spelt alike in Spanish to count as untranslated.
PO_DISABLED = "po-pretty-format"
# Disabled: one class may be spread over files by subject; somebody else's wizard is extended where
# other models are; going round one's own override is sometimes the point.
PYLINT_DISABLED = "consider-merging-classes-inherited,no-wizard-in-models,super-method-mismatch"


@dataclass(frozen=True)
class Linter:
    """A program that judges the tree, and perhaps one that mends it."""

    name: str
    check: list[object]
    fix: list[object] | None = None


def lint(arguments: list[str]) -> int:
    """Run every linter, or mend what can be mended first with ``--fix``."""
    if not set(arguments) <= {"--fix"}:
        raise SetupError("usage: bin/lint [--fix]")
    system.require(system.python_command, system.node)
    linters = [*_python_linters(), *_node_linters()]
    if arguments:
        for linter in filter(lambda linter: linter.fix, linters):
            _run(linter.fix)
    failed = [linter.name for linter in linters if not _passes(linter)]
    say(f"lint: {', '.join(failed)} failed" if failed else f"lint: {len(linters)} linters passed")
    return 1 if failed else 0


def _passes(linter: Linter) -> bool:
    done = _run(linter.check)
    if done.returncode:
        print(f"--- {linter.name}\n{done.stdout.strip()}", flush=True)
    return not done.returncode


def _run(command: list[object]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        cwd=paths.ROOT,
        env=clean_environment() | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _python_linters() -> list[Linter]:
    constraints = paths.REQUIREMENTS / "constraints-lint.txt"
    programs = venv.ensure("lint", constraints=constraints).parent
    ruff, cache = programs / "ruff", paths.cache()
    checked, formatted = [ruff, "check", "-q"], [ruff, "format", "-q"]
    types = [programs / "mypy", "--no-error-summary", f"--cache-dir={cache / 'mypy'}"]
    oca = [programs / "oca-checks-odoo-module", f"--disable={OCA_DISABLED}", ADDON]
    return [
        Linter("ruff", checked, [*checked, "--fix"]),
        Linter("ruff format", [*formatted, "--diff"], formatted),
        Linter("pylint-odoo", [programs / "pylint", f"--disable={PYLINT_DISABLED}", ADDON]),
        Linter("mypy", [*types, f"{ADDON}/analysis"]),
        Linter("codespell", [programs / "codespell"]),
        Linter("oca-checks-odoo-module", oca),
        *_po_linter(programs),
    ]


def _po_linter(programs: Path) -> list[Linter]:
    catalogues = sorted((paths.ADDON / "i18n").glob("*.po*"))
    names = [path.relative_to(paths.ROOT) for path in catalogues]
    command = [programs / "oca-checks-po", f"--disable={PO_DISABLED}", *names]
    return [Linter("oca-checks-po", command)] if names else []


def _node_linters() -> list[Linter]:
    modules = _node_modules()
    eslint = [modules / ".bin" / "eslint", "--config", modules.parent / "eslint.config.mjs"]
    eslint += ["--no-error-on-unmatched-pattern", "--max-warnings=0", f"{ADDON}/static"]
    plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    prettier = [modules / ".bin" / "prettier", f"--plugin={plugin}", "--log-level=warn"]
    files = [f"{ADDON}/**/*.{{js,scss,xml}}", "*.mjs", "package.json"]
    return [
        Linter("eslint", eslint, [*eslint, "--fix"]),
        Linter("prettier", [*prettier, "--check", *files], [*prettier, "--write", *files]),
    ]


def _node_modules() -> Path:
    """Return a folder of node modules as the lock file wants it, installed if need be."""
    key = paths.digest(*((paths.ROOT / name).read_bytes() for name in NODE_FILES))
    folder = paths.cache() / "node" / key
    if not folder.exists():
        with locks.exclusive("node"):
            if not folder.exists():
                _install_node_modules(folder)
    return folder / "node_modules"


def _install_node_modules(folder: Path) -> None:
    """Install in a temporary folder, which becomes the real one when it is complete."""
    say("installing the JavaScript linters")
    folder.parent.mkdir(exist_ok=True)
    paths.sweep(folder.parent)
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    for name in NODE_FILES:
        shutil.copy2(paths.ROOT / name, new)
    try:
        run(["npm", "ci", "--ignore-scripts"], cwd=new, env={**os.environ, "CI": "true"})
        new.rename(folder)
    finally:
        paths.remove(new)
