"""Comments and entries of `waive` in, waivers out: which rule is waived, where, why, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from coordlint.facts.survey import survey
from coordlint.finding import Comment, Place, Route, Span
from coordlint.model.base import Declaration
from coordlint.model.base import Waiver as Entry
from coordlint.model.org import Org
from coordlint.values import Refusal, parse_day

if TYPE_CHECKING:
    from datetime import date

    from coordlint.model.house import HouseWaiver

COMMENT, DECLARATION, HOUSE = "comment", "declaration", "coordlint.yaml"
# What coordlint says of waivers, and of its own work, is told whatever anybody accepts.
NEVER_WAIVED = ("waiver", "coordlint")

_ignored = re.compile(r"#\s*coordlint:\s*ignore\s*\[([^\[\]]*)\](.*)").fullmatch
is_addressed = re.compile(r"#[ \t]*coordlint:").match
_each_name = re.compile(r"[^\s,]+").finditer
# Behind a second `#` stands another comment.
_remark = re.compile(r"\s#(?:\s|\Z)").search
_last_day = re.compile(r"\(\s*until\b:?([^()]*)\)|\buntil\s+([0-9]{4}-[0-9]{2}-[0-9]{2})[.\s]*\Z").search
_word = re.compile(r"\w").search

# A declaration: its file, and the way to it.
Spot: TypeAlias = tuple[str, Route]
# From where to where in the text of a comment.
_Stretch: TypeAlias = tuple[int, int]


class Waiver(NamedTuple):
    """One rule that is waived, as it is written: where, why, and until when.

    `rule` is the name that the rule has, "" where it has none. It is waived on a `line` of a file, in declarations
    (`spots`), or everywhere. `refused` says why its last day cannot be read. `settled` means that everything it speaks
    of is known and in force. Where a comment is the `source`, the stretches are those of the rule's name, of the last
    day, and of all that belongs to the waiver.
    """

    written: str
    rule: str
    reason: str
    until: date | None
    refused: Refusal | None
    by: str
    source: Comment | Entry
    line: tuple[str, int] | None = None
    spots: tuple[Spot, ...] = ()
    everywhere: bool = False
    settled: bool = True
    stretches: tuple[_Stretch, _Stretch, _Stretch] = ((0, 0), (0, 0), (0, 0))

    def is_over(self, as_of: date) -> bool:
        """Whether its last day is past, or cannot be read."""
        return self.refused is not None or (self.until is not None and self.until < as_of)

    @property
    def where(self) -> Place | Span:
        """The whole comment, or the entry."""
        return self.source.where if isinstance(self.source, Comment) else self.source.at()

    @property
    def name_at(self) -> Place | Span:
        return self._part(0, "rule")

    @property
    def until_at(self) -> Place | Span:
        return self._part(1, "until")

    @property
    def own(self) -> Place | Span:
        """The same without what is said behind the waiver in one comment with it."""
        return self._part(2, "")

    def _part(self, number: int, key: str) -> Place | Span:
        if not isinstance(self.source, Comment):
            return self.source.at(key) if key else self.source.at()
        begin, end = self.stretches[number]
        path, line, column, _, _ = self.source.where
        return Span(path, line, column + begin, line, column + end)


def gather(org: Org, comments: Iterable[Comment], names: Mapping[str, str]) -> tuple[list[Waiver], list[Comment]]:
    """Every waiver, and the comments that cannot be read; what speaks of least comes first.

    `names` are the names that may be written for rules, each with the rule's own.
    """
    written: list[Waiver] = []
    unreadable: list[Comment] = []
    for comment in comments:
        found = _of_comment(comment, names)
        written += found
        if not found:
            unreadable.append(comment)
    for declaration in _waiving(org):
        spots, settled = ((declaration.path, declaration.route),), org.is_active(declaration)
        written += [_of_entry(entry, names, DECLARATION, spots, False, settled) for entry in declaration.waive]
    written += sorted((_of_house(org, each, names) for each in org.house.waive), key=lambda waiver: waiver.everywhere)
    return written, unreadable


def _waiving(org: Org) -> Iterator[Declaration]:
    """The declarations that waive something; of those declared twice, both."""
    every = [*survey(org).saying.get("waive", ()), *(second for _, second in org.duplicates)]
    return (each for each in dict.fromkeys(every) if "waive" in each.data and each is not org.house)


def _of_comment(comment: Comment, names: Mapping[str, str]) -> list[Waiver]:
    """What a comment waives, a rule each; nothing where it cannot be read."""
    found = _ignored(comment.text)
    if not found:
        return []
    words, start = found[2], found.start(2)
    remark = _remark(words)
    end = remark.start() if remark else len(words)
    words = words[:end]
    last = _last_day(words)
    begin, beyond = last.span() if last else (end, end)
    reason = f"{words[:begin].rstrip()} {words[beyond:].lstrip()}".strip(" \t:,;–—-")
    until, refused = _read(last[1].strip() if last[1] is not None else last[2]) if last else (None, None)
    waivers = []
    for name in {name[0]: name for name in _each_name(found[1])}.values():
        at = (found.start(1) + name.start(), found.start(1) + name.end())
        waiver = Waiver(
            name[0],
            _rule_called(name[0], names),
            reason if _word(reason) else "",
            until,
            refused,
            COMMENT,
            comment,
            line=(comment.where.path, comment.line),
            stretches=(at, (start + begin, start + beyond), (0, start + end + bool(remark))),
        )
        waivers.append(waiver)
    return waivers


def _of_house(org: Org, entry: HouseWaiver, names: Mapping[str, str]) -> Waiver:
    found = tuple(org.each(entry.for_))
    settled = len(found) == len(entry.for_) and all(map(org.is_active, found))
    spots = tuple([(each.path, each.route) for each in found])
    return _of_entry(entry, names, HOUSE, spots, not entry.says("for"), settled)


def _of_entry(
    entry: Entry, names: Mapping[str, str], by: str, spots: tuple[Spot, ...], everywhere: bool, settled: bool
) -> Waiver:
    written, day = entry.rule or "", entry.data.get("until")
    until, refused = _read(day) if day is not None else (None, None)
    reason = (entry.reason or "").strip()
    rule = _rule_called(written, names)
    return Waiver(written, rule, reason, until, refused, by, entry, None, spots, everywhere, settled)


def _read(day: object) -> tuple[date | None, Refusal | None]:
    """A last day, or why it cannot be read."""
    read = parse_day(day)
    return (None, read) if isinstance(read, Refusal) else (read, None)


def _rule_called(written: str, names: Mapping[str, str]) -> str:
    rule = names.get(written, "")
    return "" if rule.partition("/")[0] in NEVER_WAIVED else rule
