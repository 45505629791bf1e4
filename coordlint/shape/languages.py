"""Data in, what the small languages in it refuse out, each with the way to it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from coordlint.nearest import nearest
from coordlint.shape.schemas import resolved, schema
from coordlint.values import VALUES, Refusal, parse_condition, parse_input
from coordlint.values.refusal import listed

# No decision depends on so many inputs: of more, only the first may be what was meant.
_MOST_GUESSED = 100
_MOST_LISTED = 10
_MOST_NAMED = 3


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


def _planned(below: Mapping[str, Any]) -> _Plan | None:
    below = resolved(below)
    items = below.get("items")
    if "x-value" in below:
        each_item = items is not None and "x-value" in resolved(items)
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
    """Every text of a small language that its reader refuses, with the language and the way from the declaration.

    Where no inputs are declared at all, that is told once for all conditions that speak of some.
    """
    inputs = data.get("inputs")
    refused = _refusals(_plan(name), data, inputs)
    if not refused or inputs is not None:
        return refused
    speaking = dict.fromkeys(str(refusal.route[-1]) for language, refusal in refused if language == "condition")
    others = [each for each in refused if each[0] != "condition"]
    return [*others, ("condition", _undeclared(list(speaking)))] if speaking else others


def _undeclared(names: list[str]) -> Refusal:
    shown = [f"`{name}`" for name in names[:_MOST_NAMED]]
    more = [f"{len(names) - len(shown)} more"] if len(names) > len(shown) else []
    what = "an input" if len(names) == 1 else "inputs"
    return Refusal(
        f"conditions speak of {what} {listed([*shown, *more])}, and no `inputs` are declared",
        route=("inputs",),
        tip="declare them under `inputs: …`, each with what it may be",
        on_key=True,
    )


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
            near = nearest(key, islice(declared, _MOST_GUESSED))
            meant = f"; did you mean `{near}`?" if near else ""
            known = [*islice(declared, _MOST_LISTED), *(["…"] if not 0 < len(declared) <= _MOST_LISTED else [])]
            tip = f"write `{near}`" if near else f"declare it under `inputs`, or name one of {', '.join(known)}"
            yield "condition", Refusal(f"no input is called `{key}`{meant}", route=(key,), tip=tip, on_key=True)
            continue
        about = parse_input(declared[key])
        if isinstance(about, Refusal):
            continue
        read = parse_condition(value, about)
        if isinstance(read, Refusal):
            yield "condition", read.below(key)
