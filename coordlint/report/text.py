"""Runs in, pages for a terminal out: each finding with its source line, carets and words, and a summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordlint.finding import Finding, Span
from coordlint.report.screen import hang, measure, paint, shown
from coordlint.report.snippet import Frame, Mark, draw, lines_of
from coordlint.report.summary import (
    accepted_in_words,
    in_words,
    left_out_in_words,
    location,
    mendable_in_words,
    notes,
    pick,
    pick_waived,
    waived_left_out_in_words,
)

if TYPE_CHECKING:
    from coordlint.lint import Run
    from coordlint.report import Look, Sources

NARROWEST = 30
# Related places so many lines apart are shown together.
NEAR = 6
# More related places than these are only counted; json has them all.
MOST_RELATED = 10


class Desk:
    """What a page is written with: the look of it, and the files that were opened for it, each once."""

    def __init__(self, sources: Sources, look: Look) -> None:
        self.width = max(look.width, NARROWEST)
        self.paint = paint(look.colour)
        self._sources = sources
        self._open: dict[tuple[str, str], list[str]] = {}

    def lines(self, run: Run, path: str) -> list[str]:
        """The lines of a file; none where its text cannot be had."""
        key = (run.prefix, path)
        if key not in self._open:
            text = self._sources(run, path)
            self._open[key] = [] if text is None else lines_of(text)
        return self._open[key]


def render(runs: Sequence[Run], sources: Sources, look: Look) -> str:
    """Every finding, those that are accepted last if they are wanted, the notes, and the summary as the last line."""
    desk = Desk(sources, look)
    found, left_out = pick(runs, look.max_findings)
    waived, waived_left_out = pick_waived(runs, look, len(found))
    pages = [list(_page(run, finding, desk)) for run, finding in (*found, *waived)]
    if left_out:
        pages.append(hang("", left_out_in_words(left_out), desk.width))
    if waived_left_out:
        pages.append(hang("", waived_left_out_in_words(waived_left_out), desk.width))
    said = [line for note in notes(runs) for line in hang("note: ", note, desk.width)]
    mendable = mendable_in_words(runs)
    said += hang("note: ", mendable, desk.width) if mendable else []
    if said:
        pages.append(said)
    worst = max((finding.severity.word for run in runs for finding in run.findings), default="good")
    pages.append(
        [desk.paint("strong" if worst != "good" else "good", line) for line in hang("", in_words(runs), desk.width)]
    )
    return "\n\n".join("\n".join(page) for page in pages) + "\n"


def _page(run: Run, finding: Finding, desk: Desk) -> Iterator[str]:
    """One finding: where and what, the source, and a tip; or why nobody needs to do anything."""
    yield from _head(run, finding, desk)
    for line in hang("  ", finding.message, desk.width):
        yield "  " + desk.paint("strong", line[2:])
    yield from _places(run, finding, desk)
    if finding.accepted is not None:
        yield from hang("  ", accepted_in_words(run, finding.accepted), desk.width)
    elif finding.tip:
        yield from hang("  tip: ", finding.tip, desk.width)


def _head(run: Run, finding: Finding, desk: Desk) -> Iterator[str]:
    where = location(run, finding.span)
    level = finding.severity.word if finding.accepted is None else "waived"
    rule = shown(finding.rule)
    name = f"{desk.paint(level if finding.accepted is None else 'faint', level)} {desk.paint('faint', rule)}"
    # A path is never broken: it would no longer be one that can be clicked or copied.
    if measure(f"{where} {level} {rule}") <= desk.width:
        yield f"{where} {name}"
    else:
        yield where
        yield f"  {name}"


def _places(run: Run, finding: Finding, desk: Desk) -> Iterator[str]:
    """The source lines, first those around the finding's own place, then those of related places further off."""
    own, *others = _together(_marks(finding))
    hidden = len(finding.related) - MOST_RELATED
    everything = [mark for group in (own, *others) for mark in group]
    last = max(mark.span.line for mark in everything)
    frame = Frame(desk.width, len(str(last)), desk.paint)
    yield from _group(run, own, frame, desk)
    for group in others:
        yield from _elsewhere(run, group, frame, desk)
    if hidden > 0:
        yield f"  and {hidden} more place{'s' * (hidden > 1)}"


def _marks(finding: Finding) -> list[Mark]:
    """The finding's own mark first, then the related ones; what is said of the very same stretch stands at one mark."""
    marks = [Mark(finding.span, finding.severity.word, "^")]
    for span, words in finding.related[:MOST_RELATED]:
        if span == finding.span and not marks[0].words:
            marks[0] = marks[0]._replace(words=words)
        else:
            marks.append(Mark(span, "related", "-", words))
    return marks


def _together(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks in groups that are shown in one piece: of one file, and few lines apart."""
    groups: list[list[Mark]] = []
    for mark in marks:
        near = (group for group in groups if any(_near(mark.span, other.span) for other in group))
        group = next(near, None)
        if group is None:
            groups.append([mark])
        else:
            group.append(mark)
    return groups


def _near(one: Span, other: Span) -> bool:
    return one.path == other.path and abs(one.line - other.line) <= NEAR


def _elsewhere(run: Run, group: Sequence[Mark], frame: Frame, desk: Desk) -> Iterator[str]:
    where = location(run, group[0].span)
    if _in_sight(run, group[0].span, desk):
        yield f"  see {where}"
    yield from _group(run, group, frame, desk)


def _group(run: Run, group: Sequence[Mark], frame: Frame, desk: Desk) -> Iterator[str]:
    """The lines of a group; words about a place that cannot be shown stand beside its name."""
    seen = [mark for mark in group if _in_sight(run, mark.span, desk)]
    yield from draw(desk.lines(run, group[0].span.path), seen, frame)
    for mark in group:
        if mark not in seen and mark.sign == "-":
            yield from hang("  see ", f"{location(run, mark.span)}: {mark.words}", desk.width)


def _in_sight(run: Run, span: Span, desk: Desk) -> bool:
    return 0 < span.line <= len(desk.lines(run, span.path))
