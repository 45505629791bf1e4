"""Who names whom: every reference of an Org looked up once, those that lead nowhere, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from coordlint.finding import Route
from coordlint.model.base import Declaration, Ref
from coordlint.model.org import Miss, Org, fact


class Use(NamedTuple):
    """That a declaration names another, and the way to the name from the top of its file."""

    user: Declaration
    route: Route

    @property
    def field(self) -> str:
        """The field of the user that names it, or that the part naming it belongs to."""
        return str(self.route[len(self.user.route)])


class Missed(NamedTuple):
    """A reference that leads nowhere, and why."""

    user: Declaration
    route: Route
    ref: Ref[Any]
    why: Miss


class References(NamedTuple):
    missed: list[Missed]
    used_by: Mapping[Declaration, list[Use]]


@fact
def references(org: Org) -> References:
    """Every reference of every declaration, active or not, resolved. What was taken over by `like` counts for both."""
    missed: list[Missed] = []
    used_by: dict[Declaration, list[Use]] = {}
    for user in org.all(Declaration):
        for route, ref in user.references():
            found = org.resolve(ref)
            if isinstance(found, Declaration):
                used_by.setdefault(found, []).append(Use(user, route))
            elif found is not Miss.OUTSIDE:
                missed.append(Missed(user, route, ref, found))
    return References(missed, used_by)


def uses_of(org: Org, declaration: Declaration) -> list[Use]:
    """Where a declaration is named, in the order of files."""
    return references(org).used_by.get(declaration, [])


def paths_in(declaration: Declaration) -> Iterator[tuple[Route, str]]:
    """Every path of the repository that a declaration names: a text that begins with `./` and holds no space."""
    data = declaration.data
    # Nearly no declaration names a path, and asking this of its text as a whole is quicker than walking through it.
    if "'./" not in str(data):
        return
    pending: list[tuple[Route, Any]] = [((key,), value) for key, value in data.items()]
    while pending:
        way, value = pending.pop()
        if isinstance(value, str):
            if value.startswith("./") and not any(letter.isspace() for letter in value):
                yield way, value
        elif isinstance(value, dict):
            pending += [((*way, key), below) for key, below in value.items()]
        elif isinstance(value, list):
            pending += [((*way, index), below) for index, below in enumerate(value)]
