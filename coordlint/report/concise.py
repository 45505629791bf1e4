"""Runs in, one line a finding out: `path:line:col: error[rule] message`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coordlint.report.screen import paint, shown
from coordlint.report.summary import (
    accepted_in_words,
    in_words,
    left_out_in_words,
    location,
    notes,
    pick,
    pick_waived,
    waived_left_out_in_words,
)

if TYPE_CHECKING:
    from coordlint.lint import Run
    from coordlint.report import Look, Sources
    from coordlint.report.summary import Found


def render(runs: Sequence[Run], _sources: Sources, look: Look) -> str:
    """A line a finding, those that are accepted last if they are wanted, the notes, and the summary."""
    found, left_out = pick(runs, look.max_findings)
    waived, waived_left_out = pick_waived(runs, look, len(found))
    lines = [_line(each, look) for each in (*found, *waived)]
    if left_out:
        lines.append(left_out_in_words(left_out))
    if waived_left_out:
        lines.append(waived_left_out_in_words(waived_left_out))
    lines += [f"note: {shown(note)}" for note in notes(runs)]
    lines.append(in_words(runs))
    return "\n".join(lines) + "\n"


def _line(each: Found, look: Look) -> str:
    run, finding = each
    paint_ = paint(look.colour)
    if finding.accepted is None:
        level, why = paint_(finding.severity.word, finding.severity.word), ""
    else:
        level, why = paint_("faint", "waived"), f" ({accepted_in_words(run, finding.accepted)})"
    return f"{location(run, finding.span)}: {level}[{shown(finding.rule)}] {shown(finding.message + why)}"
