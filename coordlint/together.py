"""Problems in, the same out, with what all of a kind lack said once for the kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coordlint.config import Chosen
from coordlint.finding import Accepted, Related
from coordlint.model.org import Org
from coordlint.rule import Rule
from coordlint.yielding import Said

# From so many declarations on, what all of a kind lack is one finding for the kind.
ONCE_FROM = 5


def together(org: Org, said: Iterable[Said], chosen: Mapping[str, Chosen]) -> list[Said]:
    """The same problems; those that all of a kind have are one."""
    by_rule: dict[str, list[Said]] = {}
    for each in said:
        by_rule.setdefault(each.rule, []).append(each)
    kept: list[Said] = []
    for name, alike in by_rule.items():
        rule = chosen[name].rule
        message = once_for_all(org, rule, len(alike))
        if message and rule.subject is not None:
            kept += _told_once(alike, rule.subject.collection, message)
        else:
            kept += alike
    return kept


def once_for_all(org: Org, rule: Rule, number: int) -> str:
    """The message with which so many problems of a rule are said once for the kind; "" where each is said."""
    if rule.once_a_kind is None or rule.subject is None or number < ONCE_FROM:
        return ""
    field, message = rule.once_a_kind
    return "" if any(declaration.says_below(field) for declaration in org.active(rule.subject)) else message


def _told_once(alike: list[Said], collection: str, message: str) -> Iterator[Said]:
    """What is said of all of a kind, in one; what one waiver accepts of it is told for itself."""
    groups: dict[Accepted | None, list[Said]] = {}
    for each in alike:
        groups.setdefault(each.accepted, []).append(each)
    # What counts speaks for the kind; where nothing does, the first that is accepted.
    speaking = None if None in groups else next(iter(groups))
    for accepted, group in groups.items():
        first, *others = group
        of_kind = collection if accepted == speaking else ""
        if not others:
            yield first._replace(of_kind=of_kind)
            continue
        related = tuple(Related(each.problem.where, "and here") for each in others[:3])
        problem = first.problem._replace(message=message.format(count=len(group)), related=related, edits=())
        severity = max(each.severity for each in group)
        atoms = frozenset(atom for each in group for atom in each.atoms)
        yield Said(first.rule, severity, problem, atoms, accepted, of_kind, len(group))
