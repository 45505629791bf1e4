"""The log in; what comes back for one reason quarter after quarter."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date

from coordlint.facts.evidence import Event, happened, last, recent
from coordlint.facts.prose import words_in
from coordlint.model.kinds import Handoff
from coordlint.model.org import Org, fact
from coordlint.values import Refusal, parse_month

# Words of why something came back that could stand in any reason.
_SAY_NOTHING = """
a an the this that these those and or of for from to at on in by with without not no nor none is are was were be been
has have had does did do it its there here still again too also only yet as than then any some all
missing lacking lacks lack incomplete absent wrong bad unclear
"""
SAY_NOTHING = frozenset(word.rstrip("s") for word in _SAY_NOTHING.split()) | {""}


def came_back(handoff: Handoff, quarters: int) -> Iterator[list[Event]]:
    """For each reason for which a hand-off was refused in so many of the last four quarters, the latest time in each,
    oldest first. Quarters are those of the fiscal year; the last is the one that today lies in.

    A reason is the same where the same words say what it was: neither their order counts, nor that it was missing.
    """
    by_reason: dict[frozenset[str], dict[int, list[Event]]] = {}
    for reason, quarter, event in refused_lately(handoff):
        by_reason.setdefault(reason, {}).setdefault(quarter, []).append(event)
    for found in by_reason.values():
        if len(found) >= quarters:
            yield [last(found[quarter])[0] for quarter in sorted(found)]


def refused_lately(handoff: Handoff) -> Iterator[tuple[frozenset[str], int, Event]]:
    """The times that a hand-off was refused in the last four quarters, as far as it is told why: with the reason, and
    the number of the quarter."""
    org = handoff.org
    today = _quarter(org, org.as_of)
    for event in recent(org, happened(org, "returned").get(handoff, ()), handoff):
        quarter = _quarter(org, event.day)
        reason = _reason(event.entry.reason or "") if quarter > today - 4 else None
        if reason:
            yield reason, quarter, event


def _content(text: str) -> frozenset[str]:
    return frozenset([word.rstrip("s") for word in words_in(text)]) - SAY_NOTHING


@functools.lru_cache(maxsize=1024)
def _reason(text: str) -> frozenset[str]:
    # Where nothing is left but that something was missing or wrong, that is what it was.
    return _content(text) or frozenset(words_in(text))


def _quarter(org: Org, day: date) -> int:
    """The number of the fiscal quarter that a day lies in."""
    return (day.year * 12 + day.month - _first_month(org)) // 3


@fact
def _first_month(org: Org) -> int:
    """The month in which the fiscal year begins."""
    month = parse_month(org.house.fiscal_year_starts)
    return 1 if isinstance(month, Refusal) else month
