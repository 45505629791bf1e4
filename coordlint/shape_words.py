"""Why a schema refuses something in, a sentence for people out: what is wrong, where, and what to write instead.

Errors are jsonschema's `ValidationError`s; its types leave open what their parts are, which depends on the keyword.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from coordlint.finding import Route
from coordlint.nearest import nearest

Resolve = Callable[[Mapping[str, Any]], Mapping[str, Any]]

_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}
_LONGEST_SHOWN = 60


class Said(NamedTuple):
    """One problem of shape: `way` leads from the declaration to the part that is wrong."""

    rule: str
    way: Route
    on_key: bool
    message: str
    tip: str


def in_words(error: Any, resolve: Resolve) -> Iterator[Said]:
    """What an error of jsonschema says, for a person. `resolve` follows a schema's reference."""
    way = tuple(error.absolute_path)
    if error.validator in ("additionalProperties", "unevaluatedProperties"):
        yield from _unknown_keys(error, way, resolve)
    elif error.validator == "required":
        yield from _missing_keys(error, way, resolve)
    elif error.validator in _WORDS:
        message, tip = _WORDS[str(error.validator)](error)
        yield Said("shape/bad-value", way, False, message, tip)
    else:
        yield Said("shape/bad-value", way, False, f"{shown(error.instance)} cannot stand here", _example(error))


def _unknown_keys(error: Any, way: Route, resolve: Resolve) -> Iterator[Said]:
    known = resolve(error.schema).get("properties", {})
    for key in error.instance:
        if key in known:
            continue
        near = nearest(str(key), (name for name in known if name not in error.instance))
        meant = f"; did you mean `{near}`?" if near else ""
        tip = f"write `{near}`" if near else f"what can stand here: {', '.join(known)}"
        yield Said("shape/unknown-key", (*way, key), True, f"no field is called `{key}` here{meant}", tip)


def _missing_keys(error: Any, way: Route, resolve: Resolve) -> Iterator[Said]:
    for key in error.validator_value:
        if key not in error.instance:
            about = resolve(resolve(error.schema).get("properties", {}).get(key, {})).get("description", "")
            yield Said("shape/missing-key", way, True, f"`{key}` is missing", f"add `{key}`: {_first_sentence(about)}")


def _wrong_type(error: Any) -> tuple[str, str]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    what = " or ".join(_TYPES[name] for name in wanted)
    field = _field(error)
    value = error.instance
    tip = _example(error)
    if "string" in wanted and isinstance(value, (int, float)) and not isinstance(value, (dict, list)):
        tip = f'quote it: "{json.dumps(value)}"'
    return f"{field} must be {what}, and this is {a_kind_of(value)}", tip


def _wrong_word(error: Any) -> tuple[str, str]:
    words = [str(word) for word in error.validator_value]
    near = nearest(str(error.instance).lower(), words)
    meant = f"; did you mean `{near}`?" if near else ""
    return f"{_field(error)} cannot be {shown(error.instance)}{meant}", f"it is one of {', '.join(words)}"


def _wrong_pattern(error: Any) -> tuple[str, str]:
    return f"{shown(error.instance)} does not have the form of {_field(error)}", _example(error)


def _too_long(error: Any) -> tuple[str, str]:
    count = len(error.instance)
    return f"{_field(error)} has {count:,} characters, and {error.validator_value:,} are the most", "shorten it, or link to it"


def _too_short(error: Any) -> tuple[str, str]:
    return f"{_field(error)} is empty", "fill it, or take it away: what is absent claims nothing"


def _out_of_range(error: Any) -> tuple[str, str]:
    bound = "at least" if "inimum" in str(error.validator) else "at most"
    return f"{_field(error)} is {shown(error.instance)}, and must be {bound} {error.validator_value}", _example(error)


def _wrong_count(error: Any) -> tuple[str, str]:
    bound = "at least" if str(error.validator).startswith("min") else "at most"
    return f"{_field(error)} takes {bound} {error.validator_value}, and here are {len(error.instance)}", _example(error)


def _listed_twice(error: Any) -> tuple[str, str]:
    return f"{_field(error)} lists something twice", "take one of them away"


_WORDS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "type": _wrong_type,
    "enum": _wrong_word,
    "const": lambda error: (f"{_field(error)} must be {shown(error.validator_value)}", ""),
    "pattern": _wrong_pattern,
    "maxLength": _too_long,
    "minLength": _too_short,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
    "exclusiveMaximum": _out_of_range,
    "minItems": _wrong_count,
    "maxItems": _wrong_count,
    "minProperties": _wrong_count,
    "maxProperties": _wrong_count,
    "uniqueItems": _listed_twice,
}


def _field(error: Any) -> str:
    keys = [step for step in error.absolute_path if isinstance(step, str)]
    return f"`{keys[-1]}`" if keys else "this"


def _example(error: Any) -> str:
    """What the schema says of the part that is wrong."""
    below: Any = error.schema
    return _first_sentence(below.get("description", ""), whole=True)


def _first_sentence(description: str, whole: bool = False) -> str:
    text = description if whole else re.split(r"(?<=[.:]) (?=[A-Z])", description, maxsplit=1)[0]
    return text.strip().rstrip(".").replace("\n", " ")


def a_kind_of(value: Any) -> str:
    """What somebody wrote, as a message names it: ``the number `5` ``, `a list`."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, (int, float)):
        return f"the number {shown(value)}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return "a list" if isinstance(value, list) else "a mapping"


def shown(value: Any) -> str:
    """A value on one line, in backticks, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    line = " ".join(text.split())
    return f"`{line}`" if len(line) <= _LONGEST_SHOWN else f"`{line[: _LONGEST_SHOWN - 1]}…`"
