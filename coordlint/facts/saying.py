"""What was decided, in words, in; the thing that it speaks of, how much of it, and whether it says yes or no."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+|[%€$£]")
# Words that stand in any sentence and tell no two things apart. `from`, `to`, `with`, `before` may, and stay.
_SMALL = """
a an the this that these those and of for at on in by is are was were be been has have had will it its
"""
# Words that turn a sentence around, say it once more, or say how it was answered: the thing is the same.
_TURNS = """
no not nor none never without again still too also yes do does did now instead approve approved reject rejected
accept accepted decline declined refuse refused grant granted deny denied agreed
nein kein keine keinen keiner keinem nicht doch non pas aucun aucune geen niet wel ni sin ingen inte ikke
"""
_NUMBERS = """
one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand
million half
"""
_MONTHS = """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep oct nov dec
"""
# What a number is an amount of, or a part of a day of the calendar. A number of anything else may name it.
_UNITS = """
% € $ £ percent pct eur euro euros usd dollar dollars gbp pound pounds chf k
hour hours day days week weeks month months quarter quarters year years
"""
SMALL, TURNS = frozenset(_SMALL.split()), frozenset(_TURNS.split())
NUMBERS, UNITS = frozenset(_NUMBERS.split()), frozenset((*_UNITS.split(), *_MONTHS.split()))


class Saying(NamedTuple):
    """The words for a thing, without case, plurals and small words; the amounts that are said of it; and the words
    that turn it around or answer it."""

    thing: frozenset[str]
    amounts: tuple[str, ...]
    turns: frozenset[str]


def saying(text: str) -> Saying:
    """What a text says: of two that speak of one thing the `thing` is the same."""
    tokens = _TOKEN.findall(text)
    words = [token.casefold() for token in tokens]
    amounts = _amounts(words)
    thing, turns = set(), set()
    shouted = not any(token.islower() for token in tokens)
    for index, (token, word) in enumerate(zip(tokens, words, strict=True)):
        if index in amounts:
            continue
        # `IT` and the `A` of `supplier A` are names.
        name = index and token.isupper() and not shouted
        if word in TURNS and not name:
            turns.add(word)
        elif name or word not in SMALL:
            thing.add(word if name else word.rstrip("s") or word)
    return Saying(frozenset(thing), tuple(words[index] for index in sorted(amounts)), frozenset(turns))


def _amounts(words: list[str]) -> set[int]:
    """Where amounts stand: numbers in a row beside a unit, with it."""
    found: set[int] = set()
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and _is_number(words[end]):
            end += 1
        if end > start:
            units = [each for each in (start - 1, end) if 0 <= each < len(words) and words[each] in UNITS]
            if units:
                found.update(range(start, end), units)
        start = end + 1
    return found


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in NUMBERS
