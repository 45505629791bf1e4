"""`python -m coordlint`, and the `coordlint` command: words in, an exit code out.

0: nothing at or above `--fail-on`; 1: findings at or above it; 2: the tool could not do its work; 130 and 143 after
signals.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # The one command that scripts call most often needs nothing of the rest.
    if sys.argv[1:] == ["--version"]:
        from coordlint import __version__

        print(f"coordlint {__version__}")
        return
    import gc

    # One look at an organisation makes many values and drops few; collecting garbage meanwhile costs a third of the time.
    gc.disable()
    from coordlint.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
