"""A folder in, an Org and a Run out: the one place that reads what users wrote.

A workspace is an organisation: the folder of a coordlint.yaml and every YAML file below it. What was read stays
remembered by its bytes, so that a second look reads only what has changed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from coordlint.config import CONFIG_FILE, Asked, Settings, settings
from coordlint.document import Document, read
from coordlint.finding import Place, Problem, Span, UsageError
from coordlint.lint import UNREADABLE, Run, lint
from coordlint.model.org import Org
from coordlint.shape import HOUSE_KEYS, Shape, Told, check, check_house

if TYPE_CHECKING:
    from datetime import date

MANIFEST = ".coordlint-manifest.json"
# One byte past the limit of a file, so that the reader sees that it is passed.
_MOST_BYTES = 2 * 1024 * 1024 + 1


class Found(NamedTuple):
    """What lies below a root: the files of declarations, every file at all, and what was passed over and why."""

    files: list[str]
    every: list[str]
    notes: list[str]


class Workspace:
    """One organisation on disk. `root` is its folder; `prefix` leads there in what is shown to people.

    `overlay` holds texts that are not saved yet, by their path from the root.
    """

    def __init__(self, root: str, prefix: str = "", overlay: Mapping[str, bytes] | None = None) -> None:
        self.root = root
        self.prefix = prefix
        self.overlay = dict(overlay or {})
        self._read: dict[str, tuple[bytes, Document, Shape]] = {}
        self._documents: dict[str, Document] = {}

    def run(
        self,
        asked: Asked = Asked(),  # noqa: B008
        as_of: date | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Run:
        """Read everything, run the rules, and say what was found.

        `as_of` is the day that rules speak of; without one, SOURCE_DATE_EPOCH, else today in the zone of the default
        calendar. `progress` is told how many files of how many were read. Raises UsageError where coordlint.yaml cannot be used, or there is nothing to check.
        """
        house, config = self._house()
        found = self._scan(config)
        told, problems, unread = list(house.told), list(house.problems), []
        for number, path in enumerate(found.files, 1):
            shape = self._shape(path)
            if progress is not None:
                progress(number, len(found.files))
            if isinstance(shape, Problem):
                problems.append(shape)
                unread.append(path)
                continue
            told += shape.told
            problems += shape.problems
            document = self._documents[path]
            problems += document.problems
            if not document.readable or any(len(way) <= 1 for way in document.damaged):
                unread.append(path)
        if not found.files:
            raise UsageError(
                f"{self.shown(CONFIG_FILE)}: no file of declarations stands beside it; "
                f"begin with a file such as `meetings.yaml`, or let `coordlint init` write one elsewhere"
            )
        chosen = self._settings(config, asked)
        org = Org(told, as_of or today(house.told), frozenset(found.every), tuple(unread))
        findings, notes = lint(org, problems, chosen.chosen, self.locate, identity=self._identity())
        return Run(org, findings, (*found.notes, *notes), len(found.files) + 1, self.prefix)

    def settings(self, asked: Asked = Asked()) -> Settings:  # noqa: B008
        """The settings in force here."""
        return self._settings(self._house()[1], asked)

    def files(self) -> Found:
        """What is read here, and what is passed over."""
        return self._scan(self._house()[1])

    def shown(self, path: str) -> str:
        """A path from the root, as people see it."""
        return self.prefix + path

    def text(self, path: str) -> str | None:
        """The text of a file that was read, for showing its lines."""
        document = self._documents.get(path)
        return document.text if document else None

    def locate(self, place: Place) -> Span:
        """Where a place stands."""
        return self._documents[place.path].span(place.route, place.on_key)

    def _settings(self, config: Mapping[str, Any], asked: Asked) -> Settings:
        return settings(config, asked, self.shown(CONFIG_FILE))

    def _house(self) -> tuple[Shape, Mapping[str, Any]]:
        """What coordlint.yaml declares and configures. What is wrong in its configuration is for the caller to mend."""
        try:
            raw = self._bytes(CONFIG_FILE)
        except OSError as error:
            raise UsageError(f"{self.shown(CONFIG_FILE)} cannot be read: {error.strerror}") from error
        document = self._documents[CONFIG_FILE] = read(CONFIG_FILE, raw)
        shape = check_house(document) if document.readable else Shape([], [])
        for problem in (*document.problems, *shape.problems):
            if not document.readable or not problem.way or problem.way[0] not in HOUSE_KEYS:
                raise UsageError(self._in_a_sentence(problem))
        house = next(told for told in shape.told if told.collection == "organisation")
        return Shape(shape.told, [*shape.problems, *document.problems]), house.data

    def _in_a_sentence(self, problem: Problem) -> str:
        span = self.locate(problem.where) if isinstance(problem.where, Place) else problem.where
        tip = f"; {problem.tip}" if problem.tip else ""
        return f"{self.shown(span.path)}:{span.line}:{span.column}: {problem.message}{tip}"

    def _bytes(self, path: str) -> bytes:
        if path in self.overlay:
            return self.overlay[path]
        with open(os.path.join(self.root, path), "rb") as file:
            return file.read(_MOST_BYTES)

    def _shape(self, path: str) -> Shape | Problem:
        try:
            raw = self._bytes(path)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            tip = "look at its permissions; it may also have been removed meanwhile"
            return Problem(Span(path, 1, 1, 1, 1), message, tip=tip, rule=UNREADABLE)
        known = self._read.get(path)
        if known is None or known[0] != raw:
            document = read(path, raw)
            known = self._read[path] = (raw, document, check(document))
        self._documents[path] = known[1]
        return known[2]

    def _scan(self, config: Mapping[str, Any]) -> Found:
        excluded = config.get("exclude") or []
        patterns = [_pattern(each) for each in ([excluded] if isinstance(excluded, str) else excluded)]
        found = Found([], [], [])
        for path, entry_note in _walk(self.root, ""):
            if entry_note:
                found.notes.append(f"{self.shown(path)} {entry_note}")
                continue
            found.every.append(path)
            if path.endswith((".yaml", ".yml")) and path != CONFIG_FILE and not any(p(path) for p in patterns):
                found.files.append(path)
        found.files.extend(path for path in self.overlay if path not in found.files and path != CONFIG_FILE)
        found.files.sort()
        return found

    def _identity(self) -> str:
        """The organisation's path in its repository, "" where it stands at the top or outside of any."""
        here = os.path.realpath(self.root)
        folder = here
        while not os.path.exists(os.path.join(folder, ".git")):
            above = os.path.dirname(folder)
            if above == folder:
                return ""
            folder = above
        return os.path.relpath(here, folder).replace(os.sep, "/").removeprefix(".")


