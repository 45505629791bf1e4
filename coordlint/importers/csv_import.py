"""The bytes of a sheet in, files of declarations out: people, roles, what happened, or who decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from coordlint.finding import UsageError
from coordlint.importers import GUESSED, Imported, bundle, csv_log, csv_people, csv_rights, csv_roles
from coordlint.importers.csv_dates import ORDERS
from coordlint.importers.csv_names import Around, Names
from coordlint.importers.csv_sheet import Sheet, Wanted, read
from coordlint.importers.csv_text import decode
from coordlint.model.base import PARTY
from coordlint.nearest import nearest

EDITION = "2026"
HOUSE = "coordlint.yaml"
# A file that is read has at most 200,000 parts and 2 MiB.
_MOST_IN_A_FILE = 4000
_MOST_BYTES_IN_A_FILE = 1_000_000

NO_NAME = "what the organisation is called: as its folder is"


class What(NamedTuple):
    """What a sheet can be about: what is wanted of it, the name of the file, and what makes declarations of it."""

    about: str
    wanted: Wanted
    file: str
    declare: Callable[[Sheet, Names, Asked, Around], dict[str, Any]]


class Asked(NamedTuple):
    """What was said on the command line. `columns` are such as `Aufgabe=question`, and `folder` is called as the
    organisation is where none is around."""

    what: str
    columns: Sequence[str] = ()
    letters: str = ""
    dates: str = ""
    encoding: str = ""
    folder: str = ""


WHATS: Mapping[str, What] = {
    "people": What(
        "who is there",
        csv_people.WANTED,
        "people",
        lambda sheet, names, asked, _: csv_people.declare(sheet, names, asked.dates),
    ),
    "roles": What(
        "who holds which role",
        csv_roles.WANTED,
        "roles",
        lambda sheet, names, asked, _: csv_roles.declare(sheet, names, asked.dates),
    ),
    "log": What(
        "what happened: meetings held, decisions made",
        csv_log.WANTED,
        "log",
        lambda sheet, names, asked, around: csv_log.declare(sheet, names, asked.dates, around.happened),
    ),
    "rights": What(
        "who decides: RACI, DACI or RAPID",
        csv_rights.WANTED,
        "decision-rights",
        lambda sheet, names, asked, _: csv_rights.declare(sheet, names, asked.letters),
    ),
}


def import_sheet(raw: bytes, source: str, asked: Asked, around: Around, stem: str = "") -> Imported:
    """What a sheet says, as declarations beside those of the organisation around.

    `stem` is how the names of its files begin, without one as that sort of sheet says. Raises UsageError for what is no
    such sheet, and where something asked for makes no sense.
    """
    what = _what(asked.what)
    if asked.what == "log" and not around.begun:
        raise UsageError(
            "what happened is told of meetings and decisions that are declared already; "
            "name the folder of your organisation with `--into` (`--dry-run` writes nothing)"
        )
    parties = [each.id for each in around.known if each.kind in PARTY] if what.wanted.others else []
    named = _named_columns(asked, what.wanted, parties)
    sheet = read(decode(raw, source, asked.encoding), source, what.wanted, named)
    told = what.declare(sheet, Names(around), asked, around)
    begins = stem or what.file
    files = _files(begins, told)
    if files and not around.begun:
        files[HOUSE] = {"organisation": asked.folder, "edition": EDITION, "calendars": {"utc": {"timezone": "UTC"}}}
        sheet.notes.add(GUESSED, NO_NAME, sheet.line, "", asked.folder)
    return bundle(files, sheet.notes.all(), source, f"{begins}.import-notes.md")


def _what(name: str) -> What:
    said = "; ".join(f"{each}: {what.about}" for each, what in WHATS.items())
    if not name:
        raise UsageError(f"a sheet is imported with --what, which says what its rows are ({said})")
    if name not in WHATS:
        near = nearest(name, WHATS)
        meant = f"; did you mean `{near}`?" if near else f" ({said})"
        raise UsageError(f"--what takes {', '.join(WHATS)}, and not `{name}`{meant}")
    return WHATS[name]


def _named_columns(asked: Asked, wanted: Wanted, parties: Sequence[str]) -> dict[str, str]:
    """What each heading was said to stand for: a field, somebody who is declared, or "" for nothing of use."""
    _refuse_unless(asked.dates, ORDERS, "--dates")
    _refuse_unless(asked.letters, csv_rights.SCHEMES, "--letters")
    if asked.letters and asked.what != "rights":
        raise UsageError("--letters goes with `--what rights`, and no other sheet has any")
    fields = [*wanted.fields, *parties]
    named: dict[str, str] = {}
    for said in asked.columns:
        heading, equals, field = said.rpartition("=")
        field = field.strip().lower()
        if field not in fields:
            field = wanted.called(field) or field
        if not equals or not heading.strip():
            raise UsageError(f"--columns takes a heading and a field, such as `Aufgabe=question`, and not `{said}`")
        if field and field not in fields:
            near = nearest(field, fields)
            meant = f"did you mean `{near}`?" if near else f"there is {', '.join(wanted.fields)}"
            raise UsageError(f"--columns: `{asked.what}` has no field `{field}`; {meant}")
        if field and field in named.values():
            raise UsageError(f"--columns names `{field}` twice; one column can stand for it")
        named[heading] = field
    return named


def _refuse_unless(said: str, known: Sequence[str] | Mapping[str, object], option: str) -> None:
    if said and said not in known:
        raise UsageError(f"{option} takes {' or '.join(known)}, and not `{said}`")


def _files(stem: str, told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Declarations by file: one, or as many as keep each of a size that is read."""
    files: dict[str, dict[str, Any]] = {}
    for collection, declared in told.items():
        for number, part in enumerate(_parts(declared.items() if isinstance(declared, dict) else declared), start=1):
            path = f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml"
            files.setdefault(path, {})[collection] = dict(part) if isinstance(declared, dict) else part
    return files


def _parts(declared: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    size = 0
    for each in declared:
        own = len(str(each).encode("utf-8", "replace"))
        if part and (len(part) == _MOST_IN_A_FILE or size + own > _MOST_BYTES_IN_A_FILE):
            yield part
            part, size = [], 0
        part.append(each)
        size += own
    if part:
        yield part
