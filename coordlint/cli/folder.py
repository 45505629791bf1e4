"""Files in memory in, one folder on disk out: the one place that writes an output folder, or compares it.

Nothing is written before everything was looked at: a folder that is not the tool's, a link, or a foreign file in the
way is refused whole. Then each file is written beside its place, brought to the disk and put in place at once, so that
whatever happens each is the old one or the new one. What a run that was killed left behind, the next one clears.
"""

from __future__ import annotations

# Flags, handles, and links that must not be followed are what `os` is for.
import contextlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from coordlint.config import MANIFEST
from coordlint.finding import UsageError
from coordlint.manual.manifest import (
    LARGEST_MANIFEST,
    Difference,
    Owned,
    check_paths,
    day_of,
    differences,
    digest,
    manifest,
    plan,
    read_manifest,
)

_UNFINISHED = re.compile(r"\.coordlint-[0-9a-f]{16}\.tmp\Z")
# How long one run waits for another that is writing the same folder, in seconds.
PATIENCE = 20.0


class Written(NamedTuple):
    """What a write did: where, and how many files are new or changed, as they were, and gone."""

    folder: str
    written: int
    unchanged: int
    removed: int


def write_folder(
    into: str, files: Mapping[str, bytes], *, source_root: str, within: str = "", as_of: str = ""
) -> Written:
    """Make a folder hold exactly these files, and leave every foreign file alone.

    The manifest is written with them, and in it `as_of`, the day that they speak of. `within` names the folder that
    `into` must not leave, for a place that comes from a file and not from the command line. Raises UsageError for a
    folder that must not be written, and when the disk refuses.
    """
    check_paths(files)
    folder = _allowed(into, source_root, within)
    files = {**files, MANIFEST: manifest(files, as_of=as_of)}
    with _telling(f"write `{into}`"):
        _look(folder, into, files)
        os.makedirs(folder, exist_ok=True)
        with _alone(folder, into):
            return _write(folder, into, files)


def day_written(into: str) -> str:
    """The day that what was written into a folder speaks of; "" where nothing says it."""
    with _telling(f"read `{into}`"):
        raw = _manifest(os.path.realpath(into))
    return day_of(raw) if raw is not None else ""


def compare_folder(into: str, files: Mapping[str, bytes], as_of: str = "") -> list[Difference]:
    """How a folder differs from these files, by path; a folder that is not there lacks all. Nothing is written."""
    check_paths(files)
    files = {**files, MANIFEST: manifest(files, as_of=as_of)}
    folder = os.path.realpath(into)
    with _telling(f"read `{into}`"):
        owned = _owned(folder) or {}
        return differences(files, owned, _present(folder, {**files, **owned}))


def _write(folder: str, into: str, files: Mapping[str, bytes]) -> Written:
    # Looked at once more, now that nobody else writes here.
    owned = _look(folder, into, files)
    _clear(folder, {*files, *owned})
    present = _present(folder, {**files, **owned})
    todo = plan(files, owned, present)
    finished = files[MANIFEST]
    if todo.write or todo.remove or present.get(MANIFEST) != digest(finished):
        # First of all the folder becomes ours, with what it holds and what it will hold, whatever happens next.
        _put(folder, MANIFEST, manifest(files, owned))
        for path in todo.write:
            _put(folder, path, files[path])
        _remove(folder, todo.remove)
        _put(folder, MANIFEST, finished)
        _settle(folder, {*todo.write, *todo.remove})
    return Written(folder, len(todo.write), len(files) - 1 - len(todo.write), len(todo.remove))


# What may be written at all.


def _allowed(into: str, source_root: str, within: str) -> str:
    """The folder itself, links followed; UsageError where nothing may be written, before anything is."""
    if not into or "\0" in into:
        raise UsageError("the output needs the name of a folder")
    folder, source = os.path.realpath(into), os.path.realpath(source_root)
    if folder == os.path.dirname(folder):
        raise UsageError(f"`{into}` is the top of the disk; name a folder of its own for the output")
    if _same(folder, source):
        raise UsageError(f"`{into}` holds the declarations themselves; name a folder of its own for the output")
    if _is_below(source, folder):
        raise UsageError(f"`{into}` contains the declarations; name a folder of its own for the output")
    if any(step.casefold() == ".git" for step in folder.split(os.sep)):
        raise UsageError(f"`{into}` lies inside `.git`, which belongs to git; name another folder for the output")
    if within and not _is_below(folder, os.path.realpath(within)):
        raise UsageError(
            f"`{into}` lies outside `{within}`; only the command line may name such an output, with `--into`"
        )
    return folder


def _same(one: str, other: str) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samefile(one, other)
    return os.path.normcase(one) == os.path.normcase(other)


def _is_below(path: str, folder: str) -> bool:
    above = os.path.dirname(path)
    while True:
        if _same(above, folder):
            return True
        if above == os.path.dirname(above):
            return False
        above = os.path.dirname(above)


def _look(folder: str, into: str, files: Mapping[str, bytes]) -> Owned:
    """What of a folder is ours; UsageError where it is not ours, or where something foreign stands in the way."""
    try:
        mode = os.lstat(folder).st_mode
    except FileNotFoundError:
        return {}
    if not stat.S_ISDIR(mode):
        raise UsageError(f"`{into}` is a file; name a folder for the output")
    owned = _owned(folder)
    if owned is None:
        _refuse_unless_empty(folder, into)
        owned = {}
    for step in sorted(_folders(files)):
        _refuse_unless_folder(folder, step, into)
    foreign = plan(files, owned, _present(folder, {**files, **owned})).foreign
    if foreign:
        more = f" (and {len(foreign) - 1} more like it)" if len(foreign) > 1 else ""
        raise UsageError(
            f"`{foreign[0]}` in `{into}` was not written by coordlint and is in the way{more}; move it away"
        )
    return owned


