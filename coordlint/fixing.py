"""An organisation in, out the new bytes of files that mend what can be mended without asking anybody.

A finding tells the edits that mend it. They are made in memory, and the organisation is checked again: an edit stays
only where its finding is gone and nothing new is wrong with the lines that it changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from coordlint.config import Asked
from coordlint.editing import Refused, apply
from coordlint.editing.touched import touched
from coordlint.finding import Edit, Finding, Span, UsageError
from coordlint.lint import Run
from coordlint.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

# What an edit must not bring anywhere in what it changed; of what other rules say, see `_judged_by`.
JUDGING = ("yaml", "shape", "reference", "waiver")
# Each time that an edit turns out to be wrong, the organisation is checked again.
_MOST_RUNS = 100


class Change(NamedTuple):
    """What a file held when it was read, and what it is to hold."""

    old: bytes
    new: bytes


class Fixed(NamedTuple):
    """The files that change, by their paths from the root, and the findings that are gone for it."""

    changes: Mapping[str, Change]
    mended: tuple[Finding, ...]


def fix(
    workspace: Workspace,
    asked: Asked = Asked(),  # noqa: B008
    as_of: date | None = None,
    wanted: Callable[[Finding], bool] = lambda _: True,
) -> Fixed:
    """Mend what is wanted and certain, in memory: the workspace then holds the new texts as its overlay.

    Raises UsageError where the organisation cannot be checked.
    """
    fixing = _Fixing(workspace, _judged(workspace, asked, as_of), as_of)
    run = workspace.run(fixing.asked, as_of)
    while fixing.runs < _MOST_RUNS:
        todo = [each for each in run.findings if each.edits and _is_asked_for(each, asked) and wanted(each)]
        todo = [each for each in todo if each.fingerprint not in fixing.hopeless]
        if not todo:
            break
        run = fixing.mend(run, todo)
    workspace.overlay = {**workspace.overlay, **fixing.mended_texts}
    return Fixed(fixing.changes(), tuple(fixing.mended))


def _judged(workspace: Workspace, asked: Asked, as_of: date | None) -> Asked:
    """What is asked for, with all that an edit is judged by: every rule that is in force, whatever was selected."""
    every = asked._replace(select=(), ignore=())
    if not asked.select:
        return every
    return every._replace(select=(*asked.select, *workspace.run(every, as_of).rules))


def _is_asked_for(finding: Finding, asked: Asked) -> bool:
    names = (finding.rule, finding.rule.partition("/")[0])
    if any(name in asked.ignore for name in names):
        return False
    return not asked.select or any(name in asked.select for name in names)


class _Fixing:
    """Files as they were read and as they are to be, while one finding after the other is mended."""

    def __init__(self, workspace: Workspace, asked: Asked, as_of: date | None) -> None:
        self.workspace = workspace
        self.asked = asked
        self.as_of = as_of
        self.runs = 1
        self.hopeless: set[str] = set()
        self.mended: list[Finding] = []
        self.mended_texts: dict[str, bytes] = {}
        self._read: dict[str, bytes] = {}
        self._overlay = dict(workspace.overlay)

    def changes(self) -> dict[str, Change]:
        every = {path: Change(self._read[path], new) for path, new in sorted(self.mended_texts.items())}
        return {path: change for path, change in every.items() if change.old != change.new}

    def mend(self, run: Run, todo: Sequence[Finding]) -> Run:
        """Mend as many of these findings as can be at once; the Run that follows, or the same where none could be."""
        for path in dict.fromkeys(map(_path_of, todo)):
            if path not in self._read:
                self._read[path] = self.workspace.raw(path)
        while todo:
            texts, kept, refused = self._edited(todo)
            self.hopeless.update(each.fingerprint for each in refused)
            if not kept:
                return run
            after = self._checked(texts)
            if after is not None and self._is_better(run, after, kept, texts):
                self.mended += kept
                self.mended_texts.update(texts)
                return after
            if len(kept) == 1:
                self.hopeless.add(kept[0].fingerprint)
                return run
            todo = kept[: len(kept) // 2]
        return run

    def _now(self, path: str) -> bytes:
        return self.mended_texts.get(path, self._read[path])

    def _edited(self, todo: Sequence[Finding]) -> tuple[dict[str, bytes], list[Finding], list[Finding]]:
        """The texts with these findings' edits, those findings whose edits are in them, and those that cannot be."""
        by_path: dict[str, list[Finding]] = {}
        for each in todo:
            by_path.setdefault(_path_of(each), []).append(each)
        texts: dict[str, bytes] = {}
        kept: list[Finding] = []
        refused: list[Finding] = []
        for path, findings in by_path.items():
            fitting = _fitting(path, self._now(path), findings, refused)
            new = _applied(path, self._now(path), fitting)
            if fitting and isinstance(new, bytes):
                texts[path] = new
                kept += fitting
        return texts, kept, refused

    def _checked(self, texts: Mapping[str, bytes]) -> Run | None:
        self.workspace.overlay = {**self._overlay, **self.mended_texts, **texts}
        self.runs += 1
        try:
            return self.workspace.run(self.asked, self.as_of)
        except UsageError:
            return None
        finally:
            self.workspace.overlay = {**self._overlay, **self.mended_texts}

    def _is_better(self, before: Run, after: Run, mended: Sequence[Finding], texts: Mapping[str, bytes]) -> bool:
        """Whether these findings are gone, and the lines that changed bring no new ones."""
        was, still = _counted(before.findings), _counted(after.findings)
        for same, count in Counter(map(_same, mended)).items():
            if still[same] > was[same] - count:
                return False
        if after.failed > before.failed:
            return False
        # What was only hidden by a slip is nothing new, and what can be mended next does no harm.
        fresh = [each for each in after.findings if not each.edits and still[_same(each)] > was[_same(each)]]
        if not fresh:
            return True
        edits = [edit for each in mended for edit in each.edits]
        whole = self._spans(texts, edits)
        words = self._spans(texts, [each for each in edits if each.action in ("rename", "replace", "add")], words=True)
        lists = self._spans(texts, [each for each in edits if each.action == "add"])
        return not any(
            _meet(place, span)
            for each in fresh
            for place, spans in _judged_by(each, whole, words, lists)
            for span in spans
        )

    def _spans(self, texts: Mapping[str, bytes], edits: Sequence[Edit], words: bool = False) -> list[Span]:
        """Where what these edits made stands, in the files that they changed."""
        return [
            span
            for path, new in texts.items()
            for span in touched(path, new, [edit for edit in edits if edit.where.path == path], words)
        ]


