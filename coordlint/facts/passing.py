"""Hand-offs and records in; what is delivered to whom, and whether anybody takes up what is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TypeAlias

from coordlint.facts.handing import end_of, leading_to, receiving, where_it_ends
from coordlint.facts.holding import may_be_meant
from coordlint.facts.naming import bearers, texts_in
from coordlint.facts.prose import words_in
from coordlint.facts.reasons import is_over
from coordlint.facts.references import Use, uses_of
from coordlint.facts.venues import names_somebody
from coordlint.model.base import Declaration
from coordlint.model.kinds import Handoff, LogEntry, Meeting, Record, Scenario
from coordlint.model.org import Org, fact, fact_of

# Fields that name a record, and do not take it up.
NOT_TAKING = frozenset(("produces", "outputs", "only_while", "replaced_by", "like"))

# Words of so few letters do not tell what a text is about.
SHORT = 3
_LONG_WORD = re.compile(rf"[^\W_]{{{SHORT + 1}}}")


def may_deliver(handoff: Handoff, record: Record) -> bool:
    """Whether a hand-off delivers a record, or one that is its copy, or something that nobody can look up."""
    delivered = _delivered(handoff)
    return delivered is None or not delivered.isdisjoint(_one_in_content(record))


@fact_of
def _delivered(handoff: Handoff) -> frozenset[Record] | None:
    """The records that are delivered; None where a text, a party outside or a lost name stands among them."""
    found = [handoff.org.find(ref) for ref in handoff.delivers]
    return frozenset(each for each in found if each is not None) if found and all(found) else None


@fact_of
def _one_in_content(record: Record) -> frozenset[Record]:
    """A record, what it is a copy of, and its copies."""
    original = record.org.find(record.copy_of) if "copy_of" in record.data else None
    copies = [use.user for use in uses_of(record.org, record) if use.field == "copy_of"]
    alike = [record, original, *copies]
    return frozenset(each for each in alike if isinstance(each, Record))


@fact_of
def undelivered_trigger(handoff: Handoff) -> Record | None:
    """The record that sets off a hand-off, where it follows from others and none of them delivers it."""
    trigger = handoff.org.find(handoff.trigger) if "trigger" in handoff.data else None
    before = leading_to(handoff.org).get(handoff)
    if trigger is None or before is None or any(may_deliver(each, trigger) for each in before):
        return None
    return trigger


def is_brought(handoff: Handoff, record: Record) -> bool:
    """Whether who receives a hand-off has a record, or may: it is delivered with it, or by the same giver or to the
    same receiver otherwise; it sets the hand-off off, or is made on the way; or the receiver reads or owns it."""
    org = handoff.org
    alike = _one_in_content(record)
    if may_deliver(handoff, record) or org.find(handoff.trigger) in alike or may_be_meant(record):
        return True
    given, taken = _passed(org)
    ends = ((given, handoff.from_), (taken, receiving(handoff)))
    if any(not alike.isdisjoint(table.get(party, ())) for table, refs in ends for party in org.each(refs)):
        return True
    return any(each in alike for each in _made_on_the_way(handoff)) or _has_itself(handoff, record)


Passed: TypeAlias = dict[Declaration, set[Record]]


@fact
def _passed(org: Org) -> tuple[Passed, Passed]:
    """For each team and role, the records in the hand-offs that it gives, and in those that it receives."""
    given: Passed = {}
    taken: Passed = {}
    for handoff in org.active(Handoff):
        records = list(org.each(handoff.delivers))
        for table, refs in ((given, handoff.from_), (taken, receiving(handoff))):
            for party in org.each(refs) if records else ():
                table.setdefault(party, set()).update(records)
    return given, taken


def _made_on_the_way(handoff: Handoff) -> Iterator[Record]:
    """The records that the approvals on the way are kept in."""
    for step in handoff.steps if "steps" in handoff.data else ():
        for approval in handoff.org.each(step.refs("approval")):
            yield from handoff.org.each(approval.refs("record"))


def _has_itself(handoff: Handoff, record: Record) -> bool:
    """Whether who receives reads or owns a record, or may; what a meeting reads may be read by anybody."""
    org = handoff.org
    receivers = where_it_ends(handoff)
    for ref in (*record.refs("owner"), *record.refs("read_by")):
        if ref.external:
            continue
        if isinstance(org.find(ref), Meeting) or not receivers.is_apart_from(end_of(org, [ref])):
            return True
    return not receivers.known


@fact
def says_who_takes(org: Org) -> bool:
    """Whether an organisation writes down who takes up its records: by a hand-off, or by who reads them."""
    if any("read_by" in record.data for record in org.all(Record)):
        return True
    return delivers_records(org)


@fact
def delivers_records(org: Org) -> bool:
    """Whether any hand-off delivers a declared record."""
    records = bearers(org, Handoff.delivers)
    return any(records.of(handoff.data.get("delivers")) for handoff in org.all(Handoff))


@fact_of
def is_taken(record: Record) -> bool:
    """Whether anybody takes up a record, or may: somebody reads it, or a hand-off, a meeting, an initiative or anything
    else that is not over names it as more than what comes out there."""
    if names_somebody(record, "read_by") or may_be_meant(record):
        return True
    return any(_takes(use) for use in uses_of(record.org, record))


def _takes(use: Use) -> bool:
    return use.field not in NOT_TAKING and not isinstance(use.user, (LogEntry, Scenario)) and not is_over(use.user)


def is_told_of(org: Org, text: str) -> bool:
    """Whether any word of a text stands in what a hand-off passes on or a meeting takes in, so that it may be meant."""
    # What is handed on mostly stands there in the same words.
    if text in _texts_taken(org) and _LONG_WORD.search(text.casefold()):
        return True
    return not _words_taken(org).isdisjoint(word for word in words_in(text) if len(word) > SHORT)


@fact
def _texts_taken(org: Org) -> set[str]:
    texts: set[str] = set()
    for kind, fields in ((Handoff, ("delivers", "trigger", "accepts_when")), (Meeting, ("inputs",))):
        for each in org.all(kind):
            for field in fields:
                if field in each.data:
                    texts.update(texts_in(each.data[field]))
    return texts


@fact
def _words_taken(org: Org) -> frozenset[str]:
    return frozenset(word for text in _texts_taken(org) for word in words_in(text))


def is_young(org: Org, declarations: Iterable[Declaration], days: int) -> bool:
    """Whether any of these says that it began less than so many days ago."""
    started = [each.since for each in declarations if "since" in each.data]
    return any(since is not None and org.as_of - since < timedelta(days=days) for since in started)
