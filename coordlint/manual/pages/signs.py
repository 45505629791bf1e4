"""A Run in; the six signs as a page tells them: how much tells of each, and of which declarations."""

from __future__ import annotations

from coordlint.answers.signs import Answer, Named, State, Told, signs
from coordlint.manual.book import Book, Desk, joined
from coordlint.manual.page import Line, Piece, Quiet, Row, Section, Table
from coordlint.manual.pages.tables import columns
from coordlint.model.base import Declaration
from coordlint.model.kinds import KINDS

MOST_NAMED = 8
_NOTHING = {
    State.NONE: "Nothing found.",
    State.NO_EVIDENCE: "Nothing is written down from which it could be told.",
    State.NOT_JUDGED: "Not judged: parts could not be read.",
}
_HOW = "What tells of wear in how an organisation coordinates. Each finding is in one sign at most."


def section(desk: Desk) -> list[Section]:
    """The signs with where they show; no section where no rule was asked."""
    book = desk.book
    asked = [each for each in _answers(book) if len(each.off) < len(each.sign.rules)]
    if not asked:
        return []
    rows = tuple(_row(desk, each) for each in asked)
    table = Table("Signs of wear", (_HOW,), columns("Sign", "Where it shows", "Open", numbers=(2,)), rows, broad=False)
    return [Section("signs", "Signs of wear", (table,))]


def _answers(book: Book) -> list[Answer]:
    """The answers as far as they may be shown."""
    shown = book.run._replace(findings=tuple(book.findings), waived=tuple(book.waived))
    return [_may_be_shown(book, each) for each in signs(shown)]


def _may_be_shown(book: Book, answer: Answer) -> Answer:
    """An answer without what findings explain of that which may not be shown."""
    if book.screen.is_open:
        return answer
    kept, waived = _seen(book, answer.declarations), _seen(book, answer.waived)
    state = State.NONE if answer.declarations and not kept else answer.state
    return answer._replace(declarations=kept, waived=waived, state=state)


def _seen(book: Book, every: tuple[Named, ...]) -> tuple[Named, ...]:
    """What is told of each without what is hidden, and only those of which anything is left."""
    told = [tuple(each for each in named.told if not (each.caused and _is_hidden(book, each))) for named in every]
    return tuple(named._replace(told=left) for named, left in zip(every, told, strict=True) if left)


def _is_hidden(book: Book, told: Told) -> bool:
    return book.screen.hides_finding(told.finding._replace(message=told.message, span=told.span))


def _row(desk: Desk, answer: Answer) -> Row:
    sign = answer.sign
    accepted = answer.total_waived
    if answer.state is not State.FOUND:
        also = f" {accepted:,} accepted." if accepted else ""
        where: Line = (Quiet(_NOTHING[answer.state] + also),)
    else:
        named = [_named(desk, each) for each in answer.declarations]
        more: list[Line] = [(f"{len(named) - MOST_NAMED:,} more",)] if len(named) > MOST_NAMED else []
        where = joined([*named[:MOST_NAMED], *more])
        where = (*where, Quiet(f"; {accepted:,} accepted")) if accepted else where
    return Row(((sign.name,), where, (f"{answer.total:,}",)))


def _named(desk: Desk, named: Named) -> Line:
    """A declaration by a link, and what causes the trouble where that lies elsewhere."""
    declaration = _declaration(desk.book, named.kind, named.id)
    said: Line = (desk.link(declaration) if declaration is not None else named.label,)
    causes: dict[Declaration, Piece] = {}
    for each in named.told:
        cause = _declaration(desk.book, each.finding.kind, each.finding.id) if each.caused else None
        if cause is not None and cause is not declaration:
            causes.setdefault(cause, desk.link(cause))
    return (*said, " (because of ", *joined([(link,) for link in causes.values()]), ")") if causes else said


def _declaration(book: Book, kind: str, id: str) -> Declaration | None:
    return book.org.get(KINDS[kind], id) if kind in KINDS and id else None
