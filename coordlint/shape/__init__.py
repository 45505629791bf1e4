"""A document in, its declarations and the problems of their shape out, each declaration judged by itself.

jsonschema-rs decides, for it takes microseconds; where it refuses, jsonschema says why, for it says it better. What is
a small language, such as a cadence, is judged by `values`. A declaration with a problem is refused: it keeps its id and
what could be read of it, so that others still find it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from coordlint.finding import Edit, Place, Problem, Route, Span
from coordlint.readers import COLLECTIONS
from coordlint.shape.ids import LONGEST_ID, as_id, is_id, not_set_in, not_set_in_words
from coordlint.shape.languages import refused_values
from coordlint.shape.schemas import explainer, resolved, schema, validator
from coordlint.values import Refusal

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from coordlint.document import Document

# What coordlint.yaml declares under ids, and the keys of it that declare and do not configure.
HOUSE_COLLECTIONS = ("calendars", "periods")
HOUSE_KEYS = frozenset(
    {*HOUSE_COLLECTIONS, "organisation", "description", "layer_owner", "fiscal_year_starts", "limits", "waive"}
)
# The field that tells nothing of what is declared: where it cannot be read, all else is known as it was.
_APART = "waive"

# A file with more problems than this was generated, or is another thing's file: nobody reads the rest of them.
_MOST_TOLD = 100

# The languages whose refusals have a rule of their own.
_RULES = {"cadence": "shape/bad-cadence", "condition": "shape/bad-condition", "input": "shape/bad-condition"}


class Told(NamedTuple):
    """A declaration as a document tells it. `unread` are its fields that could not be read, None for all of them."""

    collection: str
    id: str
    data: dict[str, Any]
    path: str
    route: Route
    unread: frozenset[str] | None = frozenset()
    refused: bool = False


class Shape(NamedTuple):
    """What a document declares, and what is wrong with it; `lost` are the places where it may declare more."""

    told: list[Told]
    problems: list[Problem]
    lost: list[Route]


def check(document: Document) -> Shape:
    """The declarations of a document, and the problems of their shape; of an unreadable one, the ids in it.

    Of a hundred problems, the last one says that there are more.
    """
    shape = Shape([], [], [])
    if not document.readable:
        for collection, ids in document.salvaged_ids.items():
            if collection in COLLECTIONS:
                shape.told.extend(Told(collection, id, {}, document.path, (collection, id), None, True) for id in ids)
        return shape
    sound = validator("declarations").is_valid
    for number, data in enumerate(document.data):
        top: Route = (number,) if number else ()
        fits = sound(data)
        if not isinstance(data, dict):
            message = f"a file maps collections to declarations, and this is {_a(data)}"
            shape.problems.append(_bad(document, top, message, "begin with a collection, such as `meetings:`"))
            shape.lost.append(top)
            continue
        for collection, declarations in data.items():
            _check_collection(document, shape, (*top, collection), declarations, fits)
    _cut(shape.problems)
    return shape


def _cut(problems: list[Problem]) -> None:
    if len(problems) > _MOST_TOLD:
        last = problems[_MOST_TOLD - 1]
        problems[_MOST_TOLD - 1 :] = [last._replace(message=f"{last.message} (and more is wrong in this file)")]


def _check_collection(document: Document, shape: Shape, route: Route, declarations: Any, fits: bool) -> None:
    """Add what a collection declares. `fits` means that the schema of the whole file has found nothing wrong."""
    collection = str(route[-1])
    if collection not in COLLECTIONS:
        from coordlint.nearest import only_near
        from coordlint.shape.words import likeliest

        near = likeliest(collection, COLLECTIONS)
        meant = f"; did you mean `{near}`?" if near else ""
        tip = f"write `{near}`" if near else f"the collections are {', '.join(COLLECTIONS)}"
        place = Place(document.path, route, on_key=True)
        message = f"no collection is called `{collection}`{meant}"
        only = only_near(collection, COLLECTIONS)
        edits = (Edit(place, "rename", only),) if only else ()
        shape.problems.append(Problem(place, message, tip=tip, rule="shape/unknown-key", edits=edits))
        _salvage(document, shape, route, near, declarations)
    elif collection == "log":
        _check_log(document, shape, route, declarations, fits)
    elif isinstance(declarations, dict):
        outside = {} if fits else not_set_in(schema(collection)["properties"], declarations)
        fields = {field for each in outside.values() for field in each}
        for id, declaration in declarations.items():
            if id in outside:
                _refuse_empty(document, shape, (*route, id), outside[id])
            elif id not in fields:
                _check_declaration(document, shape, id, (*route, id), declaration, fits)
    elif declarations is not None:
        message = f"`{collection}` maps ids to declarations, and this is {_a(declarations)}"
        shape.problems.append(_bad(document, route, message, "write an id, a colon, and the fields below it"))
        shape.lost.append(route)


def _refuse_empty(document: Document, shape: Shape, route: Route, fields: list[str]) -> None:
    """Tell of the fields that stand as deep as their id, once, at the first; of the id, nothing is known."""
    message, tip = not_set_in_words(str(route[-1]), fields)
    where = Place(document.path, (*route[:-1], fields[0]), on_key=True)
    shape.problems.append(Problem(where, message, tip=tip, rule="shape/bad-value"))
    shape.told.append(Told(str(route[-2]), str(route[-1]), {}, document.path, route, None, True))


def _salvage(document: Document, shape: Shape, route: Route, near: str, declarations: Any) -> None:
    """Keep the ids that stand below a collection's misspelt name; below one that nobody knows, they are lost."""
    if not isinstance(declarations, (dict, list)):
        return
    if near in ("", "log") or isinstance(declarations, list):
        shape.lost.append(route)
        return
    ids = [id for id in declarations if is_id(id)]
    shape.told.extend(Told(near, id, {}, document.path, (*route, id), None, True) for id in ids)


