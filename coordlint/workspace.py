"""A folder in, an Org and a Run out: the one place that reads what users wrote.

A workspace is an organisation: the folder of a coordlint.yaml and every YAML file below it. What was read stays
remembered by its bytes, so that a second look reads only what has changed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from errno import EINVAL
from typing import TYPE_CHECKING, Any, NamedTuple

from coordlint.config import (
    BASELINE_FILE,
    CONFIG_FILE,
    MANIFEST,
    OWN_FILES,
    Asked,
    Settings,
    misfits,
    settings,
    strangers,
)
from coordlint.document import Document, read
from coordlint.finding import Comment, Place, Problem, Span, UsageError
from coordlint.folders import ENDINGS, entries_of, repository_around, walk
from coordlint.globs import MOST, matcher
from coordlint.lint import UNREADABLE, Run, lint
from coordlint.model.org import Org
from coordlint.rules import rule_names
from coordlint.shape import HOUSE_KEYS, Shape, Told, check, check_house

if TYPE_CHECKING:
    from datetime import date

    from coordlint.baseline import Entry

_MOST_NOTES = 20
_MOST_DIGITS = 11
# One byte past the limit of a file, so that the reader sees that it is passed.
_MOST_BYTES = 2 * 1024 * 1024 + 1


class Found(NamedTuple):
    """What lies below a root: the files of declarations, every file at all, and what was passed over and why.

    `closed` are the folders that the system would not open, each with its reason; `baseline` says whether there is one.
    """

    files: list[str]
    every: list[str]
    notes: list[str]
    closed: Sequence[tuple[str, str]] = ()
    baseline: bool = False


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
        compare: bool = False,
    ) -> Run:
        """Read everything, run the rules, and say what was found.

        `as_of` is the day that rules speak of; without one, SOURCE_DATE_EPOCH, else today in the zone of the default
        calendar. `progress` is told how many files of how many were read. With `compare`, a Run says what the baseline
        would be, also where there is none yet. Raises UsageError where coordlint.yaml or the baseline cannot be used,
        or there is nothing to check.
        """
        house, config = self._house()
        found = self._scan(config)
        told, problems, unread = self._gathered(house, found, progress)
        chosen = self._settings(config, asked)
        org = Org(told, as_of or today(house.told), frozenset(found.every), tuple(unread))
        problems += strangers(org, config)
        comments = self._comments((CONFIG_FILE, *found.files))
        names = rule_names(chosen.known)
        baseline = self._baseline() if found.baseline else () if compare else None
        linted = lint(
            org, problems, chosen.chosen, self.locate,
            identity=self.identity(), comments=comments, names=names, baseline=baseline,
        )  # fmt: skip
        if linted.compared is not None and linted.compared.misfit is not None:
            raise self._misfit(*linted.compared.misfit)
        in_force = tuple(each.rule.name for each in chosen.chosen)
        notes = (*found.notes, *chosen.notes, *linted.notes)
        return Run(
            org, linted.findings, notes, len(found.files) + 1, self.prefix, in_force,
            linted.waived, linted.held_back, linted.crashed, linted.compared,
        )  # fmt: skip

    def org(self, as_of: date | None = None) -> Org:
        """What is declared here, before any rule is asked; `as_of` and what is raised are those of `run`."""
        house, config = self._house()
        found = self._scan(config)
        told, _, unread = self._gathered(house, found)
        return Org(told, as_of or today(house.told), frozenset(found.every), tuple(unread))

    def _gathered(
        self, house: Shape, found: Found, progress: Callable[[int, int], None] | None = None
    ) -> tuple[list[Told], list[Problem], list[str]]:
        """What all files declare, what is wrong with them, and the paths of what could not be read whole."""
        told, problems, unread = list(house.told), list(house.problems), [path for path, _ in found.closed]
        problems += [_unreadable(path, "folder", reason) for path, reason in found.closed]
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
            if shape.lost or any(len(way) <= 1 for way in document.damaged) or _ends_early(document, shape):
                unread.append(path)
        if not (found.files or found.closed):
            raise UsageError(
                f"{self.shown(CONFIG_FILE)}: no file of declarations stands beside it; "
                f"begin with a file such as `meetings.yaml`, or let `coordlint init` write one elsewhere"
            )
        return told, problems, unread

    def settings(self, asked: Asked = Asked()) -> Settings:  # noqa: B008
        """The settings in force here."""
        return self._settings(self.config(), asked)

    def config(self) -> Mapping[str, Any]:
        """What coordlint.yaml says besides its calendars and periods."""
        return self._house()[1]

    def files(self) -> Found:
        """What is read here, and what is passed over."""
        return self._scan(self.config())

    def shown(self, path: str) -> str:
        """A path from the root, as people see it."""
        return self.prefix + path

    def text(self, path: str) -> str | None:
        """The text of a file that was read, for showing its lines."""
        document = self._documents.get(path)
        return document.text if document else None

    def documents(self) -> list[Document]:
        """The files of declarations that were read, in the order of their paths."""
        return [self._documents[path] for path in sorted(self._documents) if path not in OWN_FILES]

    def raw(self, path: str) -> bytes:
        """The bytes of a file as it was read; none where there is no such file."""
        return self._read[path][0] if path in self._documents else b""

    def locate(self, place: Place) -> Span:
        """Where a place stands."""
        document = self._documents.get(place.path)
        # A plugin may speak of a file that is no file of declarations: as a whole, for no line of it was read.
        return document.span(place.route, place.on_key) if document else Span(place.path, 0, 0, 0, 0)

    def _comments(self, paths: Iterable[str]) -> list[Comment]:
        """What is said to coordlint in comments, in the order of files; a file that could not be read says nothing."""
        documents = (self._documents.get(path) for path in paths)
        return [comment for document in documents if document is not None for comment in document.comments()]

    def _settings(self, config: Mapping[str, Any], asked: Asked) -> Settings:
        return settings(config, asked, self.shown(CONFIG_FILE), self._place_of_rule)

    def _place_of_rule(self, name: str) -> str:
        span = self.locate(Place(CONFIG_FILE, ("rules", name), on_key=True))
        return f"{self.shown(CONFIG_FILE)}:{span.line}:{span.column}"

    def _house(self) -> tuple[Shape, Mapping[str, Any]]:
        """What coordlint.yaml declares and configures. What is wrong in its configuration is for the caller to mend."""
        document = self.alone(CONFIG_FILE)
        shape = check_house(document) if document.readable else Shape([], [], [])
        for problem in (*document.problems, *shape.problems):
            if not document.readable or not problem.way or problem.way[0] not in HOUSE_KEYS:
                raise UsageError(self._in_a_sentence(problem))
        house = next(told for told in shape.told if told.collection == "organisation")
        for problem in misfits(house.data):
            raise UsageError(self._in_a_sentence(problem))
        return Shape(shape.told, [*shape.problems, *document.problems], []), house.data

    def _baseline(self) -> Sequence[Entry]:
        from coordlint import baseline

        return baseline.read(self.alone(BASELINE_FILE), self.shown(BASELINE_FILE))

    def _misfit(self, where: Place, told: str) -> UsageError:
        """The sentence for a part of the baseline that is not as it was written."""
        line = self.alone(where.path).span(where.route, where.on_key).line
        return UsageError(f"{self.shown(where.path)}:{line}: {told}")

    def alone(self, path: str) -> Document:
        """A file with a name of its own, read anew. Raises UsageError where it cannot be read, or stands elsewhere."""
        if path not in self.overlay and os.path.islink(os.path.join(self.root, path)):
            raise UsageError(f"{self.shown(path)} is a link, and files are read where they stand; put the file here")
        try:
            raw = self._bytes(path)
        except OSError as error:
            raise UsageError(f"{self.shown(path)} cannot be read: {error.strerror}") from error
        document = self._documents[path] = read(path, raw)
        self._read[path] = (raw, document, Shape([], [], []))
        return document

    def _in_a_sentence(self, problem: Problem) -> str:
        span = self.locate(problem.where) if isinstance(problem.where, Place) else problem.where
        # Who is asked whether a word was meant has been told what to write.
        tip = f"; {problem.tip}" if problem.tip and not problem.message.endswith("?") else ""
        return f"{self.shown(span.path)}:{span.line}:{span.column}: {problem.message}{tip}"

    def _bytes(self, path: str) -> bytes:
        if path in self.overlay:
            return self.overlay[path]
        # A file may have become a link or a pipe since it was found: neither is followed, nor waited for.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        file = os.open(os.path.join(self.root, path), flags)
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(EINVAL, "it is no ordinary file")
            raw = os.read(file, min(status.st_size + 1, _MOST_BYTES))
            # One read does, but for a file that is being written, or one whose size the system does not know.
            more = raw if len(raw) != status.st_size else b""
            while more and len(raw) < _MOST_BYTES:
                raw += (more := os.read(file, _MOST_BYTES - len(raw)))
            return raw
        finally:
            os.close(file)

    def _shape(self, path: str) -> Shape | Problem:
        try:
            raw = self._bytes(path)
        except OSError as error:
            return _unreadable(path, "file", error.strerror or str(error))
        known = self._read.get(path)
        if known is None or known[0] != raw:
            document = read(path, raw)
            known = self._read[path] = (raw, document, check(document))
        self._documents[path] = known[1]
        return known[2]

    def _scan(self, config: Mapping[str, Any]) -> Found:
        for key in ("exclude", "paths"):
            patterns = config.get(key)
            if isinstance(patterns, list) and len(patterns) > MOST:
                told = f"`{key}` has {len(patterns):,} patterns, and {MOST} are the most"
                raise UsageError(f"{self.shown(CONFIG_FILE)}: {told}; one for a folder stands for all that lies in it")
        excluded = config.get("exclude") or []
        is_excluded = matcher([excluded] if isinstance(excluded, str) else excluded)
        closed: list[tuple[str, str]] = []
        baseline = BASELINE_FILE in self.overlay or os.path.lexists(os.path.join(self.root, BASELINE_FILE))
        found = Found([], [], [], closed, baseline)
        for path, passed_over in walk(self.root, closed):
            if passed_over:
                found.notes.append(f"{self.shown(path)} {passed_over}")
                continue
            found.every.append(path)
            if path.endswith(ENDINGS) and path not in OWN_FILES and not is_excluded(path):
                found.files.append(path)
        found.files.extend({*self.overlay} - {*found.files, *OWN_FILES})
        found.files.sort()
        if len(found.notes) > _MOST_NOTES:
            found.notes[_MOST_NOTES:] = [f"{len(found.notes) - _MOST_NOTES} more were passed over"]
        return found

    def identity(self) -> str:
        """The organisation's path in its repository, "" where it stands at the top or outside of any."""
        here, top = os.path.realpath(self.root), repository_around(self.root)
        return "" if top in ("", here) else os.path.relpath(here, top).replace(os.sep, "/")


