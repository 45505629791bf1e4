"""The keys of a collection in, whether they are ids and what was meant by those that are none out."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

LONGEST_ID = 64
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def is_id(text: str) -> bool:
    """Whether a declaration can be called so."""
    return bool(_ID.match(text)) and len(text) <= LONGEST_ID


def as_id(text: str) -> str:
    """The id that was probably meant; "" where nobody can tell."""
    words = re.findall(r"[a-z0-9]+", text.lower()) if text.isascii() else []
    return "-".join(words)[:LONGEST_ID].rstrip("-")


def not_set_in(known: Container[str], declarations: Mapping[str, Any]) -> dict[str, list[str]]:
    """The ids that are empty because their fields stand as deep as they do, each with those fields.

    `known` are the fields that a declaration of the collection may have.
    """
    outside: dict[str, list[str]] = {}
    above = ""
    for key, value in declarations.items():
        declares = value is None and above not in outside
        declares |= isinstance(value, dict) and (not value or any(field in known for field in value))
        if above and key in known and not declares:
            outside.setdefault(above, []).append(key)
        else:
            above = key if value is None else ""
    return outside


def not_set_in_words(above: str, fields: list[str]) -> tuple[str, str]:
    """What is said of fields that stand as deep as the id above them, and what to do."""
    listed = ", ".join(f"`{field}`" for field in fields)
    stand = "is a field, and stands" if len(fields) == 1 else "are fields, and stand"
    return f"{listed} {stand} as deep as the id `{above}`", f"set {listed} in below `{above}`"
