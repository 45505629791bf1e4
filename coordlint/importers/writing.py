"""Declarations in, YAML text out, laid out as a person would write it; reading it again gives back just what went in.

Mappings stand in blocks, and on one line where they are small. Long prose is folded, short lists stand in brackets, and
a text is quoted only where a reader of YAML 1.2, or one of 1.1 such as PyYAML, would take it for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from coordlint.readers.characters import DOUBTFUL

WIDTH = 100
INDENT = "  "
# Collections and declarations get air between them, and a declaration stands on one line only if it says little.
_AIRY_LEVELS = 2
_FIELDS_ON_A_LINE = 2

_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@`= ")
_ENDS_A_TEXT = re.compile(r": | #|:\Z| \Z")
_ENDS_A_TEXT_IN_BRACKETS = re.compile(r"[,?\[\]{}]")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# What a reader of YAML 1.2 or 1.1 takes for a number, a truth value, a time or a merge key. Hours, which none does, are
# quoted so that they look like the times beside them.
_TYPED = re.compile(
    r"""(?ix) ~ | null | true | false | yes | no | on | off | y | n | << | =
    | [-+]? (?: 0b[01_]+ | 0o[0-7_]+ | 0x[0-9a-f_]+ | \.inf | \.nan )
    | [-+]? (?: [0-9][0-9_]* (?:\.[0-9_]*)? | \.[0-9_]+ ) (?: e[-+]?[0-9]+ )?
    | [-+]? [0-9][0-9_]* (?: :[0-5]?[0-9] )+ (?: \.[0-9_]* )?
    | [0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?: (?: t | [ ]+ ) [0-9]{1,2}:[0-9]{2}:[0-9]{2} .* )?
    """
)
_HIDDEN = re.compile(DOUBTFUL)
# Between two signs of an emoji, or inside a word of a script that needs them, joiners are part of what is seen.
_JOINER = re.compile("(?<=[\u0600-\u1fff\u2070-\U0010ffff])[\u200c\u200d](?=[\u0600-\u1fff\u2070-\U0010ffff])")
_WIDE_FOR_A_SPACE = re.compile(r"(?:^|[\s:-])\u3000", re.MULTILINE)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def write(data: Mapping[str, object]) -> str:
    """The text of a file that says this, ending in a line feed.

    Values are texts, numbers, truth values, None, lists and mappings; anything else is a TypeError. Keys are ids and
    names of fields, at most 1,000 characters. Half of a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    return "\n".join(_entries(data, 0)) + "\n" if data else "{}\n"


def on_a_line(value: object, in_brackets: bool = False) -> str:
    """A value on one line; a text is plain where that reads as this text, inside brackets if it is to stand there."""
    return _text(value, in_brackets) if isinstance(value, str) else _inline(value)


def block_of(text: str, width: int) -> list[str]:
    """The sign and the lines of a text in block style, without indentation; nothing where only quotes hold it."""
    return _block(text, width)


def is_flat(value: object) -> bool:
    """Whether a value may stand on a line with others: no mapping in it but itself, no list of lists."""
    parts: Iterable[object] = value.values() if isinstance(value, Mapping) else [value]
    return all(_is_flat(part) for part in parts)


def _entries(data: Mapping[str, object], level: int) -> list[str]:
    lines: list[str] = []
    was_long = False
    for key, value in data.items():
        entry = _lines(f"{INDENT * level}{_text(key)}:", value, level)
        is_long = len(entry) > 1
        if lines and level < _AIRY_LEVELS and (is_long or was_long):
            lines.append("")
        lines += entry
        was_long = is_long
    return lines


def _lines(lead: str, value: object, level: int) -> list[str]:
    """The lines of a value behind its key or dash, `lead`."""
    if value is None and not lead.endswith("-"):
        return [lead]
    if isinstance(value, str):
        return _text_lines(lead, value, level)
    on_a_line = f"{lead} {_inline(value)}" if _may_be_inline(value, level) else ""
    if on_a_line and (len(on_a_line) <= WIDTH or not isinstance(value, (Mapping, list, tuple)) or not value):
        return [on_a_line]
    if isinstance(value, Mapping):
        below = _entries(value, level + 1)
        # The first field of an item stands behind its dash, which is as wide as the indentation.
        return [f"{lead} {below[0].lstrip(' ')}", *below[1:]] if lead.endswith("-") else [lead, *below]
    assert isinstance(value, Sequence)
    return [lead] + [line for item in value for line in _lines(f"{INDENT * (level + 1)}-", item, level + 1)]


