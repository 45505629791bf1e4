"""The command line: one short function a command. Only this package prints, and writes files."""

from __future__ import annotations

from collections.abc import Sequence

from coordlint.cli import streams
from coordlint.finding import UsageError

FAILED, INTERRUPTED = 2, 130


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
    """Run a command. A check without options, which is what hooks call, needs nothing that reads a command line."""
    if words and words[0] == "check" and not any(word.startswith("-") for word in words):
        from coordlint.cli.checking import check

        return check(words[1:])
    from coordlint.cli.app import call

    return call(words)


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
    if type(error).__name__ == "Abort":  # Typer's word for an interruption
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
