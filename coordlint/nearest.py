"""A word nobody knows in, the known word that was probably meant out."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, among: Iterable[str], within: int = 2) -> str:
    """The known word nearest to `word`, at most `within` slips away and less than half of it; "" where none is.

    A slip is a letter left out, added or changed, or two neighbours swapped (optimal string alignment distance);
    capitals do not count. Of two equally near words the first in the alphabet is taken.
    """
    small = word.lower()
    most = min(within, (len(word) - 1) // 2)
    best, fewest = "", most + 1
    for known in among:
        if known == word or abs(len(known) - len(word)) > fewest:
            continue
        slips = _slips(small, known.lower(), fewest + 1)
        if slips < fewest or (slips == fewest <= most and known < best):
            best, fewest = known, slips
    return best


def _slips(one: str, other: str, stop_at: int) -> int:
    """The optimal string alignment distance, or any number from `stop_at` on once it is known to reach that."""
    start, least = 0, min(len(one), len(other))
    while start < least and one[start] == other[start]:
        start += 1
    end = 0
    while end < least - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        current = [row]
        for column, rival in enumerate(right, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != rival))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == rival:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) >= stop_at:
            return stop_at
        before, above = above, current
    return above[-1]
