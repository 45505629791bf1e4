"""An Org and the chosen rules in, one Run out: problems become findings with a name, a severity and a place in a file.

Rules that look at one declaration take turns at each; one that crashes costs only itself. What others explain is
dropped (`yields_to`), what all of a kind lack is said once, and everything is sorted, so that the same Org always gives
the same Run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from coordlint.config import Chosen
from coordlint.facts.survey import survey
from coordlint.finding import Finding, Place, Problem, Related, Route, Severity, Span
from coordlint.fingerprint import fingerprint, mark_of, parts_of
from coordlint.model.base import Declaration
from coordlint.model.evidence import LogEntry
from coordlint.model.kinds import COLLECTIONS
from coordlint.model.org import Org
from coordlint.rule import Check, Rule

Atom = tuple[str, str, str]
Locate = Callable[[Place], Span]

# From so many declarations on, what all of a kind lack is one finding for the kind.
ONCE_FROM = 5
# So many of the things that a cause explains are named beside it.
MOST_EFFECTS = 3
CRASHED = "coordlint/rule-crashed"
UNREADABLE = "coordlint/unreadable-file"


class Run(NamedTuple):
    """What one look at an organisation found, and the names of the rules in force.

    Paths in it are from the organisation's root; `prefix` leads there.
    """

    org: Org
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    files: int = 0
    prefix: str = ""
    rules: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the tool could not do all of its work: a rule crashed, or the system kept a file from it."""
        return any(finding.rule in (CRASHED, UNREADABLE) for finding in self.findings)

    def worst(self) -> Severity | None:
        return max((finding.severity for finding in self.findings), default=None)


class _Said(NamedTuple):
    """A problem with its rule's name.

    `of_kind` is the collection where it speaks of all declarations of a kind, and `times` of how many.
    """

    rule: str
    severity: Severity
    problem: Problem
    atoms: frozenset[Atom]
    of_kind: str = ""
    times: int = 1


