"""The bytes of a file in, its text out, with every line end as `\\n`; what hides in it, or is no text, is told."""

from __future__ import annotations

import re
from typing import NamedTuple

from coordlint.finding import Problem, Span
from coordlint.readers.source import Source

# What nobody has to think about: the visible characters of ASCII, the space and the line feed.
ORDINARY = bytes([10, *range(32, 127)])

# Libyaml ends a line at these three and editors do not, so that a key could hide behind a comment.
_LINE_ENDS = "\x85\u2028\u2029"
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
)
# Spaces of other widths are good in a text, and none of YAML's: there they make a key or an id of what is beside them.
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_out_of_text = re.compile(
    rf"""(^[ \t-]*+ | (?:^[ \t-]*+|[{{,][ ]*+)[A-Za-z_][A-Za-z0-9_-]*+:[ ]*+)
    ([{_SPACES}][ {_SPACES}-]*+)""",
    re.MULTILINE | re.VERBOSE,
)
_TAGS = "\U000e0000-\U000e007f"
_HIDDEN = f"{_LINE_ENDS}{_TURNING}{_NO_WIDTH}{_TAGS}"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
# A text with one of these is not for a reader that says nothing.
DOUBTFUL = f"[\t\r{_CONTROLS}{_HIDDEN}]"

# The flags of England, Scotland and Wales are spelt with tag characters, and are as visible as can be.
_FLAG = "\U0001f3f4\U000e0067\U000e0062(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in nation) for nation in ("eng", "sct", "wls"))
)
_MOST_TOLD = 10
_KINDS = (
    (_LINE_ENDS, "which ends a line for some programs and not for others; it is read as a space"),
    (_TURNING, "which turns the direction of the text around it"),
    (_NO_WIDTH, "which takes no room and makes texts differ that look the same"),
    (_TAGS, "which is never shown and can carry a text of its own"),
)
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class Text(NamedTuple):
    """The text of a file, as editors number its lines. Where `readable` is False, it is good for showing only."""

    text: str
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def decode(path: str, raw: bytes) -> Text:
    """The text of these bytes, which are UTF-8 with or without a byte order mark; anything else is told."""
    if not raw.translate(None, ORDINARY):
        return Text(raw.decode("ascii"))
    for mark, name in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            text = _with_line_feeds(raw.decode(name, "replace"))
            where = Source(path, text).span(0, 1)
            return Text(text, (_not_utf8(where, f"this file is written in {name}"),), False)
    try:
        text = _with_line_feeds(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _broken(path, raw, error.start)
    if "\0" in text:
        at = text.index("\0")
        where = Source(path, text).span(at, at + 1)
        return Text(text, (_not_utf8(where, "a NUL byte stands here"),), False)
    if control := re.search(f"[{_CONTROLS}]", text):
        return Text(text, (_control(path, control),), False)
    told = tuple(_hidden(path, text))
    text = re.sub(f"[{_LINE_ENDS}]", " ", text)
    odd = _out_of_text.search(text) if re.search(f"[{_SPACES}]", text) else None
    if not odd:
        return Text(text, told)
    told = (*told, _odd_space(Source(path, text), odd.start(2)))
    return Text(_out_of_text.sub(lambda found: found[1] + re.sub(f"[{_SPACES}]", " ", found[2]), text), told)


def _with_line_feeds(text: str) -> str:
    text = text.lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _broken(path: str, raw: bytes, start: int) -> Text:
    text = _with_line_feeds(raw.decode("utf-8", "replace"))
    at = len(_with_line_feeds(raw[:start].decode("utf-8")))
    message = f"the byte 0x{raw[start]:02X} is not UTF-8"
    elsewhere = raw[start : start + 1].decode("cp1252", "replace")
    if elsewhere.isalpha():
        message += f" (in Windows-1252 it is `{elsewhere}`)"
    return Text(text, (_not_utf8(Source(path, text).span(at, at + 1), message),), False)


def _not_utf8(where: Span, message: str) -> Problem:
    return Problem(where, message, tip="save the file as UTF-8", rule="yaml/not-utf8")


def _control(path: str, found: re.Match[str]) -> Problem:
    where = Source(path, found.string).span(*found.span())
    message = f"the control character U+{ord(found[0]):04X} stands here, and YAML takes none"
    return Problem(where, message, tip="delete it; most editors can show it", rule="yaml/syntax")


def _odd_space(source: Source, at: int) -> Problem:
    import unicodedata

    character = source.text[at]
    name = unicodedata.name(character).lower()
    message = f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(character):04X}) stands here"
    often = len(_out_of_text.findall(source.text))
    message += f", the first of {often} odd spaces in this file," if often > 1 else ""
    tip = "write a space of the keyboard"
    where = source.span(at, at + 1)
    return Problem(where, f"{message} where YAML knows one space only", tip=tip, rule="yaml/hidden-character")


def _hidden(path: str, text: str) -> list[Problem]:
    source = Source(path, text)
    told: list[Problem] = []
    for character in sorted(set(re.findall(f"[{_HIDDEN}]", text))):
        places = [found.start(1) for found in re.finditer(f"{_FLAG}|({character})", text) if found[1]]
        places = [at for at in places if not _joins(text, at)]
        if places:
            told.append(_told(source, character, places))
        if len(told) == _MOST_TOLD:
            break
    return told


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands where joiners belong: inside an emoji, or inside a word of a script that needs them."""
    if text[at] not in "\u200c\u200d":
        return False
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return len(around) == 2 and min(around) >= "\u0600" and not re.search(f"[\u2000-\u206f{_HIDDEN}]", around)


def _told(source: Source, character: str, places: list[int]) -> Problem:
    kind = next(words for characters, words in _KINDS if re.match(f"[{characters}]", character))
    often = f", {len(places)} times in this file," if len(places) > 1 else ""
    message = f"the hidden character U+{ord(character):04X} stands here{often or ','} {kind}"
    where = source.span(places[0], places[0] + 1)
    return Problem(where, message, tip="delete it, unless it is meant", rule="yaml/hidden-character")
