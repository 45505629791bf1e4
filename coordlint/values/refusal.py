"""What a small language answers when it cannot read something, and the words that its messages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from coordlint.finding import Route, Step

Found = TypeVar("Found")

LONGEST_SHOWN = 40
# Quotes that word processors make, which are letters like any other to YAML; in order: “ ” „ ‟ ‘ ’ ‚ « ».
_CURLY = (*"\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb",)
MANY_DIGITS = 10**18


class Refusal(NamedTuple):
    """Why something could not be read: the message, where exactly, and what to write instead.

    `route` leads from the value that was given to the part that is wrong. Where that part is a text, `offset` and
    `length` are the stretch of it in code points; length 0 means up to its end. With `on_key` the last step of the
    route is a key that is wrong itself, and not what stands behind it. `meant` is what to write for the whole part,
    where it is certain.
    """

    message: str
    offset: int = 0
    length: int = 0
    route: Route = ()
    tip: str = ""
    on_key: bool = False
    meant: str = ""

    def below(self, *steps: Step) -> Refusal:
        """The same refusal, of a part that these steps lead to."""
        return self._replace(route=(*steps, *self.route))

    def inside(self, part: str, start: int) -> Refusal:
        """The same refusal, where `part` was a stretch of a longer text and began at `start`."""
        return self._replace(offset=start + self.offset, length=self.length or len(part) - self.offset)


def shown(value: object) -> str:
    """The value as a message names it: in backticks, on one line, cut where it is long."""
    if isinstance(value, str):
        return _shown_text(value)
    if value is None:
        return "an empty value"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, int):
        # A whole number of thousands of digits cannot even be written out without asking Python for leave.
        return f"`{value}`" if -MANY_DIGITS < value < MANY_DIGITS else "a number of many digits"
    if isinstance(value, float):
        return f"`{value!r}`"
    return "a mapping" if isinstance(value, dict) else "a list"


def _shown_text(text: str) -> str:
    text = " ".join(text.split("\n")).strip() if "\n" in text else text
    if not text:
        return "an empty text"
    kept = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in kept)
    return f"`{line.replace('`', chr(0x2019))}`"


def wanted(value: object, what: str, tip: str) -> Refusal:
    """The refusal of a value that is not what was wanted, as a whole."""
    if isinstance(value, str) and value[:1] in _CURLY and len(value) <= LONGEST_SHOWN:
        inner = value.strip("".join(_CURLY))
        message = f"{shown(value)} is no {what}, for these quotes belong to its text"
        return Refusal(message, tip=f'write straight quotes: "{inner}"' if inner.isprintable() else tip)
    return Refusal(f"{shown(value)} is no {what}", tip=tip)


def misspelt(value: str, what: str, meant: str) -> Refusal:
    """The refusal of a value that can only mean one of a list of words."""
    return Refusal(f"{shown(value)} is no {what}; did you mean `{meant}`?", tip=f"write {meant}", meant=meant)


def read_each(value: object, read: Callable[[object], Found | Refusal], most: int) -> tuple[Found, ...] | Refusal:
    """What one value, or each of a list of them, is read as: at least one, at most so many, none twice."""
    if not isinstance(value, list | tuple):
        one = read(value)
        return one if isinstance(one, Refusal) else (one,)
    if not value:
        return Refusal("this list is empty", tip="write at least one")
    if len(value) > most:
        return Refusal(f"this list has {len(value)} parts", tip=f"write at most {most}")
    found: dict[Found, None] = {}
    for index, item in enumerate(value):
        one = read(item)
        if isinstance(one, Refusal):
            return one.below(index)
        if one in found:
            return Refusal(f"{shown(item)} stands twice", route=(index,), tip="leave one out")
        found[one] = None
    return tuple(found)


def listed(words: Iterable[str], last: str = "and") -> str:
    """The words as a sentence lists them: `a, b and c`."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
