"""A RACI, DACI or RAPID sheet in, rows decisions or activities and columns roles; decision rights and roles out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from coordlint.finding import UsageError
from coordlint.importers import GUESSED, LEFT_OPEN, LEFT_OUT, THERE_ALREADY
from coordlint.importers.csv_names import THERE, TWICE, Names, one_or_more
from coordlint.importers.csv_row import Row
from coordlint.importers.csv_sheet import Sheet, Wanted, leave_out, refuse_twice
from coordlint.importers.ids import slug
from coordlint.model.base import PARTY


class Scheme(NamedTuple):
    """What each letter stands for, and the letters that tell the scheme from others."""

    called: str
    fields: dict[str, str]


SCHEMES = {
    "raci": Scheme("RACI", {"R": "performs", "A": "decider", "C": "consulted", "I": "informed"}),
    "daci": Scheme("DACI", {"D": "recommends", "A": "decider", "C": "consulted", "I": "informed"}),
    "rapid": Scheme("RAPID", {"R": "recommends", "A": "agrees", "P": "performs", "I": "consulted", "D": "decider"}),
}
WANTED = Wanted(
    {
        "question": (
            *("decision", "activity", "task", "decision right", "decision activity", "activity decision", "decisions"),
            *("activities", "tasks", "deliverable", "deliverables", "process", "process step", "step", "item", "topic"),
            *("responsibility", "what", "activity role", "task role", "decision role", "raci", "daci", "rapid"),
        ),
        "id": (),
        "description": ("notes", "comments", "comment", "remarks", "details"),
        "domain": ("area", "phase", "workstream", "category"),
    },
    (("question",),),
    others=True,
)

NO_LETTERS = "a row without letters: taken for a heading"
LEGEND = "a row that explains a letter"
NO_QUESTION = "letters in a row that names no decision"
NO_DECIDER = "a row without {}: the decider is left open"
TWO_DECIDERS = "more than one {}: all of them are written, and one has to be chosen"
TEAM_DECIDES = "a team has the {}: no decider is written for it, to name a role or a person"
OTHER_LETTER = "what is no letter of {}"
NO_LETTER_BELOW = "a column without letters"
NEW_ROLE = "a heading that is declared nowhere: a role of that name, with nothing else said"
SEVERAL = "a heading that is the name of more than one: nothing below it"
FROM_LETTERS = "which letters they are: {}, as the sheet says above its headings"
_WORDS = {
    "raci": {"RESPONSIBLE": "R", "ACCOUNTABLE": "A", "CONSULTED": "C", "INFORMED": "I"},
    "daci": {"DRIVER": "D", "APPROVER": "A", "CONTRIBUTOR": "C", "CONSULTED": "C", "INFORMED": "I"},
    "rapid": {"RECOMMEND": "R", "AGREE": "A", "PERFORM": "P", "INPUT": "I", "DECIDE": "D"},
}
_IN_ORDER = ("decider", "recommends", "agrees", "consulted", "informed", "performs")


def declare(sheet: Sheet, names: Names, letters: str) -> dict[str, Any]:
    """Decision rights in the order of the sheet, and a role for each column that names nothing declared."""
    columns = _of_letters(sheet)
    scheme = SCHEMES[letters or _told_scheme(sheet, columns)]
    rights: dict[str, dict[str, Any]] = {}
    roles: dict[str, Any] = {}
    rows: list[tuple[str, Row]] = []
    for row in sheet.rows:
        own = _own_id(row, columns, names, rights)
        if own:
            rights[own] = {"question": row.prose("question").replace("\n", " ")}
            rows.append((own, row))
    # Only who has a letter in a row that is taken over is somebody to name.
    used = [column for column in columns if any(_letters(row.cell(column), scheme)[0] for _, row in rows)]
    parties = {column: party for column in used if (party := _party(sheet, column, names, roles))}
    for own, row in rows:
        _tell(rights[own], row, columns, parties, names, scheme)
    return {"roles": roles, "decision_rights": rights}


# Columns and letters.


def _of_letters(sheet: Sheet) -> list[int]:
    """The columns in which letters stand; the others are noted."""
    # Who is said to be meant by a column stands there instead of a field.
    columns = [column for field, column in sheet.columns.items() if field not in WANTED.fields]
    for column in sheet.others:
        said = [text for row in sheet.rows if (text := row.cell(column))]
        lettered = sum(1 for text in said if _codes(text))
        if lettered * 2 > len(said):
            columns.append(column)
        elif not said and sheet.headings[column]:
            sheet.notes.add(LEFT_OUT, NO_LETTER_BELOW, sheet.line, "", sheet.headings[column])
        else:
            leave_out(sheet, column, WANTED)
    if not columns:
        raise UsageError(
            f"`{sheet.source}` has no column of letters such as R, A, C and I below the headings of line {sheet.line}"
        )
    unnamed = next((column for column in columns if not sheet.headings[column]), None)
    if unnamed is not None:
        raise UsageError(f"`{sheet.source}`, line {sheet.line}: column {unnamed + 1} has letters and no heading")
    refuse_twice(sheet, columns)
    return sorted(columns)


def _told_scheme(sheet: Sheet, columns: Iterable[int]) -> str:
    """Which letters they are, by those that stand there; where that leaves two, by what stands above the headings."""
    found = Counter(code for row in sheet.rows for column in columns for code in _codes(row.cell(column)))
    known = {code for code in found if code in "RACIDP"}
    fits = [name for name, scheme in SCHEMES.items() if known <= scheme.fields.keys()]
    # Without R and D, the letters of RACI and DACI say the same.
    if len(fits) == 1 or (fits and "rapid" not in fits):
        return fits[0]
    heading = sheet.headings[sheet.columns["question"]]
    said = [name for name in fits or SCHEMES if re.search(rf"(?i)\b{name}\b", f"{sheet.above} {heading}")]
    if len(said) == 1:
        sheet.notes.add(GUESSED, FROM_LETTERS.format(SCHEMES[said[0]].called), sheet.line, "", "".join(sorted(known)))
        return said[0]
    which = " and ".join(f"`--letters {name}`" for name in fits or SCHEMES)
    raise UsageError(
        f"`{sheet.source}` has the letters {', '.join(sorted(known))}, which leave open what they mean; say it: {which}"
    )


def _codes(text: str) -> list[str]:
    """The letters that a cell holds, whatever they mean; none where it holds anything else."""
    said = text.upper().strip(" .*()[]")
    for words in _WORDS.values():
        if said in words:
            return [words[said]]
    parts = re.split(r"[\s,;/&+|-]+", said)
    # Letters may run together, as in AR; CIO and CDO are somebody else.
    codes = [code for part in parts for code in (part if re.fullmatch("[RACIDPS]{2,3}", part) else [part])]
    return codes if all(re.fullmatch("[RACIDPSOVQ]", code) for code in codes) else []


def _letters(text: str, scheme: Scheme) -> tuple[list[str], bool]:
    """The fields that a cell puts somebody into, and whether anything else stands there."""
    codes = _codes(text)
    known = [scheme.fields[code] for code in codes if code in scheme.fields]
    return known, bool(text) and (not codes or len(known) < len(codes))


def _party(sheet: Sheet, column: int, names: Names, roles: dict[str, Any]) -> str:
    """Whom a column is about: what is called so, else a new role; "" where several are."""
    heading = next((field for field, other in sheet.columns.items() if other == column), sheet.headings[column])
    found = names.find(heading, PARTY)
    if len(found) == 1:
        return found[0]
    if found:
        sheet.notes.add(LEFT_OUT, SEVERAL, sheet.line, "", f"{heading}: {', '.join(found)}")
        return ""
    sheet.notes.add(GUESSED, NEW_ROLE, sheet.line, "", names.beside(heading, PARTY))
    given = names.give("role", heading)
    roles[given] = {"name": heading[:200]}
    return given


# Rows.


def _own_id(row: Row, columns: list[int], names: Names, rights: dict[str, dict[str, Any]]) -> str:
    """The id of the decision of a row; "" where it names none, or one that is declared already."""
    question = row.prose("question").replace("\n", " ")
    lettered = any(_codes(row.cell(column)) for column in columns)
    if not lettered:
        row.note(LEFT_OUT, NO_LETTERS, "question", question or ", ".join(filter(None, row.cells)))
        return ""
    if not question or re.fullmatch(r"[A-Za-z]\W*", question):
        row.note(LEFT_OUT, LEGEND if question else NO_QUESTION, "question", ", ".join(filter(None, row.cells)))
        return ""
    said = row.line("id")
    wanted = said if said == slug(said) and not said.replace("-", "").isdigit() else ""
    there, path = names.there("decision-right", wanted or question)
    if there:
        row.note(THERE_ALREADY, THERE, "question", f"{there}, in {path}")
        return ""
    twice = not wanted and any(other in rights for other in names.find(question, ("decision-right",)))
    given = names.give("decision-right", question, wanted=wanted)
    if twice:
        row.note(GUESSED, TWICE, "question", given)
    return given


def _tell(
    right: dict[str, Any], row: Row, columns: list[int], parties: dict[int, str], names: Names, scheme: Scheme
) -> None:
    said: dict[str, list[str]] = {field: [] for field in _IN_ORDER}
    for column in columns:
        fields, is_more = _letters(row.cell(column), scheme)
        if is_more:
            row.note_at(column, LEFT_OUT, OTHER_LETTER.format(scheme.called), row.cell(column))
        for field in fields:
            if column in parties and parties[column] not in said[field]:
                said[field].append(parties[column])
    said["decider"] = _deciders(said["decider"], row, names, scheme)
    right |= {"domain": row.line("domain"), "description": row.prose("description")}
    right |= {field: one_or_more(parties) for field, parties in said.items()}
    for field in [field for field, value in right.items() if not value]:
        del right[field]


def _deciders(parties: list[str], row: Row, names: Names, scheme: Scheme) -> list[str]:
    letter = next(letter for letter, field in scheme.fields.items() if field == "decider")
    deciders = [party for party in parties if names.find(party, ("role", "person", "forum"))]
    teams = [party for party in parties if party not in deciders]
    if teams:
        row.note(LEFT_OPEN, TEAM_DECIDES.format(letter), "question", ", ".join(teams))
    elif not deciders:
        row.note(LEFT_OPEN, NO_DECIDER.format(letter), "question")
    if len(deciders) > 1:
        row.note(LEFT_OPEN, TWO_DECIDERS.format(letter), "question", ", ".join(deciders))
    return deciders
