"""An Org and the chosen rules in, one Run out: problems become findings with a name, a severity and a place in a file.

Rules that look at one declaration take turns at each; one that crashes costs only itself. What others explain is
dropped (`yields_to`), what all of a kind lack is said once, and everything is sorted, so that the same Org always gives
the same Run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from coordlint.config import Chosen
from coordlint.facts.evidence import evidence
from coordlint.facts.survey import survey
from coordlint.finding import Comment, Effect, Finding, Place, Problem, Related, Route, Severity, Span
from coordlint.fingerprint import fingerprint, mark_of, parts_of
from coordlint.model.base import Declaration
from coordlint.model.evidence import LogEntry
from coordlint.model.kinds import COLLECTIONS
from coordlint.model.org import Org
from coordlint.nearest import nearest
from coordlint.rule import Check, Rule
from coordlint.together import together
from coordlint.yielding import Atom, Said, yield_to_causes

if TYPE_CHECKING:
    from coordlint.baseline import Entry
    from coordlint.comparing import Compared
    from coordlint.waivers import Waivers

Locate = Callable[[Place], Span]

CRASHED = "coordlint/rule-crashed"
UNREADABLE = "coordlint/unreadable-file"


class Run(NamedTuple):
    """What one look at an organisation found, and the names of the rules in force.

    `findings` are those that count, `waived` those that somebody accepts. Of the rules in force, `held_back` waited for
    what could not be read, and `crashed` did not come to their end. `compared` is what became of the baseline. Paths in
    it are from the organisation's root; `prefix` leads there.
    """

    org: Org
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    files: int = 0
    prefix: str = ""
    rules: tuple[str, ...] = ()
    waived: tuple[Finding, ...] = ()
    held_back: tuple[str, ...] = ()
    crashed: tuple[str, ...] = ()
    compared: Compared | None = None

    @property
    def failed(self) -> bool:
        """Whether the tool could not do all of its work: a rule crashed, or the system kept a file from it."""
        return any(finding.rule in (CRASHED, UNREADABLE) for finding in self.findings)

    def worst(self) -> Severity | None:
        return max((finding.severity for finding in self.findings), default=None)


class Linted(NamedTuple):
    """The findings that count, those that are accepted, each sorted, what people should know besides, the rules that
    did not look at everything, and what became of the baseline."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    notes: tuple[str, ...]
    held_back: tuple[str, ...]
    crashed: tuple[str, ...]
    compared: Compared | None = None


def lint(
    org: Org,
    spoken: Iterable[Problem],
    chosen: Sequence[Chosen],
    locate: Locate,
    *,
    identity: str = "",
    comments: Sequence[Comment] = (),
    names: Mapping[str, str] | None = None,
    baseline: Sequence[Entry] | None = None,
) -> Linted:
    """Every finding on an Org, and which of them are accepted.

    `spoken` are the problems of earlier stages, with their rules' names; `locate` looks up where a place stands;
    `identity` is the organisation's path in its repository, which fingerprints contain; `comments` may accept findings,
    and `names` are the names that they may write for rules, where those are not the usual ones. What a `baseline` holds
    is accepted too.
    """
    by_name = {each.rule.name: each for each in chosen}
    looks, held_back = [], []
    locate = cache(locate)  # a waiver and a finding ask for the same places
    waivers = _waivers(org, comments, locate, names)
    for each in chosen:
        if (org.incomplete and each.rule.claims_absence) or (org.unread and each.rule.needs_every_file):
            if each.rule.check is not None or waivers is not None:
                held_back.append(each.rule.name)
        elif each.rule.check is not None:
            looks.append(_Look(each, each.rule.check))
    _run(org, looks)
    said = [_say(by_name[problem.rule], problem, None, waivers) for problem in spoken if problem.rule in by_name]
    for look in looks:
        said += [_say(by_name.get(found.rule, look.chosen), found, about, waivers) for about, found in _told(look)]
    crashed = tuple(look.chosen.rule.name for look in looks if look.crashed)
    whole = by_name.keys() - {*crashed, *held_back}
    notes, told, compared = _notes(org, held_back), list[Problem](), None
    # What is explained away goes first, so that each declaration yields for itself, and only the rest is told together.
    kept = yield_to_causes(said, chosen)
    if baseline is not None:
        from coordlint.comparing import Comparison, stale

        comparison = Comparison(org, baseline, by_name, names)
        kept = comparison.accept(kept, locate)
        compared = comparison.compare(said, whole)
        told += stale(compared)
    notes += _notes_of_log(org, locate)
    kept = together(org, kept, by_name)
    if waivers is not None:
        told += waivers.problems(whole)
        notes += waivers.notes()
    kept += [_say(by_name[problem.rule], problem) for problem in told if problem.rule in by_name]
    found = _found(org, kept, by_name, locate, identity)
    counting = tuple(finding for finding in found if finding.accepted is None)
    waived = tuple(finding for finding in found if finding.accepted is not None)
    return Linted(counting, waived, notes, tuple(held_back), crashed, compared)


