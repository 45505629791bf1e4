"""A document in, its declarations and the problems of their shape out, each declaration judged by itself.

jsonschema-rs decides, for it takes microseconds; where it refuses, jsonschema says why, for it says it better. What is
a small language, such as a cadence, is judged by `values`. A declaration with a problem is refused: it keeps its id and
what could be read of it, so that others still find it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coordlint.finding import Place, Problem, Route, Span
from coordlint.nearest import nearest
from coordlint.shape_ids import LONGEST_ID, as_id, is_id, not_set_in, not_set_in_words
from coordlint.values import VALUES, Refusal, parse_condition, parse_input

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from coordlint.document import Document

COLLECTIONS = (
    *("people", "roles", "teams", "forums", "meetings", "decision_rights", "handoffs"),
    *("escalations", "context_lines", "initiatives", "records", "terms", "scenarios", "log"),
)

# What coordlint.yaml declares under ids, and the keys of it that declare and do not configure.
HOUSE_COLLECTIONS = ("calendars", "periods")
HOUSE_KEYS = frozenset(
    {*HOUSE_COLLECTIONS, "organisation", "description", "layer_owner", "fiscal_year_starts", "limits"}
)

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


def schema_folder() -> Path:
    """Where the schemas are: with the code in an installed package, at the top of the repository in a checkout."""
    packaged = Path(__file__).parent / "schemas"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "schemas"


@functools.cache
def schema(name: str) -> dict[str, Any]:
    """The schema of one declaration of a collection, or `common`, `declarations`, `coordlint`, `report`."""
    text = (schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8")
    # Every reference names its schema, so that it can be followed from anywhere.
    loaded: dict[str, Any] = json.loads(text.replace('"#/$defs/', f'"{name}.schema.json#/$defs/'))
    return loaded


def check(document: Document) -> Shape:
    """The declarations of a document, and the problems of their shape; of an unreadable one, the ids in it."""
    shape = Shape([], [], [])
    if not document.readable:
        for collection, ids in document.salvaged_ids.items():
            if collection in COLLECTIONS:
                shape.told.extend(Told(collection, id, {}, document.path, (collection, id), None, True) for id in ids)
        return shape
    sound = _validator("declarations").is_valid
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
    return shape


def _check_collection(document: Document, shape: Shape, route: Route, declarations: Any, fits: bool) -> None:
    """Add what a collection declares. `fits` means that the schema of the whole file has found nothing wrong."""
    collection = str(route[-1])
    if collection not in COLLECTIONS:
        from coordlint.shape_words import likeliest

        near = likeliest(collection, COLLECTIONS)
        meant = f"; did you mean `{near}`?" if near else ""
        tip = f"write `{near}`" if near else f"the collections are {', '.join(COLLECTIONS)}"
        place = Place(document.path, route, on_key=True)
        message = f"no collection is called `{collection}`{meant}"
        shape.problems.append(Problem(place, message, tip=tip, rule="shape/unknown-key"))
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
    shape = Shape([], _problems_of(document, "coordlint", (), data), [])
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
    shape.told.append(Told("organisation", "", own, document.path, (), unread, bool(unread)))
    return shape


def _check_log(document: Document, shape: Shape, route: Route, entries: Any, fits: bool) -> None:
    if entries is not None and not isinstance(entries, list):
        shape.problems.append(_bad(document, route, "`log` is a list of entries", "begin each entry with `- `"))
        return
    for index, entry in enumerate(entries or ()):
        _check_declaration(document, shape, "", (*route, index), entry, fits)


def _check_declaration(document: Document, shape: Shape, id: str, route: Route, declaration: Any, fits: bool) -> None:
    collection = str(route[-2])
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
    problems = [] if route in damaged else _problems_of(document, collection, route, data, fits)
    if not problems and not damaged:
        shape.told.append(Told(collection, id, data, document.path, route))
        return
    shape.problems.extend(problems)
    ways = [problem.way for problem in problems] + list(damaged)
    unread = frozenset(str(way[len(route)]) for way in ways if len(way) > len(route))
    readable = {key: value for key, value in data.items() if key not in unread}
    # What was cut off, and what stands under a name that nobody knows, may be any field.
    lost = route in damaged or any(
        each.rule == "shape/unknown-key" and len(each.way) == len(route) + 1 for each in problems
    )
    shape.told.append(Told(collection, id, readable, document.path, route, None if lost else unread, True))


def _problems_of(
    document: Document, collection: str, route: Route, data: Mapping[str, Any], fits: bool = False
) -> list[Problem]:
    refusals = refused_values(collection, data)
    if fits and not refusals:
        return []
    problems = [_refused(document, route, language, refusal) for language, refusal in refusals]
    if not fits and not _validator(collection).is_valid(data):
        told = [refusal.route for _, refusal in refusals]
        problems += [
            problem
            for problem in _explained(document, collection, route, data)
            if not any(_within(problem.way[len(route) :], way) for way in told)
        ]
    return problems


def _within(one: Route, other: Route) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


# --- the small languages ---


class _Plan(NamedTuple):
    """Where in a mapping texts of small languages stand: by key, or below any key.

    `whole` means that the language reads a list as one value, as that of cadences does.
    """

    language: str
    keys: dict[str, _Plan]
    every_key: _Plan | None
    whole: bool = False


@functools.cache
def _plan(name: str) -> _Plan:
    planned = _planned(schema(name))
    return planned or _Plan("", {}, None)


def _resolved(below: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with what it refers to; what stands beside the reference wins."""
    reference = below.get("$ref")
    if reference is None:
        return below
    name, _, pointer = str(reference).partition("#/$defs/")
    home = schema(name.removesuffix(".schema.json"))
    aim = home["$defs"][pointer] if pointer else home
    return {**_resolved(aim), **{key: value for key, value in below.items() if key != "$ref"}}


