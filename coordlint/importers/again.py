"""What an import gives, what the one before wrote, and what stands there now in; what to write and what to leave out.

The record of an import stands beside what it wrote: each file with its sha256. What is no longer as it was written
belongs to whoever edited it, and is never written again. Several sources may stand side by side in one record, each
with the files that it gave; those of none were written by the one importer that takes a folder for itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

RECORD = ".coordlint-import.json"
_ABOUT = "what `coordlint import` wrote here, so that it never overwrites what was edited since; keep it in git"


class Plan(NamedTuple):
    """What becomes of each file: paths in the order of names.

    `write` are new, or still as the import before wrote them; `same` are as they should be. `edited` were changed by
    somebody, `removed` taken away, and both stay so; `behind` are those of which the source says something else by now.
    `foreign` were never imported and are in the way. `gone` are there, and the source no longer gives them.
    """

    write: tuple[str, ...]
    same: tuple[str, ...]
    edited: tuple[str, ...]
    removed: tuple[str, ...]
    behind: tuple[str, ...]
    foreign: tuple[str, ...]
    gone: tuple[str, ...]


def digest(content: bytes) -> str:
    """The sha256 of a file's content, as a record has it."""
    return sha256(content).hexdigest()


def plan(files: Mapping[str, bytes], before: Mapping[str, str], present: Mapping[str, str]) -> Plan:
    """What turns what is present into the files. `before` and `present` give the sha256 at a path."""
    places: dict[str, list[str]] = {"write": [], "same": [], "edited": [], "removed": [], "foreign": []}
    for path in sorted(files):
        there, was = present.get(path), before.get(path)
        if there == digest(files[path]):
            place = "same"
        elif there == was:
            place = "write"  # not there, and never was; or as it was written
        elif was is None:
            place = "foreign"
        else:
            place = "edited" if there is not None else "removed"
        places[place].append(path)
    left = (*places["edited"], *places["removed"])
    behind = [path for path in left if before[path] != digest(files[path])]
    gone = [path for path in sorted(before) if path not in files and path in present]
    return Plan(**{name: tuple(paths) for name, paths in places.items()}, behind=tuple(behind), gone=tuple(gone))


def record(
    files: Mapping[str, bytes],
    before: Mapping[str, str],
    planned: Plan,
    source: str = "",
    others: Mapping[str, Mapping[str, str]] = {},
) -> bytes:
    """The record of an import, as the bytes of its file: what was edited keeps the sum that it was written with.

    `others` are the sums of what other sources gave.
    """
    sums = {path: digest(files[path]) for path in (*planned.write, *planned.same)}
    kept = {path: before[path] for path in (*planned.edited, *planned.removed, *planned.gone)}
    every = {**others, source: {**sums, **kept}}
    together = {path: each for given in every.values() for path, each in given.items()}
    said: dict[str, object] = {"about": _ABOUT, "files": dict(sorted(together.items()))}
    sources = {name: sorted(given) for name, given in sorted(every.items()) if name}
    if sources:
        said["sources"] = sources
    return (json.dumps(said, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def read_sources(raw: bytes) -> dict[str, dict[str, str]] | None:
    """The sums of what each source gave, by the name of the source; None where it is no such record."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    files, sources = (said.get("files"), said.get("sources", {})) if isinstance(said, dict) else (None, None)
    if not isinstance(files, dict) or not all(isinstance(each, str) for each in files.values()):
        return None
    if not isinstance(sources, dict) or not all(isinstance(each, list) for each in sources.values()):
        return None
    source_of = {path: name for name, paths in sources.items() for path in paths if isinstance(path, str)}
    found: dict[str, dict[str, str]] = {}
    for path, each in files.items():
        if ".." not in path.split("/") and not path.startswith("/"):
            found.setdefault(source_of.get(path, ""), {})[path] = each
    return found
