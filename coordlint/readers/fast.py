"""Text in, plain data out, for what ordinary files are made of; for everything else None, and nothing said.

Whatever is returned equals what `events` makes of the same text, without a problem of any kind. So all that is doubtful
is declined: tabs, hidden characters, escapes, anchors, tags, texts that run over lines and are no blocks, keys that are
numbers, keys that stand twice, a `#` with no space behind it.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any, TypeAlias

from coordlint.readers import COLLECTIONS, MOST_NODES
from coordlint.readers.characters import DOUBTFUL, ORDINARY
from coordlint.readers.scalars import SUSPECT, WORDS, resolve

# Levels are counted for blocks and for brackets each on their own; both together stay below the limit of 64.
_MOST_BLOCKS = 30
_MOST_BRACKETS = 30

_KEY = r"[A-Za-z0-9_][A-Za-z0-9_/-]{0,99}+"
_FIRST = r"[^\s\-?:,\[\]{}\#&*!|>'\"%@`]"
_TEXT = rf"{_FIRST}[^\n:\#]*+(?<!\ )"  # neither a colon nor a number sign is in it
_COMMENT = r"[ ]*(?:[ ]\#(?:[ ].*)?)?"

# One match is one entry with the blank lines and comments above it. What has no other form is caught by the last group.
_entries = re.compile(
    rf"""
    (?: [ ]*+ (?:\#.*+)? \n )*
    ([ ]*+) (-[ ]++)?
    (?:
      ({_KEY}):
      (?: \n
        | [ ]++ (?: ({_TEXT})\n | ([>|]-?)\n((?:\1[ ]++\S.*+\n|[ ]*+\n)+) | (.*+)\n )
      )
      | ({_TEXT})\n
      | (.++)
      | \Z
    )
    """,
    re.VERBOSE,
).findall
_starts_text = re.compile(_FIRST).match
_ends = re.compile(rf"{_COMMENT}\Z").match
_quoted = re.compile(rf"""(?:"([^"\\]*)"|'([^']*)'){_COMMENT}\Z""").match
_blank_lines = re.compile(r"\n(\n*)").sub

# Inside brackets a text ends at a comma or a bracket too; some colons may stand in it, as in a time of day.
_STRETCH = r"[^\n:?\#,\[\]{}]*"
_IN_BRACKETS = rf"{_FIRST}{_STRETCH}(?::(?=[0-9]){_STRETCH}){{0,4}}(?<!\ )"
_VALUE = rf"""(?:({_IN_BRACKETS})|"([^"\\]*)"|'([^']*)')[ ]*"""
_names = re.compile(r"\[([A-Za-z_][A-Za-z0-9_-]*+(?:, [A-Za-z_][A-Za-z0-9_-]*+)*)\]").fullmatch
_pairs = re.compile(rf"({_KEY}):[ ]+{_VALUE}(?:,[ ]*|}}\Z)|(.+)").findall
_items = re.compile(rf"{_VALUE}(?:,[ ]*|\]\Z)|(.+)").findall
_part = re.compile(rf"[ ]*(?:({_KEY}):[ ]+)?(?:{_VALUE}([,}}\]])|(?=[\[{{]))").match
_COLLECTIONS = frozenset(COLLECTIONS)
_more = re.compile(r"[ ]*([,\]}])").match

_Block: TypeAlias = Any  # a mapping or a list, as its level says


class _Declined(Exception):  # noqa: N818
    """This text is for `events` to read."""


def read(text: str) -> list[object] | None:
    """The documents of a text, or None where `events` has to read it."""
    leftover = text.encode().translate(None, ORDINARY)
    if leftover and re.search(DOUBTFUL, leftover.decode()):
        return None
    # A node takes a character at least, but for the first and the last.
    if len(text) > MOST_NODES - 9 and _most_nodes(text) > MOST_NODES:
        return None
    try:
        return _documents(text[4:] if text.startswith("---\n") else text)
    except _Declined:
        return None


def _most_nodes(text: str) -> int:
    # A line has room for two nodes, three behind a dash, and what follows a comma or a bracket for two.
    return 2 * (2 + text.count("\n") + text.count(",") + text.count("[") + text.count("{")) + text.count("- ")


def _all_entries(text: str) -> list[tuple[str, ...]]:
    if text.endswith("\n"):
        return _entries(text)
    entries = _entries(text + "\n")
    if len(entries) > 1 and entries[-2][5]:
        raise _Declined  # a block at the very end has no line feed to end on
    return entries


