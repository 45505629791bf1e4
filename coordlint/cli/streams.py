"""Words in, on stdout or stderr out, as UTF-8.

Nothing in them can steer a terminal, and a reader may stop at any time.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from coordlint.finding import UsageError
from coordlint.report.screen import shown


def prepare() -> None:
    """Make both streams fit for any text, wherever they lead and whatever the locale says."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # A stream that was closed before the start; nobody listens.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        else:
            # What cannot be written, such as half a character of a file's name, is escaped.
            getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Write to stdout. Whoever has read enough may go; raises UsageError where the system refuses the output."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _hush(sys.stdout)
    except OSError as error:
        _hush(sys.stdout)
        raise UsageError(f"the output cannot be written: {error.strerror}") from error


def tell(line: str) -> None:
    """Write a line for people to stderr, with everything invisible spelt out."""
    try:
        print(shown(line), file=sys.stderr, flush=True)
    except OSError:
        _hush(sys.stderr)


def complain(message: object) -> None:
    """Tell what went wrong in a call."""
    tell(f"coordlint: {message}")


def _hush(stream: Any) -> None:
    """Lead a stream nowhere, so that nothing is left in it for Python to fail on when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
