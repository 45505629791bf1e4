"""Runs in, how often each rule spoke out: the most frequent first, with its severity, and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coordlint.report.screen import paint, shown
from coordlint.report.summary import in_words, notes

if TYPE_CHECKING:
    from coordlint.lint import Run
    from coordlint.report import Look, Sources


def render(runs: Sequence[Run], _sources: Sources, look: Look) -> str:
    """A line a rule and severity, for what a rule says may be raised by what it explains."""
    counts = Counter((finding.rule, finding.severity) for run in runs for finding in run.findings)
    rows = sorted(counts.items(), key=lambda each: (-each[1], -each[0][1], each[0][0]))
    column = max((len(str(number)) for number in counts.values()), default=0)
    colour = paint(look.colour)
    lines = [
        f"{number:>{column}}  {colour(severity.word, f'{severity.word:<7}')}  {shown(rule)}"
        for (rule, severity), number in rows
    ]
    if lines:
        lines.append("")
    lines += [f"note: {shown(note)}" for note in notes(runs)]
    return "\n".join([*lines, in_words(runs)]) + "\n"
