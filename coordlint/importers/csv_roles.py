"""A sheet of roles in, a row a role or a row for each who holds one; roles, and who and what they name, out."""

from __future__ import annotations

import re
from typing import Any

from coordlint.importers import GUESSED, LEFT_OPEN, LEFT_OUT, THERE_ALREADY
from coordlint.importers.csv_names import SEVERAL, THERE, Names, one_or_more, without_remark
from coordlint.importers.csv_row import Row
from coordlint.importers.csv_sheet import Sheet, Wanted
from coordlint.importers.ids import slug
from coordlint.model.base import PARTY

WANTED = Wanted(
    {
        "name": ("role", "role name", "role title", "position", "title", "function"),
        "id": (),
        "held_by": ("holder", "holders", "role holder", "person", "people", "employee", "incumbent", "who", "held"),
        "held_as": (),
        "purpose": ("mission", "what for", "description", "summary"),
        "accountable_for": ("accountabilities", "responsibilities", "responsible for"),
        "deputy": ("stand in", "substitute", "backup", "delegate", "deputised by"),
        "team": ("department", "team name", "org unit"),
        "reports_to": ("manager", "line manager", "supervisor"),
        "per": (),
        "headcount": ("fte", "number of holders"),
        "since": ("start date", "valid from", "from"),
        "until": ("end date", "valid to", "valid until"),
    },
    (("name",),),
)

NO_ROLE = "a row without a role"
HELD_BY_SEVERAL = "a role that several hold, and not how: `held_as` can be each, in_turn or jointly"
NEAR_SOMEBODY = "a name that is almost that of somebody: who holds the role is left open"
OTHERWISE_ABOVE = "a role in several rows that say different things: the first"
ONE_OR_TWO = "a name with a comma, which may be one person or two: who holds the role is left open"
ITSELF = "a role that names itself"
HELD_HOW = ("one", "each", "in_turn", "jointly")
NO_HOW = "something else where one, each, in_turn or jointly should be"
_VACANT = frozenset({"vacant", "open", "unfilled", "nobody", "no one", "to be hired", "tbh", "vacancy"})
_IN_ORDER = (
    *("name", "purpose", "held_by", "held_as", "per", "headcount", "deputy", "team", "reports_to"),
    *("accountable_for", "since", "until"),
)
_KINDS = {"deputy": ("person", "role"), "reports_to": PARTY}


def declare(sheet: Sheet, names: Names, order: str) -> dict[str, Any]:
    """Roles, the teams that they belong to, and whoever holds one and was not declared yet."""
    roles: dict[str, dict[str, Any]] = {}
    teams: dict[str, Any] = {}
    people: dict[str, Any] = {}
    rows: list[tuple[str, Row]] = []
    for row in sheet.rows:
        own = _own_id(row, names, roles)
        if own:
            roles.setdefault(own, {"name": row.line("name")})
            rows.append((own, row))
    # Whoever holds a role may be the one that others report to.
    held = [(own, row, _holders(row, names, people)) for own, row in rows]
    vacant = {own for own, row, _ in held if _is_vacant(row)}
    for own, row, holders in held:
        _merge(roles[own], _fields(own, row, teams, names, order), row)
        if holders:
            roles[own]["held_by"] = [*roles[own].get("held_by", ()), *holders]
    # A list of holders claims to be whole.
    for own in {own for own, _, holders in held if holders is None}:
        roles[own].pop("held_by", None)
    first = dict(reversed(rows))
    for own, role in roles.items():
        roles[own] = told = _settled(role, own in vacant)
        if told.get("held_by") and isinstance(told["held_by"], list) and "held_as" not in told:
            first[own].note(LEFT_OPEN, HELD_BY_SEVERAL, "name")
    return {"teams": teams, "people": people, "roles": roles}


