"""A text and the names around it in; which of its words say something."""

from __future__ import annotations

import functools
import re

# Words that could stand in the purpose of any meeting, and those that carry none of the meaning.
_SAY_NOTHING = """
sync syncs synchronise synchronize align aligned alignment aligning touch base basis catch catchup up check
checkin discuss discussing discussion discussions talk talking talks chat meet meeting meetings gather gathering
session call share sharing update updates updating status connect connecting collaborate collaboration
coordinate coordination communicate communication brainstorm exchange huddle standup round table roundtable
recurring regular regularly daily weekly biweekly fortnightly monthly quarterly yearly annual team teams group
everybody everyone people all information info things thing stuff topic topics item items issue issues matter
matters open general various other others together same page loop keep stay get go going over through in on out
of off to for from with within about around at by as the a an and or so that this these those what where when
who whom how we us our ours you your they them their it its is are be been being do does has have will can may
any each every etc ongoing forward cadence
"""
SAY_NOTHING = tuple(_SAY_NOTHING.split())


_WORD = re.compile(r"[^\W_]+")
# Every byte of ASCII as it stands in a word: letters without case, and a space for what stands between words.
_IN_WORDS = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else ord(" ") for byte in range(256))


def words_in(text: str) -> list[str]:
    """The words of a text, without case."""
    if text.isascii():
        # The same words as the pattern finds, in a third of the time.
        return text.encode().translate(_IN_WORDS).decode().split()
    return _WORD.findall(text.casefold())


def content_of(said: list[str], nothing: tuple[str, ...]) -> set[str]:
    """Those words that say something; `nothing` are the words that do not."""
    return set(said) - (_known_at_first() if nothing is SAY_NOTHING else _known(nothing))


@functools.cache
def _known_at_first() -> frozenset[str]:
    # To look up so many words as a key takes as long as to compare a purpose with them.
    return _known(SAY_NOTHING)


@functools.lru_cache(maxsize=8)
def _known(words: tuple[str, ...]) -> frozenset[str]:
    single = [part for word in words for part in words_in(word)]
    return frozenset((*single, *(f"{word}s" for word in single)))


def repeats(content: set[str], name: str) -> bool:
    """Whether four in five of the words that say something stand in a name already; a plural counts as the same."""
    text, least, may = name.casefold(), 0.8 * len(content), len(content)
    for word in content:
        # What stands nowhere in the name, not even within a word, tells most of them apart.
        if without_plural(word) not in text:
            may -= 1
            if may < least:
                return False
    there = {without_plural(word) for word in words_in(name)}
    return sum(without_plural(word) in there for word in content) >= least


def without_plural(word: str) -> str:
    """A word without the s of its plural."""
    return word.rstrip("s") or word
