"""`coordlint check` as a command line: what its words are, and what they mean."""

from __future__ import annotations

from typing import Annotated

import typer

from coordlint.cli import checking
from coordlint.report import FORMATS

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH]...", help="Folders to check, or files to narrow the report to. Default: here."),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day to check for, such as 2026-03-31. Default: SOURCE_DATE_EPOCH, else today.",
    ),
]
Plugins = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MODULE",
        help="Run the rules of this Python module, or `.py` file, too. It is code that runs as you do: name only what "
        "you trust. May be given several times.",
    ),
]
PresetName = Annotated[
    str,
    typer.Option("--preset", metavar="PRESET", help="correctness, recommended or strict, instead of coordlint.yaml's."),
]
EditionName = Annotated[
    str, typer.Option("--edition", metavar="EDITION", help="The set of default rules, instead of coordlint.yaml's.")
]


def check(
    paths: PathsArgument = None,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=f"What goes to stdout: {', '.join(FORMATS)}.")
    ] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=PATH", help="Write a format to a file besides; may be given several times."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE", help="Run only this rule, or this family with its strict rules; may be given several times."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Leave out this rule, or this family; may be given several times."),
    ] = None,
    preset: PresetName = "",
    edition: Annotated[
        str,
        typer.Option(
            metavar="EDITION",
            help="The set of default rules for this check, instead of coordlint.yaml's; `next` takes in previews. "
            "With --statistics, say what a move would bring.",
        ),
    ] = "",
    fail_on: Annotated[
        str, typer.Option(metavar="SEVERITY", help="Exit with 1 from this severity on: error, warning or info.")
    ] = "error",
    as_of: AsOf = "",
    plugins: Plugins = None,
    max_findings: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show so many findings in text and concise; 0 shows all.")
    ] = 100,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count findings by rule instead.")] = False,
    show_waived: Annotated[
        bool,
        typer.Option(
            "--show-waived",
            help="Show accepted findings too, each with its reason and its last day; they count for nothing.",
        ),
    ] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Mend what can be mended without asking you, and nothing else in your files; then tell what is left.",
        ),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and write nothing; exit code 1 if it would.")
    ] = False,
    show_files: Annotated[
        bool, typer.Option("--show-files", help="List the files that would be read, and stop.")
    ] = False,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Say which rules are in force and why, and stop.")
    ] = False,
) -> int:
    """Check how an organisation coordinates: find gaps, contradictions and what has outlived its reason.

    Without a path, the organisation around the working directory is checked, else every one below it. The analysis is
    always of the whole organisation; a file narrows what is reported.

    Exit code: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the tool could not do its work.
    """
    return checking.check(
        paths or (),
        format=format,
        output=output or (),
        select=select or (),
        ignore=ignore or (),
        preset=preset,
        edition=edition,
        fail_on=fail_on,
        as_of=as_of,
        plugins=plugins or (),
        max_findings=max_findings,
        statistics=statistics,
        show_waived=show_waived,
        show_files=show_files,
        show_settings=show_settings,
        fix=fix,
        diff=diff,
    )