def _may_be_inline(value: object, level: int) -> bool:
    if isinstance(value, Mapping):
        few = level >= _AIRY_LEVELS or (level > 0 and len(value) <= _FIELDS_ON_A_LINE)
        return not value or (few and all(_is_flat(part) for part in value.values()))
    return not isinstance(value, (list, tuple)) or not any(isinstance(item, (Mapping, list, tuple)) for item in value)


def _is_flat(value: object) -> bool:
    """Whether it may stand inside braces: no mapping, no list of lists, no text of several lines."""
    if isinstance(value, (list, tuple)):
        return not any(isinstance(item, (Mapping, list, tuple)) for item in value)
    return not isinstance(value, Mapping) and not (isinstance(value, str) and "\n" in value)


def _inline(value: object) -> str:
    if isinstance(value, str):
        return _text(value, in_brackets=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key, True)}: {_inline(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    raise TypeError(f"YAML text cannot hold a {type(value).__name__}")


def _number(value: float) -> str:
    text = repr(value)
    if text.lstrip("-") in ("inf", "nan"):
        return text.replace("inf", ".inf").replace("nan", ".nan")
    # YAML 1.1 takes `1e+20` for a text.
    return text if "." in text or "e" not in text else text.replace("e", ".0e")


def _text(text: str, in_brackets: bool = False) -> str:
    """A text on one line: plain where every reader takes it for this text, else in quotes."""
    if _is_plain(text) and not (in_brackets and _ENDS_A_TEXT_IN_BRACKETS.search(text)):
        return text
    if not _is_visible(text):
        return '"' + "".join(_escaped(sign) for sign in text) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_plain(text: str) -> bool:
    if not text or text.startswith(_INDICATORS) or _ENDS_A_TEXT.search(text) or not _is_visible(text):
        return False
    return not _TYPED.fullmatch(text) or _is_date(text)


def _is_date(text: str) -> bool:
    """Whether it is a day of the calendar: readers give it as a text or as a date, and mean the same."""
    from datetime import date

    found = _DATE.fullmatch(text)
    if not found:
        return False
    try:
        date(*(int(part) for part in found.groups()))
    except ValueError:
        return False
    return True


def _is_visible(text: str) -> bool:
    """Whether every character can be seen, so that the text needs no escapes.

    The wide space of East Asia can, but not where a space of YAML may stand: there it is taken for a slip.
    """
    if _WIDE_FOR_A_SPACE.search(text):
        return False
    plain = _JOINER.sub("", text).replace("\u3000", " ")
    return plain.isprintable() and not _HIDDEN.search(plain)


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if _is_visible(sign):
        return sign
    code = ord(sign)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _text_lines(lead: str, text: str, level: int) -> list[str]:
    on_a_line = f"{lead} {_text(text)}"
    if "\n" not in text and (len(on_a_line) <= WIDTH or " " not in text.strip()):
        return [on_a_line]
    pad = INDENT * (level + 1)
    block = _block(text, WIDTH - len(pad))
    if not block:
        return [on_a_line]
    return [f"{lead} {block[0]}"] + [f"{pad}{line}".rstrip(" ") if not line else f"{pad}{line}" for line in block[1:]]


def _block(text: str, width: int) -> list[str]:
    """The sign and the lines of a text in block style; nothing where only quotes hold it exactly."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not body.strip() or body[0] in " \n" or body[-1] == "\n" or not all(map(_is_visible, lines)):
        return []
    if any(line and not line.strip(" ") for line in lines):
        return []
    ending = "" if body != text else "-"
    is_long = len(lines) == 1 or max(map(len, lines)) > width
    if is_long and not any(line.startswith(" ") or line.endswith(" ") for line in lines):
        return [f">{ending}", *_folded(lines, width)]
    return [f"|{ending}", *lines]


def _folded(lines: Sequence[str], width: int) -> list[str]:
    """Lines for `>`, where one line feed stands for a space and a blank line for each line feed of the text."""
    folded: list[str] = []
    for number, line in enumerate(lines):
        folded += [""] if number else []
        folded += _wrapped(line, width) if line else []
    return folded


def _wrapped(line: str, width: int) -> list[str]:
    # A line may break only at a single space: readers give back one space for the break.
    words = re.split(r"(?<! ) (?! )", line)
    wrapped = [words[0]]
    for word in words[1:]:
        if len(wrapped[-1]) + 1 + len(word) <= width:
            wrapped[-1] += " " + word
        else:
            wrapped.append(word)
    return wrapped
