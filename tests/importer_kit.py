"""What the tests of importers share: a small sigs.yaml, what became of it, and what is wrong with that."""

from __future__ import annotations

from datetime import date
from os import environ
from pathlib import Path
from typing import Any

import pytest

from coordlint import document, importers, shape
from coordlint.importers import NOTES_FILE, Imported
from coordlint.model.base import Declaration
from coordlint.model.org import Miss, Org

SMALL = (Path(__file__).parent / "importers" / "sigs.yaml").read_text(encoding="utf-8")
FORM = "kubernetes-sigs"
_LARGE = Path(__file__).parents[2] / "shared" / "data" / "kubernetes" / "sigs.yaml"


def community() -> str:
    """The sigs.yaml of the Kubernetes community, which is not part of this repository: COORDLINT_KUBERNETES says where
    it is, else it is beside this repository. A test that asks for it where it is not is skipped."""
    path = Path(environ.get("COORDLINT_KUBERNETES") or _LARGE)
    if not path.is_file():
        pytest.skip(f"the community's own sigs.yaml is not at {path}; COORDLINT_KUBERNETES can say where it is")
    return path.read_text(encoding="utf-8")


def imported(text: str) -> Imported:
    return importers.read(FORM, text, "sigs.yaml")


def data_of(found: Imported, path: str) -> Any:
    (data,) = document.read(path, found.files[path].encode()).data
    return data


def declared(found: Imported) -> dict[str, dict[str, Any]]:
    """All declarations by collection and id."""
    everything: dict[str, dict[str, Any]] = {}
    for path in found.files:
        if path not in ("coordlint.yaml", NOTES_FILE):
            for collection, declarations in data_of(found, path).items():
                everything.setdefault(collection, {}).update(declarations)
    return everything


def own_faults(found: Imported) -> list[str]:
    """What is wrong with the text or the shape of the files, ids that stand twice, and names that nothing bears."""
    said: list[str] = []
    told = []
    for path, text in found.files.items():
        if path == NOTES_FILE:
            continue
        read = document.read(path, text.encode())
        seen = shape.check_house(read) if path == "coordlint.yaml" else shape.check(read)
        said += [f"{path} {problem.rule} {problem.message}" for problem in (*read.problems, *seen.problems)]
        told += seen.told
    org = Org(told, date(2026, 8, 21))
    said += [f"{one.path} and {other.path}: {one.id} twice" for one, other in org.duplicates]
    for declaration in org.all(Declaration):
        for way, ref in declaration.references():
            missed = org.resolve(ref)
            if isinstance(missed, Miss) and missed is not Miss.OUTSIDE:
                said.append(f"{declaration.path} {way}: {ref.text} {missed.value}")
    return said


def plain(text: str) -> Any:
    """The data of a foreign text."""
    return document.read("sigs.yaml", text.encode()).data[0]