def _waivers(org: Org, comments: Sequence[Comment], locate: Locate, names: Mapping[str, str] | None) -> Waivers | None:
    """What is written to accept findings; None where nothing is, as nearly everywhere."""
    if not comments and "waive" not in survey(org).saying:
        return None
    from coordlint.rules import rule_names
    from coordlint.waivers import Waivers

    return Waivers(org, comments, locate, rule_names() if names is None else names)


def _say(chosen: Chosen, problem: Problem, about: Declaration | None = None, waivers: Waivers | None = None) -> Said:
    """A problem under its rule's name; `about` is the declaration that the rule looked at."""
    severity = problem.severity if problem.severity is not None and not chosen.overridden else chosen.severity
    name = chosen.rule.name
    accepted = waivers.accepting(name, problem, about) if waivers is not None else None
    return Said(name, severity, problem, frozenset({*_atoms_of(problem), *problem.atoms}), accepted)


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


def _told(look: _Look) -> list[tuple[Declaration | None, Problem]]:
    found = _at_models(look.found)
    return [*found, (None, look.crashed)] if look.crashed else found


def _at_models(found: list[tuple[Declaration, Problem]]) -> list[tuple[Declaration | None, Problem]]:
    """The same; what a declaration has from its model, or lacks as its model does, is told once, at the model."""
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
            alike = Related(declaration.at(on_key=True), f"and `{declaration.id}`, which is like it", named=True)
            problems[first] = problems[first]._replace(related=(*problems[first].related, alike))
    return [(about, problems[index]) for index, (about, _) in enumerate(found) if index not in again]


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
    whose = f"in the {rule.source}, not in coordlint or" if rule.source else "in coordlint, not in"
    whom = "tell whoever wrote it" if rule.source else "please report it with"
    return Problem(
        declaration.at(),
        f"rule `{rule.name}` crashed here: {type(error).__name__}: {error}{where}",
        tip=f"this is a mistake {whose} your files: {whom} this line and the declaration",
        rule=CRASHED,
    )


def _found(
    org: Org, kept: Iterable[Said], chosen: Mapping[str, Chosen], locate: Locate, identity: str
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


def _find(said: Said, locate: Locate) -> Finding:
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
        id="" if said.times > 1 else id,
        times=said.times,
        accepted=said.accepted,
        explains=tuple(_effect(each, locate) for each in said.explains),
        edits=problem.edits,
    )


def _effect(said: Said, locate: Locate) -> Effect:
    message = said.problem.message.replace("\n", "\\n")
    subject = _subject(said.problem.way)
    return Effect(said.rule, said.severity, message, _span(said.problem.where, locate), *subject, said.accepted)


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
    return tuple(notes)


def _notes_of_log(org: Org, locate: Locate) -> tuple[str, ...]:
    """What is said of entries that count for nothing, or not as they say; nothing where no rule asked the log."""
    if not org.remembers(evidence):
        return ()
    told, notes = evidence(org), []
    if told.to_come:
        many = len(told.to_come) > 1
        entries = f"{len(told.to_come)} entries of the log tell" if many else "1 entry of the log tells"
        days, first = ("days" if many else "a day"), "first: " if many else ""
        notes.append(
            f"{entries} of {days} to come ({first}{_line(told.to_come[0], locate)}), "
            f"and count{'s' * (not many)} for nothing until then"
        )
    if told.lost:
        entry = told.lost[0]
        meant = nearest(entry.data["supersedes"], told.ids)
        others = f" (and {len(told.lost) - 1} more)" if len(told.lost) > 1 else ""
        notes.append(
            f"{_line(entry, locate)} supersedes `{entry.data['supersedes']}`, and no decision of the log has that id"
            f"{f'; did you mean `{meant}`?' if meant else ', so that it replaces none'}{others}"
        )
    return tuple(notes)


def _line(entry: LogEntry, locate: Locate) -> str:
    span = locate(entry.at())
    return f"{span.path}:{span.line}"
