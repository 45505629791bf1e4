"""Decision rights in; whom each of them names as decider of its calls, straight from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coordlint.facts.naming import Bearers, bearers, parts_in
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight
from coordlint.model.org import Org, fact


@fact
def deciders(org: Org) -> Sequence[tuple[DecisionRight, Sequence[Declaration]]]:
    """Each active right with the parties that decide its calls, in their order, as far as they are declared. What a
    case says goes before what its right says."""
    named = bearers(org, DecisionRight.decider)
    return [(right, _named_by(named, right.data)) for right in org.active(DecisionRight)]


def _named_by(named: Bearers, data: Mapping[str, Any]) -> Sequence[Declaration]:
    several = "cases" in data or "otherwise" in data
    return _of_calls(named, data) if several else named.of(data.get("decider"))


def _of_calls(named: Bearers, data: Mapping[str, Any]) -> Sequence[Declaration]:
    found: list[Declaration] = []
    otherwise = parts_in(data, "otherwise")[:1] if "otherwise" in data else ()
    for call in (*parts_in(data, "cases"), *otherwise) or (data,):
        decider = call.get("decider")
        found += named.of(data.get("decider") if decider is None else decider)
    return found
