"""A word nobody knows in, the known word that was probably meant out."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, among: Iterable[str], within: int = 2) -> str:
    """The known word nearest to `word`, at most `within` slips away and less than half of it; "" where none is.

    A slip is a letter left out, added or changed, or two neighbours swapped (optimal string alignment distance);
    where no word is near as it is written, capitals do not count. Of two equally near words the first in the alphabet
    is taken.
    """
    return next(iter(near(word, among, within)), "")


def only_near(word: str, among: Iterable[str]) -> str:
    """The one known word that is near, where no other is, so that nothing else can have been meant; else ""."""
    found = set(near(word, among))
    return found.pop() if len(found) == 1 else ""


def near(word: str, among: Iterable[str], within: int = 2) -> list[str]:
    """Every known word that is so near as `nearest` asks for, the nearest first."""
    most = min(within, (len(word) - 1) // 2)
    if most < 0:
        return []
    # Loaded here, for it is only needed where something is misspelt.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    known = among if isinstance(among, (list, tuple)) else list(among)
    # Folding every known word costs more than comparing it, and ids have no capitals.
    for fold in (None, str.lower):
        found = extract(word, known, scorer=OSA.distance, processor=fold, score_cutoff=most, limit=None)
        others = sorted((slips, str(each)) for each, slips, _ in found if each != word)
        if others:
            return [each for _, each in others]
    return []