def check_house(document: Document) -> Shape:
    """What coordlint.yaml declares: the organisation itself, its calendars and its periods, each with its own problems.

    What it configures besides stays in the organisation's data. Problems of a key that declares nothing are told too:
    the caller cannot work with them.
    """
    data = document.data[0] if document.data and isinstance(document.data[0], dict) else {}
    shape = Shape([], _problems_of(document, "coordlint", (), data, False, _MOST_TOLD)[1], [])
    if document.data and not isinstance(document.data[0], dict):
        shape.problems.append(_bad(document, (), "the file must be a mapping", 'begin with `organisation: "…"`'))
    wrong = {problem.way[:2] for problem in shape.problems} | {way[:2] for way in document.damaged}
    for collection in HOUSE_COLLECTIONS:
        declared = data.get(collection)
        for id, declaration in declared.items() if isinstance(declared, dict) else ():
            bad = (collection, id) in wrong or not isinstance(declaration, dict)
            kept = {} if bad else declaration
            way = (collection, id)
            shape.told.append(Told(collection, id, kept, document.path, way, None if bad else frozenset(), bad))
    unread = frozenset(str(way[0]) for way in wrong if way) - {*HOUSE_COLLECTIONS}
    own = {key: value for key, value in data.items() if key not in unread and key not in HOUSE_COLLECTIONS}
    shape.told.append(Told("organisation", "", own, document.path, (), unread, bool(unread - {_APART})))
    return shape


def _check_log(document: Document, shape: Shape, route: Route, entries: Any, fits: bool) -> None:
    if entries is not None and not isinstance(entries, list):
        shape.problems.append(_bad(document, route, "`log` is a list of entries", "begin each entry with `- `"))
        return
    for index, entry in enumerate(entries or ()):
        _check_declaration(document, shape, "", (*route, index), entry, fits)


