"""A collection in, its JSON Schema and what judges by it out.

jsonschema-rs decides, for it takes microseconds; jsonschema explains, for it says better why.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coordlint.readers import COLLECTIONS


def schema_folder() -> Path:
    """Where the schemas are: with the code in an installed package, at the top of the repository in a checkout."""
    packaged = Path(__file__).parent.parent / "schemas"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "schemas"


@functools.cache
def schema(name: str) -> dict[str, Any]:
    """The schema of one declaration of a collection, or `common`, `declarations`, `coordlint`, `report`."""
    text = (schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8")
    # Every reference names its schema, so that it can be followed from anywhere.
    loaded: dict[str, Any] = json.loads(text.replace('"#/$defs/', f'"{name}.schema.json#/$defs/'))
    return loaded


def resolved(below: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with what it refers to; what stands beside the reference wins."""
    reference = below.get("$ref")
    if reference is None:
        return below
    name, _, pointer = str(reference).partition("#/$defs/")
    home = schema(name.removesuffix(".schema.json"))
    aim = home["$defs"][pointer] if pointer else home
    return {**resolved(aim), **{key: value for key, value in below.items() if key != "$ref"}}


def required(below: Mapping[str, Any]) -> list[str]:
    """The keys that cannot be left out, but perhaps where `like` lends them."""
    keys: list[str] = below.get("required") or below.get("else", {}).get("required", [])
    return keys


@functools.cache
def validator(name: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema(name), registry=_registry(), offline=True)


@functools.cache
def _registry() -> Any:
    import jsonschema_rs

    shared = [(f"{name}.schema.json", schema(name)) for name in ("common", *COLLECTIONS)]
    return jsonschema_rs.Registry(shared, draft=jsonschema_rs.Draft202012)


@functools.cache
def explainer(name: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    resources = [(f"{other}.schema.json", Resource.from_contents(schema(other))) for other in ("common", name)]
    return Draft202012Validator(schema(name), registry=Registry().with_resources(resources))