def _refuse_unless_empty(folder: str, into: str) -> None:
    if os.path.lexists(_place(folder, MANIFEST)):
        raise UsageError(f"`{MANIFEST}` in `{into}` cannot be read; remove the folder, and it is written anew")
    foreign = min((name for name in os.listdir(folder) if not _UNFINISHED.match(name)), default="")
    if foreign:
        raise UsageError(
            f"`{into}` holds files that coordlint did not write, such as `{foreign}`; "
            f"name an empty folder, or one that does not exist yet"
        )


def _refuse_unless_folder(folder: str, step: str, into: str) -> None:
    try:
        mode = os.lstat(_place(folder, step)).st_mode
    except FileNotFoundError:
        return
    except NotADirectoryError:
        return  # What stands in its way is found at the step above.
    if not stat.S_ISDIR(mode):
        what = "a link" if stat.S_ISLNK(mode) else "a file"
        raise UsageError(f"`{step}` in `{into}` is {what} where a folder is needed; move it away")


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder below the output that paths lie in."""
    found: set[str] = set()
    for path in paths:
        step = path.rpartition("/")[0]
        while step and step not in found:
            found.add(step)
            step = step.rpartition("/")[0]
    return found


# What is there.


def _owned(folder: str) -> Owned | None:
    """What the folder's manifest names; None where there is none that can be read."""
    raw = _manifest(folder)
    return read_manifest(raw) if raw is not None else None


def _manifest(folder: str) -> bytes | None:
    place = _place(folder, MANIFEST)
    try:
        about = os.lstat(place)
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST_MANIFEST:
            return None
        with open(place, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _present(folder: str, paths: Iterable[str]) -> dict[str, str]:
    """The sha256 of what stands at each path, "" for what is no plain file; behind a link nothing is looked at."""
    present = {}
    real = _real_folders(folder, paths)
    for path in paths:
        place = _place(folder, path)
        if path.rpartition("/")[0] not in real:
            continue
        try:
            mode = os.lstat(place).st_mode
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(mode):
            present[path] = ""
            continue
        with open(place, "rb") as file:
            present[path] = digest(file.read())
    return present


def _real_folders(folder: str, paths: Iterable[str]) -> set[str]:
    """The folders below the output that paths lie in and that are there, without those that a link leads to."""
    real = {""}
    for step in sorted(_folders(paths)):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if step.rpartition("/")[0] in real and stat.S_ISDIR(os.lstat(_place(folder, step)).st_mode):
                real.add(step)
    return real


def _place(folder: str, path: str) -> str:
    return os.path.join(folder, *path.split("/"))


# Writing.


def _put(folder: str, path: str, content: bytes) -> None:
    """Write one file so that it is the old one or the new one, whatever happens."""
    place = _place(folder, path)
    beside = os.path.dirname(place)
    if "/" in path:
        os.makedirs(beside, exist_ok=True)
    unfinished = os.path.join(beside, f".coordlint-{os.urandom(8).hex()}.tmp")
    try:
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        with open(os.open(unfinished, flags, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, place)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        if isinstance(error, OSError):
            # The reader knows the file, not the one beside it.
            raise OSError(error.errno, error.strerror, place) from error
        raise


def _remove(folder: str, paths: Iterable[str]) -> None:
    """Remove files, and folders that are empty for it."""
    paths = list(paths)
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(_place(folder, path))
    for step in sorted(_folders(paths), key=len, reverse=True):
        # A folder that holds something else stays.
        with contextlib.suppress(OSError):
            os.rmdir(_place(folder, step))


def _clear(folder: str, paths: Iterable[str]) -> None:
    """Remove what killed runs left unfinished. Nobody else writes here now, so none of it is in use."""
    for step in sorted(_real_folders(folder, paths)):
        with os.scandir(_place(folder, step)) as entries:
            for entry in entries:
                if _UNFINISHED.match(entry.name) and entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)


def _settle(folder: str, paths: Iterable[str]) -> None:
    """Bring the names of files to the disk too, where a system lets folders be brought there."""
    if os.name != "posix":
        return
    for step in sorted(_real_folders(folder, paths)):
        with contextlib.suppress(OSError):
            handle = os.open(_place(folder, step), os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextlib.contextmanager
def _alone(folder: str, into: str) -> Iterator[None]:
    """Let one run at a time write a folder. The system takes the lock back from a run that is killed."""
    try:
        import fcntl
    except ImportError:  # Windows has none: there each file is whole, and the last run's manifest stands.
        yield
        return
    from time import monotonic, sleep

    handle = os.open(folder, os.O_RDONLY)
    try:
        until = monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > until:
                    raise UsageError(f"another run is writing `{into}`; try again when it has finished") from None
                sleep(0.05)
            except OSError:
                break  # A disk that knows no locks.
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _telling(what: str) -> Iterator[None]:
    """Turn what the disk refuses into one sentence."""
    try:
        yield
    except OSError as error:
        where = f" (`{error.filename}`)" if isinstance(error.filename, str) else ""
        reason = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot {what}: {reason}{where}") from error
