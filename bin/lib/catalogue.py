"""Translation catalogues: written without dates, merged, and checked. Runs in Odoo's environment.

python catalogue.py update|check EXPORTED.pot I18N_FOLDER
"""

import difflib
import sys
from pathlib import Path

import polib

ADDON = "crm_cartera"
LANGUAGES = ("es",)
# They change with every export, so that no two exports would ever be equal.
DATES = ("POT-Creation-Date", "PO-Revision-Date")
WIDTH = 78


def load(path: Path) -> polib.POFile:
    """Read a catalogue without its dates."""
    catalogue = polib.pofile(str(path), wrapwidth=WIDTH)
    for name in DATES:
        catalogue.metadata.pop(name, None)
    return catalogue


def merged(template: polib.POFile, catalogue: polib.POFile | None, language: str) -> polib.POFile:
    """Return the template's terms, in its order, with the translations known so far."""
    known = {entry.msgid: entry for entry in catalogue or () if not entry.obsolete}
    result = polib.POFile(wrapwidth=WIDTH)
    result.header = template.header
    plural = {"Language": language, "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    result.metadata = {**template.metadata, **plural}
    for term in template:
        old = known.get(term.msgid)
        result.append(
            polib.POEntry(
                msgid=term.msgid,
                msgstr=old.msgstr if old else "",
                flags=[*term.flags, *(["fuzzy"] if old and old.fuzzy else [])],
                comment=term.comment,
                tcomment=old.tcomment if old else "",
                occurrences=term.occurrences,
            )
        )
    return result


def update(template: polib.POFile, folder: Path) -> int:
    """Write the template and bring the languages' catalogues in line with it."""
    (folder / f"{ADDON}.pot").write_text(f"{template}\n", "utf-8")
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        catalogue = merged(template, load(path) if path.exists() else None, language)
        path.write_text(f"{catalogue}\n", "utf-8")
        print(f"{path.name}: {catalogue.percent_translated()} % translated")
    return 0


def check(template: polib.POFile, folder: Path) -> int:
    """Return 1 if the stored template is stale, or a language has not got all of its terms."""
    problems = stale(template, folder / f"{ADDON}.pot")
    for language in LANGUAGES:
        problems += unfinished(template, folder / f"{language}.po")
    if problems:
        print("\n".join(problems))
        print(f"{len(problems)} problems with the translations: run bin/pot and translate")
    return 1 if problems else 0


def stale(template: polib.POFile, path: Path) -> list[str]:
    """Return what the stored template differs in."""
    stored = path.read_text("utf-8") if path.exists() else ""
    lines = difflib.unified_diff(
        stored.splitlines(), f"{template}\n".splitlines(), path.name, "exported", lineterm="", n=0
    )
    return list(lines)[:40]


def unfinished(template: polib.POFile, path: Path) -> list[str]:
    """Return the terms that are missing, untranslated, fuzzy, or there for nothing."""
    if not path.exists():
        return [f"{path.name} is missing"]
    catalogue = {entry.msgid: entry for entry in load(path)}
    wanted = {entry.msgid for entry in template}
    problems = [f"{path.name}: no term {term!r}" for term in sorted(wanted - catalogue.keys())]
    for term, entry in sorted(catalogue.items()):
        if term not in wanted or entry.obsolete:
            problems.append(f"{path.name}: superfluous {term!r}")
        elif entry.fuzzy or not entry.msgstr.strip():
            problems.append(f"{path.name}: {'fuzzy' if entry.fuzzy else 'untranslated'} {term!r}")
    return problems


if __name__ == "__main__":
    task = {"update": update, "check": check}[sys.argv[1]]
    sys.exit(task(load(Path(sys.argv[2])), Path(sys.argv[3])))
