"""The command line: one short function a command. Only this package prints, and writes files."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from typer.main import get_command

from coordlint.cli import streams
from coordlint.cli.check import check
from coordlint.cli.importing import import_
from coordlint.cli.init import init
from coordlint.cli.learn import explain, rules, schema
from coordlint.cli.render import render
from coordlint.finding import UsageError

FAILED, INTERRUPTED = 2, 130

app = typer.Typer(
    name="coordlint",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from coordlint import __version__

        streams.say(f"coordlint {__version__}\n")
        raise typer.Exit


@app.callback()
def about(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say which version this is."
    ),
) -> None:
    """Write down how your organisation coordinates, check it, and read it.

    Begin with `coordlint init`, then `coordlint check`, then `coordlint render --into manual`.
    """


app.command()(check)
app.command()(render)
app.command()(explain)
app.command()(rules)
app.command()(schema)
app.command()(init)
app.command(name="import")(import_)


def run(words: Sequence[str]) -> int:
    """Run a command line and give its exit code; what went wrong in the call is one sentence on stderr."""
    streams.prepare()
    try:
        code = _call(words)
        streams.say("")  # what a command left in the buffer
        return code
    except UsageError as error:
        streams.complain(error)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        streams.say("")
        return 0
    except Exception as error:
        reason = _refused(error)
        if reason:
            streams.complain(reason)
            return FAILED
        return _misused(error)


def _call(words: Sequence[str]) -> int:
    """Run a command without Typer's own end of a program, which takes a closed pipe for a failure."""
    command = get_command(app)
    try:
        with command.make_context("coordlint", list(words)) as context:
            code = command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return code if isinstance(code, int) else 0


def _refused(error: Exception) -> str:
    """What the system refused, where the error comes from that: the output, or the working directory itself."""
    import os

    if isinstance(error, OSError):
        try:
            streams.say("")
            os.getcwd()
        except UsageError as told:
            return str(told)
        except OSError:
            return "the working directory is no longer there; change to one that is"
    return ""


def _misused(error: Exception) -> int:
    """The sentence of a command line that could not be understood; anything else is a mistake in the tool."""
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    show = getattr(error, "show", None)
    if show is not None:
        import sys

        show(file=sys.stderr)
        return FAILED
    from traceback import format_exception

    for line in "".join(format_exception(error)).splitlines():
        streams.tell(line)
    streams.complain("this is a mistake in coordlint, not in your files: please report it with the lines above")
    return FAILED