def _ends_early(document: Document, shape: Shape) -> bool:
    """Whether a file could not be read, or breaks off: its last line has no end, and what it says cannot be read."""
    if not document.readable or document.text.endswith("\n"):
        return not document.readable
    last = document.text.count("\n") + 1
    spans = [problem.where for problem in document.problems if isinstance(problem.where, Span)]
    return any(span.end_line == last for span in spans) or bool(shape.told and shape.told[-1].refused)


def _unreadable(path: str, what: str, reason: str) -> Problem:
    tip = "look at its permissions; it may also have been removed meanwhile"
    return Problem(Span(path, 0, 0, 0, 0), f"the {what} cannot be read: {reason.lower()}", tip=tip, rule=UNREADABLE)


def today(told: Sequence[Told]) -> date:
    """SOURCE_DATE_EPOCH as a day, else today in the zone of the organisation's first calendar (UTC without one)."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from coordlint.values.day import LAST_YEAR

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        if not epoch.isdecimal():
            raise UsageError(f"SOURCE_DATE_EPOCH is `{epoch}`, and must be a number of seconds; or give `--as-of`")
        # Seconds of more digits are out of a clock's reach, too.
        day = datetime.fromtimestamp(int(epoch), UTC).date() if len(epoch) <= _MOST_DIGITS else None
        if day is None or day.year > LAST_YEAR:
            raise UsageError(f"SOURCE_DATE_EPOCH is `{epoch}`, and leads past the year {LAST_YEAR}; or give `--as-of`")
        return day
    zones = (each.data.get("timezone") for each in told if each.collection == "calendars")
    zone = next((zone for zone in zones if isinstance(zone, str)), "")
    return datetime.now(ZoneInfo(zone) if zone else UTC).date()


def roots(paths: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The organisations that paths ask for, each with the files in it to which the report is narrowed ([] for all).

    A folder asks for the organisation around it, else for every one below it; a file for the one around it. Without a
    path, the working directory does. Raises UsageError for a path that does not exist, and where there is none.
    """
    asked: dict[str, tuple[str, list[str]]] = {}
    whole: set[str] = set()
    for path in paths or ["."]:
        if not os.path.exists(path):
            raise UsageError(f"there is no file or folder `{path}`")
        for root in _roots_of(path):
            real = os.path.realpath(root)
            _, files = asked.setdefault(real, (root, []))
            if os.path.isdir(path):
                whole.add(real)
            else:
                files.append(os.path.relpath(_real_place(path), real).replace(os.sep, "/"))
    return [(root, [] if real in whole else files) for real, (root, files) in asked.items()]


