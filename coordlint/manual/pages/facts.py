"""A declaration in; its fields as questions in plain words with their answers, in the order in which a reader asks."""

from __future__ import annotations

from coordlint.manual import words
from coordlint.manual.book import Desk
from coordlint.manual.page import Answer, Fact, Facts, Quiet
from coordlint.manual.pages.answers import Answers, plain
from coordlint.manual.pages.special import SPECIAL
from coordlint.model.base import Declaration


def facts_of(desk: Desk, declaration: Declaration, without: frozenset[str] = frozenset()) -> Facts:
    """What a declaration says, and what holds for it where it is silent because something above it speaks."""
    questions = {**words.QUESTIONS[declaration.kind], **words.COMMON}
    found: list[Fact] = []
    for key, question in questions.items():
        if key in without:
            continue
        answers = _answers(desk, declaration, key)
        if answers:
            one = words.ASKED_OF_ONE.get((declaration.kind, key)) if len(declaration.refs(key)) == 1 else None
            found.append(Fact(one or question, answers))
    return Facts(tuple(found))


def _answers(desk: Desk, declaration: Declaration, key: str) -> Answers:
    if declaration.unread is not None and key in declaration.unread:
        return (Answer((Quiet("could not be read: "), desk.book.where(declaration.at(key)))),)
    special = SPECIAL.get((declaration.kind, key)) or SPECIAL.get(("", key))
    if special is not None:
        return special(desk, declaration)
    if declaration.data.get(key) is None:
        return ()
    return plain(desk, declaration, declaration.fields[key])
