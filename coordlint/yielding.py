"""Problems in, causes out: what a problem explains is dropped, and what it explains elsewhere is named beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from coordlint.config import Chosen
from coordlint.finding import Accepted, Problem, Related, Severity
from coordlint.fingerprint import parts_of

Atom: TypeAlias = tuple[str, str, str]

# So many of the things that a cause explains are named beside it.
MOST_EFFECTS = 3


class Said(NamedTuple):
    """A problem with its rule's name, and who accepts it.

    `of_kind` says of what kind where it speaks of all of one, and `times` of how many. What it `explains` was said
    too, and yielded to it.
    """

    rule: str
    severity: Severity
    problem: Problem
    atoms: frozenset[Atom]
    accepted: Accepted | None = None
    of_kind: str = ""
    times: int = 1
    explains: tuple[Said, ...] = ()


def yield_to_causes(said: list[Said], chosen: Sequence[Chosen]) -> list[Said]:
    """Drop what a problem of an enabled root explains; the root takes the higher severity of the two, and names what
    it explains of other declarations."""
    # Of each rule only the first problem with an atom can be a cause, so that thousands with one atom do no harm.
    by_atom: dict[Atom, dict[str, int]] = {}
    for index, each in enumerate(said):
        for atom in each.atoms:
            by_atom.setdefault(atom, {}).setdefault(each.rule, index)
    yields_to = {each.rule.name: each.rule.yields_to for each in chosen}
    cause_of: dict[int, int] = {}
    for index, derived in enumerate(said):
        roots = yields_to[derived.rule]
        causes = [
            first
            for atom in (derived.atoms if roots else ())
            for rule, first in by_atom[atom].items()
            if first != index and _is_among(rule, roots)
        ]
        if causes:
            cause_of[index] = min(causes)
    explains: dict[int, list[Said]] = {}
    for index, derived in enumerate(said):
        explains.setdefault(_root(index, cause_of), []).append(derived)
    return [_with_effects(said[root], explains[root]) for root in sorted(explains)]


def _with_effects(root: Said, explained: list[Said]) -> Said:
    if len(explained) == 1:
        return root
    own = parts_of(root.problem.way)[:2]
    effects = [
        Related(each.problem.where, f"and so {each.problem.message}", named=True)
        for each in explained
        if each is not root and parts_of(each.problem.way)[:2] != own
    ]
    related = (*root.problem.related, *effects[:MOST_EFFECTS])
    severity = max(each.severity for each in explained)
    problem = root.problem._replace(related=related)
    return root._replace(
        severity=severity, problem=problem, explains=tuple(each for each in explained if each is not root)
    )


def _root(index: int, cause_of: Mapping[int, int]) -> int:
    """What explains a problem in the end; of several that explain each other, the first."""
    way = [index]
    while way[-1] in cause_of:
        cause = cause_of[way[-1]]
        if cause in way:
            return min(way[way.index(cause) :])
        way.append(cause)
    return way[-1]


def _is_among(rule: str, roots: tuple[str, ...]) -> bool:
    return rule in roots or f"{rule.partition('/')[0]}/*" in roots
