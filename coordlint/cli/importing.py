"""`coordlint import`: a file in somebody else's form in, a folder of declarations out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import typer

from coordlint.cli.streams import say, tell
from coordlint.finding import UsageError
from coordlint.importers import ABOUT_SHEETS, IMPORTERS, SHEET, Imported, read, report

_FORMS = "; ".join(f"{name}: {importer.about}" for name, importer in IMPORTERS.items())
_MOST_BYTES = 16 * 1024 * 1024
_MOST_NAMED = 10


def import_(
    form: Annotated[str, typer.Argument(metavar="FORM", help=f"What is read. {_FORMS}; {SHEET}: {ABOUT_SHEETS}.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to read.")],
    into: Annotated[
        str,
        typer.Option("--into", metavar="DIR", help="Write the declarations here. Without it, only say what would be."),
    ] = "",
    what: Annotated[
        str, typer.Option("--what", metavar="WHAT", help="Of a sheet: its rows are people, roles, log or rights.")
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            metavar="HEADING=FIELD",
            help='Of a sheet: which field a column is, such as "Aufgabe=question"; "Notiz=" leaves one out. '
            "May be given several times.",
        ),
    ] = None,
    letters: Annotated[
        str, typer.Option("--letters", metavar="raci|daci|rapid", help="Of a sheet of rights: what its letters mean.")
    ] = "",
    dates: Annotated[str, typer.Option("--dates", metavar="dmy|mdy", help="Of a sheet: which day 03/04/2026 is.")] = "",
    encoding: Annotated[
        str,
        typer.Option("--encoding", metavar="NAME", help="Of a sheet: its encoding, such as cp1252. Default: UTF-8."),
    ] = "",
    name: Annotated[
        str,
        typer.Option(
            "--as", metavar="NAME", help="Of a sheet: the name of the sheet before, of which this is a newer state."
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --into, say what would be written there, and write nothing.")
    ] = False,
) -> int:
    """Begin from what is there already: write a foreign file as declarations, and say what was left out.

    For instance: coordlint import csv raci.csv --what rights --into org

    Run it again when the source has changed: what you edited since stays as you left it. A sheet may go into a folder
    that is an organisation: what is declared there stays as it is, and its names are known.
    """
    recorded = _record(into) if into else {}
    key = ""
    if form == SHEET:
        from coordlint.cli.sheets import imported as sheet_imported
        from coordlint.cli.sheets import key_of, newer_of
        from coordlint.importers.csv_import import Asked

        called = name or os.path.basename(file)
        folder = os.path.basename(os.path.abspath(into)) if into else ""
        asked = Asked(what, tuple(columns or ()), letters, dates, encoding, folder or "Your organisation")
        key = key_of(what, called)
        imported = sheet_imported(_bytes(file), os.path.basename(file), asked, into, called, recorded)
        before = newer_of(imported, what, called, recorded)
    else:
        _refuse_options(form, what=what, columns=columns, letters=letters, dates=dates, encoding=encoding, as_=name)
        imported, before = read(form, _text(file), os.path.basename(file)), ""
    is_nothing = bool(before) and not imported.counts and key not in recorded
    # A list of notes that was taken away stays away.
    is_away = imported.notes_file in recorded.get(key, {}) and not os.path.lexists(
        os.path.join(into, imported.notes_file)
    )
    said = report(imported, bool(into) and not dry_run and not is_away).rstrip("\n").split("\n")
    # The last line names the file of the notes, which there is none of where nothing is written.
    for line in said[: -2 if is_nothing else None]:
        tell(line)
    if before:
        tell(f"most of it is declared already: if this is a newer state of `{before}`, say `--as {before}`")
    if is_nothing:
        say("nothing in it is new: nothing was written\n")
        return 0
    if not into:
        _say_sizes({path: text.encode() for path, text in imported.files.items()}, imported.files)
        tell("nothing was written; `--into DIR` writes it")
        return 0
    return _write(imported, into, key, recorded, dry_run)


def _refuse_options(form: str, **said: object) -> None:
    for option, value in said.items():
        if value and form in IMPORTERS:
            raise UsageError(f"`--{option.rstrip('_')}` speaks of sheets, and goes with `import {SHEET}`")


def _say_sizes(files: Mapping[str, bytes], paths: Iterable[str]) -> None:
    say("".join(f"{len(files[path]):8,} bytes  {path}\n" for path in paths))


def _write(imported: Imported, into: str, key: str, recorded: Mapping[str, Mapping[str, str]], dry_run: bool) -> int:
    from shlex import quote

    from coordlint.cli.files import write_below
    from coordlint.importers.again import RECORD, plan, record

    files = {path: text.encode() for path, text in imported.files.items()}
    before = recorded.get(key, {})
    planned = plan(files, before, _present(into, {**files, **before}))
    if planned.foreign:
        more = f" (and {len(planned.foreign) - 1} more)" if len(planned.foreign) > 1 else ""
        raise UsageError(
            f"`{os.path.normpath(os.path.join(into, planned.foreign[0]))}` is there already, with other content, "
            f"and is not overwritten{more}; name another folder, or move it away first"
        )
    if dry_run:
        _say_sizes(files, planned.write)
        tell(f"nothing was written; without `--dry-run` this goes into `{into}`")
        return 0
    others = {name: given for name, given in recorded.items() if name != key}
    recording = record(files, before, planned, key, others)
    for path in planned.write:
        write_below(into, path, files[path])
    write_below(into, RECORD, recording)
    kept = f", {len(planned.edited)} left as you edited {_it(planned.edited)}" if planned.edited else ""
    gone = f", {len(planned.removed)} left out as you took {_it(planned.removed)} away" if planned.removed else ""
    files_written = f"{len(planned.write)} {'file' if len(planned.write) == 1 else 'files'} written"
    say(f"{files_written}, {len(planned.same)} as they were{kept}{gone}: {into}\n")
    for path in [path for path in (*planned.edited, *planned.removed) if path not in planned.behind][:_MOST_NAMED]:
        tell(f"`{path}` stays as you left it")
    for path in planned.behind:
        tell(f"`{path}` was edited, and the source has changed too: import into another folder, and compare the two")
    for path in planned.gone:
        tell(f"`{path}` is no longer in the source: take it away, or keep it as your own")
    say(f"next: coordlint check {quote(into)}\n")
    return 0


def _it(paths: Sequence[str]) -> str:
    return "it" if len(paths) == 1 else "them"


def _record(into: str) -> dict[str, dict[str, str]]:
    """What imports before wrote, by the name of their source, with its sums; nothing where there was none."""
    from coordlint.importers.again import RECORD, read_sources

    place = os.path.join(into, RECORD)
    if not os.path.lexists(place):
        return {}
    found = read_sources(_bytes(place))
    if found is None:
        raise UsageError(f"`{place}` is no record of an import; take it back from git, or remove it")
    return found


def _present(into: str, paths: Iterable[str]) -> dict[str, str]:
    """The sums of what stands at each path; UsageError for what is no file."""
    from coordlint.importers.again import digest

    present = {}
    for path in paths:
        place = os.path.join(into, path)
        if os.path.lexists(place):
            if not os.path.isfile(place):
                raise UsageError(f"`{os.path.normpath(place)}` is there already, and is no file; move it away")
            present[path] = digest(_bytes(place))
    return present


def _text(file: str) -> str:
    raw = _bytes(file)
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"`{file}` is larger than {_MOST_BYTES // 1024 // 1024} MiB, which no list of groups is")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"`{file}` is no text in UTF-8: byte {error.start} cannot be read") from error


def _bytes(file: str) -> bytes:
    """What a file holds, and of one that is too large one byte more than may be."""
    try:
        with open(file, "rb") as opened:
            return opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"`{file}` cannot be read: {error.strerror}") from error
