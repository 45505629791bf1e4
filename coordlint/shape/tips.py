"""What a schema says of a field in, what to write there out: a description tells what is, and a tip what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# What a field of the log is about, before what it says.
_OF_SOME = re.compile(r"\AOf an? [^:]+: ")
_NUMBERS = {"integer": "a whole number", "number": "a number"}


def advice(about: Mapping[str, Any]) -> str:
    """What belongs where something else stands, in the words of the schema; with its example, if it has one."""
    description, _, example = str(about.get("description", "")).partition(" Example: ")
    told = _OF_SOME.sub("", first_sentence(description, whole=True))
    if not told:
        return ""
    told = told if told[1:2].isupper() else told[0].lower() + told[1:]
    if not example:
        return f"what belongs here: {told}"
    # Nobody writes what a number counts.
    number = _NUMBERS.get(str(about.get("type")))
    return f"write {number or told.partition(';')[0]}, such as {example}"


def first_sentence(description: str, whole: bool = False) -> str:
    """A description without the stop at its end, on one line; only its first sentence, unless it is wanted whole."""
    text = description if whole else re.split(r"(?<=[.:]) (?=[A-Z])", description, maxsplit=1)[0]
    return text.strip().rstrip(".").replace("\n", " ")
