"""The text of a baseline in, its entries out, and back: what was found before and counts for nothing.

`coordlint baseline` writes it. People may write reasons into it; whatever else is not as it was written is refused in
one sentence, for what is misread would silence what nobody meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from coordlint.config import BASELINE_FILE
from coordlint.document import Document
from coordlint.finding import Place, Problem, UsageError

VERSION = 1

_HEAD = f"""\
# What was found before, and counts for nothing until it is mended. `coordlint baseline --prune` takes out what is no
# longer found; `coordlint baseline` writes what is found today. A `reason` is yours to write, and is kept.
version: {VERSION}
"""
_KEYS = ("rule", "where", "says", "of", "count", "reason", "fingerprint")
_NEEDED = ("rule", "fingerprint")
_WIDTH = 90
_AGAIN = "delete the file, then run `coordlint baseline`"

_is_fingerprint = re.compile(r"[0-9a-f]{32}").fullmatch


class Entry(NamedTuple):
    """Something that was found: the rule, what it is about, what was said, and how often.

    `fingerprint` is that of the first of those that are alike to the last word, wherever the organisation stands, and
    `alike` how many there are. What was said once for all of a kind has the ids `of` those of which it is true, each as
    often as it is true of it.
    """

    rule: str
    where: str
    says: str
    fingerprint: str
    alike: int = 1
    reason: str = ""
    of: tuple[str, ...] = ()

    @property
    def times(self) -> int:
        """How many problems it accepts."""
        return len(self.of) or self.alike


def write(entries: Iterable[Entry]) -> str:
    """The text of a baseline, by what its entries are about, so that those of one declaration stand together."""
    from coordlint.importers.writing import on_a_line

    ordered = sorted(entries, key=lambda each: (each.where, each.rule, each.fingerprint))
    if not ordered:
        return f"{_HEAD}findings: []\n"
    lines = []
    for entry in ordered:
        first, *others = [line for key, value in _told(entry).items() for line in _lines(key, on_a_line(value), value)]
        lines += [f"  - {first}", *(f"    {each}" for each in others)]
    return "\n".join([f"{_HEAD}findings:", *lines]) + "\n"


def has_comments(text: str) -> bool:
    """Whether somebody has written comments into a baseline, besides those that it begins with."""
    from coordlint.readers.comments import comments

    own = {line.strip() for line in _HEAD.splitlines()}
    return any(text[start:end].strip() not in own for start, end in comments(text))


def _lines(key: str, on_a_line: str, value: object) -> list[str]:
    """A key and its value; a long list has a line an item, so that two who change it do not meet."""
    if isinstance(value, list) and len(on_a_line) > _WIDTH:
        return [f"{key}:", *(f"  - {item}" for item in on_a_line[1:-1].split(", "))]
    return [f"{key}: {on_a_line}"]


def _told(entry: Entry) -> Mapping[str, object]:
    """What is written of an entry, in order."""
    told: dict[str, object] = {"rule": entry.rule, "where": entry.where, "says": entry.says}
    if entry.of:
        told["of"] = list(entry.of)
    elif entry.alike != 1:
        told["count"] = entry.alike
    if entry.reason:
        told["reason"] = entry.reason
    return told | {"fingerprint": entry.fingerprint}


def read(document: Document, shown: str) -> tuple[Entry, ...]:
    """The entries of a baseline, in the order of the file; `shown` is its path as people see it.

    Raises UsageError, with the line and what to do, where it is not of the form that this version writes.
    """
    for problem in document.problems:
        span = document.span(problem.where.route) if isinstance(problem.where, Place) else problem.where
        raise UsageError(f"{shown}:{span.line}: {_in_a_sentence(problem)}")
    form = _Form(document, shown)
    data = document.data[0] if len(document.data) == 1 else None
    if not isinstance(data, dict):
        raise form.refusal((), f"this is no baseline, which has a `version` and `findings`; {_AGAIN}")
    form.version(data)
    unknown = next((key for key in data if key not in ("version", "findings")), None)
    if unknown is not None:
        raise form.refusal((unknown,), f"a baseline has no `{unknown}`, only `version` and `findings`; take it out")
    found = data.get("findings")
    if not isinstance(found, list):
        raise form.refusal(("findings",), f"`findings` must be a list of what was found; {_AGAIN}")
    entries = tuple(form.entry(index, each) for index, each in enumerate(found))
    form.once_each(entries)
    return entries


def place(index: int) -> Place:
    """Where an entry stands, by its number in the file."""
    return Place(BASELINE_FILE, ("findings", index))


def _in_a_sentence(problem: Problem) -> str:
    if problem.rule == "yaml/merge-conflict":
        return f"{problem.message}; take either side whole, then let `coordlint baseline` write what is found"
    if problem.rule == "yaml/too-large":
        return f"{problem.message}; turn off the rules that do not fit you, then {_AGAIN}"
    is_question = problem.message.endswith("?")
    return f"{problem.message}; {problem.tip}" if problem.tip and not is_question else problem.message


class _Form:
    """What a baseline must look like, and the sentence for one that does not."""

    def __init__(self, document: Document, shown: str) -> None:
        self._document = document
        self._shown = shown

    def refusal(self, route: tuple[str | int, ...], told: str, on_key: bool = True) -> UsageError:
        line = self._document.span(route, on_key).line
        return UsageError(f"{self._shown}:{line}: {told}")

    def version(self, data: Mapping[str, Any]) -> None:
        """Refuse a baseline of another version; what else stands in it, that version knows."""
        if "version" not in data:
            raise self.refusal((), f"a baseline says its `version`; write `version: {VERSION}`, or {_AGAIN}")
        version = data["version"]
        if version == str(VERSION):
            raise self.refusal(("version",), f"write `version: {VERSION}`, without quotes")
        if version != VERSION or isinstance(version, bool):
            known = f"this coordlint reads version {VERSION}, and not `{version}`"
            raise self.refusal(("version",), f"{known}; use the coordlint that wrote it, or {_AGAIN}")

    def entry(self, index: int, data: object) -> Entry:
        """The entry of this number."""
        route = ("findings", index)
        if not isinstance(data, dict):
            raise self.refusal(route, f"an entry must say its `rule` and `fingerprint`; {_AGAIN}")
        for key in data:
            if key not in _KEYS:
                raise self.refusal((*route, key), f"`{key}` cannot stand in an entry; {_instead(str(key))}")
        for key in _NEEDED:
            if not data.get(key):
                raise self.refusal(route, f"this entry has no `{key}`; take it out, or write it back")
        texts = {
            key: self._text(route, key, data.get(key)) for key in ("rule", "where", "says", "reason", "fingerprint")
        }
        if not _is_fingerprint(texts["fingerprint"]):
            raise self.refusal(
                (*route, "fingerprint"),
                f"`{texts['fingerprint']}` is no fingerprint; take the entry out, or write it back",
            )
        return Entry(**texts, alike=self._count(route, data), of=self._of(route, data))

    def _text(self, route: tuple[str | int, ...], key: str, value: object) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.refusal((*route, key), f"`{key}` must be a text, and not `{value}`; write it in quotes")
        return value

    def _count(self, route: tuple[str | int, ...], data: Mapping[str, Any]) -> int:
        count = data.get("count", 1)
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise self.refusal((*route, "count"), f"`count` must be a whole number from 1 on, and not `{count}`")
        return count

    def _of(self, route: tuple[str | int, ...], data: Mapping[str, Any]) -> tuple[str, ...]:
        of = data.get("of", [])
        if not isinstance(of, list) or not all(isinstance(each, str) for each in of):
            raise self.refusal((*route, "of"), "`of` must be a list of ids")
        if of and "count" in data:
            raise self.refusal((*route, "count"), "an entry with `of` has no `count`; take it out")
        return tuple(of)

    def once_each(self, entries: Iterable[Entry]) -> None:
        """Refuse a fingerprint that stands twice: nobody could say what is accepted how often, and why."""
        seen: dict[str, int] = {}
        for index, entry in enumerate(entries):
            first = seen.setdefault(entry.fingerprint, index)
            if first != index:
                line = self._document.span(("findings", first)).line
                raise self.refusal(
                    ("findings", index),
                    f"this entry stands on line {line} already, with the same fingerprint; keep one",
                )


def _instead(key: str) -> str:
    """What to do with a key that an entry cannot have."""
    from coordlint.nearest import nearest

    if key == "until":
        return "take the line out: a last day needs `coordlint waive`"
    near = nearest(key, _KEYS)
    return f"did you mean `{near}`?" if near else "take the line out"
