"""Who names whom: every reference of an Org looked up once, those that lead nowhere, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias, TypeVar

from coordlint.facts.survey import PATH, parts_of, survey
from coordlint.finding import Route
from coordlint.model.base import Declaration, Node, Ref
from coordlint.model.fields import Names
from coordlint.model.kinds import KINDS
from coordlint.model.org import Miss, Org, fact

D = TypeVar("D", bound=Declaration)


class Use(NamedTuple):
    """That a declaration names another, and the way from the declaration to the name."""

    user: Declaration
    way: Route

    @property
    def route(self) -> Route:
        """The way to the name from the top of its file."""
        return self.user.route + self.way

    @property
    def field(self) -> str:
        """The field of the user that names it, or that the part naming it belongs to."""
        return str(self.way[0])


class Missed(NamedTuple):
    """A reference that leads nowhere, and why."""

    user: Declaration
    route: Route
    ref: Ref[Any]
    why: Miss


class _Names(NamedTuple):
    """A field of names, and what those that were met so far stand for."""

    field: Names[Any]
    known: dict[str, Declaration | Miss]


# For each key below which something is named its field of names, or the same of its parts.
_Spots: TypeAlias = dict[str, "_Names | _Spots"]


@fact
def missed(org: Org) -> list[Missed]:
    """Every reference of every declaration, active or not, that leads nowhere; what was taken over counts for both."""
    return [each for doubt in survey(org).doubts for each in _missed_in(*doubt)]


def _spots(org: Org, kind: type[Node]) -> _Spots:
    spots: _Spots = {}
    for field in kind.naming:
        if isinstance(field, Names):
            spots[field.key] = _Names(field, org.known(field.kinds))
        else:
            spots[field.key] = _spots(org, field.part)
    return {key: spot for key, spot in spots.items() if spot}


def _missed_in(user: Declaration, way: Route, value: Any, field: Names[Any]) -> Iterator[Missed]:
    for below, ref in _refs_in(field, way, value):
        why = user.org.resolve(ref)
        if isinstance(why, Miss) and why is not Miss.OUTSIDE:
            yield Missed(user, user.route + below, ref, why)


def _refs_in(field: Names[Any], way: Route, value: Any) -> Iterator[tuple[Route, Ref[Any]]]:
    if isinstance(value, list):
        for index, text in enumerate(value):
            if field.is_name(text):
                yield (*way, index), field.ref(text)
    elif field.is_name(value):
        yield way, field.ref(value)


@fact
def used_by(org: Org) -> Mapping[Declaration, list[tuple[Declaration, Route]]]:
    """For each declaration that others name, what a `Use` is made of: there are too many to make all of them.

    To be waived is to be of no use: whoever accepts a finding does not need what the finding is about.

    What rules ask of every declaration of a kind is found by `namers` for a fraction of the time.
    """
    table: dict[Declaration, list[tuple[Declaration, Route]]] = {}
    for kind in KINDS.values():
        spots = _spots(org, kind)
        spots.pop("waive", None)
        for user in org.all(kind):
            for way, value, (field, known) in _named(user.data, spots):
                for below, ref in _refs_in(field, way, value):
                    found = known.get(ref.text) or org.resolve(ref)
                    if isinstance(found, Declaration):
                        table.setdefault(found, []).append((user, below))
    return table


def _named(data: Mapping[str, Any], spots: _Spots) -> Iterator[tuple[Route, Any, _Names]]:
    for key, value in data.items():
        spot = spots.get(key)
        if isinstance(spot, dict):
            for way, part in parts_of(value, (key,)):
                for below, named, names in _named(part, spot):
                    yield (*way, *below), named, names
        elif spot is not None:
            yield (key,), value, spot


def uses_of(org: Org, declaration: Declaration) -> list[Use]:
    """Where a declaration is named, in the order of kinds and ids; in one declaration in that of its keys."""
    return [Use(user, way) for user, way in used_by(org).get(declaration, ())]


def namers(org: Org, kind: type[D], field: str) -> Mapping[Declaration, list[D]]:
    """For each declaration that a field of a kind names, by whom, in the order of ids; those out of force too."""
    tables = _tables(org)
    table = tables.get((kind.kind, field))
    if table is None:
        table = tables[kind.kind, field] = {}
        for user in org.all(kind):
            if field in user.data:
                for named in org.each(user.refs(field)):
                    table.setdefault(named, []).append(user)
    return table


@fact
def _tables(_org: Org) -> dict[tuple[str, str], dict[Declaration, list[Any]]]:
    """What `namers` has found, by kind and field."""
    return {}


def in_order(uses: list[Use]) -> list[Use]:
    """The same, in an order that does not depend on that of keys."""
    order = list(KINDS)
    return sorted(uses, key=lambda use: (order.index(use.user.kind), use.user.id, comparable(use.way)))


def comparable(way: Route) -> list[tuple[str, int]]:
    """A way as it sorts beside others: keys and places in a list do not compare."""
    return [("", step) if isinstance(step, int) else (step, 0) for step in way]


def paths_in(org: Org) -> Iterator[tuple[Declaration, Route, str]]:
    """Every path of the repository that a field of an active declaration names: `./`, and no space in it."""
    for declaration, key in survey(org).paths:
        value = declaration.data[key]
        if not org.is_active(declaration):
            continue
        for index, text in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(text, str) and text.startswith(PATH) and _is_path(text):
                yield declaration, (key,) if index is None else (key, index), text


def _is_path(text: str) -> bool:
    return not any(letter.isspace() for letter in text)
