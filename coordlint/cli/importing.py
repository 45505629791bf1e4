"""`coordlint import`: a file in somebody else's form in, a folder of declarations out."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from coordlint.cli.streams import say, tell
from coordlint.finding import UsageError
from coordlint.importers import IMPORTERS, Imported, read, report

_FORMS = "; ".join(f"{name}: {importer.about}" for name, importer in IMPORTERS.items())
_MOST_BYTES = 16 * 1024 * 1024


def import_(
    form: Annotated[str, typer.Argument(metavar="FORM", help=f"What is read. {_FORMS}.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to read.")],
    into: Annotated[
        str,
        typer.Option("--into", metavar="DIR", help="Write the declarations here. Without it, only say what would be."),
    ] = "",
) -> int:
    """Begin from what is there already: write a foreign file as declarations, and say what was left out.

    Nothing that is there with other content is overwritten.
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

    from coordlint.cli.files import write_new

    written = write_new(into, {path: text.encode() for path, text in imported.files.items()})
    say(f"{len(written)} files written, {len(imported.files) - len(written)} as they were: {into}\n")
    say(f"next: coordlint check {quote(into)}\n")
    return 0


def _text(file: str) -> str:
    try:
        with open(file, "rb") as opened:
            raw = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"`{file}` cannot be read: {error.strerror}") from error
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"`{file}` is larger than {_MOST_BYTES // 1024 // 1024} MiB, which no list of groups is")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"`{file}` is no text in UTF-8: byte {error.start} cannot be read") from error
