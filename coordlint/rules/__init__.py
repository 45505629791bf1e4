"""The one list of rules, by family, and the editions that they joined in."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module

from coordlint.rule import Rule

# In the order in which people read their families: first what hides other things.
MODULES = (
    "yaml",
    "shape",
    "coordlint",
    "waiver",
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
    "decision_evidence",
    "handoff",
    "handoff_chain",
    "handoff_steps",
    "handoff_evidence",
    "escalation",
    "escalation_steps",
    "escalation_evidence",
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
    "lifecycle_evidence",
    "rigidity",
)

# The sets of default rules, oldest first. New rules join later editions only.
EDITIONS = ("2026",)
# The edition in the making. A rule that is since this one is a preview: only who asks for it has it.
NEXT = "next"


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of families and of their files."""
    loaded = [import_module(f"{__name__}.{module}") for module in MODULES]
    return tuple(found for module in loaded for found in vars(module).values() if isinstance(found, Rule))


def is_in(rule: Rule, edition: str) -> bool:
    """Whether an edition, or the next one, has a rule among those that its presets choose from.

    Rules of a house, and those of plugins, are in none, and wait for none.
    """
    every = (*EDITIONS, NEXT)
    return bool(rule.source) or every.index(rule.since) <= every.index(edition)


def renamed(rules: Iterable[Rule]) -> dict[str, str]:
    """The names that rules had before, each with the name of today."""
    return {old: rule.name for rule in rules for old in rule.was}


def rule_names(rules: Sequence[Rule] = ()) -> Mapping[str, str]:
    """Every name that may be written for a rule, with the name that the rule has; without rules, for coordlint's."""
    known = rules or all_rules()
    return {rule.name: rule.name for rule in known} | renamed(known)
