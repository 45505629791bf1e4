"""The commands of the command line, as Typer knows them: words in, the command that they name called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import typer
from typer.main import get_command

from coordlint.cli import streams

# Each command, in the order of the help, with the module and the function that it is, and what it does, in a line that
# a narrow terminal does not cut.
COMMANDS = {
    "check": ("check", "check", "Find gaps, contradictions and what has outlived its reason."),
    "baseline": ("baseline", "baseline", "Accept what is found today, so that only new findings count."),
    "render": ("render", "render", "Write the operating manual: pages that open from disk."),
    "waive": ("waive", "waive", "Accept what a rule says of one declaration, and say why."),
    "signs": ("signs", "signs", "Answer six questions about how well coordination works."),
    "explain": ("learn", "explain", "Say what a rule asks for, why, and what to do about it."),
    "rules": ("learn", "rules", "List every rule, or write a page for each."),
    "schema": ("learn", "schema", "Print a JSON Schema for your editor."),
    "init": ("init", "init", "Begin: write six declarations with comments to start from."),
    "import": ("importing", "import_", "Begin from what is there already, such as a sheet."),
    "log": ("log", "app", "Keep evidence: add an entry to the log."),
}


def _version(asked: bool) -> None:
    if asked:
        from coordlint import __version__

        streams.say(f"coordlint {__version__}\n")
        raise typer.Exit


def about(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say which version this is."
    ),
) -> None:
    """Write down how your organisation coordinates, check it, and read it.

    Begin with `coordlint init`, then `coordlint check`, then `coordlint render`.
    """


def _app(words: Sequence[str]) -> typer.Typer:
    """The command line. Where a command is named, it alone is loaded: the others are as many files and signatures."""
    app = typer.Typer(
        name="coordlint",
        callback=about,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    named = [words[0]] if words and words[0] in COMMANDS else list(COMMANDS)
    for name in named:
        module, function, short = COMMANDS[name]
        command = getattr(import_module(f"coordlint.cli.{module}"), function)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name, short_help=short)
        else:
            app.command(name=name, short_help=short)(command)
    return app


def call(words: Sequence[str]) -> int:
    """Run a command without Typer's own end of a program, which takes a closed pipe for a failure."""
    command = get_command(_app(words))
    try:
        with command.make_context("coordlint", list(words)) as context:
            code = command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return code if isinstance(code, int) else 0
