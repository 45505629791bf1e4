"""Waivers that have met what a run found in; what is wrong with them out: ended, unused, unknown, without a reason."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from coordlint.config import HOUSE
from coordlint.finding import Edit, Place, Problem, Span
from coordlint.model.base import Declaration
from coordlint.nearest import nearest
from coordlint.waivers.written import NEVER_WAIVED, Waiver, is_addressed

if TYPE_CHECKING:
    from coordlint.waivers import Waivers

EXPIRED, UNUSED, UNKNOWN, NO_REASON = (f"waiver/{name}" for name in ("expired", "unused", "unknown-rule", "no-reason"))
FORM = "# coordlint: ignore[family/rule] the reason (until 2027-06-30)"
# A finding so many lines away may be the one that a comment was meant for.
NEAR = 20
# So many unknown names are compared with those that are known: nobody misspells more of them.
MOST_NEAR = 100
MOST_AKIN = 3

# Families that no plugin has.
_OWN = (*NEVER_WAIVED, HOUSE)
_is_name = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch

# A waiver with its number.
_Numbered: TypeAlias = tuple[int, Waiver]


class Trouble:
    """What is wrong with waivers. `whole` are the rules that ran and left nothing out."""

    def __init__(self, waivers: Waivers, whole: Container[str]) -> None:
        self._waivers = waivers
        self._whole = whole
        self._as_of = waivers.org.as_of
        self._open_lines: dict[tuple[str, str], list[int]] = {}
        self._by_file: dict[str, list[Declaration]] = defaultdict(list)
        self._lines_of: dict[str, list[tuple[int, bool]]] = {}
        self._families = {name.partition("/")[0] for name in waivers.names}
        self._unknown_names: dict[str, tuple[str, str]] = {}
        self._foreign: dict[str, bool] = {}

    def told(self) -> Iterator[Problem]:
        """Every problem; the rules that one comment names are told together."""
        for comment in self._waivers.unreadable:
            message = "this comment speaks to coordlint, and cannot be read"
            if not is_addressed(comment.text):
                message = "this comment looks like a waiver and is none"
            yield Problem(comment.where, message, tip=f"write `{FORM}`", rule=UNKNOWN)
        for _, group in groupby(enumerate(self._waivers.written), key=lambda each: id(each[1].source)):
            yield from self._of(list(group))

    def _of(self, group: Sequence[_Numbered]) -> Iterator[Problem]:
        met = self._waivers.met
        known = [each for each in group if each[1].rule]
        over = [each for each in known if each[1].is_over(self._as_of)]
        idle = [each for each in known if not over and each[0] not in met and each[1].rule in self._whole]
        mute = [each for each in known if not over and each not in idle and not each[1].reason]
        for number, waiver in group:
            if not waiver.rule and not self._is_foreign(waiver.written):
                yield self._unknown(number, waiver)
        if not (over or mute or (idle and UNUSED in self._whole)) or not self._is_settled(group[0][1]):
            return
        if over:
            yield self._expired(over)
        if idle and UNUSED in self._whole:
            yield self._unused(idle, group)
        if mute:
            message = f"{_listed(mute)} {'is' if len(mute) == 1 else 'are'} waived here without a reason"
            tip = "say why it is right as it is, or what it waits for"
            yield Problem(mute[0][1].where, message, tip=tip, rule=NO_REASON)

    def _unknown(self, number: int, waiver: Waiver) -> Problem:
        name = waiver.written
        if name not in self._unknown_names:
            few = len(self._unknown_names) < MOST_NEAR
            self._unknown_names[name] = _in_words(name, self._waivers.names, self._families, few)
        message, tip = self._unknown_names[name]
        meant = [f"`{rule}`" for rule in sorted(self._waivers.met.get(number, ()))]
        return Problem(waiver.name_at, message, tip=f"write {', '.join(meant)}" if meant else tip, rule=UNKNOWN)

    def foreign(self) -> Iterator[tuple[str, list[Waiver]]]:
        """The families that nobody knows here, so that their rules may be a plugin's, with the waivers of them."""
        found: dict[str, list[Waiver]] = defaultdict(list)
        for waiver in self._waivers.written:
            if not waiver.rule and self._is_foreign(waiver.written):
                found[waiver.written.partition("/")[0]].append(waiver)
        yield from found.items()

    def _is_foreign(self, name: str) -> bool:
        """Whether a name looks like that of a plugin's rule, and like none that is known."""
        if name not in self._foreign:
            family, few = name.partition("/")[0], len(self._foreign) < MOST_NEAR
            self._foreign[name] = bool(
                _is_name(name)
                and family not in self._families
                and family not in _OWN
                and not nearest(family, self._families)
                and not (few and nearest(name, self._waivers.names))
            )
        return self._foreign[name]

    def _expired(self, over: Sequence[_Numbered]) -> Problem:
        waiver, names = over[0][1], _listed(over)
        if waiver.refused is not None:
            message = f"{waiver.refused.message}, so that the waiver of {names} counts as expired"
            tip = waiver.refused.tip or "write a day such as 2027-06-30"
        else:
            message = f"the waiver of {names} ended on {waiver.until}"
            tip = "mend what it accepted, or agree on another last day"
            if all(number not in self._waivers.met and each.rule in self._whole for number, each in over):
                tip = "take it out: nothing is left of what it accepted"
        return Problem(waiver.until_at, message, tip=tip, rule=EXPIRED)

    def _unused(self, idle: Sequence[_Numbered], group: Sequence[_Numbered]) -> Problem:
        """That a waiver, or a part of it, accepts nothing."""
        waiver = idle[0][1]
        message = f"nothing is found here that the waiver of {_listed(idle)} could accept"
        where = waiver.where if len(idle) == len(group) else waiver.name_at
        near = [(each.rule, line) for _, each in idle if (line := self._near(each))]
        if not near:
            return Problem(where, message, tip="take it out", rule=UNUSED, edits=(_taken_out(group, idle),))
        # The comment may only stand in the wrong place, and taking it out would lose its reason: no edit is certain.
        rule, line = near[0]
        which = "that rule" if len(idle) == 1 else f"`{rule}`"
        tip = f"the nearest finding of {which} is in line {line}: move the comment there, or take it out"
        return Problem(where, message, tip=tip, rule=UNUSED)

    def _near(self, waiver: Waiver) -> int:
        """The line of the finding that a comment was probably meant for; 0 where there is none."""
        if waiver.line is None:
            return 0
        path, here = waiver.line
        key = (waiver.rule, path)
        if key not in self._open_lines:
            places = self._waivers.open.get(key, ())
            self._open_lines[key] = sorted({self._waivers.span(where).line for where in places})
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
        org = self._waivers.org
        if not self._by_file:
            for each in org.all(Declaration):
                self._by_file[each.path].append(each)
        if path not in self._lines_of:
            every = self._by_file.get(path, [])
            if all(map(org.is_active, every)):
                every = []
            begins = [(self._waivers.span(each.at(on_key=True)).line, org.is_active(each)) for each in every]
            self._lines_of[path] = sorted(begins)
        return self._lines_of[path]


