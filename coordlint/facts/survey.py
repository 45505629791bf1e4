"""An Org in, one look at all of its data out: what rules would otherwise go through everything for, one by one.

To fetch a declaration from memory takes longer than most questions about it. So the few that must be asked of every
text are asked together, and only what may need an answer is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from coordlint.finding import Route
from coordlint.model.base import Declaration, Node
from coordlint.model.fields import Field, Names, Part, Parts, Slots, Text, Texts
from coordlint.model.kinds import KINDS
from coordlint.model.org import Miss, Org, fact

# Fields besides those of names that take a path of the repository.
PATH_FIELDS = ("agenda", "at", "charter", "links")
# How a use of a defined word begins, and a path.
MARK, PATH = "{{", "./"

# Fields that few declarations have, and that rules ask for in all kinds.
RARE = frozenset(
    (
        *("part_of", "reports_to", "escalates_to", "replaced_by", "then", "depends_on", "delegated_from", "like"),
        *("status", "until", "status_until", "only_while", "review_by", "review_every", "waive"),
    )
)


class Doubt(NamedTuple):
    """A value in a field of names that is not known to lead somewhere, whole."""

    user: Declaration
    way: Route
    value: Any
    field: Names[Any]


class Survey(NamedTuple):
    """What one look finds, each in the order of kinds and ids.

    `doubts` are the values that hold what may be no name, `paths` the declarations with a top-level field in which a
    path begins, `marking` those that may mark a defined word; `saying` gives for each of the rare fields who has it.
    """

    doubts: list[Doubt]
    paths: list[tuple[Declaration, str]]
    marking: list[Declaration]
    saying: Mapping[str, list[Declaration]]


class _Spot(NamedTuple):
    """What is asked of the value of a key: its field of names with what each name stands for, the same of its parts,
    whether it holds words, whether it may hold a path, and whether it is rare."""

    field: Names[Any] | None
    known: Mapping[str, Declaration | Miss]
    below: _Spots
    worded: bool
    path: bool
    rare: bool


_Spots: TypeAlias = dict[str, _Spot]
# What a table says of a name that leads nowhere, or that it has not met yet.
_LOST = (Miss, type(None))


@fact
def survey(org: Org) -> Survey:
    """One look at every declaration, active or not; what was taken over by `like` counts for both."""
    found = Survey([], [], [], defaultdict(list))
    for kind in KINDS.values():
        spots = _spots(org, kind, True)
        for declaration in org.all(kind):
            if _look(found, declaration, declaration.data, spots, ()):
                found.marking.append(declaration)
    return found


def _spots(org: Org, kind: type[Node], top: bool = False) -> _Spots:
    spots = {key: _spot(org, field, key if top else "") for key, field in kind.fields.items()}
    return {key: spot for key, spot in spots.items() if spot != _IDLE}


def _spot(org: Org, field: Field[Any], top: str) -> _Spot:
    """What is asked of a field; `top` is its key, where it is one of a declaration itself."""
    if isinstance(field, Names):
        return _Spot(field, org.known(field.kinds), {}, field.or_text, bool(top) and field.or_text, top in RARE)
    below = _spots(org, field.part) if isinstance(field, (Parts, Part, Slots)) else {}
    worded = isinstance(field, (Text, Texts))
    return _Spot(None, {}, below, worded, top in PATH_FIELDS, top in RARE)


_IDLE = _Spot(None, {}, {}, False, False, False)


def _look(found: Survey, user: Declaration, data: Mapping[str, Any], spots: _Spots, way: Route) -> bool:
    """Keep what may need an answer, and say whether a word may be marked anywhere."""
    marks = False
    for key, value in data.items():
        spot = spots.get(key)
        if spot is None or value is None:
            continue
        field, known, below, worded, path, rare = spot
        if rare:
            found.saying[key].append(user)
        if below:
            for there, part in parts_of(value, (*way, key)):
                marks = _look(found, user, part, below, there) or marks
            continue
        texts = value if value.__class__ is list else (value,)
        for text in texts:
            if text.__class__ is not str:
                continue
            if worded:
                marks = marks or MARK in text
                if path and text.startswith(PATH):
                    found.paths.append((user, key))
                    path = False
            if field is not None and known.get(text).__class__ in _LOST:
                found.doubts.append(Doubt(user, (*way, key), value, field))
                break
    return marks


def parts_of(value: Any, way: Route) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    """The mappings that a value is or lists, each with the way to it."""
    if value.__class__ is dict:
        yield way, value
    elif value.__class__ is list:
        for index, part in enumerate(value):
            if part.__class__ is dict:
                yield (*way, index), part
