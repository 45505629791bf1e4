"""Organisations in, findings on stdout and an exit code out: what `coordlint check` does.

It knows nothing of Typer, so that the call that hooks make most, without an option, need not load it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from coordlint.cli.streams import complain, say, tell
from coordlint.config import BASELINE_FILE, CONFIG_FILE, Asked
from coordlint.finding import Finding, Severity, UsageError
from coordlint.lint import CRASHED, UNREADABLE, Run
from coordlint.report import FOR_PEOPLE, FORMATS, Look, Sources, render
from coordlint.report.screen import shown as visible
from coordlint.rule import Rule
from coordlint.workspace import Workspace, prefix_of, roots


def check(
    paths: Sequence[str] = (),
    *,
    format: str = "text",
    output: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    preset: str = "",
    edition: str = "",
    fail_on: str = "error",
    as_of: str = "",
    plugins: Sequence[str] = (),
    max_findings: int = 100,
    statistics: bool = False,
    show_waived: bool = False,
    show_files: bool = False,
    show_settings: bool = False,
    fix: bool = False,
    diff: bool = False,
) -> int:
    """Check what paths ask for and give the exit code; the options are those of the command line."""
    outputs = _outputs(output)
    level = _severity(fail_on)
    day = day_of(as_of)
    asked = Asked(tuple(select), tuple(ignore), preset, edition, plugins=rules_of(plugins))
    shown = _known_format(format)
    if statistics and shown != "text":
        raise UsageError(f"--statistics is a table for people, and does not come as {shown}; leave one of the two out")
    shown = "statistics" if statistics else shown
    workspaces = [(Workspace(root, prefix_of(root)), files) for root, files in roots(paths)]
    if show_files or show_settings:
        return _show(workspace for workspace, _ in workspaces) if show_files else _settings(workspaces, asked)
    if fix or diff:
        from coordlint.cli.fixing import mend, show_diff

        if diff:
            return show_diff(workspaces, asked, day, alone=not (fix or output or statistics) and shown == "text")
        mend(workspaces, asked, day)
    runs, failures = _run(workspaces, asked, day)
    texts = {workspace.prefix: workspace for workspace, _ in workspaces}

    def source(run: Run, path: str) -> str | None:
        return texts[run.prefix].text(path)

    failures += _write(outputs, runs, source, Look(max_findings=0, show_waived=show_waived))
    if runs and statistics and edition:
        _say_what_moving_brings(runs, _run(workspaces, asked._replace(edition=""), day)[0], edition)
    elif runs:
        say(render(shown, runs, source, look_of(max_findings, show_waived)))
    if shown not in FOR_PEOPLE:
        _tell(note for run in runs for note in run.notes)
    for failure in dict.fromkeys(failures):
        complain(failure)
    return 2 if failures else exit_code(runs, level)


def _say_what_moving_brings(runs: Sequence[Run], before: Sequence[Run], edition: str) -> None:
    from coordlint.report.statistics import render_move

    say(render_move(before, runs, edition, look_of(0)))


def exit_code(runs: Iterable[Run], level: Severity) -> int:
    """0: nothing at or above the level; 1: something; 2: the tool could not do all of its work."""
    codes = [2 if run.failed else int((run.worst() or 0) >= level) for run in runs]
    return max(codes, default=0)


def rules_of(plugins: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that `--plugins` brings along."""
    if not plugins:
        return ()
    from coordlint.cli.plugins import load

    return load(plugins)


def day_of(text: str) -> date | None:
    """The day that `--as-of` names; None where it is not given."""
    from coordlint.values import Refusal, parse_day

    if not text:
        return None
    read = parse_day(text)
    if isinstance(read, Refusal):
        raise UsageError(f"--as-of: {read.message}; {read.tip or 'write a day such as 2026-03-31'}")
    return read


def _progress() -> Callable[[int, int], None] | None:
    """A line that tells how far reading has come, on a terminal and from the first second on."""
    if not sys.stderr.isatty():
        return None
    from time import monotonic

    last, written = monotonic(), False

    def tell(done: int, of: int) -> None:
        nonlocal last, written
        if done == of:
            sys.stderr.write("\r\x1b[K" if written else "")
        elif monotonic() - last > 1.0:
            last, written = last + 0.2, True
            sys.stderr.write(f"\rreading {done:,} of {of:,} files\x1b[K")
            sys.stderr.flush()

    return tell


