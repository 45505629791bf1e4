"""The one list of rules, by family, and the editions that they joined in."""

from __future__ import annotations

import functools
from importlib import import_module

from coordlint.rule import Rule

# In the order in which people read their families: first what hides other things.
MODULES = (
    "yaml",
    "shape",
    "coordlint",
    "reference",
    "reference_ties",
    "ownership",
    "ownership_people",
    "meeting",
    "meeting_overlap",
    "meeting_people",
    "meeting_content",
    "forum",
    "forum_scope",
    "decision",
    "decision_approval",
    "handoff",
    "handoff_chain",
    "handoff_steps",
    "escalation",
    "escalation_steps",
    "reporting",
    "reporting_lines",
    "initiative",
    "initiative_authority",
    "initiative_dates",
    "record",
    "term",
    "load",
    "load_limits",
    "fragility",
    "lifecycle",
    "rigidity",
)

# The sets of default rules, oldest first. New rules join later editions only.
EDITIONS = ("2026",)


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of families and of their files."""
    loaded = [import_module(f"{__name__}.{module}") for module in MODULES]
    return tuple(found for module in loaded for found in vars(module).values() if isinstance(found, Rule))
