"""Runs in, one JSON document out, as `schemas/report.schema.json` describes it.

Nothing but ASCII is written, so that no pipe can spoil it. Half characters, which only broken file names bring, are
spelled out: `\\udcff` stands in the text as these six characters, for many readers refuse them otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import dumps
from typing import TYPE_CHECKING, Any

from coordlint.report.summary import count, declarations, files, folder, notes

if TYPE_CHECKING:
    from coordlint.finding import Accepted, Finding, Span
    from coordlint.lint import Run
    from coordlint.report import Look, Sources

VERSION = 1


def render(runs: Sequence[Run], _sources: Sources, _look: Look) -> str:
    """The document, with a finding a line, so that two of them can be compared."""
    rows = [f'  "{key}": {written(value)}' for key, value in _head(runs).items()]
    rows += [_listed("findings", findings(runs)), _listed("waived", waived(runs))]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _listed(key: str, found: list[dict[str, Any]]) -> str:
    lines = [f"    {written(each)}" for each in found]
    return f'  "{key}": [\n' + ",\n".join(lines) + "\n  ]" if lines else f'  "{key}": []'


def written(value: object) -> str:
    """A value on one line of JSON."""
    return dumps(value)


def findings(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Every finding that counts, of every Run, as plain data; what is not known is None."""
    return [as_data(run, finding) for run in runs for finding in run.findings]


def waived(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """The same of those that somebody accepts."""
    return [as_data(run, finding) for run in runs for finding in run.waived]


def _head(runs: Sequence[Run]) -> Mapping[str, Any]:
    from coordlint import __version__

    days = {run.org.as_of.isoformat() for run in runs}
    return {
        "version": VERSION,
        "tool": {"name": "coordlint", "version": __version__},
        # Each organisation has a today of its own: its calendar's zone says so.
        "as_of": days.pop() if len(days) == 1 else None,
        "summary": _summary(runs),
        "notes": [whole(note) for note in notes(runs)],
    }


def _summary(runs: Sequence[Run]) -> Mapping[str, Any]:
    counts = count(runs)
    return {
        "findings": counts.findings,
        **counts._asdict(),
        "failed": any(run.failed for run in runs),
        "organisations": [_organisation(run) for run in runs],
    }


def _organisation(run: Run) -> Mapping[str, Any]:
    return {
        "path": whole(folder(run)),
        "as_of": run.org.as_of.isoformat(),
        "findings": len(run.findings),
        "waived": len(run.waived),
        "files": files(run),
        "declarations": declarations(run),
    }


def as_data(run: Run, finding: Finding) -> dict[str, Any]:
    """A finding as plain data; what is not known is None."""
    related = [place(run, span) | {"message": whole(words)} for span, words in finding.related]
    return {
        "rule": whole(finding.rule),
        "severity": finding.severity.word,
        "message": whole(finding.message),
        **place(run, finding.span),
        "kind": finding.kind or None,
        "id": whole(finding.id) or None,
        "related": related,
        "tip": whole(finding.tip) or None,
        # What somebody accepts is left as it is.
        "fixable": bool(finding.edits) and finding.accepted is None,
        "fingerprint": finding.fingerprint or None,
        "accepted": accepted(run, finding.accepted),
    }


def accepted(run: Run, accepted: Accepted | None) -> dict[str, Any] | None:
    """Why a finding is accepted; None where it is not."""
    if accepted is None:
        return None
    return {
        "by": accepted.by,
        "reason": whole(accepted.reason) or None,
        "until": accepted.until.isoformat() if accepted.until is not None else None,
        "path": whole(run.prefix + accepted.where.path),
        "line": accepted.where.line or None,
    }


def place(run: Run, span: Span) -> dict[str, Any]:
    """Where a span stands, from where the command ran."""
    known = span.line > 0
    return {
        "path": whole(run.prefix + span.path) if span.path else None,
        "line": span.line if known else None,
        "column": span.column if known else None,
        "end_line": span.end_line if known else None,
        "end_column": span.end_column if known else None,
    }


def whole(text: str) -> str:
    """The text without half characters."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