def _own_id(row: Row, names: Names, roles: dict[str, dict[str, Any]]) -> str:
    """The id of the role of a row; "" where there is none, or where it is declared already."""
    name, said = row.line("name"), row.line("id")
    if not name:
        row.note(LEFT_OUT, NO_ROLE, what=", ".join(filter(None, row.cells)))
        return ""
    wanted = said if said and said == slug(said) else ""
    there, path = names.there("role", wanted or name)
    if there:
        row.note(THERE_ALREADY, THERE, "name", f"{there}, in {path}")
        return ""
    before = [other for other in names.find(wanted or name, ("role",)) if other in roles]
    return before[0] if before else names.give("role", name, wanted=wanted)


def _is_vacant(row: Row) -> bool:
    return row.text("held_by").lower().strip("()[].! ") in _VACANT


def _holders(row: Row, names: Names, people: dict[str, Any]) -> list[str] | None:
    """Those who hold a role; whoever is named here alone becomes a person. None where one may be somebody else."""
    if _is_vacant(row):
        return []
    whole = row.line("held_by")
    said = [whole] if names.find_or_bare(row, "held_by", whole, ("person",)) else row.several("held_by")
    if _is_one_or_two(whole, said) and not any(names.find(name, ("person",)) for name in said):
        row.note(LEFT_OPEN, ONE_OR_TWO, "held_by")
        return None
    holders = []
    for name in said:
        found = names.find_or_bare(row, "held_by", name, ("person",))
        if len(found) > 1:
            row.note(LEFT_OPEN, SEVERAL, "held_by", f"{name}: {', '.join(found)}")
            return None
        if not found and names.near(name, ("person",)):
            row.note(LEFT_OPEN, NEAR_SOMEBODY, "held_by", names.beside(name, ("person",)))
            return None
        holders.append(found[0] if found else names.new(row, "held_by", name[:200], "person", people))
    return holders


def _is_one_or_two(whole: str, said: list[str]) -> bool:
    """Whether it may be a family name and a first name, or two people: `Tamm, Rosa`."""
    return "," in whole and len(said) == 2 and not any(" " in without_remark(name) for name in said)


def _fields(own: str, row: Row, teams: dict[str, Any], names: Names, order: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "held_as": _how(row),
        "per": row.line("per"),
        "headcount": _whole(row),
        "purpose": row.prose("purpose"),
        "accountable_for": _duties(row),
        "since": row.day("since", order),
        "until": row.day("until", order),
    }
    fields["team"] = names.one_or_new(row, "team", ("team",), "team", teams)
    for field in ("deputy", "reports_to"):
        fields[field] = names.one(row, field, _KINDS[field])
        if fields[field] == own:
            row.note(LEFT_OUT, ITSELF, field)
            fields[field] = ""
    return {field: value for field, value in fields.items() if value not in ("", None, [])}


def _how(row: Row) -> str:
    said = row.line("held_as").lower().replace(" ", "_")
    if said and said not in HELD_HOW:
        row.note(LEFT_OUT, NO_HOW, "held_as")
        return ""
    return said


def _whole(row: Row) -> int | None:
    found = row.number("headcount")
    return int(found) if found is not None and float(found).is_integer() else None


def _duties(row: Row) -> str | list[str]:
    lines = [re.sub(r"^[-*•·] *", "", line).strip() for line in re.split(r"[\n;]", row.prose("accountable_for"))]
    return one_or_more(line for line in lines if line)


def _merge(role: dict[str, Any], fields: dict[str, Any], row: Row) -> None:
    for field, value in fields.items():
        if role.setdefault(field, value) != value:
            row.note(GUESSED, OTHERWISE_ABOVE, field)


def _settled(role: dict[str, Any], is_vacant: bool) -> dict[str, Any]:
    """The role as a person would write it: one holder without a list, and nobody as an empty one."""
    if "held_by" in role or is_vacant:
        role["held_by"] = one_or_more(role.get("held_by", ()))
    return {field: role[field] for field in _IN_ORDER if field in role}
