"""The one list of rules, by family, and the editions that they joined in."""

from __future__ import annotations

import functools
from importlib import import_module

from coordlint.rule import Rule

# In the order in which people read them: first what hides other things.
FAMILIES = (
    "yaml",
    "shape",
    "coordlint",
    "reference",
    "ownership",
    "meeting",
    "forum",
    "decision",
    "handoff",
    "initiative",
)

# The sets of default rules, oldest first. New rules join later editions only.
EDITIONS = ("2026",)


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of families and of their files."""
    modules = [import_module(f"{__name__}.{family}") for family in FAMILIES]
    return tuple(found for module in modules for found in vars(module).values() if isinstance(found, Rule))
