"""A sheet and the folder that it is imported into in, its declarations out, with what stands around them known."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from coordlint.finding import UsageError
from coordlint.importers import THERE_ALREADY, Imported
from coordlint.importers.csv_import import WHATS, Asked, import_sheet
from coordlint.importers.csv_names import Around, around
from coordlint.importers.ids import slug
from coordlint.workspace import Workspace, prefix_of, roots
from coordlint.workspace import around as organisation_around

if TYPE_CHECKING:
    from coordlint.model.org import Org

Record = Mapping[str, Mapping[str, str]]


def key_of(what: str, name: str) -> str:
    """How a record calls a sheet."""
    return f"csv {what} {name}"


def imported(raw: bytes, source: str, asked: Asked, into: str, name: str, recorded: Record) -> Imported:
    """What a sheet gives in a folder. `recorded` is what imports before wrote there; `name` is the sheet's in it."""
    own = recorded.get(key_of(asked.what, name), {})
    root = _root(into) if into else None
    known = Around()
    if root is not None:
        known = _around(root, {_from(root, os.path.join(into, path)) for path in own})
        # Whoever began the organisation with this sheet gets its coordlint.yaml again.
        known = known._replace(begun="coordlint.yaml" not in own)
        left = set() if own else _left_behind(asked.what, into, recorded)
        if left:
            there = _around(root, {_from(root, os.path.join(into, path)) for path in left})
            same = import_sheet(raw, source, asked, there)
            if all(_stands(into, path, text) for path, text in same.files.items()):
                return same
    return import_sheet(raw, source, asked, known, _stem(asked.what, name, into, own, recorded))


def _left_behind(what: str, into: str, recorded: Record) -> set[str]:
    """Files that an import may have written that was killed before it could record them."""
    if what not in WHATS:
        return set()
    first = WHATS[what].file
    paths = {f"{first}.yaml", *(f"{first}-{number}.yaml" for number in range(2, 100))}
    taken = {path for given in recorded.values() for path in given}
    return {path for path in paths - taken if os.path.isfile(os.path.join(into, path))}


def _stands(into: str, path: str, text: str) -> bool:
    """Whether a file stands there as it would be written, or not at all."""
    place = os.path.join(into, path)
    if not os.path.lexists(place):
        return not path.endswith(".yaml")
    try:
        with open(place, "rb") as file:
            return file.read() == text.encode()
    except OSError:
        return False


def newer_of(result: Imported, what: str, name: str, recorded: Record) -> str:
    """The sheet imported before that this one is probably a newer state of; "" where nothing speaks for one."""
    there = sum(1 for note in result.notes if note.kind == THERE_ALREADY)
    prefix = key_of(what, "")
    others = [key.removeprefix(prefix) for key in recorded if key.startswith(prefix) and key != key_of(what, name)]
    return others[-1] if others and there > sum(result.counts.values()) else ""


def _root(into: str) -> str | None:
    """The organisation that a folder lies in; None where one begins there."""
    here = into
    while not os.path.isdir(here):
        here = os.path.dirname(os.path.abspath(here))
    found = organisation_around(here)
    if found is None and os.path.isdir(into):
        try:
            below = roots([into])[0][0]
        except UsageError:
            return None
        raise UsageError(f"`{into}` is no organisation, but `{below}` in it is one; name that")
    return found


def _around(root: str, own: set[str]) -> Around:
    workspace = Workspace(root, prefix_of(root))
    if not workspace.files().files:
        return Around(begun=True)
    org = workspace.org()
    _refuse_unread(org, own, workspace.shown)
    return around(org, own)


def _refuse_unread(org: Org, own: set[str], shown: Callable[[str], str]) -> None:
    unread = next((path for path in org.unread if path not in own), None)
    if unread is not None:
        raise UsageError(
            f"`{shown(unread)}` cannot be read, so that what it declares might be written twice; "
            f"`coordlint check` says what is wrong with it"
        )


def _from(root: str, path: str) -> str:
    return os.path.relpath(os.path.realpath(path), os.path.realpath(root)).replace(os.sep, "/")


def _stem(what: str, name: str, into: str, own: Mapping[str, str], recorded: Record) -> str:
    """How the names of the files begin: as before, else so that none of them is there already."""
    if what not in WHATS:
        return ""
    first = WHATS[what].file
    called = slug(os.path.splitext(name)[0])
    beside = (
        called if called.startswith(f"{first}-") else f"{first}-{called if called not in ('', first) else 'imported'}"
    )
    stems = [first, beside, *(f"{beside}-{number}" for number in range(2, 1000))]
    taken = {path for given in recorded.values() for path in given}
    for stem in stems:
        if f"{stem}.yaml" in own or f"{stem}.import-notes.md" in own:
            return stem
    for stem in stems:
        files = (f"{stem}.yaml", f"{stem}.import-notes.md")
        if not any(file in taken or os.path.lexists(os.path.join(into, file)) for file in files):
            return stem
    raise UsageError(f"`{into}` holds a thousand files such as `{beside}.yaml`; move them away, or name another folder")
