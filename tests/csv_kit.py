"""What the tests of sheets share: sheets in many forms, what became of them, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from example_kit import TEXTS
from example_kit import run as check

from coordlint.config import Asked as Chosen
from coordlint.importers import Imported
from coordlint.importers.csv_import import Asked, import_sheet
from coordlint.importers.csv_names import Around, around
from coordlint.testing import DAY, InMemory

SHEETS = Path(__file__).parent / "importers" / "sheets"
# A first word for what the checks say of the files themselves; anything else is for the sheet to answer for.
OF_THE_TEXT = ("yaml/", "shape/", "reference/", "coordlint/")
# A role that a sheet names and nothing turns to yet is no fault of what was written.
NOT_USED = "reference/orphan"


def sheet(name: str) -> bytes:
    """A sheet as somebody saved it."""
    return (SHEETS / name).read_bytes()


def imported(raw: bytes | str, what: str, *columns: str, beside: Around = Around(), **options: str) -> Imported:  # noqa: B008
    """What a sheet gives."""
    content = raw.encode() if isinstance(raw, str) else raw
    asked = Asked(what, columns, folder="Northgate", **options)
    return import_sheet(content, "sheet.csv", asked, beside, "from-a-sheet" if beside.begun else "")


def organisation(texts: Mapping[str, str] = TEXTS, own: tuple[str, ...] = ()) -> Around:
    """What stands around a sheet that is imported into the example, or into these files."""
    org = InMemory({path: text for path, text in texts.items() if path.endswith(".yaml")})
    return around(org.run(Chosen(select=("yaml",)), DAY).org, frozenset(own))


def data_of(found: Imported) -> dict[str, Any]:
    """All that was declared, by collection."""
    from coordlint import document

    everything: dict[str, Any] = {}
    for path, text in found.files.items():
        if path.endswith(".yaml") and path != "coordlint.yaml":
            (data,) = document.read(path, text.encode()).data
            for collection, declared in data.items():
                if collection == "log":
                    everything.setdefault("log", []).extend(declared)
                else:
                    everything.setdefault(collection, {}).update(declared)
    return everything


def faults(found: Imported, among: Mapping[str, str] | None = None) -> list[str]:
    """What the checks say of the text and the shape of the files, and of names in them."""
    texts = {**(among or {}), **found.files}
    if not (found.counts or among):
        return []
    return [
        f"{each.rule} {each.span.path}:{each.span.line} {each.message}"
        for each in check(texts, preset="strict").findings
        if each.rule.startswith(OF_THE_TEXT) and each.rule != NOT_USED
    ]


def noted(found: Imported, kind: str) -> list[tuple[int, str, str]]:
    """Line, column and words of the notes of a kind."""
    return [(note.line, note.where, note.what) for note in found.notes if note.kind == kind]
