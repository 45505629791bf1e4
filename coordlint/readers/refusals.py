"""What YAML allows and declarations do not: an event of libyaml in, the problem with it out."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from coordlint.finding import Problem, Related, Span
from coordlint.readers import COLLECTIONS
from coordlint.readers.eaten import QUOTE_IT, shown
from coordlint.readers.source import Source

Event: TypeAlias = Any

_NOT_ALLOWED = "yaml/not-allowed"
_AGAIN = "stands here a second time"
_BAD_VALUE = "shape/bad-value"
_property = re.compile(r"[!&](?:<[^>\s]*>|[^\s,\[\]{}]*)").match
# What comes next, on this line, or on the first below it that is neither blank nor a comment.
_rest_of_line = re.compile(r"[^\S\n]*+(?=[^\s#])").match
_line_with_more = re.compile(r"^[^\S\n]*+(?=[^\s#])", re.MULTILINE).search
_directive_line = re.compile(r"^%[^\n]*", re.MULTILINE).search


def span(source: Source, event: Event) -> Span:
    """The place of an event, from its first character to its last."""
    return source.span(event.start_mark.index, event.end_mark.index)


def directive(source: Source, event: Event) -> Problem:
    # The event begins where the document before it ends, so that the directive has to be looked for.
    found = _directive_line(source.text, event.start_mark.index)
    where = source.span(*found.span()) if found else span(source, event)
    return Problem(where, "a directive is not read here", tip="delete the line", rule=_NOT_ALLOWED)


def tag(source: Source, event: Event) -> Problem:
    start, end = _find_property(source.text, "!", event.start_mark.index)
    message = f"`{shown(source.text[start:end])}` is a tag, and tags are not read here"
    tip = "delete the tag; if a text begins with it, quote the text"
    return Problem(source.span(start, end), message, tip=tip, rule=_NOT_ALLOWED)


def anchor(source: Source, event: Event) -> Problem:
    where = source.span(*_find_property(source.text, "&", event.start_mark.index))
    message = f"`&{shown(event.anchor)}` is an anchor, and anchors are not read here"
    return Problem(where, message, tip="write the value out wherever it is used", rule=_NOT_ALLOWED)


def alias(source: Source, event: Event) -> Problem:
    message = f"`*{shown(event.anchor)}` is an alias, and aliases are not read here"
    tip = f"write the value out; if it is a text, {QUOTE_IT}"
    return Problem(span(source, event), message, tip=tip, rule=_NOT_ALLOWED)


def merge(source: Source, key: Event) -> Problem:
    message = "`<<` is a merge key, and merge keys are not read here"
    tip = "write the fields out, or name the other declaration with `like`"
    return Problem(span(source, key), message, tip=tip, rule=_NOT_ALLOWED)


def built_key(source: Source, key: Event) -> Problem:
    at = key.start_mark.index
    message = "a key is a text, and this one is a mapping or a list"
    return Problem(source.span(at, at + 1), message, tip=QUOTE_IT, rule=_BAD_VALUE)


def typed_key(source: Source, key: Event) -> Problem:
    if not key.value:
        message = "a key is missing in front of this colon"
        return Problem(span(source, key), message, tip="write `key: value`", rule=_BAD_VALUE)
    message = f"a key is a text, and `{shown(key.value)}` is none without quotes"
    return Problem(span(source, key), message, tip=f'quote it: `"{shown(key.value)}"`', rule=_BAD_VALUE)


def second_key(source: Source, key: Event, first: tuple[int, int], at_top: bool) -> Problem:
    related = (Related(source.span(*first), "it stands here first"),)
    message = f"the key `{shown(key.value)}` {_AGAIN}"
    tip = f"put both under one `{key.value}:`" if at_top and key.value in COLLECTIONS else "keep one of the two"
    return Problem(span(source, key), message, related, tip, "yaml/duplicate-key")


def second_keys(told: Problem, count: int) -> Problem:
    """The problem of a second key, when so many keys in a row are second ones."""
    message = told.message[: told.message.rindex(_AGAIN)] + _AGAIN
    others = "the key after it" if count == 2 else f"the {count - 1} keys after it"
    verb = "does" if count == 2 else "do"
    tip = "keep one of the two, or write the head above them that is missing"
    return told._replace(message=f"{message}, and so {verb} {others}", tip=tip)


def _find_property(text: str, mark: str, start: int) -> tuple[int, int]:
    """Where the tag or the anchor stands in front of a value that may have both, in either order."""
    found = _property(text, start)
    if found and found[0][0] != mark:
        gap = _rest_of_line(text, found.end()) or _line_with_more(text, found.end())
        found = _property(text, gap.end() if gap else found.end())
    return found.span() if found else (start, start)
