"""A field of a declaration in; its answer in words, by what sort of field it is."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from coordlint.manual import words
from coordlint.manual.book import Desk, joined
from coordlint.manual.page import Answer
from coordlint.model.base import Declaration
from coordlint.model.fields import Choice, Field, Flag, Many, Number, One, Text, Texts, Value
from coordlint.values import Duration, Every, Hours

# From so many letters on, a text is set as one of several paragraphs.
LONG = 240

Answers: TypeAlias = tuple[Answer, ...]


def plain(desk: Desk, declaration: Declaration, field: Field[Any]) -> Answers:
    """The answer of a field by what sort of field it is."""
    value = field.read(declaration)
    if isinstance(field, (One, Many)):
        return names(desk, declaration, field)
    if isinstance(field, Text):
        return (text_said(desk, declaration, value or ""),)
    if isinstance(field, Texts):
        return tuple(Answer(desk.place(text) or (desk.line(text, declaration),)) for text in value)
    if isinstance(field, Flag):
        return (Answer(("yes",)),) if value else ()
    if isinstance(field, Number):
        return (Answer((words.plain_number(value),)),) if value is not None else ()
    if isinstance(field, Choice):
        return (Answer((value,)),) if value else ()
    if isinstance(field, Value):
        said = value_said(value)
        return (Answer((said,)),) if said else ()
    return ()


def value_said(value: object) -> str:
    """A value of one of the small languages, in words."""
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Every):
        return words.begin(value.words)
    if isinstance(value, (Duration, Hours)):
        return value.words
    return value if isinstance(value, str) else ""


def text_said(desk: Desk, declaration: Declaration, text: str) -> Answer:
    place = desk.place(text)
    if place:
        return Answer(place)
    if len(text) > LONG or "\n" in text.strip():
        return Answer(text=desk.prose(text, declaration))
    return Answer((desk.line(text, declaration),))


def names(desk: Desk, declaration: Declaration, field: One[Any] | Many[Any]) -> Answers:
    refs = field.all(declaration)
    if not refs:
        return (Answer(("nobody",)),) if declaration.data.get(field.key) == [] else ()
    lines = desk.names(refs, declaration, told=words.asks_by_kind(declaration.kind, field.key))
    if any(ref.is_text for ref in refs):
        return tuple(Answer(line) for line in lines)
    return (Answer(joined(lines)),)


def who(desk: Desk, declaration: Declaration, key: str) -> Answers:
    """Those who are named, in the larger type of a page's main answer."""
    return tuple(answer._replace(look="who") for answer in names(desk, declaration, declaration.fields[key]))  # type: ignore[arg-type]
