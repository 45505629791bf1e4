"""Why a schema refuses something in, a sentence for people out: what is wrong, where, and what to write instead.

Errors are jsonschema's `ValidationError`s; its types leave open what their parts are, which depends on the keyword.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from coordlint.finding import Route
from coordlint.nearest import nearest, only_near
from coordlint.shape.schemas import required
from coordlint.shape.tips import advice, first_sentence

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
_MOST_LISTED = 8
_SAME_BEGINNING = 5
_OF_THE_LIST = ("description", "x-ref", "x-ref-or-text")
_WORD_LIST = re.compile(r"\^\(([a-z_|-]+)\)\$")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"([a-z-]+/)?[a-z0-9]+(-[a-z0-9]+)*|ext/[^\s/,;:\[\]{}]+( [^\s/,;:\[\]{}]+)*")
_A_NAME = "a name is an id, kind/id, or ext/NAME for a party outside"
_NAME_ONE = "name one; two who share a task are one role with two holders"
# What YAML 1.1 takes for true and false, and what people write.
_YES_OR_NO = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_YES_OR_NO |= {"true": "true", "false": "false"}
UNKNOWN_KEY, MISSING_KEY = "shape/unknown-key", "shape/missing-key"


class Said(NamedTuple):
    """One problem of shape: `way` leads from the declaration to the part that is wrong.

    `edit` is the action there that mends it, with its value, where it is certain what was meant.
    """

    rule: str
    way: Route
    on_key: bool
    message: str
    tip: str
    meant: str = ""
    edit: tuple[str, object] | None = None


def in_words(errors: Iterable[Any], whole: Mapping[str, Any], resolve: Resolve) -> list[Said]:
    """What errors of jsonschema say, for a person, each slip once.

    `whole` is the schema that refused, `resolve` follows a reference in it.
    """
    said = [each for error in errors for each in _said(error, whole, resolve)]
    misspelt = {each.meant for each in said if each.rule == UNKNOWN_KEY}
    holding_unknown = {each.way[:-1] for each in said if each.rule == UNKNOWN_KEY and len(each.way) > 1}
    return [
        each
        for each in said
        # A key that is there under another name is not missing too.
        if each.rule != MISSING_KEY or not (each.meant in misspelt or each.way in holding_unknown)
    ]


def _said(error: Any, whole: Mapping[str, Any], resolve: Resolve) -> Iterator[Said]:
    way = tuple(error.absolute_path)
    if error.validator in ("additionalProperties", "unevaluatedProperties"):
        yield from _unknown_keys(error, way, resolve, str(whole.get("$id", "")))
    elif error.validator == "required":
        yield from _missing_keys(error, way, resolve, whole)
    elif error.validator == "anyOf" and all("required" in each for each in error.validator_value):
        keys = [key for each in error.validator_value for key in each["required"]]
        names = ", ".join(f"`{key}`" for key in keys)
        yield Said(MISSING_KEY, way, True, f"one of {names} must stand here, and none does", "write one of them")
    elif "propertyNames" in error.absolute_schema_path:
        yield _wrong_key(error, way)
    else:
        about = _schema_at(whole, way, resolve)
        message, tip = _WORDS.get(str(error.validator), _wrong_somehow)(error, about)
        yield Said("shape/bad-value", way, False, message, tip, edit=_certain(error))


def _wrong_key(error: Any, way: Route) -> Said:
    """What is said of a key of somebody's own that cannot be one."""
    key, about = error.instance, error.schema
    if error.validator != "pattern" or "x-form" in about:
        message, tip = _WORDS.get(str(error.validator), _wrong_somehow)(error, about)
        return Said("shape/bad-value", (*way, key), True, message, tip)
    meant, form = _hyphened(key), first_sentence(about["description"]).rpartition(": ")[2]
    message = f"{shown(key)} cannot be a name in {_field(error)}: {form[0].lower()}{form[1:]}"
    tip = f"write `{meant}`" if re.search(error.validator_value, meant) else advice(about)
    return Said("shape/bad-value", (*way, key), True, message, tip)


