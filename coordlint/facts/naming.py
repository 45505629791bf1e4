"""Texts that name something in; what bears each name, straight from the data, for whoever asks it of thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coordlint.model.base import Declaration
from coordlint.model.fields import Names
from coordlint.model.org import Miss, Org, fact


class Bearers(dict[str, "Declaration | None"]):
    """What each text in a field names; None where it is no name, leads nowhere, or outside.

    `bearers[text]` looks a text up once. It is made for texts as they stand in the data, without a reference for each.
    """

    def __init__(self, org: Org, field: Names[Any]) -> None:
        # What all of these fields hold is looked up beforehand: to be asked for each text would take most of the time.
        known: Iterable[tuple[str, object]] = org.known(field.kinds).items()
        if field.besides is not None:
            known = [(text, found) for text, found in known if field.is_name(text)]
        super().__init__({text: found for text, found in known if found.__class__ is not Miss})  # type: ignore[misc]
        self.org = org
        self.field = field

    def __missing__(self, text: str) -> Declaration | None:
        answer = self[text] = self._look_up(text)
        return answer

    def _look_up(self, text: str) -> Declaration | None:
        field, org = self.field, self.org
        if field.besides is not None and not field.is_name(text):
            return None
        found = org.known(field.kinds).get(text)
        # Whole sentences stand where a text may stand for a name, and no kind is written in front of one.
        if found is None and " " not in text:
            found = org.resolve(field.ref(text))
        return found if isinstance(found, Declaration) else None

    def only(self, value: Any) -> Declaration | None:
        """What a field's value names that names one; None where it names several."""
        if value.__class__ is str:
            return self[value]
        texts = texts_in(value)
        return self[texts[0]] if len(texts) == 1 else None

    def of(self, value: Any) -> Sequence[Declaration]:
        """Everything that a field's value names, in order: one text, or a list of them."""
        if value.__class__ is str:
            found = self[value]
            return () if found is None else (found,)
        if value.__class__ is not list:
            return ()
        return [found for text in value if text.__class__ is str and (found := self[text]) is not None]


@fact
def _tables(_org: Org) -> dict[object, Bearers]:
    return {}


def bearers(org: Org, field: Any) -> Bearers:
    """What bears the names in a field, such as `Handoff.to`. Fields that take the same kinds share what they know."""
    tables = _tables(org)
    found = tables.get(field)
    if found is None:
        key = (field.kinds, field.or_text, field.besides)
        found = tables.get(key)
        tables[field] = tables[key] = found = Bearers(org, field) if found is None else found
    return found


def texts_in(value: Any) -> Sequence[str]:
    """The texts that a field's value holds: one, or a list of them."""
    if value.__class__ is list:
        return [text for text in value if text.__class__ is str]
    return (value,) if value.__class__ is str else ()


def parts_in(data: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """The plain mappings below a field: one, or a list of them."""
    value = data.get(key)
    if value.__class__ is list:
        return [part for part in value if isinstance(part, dict)]
    return (value,) if isinstance(value, dict) else ()