def _walk(root: str, below: str) -> Iterator[tuple[str, str]]:
    """Every file below a root, by its path from there, in the order of names; with a note where it was passed over."""
    try:
        with os.scandir(os.path.join(root, below)) as entries:
            sorted_entries = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield below, f"is a folder that cannot be read ({error.strerror}), and was passed over"
        return
    names = {entry.name for entry in sorted_entries}
    if below and CONFIG_FILE in names:
        yield below, "is an organisation of its own, and was passed over"
        return
    if below and MANIFEST in names:
        return
    for entry in sorted_entries:
        path = f"{below}/{entry.name}" if below else entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield from _link(root, path)
        elif entry.is_dir():
            if path.endswith((".yaml", ".yml")):
                yield path, "is a folder and no file, and only what lies in it was read"
            yield from _walk(root, path)
        elif entry.is_file():
            yield path, ""
        elif path.endswith((".yaml", ".yml")):
            yield path, "is no ordinary file, and was passed over"


def _link(root: str, path: str) -> Iterator[tuple[str, str]]:
    """A link counts as a file that exists where it leads to one below the root; it is never read a second time."""
    target = os.path.realpath(os.path.join(root, path))
    inside = target.startswith(os.path.realpath(root) + os.sep)
    if path.endswith((".yaml", ".yml")) or (os.path.isdir(target) and inside):
        yield path, "is a link, and was passed over: files are read where they stand"
    elif inside and os.path.exists(target) and stat.S_ISREG(os.stat(target).st_mode):
        yield path, ""


def _pattern(pattern: str) -> Any:
    """A test for paths: `*` is any name or part of one, `**` any number of folders, `?` a letter."""
    import re

    words = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./"))
    source = "".join(words.get(part, re.escape(part)) for part in parts)
    # A folder stands for all that lies in it.
    return re.compile(f"{source.rstrip('/')}(?:/.*)?\\Z").match


def today(told: Sequence[Told]) -> date:
    """SOURCE_DATE_EPOCH as a day, else today in the zone of the organisation's first calendar (UTC without one)."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        if not epoch.isdecimal() or len(epoch) > 11:
            raise UsageError(f"SOURCE_DATE_EPOCH is `{epoch}`, and must be a number of seconds; or give `--as-of`")
        return datetime.fromtimestamp(int(epoch), UTC).date()
    zones = (each.data.get("timezone") for each in told if each.collection == "calendars")
    zone = next((zone for zone in zones if isinstance(zone, str)), "")
    return datetime.now(ZoneInfo(zone) if zone else UTC).date()


def roots(paths: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The organisations that paths ask for, each with the files in it to which the report is narrowed ([] for all).

    A folder asks for the organisation around it, else for every one below it; a file for the one around it. Without a
    path, the working directory does. Raises UsageError for a path that does not exist, and where there is none.
    """
    asked: dict[str, list[str]] = {}
    whole: set[str] = set()
    for path in paths or ["."]:
        if not os.path.exists(path):
            raise UsageError(f"there is no file or folder `{path}`")
        folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
        found = around(folder)
        every = [found] if found is not None else list(_below(folder))
        if not every:
            where = "here" if folder == "." else f"in `{folder}`"
            raise UsageError(f"no {CONFIG_FILE} {where}, nor above or below; `coordlint init` makes one")
        for root in every:
            asked.setdefault(root, [])
            if os.path.isdir(path):
                whole.add(root)
            else:
                asked[root].append(os.path.relpath(os.path.realpath(path), os.path.realpath(root)).replace(os.sep, "/"))
    return [(root, [] if root in whole else files) for root, files in asked.items()]


def around(folder: str) -> str | None:
    """The nearest folder, upwards from this one, that holds a coordlint.yaml; relative where the given one is."""
    here, climbed = os.path.realpath(folder), folder
    while True:
        if os.path.isfile(os.path.join(here, CONFIG_FILE)):
            return climbed
        above = os.path.dirname(here)
        if above == here:
            return None
        here, climbed = above, os.path.join(climbed, "..") if not os.path.isabs(folder) else above


def _below(folder: str) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if CONFIG_FILE in files:
            folders.clear()
            yield here


def prefix_of(root: str) -> str:
    """What leads from the working directory to a root, as people see it: "" or `org/`."""
    shortest = os.path.relpath(root)
    path = root if shortest.startswith(".." + os.sep + "..") and os.path.isabs(root) else shortest
    return "" if path == "." else path.replace(os.sep, "/").rstrip("/") + "/"
