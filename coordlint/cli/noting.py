"""What somebody says has happened in, one more entry in a file of the log out: the work of `coordlint log`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from coordlint.cli.checking import day_of
from coordlint.cli.files import put_in_place, write_below
from coordlint.cli.organisation import organisation
from coordlint.cli.streams import say, tell
from coordlint.config import OWN_FILES
from coordlint.document import Document, read
from coordlint.editing import Refused, apply
from coordlint.entry import Home, Said, doubts, entry, home, told_already
from coordlint.finding import Edit, Place, Route, UsageError
from coordlint.folders import ENDINGS, is_walked
from coordlint.globs import matcher
from coordlint.importers.again import RECORD, read_sources
from coordlint.report.screen import shown as visible
from coordlint.workspace import Workspace

# Where a log begins: the second one where an import has taken the first.
FIRST_LOGS = ("log.yaml", "log-by-hand.yaml")


class Where(NamedTuple):
    """Where an entry goes, on which day, and whether it is only shown: the options that every command has."""

    file: str = ""
    org: str = "."
    as_of: str = ""
    dry_run: bool = False


def note(sort: str, said: Mapping[str, Said | None], where: Where) -> int:
    """Add an entry to the log, and say where it stands; what was not said of it is None."""
    workspace = organisation(where.org)
    org = workspace.org(day_of(where.as_of))
    made = entry(org, sort, {field: words for field, words in said.items() if words is not None})
    documents = workspace.documents()
    there = told_already(documents, made)
    if there is not None:
        line = workspace.locate(Place(there.path, there.route)).line
        say(f"{visible(workspace.shown(there.path))}:{line} says so already; nothing was written\n")
        return 0
    if where.file:
        at = _named(workspace, where.file, org.as_of)
    else:
        _refuse_hidden_log(workspace, documents)
        at = _by_hand(workspace, documents, org.as_of)
    new = _added(workspace, at, made)
    if not where.dry_run:
        _write(workspace, at.path, new)
    _show(workspace.shown(at.path), read(at.path, new), at.route, made, where.dry_run)
    for doubt in doubts(org, made):
        tell(f"note: {doubt}")
    return 0


def _refuse_hidden_log(workspace: Workspace, documents: list[Document]) -> None:
    """Refuse to begin a second log beside one that cannot be read."""
    for document in documents:
        if not document.readable and "\nlog:" in f"\n{document.text}":
            raise UsageError(
                f"{workspace.shown(document.path)} holds a log and cannot be read; `coordlint check` says why"
            )


def _by_hand(workspace: Workspace, documents: list[Document], as_of: date) -> Home:
    """The newest log that no import wrote, for an import brings nothing up to date that somebody has added to."""
    folders = {folder for document in documents for folder in _folders_above(document.path)}
    imported = {path for folder in folders for path in _imported(workspace.root, folder)}
    first = next((path for path in FIRST_LOGS if path not in imported), FIRST_LOGS[0])
    own = [document for document in documents if document.path not in imported]
    return home(own, as_of) or _named(workspace, os.path.join(workspace.root, first), as_of)


def _folders_above(path: str) -> Iterator[str]:
    """The folders that a file lies in, each with its slash: `a/b/` and `a/` and "" for `a/b/c.yaml`."""
    while path:
        path = path.rpartition("/")[0]
        yield f"{path}/" if path else ""


def _imported(root: str, folder: str) -> list[str]:
    """What imports into a folder wrote, by their record."""
    try:
        with open(os.path.join(root, folder, RECORD), "rb") as file:
            sources = read_sources(file.read()) or {}
    except OSError:
        return []
    return [folder + path for files in sources.values() for path in files]


def _added(workspace: Workspace, at: Home, made: dict[str, Any]) -> bytes:
    """The bytes of a file with the entry in it, and all else as it was."""
    new: bytes | Refused = Refused("what stands under `log` there is no list")
    if at.is_list:
        new = apply(at.path, workspace.raw(at.path), [Edit(Place(at.path, at.route), "add", made)])
    if isinstance(new, Refused):
        advice = "see what `coordlint check` says of it, or name another file with `--file`"
        raise UsageError(f"{workspace.shown(at.path)}: the entry cannot be added: {new.reason}; {advice}")
    return new


def _write(workspace: Workspace, path: str, new: bytes) -> None:
    """Write a file, unless somebody else has written it since it was read."""
    shown = workspace.shown(path)
    if any(document.path == path for document in workspace.documents()):
        put_in_place(workspace.root, path, workspace.raw(path), new, shown)
    elif os.path.lexists(os.path.join(workspace.root, path)):
        raise UsageError(f"{shown} was written meanwhile by somebody else; nothing was written: try again")
    else:
        write_below(workspace.root, path, new)


def _show(shown: str, document: Document, route: Route, made: dict[str, Any], dry_run: bool) -> None:
    """Say where the entry stands, and show its lines."""
    last = len(_at(document.data, route)) - 1
    first_line = document.span((*route, last)).line
    last_line = max(document.span((*route, last, *way)).end_line for way in _ways(made))
    lines = document.text.split("\n")[first_line - 1 : last_line]
    would = "would stand at " if dry_run else ""
    say(f"{would}{visible(shown)}:{first_line}\n" + "".join(f"{visible(line)}\n" for line in lines))


def _at(data: list[Any], route: Route) -> Any:
    found: Any = data if isinstance(route[0], int) else data[0]
    for step in route:
        found = found[step]
    return found


def _ways(made: dict[str, Any]) -> Iterator[Route]:
    """The ways to the values of an entry."""
    for key, value in made.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, name) for name in value)
        elif isinstance(value, list):
            yield from ((key, index) for index in range(len(value)))


# --- the file ---


def _named(workspace: Workspace, file: str, as_of: date) -> Home:
    """The log of a file, or where one begins in it."""
    path = _below_root(workspace, file)
    document = next((each for each in workspace.documents() if each.path == path), None)
    if document is None:
        _refuse_unread(workspace, file, path)
        return Home(path)
    if not document.readable:
        raise UsageError(f"`{file}` cannot be read as YAML; `coordlint check` says why")
    return home([document], as_of) or Home(path)


def _below_root(workspace: Workspace, file: str) -> str:
    """The path of a file from the root."""
    root = os.path.realpath(workspace.root)
    place = os.path.join(os.path.realpath(os.path.dirname(file) or "."), os.path.basename(file))
    path = os.path.relpath(place, root).replace(os.sep, "/")
    if path.startswith("../") or os.path.isabs(path):
        raise UsageError(f"`{file}` lies outside of the organisation in `{workspace.root}`")
    if not path.endswith(ENDINGS) or path in OWN_FILES:
        raise UsageError(f"`{file}` cannot hold a log; name a file of declarations, such as `{FIRST_LOGS[0]}`")
    return path


def _refuse_unread(workspace: Workspace, file: str, path: str) -> None:
    """Refuse a file that is there and not read, or would not be read once it is written."""
    excluded = workspace.config().get("exclude") or []
    is_excluded = matcher([excluded] if isinstance(excluded, str) else excluded)
    if os.path.lexists(os.path.join(workspace.root, path)) or is_excluded(path) or not is_walked(workspace.root, path):
        raise UsageError(f"`{file}` is not among the files that are read; `coordlint check --show-files` lists those")