def _documents(text: str) -> list[object]:
    root: dict[str, object] = {}
    node: _Block = root
    here = -1  # the level of `node`: twice its column, and one more for a list
    open_blocks = [(here, node)]
    waiting: str | None = ""  # the key with nothing behind it so far
    for indent, dash, key, plain, style, block, rest, item, item_rest in _all_entries(text):
        if not (key or dash):
            if item or item_rest:
                raise _Declined
            break  # nothing but blank lines and comments is left
        level = 2 * len(indent)
        if dash:
            if level + 1 != here:
                node = _reach(open_blocks, level + 1, waiting)
            if not key:
                node.append(_simple(item) if item else _value(item_rest))
                here, waiting = level + 1, None
                continue
            level += 2 * len(dash)
            node.append({})
            node = node[-1]
            open_blocks.append((level, node))
        elif level != here:
            node = _reach(open_blocks, level, waiting)
        here, waiting = level, None
        key = intern(key)  # the same few keys stand everywhere, and one text for all of them is looked up faster
        if key in node or key < ":" or key in WORDS:
            _check_key(key, node)
        if plain:
            node[key] = plain if plain[0] not in SUSPECT else resolve(plain)
        elif style:
            node[key] = _text_block(style, block, level // 2)
        elif rest and rest[0] != "#":
            node[key] = _value(rest)
        else:
            _check_comment(rest)
            node[key], waiting = None, key
    return [root[""]] if root else []


def _reach(open_blocks: list[tuple[int, _Block]], level: int, waiting: str | None) -> _Block:
    """The mapping or list of this level: one that is open, or a new one behind the key that waits."""
    here, node = open_blocks[-1]
    if level > here:
        if waiting is None or len(open_blocks) > _MOST_BLOCKS:
            raise _Declined
        if here > 0 and waiting in _COLLECTIONS and (level % 2 == 0 or waiting == "log"):
            raise _Declined  # perhaps a collection in a wrong column
        fresh: _Block = [] if level % 2 else {}
        node[waiting] = fresh
        open_blocks.append((level, fresh))
        return fresh
    while here > level:
        open_blocks.pop()
        here, node = open_blocks[-1]
    if here != level:
        raise _Declined
    return node


def _check_key(key: str, node: dict[str, object]) -> None:
    if key in node or not isinstance(resolve(key), str):
        raise _Declined


def _check_comment(rest: str) -> None:
    if rest[1:2] not in ("", " "):
        raise _Declined


def _simple(text: str) -> object:
    return resolve(text) if text[0] in SUSPECT else text


def _value(rest: str) -> object:
    """What stands behind a key or a dash, when it is more than a simple text."""
    first = rest[0]
    if first in "[{":
        flat = _mapping(rest) if first == "{" else _list(rest)
        return flat if flat is not None else _nested(rest)
    if first in "\"'":
        quoted = _quoted(rest)
        if not quoted:
            raise _Declined
        return quoted[1] or quoted[2] or ""
    text = rest
    if " #" in rest:
        text, _, comment = rest.partition(" #")
        if comment[:1] not in ("", " "):
            raise _Declined
    text = text.rstrip(" ")
    if ": " in text or text[-1] == ":" or not _starts_text(text):
        raise _Declined
    return _simple(text)


def _text_block(style: str, block: str, column: int) -> str:
    margin = block[: len(block) - len(block.lstrip(" "))]
    text = f"\n{block}".replace(f"\n{margin}", "\n")
    # A space is left at the start of a line that stands deeper than the first one, or less deep.
    if len(margin) <= column or block[len(margin)] == "\n" or "\n " in text:
        raise _Declined
    text = text.strip("\n")
    if style[0] == ">" and "\n" in text:
        text = _blank_lines(lambda ends: ends[1] or " ", text)
    return text if style[1:] else text + "\n"


def _mapping(rest: str) -> dict[str, object] | None:
    """A mapping in brackets that holds no brackets, and with nothing behind it; None for any other."""
    found: dict[str, object] = {}
    for key, plain, double, single, other in _pairs(rest, 1):
        if other:
            return None
        if key in found or key < ":" or key in WORDS:
            _check_key(key, found)
        if plain:
            found[key] = plain if plain[0] not in SUSPECT else resolve(plain)
        else:
            found[key] = double or single
    return found if rest[-1] == "}" else None


def _list(rest: str) -> list[object] | None:
    """A list in brackets that holds no brackets, and with nothing behind it; None for any other."""
    names = _names(rest)
    if names and WORDS.keys().isdisjoint(items := names[1].split(", ")):
        return list(items)
    found: list[object] = []
    for plain, double, single, other in _items(rest, 1):
        if other:
            return None
        found.append(_simple(plain) if plain else double or single)
    return found if rest[-1] == "]" else None


def _nested(text: str) -> object:
    """Lists and mappings in brackets, in one another; a comment may stand behind them."""
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        raise _Declined
    value, end = _brackets(text, 0)
    if not _ends(text, end):
        raise _Declined
    return value


def _brackets(text: str, at: int) -> tuple[object, int]:
    """The list or mapping that begins here, and where it ends."""
    mapping: dict[str, object] = {}
    items: list[object] = []
    keyed = text[at] == "{"
    closing = "}" if keyed else "]"
    at += 1
    end = text[at : at + 1] if text[at : at + 1] == closing else ","
    at += end == closing
    while end == ",":
        found = _part(text, at)
        if not found or (found[1] is None) is keyed:
            raise _Declined
        key, end, at = found[1], found[5], found.end()
        if end:
            value: object = _simple(found[2]) if found[2] else found[3] or found[4] or ""
        else:
            value, end, at = _inner(text, at)
        if keyed:
            if key in mapping or key < ":" or key in WORDS:
                _check_key(key, mapping)
            mapping[key] = value
        else:
            items.append(value)
    if end != closing:
        raise _Declined
    return (mapping if keyed else items), at


def _inner(text: str, at: int) -> tuple[object, str, int]:
    """Brackets within brackets, the comma or closing bracket behind them, and where that ends."""
    value, at = _brackets(text, at)
    more = _more(text, at)
    if not more:
        raise _Declined
    return value, more[1], more.end()
