"""Single files in, on disk out: written beside their place and put there at once, so that each is old or new."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from coordlint.finding import UsageError


def write_file(path: str, content: bytes) -> None:
    """Write a file, in place of the one that is there. Raises UsageError when the disk refuses."""
    try:
        mode = os.stat(path).st_mode if os.path.exists(path) else 0
        if mode and not stat.S_ISREG(mode):
            _pour(path, content)
        else:
            # A link stays, and leads to what was written.
            _replace(os.path.realpath(path), content, stat.S_IMODE(mode))
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror}") from error


def _pour(path: str, content: bytes) -> None:
    """Write into a device or a pipe, which nothing may take the place of."""
    with open(path, "wb") as file:
        file.write(content)


def _replace(path: str, content: bytes, mode: int) -> None:
    unfinished = os.path.join(os.path.dirname(path), f".coordlint-{os.urandom(8).hex()}.tmp")
    try:
        with open(unfinished, "xb") as file:
            if mode:
                os.chmod(unfinished, mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise


def put_in_place(root: str, path: str, old: bytes, new: bytes, shown: str) -> None:
    """Write a file below a root that held `old` when it was read; `shown` is its path for people.

    Raises UsageError where it holds something else by now, is gone, or may not be written; nothing is written then.
    """
    may_be_put_in_place(root, path, old, shown)
    write_file(os.path.join(root, path), new)


def may_be_put_in_place(root: str, path: str, old: bytes, shown: str) -> None:
    """Raise UsageError where `put_in_place` would; writes nothing."""
    place = os.path.join(os.path.realpath(root), path)
    try:
        mode = os.lstat(place).st_mode
        with open(place, "rb") as file:
            now = file.read()
    except FileNotFoundError:
        raise UsageError(f"{shown} is no longer there; nothing was written") from None
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}; nothing was written") from error
    if not stat.S_ISREG(mode) or os.path.realpath(place) != place:
        raise UsageError(f"{shown} has become a link, or is no file any more; nothing was written")
    if now != old:
        raise UsageError(f"{shown} was changed meanwhile; nothing was written: try again")
    # The mode is asked too, for root may write anything.
    if not mode & 0o222 or not os.access(place, os.W_OK):
        raise UsageError(f"{shown} may not be written; change its permissions, and nothing was written")


def missing_in(into: str, files: Mapping[str, bytes], advice: str = "move it away first") -> list[str]:
    """The files that do not stand below a folder yet. Raises UsageError where one is there with other content."""
    return [path for path, content in files.items() if not _is_there(os.path.join(into, path), content, advice)]


def write_new(into: str, files: Mapping[str, bytes]) -> list[str]:
    """Write files below a folder, and give the paths written; one that is there already as it should be is left.

    Raises UsageError, before anything is written, where a file is there with other content.
    """
    missing = missing_in(into, files)
    for path in missing:
        write_below(into, path, files[path])
    return missing


def write_below(into: str, path: str, content: bytes) -> None:
    """Write a file below a folder, and make what folders it needs. Raises UsageError when the disk refuses."""
    place = os.path.join(into, path)
    try:
        os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
    except OSError as error:
        raise UsageError(f"`{os.path.dirname(place)}` cannot be made: {error.strerror}") from error
    write_file(place, content)


def _is_there(place: str, content: bytes, advice: str) -> bool:
    """Whether a file stands there as it should; refuses one with other content."""
    if not os.path.lexists(place):
        return False
    if not os.path.isfile(place):
        raise UsageError(f"`{os.path.normpath(place)}` is there already, and is no file; move it away")
    try:
        with open(place, "rb") as file:
            if file.read() == content:
                return True
    except OSError as error:
        raise UsageError(f"`{os.path.normpath(place)}` is there and cannot be read: {error.strerror}") from error
    raise UsageError(
        f"`{os.path.normpath(place)}` is there already, with other content, and is not overwritten; {advice}"
    )