def _run(
    workspaces: Iterable[tuple[Workspace, list[str]]], asked: Asked, day: date | None
) -> tuple[list[Run], list[str]]:
    """A Run for each organisation, and what kept the tool from others: one that cannot be checked hides no other."""
    runs, failures = [], []
    for workspace, files in workspaces:
        try:
            run = workspace.run(asked, day, _progress())
        except UsageError as error:
            failures.append(str(error))
        else:
            runs.append(_narrowed(run, files, workspace) if files else run)
    return runs, failures


def _narrowed(run: Run, files: list[str], workspace: Workspace) -> Run:
    """Only what has a place in one of these files, and what the tool could not do."""

    def touches(finding: Finding) -> bool:
        return any(span.path in files for span in (finding.span, *(span for span, _ in finding.related)))

    findings = tuple(each for each in run.findings if touches(each) or each.rule in (CRASHED, UNREADABLE))
    waived = tuple(filter(touches, run.waived))
    named = {finding.span.path for finding in findings}
    strange = [path for path in files if path not in named and workspace.text(path) is None]
    notes = [
        f"{workspace.shown(path)} is not among the files that are read; `--show-files` lists those" for path in strange
    ]
    return run._replace(findings=findings, waived=waived, notes=(*notes, *run.notes))


def look_of(max_findings: int, show_waived: bool = False) -> Look:
    """How a report for people looks on this terminal."""
    width, on_terminal = 100, sys.stdout.isatty()
    if on_terminal or "COLUMNS" in os.environ:
        from shutil import get_terminal_size

        width = get_terminal_size((100, 24)).columns
    colour = not os.environ.get("NO_COLOR") and (bool(os.environ.get("FORCE_COLOR")) or on_terminal)
    return Look(width, colour, max_findings, show_waived)


def _known_format(name: str) -> str:
    if name not in FORMATS:
        raise UsageError(f"no format is called `{name}`; there are {', '.join(FORMATS)}")
    return name


def _outputs(output: Sequence[str]) -> list[tuple[str, str]]:
    pairs = []
    for each in output:
        name, _, path = each.partition("=")
        if not path:
            raise UsageError(f"--output takes a format and a path, as in `json=findings.json`, and not `{each}`")
        pairs.append((_known_format(name), path))
    return pairs


def _severity(word: str) -> Severity:
    words = [severity.word for severity in reversed(Severity)]
    if word not in words:
        raise UsageError(f"--fail-on takes {', '.join(words[:-1])} or {words[-1]}, and not `{word}`")
    return Severity[word.upper()]


def _write(outputs: Iterable[tuple[str, str]], runs: Sequence[Run], source: Sources, look: Look) -> list[str]:
    """Write the files, and give what kept some from being written."""
    from coordlint.cli.files import write_file

    failures = []
    for name, path in outputs if runs else ():
        try:
            write_file(path, render(name, runs, source, look).encode("utf-8", "backslashreplace"))
        except UsageError as error:
            failures.append(str(error))
    return failures


def _show(workspaces: Iterable[Workspace]) -> int:
    for workspace in workspaces:
        found = workspace.files()
        own = [CONFIG_FILE, BASELINE_FILE] if found.baseline else [CONFIG_FILE]
        say("".join(f"{visible(workspace.shown(path))}\n" for path in [*own, *found.files]))
        _tell(found.notes)
    return 0


def _tell(notes: Iterable[str]) -> None:
    for note in notes:
        tell(f"note: {note}")


def _settings(workspaces: list[tuple[Workspace, list[str]]], asked: Asked) -> int:
    for workspace, _ in workspaces:
        chosen = workspace.settings(asked)
        where = visible(workspace.shown("coordlint.yaml"))
        say(f"{where}: edition {chosen.edition}, preset {chosen.preset.word}\n")
        for each in chosen.chosen:
            if each.rule.check is None and not each.overridden:
                continue
            options = ", ".join(f"{name}: {_value(value)}" for name, value in each.options.items())
            why = "coordlint.yaml" if each.overridden else each.rule.source or each.rule.preset.word
            say(f"  {each.severity.word:8} {each.rule.name:36} {why}{visible(f'  ({options})') if options else ''}\n")
    return 0


def _value(value: object) -> str:
    return f"{len(value)} words" if isinstance(value, (tuple, list)) else str(value)