def lint(
    org: Org,
    spoken: Iterable[Problem],
    chosen: Sequence[Chosen],
    locate: Locate,
    *,
    identity: str = "",
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Every finding on an Org, sorted, and what people should know besides.

    `spoken` are the problems of earlier stages, with their rules' names; `locate` looks up where a place stands;
    `identity` is the organisation's path in its repository, which fingerprints contain.
    """
    by_name = {each.rule.name: each for each in chosen}
    said = [_say(by_name[problem.rule], problem) for problem in spoken if problem.rule in by_name]
    looks, held_back = [], []
    for each in chosen:
        if each.rule.check is None:
            continue
        if (org.incomplete and each.rule.claims_absence) or (org.unread and each.rule.needs_every_file):
            held_back.append(each.rule.name)
        else:
            looks.append(_Look(each, each.rule.check))
    _run(org, looks)
    said += [_say(by_name.get(problem.rule, look.chosen), problem) for look in looks for problem in _told(look)]
    # What is explained away goes first, so that each declaration yields for itself, and only the rest is told together.
    kept = _together(org, _yield_to_causes(said, chosen), by_name)
    return tuple(_found(org, kept, by_name, locate, identity)), _notes(org, held_back)


def _say(chosen: Chosen, problem: Problem) -> _Said:
    severity = problem.severity if problem.severity is not None and not chosen.overridden else chosen.severity
    return _Said(chosen.rule.name, severity, problem, frozenset({*_atoms_of(problem), *problem.atoms}))


def _atoms_of(problem: Problem) -> Iterator[Atom]:
    collection, id, below = parts_of(problem.way)
    if collection == LogEntry.collection:
        id = f"{problem.where.path}:{id}"  # an entry is told apart by its place
    if collection:
        yield collection, id, next((step for step in below if isinstance(step, str)), "")


class _Look:
    """A rule at work: what it found, where it looked when it did, and how it crashed first."""

    __slots__ = ("check", "chosen", "crashed", "found")

    def __init__(self, chosen: Chosen, check: Check) -> None:
        self.chosen = chosen
        # A call without keywords takes half the time, and most rules have no options.
        self.check = partial(check, **chosen.options) if chosen.options else check
        self.found: list[tuple[Declaration, Problem]] = []
        self.crashed: Problem | None = None


def _run(org: Org, looks: Sequence[_Look]) -> None:
    in_turns: dict[tuple[type[Declaration], bool], list[_Look]] = {}
    for look in looks:
        rule = look.chosen.rule
        if rule.subject is None:
            _look_at_all(org, look)
        else:
            in_turns.setdefault((rule.subject, rule.once_a_kind is not None), []).append(look)
    for (subject, once_a_kind), taking_turns in in_turns.items():
        # What is said once for a kind stands where the first of them does.
        _take_turns(org, org.as_read(subject) if once_a_kind else org.active(subject), taking_turns)


def _look_at_all(org: Org, look: _Look) -> None:
    try:
        for problem in look.check(org) or ():
            look.found.append((org.house, problem))
    except Exception as error:
        look.crashed = _crash(look.chosen.rule, org.house, error)


def _take_turns(org: Org, declarations: Sequence[Declaration], looks: Sequence[_Look]) -> None:
    """Let rules look at declarations: all of them at the first, then all at the next.

    To fetch a declaration from memory takes as long as most rules do, so it is fetched once, and not for each rule.
    """
    for declaration in declarations:
        if declaration.refused:
            continue
        for look in looks:
            try:
                for problem in look.check(org, declaration) or ():
                    look.found.append((declaration, problem))
            except Exception as error:
                look.crashed = look.crashed or _crash(look.chosen.rule, declaration, error)


def _told(look: _Look) -> list[Problem]:
    problems = _at_models(look.found)
    return [*problems, look.crashed] if look.crashed else problems


def _at_models(found: list[tuple[Declaration, Problem]]) -> list[Problem]:
    """The problems; what a declaration has from its model, or lacks as its model does, is told once, at the model."""
    told = {(declaration, _below(declaration, problem)): index for index, (declaration, problem) in enumerate(found)}
    problems = [problem for _, problem in found]
    again = set()
    for index, (declaration, problem) in enumerate(found):
        model, below = declaration.model, _below(declaration, problem)
        if (
            model is None
            or model.model is not None
            or (below and below[0] in declaration.data.keys() - declaration.taken)
        ):
            continue
        first = told.get((model, below))
        if first is not None:
            again.add(index)
            alike = Related(declaration.at(on_key=True), f"and `{declaration.id}`, which is like it")
            problems[first] = problems[first]._replace(related=(*problems[first].related, alike))
    return [problem for index, problem in enumerate(problems) if index not in again]


def _below(declaration: Declaration, problem: Problem) -> Route:
    """The way from a declaration to what a problem is about; what was taken from a model has the same way there."""
    way = problem.way
    for each in (declaration, declaration.model):
        if each is not None and way[: len(each.route)] == each.route:
            return way[len(each.route) :]
    return way


def _crash(rule: Rule, declaration: Declaration, error: Exception) -> Problem:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_name}, line {trace.tb_lineno})" if trace is not None else ""
    return Problem(
        declaration.at(),
        f"rule `{rule.name}` crashed here: {type(error).__name__}: {error}{where}",
        tip="this is a mistake in coordlint, not in your files: please report it with this line and the declaration",
        rule=CRASHED,
    )


def _yield_to_causes(said: list[_Said], chosen: Sequence[Chosen]) -> list[_Said]:
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
    explains: dict[int, list[_Said]] = {}
    for index, derived in enumerate(said):
        explains.setdefault(_root(index, cause_of), []).append(derived)
    return [_with_effects(said[root], explains[root]) for root in sorted(explains)]


def _with_effects(root: _Said, explained: list[_Said]) -> _Said:
    if len(explained) == 1:
        return root
    own = parts_of(root.problem.way)[:2]
    effects = [
        Related(each.problem.where, f"and so {each.problem.message}")
        for each in explained
        if each is not root and parts_of(each.problem.way)[:2] != own
    ]
    related = (*root.problem.related, *effects[:MOST_EFFECTS])
    severity = max(each.severity for each in explained)
    return root._replace(severity=severity, problem=root.problem._replace(related=related))


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


def _together(org: Org, said: list[_Said], chosen: Mapping[str, Chosen]) -> list[_Said]:
    """The same, with what all of a kind lack said once for the kind."""
    by_rule: dict[str, list[_Said]] = {}
    for each in said:
        by_rule.setdefault(each.rule, []).append(each)
    kept: list[_Said] = []
    for name, alike in by_rule.items():
        rule = chosen[name].rule
        if rule.once_a_kind is None or rule.subject is None or len(alike) < ONCE_FROM:
            kept += alike
            continue
        field, message = rule.once_a_kind
        if any(declaration.says_below(field) for declaration in org.active(rule.subject)):
            kept += alike
            continue
        first, *others = alike
        related = tuple(Related(each.problem.where, "and here") for each in others[:3])
        problem = first.problem._replace(message=message.format(count=len(alike)), related=related)
        severity = max(each.severity for each in alike)
        atoms = frozenset(atom for each in alike for atom in each.atoms)
        kept.append(_Said(name, severity, problem, atoms, rule.subject.collection, len(alike)))
    return kept


def _found(
    org: Org, kept: Iterable[_Said], chosen: Mapping[str, Chosen], locate: Locate, identity: str
) -> list[Finding]:
    """The findings, sorted; those that are alike to the last word are told apart by their order."""
    seen: Counter[str] = Counter()
    first_names = {name: each.rule.first_name for name, each in chosen.items()}
    pairs = [
        (_find(each, locate), mark_of(org, first_names[each.rule], each.problem, each.of_kind, identity))
        for each in kept
    ]
    finished = []
    for finding, mark in sorted(pairs, key=lambda pair: _sort_key(pair[0])):
        alike = fingerprint(mark)
        number = seen[mark]
        own = fingerprint(mark, number) if number else alike
        finished.append(finding._replace(fingerprint=own, alike=alike))
        seen[mark] += 1
    return finished


def _sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    return (finding.span.path, finding.span.line, finding.span.column, finding.rule, finding.message)


def _find(said: _Said, locate: Locate) -> Finding:
    problem = said.problem
    kind, id = _subject(problem.way)
    return Finding(
        rule=said.rule,
        severity=said.severity,
        message=problem.message.replace("\n", "\\n"),
        span=_span(problem.where, locate),
        related=tuple((_span(related.where, locate), related.message) for related in problem.related),
        tip=problem.tip.replace("\n", "\\n"),
        kind=kind,
        id="" if said.of_kind else id,
        times=said.times,
    )


def _span(where: Place | Span, locate: Locate) -> Span:
    return locate(where) if isinstance(where, Place) else where


def _subject(way: Route) -> tuple[str, str]:
    """The kind and id of the declaration that a route leads into."""
    collection, id, _ = parts_of(way)
    if collection not in COLLECTIONS:
        return "", ""
    return COLLECTIONS[collection].kind, "" if collection == LogEntry.collection else id


def _notes(org: Org, held_back: list[str]) -> tuple[str, ...]:
    notes = []
    if held_back:
        rules = f"{len(held_back)} rule{'s' * (len(held_back) > 1)}"
        what = org.refused[0].label if org.refused and org.refused[0].id else "an entry"
        unread = f"`{org.unread[0]}`" if org.unread else f"{what} in `{org.refused[0].path}`"
        others = len(org.unread or org.refused) - 1
        notes.append(
            f"{rules} that would conclude that something is missing did not run, because {unread}"
            f"{f' (and {others} more)' if others else ''} could not be read: mend that first"
        )
    if "waive" in survey(org).saying:
        notes.append("`waive` is read, and silences nothing yet: what is waived is told all the same")
    return tuple(notes)
