"""A word nobody knows in, the known word that was probably meant out."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, among: Iterable[str], within: int = 2) -> str:
    """The known word nearest to `word`, at most `within` slips away and less than half of it; "" where none is.

    A slip is a letter left out, added or changed, or two neighbours swapped (optimal string alignment distance);
    where no word is near as it is written, capitals do not count. Of two equally near words the first in the alphabet
    is taken.
    """
    most = min(within, (len(word) - 1) // 2)
    if most < 0:
        return ""
    # Loaded here, for it is only needed where something is misspelt.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    known = [each for each in among if each != word]
    near = extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    if not near:
        # Folding every known word costs more than comparing it, and ids have no capitals.
        near = extract(word, known, scorer=OSA.distance, processor=str.lower, score_cutoff=most, limit=None)
    return min(((slips, each) for each, slips, _ in near), default=(0, ""))[1]
