"""The command line: one short function a command. Only this package prints, and writes files."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

import typer

from coordlint.cli.check import check
from coordlint.cli.importing import import_
from coordlint.cli.init import init
from coordlint.cli.learn import explain, rules, schema
from coordlint.cli.render import render
from coordlint.finding import UsageError

INTERRUPTED, TERMINATED = 130, 143

app = typer.Typer(
    name="coordlint",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def about(
    version: bool = typer.Option(False, "--version", help="Say which version this is."),
) -> None:
    """Write down how your organisation coordinates, check it, and read it.

    Begin with `coordlint init`, then `coordlint check`, then `coordlint render --into manual`.
    """
    if version:
        from coordlint import __version__

        typer.echo(f"coordlint {__version__}")
        raise typer.Exit


app.command()(check)
app.command()(render)
app.command()(explain)
app.command()(rules)
app.command()(schema)
app.command()(init)
app.command(name="import")(import_)


def run(words: Sequence[str]) -> int:
    """Run a command line and give its exit code; what went wrong in the call is one sentence on stderr."""
    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        # Texts are UTF-8 wherever they go, whatever the locale says; what cannot be written is escaped.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="backslashreplace")
    try:
        # Typer hands back what a command returns, or the code of the exit that it asked for.
        code = app(list(words), standalone_mode=False, prog_name="coordlint")
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except UsageError as error:
        print(f"coordlint: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever reads has read enough. Nothing may be left in the buffer for Python to fail on when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _misused(error)


def _misused(error: Exception) -> int:
    """The sentence of a command line that could not be understood; anything else is a mistake in the tool, and raised."""
    show = getattr(error, "show", None)
    if show is None:
        if type(error).__name__ == "Abort":
            return INTERRUPTED
        raise error
    show(file=sys.stderr)
    return 2


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)
