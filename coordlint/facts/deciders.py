"""Decision rights in; whom each of them names as decider of its calls, straight from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from coordlint.facts.naming import Bearers, bearers, parts_in
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight
from coordlint.model.org import Org, fact


class Decided(NamedTuple):
    """A right with the parties that decide its calls, in their order, as far as they are declared; `asks` says whether
    a case, or what holds otherwise, has somebody who must agree or is consulted."""

    right: DecisionRight
    parties: Sequence[Declaration]
    asks: bool


@fact
def deciders(org: Org) -> Sequence[Decided]:
    """Each active right with who decides it. What a case says goes before what its right says."""
    named = bearers(org, DecisionRight.decider)
    return [_decided(named, right, right.data) for right in org.active(DecisionRight)]


def _decided(named: Bearers, right: DecisionRight, data: Mapping[str, Any]) -> Decided:
    if "cases" not in data and "otherwise" not in data:
        return Decided(right, named.of(data.get("decider")), False)
    found: list[Declaration] = []
    asks = False
    otherwise = parts_in(data, "otherwise")[:1] if "otherwise" in data else ()
    for call in (*parts_in(data, "cases"), *otherwise) or (data,):
        decider = call.get("decider")
        found += named.of(data.get("decider") if decider is None else decider)
        asks = asks or "agrees" in call or "consulted" in call
    return Decided(right, found, asks)
