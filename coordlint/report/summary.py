"""Runs in, counts and their words out: how much was found, where, and what a report leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from coordlint.finding import Accepted, Finding, Severity, Span
from coordlint.report.screen import shown

if TYPE_CHECKING:
    from coordlint.lint import Run
    from coordlint.report import Look

    Found = tuple[Run, Finding]


class Counts(NamedTuple):
    """How many findings count, of each severity, how many are waived, in how many files, and how much was looked at."""

    error: int
    warning: int
    info: int
    waived: int
    files_with_findings: int
    files: int
    declarations: int

    @property
    def findings(self) -> int:
        return self.error + self.warning + self.info


def count(runs: Sequence[Run]) -> Counts:
    """What several Runs found together. Declarations are those with an id: the log's entries are evidence."""
    severities = [finding.severity for run in runs for finding in run.findings]
    return Counts(
        error=severities.count(Severity.ERROR),
        warning=severities.count(Severity.WARNING),
        info=severities.count(Severity.INFO),
        waived=sum(len(run.waived) for run in runs),
        files_with_findings=sum(len(_hit(run)) for run in runs),
        files=sum(files(run) for run in runs),
        declarations=sum(declarations(run) for run in runs),
    )


def _hit(run: Run) -> set[str]:
    return {finding.span.path for finding in run.findings}


def files(run: Run) -> int:
    """How many files were looked at, those that could not be read and have a finding among them."""
    return max(run.files, len(_hit(run)))


def declarations(run: Run) -> int:
    """How many things with an id an organisation's files declare; what coordlint.yaml sets is not counted."""
    from coordlint.model.base import Declaration
    from coordlint.shape import HOUSE_COLLECTIONS

    every = run.org.all(Declaration)
    return sum(bool(declaration.id) and declaration.collection not in HOUSE_COLLECTIONS for declaration in every)


def plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def by_severity(severities: Iterable[Severity]) -> str:
    """In words, the worst first: `1 error, 2 warnings`."""
    listed = list(severities)
    numbers = [(listed.count(severity), severity) for severity in reversed(Severity)]
    # "Infos" is no word.
    return ", ".join(
        f"{number} info" if severity is Severity.INFO else plural(number, severity.word)
        for number, severity in numbers
        if number
    )


def in_words(runs: Sequence[Run]) -> str:
    """The last line of a report: `3 findings: 1 error, 2 warnings, in 2 of 14 files, 5 waived`."""
    counts = count(runs)
    of_several = f" of {plural(len(runs), 'organisation')}" if len(runs) != 1 else ""
    waived = f", {counts.waived} waived" if counts.waived else ""
    if not counts.findings:
        read = f"{plural(counts.files, 'file')}, {plural(counts.declarations, 'declaration')}"
        return f"no findings in {read}{of_several}{waived}"
    severities = by_severity(finding.severity for run in runs for finding in run.findings)
    where = f"{counts.files_with_findings} of {counts.files} files" if counts.files > 1 else "1 file"
    return f"{plural(counts.findings, 'finding')}: {severities}, in {where}{of_several}{waived}"


def notes(runs: Sequence[Run]) -> list[str]:
    """What people should know besides, each with its organisation where there are several."""
    return [f"{folder(run)}: {note}" if len(runs) > 1 else note for run in runs for note in run.notes]


def mendable_in_words(runs: Sequence[Run]) -> str:
    """How many findings can be mended without asking anybody, and how; "" where none can."""
    number = sum(bool(finding.edits) for run in runs for finding in run.findings)
    if not number:
        return ""
    # What one of them hides comes to light when it is mended, and is mended too.
    hidden = "it hides" if number == 1 else "they hide"
    found = f"{plural(number, 'finding')} may be mended by `--fix`, with what {hidden}"
    return f"{found}; `--diff` shows all that it would write"


def folder(run: Run) -> str:
    """The organisation's folder, as paths in the report begin; `.` for the one around."""
    return run.prefix.rstrip("/") or "."


def pick(runs: Sequence[Run], max_findings: int) -> tuple[list[Found], list[Severity]]:
    """The findings to show, in the order of files, and the severities of those that there is no room for.

    The most severe are shown first of all, so that no error hides behind a hundred warnings. 0 shows all.
    """
    every = [(run, finding) for run in runs for finding in run.findings]
    if max_findings <= 0 or len(every) <= max_findings:
        return every, []
    order = sorted(range(len(every)), key=lambda index: -every[index][1].severity)
    left_out = [every[index][1].severity for index in order[max_findings:]]
    return [every[index] for index in sorted(order[:max_findings])], left_out


def left_out_in_words(left_out: Sequence[Severity]) -> str:
    """What is said of findings that are not shown, and how to see them."""
    what = "1 more finding is" if len(left_out) == 1 else f"{len(left_out)} more findings are"
    return f"{what} not shown ({by_severity(left_out)}); `--max-findings 0` shows all"


def pick_waived(runs: Sequence[Run], look: Look, above: int) -> tuple[list[Found], int]:
    """The accepted findings to show below so many others, if any are wanted, and how many there is no room for."""
    every = [(run, finding) for run in runs for finding in run.waived] if look.show_waived else []
    room = max(look.max_findings - above, 0) if look.max_findings > 0 else len(every)
    return every[:room], len(every[room:])


def waived_left_out_in_words(left_out: int) -> str:
    """What is said of accepted findings that are not shown."""
    what = "1 more waived finding is" if left_out == 1 else f"{left_out} more waived findings are"
    return f"{what} not shown; `--max-findings 0` shows all"


def accepted_in_words(run: Run, accepted: Accepted) -> str:
    """Until when, where and why a finding is accepted."""
    until = f" until {accepted.until}" if accepted.until else ""
    where = run.prefix + accepted.where.path + (f":{accepted.where.line}" if accepted.where.line else "")
    return f"accepted{until} in {where}" + (f": {accepted.reason}" if accepted.reason else ", without a reason")


def location(run: Run, span: Span) -> str:
    """`path:line:col`, safe for a terminal; the path alone where the line is not known."""
    path = shown(run.prefix + span.path)
    return f"{path}:{span.line}:{span.column}" if span.line > 0 else path