def _roots_of(path: str) -> list[str]:
    if not os.path.isdir(path):
        found = around(os.path.dirname(path) or ".")
        if found is None:
            raise UsageError(f"`{path}` lies in no organisation: no {CONFIG_FILE} stands beside or above it")
        return [found]
    found = around(path)
    every = [found] if found is not None else list(_below(path))
    if not every:
        where = "here" if os.path.normpath(path) == "." else f"in `{path}`"
        raise UsageError(f"no {CONFIG_FILE} {where}, nor above or below; `coordlint init` makes one")
    return every


def _real_place(path: str) -> str:
    """A file by its folder's real path; where the file itself is a link, it stands for itself."""
    return os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))


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
    """Every organisation below a folder that lies in no other, in the order of names."""
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            entries = entries_of(here)
        except OSError:
            continue  # What cannot be opened cannot be found; whoever means it can name it.
        if os.path.isfile(os.path.join(here, CONFIG_FILE)):
            yield here
        elif here == folder or MANIFEST not in entries:
            inner = [name for name, entry in entries.items() if entry.is_dir(follow_symlinks=False) and name[0] != "."]
            pending += [os.path.join(here, name) for name in reversed(inner)]


def prefix_of(root: str) -> str:
    """What leads from the working directory to a root, as people see it: "" or `org/`."""
    shortest = os.path.relpath(root)
    path = root if shortest.startswith(".." + os.sep + "..") and os.path.isabs(root) else shortest
    return "" if path == "." else path.replace(os.sep, "/").rstrip("/") + "/"
