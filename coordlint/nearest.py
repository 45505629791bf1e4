"""A word nobody knows in, the known word that was probably meant out."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, among: Iterable[str], within: int = 2) -> str:
    """The known word nearest to `word`, at most `within` slips away and less than half of it; "" where none is.

    A slip is a letter left out, added or changed, or two neighbours swapped (optimal string alignment distance). Of two
    equally near words the first in the alphabet is taken.
    """
    limit = min(within, (len(word) - 1) // 2 if len(word) < 5 else within)
    best, best_distance = "", limit + 1
    for known in sorted(set(among)):
        if abs(len(known) - len(word)) < best_distance and known != word:
            distance = _slips(word, known, best_distance)
            if distance < best_distance:
                best, best_distance = known, distance
    return best


def _slips(left: str, right: str, stop_at: int) -> int:
    """The optimal string alignment distance, or any number from `stop_at` on once it is known to reach that."""
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) >= stop_at:
            return stop_at
        before, above = above, current
    return above[-1]