def _judged_by(
    finding: Finding, whole: list[Span], words: list[Span], lists: list[Span]
) -> Iterator[tuple[Span, list[Span]]]:
    """The places of a new finding, each with the spans of edits in which it may not stand.

    What is misspelt hides what other rules would say of what stands below it, and that is nothing new; but nothing may
    be wrong with the very word that was written, nor with a list that claims more than it did.
    """
    if finding.rule.partition("/")[0] in JUDGING:
        yield from ((place, whole) for place in _places(finding))
        return
    yield finding.span, words
    yield from ((place, lists) for place in _places(finding))


def _places(finding: Finding) -> list[Span]:
    return [finding.span, *(span for span, _ in finding.related)]


def _meet(one: Span, other: Span) -> bool:
    """Whether two stretches share a character, or one has none and stands in the other."""
    if one.path != other.path:
        return False
    return (one.line, one.column) <= (other.end_line, other.end_column) and (other.line, other.column) <= (
        one.end_line,
        one.end_column,
    )


def _path_of(finding: Finding) -> str:
    return finding.edits[0].where.path


def _fitting(path: str, raw: bytes, findings: list[Finding], refused: list[Finding]) -> list[Finding]:
    """Those findings whose edits can be made together; one that cannot be made by itself is put among the refused."""
    if not isinstance(_applied(path, raw, findings), Refused):
        return findings
    if len(findings) == 1:
        refused += findings
        return []
    half = len(findings) // 2
    first, second = (_fitting(path, raw, part, refused) for part in (findings[:half], findings[half:]))
    both = [*first, *second]
    # Two that meet in one place are mended one after the other.
    return both if not isinstance(_applied(path, raw, both), Refused) else first


def _applied(path: str, raw: bytes, findings: Iterable[Finding]) -> bytes | Refused:
    # Two findings may ask for the same edit.
    edits = {repr(edit): edit for each in findings for edit in each.edits}
    return apply(path, raw, list(edits.values()))


def _same(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.alike or finding.fingerprint


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter(map(_same, findings))
