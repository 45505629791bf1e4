"""Organisations drawn at random from the schemas: every field, every language, names from a pool; and their texts.

Nearly everything that is drawn is well formed, and nothing of it makes sense: what rules meet in thousands of drawn
organisations, no person would write down for them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from schema_kit import COLLECTIONS, resolved, schemas

from coordlint.shape.schemas import required as needed

HOUSE = """\
organisation: Drawn
layer_owner: role-1
edition: "2026"
preset: strict
calendars: {nl: {timezone: Europe/Amsterdam, holidays: [2026-12-25]}, ca: {timezone: America/Toronto}}
periods: {year-end: {from: 2026-12-21, to: 2027-01-01}}
"""
KINDS = {
    "people": "person",
    **{name: name[:-1].replace("_", "-") for name in COLLECTIONS if name not in ("people", "log")},
}
HOW_MANY = 4
IDS = {kind: [f"{kind}-{number}" for number in range(1, HOW_MANY + 1)] for kind in KINDS.values()}
IDS |= {"calendar": ["nl", "ca"], "period": ["year-end"]}

INPUTS = {"amount": {"number": "0 to 100", "unit": "EUR"}, "weeks": {"integer": "1 to 9"}, "urgent": "yes_no"}
INPUTS |= {"region": {"one_of": ["emea", "americas"]}}
WHEN: Mapping[str, Sequence[Any]] = {
    "amount": ["up to 10", "over 10 up to 50", "over 50", 7],
    "weeks": ["1", "over 2", "2 to 4", 3],
    "urgent": [True, False],
    "region": ["emea", ["emea", "americas"]],
}
_TEXTS = (
    """\
