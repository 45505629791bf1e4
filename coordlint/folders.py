"""A folder in, every file below it out, in the order of names, with a word on what was passed over."""

from __future__ import annotations

import os
from collections.abc import Iterator

from coordlint.config import CONFIG_FILE, MANIFEST

ENDINGS = (".yaml", ".yml")


def walk(root: str, closed: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Every file below a root, by its path from there, with a word where it was passed over.

    Folders that cannot be opened are put among the closed.
    """
    pending = [""]
    while pending:
        below = pending.pop()
        try:
            entries = entries_of(os.path.join(root, below))
        except OSError as error:
            closed.append((below, str(error.strerror)))
            continue
        if below and CONFIG_FILE in entries:
            yield below, "is an organisation of its own, and was passed over"
        elif not (below and MANIFEST in entries):
            folders = []
            for name, entry in entries.items():
                path = f"{below}/{name}" if below else name
                if name.startswith("."):
                    continue
                if entry.is_symlink():
                    yield from _link(root, path)
                elif entry.is_dir():
                    folders.append(path)
                elif entry.is_file():
                    yield path, ""
                elif path.endswith(ENDINGS):
                    yield path, "is no ordinary file, and was passed over"
            pending += reversed(folders)


def repository_around(folder: str) -> str:
    """The real path of the git repository's top around a folder; "" where there is none."""
    here = os.path.realpath(folder)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return ""
        here = above
    return here


def entries_of(folder: str) -> dict[str, os.DirEntry[str]]:
    """What lies in a folder, in the order of names."""
    with os.scandir(folder) as entries:
        return {entry.name: entry for entry in sorted(entries, key=lambda entry: entry.name)}


def _link(root: str, path: str) -> Iterator[tuple[str, str]]:
    """A link counts as a file that exists where it leads to one below the root; it is never read a second time."""
    target = os.path.realpath(os.path.join(root, path))
    if path.endswith(ENDINGS) or os.path.isdir(target):
        yield path, "is a link, and was passed over: files are read where they stand"
    elif target.startswith(os.path.realpath(root) + os.sep) and os.path.isfile(target):
        yield path, ""


def is_walked(root: str, path: str) -> bool:
    """Whether a new file at a path would be found: no part of the way is hidden, a link, or something else's folder."""
    *folders, name = path.split("/")
    here = root
    for folder in folders:
        here = os.path.join(here, folder)
        if folder.startswith(".") or os.path.islink(here):
            return False
        if any(os.path.lexists(os.path.join(here, other)) for other in (CONFIG_FILE, MANIFEST)):
            return False
    return not name.startswith(".")
