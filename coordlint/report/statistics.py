"""Runs in, how often each rule spoke out: the most frequent first, with its severity, and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from coordlint.finding import Severity
from coordlint.report.screen import paint, shown
from coordlint.report.summary import in_words, notes, plural

if TYPE_CHECKING:
    from coordlint.lint import Run
    from coordlint.report import Look, Sources

    Tally = Counter[tuple[str, Severity]]


def render(runs: Sequence[Run], _sources: Sources, look: Look) -> str:
    """A line a rule and severity, for what a rule says may be raised by what it explains."""
    waived = Counter((each.rule, each.severity) for run in runs for each in run.waived) if look.show_waived else {}
    tally = _tally(runs)
    rows = Counter({key: tally[key] for key in {**tally, **waived}})
    return _table(runs, rows, look, {key: f"{number} waived" for key, number in waived.items()})


def render_move(before: Sequence[Run], after: Sequence[Run], edition: str, look: Look) -> str:
    """The same for a move to another edition, with what each rule would find more or fewer, and the rules it brings.

    `before` is what is found without the move.
    """
    was, now = _tally(before), _tally(after)
    rules_before, rules_after = _rules(before), _rules(after)
    brought, left_out = sorted(rules_after - rules_before), sorted(rules_before - rules_after)
    marks = {key: "new" if key[0] in brought else _difference(now[key] - was[key]) for key in {**was, **now}}
    rows = Counter({key: now[key] for key in marks})
    told = [f"edition {edition} brings `{name}`: {_found(now, name)}" for name in brought]
    told += [f"edition {edition} leaves out `{name}`" for name in left_out]
    if not told:
        told = [f"edition {edition} brings nothing new here: the rules in force are those of coordlint.yaml's edition"]
    return _table(after, rows, look, marks, told)


def _tally(runs: Sequence[Run]) -> Tally:
    return Counter((finding.rule, finding.severity) for run in runs for finding in run.findings)


def _rules(runs: Sequence[Run]) -> set[str]:
    return {name for run in runs for name in run.rules}


def _difference(more: int) -> str:
    return f"{more} more" if more > 0 else f"{-more} fewer" if more else ""


def _found(tally: Tally, rule: str) -> str:
    number = sum(count for (name, _), count in tally.items() if name == rule)
    return plural(number, "finding") if number else "no findings"


def _table(
    runs: Sequence[Run],
    tally: Tally,
    look: Look,
    marks: Mapping[tuple[str, Severity], str],
    told: Iterable[str] = (),
) -> str:
    rows = sorted(tally.items(), key=lambda each: (-each[1], -each[0][1], each[0][0]))
    column = max((len(str(number)) for number in tally.values()), default=0)
    widest = max((len(rule) for rule, _ in tally), default=0) if any(marks.values()) else 0
    colour = paint(look.colour)
    lines = [
        f"{number:>{column}}  {colour(severity.word, f'{severity.word:<7}')}  "
        f"{shown(rule):<{widest}}  {marks.get((rule, severity), '')}".rstrip()
        for (rule, severity), number in rows
    ]
    if lines:
        lines.append("")
    lines += [f"note: {shown(note)}" for note in notes(runs)]
    lines += map(shown, told)
    return "\n".join([*lines, in_words(runs)]) + "\n"
