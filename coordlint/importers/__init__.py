"""Foreign text in, files of declarations out, with a note on all that was guessed, changed, left open or left out.

An importer is a module with `read(text, source) -> Imported`; `source` is what messages call the text, mostly its
path. It opens no file and writes none. The same text gives the same bytes. The one for sheets, `csv_import`, asks for
more: what the rows are, and what the organisation around declares already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import NamedTuple

from coordlint.finding import UsageError

GUESSED = "guessed"
CHANGED = "changed"
LEFT_OPEN = "left open"
IN_WORDS = "kept in words"
LEFT_OUT = "left out"
THERE_ALREADY = "there already"
KINDS_OF_NOTE = (GUESSED, CHANGED, LEFT_OPEN, IN_WORDS, LEFT_OUT, THERE_ALREADY)
NOTES_FILE = "import-notes.md"
_PLACES_SHOWN = 3
_LONGEST_SHOWN = 50


class Note(NamedTuple):
    """What an importer did not take over as it stands. `kind` and `reason` are the same for all that are alike.

    `line` counts from 1, `where` is the way to it, such as sigs[3].meetings[1], and `what` says what stands there.
    """

    kind: str
    reason: str
    line: int
    where: str
    what: str = ""


class Imported(NamedTuple):
    """The files by their paths below the organisation's folder, the notes in the order of the source, and how much was
    declared, by collection. One of the files, `notes_file`, is the list of all notes."""

    files: dict[str, str]
    notes: tuple[Note, ...]
    counts: dict[str, int]
    source: str
    notes_file: str = NOTES_FILE


class Importer(NamedTuple):
    """Where an importer is, and what it reads, for the help of the command line."""

    module: str
    about: str


IMPORTERS: Mapping[str, Importer] = {
    "kubernetes-sigs": Importer(
        "coordlint.importers.kubernetes_sigs", "sigs.yaml, in which the Kubernetes community lists its groups"
    )
}
# A sheet has no form of its own: what its rows are has to be said.
SHEET = "csv"
ABOUT_SHEETS = "a sheet of people, of roles, of what happened, or of who decides (RACI, DACI, RAPID)"


def read(form: str, text: str, source: str) -> Imported:
    """What a text of that form says, as declarations. UsageError for an unknown form, or a text that is not of it."""
    if form not in IMPORTERS:
        raise UsageError(
            f"there is no importer called `{form}`; there is {', '.join(f'`{name}`' for name in (*IMPORTERS, SHEET))}"
        )
    imported = import_module(IMPORTERS[form].module).read(text, source)
    assert isinstance(imported, Imported)
    return imported


def bundle(
    files: Mapping[str, Mapping[str, object]], notes: Iterable[Note], source: str, notes_file: str = NOTES_FILE
) -> Imported:
    """Declarations by file as their texts, with the list of notes beside them; no file is made for no declarations."""
    from coordlint.importers.writing import write

    in_order = tuple(sorted(notes, key=lambda note: note.line))
    texts = {path: write(data) for path, data in sorted(files.items()) if data}
    return Imported({**texts, notes_file: _page(in_order, source)}, in_order, _counts(files), source, notes_file)


def _counts(files: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for path, data in files.items():
        for collection, declared in data.items():
            if path != "coordlint.yaml" and isinstance(declared, (Mapping, list)):
                counts[collection] = counts.get(collection, 0) + len(declared)
    return counts


def report(imported: Imported, is_written: bool = True) -> str:
    """What was declared and, by reason, what was not taken over as it stands with the first places; for a screen.

    `is_written` says whether the list of all places will be there to look into.
    """
    said = ", ".join(_counted(number, name) for name, number in imported.counts.items())
    number = len(imported.files) - 1
    written = f"{number} {'files' if number != 1 else 'file'} with {said}" if said else "nothing new"
    lines = [f"{imported.source}: {written}"]
    for kind, reasons in _grouped(imported.notes).items():
        lines += ["", f"{kind}:"]
        for reason, notes in sorted(reasons.items(), key=lambda entry: -len(entry[1])):
            lines += [f"  {len(notes):4} × {reason}", f"         {_first_places(notes)}"]
    number = len(imported.notes)
    places, are = ("the place", "is") if number == 1 else (f"all {number} places", "are")
    last = "nothing was guessed, changed or left out"
    if number:
        last = f"{places} {are if is_written else 'would be'} in {imported.notes_file}"
    return "\n".join([*lines, "", last, ""])


def _counted(number: int, collection: str) -> str:
    if collection == "log":
        return f"{number} {'entry' if number == 1 else 'entries'} of the log"
    many = collection.replace("_", " ")
    return f"{number} {many if number != 1 else {'people': 'person'}.get(many, many.removesuffix('s'))}"


def _first_places(notes: list[Note]) -> str:
    shown = ", ".join(f"line {note.line} ({_cut(note.what or note.where)})" for note in notes[:_PLACES_SHOWN])
    more = len(notes) - _PLACES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _grouped(notes: Iterable[Note]) -> dict[str, dict[str, list[Note]]]:
    """The notes by kind and reason, kinds in the order in which a reader wants them, and none that is empty."""
    groups: dict[str, dict[str, list[Note]]] = {kind: {} for kind in KINDS_OF_NOTE}
    for note in notes:
        groups[note.kind].setdefault(note.reason, []).append(note)
    return {kind: reasons for kind, reasons in groups.items() if reasons}


def _page(notes: tuple[Note, ...], source: str) -> str:
    """Every note, in Markdown."""
    lines = ["# What was not taken over as it stands", "", f"Read from {_code(source)}. Places are those of that text."]
    for kind, reasons in _grouped(notes).items():
        for reason, group in reasons.items():
            lines += ["", f"## {kind[0].upper()}{kind[1:]}: {reason}", ""]
            lines += [f"- line {note.line}{_said(note.where, ', ')}{_said(note.what, ': ')}" for note in group]
    return "\n".join(lines) + "\n"


def _said(what: str, before: str) -> str:
    return f"{before}{_code(what)}" if what else ""


def _code(text: str) -> str:
    """A text as code, so that nothing in it is read as Markdown."""
    visible = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return f"`` {visible} ``" if "`" in visible else f"`{visible}`"
