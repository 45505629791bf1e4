"""Runs in, one line a finding out: `path:line:col: error[rule] message`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coordlint.report.screen import paint, shown
from coordlint.report.summary import in_words, left_out_in_words, location, notes, pick

if TYPE_CHECKING:
    from coordlint.lint import Run
    from coordlint.report import Look, Sources
    from coordlint.report.summary import Found


def render(runs: Sequence[Run], _sources: Sources, look: Look) -> str:
    """A line a finding, the notes, and the summary."""
    found, left_out = pick(runs, look.max_findings)
    lines = [_line(each, look) for each in found]
    if left_out:
        lines.append(left_out_in_words(left_out))
    lines += [f"note: {shown(note)}" for note in notes(runs)]
    lines.append(in_words(runs))
    return "\n".join(lines) + "\n"


def _line(each: Found, look: Look) -> str:
    run, finding = each
    severity = paint(look.colour)(finding.severity.word, finding.severity.word)
    return f"{location(run, finding.span)}: {severity}[{shown(finding.rule)}] {shown(finding.message)}"
