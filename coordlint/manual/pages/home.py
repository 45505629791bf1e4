"""A Run in, the first page out: what this organisation is, who owns how it coordinates, and where to start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from coordlint.facts.lifetimes import review_due
from coordlint.facts.ownership import answers_for
from coordlint.facts.superiors import superior_of
from coordlint.finding import Severity
from coordlint.manual import words
from coordlint.manual.book import FINDINGS, MATRIX, Book, Desk, joined
from coordlint.manual.links import INDEX, list_of
from coordlint.manual.page import (
    Bullets,
    Line,
    Link,
    Page,
    Paragraph,
    Piece,
    Quiet,
    Row,
    Said,
    Section,
    Strong,
    Table,
    Tile,
)
from coordlint.manual.pages import findings
from coordlint.manual.pages.tables import columns
from coordlint.model.base import Declaration
from coordlint.model.kinds import (
    ContextLine,
    DecisionRight,
    Escalation,
    Forum,
    Handoff,
    Initiative,
    Meeting,
    Person,
    Record,
    Role,
    Scenario,
    Team,
    Term,
)

# Reviews that fall due within so many days are told.
SOON = timedelta(days=30)
MOST_REVIEWS = 12
MOST_TILES = 8
MOST_STARTS = 90
MOST_ERRORS = 5
KINDS: tuple[type[Declaration], ...] = (
    Person, Role, Team, Forum, Meeting, DecisionRight, Handoff, Escalation, ContextLine, Initiative, Record, Term,
    Scenario,
)  # fmt: skip


class Way(NamedTuple):
    """A way into the manual: a question, and how much stands behind it."""

    number: str
    line: Line


class Family(NamedTuple):
    link: Link
    tiles: tuple[Tile, ...]
    more: str
    words: str
    number: str


class Ask(NamedTuple):
    title: str


class More(NamedTuple):
    """What only the first page has."""

    ask: Ask
    ways: tuple[Way, ...]
    first: tuple[Said, ...]
    more_errors: Link
    families: tuple[Family, ...]
    found: str
    clear: str
    start: str
    starts: tuple[tuple[Section, ...], ...]


def page(book: Book) -> Page:
    """The first page."""
    desk = book.desks[0]
    starts = _starts(desk)
    more = More(
        Ask("What you may want to know"), _ways(desk), *_errors(desk), _families(desk), _found(book), _clear(book),
        _start_title(starts), starts,
    )  # fmt: skip
    sections = [*_reviews(desk), _written_down(desk)]
    return Page(
        INDEX, f"How {book.organisation} works", _answer(desk), tuple(sections), current="home",
        description=f"How {book.organisation} works: who decides what, where, and how work passes between teams.",
        template="home.html.jinja", more=more,
    )  # fmt: skip


def _answer(desk: Desk) -> Line:
    house = desk.book.house
    said: list[Piece] = [desk.line(house.description, house), " "] if house.description else []
    said += [
        "This manual says who decides what, where trade-offs are settled, ",
        "and how work passes from one team to the next. ",
    ]
    if house.layer_owner is None:
        return (*said, "Nobody is named yet who owns it.")
    owner = desk.name(house.layer_owner, house)
    named = [Strong(piece.text, piece.href) if isinstance(piece, Link) else piece for piece in owner]
    return (*said, *named, " owns it, end to end.")


def _ways(desk: Desk) -> tuple[Way, ...]:
    book = desk.book
    rights = book.active(DecisionRight)
    found = [
        (
            DecisionRight,
            "Who decides this?",
            f"{words.counted(len(rights), 'call')} with who decides, agrees and is told.",
        ),
        (
            Meeting,
            "When do we meet, and what for?",
            "Each meeting with its purpose, who is expected and what it decides.",
        ),
        (Handoff, "Who owes what to whom?", "Each hand-off with how long it may take, and what may be refused."),
        (Escalation, "Where does it go when it stalls?", "Each path step by step, with the time that each step has."),
        (Forum, "Where are trade-offs settled?", "The standing bodies, with who chairs and who decides."),
        (Term, "What does this word mean here?", "Definitions, and where a word means something else."),
    ]
    ways = []
    for kind, asked, told in found:
        count = len(book.active(kind))
        if count or book.all(kind):
            ways.append(Way(f"{count:,}", (desk.to(list_of(kind.collection), asked), " ", words.begin(told))))
    return tuple(ways)


def _errors(desk: Desk) -> tuple[tuple[Said, ...], Link]:
    """The errors to begin with, each with a link to what it is about; and a link to the rest of them, if any."""
    errors = [finding for finding in desk.book.findings if finding.severity is Severity.ERROR]
    first = tuple(findings.in_short(desk, finding) for finding in errors[:MOST_ERRORS])
    if len(errors) <= MOST_ERRORS:
        return first, Link("")
    return first, desk.to(FINDINGS, f"All {len(errors):,} errors")


def _families(desk: Desk) -> tuple[Family, ...]:
    rows = []
    for family, found in findings.families(desk.book).items():
        tiles = tuple(findings.TILES[finding.severity] for finding in found[:MOST_TILES])
        more = f"+{len(found) - MOST_TILES:,}" if len(found) > MOST_TILES else ""
        link = desk.to(f"{FINDINGS}#{family}", findings.family_title(family))
        rows.append(Family(link, tiles, more, findings.weights(found), f"{len(found):,}"))
    return tuple(sorted(rows, key=lambda row: -int(row.number.replace(",", ""))))


def _found(book: Book) -> str:
    if not book.findings:
        return findings.nothing(book)
    count = {severity: sum(finding.severity is severity for finding in book.findings) for severity in Severity}
    named = ((Severity.ERROR, "error", "E"), (Severity.WARNING, "warning", "W"), (Severity.INFO, "note", "I"))
    said = [
        f"{count[severity]:,} {name}{'s' * (count[severity] != 1)} ({sign})"
        for severity, name, sign in named
        if count[severity]
    ]
    return f"{len(book.findings):,} open: {', '.join(said)}."


def _clear(book: Book) -> str:
    """The families in which nothing was found."""
    found = set(findings.families(book))
    # What is said of files and of the tool is no news where it is not said.
    asked = {name.partition("/")[0] for name in book.run.rules} - {"yaml", "shape", "coordlint", "waiver"}
    silent = [title.casefold() for family, title in words.FAMILIES.items() if family in asked - found]
    return f"Nothing found in {words.listed(silent)}." if found and silent else ""


def _starts(desk: Desk) -> tuple[tuple[Section, ...], ...]:
    """Where to start: from one's role, or person where roles are not declared, and from one's forum or team."""
    who = [part for kind in (Role, Person) for part in _start(desk, kind)][:1]
    where = [part for kind in (Forum, Team) for part in _start(desk, kind)]
    return tuple(tuple(parts) for parts in (who, where) if parts)


def _start_title(starts: tuple[tuple[Section, ...], ...]) -> str:
    """`Start from your role, forum or team`, as far as there are any."""
    kinds = [part.anchor.removeprefix("start-") for parts in starts for part in parts]
    return f"Start from your {words.listed([words.KINDS[kind].one for kind in kinds], 'or')}" if kinds else ""


def _start(desk: Desk, kind: type[Declaration]) -> list[Section]:
    book = desk.book
    named = sorted(
        (each for each in book.active(kind) if book.has_page(each)), key=lambda each: (each.title.casefold(), each.id)
    )
    if not named:
        return []
    lines: list[Line] = [(desk.link(each, each.title),) for each in named[:MOST_STARTS]]
    if len(named) > MOST_STARTS:
        lines.append((desk.to(list_of(kind.collection), f"All {len(named):,} {words.KINDS[kind.kind].many}"),))
    return [Section(f"start-{kind.kind}", words.KINDS[kind.kind].page, (Bullets(tuple(lines), "entry"),))]


class Due(NamedTuple):
    """Something that falls due: a review, a status, or the end."""

    when: date
    declaration: Declaration
    what: str


def _reviews(desk: Desk) -> list[Section]:
    book = desk.book
    due = sorted(_due(book), key=lambda each: (each.when, each.declaration.kind, each.declaration.id))
    if not due:
        return []
    rows = []
    for each in due[:MOST_REVIEWS]:
        owner = answers_for(each.declaration)
        party = owner.party if owner is not None else superior_of(each.declaration)
        late: Line = (Tile("W", "Warning", "w"), " ") if each.when < book.org.as_of else ()
        rows.append(
            Row(
                (
                    (desk.link(each.declaration),),
                    (each.what,),
                    (desk.link(party),) if party is not None else (Quiet("nobody"),),
                    (*late, words.day(each.when), Quiet(f", {words.days_between(each.when, book.org.as_of)}")),
                )
            )
        )
    caption = "In the next 30 days, and those past their day."
    if len(due) > MOST_REVIEWS:
        caption = f"The first {MOST_REVIEWS} of {len(due):,} in the next 30 days, and past their day."
    heads = columns("What", "Why", "Who looks again", "Due", numbers=(3,))
    return [Section("reviews", "Falling due", (Table("Falling due", (caption,), heads, tuple(rows)),))]


def _due(book: Book) -> list[Due]:
    """What comes to its day soon, or is past it: of what is paused or past its last day too, until it has ended."""
    found = []
    for each in book.all(Declaration):
        if not each.id or each.says("replaced_by") or each.status == "ended":
            continue
        for when, what in _days(book, each):
            if when is not None and when <= book.org.as_of + SOON:
                found.append(Due(when, each, what))
    return found


def _days(book: Book, each: Declaration) -> Iterator[tuple[date | None, str]]:
    """The days on which somebody has to say how a declaration goes on, and what is to be said."""
    due = review_due(each) if book.org.is_active(each) else None
    yield due[1] if due is not None else None, "to be looked at again"
    is_over = each.until is not None and each.until < book.org.as_of
    if not is_over and each.status != "active":
        yield each.status_until, "its status ends"
    if each.status in ("active", "trial"):
        yield each.until, "it was to end" if is_over else "it ends"


def _written_down(desk: Desk) -> Section:
    """How much of each kind is written down."""
    book = desk.book
    counts: list[Line] = []
    for kind in KINDS:
        number = len(book.all(kind))
        if number and not (kind is Person and not book.shows_people):
            name = words.KINDS[kind.kind]
            address = MATRIX if kind is DecisionRight else list_of(kind.collection)
            counts.append((desk.to(address, f"{number:,} {name.one if number == 1 else name.many}"),))
    line = (*joined(counts), ".") if counts else ("Nothing yet.",)
    reviewable = [
        each
        for each in book.active(Declaration)
        if each.kind in ("meeting", "forum", "decision-right", "handoff", "escalation")
    ]
    dated = sum(each.review_by is not None or each.review_every is not None for each in reviewable)
    of = f"{dated:,} of the {len(reviewable):,} meetings, forums, decision rights, hand-offs and escalation paths"
    blocks = [Paragraph(line)]
    if reviewable:
        blocks.append(Paragraph((f"{of} say when somebody looks at them again.",), "quiet"))
    return Section("written", "What is written down", tuple(blocks))
