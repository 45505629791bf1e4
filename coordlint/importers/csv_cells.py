"""What stands in a cell of a sheet in, the text that it shows out: without formulas, marks of errors and dashes."""

from __future__ import annotations

import re
from typing import NamedTuple

FORMULA = "a formula, of which the sheet does not hold the value"
FORMULA_SHOWN = "a formula: the text that it shows"
ERROR = "an error of the spreadsheet"

_ERRORS = frozenset(
    {"#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#error!"}
)
# A dash and the like is how a sheet says that there is nothing.
_NOTHING = frozenset({"-", "--", "–", "—", "n/a", "none", "null", "(none)", "(blank)"})
_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0"})
_TEXT = r'"((?:[^"]|"")*)"'
_LINK = re.compile(rf"(?i)=\s*HYPERLINK\(\s*{_TEXT}\s*(?:[,;]\s*{_TEXT}\s*)?\)")
_AS_TEXT = re.compile(rf"=\s*{_TEXT}")
_AND = re.compile(r"(?i)\s*(?:[,&+\n]|\band\b)\s*")
_CUT_HARD = re.compile(r"\s*[;\n|]\s*")


class Shown(NamedTuple):
    """The text that a cell shows; `reason` says what became of what stands there, where it is something else."""

    text: str
    reason: str = ""


def shown(cell: str) -> Shown:
    """What a cell shows; nothing for a formula that says nothing of it, an error, or a dash."""
    text = cell.strip()
    # What begins like a formula and is none is often kept from being one by an apostrophe.
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
        return Shown(text[1:].strip())
    if text[:1] == "=":
        return _computed(text)
    if text.lower() in _ERRORS:
        return Shown("", ERROR)
    return Shown("" if text.lower() in _NOTHING else text)


def _computed(text: str) -> Shown:
    if found := _AS_TEXT.fullmatch(text):
        return Shown(found[1].replace('""', '"').strip())
    if found := _LINK.fullmatch(text):
        said = found[1] if found[2] is None else found[2]
        return Shown(said.replace('""', '"').strip(), FORMULA_SHOWN)
    return Shown("", FORMULA)


def several(text: str) -> list[str]:
    """The names that stand in one cell: one a line, or with semicolons between them, else with commas or `and`."""
    parts = _CUT_HARD.split(text) if _CUT_HARD.search(text) else _AND.split(text)
    return list(dict.fromkeys(part for part in (" ".join(each.split()) for each in parts) if part))


def yes_no(text: str) -> bool | None:
    """What a cell says that is ticked or not; None for anything else."""
    said = text.lower()
    return True if said in _YES else False if said in _NO else None


def number(text: str) -> float | int | None:
    """The number in a cell, with a point or a comma before its fraction; None for anything else."""
    if not re.fullmatch(r"[0-9]{1,9}(?:[.,][0-9]{1,4})?", text):
        return None
    found = float(text.replace(",", "."))
    return int(found) if found.is_integer() else found
