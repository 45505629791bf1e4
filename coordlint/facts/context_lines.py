"""Context lines in; between whom they run, what else runs there, and what is told twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from coordlint.facts.parties import teams_of
from coordlint.facts.references import missed
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import ContextLine, Forum, Meeting, Person, Record, Team
from coordlint.model.org import Org, fact, fact_of

STATUS = frozenset(("status",))

# A line between more pairs of parties is an announcement, and nobody asks what comes back from each.
MOST_PAIRS = 400

# Of the lines that tell one party the same of another so many are compared.
MOST_COMPARED = 8


class Pair(NamedTuple):
    """Two parties of a line: who tells, and who is told."""

    giver: Declaration
    taker: Declaration


class _Ends(NamedTuple):
    """For each party, and the team of each, the lines of which it is at one end."""

    giving: dict[Declaration, set[ContextLine]]
    taking: dict[Declaration, set[ContextLine]]


@fact_of
def pairs(line: ContextLine) -> list[Pair]:
    """The parties inside the organisation that a line runs between; none where there are very many."""
    givers, takers = _inside(line.org, line.refs("from")), _inside(line.org, line.refs("to"))
    if len(givers) * len(takers) > MOST_PAIRS:
        return []
    return [Pair(giver, taker) for giver, taker in product(givers, takers) if giver is not taker]


def _inside(org: Org, named: tuple[Ref[Any], ...]) -> list[Declaration]:
    return [party for party in dict.fromkeys(org.each(named)) if org.is_active(party) and not _is_outside(party)]


def _is_outside(party: Declaration) -> bool:
    """Whether a party belongs to somebody else: what it is told there, nobody writes down here."""
    if isinstance(party, (Person, Team)) and party.external:
        return True
    return not isinstance(party, Forum) and any(team.external for team in teams_of(party))


def words(line: ContextLine) -> frozenset[str]:
    """Everything that travels on a line, in either direction."""
    return frozenset((*line.carries, *line.back))


@fact
def lines_are_known(org: Org) -> bool:
    """Whether every line leads from somebody to somebody, so that one may say that there is none between two."""
    return not any(isinstance(each.user, ContextLine) for each in missed(org))


@fact
def _all_ends(org: Org) -> _Ends:
    return _ends_of(line for line in org.active(ContextLine))


@fact
def _ends_with_more_than_status(org: Org) -> _Ends:
    return _ends_of(line for line in org.active(ContextLine) if not words(line) <= STATUS)


@fact
def _ends_with_a_way_back(org: Org) -> _Ends:
    return _ends_of(line for line in org.active(ContextLine) if line.data.get("back"))


def _ends_of(lines: Iterator[ContextLine]) -> _Ends:
    ends = _Ends({}, {})
    for line in lines:
        for table, named in zip(ends, (line.refs("from"), line.refs("to")), strict=True):
            for party in line.org.each(named):
                for each in _around(party):
                    table.setdefault(each, set()).add(line)
    return ends


@fact_of
def _around(party: Declaration) -> list[Declaration]:
    """A party, and the teams that it speaks for; a forum speaks for itself."""
    return [party] if isinstance(party, (Forum, Team)) else [party, *teams_of(party)]


def carries_more_than_status(pair: Pair) -> bool:
    """Whether any line between two parties, or their teams, carries context, decisions or risks, either way."""
    ends = _ends_with_more_than_status(pair.giver.org)
    return _runs(ends, *pair) or _runs(ends, pair.taker, pair.giver)


def comes_back(pair: Pair) -> bool:
    """Whether any line brings something from who is told, or that team, to who tells."""
    org = pair.giver.org
    return _runs(_all_ends(org), pair.taker, pair.giver) or _runs(_ends_with_a_way_back(org), *pair)


_NO_LINES: set[ContextLine] = set()


def _runs(ends: _Ends, giver: Declaration, taker: Declaration) -> bool:
    """Whether a line runs from one party to the other, or between their teams."""
    return any(
        not ends.giving.get(one, _NO_LINES).isdisjoint(ends.taking.get(other, _NO_LINES))
        for one, other in product(_around(giver), _around(taker))
    )


class Repeat(NamedTuple):
    """That a line tells nothing which another one does not tell as well; `field` is the side of it that does."""

    line: ContextLine
    field: str
    other: ContextLine
    pair: Pair


class _Telling(NamedTuple):
    """One direction of a line: what it carries, and the field that says so."""

    line: ContextLine
    field: str
    words: frozenset[str]


def repeats(org: Org) -> Iterator[Repeat]:
    """Every line that carries status to somebody who has it from the same party by another line, with all else that it
    carries there. Two records are two things, and what a meeting keeps of itself is one with it."""
    told: set[ContextLine] = set()
    for pair, tellings in _tellings(org).items():
        tellings.sort(key=lambda telling: (-len(telling.words), telling.line.id))
        for place, telling in enumerate(tellings):
            other = _told_by(telling, tellings[: min(place, MOST_COMPARED)])
            if other is not None and told.isdisjoint((telling.line, other)):
                told.add(telling.line)
                yield Repeat(telling.line, telling.field, other, pair)


def _told_by(telling: _Telling, earlier: list[_Telling]) -> ContextLine | None:
    """The first of the lines before that tells the same."""
    alike = (each for each in earlier if telling.words <= each.words and each.line is not telling.line)
    return next((each.line for each in alike if not _are_two_things(telling, each)), None)


def _tellings(org: Org) -> Mapping[Pair, list[_Telling]]:
    """For each two parties, the lines on which status goes from the first to the second."""
    table: dict[Pair, list[_Telling]] = {}
    for line in org.active(ContextLine):
        if line.refused:
            continue
        for field, carried in (("carries", line.carries), ("back", line.back)):
            if "status" in carried:
                for pair in pairs(line):
                    ends = pair if field == "carries" else Pair(pair.taker, pair.giver)
                    table.setdefault(ends, []).append(_Telling(line, field, frozenset(carried)))
    return table


def _are_two_things(one: _Telling, other: _Telling) -> bool:
    """Whether two lines may be about different things: two records, a meeting and what it keeps, what is unknown; or
    about one thing that either end of it writes down."""
    if set(one.line.only_while) != set(other.line.only_while):
        return True
    carriers = [each.line.org.find(each.line.through) for each in (one, other) if each.line.says("through")]
    if None in carriers:
        return True
    if len(carriers) < 2:
        return False
    if carriers[0] is carriers[1]:
        return one.field != other.field
    if all(isinstance(each, Record) for each in carriers):
        return True
    return _keeps(*carriers) or _keeps(*carriers[::-1])


def _keeps(meeting: Declaration | None, record: Declaration | None) -> bool:
    """Whether a meeting, or its forum, takes in, puts out or keeps a record."""
    if not isinstance(meeting, Meeting) or not isinstance(record, Record):
        return False
    forum = meeting.org.find(meeting.forum)
    named = (*meeting.inputs, *meeting.outputs, *meeting.refs("record"), *(forum.refs("record") if forum else ()))
    return record in meeting.org.each(named)
