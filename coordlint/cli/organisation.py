"""A folder in, the one organisation that it means out: for commands that work on a single one."""

from __future__ import annotations

from coordlint.finding import UsageError
from coordlint.workspace import Workspace, prefix_of, roots


def organisation(folder: str) -> Workspace:
    """The organisation around a folder, else the one below it. Raises UsageError where there are several."""
    found = [root for root, _ in roots([folder])]
    if len(found) > 1:
        names = ", ".join(f"`{root}`" for root in found[:5]) + (f" and {len(found) - 5} more" if found[5:] else "")
        raise UsageError(f"{len(found)} organisations lie below `{folder}`: {names}; name the one that is meant")
    return Workspace(found[0], prefix_of(found[0]))
