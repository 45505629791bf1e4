"""A value and the way things are written around it in, the lines of YAML that say it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coordlint.importers.writing import WIDTH, block_of, is_flat, on_a_line


class Style(NamedTuple):
    """How deep a file indents: what stands below a key, and the dashes of a list below its key."""

    step: int = 2
    dash: int = 2


def lines(lead: str, value: object, style: Style, column: int, flat: bool = True) -> list[str]:
    """The lines of a value behind its key with the colon, or behind its dash, without the indentation of the first.

    `column` is that indentation; what would be too wide from there is laid out over several lines. Where `flat` is
    False, a mapping is laid out that would have room on one line.
    """
    if value is None and lead != "-":
        return [lead]
    short = f"{lead} {on_a_line(value)}"
    if isinstance(value, str):
        return [short] if column + len(short) <= WIDTH and "\n" not in value else _prose(lead, value, style, column)
    if not value or not isinstance(value, (list, Mapping)):
        return [short]
    fits = column + len(short) <= WIDTH and is_flat(value)
    if isinstance(value, list):
        return [short] if fits and not _holds_mappings(value) else [lead, *_items(value, style, column)]
    return [short] if fits and flat else _fields(lead, value, style, column)


def _holds_mappings(value: list[object]) -> bool:
    return any(isinstance(each, Mapping) for each in value)


def _prose(lead: str, text: str, style: Style, column: int) -> list[str]:
    inset = 2 if lead == "-" else style.step
    block = block_of(text, WIDTH - column - inset) if " " in text.strip() or "\n" in text else []
    if not block:
        return [f"{lead} {on_a_line(text)}"]
    return [f"{lead} {block[0]}", *_below(block[1:], inset)]


def _items(value: list[object], style: Style, column: int) -> list[str]:
    below = [line for each in value for line in lines("-", each, style, column + style.dash)]
    return _below(below, style.dash)


def _fields(lead: str, value: Mapping[str, object], style: Style, column: int) -> list[str]:
    inset = 2 if lead == "-" else style.step
    below = [line for key, each in value.items() for line in lines(f"{on_a_line(key)}:", each, style, column + inset)]
    below = _below(below, inset)
    # The first field of an item stands behind its dash.
    return [f"- {below[0].lstrip(' ')}", *below[1:]] if lead == "-" else [lead, *below]


def _below(told: list[str], inset: int) -> list[str]:
    return [" " * inset + line if line else line for line in told]
