"""`coordlint signs`: an organisation in, the answers to six questions about how it coordinates out."""

from __future__ import annotations

from typing import Annotated

import typer

from coordlint.cli.check import AsOf, Plugins
from coordlint.cli.checking import day_of, look_of, rules_of
from coordlint.cli.organisation import organisation
from coordlint.cli.streams import say, tell
from coordlint.finding import UsageError

FORMATS = ("text", "json", "markdown")
MOST = 20


def signs(
    folder: Annotated[
        str, typer.Argument(metavar="[DIR]", help="The organisation, or a folder in it. Default: here.")
    ] = ".",
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}.")] = "text",
    preset: Annotated[
        str,
        typer.Option(
            metavar="PRESET",
            help="Ask the rules of correctness, recommended or strict alone. "
            "Default: those in force, and all that tell of a sign.",
        ),
    ] = "",
    as_of: AsOf = "",
    max_findings: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show so many findings of each sign in text and markdown; 0: all.")
    ] = MOST,
    plugins: Plugins = None,
) -> int:
    """Answer six questions: what is decided twice, what lands late, which meeting has no reason left, what is done
    over, which escalations are slow, and which good work nobody takes up.

    Each answer is made of findings, by declaration. Where nothing is declared from which it could be told, it says so,
    and what would be needed. `--format markdown` is for a weekly note, `--format json` for programs.

    Exit code: 0 whatever the answers are, for this asks and does not judge (`coordlint check` does); 2 the tool could
    not do its work.
    """
    from coordlint.answers.signs import asked
    from coordlint.answers.signs import signs as answers_of

    if format not in FORMATS:
        raise UsageError(f"no format is called `{format}`; there are {', '.join(FORMATS)}")
    workspace = organisation(folder)
    run = workspace.run(asked(preset)._replace(plugins=rules_of(plugins or ())), day_of(as_of))
    answers = answers_of(run)
    if format == "json":
        from coordlint.report.signs_json import render as as_json

        say(as_json(run, answers))
    elif format == "markdown":
        from coordlint.report.signs_markdown import render as as_markdown

        say(as_markdown(run, answers, workspace.identity(), max_findings))
    else:
        from coordlint.report.signs_text import render as as_text

        say(as_text(run, answers, look_of(max_findings)))
    if format == "json":
        for note in run.notes:
            tell(f"note: {note}")
    return 2 if run.failed else 0
