"""The commands of the command line, as Typer knows them: words in, the command that they name called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import typer
from typer.main import get_command

from coordlint.cli import streams

# Each command, in the order of the help, with the module and the function that it is.
COMMANDS = {
    "check": ("check", "check"),
    "baseline": ("baseline", "baseline"),
    "render": ("render", "render"),
    "waive": ("waive", "waive"),
    "signs": ("signs", "signs"),
    "explain": ("learn", "explain"),
    "rules": ("learn", "rules"),
    "schema": ("learn", "schema"),
    "init": ("init", "init"),
    "import": ("importing", "import_"),
    "log": ("log", "app"),
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

    Begin with `coordlint init`, then `coordlint check`, then `coordlint render --into manual`.
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
        module, function = COMMANDS[name]
        command = getattr(import_module(f"coordlint.cli.{module}"), function)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name=name)(command)
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
