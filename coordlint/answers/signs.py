"""A Run in, its answer to each of the six signs out: what tells of it, by declaration, or why nothing does.

A sign is made of findings alone, so that its numbers are those of a check. What a finding explains elsewhere, and
therefore is not said there, tells of a sign all the same: an escalation whose first step has left is slow, though the
finding stands at the role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from coordlint.answers.sign_table import SIGNS, Evidence, Sign, rules_of
from coordlint.config import Asked
from coordlint.finding import Accepted, Finding, Severity, Span
from coordlint.lint import Run
from coordlint.model.kinds import KINDS


class State(Enum):
    """What can be said of a sign."""

    FOUND = "found"
    NONE = "none"
    NO_EVIDENCE = "no-evidence"
    NOT_JUDGED = "not-judged"


class Told(NamedTuple):
    """What is said of a declaration: a finding, or what is `caused` by one, and accepted where either of them is."""

    rule: str
    severity: Severity
    message: str
    span: Span
    kind: str
    id: str
    finding: Finding
    caused: bool = False
    accepted: Accepted | None = None


class Named(NamedTuple):
    """A declaration with all that a sign says of it, the worst first. Without an id, its whole kind is meant."""

    kind: str
    id: str
    name: str
    told: tuple[Told, ...]

    @property
    def label(self) -> str:
        """How a report speaks of it: ``decision right `pricing` ``."""
        if not self.id:
            return KINDS[self.kind].collection.replace("_", " ") if self.kind in KINDS else self.told[0].span.path
        return f"{self.kind.replace('-', ' ')} `{self.id}`"


class Answer(NamedTuple):
    """What a Run says of a sign.

    `waived` is what was accepted, and counts for nothing. `looked_at` is how much of each evidence there is. Of the
    sign's rules, `off` are those that were not asked for, `unread` those that wait for what could not be read, and
    `crashed` those that did not come to their end. `because` says why no more can be said.
    """

    sign: Sign
    declarations: tuple[Named, ...]
    waived: tuple[Named, ...]
    looked_at: tuple[tuple[Evidence, int], ...]
    off: tuple[str, ...]
    unread: tuple[str, ...]
    crashed: tuple[str, ...]
    state: State
    because: str

    @property
    def total(self) -> int:
        return sum(len(each.told) for each in self.declarations)

    @property
    def total_waived(self) -> int:
        return sum(len(each.told) for each in self.waived)


def asked(preset: str = "") -> Asked:
    """What to run for the signs: a preset alone where one is named, else what is in force and the signs' rules."""
    return Asked(preset=preset) if preset else Asked(besides=rules_of())


def signs(run: Run) -> tuple[Answer, ...]:
    """The answer to every sign, in the order in which people ask."""
    return tuple(_answer(run, sign) for sign in SIGNS)


def _answer(run: Run, sign: Sign) -> Answer:
    told = list(_told(sign, (*run.findings, *run.waived)))
    declarations = _named(run, (each for each in told if each.accepted is None))
    waived = _named(run, (each for each in told if each.accepted is not None))
    looked_at = tuple((evidence, evidence.count(run.org)) for evidence in sign.evidence)
    off = tuple(rule for rule in sign.rules if rule not in run.rules)
    unread = tuple(rule for rule in sign.rules if rule in run.held_back)
    crashed = tuple(rule for rule in sign.rules if rule in run.crashed)
    answer = Answer(sign, declarations, waived, looked_at, off, unread, crashed, State.FOUND, "")
    state, because = _state(run, answer)
    return answer._replace(state=state, because=because)


def _told(sign: Sign, findings: Iterable[Finding]) -> Iterator[Told]:
    """What tells of a sign: findings of its rules, and what findings explain.

    What a finding of the sign explains of the very same declaration would only be said twice.
    """
    for finding in findings:
        own = sign.tells(finding.rule, finding.kind)
        if own:
            subject = (finding.span, finding.kind, finding.id)
            yield Told(finding.rule, finding.severity, finding.message, *subject, finding, False, finding.accepted)
        for effect in finding.explains:
            elsewhere = (effect.kind, effect.id) != (finding.kind, finding.id)
            if sign.tells(effect.rule, effect.kind) and (elsewhere or not own):
                subject = (effect.span, effect.kind, effect.id)
                accepted = finding.accepted or effect.accepted
                yield Told(effect.rule, effect.severity, effect.message, *subject, finding, True, accepted)


def _named(run: Run, told: Iterable[Told]) -> tuple[Named, ...]:
    """What is told, by declaration: the worst first, then in the order of files and lines."""
    found: dict[tuple[str, str, str], list[Told]] = {}
    for each in told:
        beside = each.span.path if not each.kind else ""
        found.setdefault((each.kind, each.id, beside), []).append(each)
    named = [
        Named(kind, id, _name(run, kind, id), tuple(sorted(alike, key=_weight)))
        for (kind, id, _), alike in found.items()
    ]
    return tuple(sorted(named, key=lambda each: _weight(each.told[0])))


def _weight(told: Told) -> tuple[int, str, int, int, str, str]:
    return (-told.severity, told.span.path, told.span.line, told.span.column, told.rule, told.message)


def _name(run: Run, kind: str, id: str) -> str:
    """The name that a declaration was given; "" where its id says as much."""
    declaration = run.org.get(KINDS[kind], id) if kind in KINDS and id else None
    name = declaration.data.get("name") if declaration is not None else None
    return name if isinstance(name, str) and "-".join(name.casefold().split()) != id else ""


def _state(run: Run, answer: Answer) -> tuple[State, str]:
    """What can be said of a sign, and why not more."""
    asked = len(answer.sign.rules) - len(answer.off)
    doubt = _doubt(run, answer, asked)
    if answer.declarations:
        return State.FOUND, doubt
    if not asked:
        return State.NOT_JUDGED, "all of its rules are off"
    if doubt:
        return State.NOT_JUDGED, doubt
    if any(number for _, number in answer.looked_at):
        return State.NONE, ""
    return State.NO_EVIDENCE, answer.sign.missing


def _doubt(run: Run, answer: Answer, asked: int) -> str:
    """Why there might be something to say that was not said; "" where everything was looked at."""
    reasons = [f"{_what_is_unread(run)} could not be read"] if run.org.incomplete else []
    reasons += [f"`{rule}` crashed" for rule in answer.crashed]
    number = len(answer.unread) + len(answer.crashed)
    if not number:
        return " and ".join(reasons)
    which = f"{'none' if number == asked else f'only {asked - number}'} of its {asked} rules"
    return f"{which} ran to the end, for {' and '.join(reasons)}"


def _what_is_unread(run: Run) -> str:
    """What could not be read, by its first file or declaration."""
    org = run.org
    if org.unread:
        first = f"`{org.unread[0]}`"
    else:
        refused = org.refused[0]
        first = f"{refused.label if refused.id else 'an entry'} in `{refused.path}`"
    others = len(org.unread or org.refused) - 1
    return f"{first} (and {others} more)" if others else first
