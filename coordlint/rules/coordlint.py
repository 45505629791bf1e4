"""What coordlint says about its own work: what it could not read, and what went wrong in it."""

from __future__ import annotations

from coordlint.rule import CORRECTNESS, ERROR, rule


@rule(ERROR, preset=CORRECTNESS)
def rule_crashed() -> None:
    """Every rule runs to its end.

    Where one does not, the mistake is in coordlint and not in your files. The other rules have run, and the command
    ends with 2. Please report the message together with the declaration that it points at.
    """


@rule(ERROR, preset=CORRECTNESS)
def unreadable_file() -> None:
    """Every file of the organisation can be read.

    The system would not let coordlint read this one: look at its permissions, or whether it was removed meanwhile. All
    other files were checked, and the command ends with 2.
    """
