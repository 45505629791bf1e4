"""What people wrote to accept findings in; out, whether a problem is accepted, and what is wrong with the waivers.

A waiver is a comment, an entry of a declaration's `waive`, or one of coordlint.yaml's. It names single rules. A comment
speaks of a line, an entry of its declaration; in coordlint.yaml it speaks of what it is `for`, or of everything.
`written` reads them, and `wrong` says what is wrong with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from coordlint.finding import Accepted, Comment, Place, Problem, Route, Span
from coordlint.model.base import Declaration
from coordlint.model.org import Org
from coordlint.waivers.written import Spot, Waiver, gather

if TYPE_CHECKING:
    from coordlint.waivers.wrong import Trouble

_Locate: TypeAlias = Callable[[Place], Span]
# A place, and the way that it has in its file; () where nobody knows it.
_There: TypeAlias = tuple[Place | Span, Route]


class Waivers:
    """The waivers of an organisation, and what they were met with.

    `names` are the names that may be written for rules, each with the rule's own. `met` holds for each waiver, by its
    number among the `written`, the rules whose findings it speaks of; `open` what a rule found in a file and nobody
    accepts.
    """

    def __init__(self, org: Org, comments: Iterable[Comment], locate: _Locate, names: Mapping[str, str]) -> None:
        self.org = org
        self.names = names
        self.written, self.unreadable = gather(org, comments, names)
        self.met: dict[int, set[str]] = defaultdict(set)
        self.open: dict[tuple[str, str], list[Place | Span]] = defaultdict(list)
        self._locate = locate
        self._accepted: dict[int, Accepted] = {}
        self._by_line: dict[str, dict[tuple[str, int], list[int]]] = {}
        self._by_spot: dict[str, dict[Spot, list[int]]] = {}
        self._everywhere: dict[str, list[int]] = {}
        self._files: dict[str, set[str]] = {}  # those with comments that waive a rule
        for number, waiver in enumerate(self.written):
            for rule in self._meant(waiver):
                self._list(rule, number, waiver)

    def _meant(self, waiver: Waiver) -> Iterable[str]:
        """The rule that a waiver names; those of a family that it should not have named, to tell which were meant."""
        if waiver.rule or "/" in waiver.written:
            return (waiver.rule,)
        return {rule for rule in self.names.values() if rule.partition("/")[0] == waiver.written}

    def _list(self, rule: str, number: int, waiver: Waiver) -> None:
        files = self._files.setdefault(rule, set())
        if waiver.line is not None:
            files.add(waiver.line[0])
            self._by_line.setdefault(rule, {}).setdefault(waiver.line, []).append(number)
        for spot in waiver.spots:
            self._by_spot.setdefault(rule, {}).setdefault(spot, []).append(number)
        if waiver.everywhere:
            self._everywhere.setdefault(rule, []).append(number)

    def accepting(self, rule: str, problem: Problem, about: Declaration | None = None) -> Accepted | None:
        """Who accepts what a rule has found, if anybody does; `about` is the declaration that the rule looked at.

        To accept what is only named beside a problem is not to accept the problem.
        """
        if rule not in self._files:
            return None
        own: list[_There] = [(problem.where, problem.way)]
        named: list[_There] = []
        for where, _, is_named in problem.related:
            (named if is_named else own).append((where, where.route if isinstance(where, Place) else ()))
        met = [*self._everywhere.get(rule, ()), *self._at(rule, own, about)]
        for number in (*met, *self._at(rule, named, None)) if named else met:
            self.met[number].add(rule)
        live = [number for number in met if self._silences(self.written[number])]
        if live:
            return self._accept(min(live))
        self.open[rule, problem.where.path].append(problem.where)
        return None

    def _at(self, rule: str, places: list[_There], about: Declaration | None) -> Iterator[int]:
        """The waivers of a rule that speak of one of these places, or of a declaration."""
        by_spot = self._by_spot.get(rule)
        if by_spot:
            if about is not None:
                yield from by_spot.get((about.path, about.route), ())
            for where, way in places:
                lead = way[: 3 if way and isinstance(way[0], int) else 2]
                yield from by_spot.get((where.path, lead), ())
        files = self._files[rule]
        for where, way in places:
            if where.path in files:
                for line in self._lines(where, way):
                    yield from self._by_line[rule].get((where.path, line), ())

    def _lines(self, where: Place | Span, way: Route) -> Iterable[int]:
        """The lines on which a comment may stand that speaks of a place: its own, and where it is in a text that runs
        over several, the first two and the last of that, for within it there are no comments."""
        span = self.span(where)
        whole = self.span(Place(where.path, way)) if way and isinstance(where, Span) else span
        if not whole.line <= span.line <= whole.end_line:
            whole = span
        if whole.line == whole.end_line:
            return (span.line,)
        return {span.line, whole.line, min(whole.line + 1, whole.end_line), whole.end_line}

    def _silences(self, waiver: Waiver) -> bool:
        return waiver.rule != "" and not waiver.is_over(self.org.as_of)

    def _accept(self, number: int) -> Accepted:
        if number not in self._accepted:
            waiver = self.written[number]
            self._accepted[number] = Accepted(waiver.reason, waiver.until, waiver.by, self.span(waiver.where))
        return self._accepted[number]

    def span(self, where: Place | Span) -> Span:
        """Where something stands."""
        return self._locate(where) if isinstance(where, Place) else where

    def problems(self, whole: Container[str]) -> Iterator[Problem]:
        """What is wrong with the waivers. `whole` are the rules that ran and left nothing out: of others, nobody knows
        whether they would have found something."""
        return self._trouble(whole).told()

    def _trouble(self, whole: Container[str]) -> Trouble:
        from coordlint.waivers.wrong import Trouble

        return Trouble(self, whole)

    def notes(self) -> tuple[str, ...]:
        """Which rules are waived under a name that they had before, and which may be those of a plugin."""
        earlier: dict[str, list[Waiver]] = {}
        for waiver in self.written:
            if waiver.rule not in ("", waiver.written):
                earlier.setdefault(waiver.written, []).append(waiver)
        foreign = self._trouble(()).foreign() if any(not waiver.rule for waiver in self.written) else ()
        return (*map(self._renamed, earlier.values()), *(self._not_here(family, found) for family, found in foreign))

    def _renamed(self, found: list[Waiver]) -> str:
        where = self._first_of(found)
        return f"rule `{found[0].written}` is now called `{found[0].rule}`; its waiver {where} holds all the same"

    def _not_here(self, family: str, found: list[Waiver]) -> str:
        told = f"`{found[0].written}` is waived {self._first_of(found)}, and no rule of `{family}` is known here"
        return f"{told}: give its plugin with `--plugins`"

    def _first_of(self, found: list[Waiver]) -> str:
        first = self.span(found[0].name_at)
        return f"in {first.path}:{first.line}" + (f" and {len(found) - 1} more" if len(found) > 1 else "")
