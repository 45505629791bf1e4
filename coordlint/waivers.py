"""What people wrote to accept findings in; out, whether a problem is accepted, and what is wrong with the waivers.

A waiver is a comment, an entry of a declaration's `waive`, or one of coordlint.yaml's. It names single rules. A comment
speaks of a line, an entry of its declaration; in coordlint.yaml it speaks of what it is `for`, or of everything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from coordlint.finding import Accepted, Comment, Edit, Place, Problem, Route, Span
from coordlint.model.base import Declaration
from coordlint.model.base import Waiver as Entry
from coordlint.model.org import Org
from coordlint.values import Refusal, parse_day

if TYPE_CHECKING:
    from datetime import date

    from coordlint.model.house import HouseWaiver

EXPIRED, UNUSED, UNKNOWN, NO_REASON = (f"waiver/{name}" for name in ("expired", "unused", "unknown-rule", "no-reason"))
COMMENT, DECLARATION, HOUSE = "comment", "declaration", "coordlint.yaml"
FORM = "# coordlint: ignore[family/rule] the reason (until 2027-06-30)"
# What coordlint says of waivers, and of its own work, is told whatever anybody accepts.
NEVER_WAIVED = ("waiver", "coordlint")
# A finding so many lines away may be the one that a comment was meant for.
NEAR = 20

_ignored = re.compile(r"#\s*coordlint:\s*ignore\s*\[([^\[\]]*)\](.*)").fullmatch
_each_name = re.compile(r"[^\s,]+").finditer
# Behind a second `#` stands another comment.
_remark = re.compile(r"\s#(?:\s|\Z)").search
_last_day = re.compile(r"\(\s*until\b:?\s*([^()]*?)\s*\)|\buntil\s+([0-9]{4}-[0-9]{2}-[0-9]{2})[.\s]*\Z").search
_word = re.compile(r"\w").search

# A declaration: its file, and the way to it.
_Spot: TypeAlias = tuple[str, Route]
_Locate: TypeAlias = Callable[[Place], Span]


class Waiver(NamedTuple):
    """One rule that is waived, as it is written: what it is waived for, and where that stands.

    `rule` is the name that the rule has, "" where it has none. It is waived on a `line` of a file, in declarations
    (`spots`), or everywhere. `refused` says why its last day cannot be read. `settled` means that everything it speaks
    of is known and in force. `own` is what of a comment belongs to it.
    """

    written: str
    rule: str
    reason: str
    until: date | None
    refused: Refusal | None
    by: str
    where: Place | Span
    name_at: Place | Span
    until_at: Place | Span
    line: tuple[str, int] | None = None
    spots: tuple[_Spot, ...] = ()
    everywhere: bool = False
    settled: bool = True
    own: Span | None = None

    def is_over(self, as_of: date) -> bool:
        """Whether its last day is past, or cannot be read."""
        return self.refused is not None or (self.until is not None and self.until < as_of)


class Waivers:
    """The waivers of an organisation, and what they were met with.

    `names` are the names that may be written for rules, each with the rule's own.
    """

    def __init__(self, org: Org, comments: Iterable[Comment], locate: _Locate, names: Mapping[str, str]) -> None:
        self._org = org
        self._locate = locate
        self._names = names
        self._unreadable: list[Comment] = []
        # Of several that accept one finding the first is named: what speaks of least comes first.
        self._written = [
            *(waiver for comment in comments for waiver in self._of_comment(comment)),
            *(waiver for declaration in _waiving(org) for waiver in self._of_declaration(declaration)),
            *sorted(map(self._of_house, org.house.waive), key=lambda waiver: waiver.everywhere),
        ]
        self._by_line: dict[str, dict[tuple[str, int], list[int]]] = {}
        self._by_spot: dict[str, dict[_Spot, list[int]]] = {}
        self._everywhere: dict[str, list[int]] = {}
        self._waived: dict[str, set[str]] = {}  # the files with comments, by rule
        for number, waiver in enumerate(self._written):
            for rule in self._meant(waiver):
                self._list(rule, number, waiver)
        self._met: dict[int, set[str]] = defaultdict(set)
        self._open: dict[tuple[str, str], list[Place | Span]] = defaultdict(list)
        self._accepted: dict[int, Accepted] = {}
        self._open_lines: dict[tuple[str, str], list[int]] = {}
        self._by_file: dict[str, list[Declaration]] = defaultdict(list)
        self._lines_of: dict[str, list[tuple[int, bool]]] = {}

    def _meant(self, waiver: Waiver) -> Iterable[str]:
        """The rule that a waiver names; those of a family that it should not have named, to tell which were meant."""
        if waiver.rule:
            return (waiver.rule,)
        return (rule for rule in self._names.values() if rule.partition("/")[0] == waiver.written)

    def _list(self, rule: str, number: int, waiver: Waiver) -> None:
        files = self._waived.setdefault(rule, set())
        if waiver.line is not None:
            files.add(waiver.line[0])
            self._by_line.setdefault(rule, {}).setdefault(waiver.line, []).append(number)
        for spot in waiver.spots:
            self._by_spot.setdefault(rule, {}).setdefault(spot, []).append(number)
        if waiver.everywhere:
            self._everywhere.setdefault(rule, []).append(number)

    # --- what is accepted ---

    def accepting(self, rule: str, problem: Problem, about: Declaration | None = None) -> Accepted | None:
        """Who accepts what a rule has found, if anybody does; `about` is the declaration that the rule looked at.

        To accept what is only named beside a problem is not to accept the problem.
        """
        if rule not in self._waived:
            return None
        own = [(problem.where, problem.way)]
        named: list[tuple[Place | Span, Route]] = []
        for each in problem.related:
            (named if each.named else own).append(
                (each.where, each.where.route if isinstance(each.where, Place) else ())
            )
        spots = [(about.path, about.route)] if about is not None else []
        met = [*self._everywhere.get(rule, ()), *self._at(rule, own, spots)]
        for number in (*met, *self._at(rule, named, [])):
            self._met[number].add(rule)
        live = [number for number in met if self._silences(self._written[number])]
        if live:
            return self._accept(min(live))
        self._open[rule, problem.where.path].append(problem.where)
        return None

    def _at(self, rule: str, places: list[tuple[Place | Span, Route]], spots: list[_Spot]) -> Iterator[int]:
        """The waivers of a rule that speak of one of these places."""
        by_line, by_spot = self._by_line.get(rule, {}), self._by_spot.get(rule, {})
        if by_spot:
            spots = [
                *spots,
                *((where.path, way[: 3 if isinstance(way[0], int) else 2]) for where, way in places if way),
            ]
            for spot in spots:
                yield from by_spot.get(spot, ())
        for where, _ in places:
            if where.path in self._waived[rule]:
                yield from by_line.get((where.path, self._span(where).line), ())

    def _silences(self, waiver: Waiver) -> bool:
        return waiver.rule != "" and not waiver.is_over(self._org.as_of)

    def _accept(self, number: int) -> Accepted:
        if number not in self._accepted:
            waiver = self._written[number]
            self._accepted[number] = Accepted(waiver.reason, waiver.until, waiver.by, self._span(waiver.where))
        return self._accepted[number]

    def _span(self, where: Place | Span) -> Span:
        return self._locate(where) if isinstance(where, Place) else where

    # --- what is written ---

    def _of_comment(self, comment: Comment) -> Iterator[Waiver]:
        """What a comment waives, a rule each; one that cannot be read is kept to be told."""
        found = _ignored(comment.text)
        names = list(_each_name(found[1])) if found else []
        if not found or not names:
            self._unreadable.append(comment)
            return
        words = found[2]
        remark = _remark(words)
        words = words[: remark.start()] if remark else words
        last = _last_day(words)
        begin, end = last.span() if last else (len(words), len(words))
        reason = f"{words[:begin].rstrip()} {words[end:].lstrip()}".strip(" \t:,;–—-")
        day = parse_day(last[1] if last[1] is not None else last[2]) if last else None
        for name in names:
            yield Waiver(
                name[0],
                self._rule_called(name[0]),
                reason if _word(reason) else "",
                None if isinstance(day, Refusal) else day,
                day if isinstance(day, Refusal) else None,
                COMMENT,
                comment.where,
                _part(comment, found.start(1) + name.start(), found.start(1) + name.end()),
                _part(comment, found.start(2) + begin, found.start(2) + end),
                (comment.where.path, comment.line),
                own=_part(comment, 0, found.start(2) + len(words) + (remark is not None)),
            )

    def _of_declaration(self, declaration: Declaration) -> Iterator[Waiver]:
        settled = self._org.is_active(declaration)
        for entry in declaration.waive:
            yield self._of_entry(entry, DECLARATION)._replace(
                spots=((declaration.path, declaration.route),), settled=settled
            )

    def _of_house(self, entry: HouseWaiver) -> Waiver:
        found = list(self._org.each(entry.for_))
        settled = len(found) == len(entry.for_) and all(map(self._org.is_active, found))
        spots = tuple((each.path, each.route) for each in found)
        waiver = self._of_entry(entry, HOUSE)
        return waiver._replace(spots=spots, settled=settled, everywhere=not entry.says("for"))

    def _of_entry(self, entry: Entry, by: str) -> Waiver:
        written, day = entry.rule or "", parse_day(entry.data["until"]) if entry.data.get("until") is not None else None
        return Waiver(
            written,
            self._rule_called(written),
            (entry.reason or "").strip(),
            None if isinstance(day, Refusal) else day,
            day if isinstance(day, Refusal) else None,
            by,
            entry.at(),
            entry.at("rule"),
            entry.at("until"),
        )

    def _rule_called(self, written: str) -> str:
        rule = self._names.get(written, "")
        return "" if rule.partition("/")[0] in NEVER_WAIVED else rule

    # --- what is wrong with it ---

    def problems(self, whole: Container[str]) -> Iterator[Problem]:
        """What is wrong with the waivers. `whole` are the rules that ran and left nothing out: of others, nobody knows
        whether they would have found something."""
        for comment in self._unreadable:
            message = "this comment speaks to coordlint, and cannot be read"
            yield Problem(comment.where, message, tip=f"write `{FORM}`", rule=UNKNOWN)
        numbered = enumerate(self._written)
        for _, group in groupby(numbered, key=lambda each: each[1].where):
            yield from self._problems_of(list(group), whole)

    def _problems_of(self, group: Sequence[tuple[int, Waiver]], whole: Container[str]) -> Iterator[Problem]:
        """The problems of one waiver, each rule of it by its number."""
        known = [(number, waiver) for number, waiver in group if waiver.rule]
        over = [each for each in known if each[1].is_over(self._org.as_of)]
        idle = [each for each in known if not over and each[0] not in self._met and each[1].rule in whole]
        mute = [each for each in known if not over and each not in idle and not each[1].reason]
        yield from (self._unknown(number, waiver) for number, waiver in group if not waiver.rule)
        if not (over or mute or (idle and UNUSED in whole)) or not self._is_settled(group[0][1]):
            return
        if over:
            yield self._expired(over, whole)
        if idle and UNUSED in whole:
            yield self._unused(idle, group)
        if mute:
            names = _listed(waiver.written for _, waiver in mute)
            tip = "say why it is right as it is, or what it waits for"
            yield Problem(mute[0][1].where, f"{names} is waived here without a reason", tip=tip, rule=NO_REASON)

    def _unknown(self, number: int, waiver: Waiver) -> Problem:
        name = waiver.written
        family = name.partition("/")[0]
        meant = sorted(self._met.get(number, ()))
        if family in NEVER_WAIVED and (name in self._names or name == family):
            message = f"`{name}` cannot be waived"
            tip = "it says what could not be checked" if family == "coordlint" else "mend the waiver that it speaks of"
        elif any(each.startswith(f"{name}/") for each in self._names):
            message = f"`{name}` is a family, and a waiver names each rule"
            tip = f"write {_listed(meant, ', ')}" if meant else "nothing of that family is found here: take it out"
        else:
            near = _nearest(name, self._names)
            message = f"no rule is called `{name}`" + (f"; did you mean `{near}`?" if near else "")
            of_a_plugin = not any(each.startswith(f"{family}/") for each in self._names)
            unknown = "`coordlint rules` lists them" + ("; those of a plugin need `--plugins`" if of_a_plugin else "")
            tip = f"write `{near}`" if near else unknown
        return Problem(waiver.name_at, message, tip=tip, rule=UNKNOWN)

    def _expired(self, over: Sequence[tuple[int, Waiver]], whole: Container[str]) -> Problem:
        _, waiver = over[0]
        names = _listed(waiver.written for _, waiver in over)
        if waiver.refused is not None:
            message = f"{waiver.refused.message}, so that the waiver of {names} counts as expired"
            tip = waiver.refused.tip or "write a day such as 2027-06-30"
        else:
            message = f"the waiver of {names} ended on {waiver.until}"
            tip = "mend what it accepted, or agree on another last day"
            if all(number not in self._met and each.rule in whole for number, each in over):
                tip = "take it out: nothing is left of what it accepted"
        return Problem(waiver.until_at, message, tip=tip, rule=EXPIRED)

    def _unused(self, idle: Sequence[tuple[int, Waiver]], group: Sequence[tuple[int, Waiver]]) -> Problem:
        """That a waiver, or a part of it, accepts nothing."""
        _, waiver = idle[0]
        names = _listed((waiver.written for _, waiver in idle), " and ")
        message = f"nothing is found here that the waiver of {names} could accept"
        tip = "take it out"
        line = self._near(waiver) if len(idle) == 1 else 0
        if line:
            tip = f"the nearest finding of that rule is in line {line}: move the comment there, or take it out"
        where = waiver.where if len(idle) == len(group) else waiver.name_at
        edit = _taken_out([each for _, each in group], [each for _, each in idle])
        return Problem(where, message, tip=tip, rule=UNUSED, edits=(edit,))

    def _near(self, waiver: Waiver) -> int:
        """The line of the finding that a comment was probably meant for; 0 where there is none."""
        if waiver.line is None:
            return 0
        path, here = waiver.line
        key = (waiver.rule, path)
        if key not in self._open_lines:
            self._open_lines[key] = sorted({self._span(where).line for where in self._open.get(key, ())})
        lines = self._open_lines[key]
        at = bisect_right(lines, here)
        near = [line for line in lines[max(at - 1, 0) : at + 1] if abs(line - here) <= NEAR]
        return min(near, key=lambda line: abs(line - here), default=0)

    def _is_settled(self, waiver: Waiver) -> bool:
        """Whether what a waiver speaks of is all known, and in force; what is paused is checked for nothing."""
        if waiver.line is None:
            return waiver.settled
        path, line = waiver.line
        declared = self._declared_in(path)
        at = bisect_right(declared, line, key=lambda each: each[0]) - 1
        return at < 0 or declared[at][1]

    def _declared_in(self, path: str) -> list[tuple[int, bool]]:
        """The lines in which the declarations of a file begin, each with whether it is in force; none where all are."""
        if not self._by_file:
            for each in self._org.all(Declaration):
                self._by_file[each.path].append(each)
        if path not in self._lines_of:
            every = self._by_file.get(path, [])
            if all(map(self._org.is_active, every)):
                every = []
            self._lines_of[path] = sorted(
                (self._span(each.at(on_key=True)).line, self._org.is_active(each)) for each in every
            )
        return self._lines_of[path]

    def notes(self) -> tuple[str, ...]:
        """Which rules are waived under a name that they had before."""
        earlier: dict[str, list[Waiver]] = {}
        for waiver in self._written:
            if waiver.rule not in ("", waiver.written):
                earlier.setdefault(waiver.written, []).append(waiver)
        return tuple(self._renamed(found) for found in earlier.values())

    def _renamed(self, found: list[Waiver]) -> str:
        first = self._span(found[0].name_at)
        where = f"in {first.path}:{first.line}" + (f" and {len(found) - 1} more" if len(found) > 1 else "")
        return f"rule `{found[0].written}` is now called `{found[0].rule}`; its waiver {where} holds all the same"


def _waiving(org: Org) -> Iterator[Declaration]:
    """The declarations that waive something; of those declared twice, both."""
    every = [*org.all(Declaration), *(second for _, second in org.duplicates)]
    return (each for each in dict.fromkeys(every) if "waive" in each.data and each is not org.house)


def _taken_out(group: Sequence[Waiver], idle: Sequence[Waiver]) -> Edit:
    """What takes a waiver out, or of a comment the names that accept nothing."""
    where = group[0].where
    if isinstance(where, Place):
        return Edit(where, "remove")
    kept = ", ".join(waiver.written for waiver in group if waiver not in idle)
    first, last = group[0].name_at, group[-1].name_at
    if kept and isinstance(first, Span) and isinstance(last, Span):
        return Edit(first._replace(end_column=last.end_column), "cut", kept)
    return Edit(group[0].own or where, "cut")


def _part(comment: Comment, begin: int, end: int) -> Span:
    path, line, column, _, _ = comment.where
    return Span(path, line, column + begin, line, column + end)


def _nearest(name: str, among: Iterable[str]) -> str:
    """The rule that was probably meant: the only one of that name, else the one with the nearest name; or ""."""
    from coordlint.nearest import nearest

    every = list(among)
    alike = [each for each in every if each.rpartition("/")[2] == name.rpartition("/")[2]]
    return alike[0] if len(alike) == 1 else nearest(name, every)


def _listed(names: Iterable[str], last: str = ", ") -> str:
    *first, final = [f"`{name}`" for name in names]
    return f"{', '.join(first)}{last}{final}" if first else final
