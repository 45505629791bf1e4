"""Inputs of a decision as they were said in, their values as the decision right declares them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coordlint.entry.telling import there, wrong
from coordlint.entry.words import refuse_unsayable
from coordlint.model.base import Declaration
from coordlint.nearest import nearest
from coordlint.values import Input, Refusal, parse_given, parse_input, parse_number, shown

_YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}


def given_inputs(right: Declaration | None, pairs: Sequence[str]) -> dict[str, Any]:
    """The inputs of a decision with their values, each as the right declares it."""
    given: dict[str, Any] = {}
    inputs = right.data.get("inputs") if right is not None else None
    for pair in pairs:
        name, sign, words = (part.strip() for part in pair.partition("="))
        if not (name and sign and words):
            raise wrong("given", f"{shown(pair)} is no input with its value", "write them as in `--given percent=30`")
        if name in given:
            raise wrong("given", f"{shown(name)} is given twice", "leave one out")
        refuse_unsayable("given", words)
        given[name] = _given_value(right, inputs, name, words)
    return given


def _given_value(right: Declaration | None, inputs: Any, name: str, words: str) -> Any:
    if right is not None and right.refused and not (isinstance(inputs, Mapping) and name in inputs):
        return _guessed(words)  # what the right says of its inputs could not be read
    if not isinstance(inputs, Mapping) or not inputs:
        label = right.label if right is not None else "the decision right"
        raise wrong("given", f"{label} depends on no inputs", "leave it out, or declare `inputs` there")
    if name not in inputs:
        near = nearest(name, inputs)
        meant = f"; did you mean `{near}`?" if near else ""
        raise wrong("given", f"no input is called {shown(name)}{meant}", there(list(inputs)))
    about = parse_input(inputs[name])
    if isinstance(about, Refusal):
        return _guessed(words)
    read = _as_input(words, about)
    if isinstance(read, Refusal):
        raise wrong("given", f"`{name}`: {read.message}", read.tip)
    return read


def _as_input(words: str, about: Input) -> Any:
    """The value of an input as plain data; numbers may have the unit behind them."""
    if about.kind == "yes_no":
        read = parse_given(_YES_OR_NO.get(words.lower(), words), about)
    else:
        bare = words.removesuffix(about.unit).rstrip() if about.numeric and about.unit else words
        read = parse_given(bare, about)
        words = bare
    if isinstance(read, Refusal) or not about.numeric:
        return read
    return _number(words)


def _guessed(words: str) -> Any:
    """What words most likely are where nobody says what they should be."""
    if words in ("true", "false"):
        return words == "true"
    return words if isinstance(parse_number(words), Refusal) else _number(words)


def _number(words: str) -> Any:
    """A number as YAML reads it; as a text, where that would be another number."""
    number = float(words) if "." in words else int(words)
    return number if parse_number(number) == parse_number(words) else words
