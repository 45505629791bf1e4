"""The schemas for tests: loaded, followed through their references, and compiled with both libraries, offline."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import referencing
import yaml

FOLDER = Path(__file__).parent.parent / "schemas"
COLLECTIONS = (
    "people",
    "roles",
    "teams",
    "forums",
    "meetings",
    "decision_rights",
    "handoffs",
    "escalations",
    "context_lines",
    "initiatives",
    "records",
    "terms",
    "scenarios",
    "log",
)
NAMES = (*COLLECTIONS, "common", "declarations", "coordlint")

Schema = Mapping[str, Any]


@functools.cache
def schemas() -> dict[str, dict[str, Any]]:
    """Every schema of what people write, by name."""
    return {name: json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")) for name in NAMES}


def resolved(part: Schema, home: str = "common") -> dict[str, Any]:
    """A part of a schema with what it refers to; what stands beside the reference wins."""
    if "$ref" not in part:
        return dict(part)
    file, _, pointer = part["$ref"].partition("#/$defs/")
    name = file.removesuffix(".schema.json") or home
    aim = schemas()[name]["$defs"][pointer] if pointer else schemas()[name]
    return {**resolved(aim, name), **{key: value for key, value in part.items() if key != "$ref"}}


def subschemas(part: Schema, way: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema that stands in another one, as written, with the way to it."""
    yield way, dict(part)
    for keyword in ("properties", "$defs", "dependentSchemas"):
        for key, inner in part.get(keyword, {}).items():
            if isinstance(inner, dict):
                yield from subschemas(inner, f"{way}/{keyword}/{key}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if isinstance(part.get(keyword), dict):
            yield from subschemas(part[keyword], f"{way}/{keyword}")
    for keyword in ("anyOf", "oneOf", "allOf"):
        for index, inner in enumerate(part.get(keyword, ())):
            yield from subschemas(inner, f"{way}/{keyword}/{index}")


@functools.cache
def fast(name: str) -> jsonschema_rs.Draft202012Validator:
    """The validator that decides."""
    registry = jsonschema_rs.Registry(
        [(schema["$id"], schema) for schema in schemas().values()], draft=jsonschema_rs.Draft202012
    )
    return jsonschema_rs.Draft202012Validator(schemas()[name], registry=registry, offline=True)


@functools.cache
def telling(name: str) -> jsonschema.Draft202012Validator:
    """The validator that explains."""
    resources = [(schema["$id"], referencing.Resource.from_contents(schema)) for schema in schemas().values()]
    registry: Any = referencing.Registry().with_resources(resources)
    return jsonschema.Draft202012Validator(schemas()[name], registry=registry)


class _Core(yaml.CSafeLoader):
    """YAML by the 1.2 core schema, by other means than the program's own reader."""


_Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first))
_Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"\Z"), [""])


def core(text: str) -> Any:
    """The plain data that a YAML text stands for."""
    return yaml.load(text, _Core)
