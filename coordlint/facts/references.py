"""Who names whom: every reference of an Org looked up once, those that lead nowhere, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from coordlint.finding import Route
from coordlint.model.base import Declaration, Node, Ref
from coordlint.model.fields import Names
from coordlint.model.kinds import KINDS
from coordlint.model.org import Miss, Org, fact

PATH_FIELDS = ("agenda", "at", "charter", "links")


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


class References(NamedTuple):
    """What leads nowhere, and for each declaration what a `Use` is made of: there are too many to make all of them."""

    missed: list[Missed]
    used_by: Mapping[Declaration, list[tuple[Declaration, Route]]]


@fact
def references(org: Org) -> References:
    """Every reference of every declaration, active or not, resolved. What was taken over by `like` counts for both."""
    look = _Look(org)
    for kind in KINDS.values():
        spots = look.spots(kind)
        for user in org.all(kind):
            look.through(user, user.data, spots, ())
    return References(look.missed, look.used_by)


class _Names(NamedTuple):
    """A field of names, and what those that were met so far stand for."""

    field: Names[Any]
    known: dict[str, Declaration | Miss]


# For each key below which something is named its field of names, or the same of its parts.
_Spots: TypeAlias = dict[str, "_Names | _Spots"]


class _Look:
    """A look through plain data for whatever is named.

    A declaration names four others, and nearly all of them exist: no part is bound to a node, and a `Ref` is made only
    for a name that was not met before.
    """

    def __init__(self, org: Org) -> None:
        self.org = org
        self.missed: list[Missed] = []
        self.used_by: dict[Declaration, list[tuple[Declaration, Route]]] = {}

    def spots(self, kind: type[Node]) -> _Spots:
        spots: _Spots = {}
        for field in kind.naming:
            if isinstance(field, Names):
                spots[field.key] = _Names(field, self.org.known(field.kinds))
            else:
                spots[field.key] = self.spots(field.part)
        return {key: spot for key, spot in spots.items() if spot}

    def through(self, user: Declaration, data: Mapping[str, Any], spots: _Spots, way: Route) -> None:
        for key, value in data.items():
            spot = spots.get(key)
            if spot is None or value is None:
                continue
            if isinstance(spot, dict):
                self._parts(user, value, spot, (*way, key))
            elif isinstance(value, list):
                for index, text in enumerate(value):
                    self._name(user, text, spot, (*way, key, index))
            else:
                self._name(user, value, spot, (*way, key))

    def _parts(self, user: Declaration, value: Any, spots: _Spots, way: Route) -> None:
        if isinstance(value, dict):
            self.through(user, value, spots, way)
        elif isinstance(value, list):
            for index, part in enumerate(value):
                if isinstance(part, dict):
                    self.through(user, part, spots, (*way, index))

    def _name(self, user: Declaration, text: Any, names: _Names, way: Route) -> None:
        field, known = names
        if not isinstance(text, str) or (field.besides is not None and not field.is_name(text)):
            return
        found = known.get(text) or self.org.resolve(field.ref(text))
        if isinstance(found, Declaration):
            self.used_by.setdefault(found, []).append((user, way))
        elif found is not Miss.OUTSIDE:
            self.missed.append(Missed(user, user.route + way, field.ref(text), found))


def uses_of(org: Org, declaration: Declaration) -> list[Use]:
    """Where a declaration is named, in the order of kinds and ids; in one declaration in that of its keys."""
    return [Use(user, way) for user, way in references(org).used_by.get(declaration, ())]


def in_order(uses: list[Use]) -> list[Use]:
    """The same, in an order that does not depend on that of keys."""
    order = list(KINDS)
    return sorted(uses, key=lambda use: (order.index(use.user.kind), use.user.id, _comparable(use.way)))


def _comparable(way: Route) -> list[tuple[str, int]]:
    return [("", step) if isinstance(step, int) else (step, 0) for step in way]


def paths_in(org: Org) -> Iterator[tuple[Declaration, Route, str]]:
    """Every path of the repository that a field of an active declaration names: `./`, and no space in it."""
    for kind in KINDS.values():
        keys = _may_hold_paths(kind)
        for declaration in org.active(kind) if keys else ():
            data = declaration.data
            for key in keys:
                value = data.get(key)
                if isinstance(value, str):
                    if value.startswith("./") and _is_path(value):
                        yield declaration, (key,), value
                elif isinstance(value, list):
                    for index, text in enumerate(value):
                        if isinstance(text, str) and text.startswith("./") and _is_path(text):
                            yield declaration, (key, index), text


def _may_hold_paths(kind: type[Declaration]) -> list[str]:
    """The fields of a kind that take a path: those that name a record or a text, and those that the format says."""
    named = [key for key, field in kind.fields.items() if isinstance(field, Names) and field.or_text]
    return [*named, *(key for key in PATH_FIELDS if key in kind.fields)]


def _is_path(text: str) -> bool:
    return not any(letter.isspace() for letter in text)
