"""Texts of conditions on a number, such as `over 10 up to 25`, in; their intervals, and where each end stands, out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coordlint.values.number import EVERYTHING, Interval, parse_number
from coordlint.values.refusal import Refusal, shown, wanted

if TYPE_CHECKING:
    from decimal import Decimal

PHRASE_TIP = "write up to 10, over 25, from 6, below 5, 6 to 8, over 10 up to 25, a number, or any"
_NUMBER = r"([^\s<>=()\[\]]+)"
# From the left: a number alone; both ends in; brackets as DMN writes them; one end or two, each with its own word.
_ALONE = _NUMBER
_BOTH_IN = rf"{_NUMBER} +to +{_NUMBER}"
_BRACKETS = r"([\[\](]) *([^\s()\[\]]+?) *\.\. *([^\s()\[\]]+) *([\])\[])"
_ENDS = rf"(?:(from +|over +|>=|>) *{_NUMBER})?(?: *(?:^|\b)(up +to +|below +|<=|<) *{_NUMBER})?"
_CLOSED = (">=", "<=", "from", "up to")
# What people write for the words that are read, as far as it can only mean those.
_HABITS = (
    (r"(?:between|from)? *([-0-9.]+) *(?:-|–|—|\.\.|to|and|through|until) *([-0-9.]+)", r"\1 to \2"),
    (r"(?:at most|max|maximum|no more than|not more than|until|≤|=<) *([-0-9.]+)", r"up to \1"),
    (r"(?:at least|min|minimum|no less than|not less than|starting at|≥|=>) *([-0-9.]+)", r"from \1"),
    (r"(?:more than|above|greater than|exceeds) *([-0-9.]+)", r"over \1"),
    (r"(?:less than|under|fewer than|smaller than) *([-0-9.]+)", r"below \1"),
    (r"([-0-9.]+) *(?:\+|or more|and more|and above|or above)", r"from \1"),
    (r"([-0-9.]+) *(?:or less|or fewer|or below|and below)", r"up to \1"),
    (r"(?:=|==|equals|exactly|only) *([-0-9.]+)", r"\1"),
)


class Phrase(NamedTuple):
    """A stretch of a condition: its text, where that begins, its interval, and (number, offset, length) of each end."""

    text: str
    start: int
    interval: Interval
    numbers: tuple[tuple[Decimal, int, int], ...] = ()


@lru_cache(maxsize=2048)
def read_phrases(text: str) -> tuple[Phrase, ...] | Refusal:
    """The intervals that a text names, parted by `or`, or by a comma as in DMN; none of them is empty."""
    thousands = re.search("[0-9],[0-9]", text)
    if thousands:
        message = f"{shown(text)} may be one number or two"
        tip = "write a number without commas, such as 10500, and several as a list"
        return Refusal(message, thousands.start(), 3, tip=tip)
    phrases: list[Phrase] = []
    start = 0
    for part in re.split(r"(, *| or )", text):
        # The separators come out of the split as well, for their length.
        if not re.fullmatch(r", *| or ", part):
            # Between two commas there is nothing to point at, so that the whole text is what is wrong.
            phrase = _phrase(part, start) if part else wanted(text, "condition on a number", PHRASE_TIP)
            if isinstance(phrase, Refusal):
                meant = _meant(text)
                return phrase._replace(tip=f"write {meant}") if meant else phrase
            phrases.append(phrase)
        start += len(part)
    return tuple(phrases)


def _phrase(text: str, start: int) -> Phrase | Refusal:
    if text in ("any", "-"):
        return Phrase(text, start, EVERYTHING)
    ends = _ends_of(text)
    if not ends:
        return wanted(text, "condition on a number", PHRASE_TIP).inside(text, start)
    numbers: list[tuple[Decimal, int, int]] = []
    for token, offset, _ in ends:
        number = parse_number(token)
        if isinstance(number, Refusal):
            if token == text and not re.search("[0-9]", text):
                return wanted(text, "condition on a number", PHRASE_TIP).inside(text, start)
            return number.inside(token, start + offset)
        numbers.append((number, start + offset, len(token)))
    interval = _between(numbers, [kind for _, _, kind in ends])
    if interval.empty:
        return Refusal(f"{shown(text)} can never match", start, len(text), tip=_tip_for_empty(interval))
    return Phrase(text, start, interval, tuple(numbers))


def _ends_of(text: str) -> list[tuple[str, int, str]]:
    """Each end: the text of its number, where that begins, and one of alone, `>`, `>=`, `<`, `<=`."""
    found = re.fullmatch(_ALONE, text)
    if found and ".." not in text:
        return [(text, 0, "alone")]
    found = re.fullmatch(_BOTH_IN, text)
    if found and re.search("[0-9]", found[1]):
        return [(found[1], found.start(1), ">="), (found[2], found.start(2), "<=")]
    found = re.fullmatch(_BRACKETS, text)
    if found:
        low, high = ">=" if found[1] == "[" else ">", "<=" if found[4] == "]" else "<"
        return [(found[2], found.start(2), low), (found[3], found.start(3), high)]
    found = re.fullmatch(_ENDS, text)
    if not found:
        return []
    ends = []
    for word, number, sign in ((1, 2, ">"), (3, 4, "<")):
        if found[word]:
            closed = " ".join(found[word].split()) in _CLOSED
            ends.append((found[number], found.start(number), sign + "=" if closed else sign))
    return ends


def _between(numbers: list[tuple[Decimal, int, int]], kinds: list[str]) -> Interval:
    if kinds == ["alone"]:
        return Interval(numbers[0][0], numbers[0][0], False, False)
    interval = EVERYTHING
    for (number, _, _), kind in zip(numbers, kinds, strict=True):
        if kind[0] == ">":
            interval = interval._replace(low=number, low_open=kind == ">")
        else:
            interval = interval._replace(high=number, high_open=kind == "<")
    return interval


def _meant(text: str) -> str:
    """The condition in the words that are read, where other words for it leave no doubt; else nothing."""
    small = re.sub(" *[%€$£]", "", text.strip().lower())
    if small in ("*", "all", "anything", "everything", "any number"):
        return "any"
    for pattern, words in (("(.*)", r"\1"), *_HABITS):
        found = re.fullmatch(pattern, small)
        meant = found.expand(words).strip() if found else text
        if meant != text and isinstance(_phrase(meant, 0), Phrase):
            return meant
    return ""


def _tip_for_empty(interval: Interval) -> str:
    if interval.low is not None and interval.high is not None and interval.low > interval.high:
        return "the smaller number comes first"
    return "write from and up to where the ends themselves are meant"
