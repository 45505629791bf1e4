"""Declarations in; those of one kind whose names are nearly the same, though they belong to different teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeAlias, TypeVar

from coordlint.facts.ownership import LONGEST, home_teams
from coordlint.facts.parties import above
from coordlint.facts.prose import without_plural, words_in
from coordlint.model.base import Declaration
from coordlint.model.kinds import Meeting, Record, Team, Term
from coordlint.nearest import nearest

D = TypeVar("D", bound=Declaration)
Names: TypeAlias = Mapping[D, list[str]]

# A word of so many letters may be taken for another that is one slip away, or two.
ONE_SLIP, TWO_SLIPS = 5, 8
# Words that begin otherwise are read as different: import and export, onboarding and offboarding.
BEGINNING = 3
# More names than these that differ in one word are a scheme; more that are the same, a label.
SCHEME, LABEL = 20, 2

# What is mostly spoken of in its own team may bear a name that it bears elsewhere too.
OF_ONE_TEAM = (Meeting, Record, Term)
KINSHIP = ("like", "replaced_by", "copy_of", "delegated_from")


def look_alike(declarations: Iterable[D], shortest: int, most: int) -> Iterator[tuple[D, D]]:
    """Every two declarations of different teams whose names may be taken for each other, each second one once.

    The names have so many letters at least, and are the same but for spaces, hyphens and plurals, or for at most so
    many slips in one word. Other numbers, labels and names by a scheme are told apart. Names are compared only where
    all the rest of them is the same, so that it stays linear.
    """
    named = ((each, words_in(each.data.get("name") or each.id)) for each in declarations)
    long = {each: words for each, words in named if sum(map(len, words)) >= shortest}
    alike = Counter(map(tuple, long.values()))
    names = {each: words for each, words in long.items() if alike[tuple(words)] <= LABEL}
    told: set[D] = set()
    for group in (*_run_together(names), *_one_word_apart(names)):
        for index, second in enumerate(group):
            firsts = (first for first in group[:index] if _differ_little(names[first], names[second], most))
            first = next((first for first in firsts if _are_apart(first, second)), None)
            if first is not None and second not in told:
                told.add(second)
                yield first, second


def _run_together(names: Names[D]) -> Iterator[list[D]]:
    """Groups whose names are the same without spaces, hyphens and any s: all that differ in plurals, and few others."""
    table: dict[str, list[D]] = {}
    for each, words in names.items():
        table.setdefault("".join(words).replace("s", ""), []).append(each)
    return (group for group in table.values() if 1 < len(group) <= SCHEME)


def _one_word_apart(names: Names[D]) -> Iterator[list[D]]:
    """Groups whose names are the same but for one word, which has one beginning."""
    table: dict[tuple[str, ...], list[D]] = {}
    for each, words in names.items():
        for index, word in enumerate(words):
            if len(word) >= ONE_SLIP and word.isalpha():
                rest = (*words[:index], f"{word[:BEGINNING]}…", *words[index + 1 :])
                table.setdefault(rest, []).append(each)
    return (group for group in table.values() if 1 < len(group) <= SCHEME)


def _squeezed(words: list[str]) -> str:
    return "".join(map(without_plural, words))


def _differ_little(one: list[str], other: list[str], most: int) -> bool:
    if _squeezed(one) == _squeezed(other):
        return True
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(differing) != 1:
        return False
    length = min(map(len, differing[0]))
    slips = min(most, 2 if length >= TWO_SLIPS else int(length >= ONE_SLIP))
    return slips > 0 and bool(nearest(differing[0][0], [differing[0][1]], slips))


def _are_apart(one: Declaration, other: Declaration) -> bool:
    """Whether two declarations are known to belong to different teams, and are nothing to each other."""
    if isinstance(one, OF_ONE_TEAM) and one.title.casefold() == other.title.casefold():
        return False
    if _is_kin(one, other) or _is_kin(other, one):
        return False
    ours, theirs = _teams(one), _teams(other)
    if not ours or not theirs:
        return False
    return ours.isdisjoint(_with_those_around(theirs)) and theirs.isdisjoint(_with_those_around(ours))


def _teams(declaration: Declaration) -> set[Team]:
    """The teams of whoever answers for something, and the `team` that a meeting says is its own."""
    own = declaration.org.find(declaration.team) if isinstance(declaration, Meeting) else None
    return {*home_teams(declaration), *([own] if own is not None else [])}


def _with_those_around(teams: Iterable[Team]) -> Iterator[Team]:
    for team in teams:
        yield team
        yield from islice(above(team), LONGEST)


def _is_kin(one: Declaration, other: Declaration) -> bool:
    return any(other in one.org.each(one.refs(field)) for field in KINSHIP if field in one.data)
