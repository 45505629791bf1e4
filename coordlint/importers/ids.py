"""Names in any script in, ids out that no other thing in the same space has."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 64
# Letters as passports spell them where there are none but A to Z.
_LETTERS = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "å": "aa",
    "ø": "oe",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "đ": "d",
    "ł": "l",
    "ẞ": "SS",
}
_SPELT = str.maketrans({form: to for one, to in _LETTERS.items() for form in {one, one.upper()} if len(form) == 1})


def spelt(text: str) -> str:
    """The text with letters that English has in place of those that it lacks: `Jürgen Groß` becomes Juergen Gross."""
    from unicodedata import normalize

    return text if text.isascii() else normalize("NFC", text).translate(_SPELT)


def slug(text: str) -> str:
    """The text in small letters, digits and single hyphens, at most 64 characters: `Paco Xu 徐俊杰` becomes paco-xu.

    "" where nothing of it can be written so. What is too long ends at a word, with a few letters that tell it from
    others that begin alike.
    """
    from unicodedata import normalize

    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))
    return made if len(made) <= LONGEST else _cut(made, text)


def slug_or_mark(text: str, before: str) -> str:
    """The slug, else `before` with a few letters that stand for this very text, the same every time."""
    return slug(text) or f"{before}-{_mark(text)}"


def _cut(made: str, text: str) -> str:
    mark = _mark(text)
    room = LONGEST - len(mark) - 1
    return f"{made[:room].rpartition('-')[0] or made[:room]}-{mark}"


def _mark(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


class Ids:
    """A space of ids in which each is given once, and none that is taken already."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._given = set(taken)

    def give(self, *wanted: str) -> str:
        """The first of these ids that is free, else the last with the first number that makes it so."""
        number = 1
        made = next((name for name in wanted if name not in self._given), "")
        while not made:
            number += 1
            numbered = f"{wanted[-1][: LONGEST - len(str(number)) - 1].rstrip('-')}-{number}"
            made = "" if numbered in self._given else numbered
        self._given.add(made)
        return made
