"""The answers to the six signs in, one JSON document out, as `schemas/signs.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from coordlint.report.json import accepted, as_data, place, whole, written
from coordlint.report.summary import folder

if TYPE_CHECKING:
    from coordlint.answers.signs import Answer, Named, Told
    from coordlint.lint import Run

VERSION = 1


def render(run: Run, answers: Sequence[Answer]) -> str:
    """The document, with a sign a line, so that two of them can be compared."""
    rows = [f'  "{key}": {written(value)}' for key, value in _head(run).items()]
    lines = [f"    {written(_sign(run, answer))}" for answer in answers]
    return "{\n" + ",\n".join([*rows, '  "signs": [\n' + ",\n".join(lines) + "\n  ]"]) + "\n}\n"


def _head(run: Run) -> dict[str, Any]:
    from coordlint import __version__

    name = run.org.house.data.get("organisation")
    return {
        "version": VERSION,
        "tool": {"name": "coordlint", "version": __version__},
        "organisation": whole(name) if isinstance(name, str) else None,
        "path": whole(folder(run)),
        "as_of": run.org.as_of.isoformat(),
        "failed": run.failed,
        "notes": [whole(note) for note in run.notes],
    }


def _sign(run: Run, answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.sign.id,
        "name": answer.sign.name,
        "question": answer.sign.question,
        "state": answer.state.value,
        "because": whole(answer.because) or None,
        "findings": answer.total,
        "waived": answer.total_waived,
        "looked_at": [{"what": evidence.many, "count": number} for evidence, number in answer.looked_at],
        "rules": [{"rule": rule, "state": state} for rule, state in _rules(answer)],
        "declarations": [_declaration(run, named) for named in answer.declarations],
        "waived_declarations": [_declaration(run, named) for named in answer.waived],
    }


def _rules(answer: Answer) -> Iterator[tuple[str, str]]:
    for rule in answer.sign.rules:
        if rule in answer.off:
            yield rule, "off"
        elif rule in answer.unread:
            yield rule, "held-back"
        else:
            yield rule, "crashed" if rule in answer.crashed else "asked"


def _declaration(run: Run, named: Named) -> dict[str, Any]:
    return {
        "kind": named.kind or None,
        "id": whole(named.id) or None,
        "name": whole(named.name) or None,
        "findings": [_told(run, told) for told in named.told],
    }


def _told(run: Run, told: Told) -> dict[str, Any]:
    if not told.caused:
        return {**as_data(run, told.finding), "because": None}
    cause = told.finding
    return {
        "rule": told.rule,
        "severity": told.severity.word,
        "message": whole(told.message),
        **place(run, told.span),
        "kind": told.kind or None,
        "id": whole(told.id) or None,
        "related": [],
        "tip": None,
        "fixable": False,
        "fingerprint": None,
        "accepted": accepted(run, told.accepted),
        "because": {"rule": cause.rule, "fingerprint": cause.fingerprint or None, **place(run, cause.span)},
    }
