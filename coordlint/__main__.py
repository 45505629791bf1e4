"""`python -m coordlint`, and the `coordlint` command: words in, an exit code out.

0: nothing at or above `--fail-on`; 1: findings at or above it; 2: the tool could not do its work; 130 and 143 after
signals.
"""

from __future__ import annotations

import sys

INTERRUPTED, TERMINATED = 130, 143


def main() -> None:
    """Run the command line and leave with its exit code."""
    # The one command that scripts call most often needs nothing of the rest.
    if sys.argv[1:] == ["--version"]:
        from coordlint import __version__

        print(f"coordlint {__version__}")
        return
    try:
        sys.exit(_run())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _run() -> int:
    import gc
    import signal

    # One look at an organisation makes many values and drops few; collecting garbage meanwhile costs a third of it.
    gc.disable()
    # What is half done is undone on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    from coordlint.cli import run

    code = run(sys.argv[1:])
    # Nor does Python look for it at the end, when the system takes back everything at once.
    gc.freeze()
    return code


if __name__ == "__main__":
    main()