def _schema_at(whole: Mapping[str, Any], way: Route, resolve: Resolve) -> Mapping[str, Any]:
    """What the schema says of the part that a way leads to, in the words of the very field."""
    below: Any = resolve(whole)
    for step in way:
        inner = below.get("items") if isinstance(step, int) else below.get("properties", {}).get(step)
        inner = below.get("additionalProperties") if inner is None and isinstance(step, str) else inner
        if not isinstance(inner, Mapping):
            return {}
        # An item is told by the words of its list, for they name the field, and it names what the list does.
        told = {key: below[key] for key in _OF_THE_LIST if key in below} if isinstance(step, int) else {}
        below = {**resolve(inner), **told}
    found: Mapping[str, Any] = below
    return found


def _wrong_somehow(error: Any, about: Mapping[str, Any]) -> tuple[str, str]:
    return f"{shown(error.instance)} cannot stand here", advice(about)


def _unknown_keys(error: Any, way: Route, resolve: Resolve, name: str) -> Iterator[Said]:
    below = resolve(error.schema)
    known = below.get("properties", {})
    missing = [field for field in required(below) if field not in error.instance]
    for key in error.instance:
        if key in known:
            continue
        free = [field for field in known if field not in error.instance]
        near = likeliest(str(key), free)
        if not near and len(missing) == 1 and missing[0][0] == str(key)[:1]:
            # What cannot be left out was left out, and something like it stands there.
            near = missing[0]
        meant = f"; did you mean `{near}`?" if near else ""
        tip = f"write `{near}`" if near else _what_can_stand(free, name)
        only = only_near(str(key), free)
        edit = ("rename", only) if only else None
        yield Said(UNKNOWN_KEY, (*way, key), True, f"no field is called `{key}` here{meant}", tip, near, edit)


def _what_can_stand(fields: list[str], name: str) -> str:
    """Fields that are still free; those that every declaration has come last in a schema, and are left out first."""
    listed = ", ".join(fields[:_MOST_LISTED])
    if len(fields) <= _MOST_LISTED:
        return f"what can stand here: {listed}" if fields else "take it away"
    return f"what can stand here: {listed}, …; `coordlint schema {name.removesuffix('.schema.json')}` lists all"


def likeliest(word: str, among: Iterable[str]) -> str:
    """The word that was probably meant: the nearest one, else the shortest that begins in the same way; or ""."""
    known = list(among)
    begins = word.lower()[:_SAME_BEGINNING]
    alike = [each for each in known if len(begins) == _SAME_BEGINNING and each.startswith(begins)]
    return nearest(word, known) or min(alike, key=lambda each: (len(each), each), default="")


def _missing_keys(error: Any, way: Route, resolve: Resolve, whole: Mapping[str, Any]) -> Iterator[Said]:
    fields = _schema_at(whole, way, resolve).get("properties", {})
    for key in error.validator_value:
        if key not in error.instance:
            about = resolve(fields.get(key, {})).get("description", "")
            yield Said(MISSING_KEY, way, True, f"`{key}` is missing", f"add `{key}`: {first_sentence(about)}", key)


def _wrong_type(error: Any, about: Mapping[str, Any]) -> tuple[str, str]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    what = " or ".join(_TYPES[name] for name in wanted)
    field = _field(error)
    value = error.instance
    if isinstance(value, list) and "x-ref" in about and not _in_a_list(error):
        return f"{field} names one, and several stand here", _NAME_ONE
    if "string" in wanted and "object" not in wanted and isinstance(value, dict) and (text := _parted_text(value)):
        return f"the colon made a mapping of {shown(text)}, and {field} is {what}", "write it in quotes"
    tip = advice(about)
    if "string" in wanted and isinstance(value, (int, float)) and not isinstance(value, (dict, list)):
        tip = f'quote it: "{json.dumps(value)}"'
    if wanted == ["boolean"] and isinstance(value, str) and value.lower() in _YES_OR_NO:
        tip = f"write `{_YES_OR_NO[value.lower()]}`"
    return f"{field} must be {what}, and this is {a_kind_of(value)}", tip


