"""The files of an organisation in, the list that an entry of the log belongs to out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from coordlint.document import Document
from coordlint.finding import Route
from coordlint.values import parse_moment


class Home(NamedTuple):
    """The list that an entry is added to: its file, and the way there. Something else may stand in its place."""

    path: str
    route: Route = ("log",)
    is_list: bool = True


def home(documents: Iterable[Document], as_of: date) -> Home | None:
    """The log that holds the newest entry; of several that do, that of the first file. None where there is no log.

    Entries of days that lie ahead count for nothing.
    """
    found = [(_newest(entries, as_of), where) for where, entries in _logs(documents)]
    return max(found, key=lambda each: each[0])[1] if found else None


def told_already(documents: Iterable[Document], made: Mapping[str, Any]) -> Home | None:
    """Where the very same entry stands, if it does: the way leads to it."""
    for where, entries in _logs(documents):
        if made in entries:
            return where._replace(route=(*where.route, entries.index(made)))
    return None


def _logs(documents: Iterable[Document]) -> Iterator[tuple[Home, list[Any]]]:
    for document in documents:
        for number, data in enumerate(document.data):
            if isinstance(data, dict) and "log" in data:
                entries = data["log"]
                route: Route = (number, "log") if number else ("log",)
                is_list = entries is None or isinstance(entries, list)
                yield Home(document.path, route, is_list), entries if is_list and entries else []


def _newest(entries: Iterable[Any], as_of: date) -> date:
    read = [parse_moment(each.get("date", each.get("opened"))) for each in entries if isinstance(each, dict)]
    days = (moment.date() for moment in read if isinstance(moment, datetime))
    return max((day for day in days if day <= as_of), default=date.min)