Weekly sync to align|Decide every open trade-off of the launch|x|A {{term-1}} is a {{Term 2}}, or {{nothing}}
./charter.md|./no-such.md|Größe und Maß|a: b, c # d|'quoted' "twice"|- dash|null|2026-02-30|👋 hello
May we give this?|May we give this|Role 1|Meeting 2 meeting|"""
    + "word " * 45
)
_WORDS: Mapping[str, Sequence[Any]] = {
    "day": ["2020-01-31", "2026-01-05", "2026-06-15", "2026-06-14", "2026-12-31", "2031-02-28"],
    "moment": ["2026-01-05T10:00", "2026-03-01"],
    "zone": ["Europe/Amsterdam", "America/St_Johns", "UTC"],
    "duration": ["30m", "2h", "4wh", "3d", "2w"],
    "every": ["day", "week", "2 weeks", "month", "quarter", "year"],
    "hours": ["09:00-17:00", "22:00-06:00", "00:00-24:00"],
    "input": list(INPUTS.values()),
    "cadence": [
        "as needed",
        {"every": "week", "day": "tue", "at": "10:00", "lasts": "30m", "except": ["year-end"]},
        {"every": "2 weeks", "day": "thu", "at": "16:00", "lasts": "1h", "starting": "2026-01-08"},
        [{"every": "month", "day": ["second wed", "fourth wed"], "at": "14:00"}, {"every": "day", "at": "09:00"}],
        {"before": "meeting-1", "by": "3d", "at": "14:00", "lasts": "1h"},
        {"after": "an incident", "within": "2d", "per_month": 2},
        {"rrule": "FREQ=MONTHLY;BYDAY=1TH", "at": "13:30", "starting": "2026-02-05"},
        {"dates": ["2026-06-20", "2026-09-01"], "at": "09:00"},
    ],
}
# One list of entries for each sort of log entry, as its schema has them.
_SORTS: Mapping[str, Mapping[str, Any]] = schemas()["log"]["dependentSchemas"]

Declarations = dict[str, dict[str, Any]]


class Org(NamedTuple):
    """Declarations by collection and id, and what happened."""

    declared: dict[str, Declarations]
    log: list[dict[str, Any]]


def draw(seed: int) -> Org:
    """The organisation of a seed; it has a few declarations of each kind, some with many fields and some with few."""
    chance = random.Random(seed)
    declared: dict[str, Declarations] = {}
    for name, kind in KINDS.items():
        fullness = chance.choice([0.1, 0.25, 0.5, 0.9])
        ids = chance.sample(IDS[kind], HOW_MANY - (chance.random() < 0.05))
        declared[name] = {each: _declaration(schemas()[name], chance, fullness) for each in ids}
    log = [_entry(chance) for _ in range(chance.choice([0, 0, 3, 8]))]
    return Org(declared, log)


def _declaration(schema: Mapping[str, Any], chance: random.Random, fullness: float) -> dict[str, Any]:
    data = _mapping(schema, chance, fullness)
    if "cases" in data or "also" in data:
        data["inputs"] = INPUTS
    # Of what everything shares, little is said, or nothing would be in force.
    for key in ("status", "since", "until", "replaced_by", "like", "was", "only_while", "waive"):
        if key in data and chance.random() < 0.8:
            del data[key]
    return data


def _entry(chance: random.Random) -> dict[str, Any]:
    sort = chance.choice(sorted(_SORTS))
    keys = [key for key in _SORTS[sort]["properties"] if key in (sort, *_SORTS[sort].get("required", ()))]
    keys += [key for key in _SORTS[sort]["properties"] if key not in keys and chance.random() < 0.5]
    properties = schemas()["log"]["properties"]
    return {key: _value(properties[key], chance, 0.5, key) for key in keys}


def _mapping(schema: Mapping[str, Any], chance: random.Random, fullness: float) -> dict[str, Any]:
    required = set(needed(schema))
    if "anyOf" in schema:
        required.add(chance.choice(schema["anyOf"])["required"][0])
    keys = [key for key in schema["properties"] if key in required or chance.random() < fullness]
    if not keys and schema.get("minProperties"):
        keys = [chance.choice(sorted(schema["properties"]))]
    return {key: _value(schema["properties"][key], chance, fullness, key) for key in keys}


def _value(part: Mapping[str, Any], chance: random.Random, fullness: float, key: str) -> Any:
    part = resolved(part)
    if key == "when" and "propertyNames" in part:
        return {each: chance.choice(WHEN[each]) for each in chance.sample(sorted(WHEN), chance.randint(1, 2))}
    if key == "given" and "propertyNames" in part and "properties" not in part:
        return {"amount": 5, "urgent": True}
    if part.get("x-value") in _WORDS:
        return chance.choice(_WORDS[part["x-value"]])
    if "x-ref" in part:
        return _names(part, chance)
    if "enum" in part:
        return chance.choice(part["enum"])
    types = part.get("type", "object")
    types = [types] if isinstance(types, str) else [each for each in types if each != "null"]
    kind = chance.choice(types)
    if kind == "object":
        if "properties" not in part:
            return INPUTS if key == "inputs" else {}
        return _mapping(part, chance, fullness)
    if kind == "array":
        least = part.get("minItems", 0)
        return [_value(part["items"], chance, fullness, key) for _ in range(chance.randint(least, least + 2))]
    if kind == "string":
        return _text(part, chance)
    return {"boolean": chance.random() < 0.5, "integer": chance.randint(1, 30), "number": chance.choice([0, 1, 2.5])}[
        kind
    ]


def _names(part: Mapping[str, Any], chance: random.Random) -> Any:
    every = [_name(part, chance) for _ in range(chance.choice([1, 1, 2, 3]))]
    types = part.get("type", "string")
    if part.get("x-one") and "object" in types:
        return chance.choice([every[0], every[0], every[0], every, {"relative": "the requester's manager"}])
    return every if "array" in types and chance.random() < 0.6 else every[0]


def _name(part: Mapping[str, Any], chance: random.Random) -> str:
    kind = chance.choice(part["x-ref"])
    lot = chance.random()
    if "x-ref-words" in part and lot < 0.1:
        return str(chance.choice(part["x-ref-words"]))
    if part.get("x-ref-or-text") and lot < 0.3:
        return "A list of what was said"
    if kind in ("calendar", "period"):
        return chance.choice(IDS[kind])
    if kind == "scenario":
        return chance.choice(IDS[kind])
    if lot > 0.999:
        return chance.choice(["nobody", "role-l", "ext/somebody", "meeting/role-1"])
    name = chance.choice(IDS[kind])
    return f"{kind}/{name}" if lot > 0.9 else name


def _text(part: Mapping[str, Any], chance: random.Random) -> str:
    pattern = part.get("pattern", "")
    if pattern.startswith("^(\\./"):
        return chance.choice(["https://example.org/a#b", "./charter.md"])
    if "+)*/[" in pattern and pattern.startswith("^[a-z]["):
        return "meeting/no-purpose"
    if pattern.startswith("^("):
        return chance.choice(pattern[2:-2].split("|"))
    if pattern.startswith("^[a-z"):
        return chance.choice(["once", "earlier", "role-1"])
    return chance.choice(_TEXTS.replace("\n", "|").split("|"))[: part.get("maxLength", 200)]


# --- as texts ---


def shuffled(data: Any, chance: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(data, dict):
        keys = chance.sample(list(data), len(data))
        return {key: shuffled(data[key], chance) for key in keys}
    return [shuffled(each, chance) for each in data] if isinstance(data, list) else data


def text_of(items: Iterable[tuple[str, str, Any]]) -> str:
    """A file with these declarations, each a collection, an id (of the log, none) and data, in their order."""
    below: dict[str, list[str]] = {}
    for collection, name, data in items:
        line = f"  {name}:{_block(data)}" if name else f"  - {_flow(data)}\n"
        below.setdefault(collection, []).append(line)
    return "".join(f"{name}:\n{''.join(lines)}" for name, lines in below.items())


def _block(data: Mapping[str, Any]) -> str:
    return "\n" + "".join(f"    {key}: {_flow(value)}\n" for key, value in data.items()) if data else " {}\n"


def _flow(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def items_of(org: Org) -> list[tuple[str, str, Any]]:
    """Every declaration of an organisation, in the order of ids."""
    declared = [(name, each, data) for name, found in org.declared.items() for each, data in sorted(found.items())]
    return [*declared, *(("log", "", entry) for entry in org.log)]


def in_one_file(org: Org) -> dict[str, str]:
    return {"coordlint.yaml": HOUSE, "charter.md": "", "all.yaml": text_of(items_of(org))}


def in_many_files(org: Org, seed: int) -> dict[str, str]:
    """The same organisation, cut otherwise: files, declarations and keys in another order."""
    chance = random.Random(seed)
    files: dict[str, list[tuple[str, str, Any]]] = {}
    items = items_of(org)
    for collection, name, data in chance.sample(items, len(items)):
        path = chance.choice(["a.yaml", "m.yaml", "z/z.yaml", "z/a/b.yaml"])
        files.setdefault(path, []).append((collection, name, shuffled(data, chance)))
    return {"coordlint.yaml": HOUSE, "charter.md": "", **{path: text_of(held) for path, held in files.items()}}
