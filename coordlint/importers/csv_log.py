"""A sheet of what happened in, such as an export of meetings or of decisions; entries of the log out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from coordlint.importers import CHANGED, LEFT_OUT, THERE_ALREADY
from coordlint.importers.csv_names import Names, entry
from coordlint.importers.csv_row import LONGEST_TEXT, Row
from coordlint.importers.csv_sheet import Sheet, Wanted
from coordlint.model.base import ANY, PARTY

# What each sort of entry is about, and what must be said of it.
KINDS: dict[str, tuple[str, ...]] = {
    "held": ("meeting",),
    "cancelled": ("meeting",),
    "decided": ("decision-right",),
    "returned": ("handoff",),
    "escalated": ("escalation",),
    "slipped": ("initiative",),
    "updated": ("record",),
    "reviewed": ANY,
}
_FIELDS = {
    "held": ("date", "attended", "decisions"),
    "cancelled": ("date", "because"),
    "decided": ("id", "what", "date", "by", "in", "supersedes"),
    "returned": ("date", "reason"),
    "escalated": ("opened", "closed", "reached"),
    "slipped": ("date", "from", "to", "known_since", "cause"),
    "updated": ("date",),
    "reviewed": ("date", "by", "outcome"),
}
WANTED = Wanted(
    {
        # A decision is told before a meeting: where both stand, the meeting is where it was made.
        "decided": ("decision right", "right"),
        "held": ("meeting", "meeting name", "meeting title", "event", "subject"),
        "cancelled": (),
        "returned": ("handoff", "hand off", "handover"),
        "escalated": ("escalation",),
        "slipped": ("initiative", "project"),
        "updated": ("record", "document"),
        "reviewed": ("review of",),
        "date": ("meeting date", "day", "on", "held on", "decided on", "start date", "start", "start time"),
        "status": ("state", "took place"),
        "attended": ("attendees", "attendance", "participants", "present", "attendee count", "who attended"),
        "decisions": ("decision", "decisions made", "number of decisions", "outcomes"),
        "because": ("reason for cancelling", "why"),
        "id": ("decision id", "reference", "ref"),
        "what": ("what was decided", "outcome text", "text"),
        "by": ("decided by", "decider", "reviewed by", "owner"),
        "in": ("decided in", "forum"),
        "supersedes": ("replaces",),
        "reason": ("why returned", "missing"),
        "opened": ("opened on", "opened at", "raised", "raised on"),
        "closed": ("closed on", "closed at", "settled", "resolved"),
        "reached": ("step", "step reached", "level"),
        "from": ("old date", "from date", "was due"),
        "to": ("new date", "to date", "now due"),
        "known_since": ("known since",),
        "cause": ("root cause",),
        "outcome": ("result",),
    },
    (
        ("held", "date"),
        ("decided", "date"),
        ("cancelled", "date"),
        ("returned", "date"),
        ("escalated", "opened"),
        ("slipped",),
        ("updated", "date"),
        ("reviewed", "date"),
    ),
)

NOTHING_HAPPENED = "a row that does not say what happened"
NO_DATE = "a row that does not say when it happened"
UNKNOWN = "a name that is declared nowhere: the row"
TWO_BEAR_IT = "a name that more than one has: the row"
IN_LOG = "an entry that the log has already"
NOT_ALL_KNOWN = "names of which not all are declared: how many they are"
NO_STATUS = "a status that says neither that it was held nor that it was cancelled: the row"
WORD = "one word, which would be read as an id: with a capital letter"
NO_OUTCOME = "something else where keep, change or end should be"
OUTCOMES = ("keep", "change", "end")
_HELD = frozenset({"held", "done", "completed", "yes", "took place", "confirmed", "ok", "true"})
_CANCELLED = frozenset({"cancelled", "canceled", "no", "not held", "skipped", "called off", "false"})


def declare(sheet: Sheet, names: Names, order: str, happened: frozenset[str]) -> dict[str, Any]:
    """Entries in the order in which things happened; `happened` are those that the log has already."""
    entries: list[dict[str, Any]] = []
    for row in sheet.rows:
        told = _told(row, names, order)
        if told and entry(told) in happened:
            row.note(THERE_ALREADY, IN_LOG, what=" ".join(str(value) for value in list(told.values())[:2]))
        elif told:
            entries.append(told)
    return {"log": sorted(entries, key=_when)}


def _when(told: dict[str, Any]) -> str:
    return next((str(told[field]) for field in ("date", "opened", "to") if field in told), "")


def _told(row: Row, names: Names, order: str) -> dict[str, Any]:
    """The entry of a row; nothing where it does not say what happened to what, or when."""
    sort = _sort(row)
    if not sort:
        return {}
    named = "held" if sort == "cancelled" and not row.text("cancelled") else sort
    said = row.line(named)
    found = names.find(said, KINDS[sort])
    if len(found) != 1:
        shown = f"{said}: {', '.join(found)}" if found else names.beside(said, KINDS[sort])
        row.note(LEFT_OUT, TWO_BEAR_IT if found else UNKNOWN, named, shown)
        return {}
    told: dict[str, Any] = {sort: found[0]}
    for field in _FIELDS[sort]:
        value = _value(field, row, names, order)
        if value not in ("", None):
            told[field] = value
    if "in" in _FIELDS[sort] and "in" not in told and row.text("held"):
        venue = names.one(row, "held", ("meeting", "forum"))
        told |= {"in": venue} if venue else {}
    needed = "opened" if sort == "escalated" else "date"
    if needed not in told and sort != "slipped":
        row.note(LEFT_OUT, NO_DATE, needed, said)
        return {}
    return told


def _sort(row: Row) -> str:
    """What happened, by the first column that says so."""
    sort = next((sort for sort in WANTED.fields if sort in KINDS and row.text(sort)), "")
    status = row.text("status").lower()
    if not sort:
        row.note(LEFT_OUT, NOTHING_HAPPENED, what=", ".join(filter(None, row.cells)))
    elif sort == "held" and status:
        if status not in _HELD | _CANCELLED:
            row.note(LEFT_OUT, NO_STATUS, "status")
            return ""
        return "cancelled" if status in _CANCELLED else "held"
    return sort


def _value(field: str, row: Row, names: Names, order: str) -> object:
    return _READ.get(field, _line)(field, row, names, order)


def _line(field: str, row: Row, _: Names, __: str) -> object:
    return row.line(field)


def _text(field: str, row: Row, _: Names, __: str) -> object:
    return row.prose(field)


def _day(field: str, row: Row, _: Names, order: str) -> object:
    return row.day(field, order)


def _moment(field: str, row: Row, _: Names, order: str) -> object:
    return row.moment(field, order)


def _party(field: str, row: Row, names: Names, _: str) -> object:
    return names.one(row, field, PARTY)


def _venue(field: str, row: Row, names: Names, _: str) -> object:
    return names.one(row, field, ("meeting", "forum"))


def _step(field: str, row: Row, _: Names, __: str) -> object:
    found = row.number(field)
    return int(found) if found is not None and found >= 1 and float(found).is_integer() else None


def _outcome(field: str, row: Row, _: Names, __: str) -> object:
    said = row.line(field).lower()
    if said and said not in OUTCOMES:
        row.note(LEFT_OUT, NO_OUTCOME, field)
        return ""
    return said


def _attended(field: str, row: Row, names: Names, _: str) -> object:
    """How many were there, or who. A list claims to be whole, so that one with a stranger in it becomes a number."""
    if row.text(field).isdecimal():
        return _count(row, field)
    whole = row.line(field)
    said = [whole] if names.find_or_bare(row, field, whole, PARTY) else row.several(field)
    found = [(name, names.find_or_bare(row, field, name, PARTY)) for name in said]
    strange = [name for name, known in found if len(known) != 1]
    if strange:
        row.note(CHANGED, NOT_ALL_KNOWN, field, ", ".join(strange))
        return len(found)
    return [known[0] for _, known in found] or None


def _count(row: Row, field: str) -> int | None:
    found = row.number(field)
    return None if found is None else int(found)


def _decisions(field: str, row: Row, names: Names, _: str) -> object:
    """How many decisions were made, or which: decision rights where they are called so, else texts."""
    if row.text(field).isdecimal():
        return _count(row, field)
    told = []
    for line in filter(None, (" ".join(part.split()) for part in row.prose(field).splitlines())):
        found = names.find(line, ("decision-right",))
        if len(found) == 1:
            told.append(found[0])
            continue
        if _is_like_an_id(line):
            row.note(CHANGED, WORD, field, line)
            line = f"{line[:1].upper()}{line[1:]}" if line[:1].isalpha() else f"Decided: {line}"
        told.append(line[:LONGEST_TEXT])
    return (told[0] if len(told) == 1 else told) or None


def _is_like_an_id(text: str) -> bool:
    return re.fullmatch("[a-z0-9_./-]+", text) is not None


_READ: dict[str, Callable[[str, Row, Names, str], object]] = {
    "date": _day,
    "attended": _attended,
    "decisions": _decisions,
    "because": _text,
    "what": _text,
    "reason": _text,
    "cause": _text,
    "by": _party,
    "in": _venue,
    "opened": _moment,
    "closed": _moment,
    "reached": _step,
    "from": _day,
    "to": _day,
    "known_since": _day,
    "outcome": _outcome,
}
