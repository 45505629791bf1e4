"""Problems in, the same out, with what all of a kind lack said once for the kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coordlint.config import Chosen
from coordlint.finding import Accepted, Once, Problem, Related
from coordlint.fingerprint import parts_of
from coordlint.model.evidence import LogEntry
from coordlint.model.kinds import COLLECTIONS
from coordlint.model.org import Org
from coordlint.rule import Rule
from coordlint.yielding import Said

# From so many on, what all of a kind lack is one finding for the kind.
ONCE_FROM = 5


def together(org: Org, said: Iterable[Said], chosen: Mapping[str, Chosen]) -> list[Said]:
    """The same problems; those that all of a kind have are one."""
    groups: dict[tuple[str, str], list[Said]] = {}
    for each in said:
        groups.setdefault((each.rule, kind_of(chosen[each.rule].rule, each.problem)), []).append(each)
    kept: list[Said] = []
    for (name, _), alike in groups.items():
        once = once_for_all(org, chosen[name].rule, alike[0].problem, len(alike))
        kept += _told_once(alike, once) if once is not None else alike
    return kept


def kind_of(rule: Rule, problem: Problem) -> str:
    """What all of those are called of which a problem might be said once; "" where it is always said of each."""
    if problem.once is not None:
        return problem.once.of
    return rule.subject.collection if rule.once_a_kind is not None and rule.subject is not None else ""


def as_one_of(kind: str, problem: Problem) -> str:
    """What a problem is about, as one of a kind: its id, with its own kind where those are of several."""
    collection, id, _ = parts_of(problem.way)
    if collection == kind or collection not in COLLECTIONS or collection == LogEntry.collection:
        return id
    return f"{COLLECTIONS[collection].kind}/{id}"


def once_of(rule: Rule, problem: Problem) -> Once | None:
    """How a problem would be said once for all of its kind; None where it is always said of each."""
    if problem.once is not None or rule.once_a_kind is None or rule.subject is None:
        return problem.once
    return Once(rule.subject.collection, rule.once_a_kind[1])


def once_for_all(org: Org, rule: Rule, problem: Problem, number: int) -> Once | None:
    """How so many problems of one kind, of which this is the first, are said once; None where each is said."""
    once = once_of(rule, problem)
    if once is None or number < ONCE_FROM or not once.all_lack:
        return None
    if problem.once is None and rule.once_a_kind is not None and rule.subject is not None:
        field = rule.once_a_kind[0]
        if any(declaration.says_below(field) for declaration in org.active(rule.subject)):
            return None
    return once


def _told_once(alike: list[Said], once: Once) -> Iterator[Said]:
    """What is said of all of a kind, in one; what one waiver accepts of it is told for itself."""
    groups: dict[Accepted | None, list[Said]] = {}
    for each in alike:
        groups.setdefault(each.accepted, []).append(each)
    # What counts speaks for the kind; where nothing does, the first that is accepted.
    speaking = None if None in groups else next(iter(groups))
    for accepted, group in groups.items():
        first, *others = group
        of_kind = once.of if accepted == speaking else ""
        if not others:
            yield first._replace(of_kind=of_kind)
            continue
        related = tuple(Related(each.problem.where, once.also) for each in others[:3])
        message = once.message.format(count=len(group))
        problem = first.problem._replace(message=message, related=related, edits=())
        severity = max(each.severity for each in group)
        atoms = frozenset(atom for each in group for atom in each.atoms)
        explains = tuple(effect for each in group for effect in each.explains)
        yield Said(first.rule, severity, problem, atoms, accepted, of_kind, len(group), explains)