def _parted_text(value: Mapping[Any, Any]) -> str:
    """The text that a colon made a mapping of; empty where a mapping was most likely meant."""
    if len(value) != 1 or isinstance(next(iter(value.values())), (dict, list)):
        return ""
    ((key, rest),) = value.items()
    return f"{key}: {rest if isinstance(rest, str) else json.dumps(rest, default=str)}"


def _certain(error: Any) -> tuple[str, object] | None:
    """What mends a value, where only one thing can have been meant: a word of a list, a truth value, a text."""
    value, wanted = error.instance, error.validator_value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    if error.validator == "type" and isinstance(value, str):
        meant = _YES_OR_NO.get(value.lower(), "") if wanted in ("boolean", ["boolean"]) else ""
        return ("replace", meant == "true") if meant else None
    if error.validator == "type":
        return ("quote", None) if "string" in wanted else None
    listed = _WORD_LIST.fullmatch(wanted) if error.validator == "pattern" else None
    words = listed[1].split("|") if listed else wanted if error.validator == "enum" else []
    word = _only_word(str(value), [each for each in words if isinstance(each, str)])
    return ("replace", word) if word else None


def _only_word(written: str, words: list[str]) -> str:
    return written.lower() if written.lower() in words else only_near(written.lower(), words)


def _wrong_word(error: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    return _not_among(error, list(dict.fromkeys(str(word) for word in error.validator_value)))


def _not_among(error: Any, words: list[str]) -> tuple[str, str]:
    written = str(error.instance).lower()
    near = written if written in words else nearest(written, words)
    meant = f"; did you mean `{near}`?" if near else ""
    return f"{_field(error)} cannot be {shown(error.instance)}{meant}", f"it is one of {', '.join(words)}"


def _wrong_pattern(error: Any, about: Mapping[str, Any]) -> tuple[str, str]:
    words = _WORD_LIST.fullmatch(error.validator_value)
    if words:
        message, tip = _not_among(error, words[1].split("|"))
        return message, _as_list(error, re.compile(words[1])) or tip
    if about.get("x-ref-or-text"):
        return f"{shown(error.instance)} is neither a name nor a text", _name_or_text(error)
    if "x-ref" in about:
        return _no_name(error, about)
    if "\\./" in error.validator_value:
        return f"{shown(error.instance)} is neither a link nor a path", "begin a link with `https://`, a path with `./`"
    if "x-form" in error.schema:
        return f"{shown(error.instance)} is not {error.schema['x-form']}", advice(error.schema)
    return f"{shown(error.instance)} does not have the form of {_field(error)}", advice(about)


# --- names ---


def _no_name(error: Any, about: Mapping[str, Any]) -> tuple[str, str]:
    """What is said of a text where a name should stand, and the name that was probably meant."""
    text = error.instance
    odd = _odd_character(text)
    message = f"{shown(text)} is no name{odd and f', for {odd} stands in it'}"
    if about.get("x-one") or not (_takes_a_list(error) or _in_a_list(error)):
        if "," in text and len(_parted(text, _NAME)[0]) > 1:
            return f"{_field(error)} names one, and several stand here", _NAME_ONE
        return message, _meant(text, about)
    return message, _as_list(error, _NAME) or _meant(text, about)


def _as_list(error: Any, word: re.Pattern[str]) -> str:
    """The list that somebody meant who left out a bracket or a comma; "" where the parts are no words of it."""
    text = error.instance
    words, spaced = _parted(text.strip("[]"), word)
    if not words or not (_takes_a_list(error) or _in_a_list(error)):
        return ""
    listed = ", ".join(words)
    if text.endswith("]"):
        return f"a `[` is missing: write `[{listed}]`"
    if len(words) == 1:
        return ""
    brackets = f"write `{listed}`" if _in_a_list(error) else f"write `[{listed}]`"
    return f"{brackets}, or `{'-'.join(words)}` if it is one name" if spaced and word is _NAME else brackets


def _parted(text: str, word: re.Pattern[str]) -> tuple[list[str], bool]:
    """The words of a list without brackets, and whether only spaces part them; none where a part is no word."""
    spaced = not re.search("[,;]", text)
    parts = [part for part in re.split(r"\s+" if spaced else r"\s*[,;]\s*", text.strip()) if part]
    return (parts, spaced) if all(word.fullmatch(part) for part in parts) else ([], spaced)


def _meant(text: str, about: Mapping[str, Any]) -> str:
    if text.startswith("ext/"):
        outside = " ".join(re.sub(r"[,;:\[\]{}]+\Z", "", text.removeprefix("ext/").lstrip(",;:[]{} ")).split())
        fits = outside and "/" not in outside
        return f"write `ext/{outside}`" if fits else "behind `ext/` stands a name without a slash"
    meant = _hyphened(text)
    if not meant:
        return _A_NAME
    # Only who acts may stand outside.
    outside = f", or `ext/{text}`" if {"role", "person", "team"} & set(about["x-ref"]) else ""
    return f"write `{meant}` if that is its id{outside}"


def _name_or_text(error: Any) -> str:
    meant = _hyphened(error.instance)
    if meant:
        return f"a name has hyphens: `{meant}`; a text has a space or a capital letter"
    if error.instance.startswith("."):
        return "a path begins with `./` and leads from the folder of coordlint.yaml"
    return f"{_A_NAME}; a text has a space or a capital letter"


def _hyphened(text: str) -> str:
    """The id that a text is, capitals, spaces and underscores aside; "" where it is none."""
    meant = re.sub(r"[\s_\u2010-\u2015\u2212-]+", "-", text.lower()).strip("-")
    return meant if _ID.fullmatch(meant) else ""


def _in_a_list(error: Any) -> bool:
    return bool(error.absolute_path) and isinstance(error.absolute_path[-1], int)


def _takes_a_list(error: Any) -> bool:
    return "array" in error.schema.get("type", ())


def _odd_character(text: str) -> str:
    """The first character of a name that looks like one from the keyboard and is another, as Unicode calls it."""
    import unicodedata

    for character in text:
        if not character.isascii() and unicodedata.category(character) in ("Pd", "Zs", "Pi", "Pf"):
            name = unicodedata.name(character).lower()
            return f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(character):04X})"
    return ""


def _too_long(error: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    count = len(error.instance)
    return (
        f"{_field(error)} has {count:,} characters, and {error.validator_value:,} are the most",
        "shorten it, or link to it",
    )


def _too_short(error: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_field(error)} is empty", "fill it, or take it away: what is absent claims nothing"


def _out_of_range(error: Any, about: Mapping[str, Any]) -> tuple[str, str]:
    bound = "at least" if "inimum" in str(error.validator) else "at most"
    return f"{_field(error)} is {shown(error.instance)}, and must be {bound} {error.validator_value}", advice(about)


def _wrong_count(error: Any, about: Mapping[str, Any]) -> tuple[str, str]:
    bound = "at least" if str(error.validator).startswith("min") else "at most"
    return f"{_field(error)} takes {bound} {error.validator_value}, and here are {len(error.instance)}", advice(about)


def _listed_twice(error: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_field(error)} lists something twice", "take one of them away"


_WORDS: dict[str, Callable[[Any, Mapping[str, Any]], tuple[str, str]]] = {
    "type": _wrong_type,
    "enum": _wrong_word,
    "const": lambda error, _: (f"{_field(error)} must be {shown(error.validator_value)}", ""),
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
