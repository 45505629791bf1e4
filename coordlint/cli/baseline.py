"""`coordlint baseline`: what is found today in, a file that accepts it out, so that a check tells what is new."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from coordlint.baseline import Entry, has_comments, write
from coordlint.cli.check import AsOf, EditionName, Plugins, PresetName
from coordlint.cli.checking import day_of, rules_of
from coordlint.cli.files import write_file
from coordlint.cli.organisation import organisation
from coordlint.cli.streams import say, tell
from coordlint.comparing import STALE, Compared
from coordlint.config import BASELINE_FILE, Asked
from coordlint.finding import UsageError
from coordlint.lint import Run
from coordlint.readers import MOST_BYTES
from coordlint.report.screen import shown as visible
from coordlint.report.summary import plural
from coordlint.waivers.written import NEVER_WAIVED
from coordlint.workspace import Workspace


def baseline(
    folder: Annotated[
        str, typer.Argument(metavar="[DIR]", help="The organisation, or a folder in it. Default: here.")
    ] = ".",
    prune: Annotated[bool, typer.Option("--prune", help="Only take out what is no longer found; add nothing.")] = False,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why it is accepted, for what is new in it; other reasons are kept.")
    ] = "",
    preset: PresetName = "",
    edition: EditionName = "",
    as_of: AsOf = "",
    plugins: Plugins = None,
) -> int:
    """Begin where you are: accept what is found today, so that `coordlint check` tells what is new.

    What is found and not waived goes to `coordlint-baseline.yaml`, beside coordlint.yaml; commit it. When something in
    it is mended, the check asks for `--prune`, which takes out what is no longer found. Where an end is agreed, a
    waiver with a last day says so; a baseline has none.

    Exit code: 0 written, or as it was; 2 the tool could not do its work, and nothing was written.
    """
    if prune and reason:
        raise UsageError("--reason is for what is new, and --prune adds nothing; leave one of the two out")
    workspace = organisation(folder)
    before = _text(workspace)
    asked = Asked(preset=preset, edition=edition, plugins=rules_of(plugins or ()))
    run = workspace.run(asked, day_of(as_of), compare=True)
    if run.failed or run.compared is None:
        raise UsageError("the check could not do all of its work, so nothing was written; `coordlint check` says why")
    if prune and before is None:
        raise UsageError(f"there is no {workspace.shown(BASELINE_FILE)} to prune; `coordlint baseline` writes one")
    for note in run.notes:
        tell(f"note: {note}")
    entries = run.compared.pruned if prune else _with_reason(run.compared, " ".join(reason.split()))
    # What nobody touches stays as people wrote it, comments and all.
    text = before if prune and _size(entries) == _size(run.compared.before) else write(entries)
    _put(workspace, text, before, entries)
    _say(visible(workspace.shown(BASELINE_FILE)), run.compared, entries, before is not None, text == before)
    if (
        reason
        and entries
        and {entry.fingerprint for entry in entries} <= {old.fingerprint for old in run.compared.before}
    ):
        tell("note: nothing is new, so no reason was written: reasons go to new entries; write others into the file")
    if text is not None and before is not None and text != before and has_comments(before):
        tell("note: comments in it are not kept; a `reason` is")
    _say_what_is_left(run)
    return 0


def _text(workspace: Workspace) -> str | None:
    """The text of the baseline that is there."""
    return workspace.alone(BASELINE_FILE).text if workspace.files().baseline else None


def _with_reason(compared: Compared, reason: str) -> list[Entry]:
    known = {entry.fingerprint for entry in compared.before}
    return [
        entry._replace(reason=reason) if not entry.reason and entry.fingerprint not in known else entry
        for entry in compared.today
    ]


def _put(workspace: Workspace, text: str | None, before: str | None, entries: Sequence[Entry]) -> None:
    """Write the baseline, unless it is there as it should be, or nothing is to be said."""
    if text is None or text == before or (before is None and not entries):
        return
    raw = text.encode("utf-8", "backslashreplace")
    if len(raw) > MOST_BYTES:
        most = f"{MOST_BYTES:,} bytes, which is the most that is read"
        raise UsageError(
            f"a baseline of {len(entries):,} findings would have more than {most}; begin with `--preset correctness`, "
            f"or turn off the rules that do not fit you"
        )
    write_file(os.path.join(workspace.root, BASELINE_FILE), raw)


def _say(path: str, compared: Compared, entries: Sequence[Entry], was_there: bool, same: bool) -> None:
    known = {entry.fingerprint for entry in compared.before}
    left = {entry.fingerprint for entry in entries}
    new = _number([entry for entry in entries if entry.fingerprint not in known])
    gone = [entry for entry in compared.before if entry.fingerprint not in left]
    lowered = _size(compared.pruned) != _size(compared.before) and not gone
    if not entries:
        say(
            f"{path}: nothing is left in it; you can delete it\n"
            if was_there
            else "nothing is found, so nothing is written\n"
        )
    elif same:
        say(f"{path}: as it was, {plural(_number(entries), 'finding')} accepted\n")
    else:
        more = f", {new} new" if new and was_there else ""
        less = f", {_number(gone)} taken out" if gone else ", less of what is found less often" if lowered else ""
        say(f"{path}: {plural(_number(entries), 'finding')} accepted{more}{less}\n")
        if not was_there:
            say("commit it; `coordlint check` tells what is new from here on\n")


def _say_what_is_left(run: Run) -> None:
    """What counts whatever a baseline holds."""
    left = [each for each in run.findings if each.rule.partition("/")[0] in NEVER_WAIVED and each.rule != STALE]
    if left:
        say(f"{plural(len(left), 'finding')} on waivers no baseline accepts; `coordlint check` shows what to do\n")


def _number(entries: Sequence[Entry]) -> int:
    """How many findings entries accept; what is said once for all of a kind is one."""
    return sum(entry.alike for entry in entries)


def _size(entries: Sequence[Entry]) -> int:
    return sum(entry.times for entry in entries)
