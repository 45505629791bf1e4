"""Text in, out the stretch of every declaration in it, by indentation alone, so that broken text has an outline too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from coordlint.finding import Route


class Part(NamedTuple):
    """The lines of one declaration, `text[start:end]`, and the route to it; None where it has no name to go by.

    `head` is where its key with the colon ends, or the dash of an item.
    """

    route: Route | None
    start: int
    head: int
    end: int


# What stands in the first column, but for comments and the markers of a merge, begins something new.
_MARKER = r"(?:<{7}|={7}|>{7}|\|{7})"
_at_margin = re.compile(
    rf"^(?![ \t#\n]|{_MARKER})(?:([A-Za-z0-9_-]+):[ \t]*(?:#.*)?$|(-(?:[ \t]|$)))?", re.MULTILINE
).finditer
_first_child = re.compile(rf"^(?!{_MARKER})([ \t]*+)(?=[^\s#])", re.MULTILINE).search
_name = re.compile(r"""(["']?)([^\s"':#{}\[\],&*!|>%@`-][^\s"':{}\[\],]*)\1:(?=\s|\Z)""").match


def parts(text: str) -> list[Part]:
    """Every declaration of a text with one document, in the order in which they stand."""
    found: list[Part] = []
    for collection, start, end in _collections(text):
        child = _first_child(text, start, end)
        if child:
            margin = _margin(text, child[1], start, end)
            found += _children(text, collection, child.end() - len(child[1]), end, margin)
    return found


def _margin(text: str, first: str, start: int, end: int) -> str:
    """The blanks in front of every key of a collection: those of the first, unless several stand less deep."""
    if len(first) < 2:
        return first
    shallow = re.compile(rf"^([ \t]{{1,{len(first) - 1}}})(?=[^\s#])", re.MULTILINE).findall(text, start, end)
    often = [blanks for blanks in set(shallow) if shallow.count(blanks) > 1]
    return min(often, key=len, default=first)


def ids(text: str) -> dict[str, list[str]]:
    """The ids that a text declares in each of its collections, read or not."""
    found: dict[str, list[str]] = {}
    for part in parts(text):
        if part.route and isinstance(part.route[1], str):
            found.setdefault(str(part.route[0]), []).append(part.route[1])
    return {name: list(dict.fromkeys(keys)) for name, keys in found.items()}


def _collections(text: str) -> Iterator[tuple[str, int, int]]:
    """The name of each collection, where its first line below the name begins, and where it ends."""
    name, start = "", 0
    for line in _at_margin(text):
        if line[2]:
            continue  # a list may stand in the column of its key
        if name:
            yield name, start, line.start()
        name, start = line[1] or "", line.end() + 1
    if name:
        yield name, start, len(text)


def _children(text: str, collection: str, start: int, end: int, margin: str) -> Iterator[Part]:
    inset = len(margin)
    begins = re.compile(rf"^{margin}(?=[^\s#])", re.MULTILINE).finditer(text, start, end)
    places = [line.start() for line in begins]
    listed = bool(places) and text[places[0] + inset] == "-"
    # Among keys, a dash in their column is an item of the list behind the key above it.
    places = [place for place in places if listed == (text[place + inset] == "-")]
    items = 0
    for place, until in pairwise([*places, end]):
        inside = place + inset
        name = _name(text, inside, end)
        if name:
            yield Part((collection, name[2]), place, name.end(), until)
        elif listed:
            yield Part((collection, items), place, inside + 1, until)
            items += 1
        else:
            yield Part(None, place, place, until)
