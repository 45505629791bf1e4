"""What a folder holds and should hold in, what to write and to remove out: a manual never harms a foreign file.

A manifest stands in every folder that the tool wrote: which files are the tool's, each with its sha256. Only what a
manifest names, and what still is as it was written, is ever removed; only what it names is ever replaced. A manifest
comes with the repository, so nothing in it is believed that could lead out of the folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coordlint.config import MANIFEST

LARGEST_MANIFEST = 16 * 1024 * 1024
TOOL = "coordlint"
VERSION = 1

# What the tool writes: pages and what goes with them. A manifest that names anything else is not one of ours.
ENDINGS = (".html", ".css", ".js", ".json", ".csv", ".ics", ".md", ".txt", ".svg")

Owned = Mapping[str, frozenset[str]]


class Plan(NamedTuple):
    """What to do to a folder. `foreign` stands where something must be written, and is not the tool's."""

    write: tuple[str, ...]
    remove: tuple[str, ...]
    foreign: tuple[str, ...]


class Difference(NamedTuple):
    """A file that is not as it should be: `missing`, `changed`, or `stale` (no longer part of it)."""

    path: str
    how: str


def digest(content: bytes) -> str:
    """The sha256 of a file's content, as the manifest writes it."""
    from hashlib import sha256

    return sha256(content).hexdigest()


def manifest(files: Mapping[str, bytes], before: Owned | None = None, as_of: str = "") -> bytes:
    """The manifest of files, as the bytes of its own file. `as_of` is the day that they speak of, where they do.

    With `before`, what a folder held until now, it is the manifest of a folder that is being written: each file may
    still be the old one, or be the new one already.
    """
    import json

    said: dict[str, object] = {
        "tool": TOOL,
        "version": VERSION,
        "about": "written by `coordlint render`, which removes what stands here and is no longer part of the manual",
        "files": {path: digest(files[path]) for path in sorted(files) if path != MANIFEST},
    }
    if as_of:
        said["as_of"] = as_of
    if before is not None:
        said["before"] = {path: sorted(before[path]) for path in sorted(before)}
    return (json.dumps(said, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def read_manifest(raw: bytes) -> Owned | None:
    """The files that a manifest names, each with the sums that it may have; None where it is no manifest of ours."""
    import json

    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("tool") != TOOL or said.get("version") != VERSION:
        return None
    owned: dict[str, frozenset[str]] = {}
    for part in (said.get("files", {}), said.get("before", {})):
        if not isinstance(part, dict):
            return None
        for path, sums in part.items():
            listed = sums if isinstance(sums, list) else [sums]
            if not is_plain(path) or not all(isinstance(each, str) for each in listed):
                return None
            owned[path] = owned.get(path, frozenset()) | frozenset(listed)
    return owned


def day_of(raw: bytes) -> str:
    """The day that a manifest says its files speak of; "" where it names none."""
    import json

    from coordlint.values import Refusal, parse_day

    if read_manifest(raw) is None:
        return ""
    day = json.loads(raw).get("as_of")
    return day if isinstance(day, str) and not isinstance(parse_day(day), Refusal) else ""


def is_plain(path: str) -> bool:
    """Whether a path stays below its folder on every system, and names a kind of file that the tool writes."""
    steps = path.split("/")
    safe = all(step and not step.startswith(".") and step.isascii() and step.isprintable() for step in steps)
    return safe and not any(mark in path for mark in '\\:*?"<>|') and path.endswith(ENDINGS)


def plan(files: Mapping[str, bytes], owned: Owned, present: Mapping[str, str]) -> Plan:
    """What turns what is present into the files.

    `present` gives the sha256 of what stands at a path, "" where that is no plain file. Only paths of the files and of
    the manifest matter in it. Raises ValueError for files that no folder can hold.
    """
    check_paths(files)
    write = [path for path in files if path != MANIFEST and present.get(path) != digest(files[path])]
    foreign = [path for path in write if path in present and (path not in owned or not present[path])]
    remove = [path for path in owned if path not in files and present.get(path) in owned[path]]
    return Plan(tuple(sorted(write)), tuple(sorted(remove)), tuple(sorted(foreign)))


def check_paths(files: Mapping[str, bytes]) -> None:
    """Raise ValueError for a path that leaves the folder, or that a case-blind disk takes for another."""
    seen: dict[str, str] = {}
    for path in files:
        if path != MANIFEST and not is_plain(path):
            raise ValueError(f"`{path}` is no path of a manual")
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise ValueError(f"`{path}` and `{other}` are one file on a disk that does not tell cases apart")


def differences(files: Mapping[str, bytes], owned: Owned, present: Mapping[str, str]) -> list[Difference]:
    """How what is present differs from the files, sorted by path."""
    found = []
    for path, content in files.items():
        if path not in present:
            found.append(Difference(path, "missing"))
        elif present[path] != digest(content):
            found.append(Difference(path, "changed"))
    found += [Difference(path, "stale") for path in owned if path not in files and present.get(path) in owned[path]]
    return sorted(found)
