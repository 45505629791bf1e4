"""Kinds and schemas say the same: every field, its language, what it may name, one or many, and every part."""

from __future__ import annotations

import pytest
from schema_kit import Schema, resolved, schemas

from coordlint.model.base import ANY, PARTY, Declaration, Node
from coordlint.model.fields import (
    Choice,
    Field,
    Flag,
    Many,
    Number,
    One,
    Part,
    Parts,
    Plain,
    Slots,
    Text,
    Texts,
    Value,
    Values,
)
from coordlint.model.kinds import COLLECTIONS, KINDS

# What coordlint.yaml configures, and so is no part of the model; calendars and periods are kinds of their own.
CONFIGURATION = {
    "edition",
    "preset",
    "rules",
    "house_rules",
    "exclude",
    "source_url",
    "manual",
    "calendars",
    "periods",
}
SHARED = {*Declaration.fields, "like"}
# Kinds whose declarations have none of the fields that the others share.
PLAIN_KINDS = {"log", "calendar", "period", "organisation"}
FULL_KINDS = [kind for kind in KINDS.values() if kind.kind not in PLAIN_KINDS]


def schema_of(kind: type[Declaration]) -> Schema:
    house = schemas()["coordlint"]
    special = {
        "calendar": house["$defs"]["calendar"],
        "period": house["$defs"]["period"],
        "organisation": house,
    }
    return special.get(kind.kind) or schemas()[kind.collection]


def is_list(schema: Schema) -> bool:
    return "array" in schema.get("type", ())


def expected_field(schema: Schema) -> type[Field[object]]:
    """The descriptor that a property of a schema asks for."""
    kinds = schema.get("type", "string" if "enum" in schema else "object")
    if "x-ref" in schema:
        return Many if is_list(schema) and not schema.get("x-one") else One
    if "x-value" in schema:
        return Slots if "properties" in schema else Value
    if is_list(schema):
        if "properties" in schema:
            return Parts
        return Values if "x-value" in resolved(schema["items"]) else Texts
    if kinds == "object":
        return Part if "properties" in schema else Plain
    return {"boolean": Flag, "number": Number, "integer": Number, "string": Choice if "enum" in schema else Text}[kinds]


def differences(node: type[Node], schema: Schema, way: str, left_out: set[str] = frozenset()) -> list[str]:
    """Where a node's fields and a schema's properties differ, in words."""
    properties = {key: resolved(part) for key, part in schema["properties"].items() if key not in left_out}
    fields = {key: field for key, field in node.fields.items() if key in properties or key not in SHARED}
    said = [f"{way}.{key} is only in the schema" for key in properties if key not in fields]
    said += [f"{way}.{key} is only in the kind" for key in fields if key not in properties]
    for key in properties.keys() & fields.keys():
        said += field_differences(fields[key], properties[key], f"{way}.{key}")
    return said


def field_differences(field: Field[object], schema: Schema, way: str) -> list[str]:
    wanted = expected_field(schema)
    if type(field) is not wanted:
        return [f"{way} is {type(field).__name__}, and the schema says {wanted.__name__}"]
    if isinstance(field, (One, Many)):
        return reference_differences(field, schema, way)
    if isinstance(field, Slots):
        names = {key for key, part in schema["properties"].items() if "x-ref" in part}
        others = set(schema["properties"]) - names
        return language_differences(field, schema, way) + differences(field.part, schema, way, others)
    if isinstance(field, Value):
        return language_differences(field, schema, way)
    if isinstance(field, Values):
        return language_differences(field, resolved(schema["items"]), way)
    if isinstance(field, (Part, Parts)):
        return differences(field.part, schema, way)
    if isinstance(field, Choice) and field.default and field.default not in schema["enum"]:
        return [f"{way} has the default {field.default}, which the schema does not know"]
    return []


def language_differences(field: Value[object] | Values[object], schema: Schema, way: str) -> list[str]:
    language = schema["x-value"]
    return [] if field.language == language else [f"{way} reads {field.language}, and the schema says {language}"]


def reference_differences(field: One[object] | Many[object], schema: Schema, way: str) -> list[str]:
    said = []
    if sorted(field.kinds) != sorted(schema["x-ref"]):
        said.append(f"{way} takes {field.kinds}, and the schema says {schema['x-ref']}")
    if field.or_text != schema.get("x-ref-or-text", False):
        said.append(f"{way} differs in whether a text may stand there")
    words = schema.get("x-ref-words", [])
    taken = [
        word for word in ("anyone", "anything", "launch-council") if field.besides and field.besides.fullmatch(word)
    ]
    if taken != words:
        said.append(f"{way} takes {taken} for no name, and the schema says {words}")
    return said


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind)
def test_a_kind_and_its_schema_agree_field_by_field(kind: type[Declaration]) -> None:
    left_out = CONFIGURATION if kind.kind == "organisation" else set()
    assert differences(kind, schema_of(kind), kind.kind, left_out) == []


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.kind not in PLAIN_KINDS], ids=lambda kind: kind.kind
)
def test_every_declaration_may_say_what_all_may_say(kind: type[Declaration]) -> None:
    properties = schema_of(kind)["properties"]
    assert set(properties) >= SHARED
    assert set(kind.fields) == set(properties)


@pytest.mark.parametrize("kind", FULL_KINDS, ids=lambda kind: kind.kind)
def test_like_names_one_of_the_same_collection(kind: type[Declaration]) -> None:
    assert schemas()[kind.collection]["properties"]["like"]["x-ref"] == [kind.kind]


def test_the_differences_are_seen() -> None:
    """The comparison itself: each way in which a field can differ is told."""
    meeting = KINDS["meeting"]
    schema = schemas()["meetings"]

    def changed(key: str, **other: object) -> list[str]:
        part = {**resolved(schema["properties"][key]), **other}
        return differences(meeting, {"properties": {**schema["properties"], key: part}}, "meeting")

    assert changed("purpose") == []
    assert changed("purpose", type="boolean") == ["meeting.purpose is Text, and the schema says Flag"]
    assert changed("chair", **{"x-ref": ["role"]})
    assert changed("inputs", **{"x-ref-or-text": False})
    assert changed("attendees", **{"x-one": True}) == ["meeting.attendees is Many, and the schema says One"]
    assert changed("attendees", **{"x-ref-words": ["anyone"]})
    assert changed("pre_read", properties={"record": {"type": "string"}})
    without = {key: part for key, part in schema["properties"].items() if key != "agenda"}
    assert differences(meeting, {"properties": without}, "meeting") == ["meeting.agenda is only in the kind"]
    more = {**schema["properties"], "mood": {"type": "string"}}
    assert differences(meeting, {"properties": more}, "meeting") == ["meeting.mood is only in the schema"]


def test_what_bears_an_id_can_be_named_by_anything() -> None:
    pattern = schemas()["common"]["$defs"]["reference"]["pattern"]
    named = pattern[len("^((") : pattern.index(")/)?")].split("|")
    assert tuple(named) == ANY
    assert set(ANY) == set(KINDS) - PLAIN_KINDS - {"scenario"}
    assert set(PARTY) <= set(ANY)


def test_a_kind_is_found_by_its_collection() -> None:
    assert set(COLLECTIONS) == {kind.collection for kind in KINDS.values()}
    assert len(COLLECTIONS) == len(KINDS)