def _check_declaration(document: Document, shape: Shape, id: str, route: Route, declaration: Any, fits: bool) -> None:
    collection = str(route[-2])
    # Nearly all are in order, and are done with here.
    if fits and not document.damaged and isinstance(declaration, dict) and not refused_values(collection, declaration):
        shape.told.append(Told(collection, id, declaration, document.path, route))
        return
    if collection != "log" and not (fits or is_id(id)):
        message = f"`{id}` is no id: lower-case letters, digits and single hyphens, at most {LONGEST_ID} characters"
        meant = as_id(id)
        problem = _bad(document, route, message, f"write `{meant}`" if meant else "choose another id")
        shape.problems.append(problem._replace(where=Place(document.path, route, on_key=True)))
        if meant:
            # Others may name it as it should be called.
            shape.told.append(Told(collection, meant, {}, document.path, route, None, True))
        return
    if declaration is None and route in document.damaged:
        shape.told.append(Told(collection, id, {}, document.path, route, None, True))
        return
    data = {} if declaration is None else declaration
    if not isinstance(data, dict):
        message = f"a declaration has fields, and this is {_a(data)}"
        shape.problems.append(_bad(document, route, message, "write each field on a line of its own: `purpose: …`"))
        shape.told.append(Told(collection, id, {}, document.path, route, None, True))
        return
    damaged = {way for way in document.damaged if way[: len(route)] == route} if document.damaged else set()
    # What was cut off is no longer as it was meant.
    seen_whole = True
    problems: list[Problem] = []
    if route not in damaged:
        seen_whole, problems = _problems_of(document, collection, route, data, fits, _MOST_TOLD - len(shape.problems))
    if not problems and not damaged:
        shape.told.append(Told(collection, id, data, document.path, route))
        return
    shape.problems.extend(problems)
    if not seen_whole:
        shape.told.append(Told(collection, id, {}, document.path, route, None, True))
        return
    ways = [problem.way for problem in problems] + list(damaged)
    unread = frozenset(str(way[len(route)]) for way in ways if len(way) > len(route))
    readable = {key: value for key, value in data.items() if key not in unread}
    # What was cut off, and what stands under a name that nobody knows, may be any field.
    lost = route in damaged or any(
        each.rule == "shape/unknown-key" and len(each.way) == len(route) + 1 for each in problems
    )
    refused = lost or any(way[len(route) : len(route) + 1] != (_APART,) for way in ways)
    shape.told.append(Told(collection, id, readable, document.path, route, None if lost else unread, refused))


def _problems_of(
    document: Document, collection: str, route: Route, data: Mapping[str, Any], fits: bool, most: int
) -> tuple[bool, list[Problem]]:
    """Whether these are all its problems, and the problems, of which `most` are worth the time that telling takes."""
    refusals = refused_values(collection, data)
    if fits and not refusals:
        return True, []
    if most <= 0:
        sound = not refusals and validator(collection).is_valid(data)
        return sound, [] if sound else [Problem(Place(document.path, route), "cannot be read", rule="shape/bad-value")]
    problems = [_refused(document, route, language, refusal) for language, refusal in refusals[:most]]
    if fits or validator(collection).is_valid(data):
        return len(refusals) <= most, problems
    told = [refusal.route for _, refusal in refusals[:most]]
    errors = list(islice(explainer(collection).iter_errors(data), most + 1))
    explained = _explained(document, collection, route, data, errors)
    problems += [each for each in explained if not any(_within(each.way[len(route) :], way) for way in told)]
    return len(refusals) <= most and len(errors) <= most, problems


def _within(one: Route, other: Route) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _refused(document: Document, route: Route, language: str, refusal: Refusal) -> Problem:
    way = (*route, *refusal.route)
    where: Place | Span = Place(document.path, way, refusal.on_key)
    if refusal.offset or refusal.length:
        where = document.piece(way, refusal.offset, refusal.length)
    rule = _RULES.get(language, "shape/bad-value")
    is_sure = refusal.meant and isinstance(where, Place)
    edits = (Edit(where, "rename" if refusal.on_key else "replace", refusal.meant),) if is_sure else ()
    return Problem(where, refusal.message, tip=refusal.tip, rule=rule, about=way, edits=edits)


def _explained(
    document: Document, name: str, route: Route, data: Mapping[str, Any], errors: list[ValidationError]
) -> Iterator[Problem]:
    """Why a schema refuses data, one problem a place; where jsonschema finds no reason, jsonschema-rs's own words."""
    from coordlint.shape.words import in_words

    places: set[tuple[Route, str]] = set()
    for said in in_words(sorted(errors, key=_depth), schema(name), resolved):
        way = said.way
        if (way, said.message) in places:
            continue
        places.add((way, said.message))
        place = Place(document.path, (*route, *way), said.on_key)
        edits = (Edit(place, *said.edit),) if said.edit else ()
        yield Problem(place, said.message, tip=said.tip, rule=said.rule, edits=edits)
    if not errors:
        for error in validator(name).iter_errors(data):
            way = tuple(error.instance_path)
            yield Problem(Place(document.path, (*route, *way)), str(error.message), rule="shape/bad-value")


def _depth(error: ValidationError) -> tuple[int, list[str]]:
    return len(error.absolute_path), [str(step) for step in error.absolute_path]


def _bad(document: Document, route: Route, message: str, tip: str) -> Problem:
    return Problem(Place(document.path, route), message, tip=tip, rule="shape/bad-value")


def _a(data: Any) -> str:
    from coordlint.shape.words import a_kind_of

    return a_kind_of(data)
