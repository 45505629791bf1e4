"""Declarations in, what problems say of them out: words for messages, and atoms."""

from __future__ import annotations

from collections.abc import Sequence

from coordlint.model.base import Declaration


def names(declarations: Sequence[Declaration], most: int = 3) -> str:
    """Their ids as a list in words: `` `a`, `b` and 3 more``."""
    return listed([f"`{each.id}`" for each in declarations], most)


def listed(words: Sequence[str], most: int = 3) -> str:
    """Words as a list with "and"; from `most` on they are counted, unless one is all that is left."""
    shown = list(words) if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 decision right`, `3 decision rights`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def left_behind(declaration: Declaration) -> tuple[tuple[str, str, str], ...]:
    """The parts of what a declaration names that may be missing once it is gone: the whole, who answers, who leads."""
    named = dict.fromkeys(declaration.org.each(ref for _, ref in declaration.references()))
    return tuple(atom for target in named for atom in atoms(target, "", "owner", "reports_to"))


def atoms(declaration: Declaration, *fields: str) -> tuple[tuple[str, str, str], ...]:
    """The parts of a declaration that a problem is also about, so that its cause can be found; "" for the whole."""
    return tuple((declaration.collection, declaration.id, field) for field in fields)


def pair(one: Declaration, other: Declaration) -> tuple[str, str, str]:
    """The atom of two declarations together, for what is wrong with neither of them alone."""
    first, second = sorted((one.id, other.id))
    return one.collection, f"{first} {second}", ""
