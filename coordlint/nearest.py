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


def surely(word: str, among: Iterable[str]) -> str:
    """The one word of a list that is near; of several, the one that a swap or a doubled letter made it of; else ""."""
    found = set(near(word, among))
    slipped = {each for each in found if is_slip(word.lower(), each, strictly=True)}
    return next((words.pop() for words in (found, slipped) if len(words) == 1), "")


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


def is_slip(written: str, meant: str, strictly: bool = False) -> bool:
    """Whether one slip of the keyboard makes `written` of `meant`. To be near is not enough: `q3` is no slip for `q2`.

    Digits stay as they are. Two neighbouring letters are swapped, or a letter is doubled, or one of a double left out;
    or, unless asked `strictly`, one is left out or added in a word of at least 4 letters, or replaced in one of at
    least 6, and the word begins as it did.
    """
    if written == meant or _digits(written) != _digits(meant):
        return False
    start = _same_start(written, meant)
    end = _same_start(written[start:][::-1], meant[start:][::-1])
    one, other = written[start : len(written) - end], meant[start : len(meant) - end]
    if not (one + other).isalpha():
        return False
    if len(one) == len(other) == 2:
        return one == other[::-1]
    if len(one) > 1 or len(other) > 1:
        return False
    longer = max(written, meant, key=len)
    if not (one and other) and longer[start - 1 : start] == one + other:
        return True
    return not strictly and _is_in_a_word(meant, start, 6 if one and other else 4)


def _is_in_a_word(text: str, at: int, least: int) -> bool:
    """Whether an offset stands behind the first letter of a word of at least so many letters."""
    first = text.rfind("-", 0, at) + 1
    return at > first and len(text[first:].partition("-")[0]) >= least


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]


def _same_start(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, yours) in enumerate(pairs) if mine != yours), min(len(one), len(other)))
