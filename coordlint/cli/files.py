"""Single files in, on disk out: written beside their place and put there at once, so that each is old or new."""

from __future__ import annotations

import os
from collections.abc import Mapping

from coordlint.finding import UsageError


def write_file(path: str, content: bytes) -> None:
    """Write a file, in place of the one that is there. Raises UsageError when the disk refuses."""
    unfinished = os.path.join(os.path.dirname(path), f".{os.path.basename(path)}.{os.getpid()}.tmp")
    try:
        with open(unfinished, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError as error:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise UsageError(f"`{path}` cannot be written: {error.strerror}") from error


def missing_in(into: str, files: Mapping[str, bytes]) -> list[str]:
    """The files that do not stand below a folder yet. Raises UsageError where one is there with other content."""
    return [path for path, content in files.items() if not _is_there(os.path.join(into, path), content)]


def write_new(into: str, files: Mapping[str, bytes]) -> list[str]:
    """Write files below a folder, and give the paths written; one that is there already as it should be is left.

    Raises UsageError, before anything is written, where a file is there with other content.
    """
    missing = missing_in(into, files)
    for path in missing:
        place = os.path.join(into, path)
        try:
            os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
        except OSError as error:
            raise UsageError(f"`{os.path.dirname(place)}` cannot be made: {error.strerror}") from error
        write_file(place, files[path])
    return missing


def _is_there(place: str, content: bytes) -> bool:
    """Whether a file stands there as it should; refuses one with other content."""
    if not os.path.lexists(place):
        return False
    try:
        with open(place, "rb") as file:
            if file.read() == content:
                return True
    except OSError as error:
        raise UsageError(f"`{place}` is there and cannot be read: {error.strerror}") from error
    raise UsageError(f"`{place}` is there already, with other content, and is not overwritten; choose another folder")
