"""Terms in; the words that each goes by, what a word means to whoever uses it, and where words are used wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coordlint.facts.ownership import teams_around
from coordlint.facts.prose import words_in
from coordlint.facts.texts import Phrases, Prose, beginnings, find, marked, marking, phrases, prose, stem
from coordlint.finding import Place
from coordlint.model.base import Declaration
from coordlint.model.kinds import Team, Term
from coordlint.model.org import Org, fact
from coordlint.nearest import nearest

# The fields of a term that hold words, and no prose.
WORDS = frozenset(("name", "also_called", "not"))
MOST_LOOKED_FOR = 100


class Word(NamedTuple):
    """A word that a term goes by, and where that is said."""

    term: Term
    word: str
    where: Place


def spelling(word: str) -> str:
    """A word as it is compared: without case, and with single spaces."""
    return " ".join(word.casefold().split())


def words_for(term: Term) -> list[str]:
    """The words by which a text may use a term, as they are compared: its id, its name, and what else it is called."""
    return list(dict.fromkeys(spelling(word) for word in (term.id, term.title, *term.also_called)))


@fact
def vocabulary(org: Org) -> Mapping[str, list[Term]]:
    """For each word the terms that go by it, or went by it as an id, in force or not."""
    table: dict[str, list[Term]] = {}
    for term in org.all(Term):
        for word in dict.fromkeys((*words_for(term), *term.was)):
            table.setdefault(word, []).append(term)
    return table


def meant(known: Sequence[Term], around: Declaration) -> Term | None:
    """Which of the terms that go by one word a declaration means: that of the nearest team, then what holds everywhere,
    then the first."""
    if len(known) < 2:
        return known[0] if known else None
    scopes = [(term, term.org.find(term.within)) for term in known]
    for team in teams_around(around):
        for term, scope in scopes:
            if scope is team:
                return term
    return next((term for term, scope in scopes if scope is None), known[0])


def homonyms(org: Org) -> Iterator[list[Word]]:
    """For each word that means two things to the same readers, every term that goes by it there, those first whose name
    it is.

    The readers are those of one team, or all: `within` keeps meanings apart. Terms that mean the same, to the letter,
    are no homonyms, and what several words tell of the same terms is told once.
    """
    table: dict[tuple[Team | None, str], list[Word]] = {}
    for term in org.active(Term):
        scope = org.find(term.within)
        if not term.refused and (scope is not None or not term.says("within")):
            for each in _said(term):
                table.setdefault((scope, spelling(each.word)), []).append(each)
    told: set[tuple[Term, ...]] = set()
    for words in table.values():
        terms = tuple(each.term for each in words)
        if len({spelling(term.means or "") for term in terms}) > 1 and terms not in told:
            told.add(terms)
            yield sorted(words, key=lambda each: spelling(each.word) != spelling(each.term.title))


def _said(term: Term) -> Iterator[Word]:
    """The words of a term with their places, each once; what was taken from a model stands at its own key."""
    listed = isinstance(term.data.get("also_called"), list)
    places = {term.title: term.at("name") if "name" in term.data else term.at(on_key=True)}
    for index, alias in enumerate(term.also_called):
        places.setdefault(alias, term.at("also_called", index) if listed else term.at("also_called"))
    places.setdefault(term.id, term.at(on_key=True))
    seen = set()
    for word, place in places.items():
        if spelling(word) not in seen:
            seen.add(spelling(word))
            yield Word(term, word, term.at(on_key=True) if place.route[: len(term.route)] != term.route else place)


class Undefined(NamedTuple):
    """A word that texts mark as defined, and that is not: where, and the defined word that is nearest, or ""."""

    word: str
    uses: list[Prose]
    nearest: str


def undefined(org: Org) -> Iterator[Undefined]:
    """Every word that a text marks as defined, and that no term goes by, with all such texts.

    Nothing where there are no terms, or where a term may go by a word that nobody could read. A nearest word is looked
    for so many times at most.
    """
    known = vocabulary(org)
    if not known or any(term.unread is None or term.unread & WORDS for term in org.all(Term)):
        return
    unknown: dict[str, list[tuple[str, Prose]]] = {}
    for text in marking(org):
        for word in dict.fromkeys(marked(text.text)):
            if spelling(word) not in known:
                unknown.setdefault(spelling(word), []).append((word, text))
    for index, (spelled, uses) in enumerate(unknown.items()):
        near = nearest(spelled, known) if index < MOST_LOOKED_FOR else ""
        yield Undefined(uses[0][0], [text for _, text in uses], near)


class Excluded(NamedTuple):
    """A word that a term says it is not, and where."""

    term: Term
    word: str
    where: Place


def forbidden(org: Org) -> Iterator[tuple[Prose, str, Excluded]]:
    """Every text that uses a word which some term excludes, with the word as it stands there, each once in a text.

    A word that a term goes by is not excluded, nor is a part of one. What holds within a team excludes words from the
    texts around that team only; and no term excludes anything from its own text, or from lists of words.
    """
    by_word: dict[str, dict[Team | None, Excluded]] = {}
    for term in org.active(Term):
        scope = org.find(term.within)
        if "not" in term.data and not term.refused and (scope is not None or not term.says("within")):
            for each in _not(term):
                by_word.setdefault(stem(each.word), {}).setdefault(scope, each)
    if not by_word:
        return
    defined = [word for term in org.all(Term) for word in (term.title, *term.also_called)]
    tree = phrases([*((word, None) for word in defined), *by_word.items()])
    first_words = beginnings(by_word)
    for text in prose(org):
        if first_words.isdisjoint(words_in(text.text)):
            continue
        if not (isinstance(text.speaker, Term) and text.way[0] in WORDS):
            yield from _forbidden_in(text, tree)


def _not(term: Term) -> Iterator[Excluded]:
    listed = isinstance(term.data.get("not"), list)
    for index, word in enumerate(term.not_):
        yield Excluded(term, word, term.at("not", index) if listed else term.at("not"))


def _forbidden_in(text: Prose, tree: Phrases) -> Iterator[tuple[Prose, str, Excluded]]:
    told = set()
    for word, excluding in find(text.text, tree):
        each = _nearest(excluding, text.speaker) if excluding else None
        if each is not None and each.term is not text.speaker and each not in told:
            told.add(each)
            yield text, word, each


def _nearest(by_scope: Mapping[Team | None, Excluded], speaker: Declaration) -> Excluded | None:
    """What is excluded in the nearest team of whoever speaks, or everywhere."""
    around = teams_around(speaker) if by_scope.keys() != {None} else ()
    return next((by_scope[team] for team in around if team in by_scope), by_scope.get(None))