def _planned(below: Mapping[str, Any]) -> _Plan | None:
    below = _resolved(below)
    items = below.get("items")
    if "x-value" in below:
        each_item = items is not None and "x-value" in _resolved(items)
        return _Plan(below["x-value"], {}, None, whole=not each_item)
    planned = {key: _planned(inner) for key, inner in below.get("properties", {}).items()}
    keys = {key: plan for key, plan in planned.items() if plan is not None}
    others = below.get("additionalProperties")
    every_key = _planned(others) if isinstance(others, Mapping) else None
    of_items = _planned(items) if items is not None else None
    if of_items is not None:
        # One value does for a list of one, so what holds for the items holds for the value.
        return of_items._replace(keys={**of_items.keys, **keys}, whole=False)
    return _Plan("", keys, every_key) if keys or every_key else None


def refused_values(name: str, data: Mapping[str, Any]) -> list[tuple[str, Refusal]]:
    """Every text of a small language that its reader refuses, with the language and the way from the declaration."""
    return _refusals(_plan(name), data, data.get("inputs"))


def _refusals(plan: _Plan, data: Any, inputs: Any) -> list[tuple[str, Refusal]]:
    found: list[tuple[str, Refusal]] = []
    if plan.language and (plan.whole or not isinstance(data, list)):
        read = VALUES[plan.language](data) if plan.language != "condition" else None
        if isinstance(read, Refusal):
            found.append((plan.language, read))
    elif isinstance(data, dict):
        keys, every_key = plan.keys, plan.every_key
        for key, value in data.items():
            below = keys.get(key, every_key)
            if value is not None and below is not None:
                judged = _conditions(value, inputs) if key == "when" else _refusals(below, value, inputs)
                for language, refusal in judged:
                    found.append((language, refusal.below(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            for language, refusal in _refusals(plan, value, inputs):
                found.append((language, refusal.below(index)))
    return found


def _conditions(when: Any, inputs: Any) -> Iterator[tuple[str, Refusal]]:
    """What is wrong with the conditions of a case, each judged by the input that it speaks of."""
    if not isinstance(when, dict):
        return
    declared = inputs if isinstance(inputs, dict) else {}
    for key, value in when.items():
        if key not in declared:
            near = nearest(key, declared)
            meant = f"; did you mean `{near}`?" if near else ""
            tip = (
                f"write `{near}`" if near else f"declare it under `inputs`, or name one of {', '.join(declared) or '…'}"
            )
            yield "condition", Refusal(f"no input is called `{key}`{meant}", route=(key,), tip=tip, on_key=True)
            continue
        about = parse_input(declared[key])
        if isinstance(about, Refusal):
            continue
        read = parse_condition(value, about)
        if isinstance(read, Refusal):
            yield "condition", read.below(key)


def _refused(document: Document, route: Route, language: str, refusal: Refusal) -> Problem:
    way = (*route, *refusal.route)
    where: Place | Span = Place(document.path, way, refusal.on_key)
    if refusal.offset or refusal.length:
        where = document.piece(way, refusal.offset, refusal.length)
    return Problem(where, refusal.message, tip=refusal.tip, rule=_RULES.get(language, "shape/bad-value"), about=way)


# --- the schemas ---


@functools.cache
def _validator(name: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema(name), registry=_registry(), offline=True)


@functools.cache
def _registry() -> Any:
    import jsonschema_rs

    shared = [(f"{name}.schema.json", schema(name)) for name in ("common", *COLLECTIONS)]
    return jsonschema_rs.Registry(shared, draft=jsonschema_rs.Draft202012)


@functools.cache
def _explainer(name: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    resources = [(f"{other}.schema.json", Resource.from_contents(schema(other))) for other in ("common", name)]
    return Draft202012Validator(schema(name), registry=Registry().with_resources(resources))


def _explained(document: Document, name: str, route: Route, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Why a schema refuses data, one problem a place; where jsonschema finds no reason, jsonschema-rs's own words."""
    from coordlint.shape_words import in_words

    places: set[tuple[Route, str]] = set()
    errors: list[ValidationError] = sorted(_explainer(name).iter_errors(data), key=_depth)
    for said in in_words(errors, schema(name), _resolved):
        way = said.way
        if (way, said.message) in places:
            continue
        places.add((way, said.message))
        yield Problem(Place(document.path, (*route, *way), said.on_key), said.message, tip=said.tip, rule=said.rule)
    if not errors:
        for error in _validator(name).iter_errors(data):
            way = tuple(error.instance_path)
            yield Problem(Place(document.path, (*route, *way)), str(error.message), rule="shape/bad-value")


def _depth(error: ValidationError) -> tuple[int, list[str]]:
    return len(error.absolute_path), [str(step) for step in error.absolute_path]


def _bad(document: Document, route: Route, message: str, tip: str) -> Problem:
    return Problem(Place(document.path, route), message, tip=tip, rule="shape/bad-value")


def _a(data: Any) -> str:
    from coordlint.shape_words import a_kind_of

    return a_kind_of(data)
