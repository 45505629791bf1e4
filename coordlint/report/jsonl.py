"""Runs in, one finding a line out, each as JSON: `#/$defs/finding` of `schemas/report.schema.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coordlint.report.json import findings, waived, written

if TYPE_CHECKING:
    from coordlint.lint import Run
    from coordlint.report import Look, Sources


def render(runs: Sequence[Run], _sources: Sources, look: Look) -> str:
    """A line a finding, those that are accepted last if they are wanted; nothing where there is none."""
    found = findings(runs) + (waived(runs) if look.show_waived else [])
    return "".join(f"{written(each)}\n" for each in found)
