"""Decision rights in; who has which part in each, in every case or in some, and where nobody or two decide."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from coordlint.facts.venues import Call, calls, places_of
from coordlint.manual.book import Book, Desk, joined, ticked
from coordlint.manual.page import Letter, Line, Link, Piece, Quiet, Strong, Tile
from coordlint.manual.words import PARTS, begin, counted, input_name, listed
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import DecisionRight, Meeting
from coordlint.values import Duration

# What these rules find is a call that nobody may make, or one that two may.
GAPS = frozenset({"decision/no-decider", "decision/cases-gap"})
DOUBLES = frozenset(
    {"decision/two-deciders", "decision/cases-overlap", "decision/declared-twice", "decision/delegated-beyond"}
)
# More names than this are counted, and not listed, where there is little room.
FEW = 3
IN_CASES = ("decider", "agrees", "consulted", "informed")


class Part(NamedTuple):
    """The part that a party has in a call, named by the field that gives it; `some` where only some cases do."""

    ref: Ref[object]
    party: Declaration | None
    field: str
    some: bool


class Flag(NamedTuple):
    """That a call has a gap, or is decided twice, with a sentence."""

    double: bool
    line: Line


def parts_of(right: DecisionRight) -> list[Part]:
    """Who takes part in a right, field by field in the order of the matrix's letters."""
    every = calls(right)
    found: list[Part] = []
    for field in PARTS:
        named = [(call if field in IN_CASES else right).refs(field) for call in every]
        besides = [ref for addition in right.also for ref in addition.refs(field)] if field in IN_CASES[1:] else []
        for ref in dict.fromkeys([*(ref for refs in named for ref in refs), *besides]):
            some = not all(ref in refs for refs in named)
            found.append(Part(ref, right.org.find(ref), field, some))
    return found


def flags_of(book: Book, right: DecisionRight) -> list[Flag]:
    """The gaps and doubles of a right: those that its findings tell, and those that are plain to see."""
    found: list[Flag] = []
    every = calls(right)
    undecided = [call for call in every if not call.has_decider]
    if len(undecided) == len(every):
        found.append(Flag(False, ("Nobody is named as decider.",)))
    elif undecided:
        found.append(Flag(False, (f"{begin(counted(len(undecided), 'case'))} without a decider.",)))
    if any(len(call.refs("decider")) > 1 for call in every):
        found.append(Flag(True, ("More than one decider is named.",)))
    plain = {"decision/no-decider": bool(undecided), "decision/two-deciders": any(flag.double for flag in found)}
    told = [each for each in book.findings_on(right) if each.rule in GAPS | DOUBLES and not plain.get(each.rule)]
    return [*found, *(Flag(each.rule in DOUBLES, ticked(each.message)) for each in told)]


def doubled(right: DecisionRight, flags: Iterable[Flag]) -> Container[Ref[object]]:
    """The deciders of a right who share a call with another: those named together, else all of them."""
    if not any(flag.double for flag in flags):
        return ()
    every = [call.refs("decider") for call in calls(right)]
    together = {ref for refs in every if len(refs) > 1 for ref in refs}
    return together or {ref for refs in every for ref in refs}


def letter(part: Part, double: Container[Ref[object]] = ()) -> Letter:
    """The letter of a part, with its word; `double` are the deciders that share a call."""
    sign, word, _ = PARTS[part.field]
    if part.field == "decider" and part.ref in double:
        return Letter(sign, f"{word}, and so does another", "twice")
    return Letter(sign, f"{word} in some cases", "part") if part.some else Letter(sign, word)


def tile_of(flag: Flag) -> Tile:
    return Tile("2", "Double", "e") if flag.double else Tile("G", "Gap", "w")


def deciders(desk: Desk, right: DecisionRight) -> Line:
    """Who decides, for a cell of a table: one, or how many by case, or nobody."""
    every = calls(right)
    named = list(dict.fromkeys(ref for call in every for ref in call.refs("decider")))
    relative = list(dict.fromkeys(said for call in every if (said := relative_decider(call))))
    found: list[Line] = [*desk.names(named, right), *((said,) for said in relative)]
    if not found:
        return ("could not be read",) if any(call.has_decider for call in every) else (Quiet("nobody"),)
    if len(found) == 1:
        return found[0]
    if len(every) == 1:
        return joined(found)
    return (
        (*joined(found, "or"), Quiet(", by case"))
        if len(found) <= FEW
        else (f"{counted(len(found), 'party', 'parties')}, by case",)
    )


