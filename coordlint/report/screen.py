"""Text in, what a terminal may show out: nothing invisible, wrapped by display width, in colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Paint = Callable[[str, str], str]

TAB = "    "
# Spaces that typography uses, French and Japanese above all: Python counts them as not printable, people see them.
_SPACES = frozenset("\u00a0\u2009\u202f\u3000")
# Letters and marks that fonts draw as nothing, though Unicode counts them as printable.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "related": "36",
    "good": "32",
    "strong": "1",
    "faint": "2",
}


def shown(text: str) -> str:
    """The text with every control, bidi, zero-width and other invisible character as `\\u…`."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _shown(char: str) -> str:
    if (char.isprintable() and char not in _BLANKS) or char in _SPACES:
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def cell(char: str) -> tuple[str, int]:
    """What stands for one character of a source line, and how many columns it takes."""
    if char == "\t":
        return TAB, len(TAB)
    if char.isascii() and char.isprintable():
        return char, 1
    text = _shown(char)
    return text, (len(text) if len(text) > 1 else _columns(char))


def _columns(char: str) -> int:
    from unicodedata import category, east_asian_width

    # Hangul vowels and final consonants join the letter before them, though Unicode does not call them marks.
    if category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1


def measure(text: str) -> int:
    """How many columns a text takes that `shown` has been over."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def wrap(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` columns, broken at spaces, and within a word that is longer than a line."""
    text = shown(text).strip(" ")
    if measure(text) <= room:
        return [text]
    lines, line, used = [], "", 0
    for word in _pieces(text, room):
        wide = measure(word)
        if line and used + 1 + wide > room:
            lines.append(line)
            line, used = word, wide
        else:
            line = f"{line} {word}" if line else word
            used += wide + 1 if used else wide
    return [*lines, line]


def _pieces(text: str, room: int) -> Iterator[str]:
    for word in text.split(" "):
        if measure(word) <= room:
            yield from (word,) * bool(word)
        else:
            yield from _cut(word, room)


def _cut(word: str, room: int) -> Iterator[str]:
    """A word in pieces that fit; each of one character at least, so that a wide letter in a narrow place ends."""
    begin = used = 0
    for index, char in enumerate(word):
        wide = 1 if char.isascii() else _columns(char)
        if used + wide > room and index > begin:
            yield word[begin:index]
            begin, used = index, 0
        used += wide
    yield word[begin:]


def hang(lead: str, text: str, width: int) -> list[str]:
    """The text behind `lead`, its further lines below its first word."""
    first, *rest = wrap(text, max(width - len(lead), 1))
    return [lead + first, *(" " * len(lead) + line for line in rest)]


def plain(style: str, text: str) -> str:  # noqa: ARG001
    """A paint that leaves the text as it is."""
    return text


def ansi(style: str, text: str) -> str:
    """A paint in the terminal's colours."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text else ""


def paint(colour: bool) -> Paint:
    return ansi if colour else plain
