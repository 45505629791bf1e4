"""`coordlint import`: a file in somebody else's form in, a folder of declarations out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Annotated

import typer

from coordlint.cli.streams import say, tell
from coordlint.finding import UsageError
from coordlint.importers import IMPORTERS, Imported, read, report

_FORMS = "; ".join(f"{name}: {importer.about}" for name, importer in IMPORTERS.items())
_MOST_BYTES = 16 * 1024 * 1024
_MOST_NAMED = 10


def import_(
    form: Annotated[str, typer.Argument(metavar="FORM", help=f"What is read. {_FORMS}.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to read.")],
    into: Annotated[
        str,
        typer.Option("--into", metavar="DIR", help="Write the declarations here. Without it, only say what would be."),
    ] = "",
) -> int:
    """Begin from what is there already: write a foreign file as declarations, and say what was left out.

    Run it again when the source has changed: what you edited since stays as you left it.
    """
    imported = read(form, _text(file), os.path.basename(file))
    for line in report(imported).rstrip("\n").split("\n"):
        tell(line)
    if not into:
        say("".join(f"{len(text.encode()):8,} bytes  {path}\n" for path, text in imported.files.items()))
        tell("nothing was written; `--into DIR` writes it")
        return 0
    return _write(imported, into)


def _write(imported: Imported, into: str) -> int:
    from shlex import quote

    from coordlint.cli.files import write_below
    from coordlint.importers.again import RECORD, plan, record

    files = {path: text.encode() for path, text in imported.files.items()}
    before = _record(into)
    planned = plan(files, before, _present(into, {**files, **before}))
    if planned.foreign:
        more = f" (and {len(planned.foreign) - 1} more)" if len(planned.foreign) > 1 else ""
        raise UsageError(
            f"`{os.path.normpath(os.path.join(into, planned.foreign[0]))}` is there already, with other content, "
            f"and is not overwritten{more}; name another folder, or move it away first"
        )
    recorded = record(files, before, planned)
    for path in planned.write:
        write_below(into, path, files[path])
    write_below(into, RECORD, recorded)
    kept = f", {len(planned.edited)} kept as somebody edited them" if planned.edited else ""
    gone = f", {len(planned.removed)} left out as somebody took them away" if planned.removed else ""
    say(f"{len(planned.write)} files written, {len(planned.same)} as they were{kept}{gone}: {into}\n")
    for path in [path for path in (*planned.edited, *planned.removed) if path not in planned.behind][:_MOST_NAMED]:
        tell(f"`{path}` stays as somebody left it")
    for path in planned.behind:
        tell(f"`{path}` was edited, and the source has changed too: import into another folder, and compare the two")
    for path in planned.gone:
        tell(f"`{path}` is no longer in the source: take it away, or keep it as your own")
    say(f"next: coordlint check {quote(into)}\n")
    return 0


def _record(into: str) -> dict[str, str]:
    """What the import before wrote, with its sums; nothing where there was none."""
    from coordlint.importers.again import RECORD, read_record

    place = os.path.join(into, RECORD)
    if not os.path.lexists(place):
        return {}
    found = read_record(_bytes(place))
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