def _in_words(name: str, names: Mapping[str, str], families: Container[str], look: bool) -> tuple[str, str]:
    """What is said of a name that cannot be waived, and what to do; `look` for a name that may be meant."""
    family = name.partition("/")[0]
    if family in NEVER_WAIVED and (name in names or name == family):
        tip = "it says what could not be checked" if family == "coordlint" else "mend the waiver that it speaks of"
        return f"`{name}` cannot be waived", tip
    if name in families:
        tip = "nothing of that family is found here: take it out"
        return f"`{name}` is a family, and a waiver names each rule", tip
    near = _nearest(name, names) if look else ""
    if near:
        return f"no rule is called `{name}`; did you mean `{near}`?", f"write `{near}`"
    if family not in families:
        return f"no rule is called `{name}`", "`coordlint rules` lists them; those of a plugin need `--plugins`"
    akin = [f"`{each}`" for each in _akin(name, set(names.values()))] if look else []
    tip = f"nearest to it: {', '.join(akin)}; `coordlint rules` lists all" if akin else "`coordlint rules` lists them"
    return f"no rule is called `{name}`", tip


def _nearest(name: str, among: Iterable[str]) -> str:
    """The rule that was probably meant: the only one of that name, else the one with the nearest name; or ""."""
    every = list(among)
    alike = [each for each in every if each.rpartition("/")[2] == name.rpartition("/")[2]]
    return alike[0] if len(alike) == 1 else nearest(name, every)


def _akin(name: str, among: Iterable[str]) -> list[str]:
    """The rules of the same family that share a word with a name, the nearest first."""
    from rapidfuzz.distance import OSA

    family, _, own = name.partition("/")
    shared = {each: len(set(own.split("-")) & set(each.partition("/")[2].split("-"))) for each in among}
    akin = [each for each, number in shared.items() if number and each.startswith(f"{family}/")]
    return sorted(akin, key=lambda each: (-shared[each], OSA.distance(name, each), each))[:MOST_AKIN]


def _taken_out(group: Sequence[_Numbered], idle: Sequence[_Numbered]) -> Edit:
    """What takes a waiver out, or of a comment the names that accept nothing."""
    waiver = group[0][1]
    if isinstance(waiver.where, Place):
        return Edit(waiver.where, "remove")
    kept = ", ".join(each[1].written for each in group if each not in idle)
    first, last = waiver.name_at, group[-1][1].name_at
    if kept and isinstance(first, Span) and isinstance(last, Span):
        return Edit(first._replace(end_column=last.end_column), "cut", kept)
    return Edit(waiver.own, "cut")


def _listed(waivers: Iterable[_Numbered]) -> str:
    *first, last = [f"`{waiver.written}`" for _, waiver in waivers]
    return f"{', '.join(first)} and {last}" if first else last
