"""Organisations in, what mends them on disk or as a diff on stdout out: `check --fix` and `check --diff`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from difflib import unified_diff
from typing import TypeAlias

from coordlint.cli.files import may_be_put_in_place, put_in_place
from coordlint.cli.streams import complain, say, tell
from coordlint.config import Asked
from coordlint.finding import Finding, UsageError
from coordlint.fixing import Change, Fixed, fix
from coordlint.folders import repository_around
from coordlint.report.screen import shown as visible
from coordlint.workspace import Workspace

# An organisation, and the files to which a check is narrowed; none for all.
Narrowed: TypeAlias = tuple[Workspace, list[str]]


def mend(workspaces: Sequence[Narrowed], asked: Asked, day: date | None) -> None:
    """Mend what is certain, on disk, and tell what was mended. Raises UsageError, before anything is written, where a
    file is no longer as it was read, or may not be written."""
    fixed = [(workspace, found) for workspace, files in workspaces if (found := _fixed(workspace, files, asked, day))]
    for workspace, found in fixed:
        for path, change in found.changes.items():
            may_be_put_in_place(workspace.root, path, change.old, workspace.shown(path))
    for workspace, found in fixed:
        for path, change in found.changes.items():
            put_in_place(workspace.root, path, change.old, change.new, workspace.shown(path))
            tell(f"mended {workspace.shown(path)}: {_in_words(found, path)}")
        # From here on what stands on disk is read again.
        workspace.overlay.clear()


def show_diff(workspaces: Sequence[Narrowed], asked: Asked, day: date | None, alone: bool) -> int:
    """Print what would be mended, as a diff that `patch` and `git apply` take; 1 where there is something to mend.

    `alone` means that nothing else is asked of this check.
    """
    if not alone:
        raise UsageError("--diff shows what --fix would change, and nothing besides; give it without --fix and formats")
    differs = failed = False
    top = _applied_in([workspace.root for workspace, _ in workspaces])
    for workspace, files in workspaces:
        try:
            found = fix(workspace, asked, day, _within(files))
        except UsageError as error:
            complain(error)
            failed = True
            continue
        for path, change in found.changes.items():
            from_top = os.path.relpath(os.path.join(os.path.realpath(workspace.root), path), top).replace(os.sep, "/")
            say("".join(map(_safe, _diff(visible(from_top), change))))
            differs = True
    return 2 if failed else int(differs)


def _applied_in(roots: Sequence[str]) -> str:
    """The folder that paths in a diff begin at: the repository's top, as in git's own, else the organisation's folder.

    For several, the folder that holds them all.
    """
    return os.path.commonpath([repository_around(root) or os.path.realpath(root) for root in roots])


def _fixed(workspace: Workspace, files: list[str], asked: Asked, day: date | None) -> Fixed | None:
    """What mends an organisation; None where it cannot be checked, which the check that follows tells."""
    try:
        return fix(workspace, asked, day, _within(files))
    except UsageError:
        return None


def _within(files: list[str]) -> Callable[[Finding], bool]:
    """Whether a finding is mended in one of these files; where none is named, in any."""
    return lambda finding: not files or all(edit.where.path in files for edit in finding.edits)


def _in_words(found: Fixed, path: str) -> str:
    rules = Counter(each.rule for each in found.mended if each.edits[0].where.path == path)
    return ", ".join(f"{rule} ({count})" if count > 1 else rule for rule, count in sorted(rules.items()))


def _diff(path: str, change: Change) -> Iterator[str]:
    """A unified diff; a line without a line feed at its end is marked as `patch` wants it."""
    old, new = (_lines(raw.decode("utf-8")) for raw in change)
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _safe(line: str) -> str:
    """A line as it stands, for `patch`; on a terminal, with everything invisible spelt out."""
    return f"{visible(line[:-1])}\n" if sys.stdout.isatty() else line


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; of those, only the line feed ends one for `patch`."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rpartition("\n")[2]) else [])
