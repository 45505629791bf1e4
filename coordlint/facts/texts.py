"""An Org in; every text in it that people wrote for people, with the way to it, and where phrases stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from coordlint.facts.prose import without_plural, words_in
from coordlint.facts.references import comparable
from coordlint.facts.survey import MARK as MARKS
from coordlint.facts.survey import survey
from coordlint.finding import Place, Route
from coordlint.model.base import Declaration, Node
from coordlint.model.fields import Field, Names, Part, Parts, Text, Texts
from coordlint.model.kinds import KINDS, LogEntry, Person, Scenario
from coordlint.model.org import Org

# Fields of text that hold a name, a link or a word of the format, and no prose.
NO_PROSE = frozenset(
    ("tags", "links", "agenda", "at", "was", "rule", "organisation", "domain", "days", "carries", "back")
)
# What happened is not written once more, and a scenario is no prose.
SILENT = (LogEntry, Scenario)

# A use of a defined word: `{{frozen build}}`.
MARK = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_CODE = r"(?s:```.*?(?:```|\Z))|(?s:(?<!`)(`+)(?!`).+?(?<!`)\1(?!`))"
_CODE_IN = re.compile(_CODE)
# What a text does not say in its own words: code, targets of links, links and paths.
_UNSAID_IN = re.compile(rf"{_CODE}|\]\([^)\n]{{0,2000}}\)|(?:\w{{1,20}}:|\.)/\S+")
_WORD = re.compile(r"[^\W_]+")
_OPENING, _CLOSING = '"“„«»‹›', '"”“»«›‹'


class Prose(NamedTuple):
    """A text, who says it, and the way to it from there."""

    speaker: Declaration
    way: Route
    text: str

    @property
    def where(self) -> Place:
        return self.speaker.at(*self.way)


# For each key of prose its field, for each key of parts the same for these.
_Spots: TypeAlias = dict[str, "Field[Any] | _Spots"]


def prose(org: Org, besides: str = "") -> Iterator[Prose]:
    """Every text of prose that an active declaration says itself, and that holds `besides`."""
    for kind in KINDS.values():
        if kind not in SILENT:
            yield from _said_by(org.active(kind), kind, besides)


def marking(org: Org) -> Iterator[Prose]:
    """The same of those texts that mark a word as defined, in an order that does not depend on that of keys."""
    for speaker in survey(org).marking:
        if speaker.org.is_active(speaker) and not isinstance(speaker, SILENT):
            yield from sorted(_said_by([speaker], type(speaker), MARKS), key=lambda each: comparable(each.way))


def _said_by(speakers: Iterable[Declaration], kind: type[Node], besides: str) -> Iterator[Prose]:
    spots = _spots(kind)
    if kind is Person:
        del spots["name"]  # nobody chooses the words of their name
    for speaker in speakers:
        if not speaker.refused:
            yield from _through(speaker, speaker.data, spots, (), besides)


def _spots(kind: type[Node]) -> _Spots:
    spots: _Spots = {}
    for key, field in kind.fields.items():
        if isinstance(field, (Part, Parts)):
            below = _spots(field.part)
            if below:
                spots[key] = below
        elif key not in NO_PROSE and (isinstance(field, (Text, Texts)) or (isinstance(field, Names) and field.or_text)):
            spots[key] = field
    return spots


def _through(speaker: Declaration, data: Mapping[str, Any], spots: _Spots, way: Route, besides: str) -> Iterator[Prose]:
    for key, value in data.items():
        spot = spots.get(key)
        if spot is None or (not way and key in speaker.taken):
            continue
        items = enumerate(value) if isinstance(value, list) else ((None, value),)
        for index, item in items:
            there = (*way, key) if index is None else (*way, key, index)
            if isinstance(item, str):
                if besides in item and isinstance(spot, Field) and not _is_name(item, spot):
                    yield Prose(speaker, there, item)
            elif isinstance(item, dict) and isinstance(spot, dict):
                yield from _through(speaker, item, spot, there, besides)


def _is_name(text: str, field: Field[Any]) -> bool:
    """Whether a text names a record, in a field where it may say something instead."""
    return isinstance(field, Names) and not field.ref(text).is_text


def marked(text: str) -> Iterator[str]:
    """The words that a text marks as defined, `{{word}}`; what stands in code is no mark."""
    if "`" in text:
        text = _CODE_IN.sub(" ", text)
    for found in MARK.finditer(text):
        word = found[1].strip()
        if word:
            yield word


# A tree of phrases, word by word: what may come next, and below None what the phrase that ends here stands for.
Phrases: TypeAlias = dict[str | None, Any]


def phrases(meanings: Iterable[tuple[str, object]]) -> Phrases:
    """Phrases with what each stands for as a tree; of one phrase the first stands. Case and plurals do not count."""
    tree: Phrases = {}
    for phrase, meaning in meanings:
        branch = tree
        for word in stem(phrase).split():
            branch = branch.setdefault(word, {})
        if branch is not tree:
            branch.setdefault(None, meaning)
    return tree


def stem(phrase: str) -> str:
    """A phrase as it is compared: its words without case and plurals."""
    return " ".join([without_plural(word) for word in words_in(phrase)])


def beginnings(stems: Iterable[str]) -> frozenset[str]:
    """The first words of phrases that are given by their stems, as they may be written but for case."""
    return frozenset(stem.split()[0] + ending for stem in stems if stem for ending in ("", "s", "ss"))


def find(text: str, tree: Phrases) -> Iterator[tuple[str, Any]]:
    """Each phrase that stands in a text, as it is written there, with what it stands for; of several that begin at one
    word the longest.

    Code, links and what stands in quotation marks are not the text's own words.
    """
    said = _UNSAID_IN.sub(lambda unsaid: " " * len(unsaid[0]), text)
    words = list(_WORD.finditer(said))
    stems = [without_plural(word[0].casefold()) for word in words]
    index = 0
    while index < len(words):
        length, meaning = _longest(tree, stems, index)
        if length:
            start, end = words[index].start(), words[index + length - 1].end()
            if not _is_quoted(said, start, end):
                yield " ".join(text[start:end].split()), meaning
        index += length or 1


def _is_quoted(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1] in _OPENING) or (end < len(text) and text[end] in _CLOSING)


def _longest(tree: Phrases, stems: Sequence[str], start: int) -> tuple[int, Any]:
    """How many words the longest phrase has that begins here, with what it stands for; 0 where none does."""
    found: tuple[int, Any] = (0, None)
    branch = tree
    for index in range(start, len(stems)):
        branch = branch.get(stems[index], {})
        if not branch:
            break
        if None in branch:
            found = index + 1 - start, branch[None]
    return found
