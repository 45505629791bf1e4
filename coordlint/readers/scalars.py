"""The text of a plain scalar in, its value out: the core schema of YAML 1.2, and text for everything else."""

from __future__ import annotations

import re

WORDS: dict[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
NUMERIC = frozenset("0123456789+-.")
# What begins with none of these is text, and needs no look at the words above.
SUSPECT = NUMERIC | frozenset("~nNtTfF")

# Python refuses to read, and to print, whole numbers of more than some thousand digits; nobody writes 300 in earnest.
LONGEST_NUMBER = 300

_number = re.compile(
    r"""([-+]?[0-9]+)
    | ([-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)
    | 0o([0-7]+)
    | 0x([0-9a-fA-F]+)
    | (\+?\.(?:inf|Inf|INF)) | (-\.(?:inf|Inf|INF)) | (\.(?:nan|NaN|NAN))""",
    re.VERBOSE,
).fullmatch
_INFINITY = float("inf")


def resolve(text: str) -> object:
    """What a plain scalar means: None, True, False, an int, a float, or its own text.

    Numbers of more than 300 characters, and those too large for a float, stay text.
    """
    if text[:1] not in NUMERIC:
        return WORDS.get(text, text)
    # Days are what nearly all of these are.
    if text[4:5] == "-" and text[:4].isdigit():
        return text
    number = len(text) <= LONGEST_NUMBER and _number(text)
    if not number:
        return text
    if number[1]:
        return int(text)
    return _broken(text) if number[2] else _rare(number)


def _broken(text: str) -> object:
    number = float(text)
    return text if abs(number) == _INFINITY else number


def _rare(number: re.Match[str]) -> object:
    if number[3]:
        return int(number[3], 8)
    if number[4]:
        return int(number[4], 16)
    return _INFINITY if number[5] else -_INFINITY if number[6] else float("nan")