def by_case(desk: Desk, right: DecisionRight) -> Line:
    """Who decides, in a sentence: `CPO decides`, or `three parties decide, case by case`."""
    every = calls(right)
    who = deciders(desk, right)
    several = len(
        {ref for call in every for ref in call.refs("decider")} | {relative_decider(call) for call in every} - {""}
    )
    if several <= 1:
        return (*who, " decides")
    if several > FEW:
        return (f"{counted(several, 'party', 'parties')} decide, case by case",)
    return (*who[:-1], " decides") if len(every) > 1 else (*who, " decide")


def relative_decider(call: Call) -> str:
    """Who decides in relation to somebody, such as "the requester's manager", or ""."""
    said = call.speaker("decider").data.get("decider")
    relative = said.get("relative") if isinstance(said, dict) else None
    return relative if isinstance(relative, str) else ""


def question(desk: Desk, right: DecisionRight) -> Line:
    """A link to a right by its question."""
    return (desk.link(right, plain_question(right)),)


def plain_question(right: DecisionRight) -> str:
    """The question of a right without marks, else its name."""
    from coordlint.manual.prose import words

    return words(right.question or "") or right.title


def venues(desk: Desk, right: DecisionRight) -> Line:
    """Where a right is decided, for a cell of a table."""
    places = desk.book.seen(places_of(right))
    # Where a forum decides in its meeting, the meeting says it all.
    meant = {right.org.find(place.forum) for place in places if isinstance(place, Meeting)}
    found: list[Line] = [*desk.links(place for place in places if place not in meant)]
    if not found:
        found = [*_named(desk, right)]
    if any(call.asynchronous for call in calls(right)):
        found.append((Quiet("without a meeting"),))
    return joined(found, "or")


def _named(desk: Desk, right: DecisionRight) -> Iterator[Line]:
    for ref in dict.fromkeys(ref for call in calls(right) for ref in call.refs("decided_in")):
        yield desk.name(ref, right)


def limits(right: DecisionRight) -> str:
    """By when there is an answer: one time limit, or from the shortest to the longest of its cases."""
    said = [getattr(call.speaker("time_limit"), "time_limit", None) for call in calls(right)]
    found: list[Duration] = sorted(
        {limit for limit in said if limit is not None}, key=lambda limit: (limit.unit, limit.amount)
    )
    if len(found) < 2:
        return found[0].words if found else ""
    if len({limit.unit for limit in found}) == 1:
        return f"{found[0].amount} to {found[-1].words}, by case"
    return f"{listed([limit.words for limit in found], 'or')}, by case"


def answer(desk: Desk, right: DecisionRight) -> Line:
    """The sentence that answers the question of a right."""
    asked: Line = (desk.line(right.question, right), " ") if right.question else ()
    every = calls(right)
    if not any(call.has_decider for call in every):
        return (*asked, Strong("Nobody decides this yet."), " This is a gap in the layer, not in your request.")
    if len(every) > 1:
        named = list(right.inputs) if isinstance(right.inputs, dict) else []
        on = listed([input_name(name) for name in named]) or "the case"
        return (*asked, Strong(f"It depends on {on}:"), " ", *by_case(desk, right), ".")
    return (*asked, *_one_call(desk, right, every[0]))


def _one_call(desk: Desk, right: DecisionRight, call: Call) -> Iterator[Piece]:
    refs = call.refs("decider")
    names = [desk.name(ref, right) for ref in refs]
    relative = relative_decider(call)
    if relative:
        names = [(begin(relative),)]
    yield from joined([tuple(_strong(piece) for piece in name) for name in names])
    yield Strong(" decide" if len(names) > 1 else " decides")
    agrees = desk.names(call.refs("agrees"), right)
    if agrees:
        yield ", and "
        yield from joined([tuple(_strong(piece) for piece in name) for name in agrees])
        yield Strong(" must agree")
    yield "."
    limit = limits(right)
    if limit:
        yield f" You have an answer within {limit}."


def _strong(piece: Piece) -> Piece:
    if isinstance(piece, Link):
        return Strong(piece.text, piece.href)
    return Strong(piece) if type(piece) is str else piece
