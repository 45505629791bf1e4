"""`coordlint render`: an organisation in, a folder of pages that everybody can read out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from coordlint.cli.check import AsOf, Plugins
from coordlint.cli.checking import day_of, rules_of
from coordlint.cli.organisation import organisation
from coordlint.cli.streams import say, tell
from coordlint.config import Asked
from coordlint.finding import UsageError
from coordlint.report.screen import shown as visible
from coordlint.workspace import Workspace

if TYPE_CHECKING:
    from coordlint.manual.manifest import Difference

_MOST_SHOWN = 20


def render(
    folder: Annotated[
        str, typer.Argument(metavar="[DIR]", help="The organisation, or a folder in it. Default: here.")
    ] = ".",
    into: Annotated[
        str,
        typer.Option("--into", metavar="OUT", help="Where to write. Default: `manual.output` of coordlint.yaml."),
    ] = "",
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Write nothing; exit with 1 where the folder is not what would be written, for the day it speaks of.",
        ),
    ] = False,
    reader: Annotated[
        str,
        typer.Option("--for", metavar="PARTY", help="Also show what only this role, person, team or forum may see."),
    ] = "",
    as_of: AsOf = "",
    plugins: Plugins = None,
) -> int:
    """Render the operating manual: plain pages that open from disk, with no server and no network.

    What is wrong in the declarations is shown beside them; a manual is rendered all the same. Pages that are no longer
    needed go, and files that coordlint did not write are never touched.

    Exit code: 0 written, or current with --check; 1 not current with --check; 2 the tool could not do its work.
    """
    from coordlint.cli.folder import compare_folder, day_written, write_folder
    from coordlint.manual import render as pages_of

    workspace = organisation(folder)
    out, within = _output(workspace, into)
    if check:
        # A manual is current as of its own day: time that passes changes none of it.
        as_of = as_of or day_written(out)
    run = workspace.run(Asked(plugins=rules_of(plugins or ())), day_of(as_of))
    pages = pages_of(run, locate=workspace.locate, reader=reader)
    day = run.org.as_of.isoformat()
    if check:
        current = _compare(out, compare_folder(out, pages, day))
        return 2 if run.failed else int(not current)
    written = write_folder(out, pages, source_root=workspace.root, within=within, as_of=day)
    kept = f", {written.unchanged} as they were" if written.unchanged else ""
    gone = f", {written.removed} removed" if written.removed else ""
    say(f"{written.written} files written{kept}{gone}\nopen {_shown(out)}/index.html\n")
    return 2 if run.failed else 0


def _output(workspace: Workspace, into: str) -> tuple[str, str]:
    """The folder to write, and the one that it must not leave: what a file names stays below the organisation."""
    if into:
        return into, ""
    manual = workspace.config().get("manual")
    named = manual.get("output") if isinstance(manual, Mapping) else None
    if not isinstance(named, str):
        where = workspace.shown("coordlint.yaml")
        raise UsageError(f"say where to write, with `--into OUT` or `manual: {{output: manual}}` in {where}")
    return os.path.join(workspace.root, named), workspace.root


def _compare(out: str, differences: list[Difference]) -> bool:
    """Say how a folder differs, and give whether it is current."""
    say("".join(f"{visible(each.path)}: {each.how}\n" for each in differences[:_MOST_SHOWN]))
    more = len(differences) - _MOST_SHOWN
    if more > 0:
        say(f"and {more} more\n")
    if differences:
        tell(f"{_shown(out)} is not current; `coordlint render` without --check brings it up to date")
    return not differences


def _shown(path: str) -> str:
    return visible(os.path.normpath(path).replace(os.sep, "/"))
