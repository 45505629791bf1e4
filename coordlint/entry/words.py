"""Words of the command line in, the values of an entry out, each as a file may say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from coordlint.document import Document
from coordlint.entry.telling import in_words, option, sorts, wrong
from coordlint.finding import UsageError
from coordlint.model.base import ANY, Ref
from coordlint.model.fields import Names
from coordlint.model.kinds import LogEntry
from coordlint.shape import check
from coordlint.shape.schemas import resolved, schema
from coordlint.values import Refusal, parse_day, parse_moment

# What was said of a field: its words, or those of an option that was given several times.
Said = str | Sequence[str]

_MOST_DIGITS = 9
# Of what has happened no day lies ahead; the day that a date was moved to may.
_PAST = ("date", "opened", "closed", "known_since")
_ORDERED = (("opened", "closed"), ("known_since", "date"))


def value(field: str, said: Said) -> Any:
    """What words stand for in a field, as it is written; names are looked up later."""
    about = resolved(schema("log")["properties"][field])
    for each in [said] if isinstance(said, str) else said:
        refuse_unsayable(field, each)
    if not isinstance(said, str):
        return _count_or_names(field, said)
    if "x-value" in about:
        read = parse_day(said) if about["x-value"] == "day" else parse_moment(said)
        if isinstance(read, Refusal):
            raise wrong(field, read.message, read.tip)
    return int(said) if about.get("type") == "integer" and _is_number(said) else said


def _count_or_names(field: str, said: Sequence[str]) -> Any:
    """How many, or who or which: one as it is, several as a list."""
    parts = list(dict.fromkeys(part for each in said for part in _parted(each)))
    if len(parts) == 1:
        return int(parts[0]) if _is_number(parts[0]) else parts[0]
    if any(map(_is_number, parts)):
        raise wrong(field, "a number stands beside others", "say how many, or name them")
    return parts


def _parted(words: str) -> list[str]:
    """The names of a list that commas part; a text with commas in it is one text."""
    parts = [part.strip() for part in words.split(",")]
    names = [part for part in parts if part]
    return names if all(_is_name(part) for part in names) and names else [words]


def _is_name(word: str) -> bool:
    return Ref(word, ANY, or_text=True).kind != "text"


def _is_number(word: str) -> bool:
    digits = word.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS


def refuse_unsayable(field: str, words: str) -> None:
    """Refuse what says nothing, and bytes of the command line that are no text."""
    if not words.strip():
        tip = f"name a {_kinds(field)}" if field in sorts() else "leave it out, or say something"
        raise wrong(field, "this says nothing", tip)
    try:
        words.encode()
    except UnicodeEncodeError:
        raise wrong(field, "this is no text in UTF-8", "type it again") from None


def _kinds(field: str) -> str:
    """What a field names, in words."""
    names = LogEntry.fields[field]
    assert isinstance(names, Names)
    return in_words(names.kinds)


def refuse_missing(sort: str, told: Mapping[str, Said]) -> None:
    """Refuse what leaves out a field that an entry of its sort cannot do without."""
    for field in schema("log")["dependentSchemas"][sort].get("required", ()):
        if field not in told:
            raise UsageError(f"{option(field)} is missing: say {_about(schema('log')['properties'][field])}")


def _about(field: Mapping[str, Any]) -> str:
    """What the schema says of a field, as the rest of a sentence: `when it began, such as 2026-03-31T14:05`."""
    return str(field["description"]).partition(": ")[2].replace(". Example:", ", such as")


def judge(sort: str, made: Mapping[str, Any]) -> None:
    """Refuse what a file may not say."""
    for problem in check(Document("", "", [{"log": [made]}])).problems:
        field = str(problem.way[2]) if len(problem.way) > 2 else sort
        about = schema("log")["properties"][field]
        tip = f"say {_about(about)}" if problem.tip == about["description"] else problem.tip
        # A list has brackets in a file, and none on a command line.
        raise wrong(field, problem.message, tip.replace("`[", "`").replace("]`", "`"))


def happened(as_of: date, made: Mapping[str, Any]) -> None:
    """Refuse what lies ahead, and what ended before it began."""
    for field in _PAST:
        if field in made and _moment(made[field]).date() > as_of:
            raise wrong(field, f"{made[field]} lies ahead of {as_of}", "the log keeps what has happened")
    for first, last in _ORDERED:
        if first in made and last in made and _is_before(made[last], made[first]):
            message = f"{made[last]} lies before {option(first)} {made[first]}"
            raise wrong(last, message, "see which of the two is right")


def _is_before(one: str, other: str) -> bool:
    """Whether a moment lies before another; of a day alone, nobody knows the hour."""
    first, second = _moment(one), _moment(other)
    return first < second if len(one) == len(other) else first.date() < second.date()


def _moment(text: str) -> datetime:
    read = parse_moment(text)
    assert isinstance(read, datetime)
    return read
