"""A sheet of people in, such as an export of a personnel system; people and their teams out."""

from __future__ import annotations

from typing import Any

from coordlint.importers import CHANGED, GUESSED, IN_WORDS, LEFT_OUT, THERE_ALREADY
from coordlint.importers.csv_names import THERE, TWICE, Names
from coordlint.importers.csv_row import LONGEST_LINE, Row
from coordlint.importers.csv_sheet import Sheet, Wanted
from coordlint.importers.ids import slug
from coordlint.model.base import PARTY
from coordlint.values import Refusal, parse_zone

WANTED = Wanted(
    {
        "name": ("full name", "employee name", "employee", "display name", "preferred name", "person", "worker"),
        "first_name": ("first", "given name", "forename", "legal first name"),
        "last_name": ("last", "surname", "family name", "legal last name"),
        "id": ("login", "username", "user name", "user id"),
        "number": ("employee id", "employee number", "employee no", "worker id", "personnel number", "staff id"),
        "address": ("email", "e mail", "email address", "e mail address", "work email", "mail"),
        "description": ("title", "job title", "position", "role", "job"),
        "reports_to": ("manager", "line manager", "manager name", "direct manager", "supervisor", "boss"),
        "team": ("department", "team name", "org unit", "organisational unit", "organizational unit", "group"),
        "tags": ("location", "office", "site", "city", "work location", "country"),
        "joined": ("start date", "hire date", "date of hire", "joining date", "date joined", "start"),
        "left": ("end date", "leaving date", "termination date", "last day", "last working day", "date left"),
        "timezone": ("time zone", "tz"),
        "hours_per_week": ("hours per week", "weekly hours", "hours"),
        "external": ("contractor", "is external"),
    },
    (("name",), ("first_name", "last_name")),
)

NO_NAME = "a row without a name"
IN_WORDS_ONLY = "a title: as the description; who holds which role is read from a sheet of roles"
AS_TAG = "a place: as a tag"
NOT_WRITTEN = "a column that only tells people apart: it is used for that, and not written"
OWN_MANAGER = "somebody who is their own manager"
NO_ZONE = "something else where a time zone should be"
NO_ID = "something else where an id should be: one made of the name"
LONGEST_WEEK = 168


def declare(sheet: Sheet, names: Names, order: str) -> dict[str, Any]:
    """People, and the teams that they are in where nothing is called so yet."""
    _note_columns(sheet)
    people: dict[str, dict[str, Any]] = {}
    teams: dict[str, Any] = {}
    rows: list[tuple[str, Row]] = []
    # Everybody is known before anybody is said to report to them.
    for row in sheet.rows:
        own = _own_id(row, names, people)
        if own:
            people[own] = {"name": _name(row)}
            rows.append((own, row))
    for own, row in rows:
        _tell(own, row, people[own], teams, names, order)
    return {"teams": teams, "people": {own: people[own] for own in sorted(people)}}


def _note_columns(sheet: Sheet) -> None:
    for field, kind, reason in (
        ("description", IN_WORDS, IN_WORDS_ONLY),
        ("tags", CHANGED, AS_TAG),
        ("address", LEFT_OUT, NOT_WRITTEN),
        ("number", LEFT_OUT, NOT_WRITTEN),
    ):
        column = sheet.columns.get(field)
        heading = sheet.headings[column] if column is not None else ""
        if heading and heading.lower() != field:
            sheet.notes.add(kind, reason, sheet.line, "", heading)


def _name(row: Row) -> str:
    # Half of the room for each of two: what is longer is no name.
    parts = (row.line("first_name", LONGEST_LINE // 2 - 1), row.line("last_name", LONGEST_LINE // 2 - 1))
    return row.line("name") or " ".join(filter(None, parts))


def _own_id(row: Row, names: Names, people: dict[str, dict[str, Any]]) -> str:
    """The id of somebody new; "" for a row of nobody, and for one of somebody who is declared already."""
    name = _name(row)
    if not name:
        row.note(LEFT_OUT, NO_NAME, what=", ".join(filter(None, row.cells)))
        return ""
    said, aliases = row.line("id"), (row.line("number"), row.line("address").lower())
    own = said if said == slug(said) and not said.replace("-", "").isdigit() else ""
    there, path = names.there("person", own or name)
    if there:
        row.note(THERE_ALREADY, THERE, what=f"{there}, in {path}")
        names.call("person", there, name, said, *aliases)
        return ""
    if said and not own and not said.isdigit():
        row.note(CHANGED, NO_ID, "id")
    twice = not own and any(other in people for other in names.find(name, ("person",)))
    given = names.give("person", name, *aliases, *([said] if said != own else []), wanted=own)
    if twice:
        row.note(GUESSED, TWICE, what=f"{name}: {given}")
    return given


def _tell(own: str, row: Row, person: dict[str, Any], teams: dict[str, Any], names: Names, order: str) -> None:
    person["description"] = row.prose("description")
    person["tags"] = row.line("tags")
    person["team"] = names.one_or_new(row, "team", ("team",), "team", teams)
    person["reports_to"] = _manager(own, row, names)
    person["timezone"] = _zone(row)
    person["joined"] = row.day("joined", order)
    person["left"] = row.day("left", order)
    person["hours_per_week"] = row.number("hours_per_week", LONGEST_WEEK)
    person["external"] = row.yes_no("external") or None
    for field in [field for field, value in person.items() if value in ("", None)]:
        del person[field]


def _manager(own: str, row: Row, names: Names) -> str:
    # An address is written with and without capitals.
    said = row.line("reports_to")
    found = names.one(row, "reports_to", PARTY, said.lower() if "@" in said else "")
    if found == own:
        row.note(LEFT_OUT, OWN_MANAGER, "reports_to")
        return ""
    return found


def _zone(row: Row) -> str:
    said = row.text("timezone")
    if said and isinstance(parse_zone(said), Refusal):
        row.note(LEFT_OUT, NO_ZONE, "timezone")
        return ""
    return said
