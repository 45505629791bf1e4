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

    known = among if isinstance(among, (list, tuple)) else list(among)
    # Folding every known word costs more than comparing it, and ids have no capitals.
    for fold in (None, str.lower):
        near = extract(word, known, scorer=OSA.distance, processor=fold, score_cutoff=most, limit=None)
        others = [(slips, each) for each, slips, _ in near if each != word]
        if others:
            _, word_meant = min(others)
            return str(word_meant)
    return ""
