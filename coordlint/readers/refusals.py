"""What YAML allows and declarations do not: an event of libyaml in, the problem with it out."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from coordlint.finding import Problem, Related, Span
from coordlint.readers import stretch
from coordlint.readers.eaten import QUOTE_IT, shown

Event: TypeAlias = Any

_NOT_ALLOWED = "yaml/not-allowed"
_BAD_VALUE = "shape/bad-value"
_property = re.compile(r"[!&](?:<[^>\s]*>|[^\s,\[\]{}]*)").match
_gap = re.compile(r"(?:\s++|#[^\n]*+)*+").match
_directive = re.compile(r"^%[^\n]*", re.MULTILINE).search


def span(path: str, text: str, event: Event) -> Span:
    """The place of an event, from its first character to its last."""
    return stretch(path, text, event.start_mark.index, event.end_mark.index)


def directive(path: str, text: str, event: Event) -> Problem:
    # The event begins where the document before it ends, so that the directive has to be looked for.
    found = _directive(text, event.start_mark.index)
    where = stretch(path, text, *found.span()) if found else span(path, text, event)
    return Problem(where, "a directive is not read here", tip="delete the line", rule=_NOT_ALLOWED)


def tag(path: str, text: str, event: Event) -> Problem:
    start, end = _find_property(text, "!", event.start_mark.index)
    message = f"`{shown(text[start:end])}` is a tag, and tags are not read here"
    tip = "delete the tag; if a text begins with it, quote the text"
    return Problem(stretch(path, text, start, end), message, tip=tip, rule=_NOT_ALLOWED)


def anchor(path: str, text: str, event: Event) -> Problem:
    where = stretch(path, text, *_find_property(text, "&", event.start_mark.index))
    message = f"`&{shown(event.anchor)}` is an anchor, and anchors are not read here"
    return Problem(where, message, tip="write the value out wherever it is used", rule=_NOT_ALLOWED)


def alias(path: str, text: str, event: Event) -> Problem:
    message = f"`*{shown(event.anchor)}` is an alias, and aliases are not read here"
    tip = f"write the value out; if it is a text, {QUOTE_IT}"
    return Problem(span(path, text, event), message, tip=tip, rule=_NOT_ALLOWED)


def merge(path: str, text: str, key: Event) -> Problem:
    tip = "write the fields out, or name the other declaration with `like`"
    message = "`<<` is a merge key, and merge keys are not read here"
    return Problem(span(path, text, key), message, tip=tip, rule=_NOT_ALLOWED)


def built_key(path: str, text: str, key: Event) -> Problem:
    at = key.start_mark.index
    where = stretch(path, text, at, min(at + 1, len(text)))
    return Problem(where, "a key is a text, and this one is a mapping or a list", tip=QUOTE_IT, rule=_BAD_VALUE)


def typed_key(path: str, text: str, key: Event) -> Problem:
    if not key.value:
        tip = "write `key: value`"
        return Problem(span(path, text, key), "a key is missing in front of this colon", tip=tip, rule=_BAD_VALUE)
    message = f"a key is a text, and `{shown(key.value)}` is none without quotes"
    return Problem(span(path, text, key), message, tip=f'quote it: `"{shown(key.value)}"`', rule=_BAD_VALUE)


def second_key(path: str, text: str, key: Event, first: Event) -> Problem:
    related = (Related(span(path, text, first), "it stands here first"),)
    message = f"the key `{shown(key.value)}` stands here a second time"
    return Problem(span(path, text, key), message, related, "keep one of the two", "yaml/duplicate-key")


def _find_property(text: str, mark: str, start: int) -> tuple[int, int]:
    """Where the tag or the anchor stands in front of a value that may have both, in either order."""
    found = _property(text, start)
    if found and found[0][0] != mark:
        gap = _gap(text, found.end())
        found = _property(text, gap.end() if gap else found.end())
    return found.span() if found else (start, start)
