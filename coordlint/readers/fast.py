"""Text in, plain data out, for what ordinary files are made of; for everything else None, and nothing said.

Whatever is returned equals what `events` makes of the same text, without a problem of any kind. So all that is doubtful
is declined: tabs, hidden characters, escapes, anchors, tags, texts that run over lines and are no blocks, keys that are
numbers, keys that stand twice, a `#` with no space behind it.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from coordlint.readers import MOST_NODES
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
    (?: [ ]*+ (?:\#.*+)? \n )*+
    ([ ]*+) (-[ ]++)?
    (?:
      ({_KEY}):
      (?: \n
        | [ ]++ (?: ({_TEXT})\n | ([>|]-?)\n((?:\1[ ]++\S.*+\n|[ ]*+\n)++) | (.*+)\n )
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
_names = re.compile(r"\[([A-Za-z_][A-Za-z0-9_-]*+(?:, [A-Za-z_][A-Za-z0-9_-]*+)*+)\]").fullmatch
_pairs = re.compile(rf"({_KEY}):[ ]+{_VALUE}(?:,[ ]*|}}\Z)|(.+)").findall
_items = re.compile(rf"{_VALUE}(?:,[ ]*|\]\Z)|(.+)").findall
_item = re.compile(rf"[ ]*(?:{_VALUE}|(?=[\[{{]))").match
_key = re.compile(rf"[ ]*({_KEY}):[ ]+").match
_more = re.compile(r"[ ]*([,\]}])").match

_Block: TypeAlias = Any  # a mapping or a list, as its level says


class _Declined(Exception):  # noqa: N818
    """This text is for `events` to read."""


def read(text: str) -> list[object] | None:
    """The documents of a text, or None where `events` has to read it."""
    leftover = text.encode().translate(None, ORDINARY)
    if leftover and re.search(DOUBTFUL, leftover.decode()):
        return None
    # A line has room for two nodes, three behind a dash, and what follows a comma or a bracket for two.
    most = 2 * (2 + text.count("\n") + text.count(",") + text.count("[") + text.count("{")) + text.count("- ")
    if most > MOST_NODES:
        return None
    try:
        return _documents(text[4:] if text.startswith("---\n") else text)
    except _Declined:
        return None


def _documents(text: str) -> list[object]:
    entries = _entries(text if text.endswith("\n") else text + "\n")
    if len(entries) > 1 and entries[-2][5] and not text.endswith("\n"):
        raise _Declined  # a block at the very end has no line feed to end on
    root: dict[str, object] = {}
    node: _Block = root
    here = -1  # the level of `node`: twice its column, and one more for a list
    open_blocks = [(here, node)]
    waiting: str | None = ""  # the key with nothing behind it so far
    for indent, dash, key, plain, style, block, rest, item, item_rest in entries:
        if not (key or dash):
            if item or item_rest:
                raise _Declined
            break  # nothing but blank lines and comments is left
        level = 2 * len(indent)
        if dash:
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
    if rest[0] in "[{":
        return _brackets(rest)
    if rest[0] in "\"'":
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


def _brackets(rest: str) -> object:
    flat = _mapping(rest) if rest[0] == "{" else _list(rest)
    if flat is not None:
        return flat
    if rest.count("[") + rest.count("{") > _MOST_BRACKETS:
        raise _Declined
    value, end = _nested(rest, 0)
    if not _ends(rest, end):
        raise _Declined
    return value


def _mapping(rest: str) -> dict[str, object] | None:
    """A mapping in brackets that holds no brackets, and with nothing behind it; None for any other."""
    found: dict[str, object] = {}
    for key, plain, double, single, other in _pairs(rest, 1):
        if other:
            return None
        if key in found or key < ":" or key in WORDS:
            _check_key(key, found)
        found[key] = _simple(plain) if plain else double or single
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


def _nested(text: str, at: int) -> tuple[object, int]:
    """The list or mapping in brackets that begins here, and where it ends."""
    mapping: dict[str, object] = {}
    items: list[object] = []
    keyed = text[at] == "{"
    more = _more(text, at + 1)
    if more and more[1] == ("}" if keyed else "]"):
        return (mapping if keyed else items), more.end()
    at += 1
    while True:
        key = ""
        if keyed:
            named = _key(text, at)
            if not named:
                raise _Declined
            key, at = named[1], named.end()
            _check_key(key, mapping)
        value, at = _inner(text, at)
        if keyed:
            mapping[key] = value
        else:
            items.append(value)
        more = _more(text, at)
        if not more:
            raise _Declined
        at = more.end()
        if more[1] != ",":
            if more[1] != ("}" if keyed else "]"):
                raise _Declined
            return (mapping if keyed else items), at


def _inner(text: str, at: int) -> tuple[object, int]:
    found = _item(text, at)
    if not found:
        raise _Declined
    if found.lastindex is None:
        return _nested(text, found.end())
    return (_simple(found[1]) if found[1] else found[2] or found[3] or ""), found.end()
