"""Decision rights in, the matrix out: calls by parties, a letter for each part, with gaps and doubles marked."""

from __future__ import annotations

from typing import NamedTuple

from coordlint.facts.parties import teams_of
from coordlint.manual import words
from coordlint.manual.book import MATRIX, Book, Desk
from coordlint.manual.page import Letter, Line, Link, Page, Paragraph, Quiet, Row, Section, Table, Tile
from coordlint.manual.pages.calls import (
    Flag,
    Part,
    by_case,
    deciders,
    doubled,
    flags_of,
    letter,
    limits,
    parts_of,
    plain_question,
    question,
    tile_of,
    venues,
)
from coordlint.manual.pages.tables import columns
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum, Person, Role, Team

# Wider than this, a matrix is no longer read across: then there is one for each area.
MOST_COLUMNS = 26
# From so many columns on, their heads stand upright.
UPRIGHT_FROM = 15

KEY = (
    Letter("D", "decides"),
    Letter("A", "must agree"),
    Letter("R", "recommends"),
    Letter("C", "is consulted"),
    Letter("I", "is informed"),
    Letter("P", "carries it out"),
    Letter("D", "in some cases", "part"),
    Letter("D", "two deciders for one call", "twice"),
)


class Column(NamedTuple):
    link: Link
    first: bool


class Group(NamedTuple):
    """The columns of a team, or of another sort of party."""

    link: Link
    span: int


class Note(NamedTuple):
    look: str
    tile: Tile
    word: str
    line: Line


class MatrixRow(NamedTuple):
    link: Link
    by: Line
    notes: tuple[Note, ...]
    parties: str
    flags: str
    cells: tuple[tuple[Letter, ...], ...]


class Matrix(NamedTuple):
    title: str
    anchor: str
    label: str
    caption: str
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    upright: bool


class Choice(NamedTuple):
    """A party that the matrix can be narrowed to."""

    key: str
    name: str


class More(NamedTuple):
    """What only the page of the matrix has."""

    key: tuple[Letter, ...]
    parties: tuple[Choice, ...]
    matrices: tuple[Matrix, ...]


class Told(NamedTuple):
    """A right with what the matrix shows of it."""

    right: DecisionRight
    parts: list[Part]
    flags: list[Flag]


def page(book: Book) -> Page:
    """The page of all decision rights."""
    desk = book.desks[0]
    every = [Told(right, parts_of(right), flags_of(book, right)) for right in book.active(DecisionRight)]
    seats = _seats(book, every)
    areas = {"": every} if len(seats) <= MOST_COLUMNS else _areas(book, every)
    matrices = tuple(
        _matrix(desk, area, f"area-{number}", told, seats)
        for number, (area, told) in enumerate(areas.items(), 1)
        if told
    )
    choices = tuple(
        Choice(key, name)
        for key, name in sorted(
            {(key, seat.name) for key, seat in seats.items()}, key=lambda pair: (pair[1].casefold(), pair[0])
        )
    )
    sections = [_as_list(desk, every)] if every else [_nothing()]
    others = [right for right in book.all(DecisionRight) if not book.org.is_active(right)]
    if others:
        sections.append(_not_in_force(desk, others))
    return Page(
        MATRIX, "Decision rights", (_answer(every),), tuple(sections), current="decision_rights",
        description="Who decides, agrees, recommends, is consulted, is informed and carries it out, call by call.",
        template="matrix.html.jinja" if every else "page.html.jinja", more=More(KEY, choices, matrices),
    )  # fmt: skip


def _answer(every: list[Told]) -> str:
    """What the matrix says, in a few sentences."""
    if not every:
        return "No call is written down yet."

    def begin(number: int) -> str:
        return words.begin(words.number_word(number, beside=len(every)))

    gaps = sum(any(not flag.double for flag in told.flags) for told in every)
    doubles = sum(any(flag.double for flag in told.flags) for told in every)
    clear = sum(not told.flags for told in every)
    said = [f"{words.begin(words.counted(len(every), 'call'))} {'is' if len(every) == 1 else 'are'} written down."]
    if not gaps and not doubles:
        return f"{said[0]} Each names who decides in every case that it lists."
    if clear:
        said.append(f"{begin(clear)} {words.agree(clear, 'names', 'name')} who decides in every case.")
    if gaps:
        have = words.agree(gaps, "has", "have")
        said.append(f"{begin(gaps)} {have} a gap: a call that nobody may make.")
    if doubles:
        said.append(f"{begin(doubles)} {'is' if doubles == 1 else 'are'} decided in two places.")
    return " ".join(said)


class Seat(NamedTuple):
    """A column: a party, or somebody outside, in the group that it stands in."""

    name: str
    party: Declaration | None
    group: Declaration | None
    sort: str


def _key(part: Part) -> str:
    return f"{part.party.kind}-{part.party.id}" if part.party is not None else f"ext-{part.ref.text}".replace(" ", "-")


def _seats(book: Book, every: list[Told]) -> dict[str, Seat]:
    """Every party that takes part in a call, by its key: grouped by team, teams in the order in which they come up."""
    found: dict[str, Seat] = {}
    for told in every:
        for part in told.parts:
            if part.party in book.screen.declarations or (part.party is None and not part.ref.external):
                continue
            found.setdefault(_key(part), _seat(book, part))
    order: dict[tuple[str, Declaration | None], int] = {}
    for seat in found.values():
        order.setdefault((seat.sort, seat.group), len(order))
    ranks = {"team": 0, "none": 1, "forum": 2, "teams": 3, "outside": 4}
    return dict(sorted(found.items(), key=lambda item: (ranks[item[1].sort], order[item[1].sort, item[1].group])))


def _seat(book: Book, part: Part) -> Seat:
    party = part.party
    if party is None:
        return Seat(part.ref.text.removeprefix("ext/"), None, None, "outside")
    if isinstance(party, Forum):
        return Seat(party.title, party, None, "forum")
    if isinstance(party, Team):
        return Seat(party.title, party, None, "teams")
    teams = book.seen(teams_of(party)) if isinstance(party, (Role, Person)) else []
    return Seat(party.title, party, teams[0], "team") if teams else Seat(party.title, party, None, "none")


REVERSIBLE = {"True": "yes", "False": "no"}
GROUP_NAMES = {"none": "Of no team", "forum": "Forums", "teams": "Teams", "outside": "Outside"}


def _areas(book: Book, every: list[Told]) -> dict[str, list[Told]]:
    """Calls by their area, else by the team of who decides; an area of its own for the rest."""
    found: dict[str, list[Told]] = {}
    rest: list[Told] = []
    for told in every:
        area = told.right.domain or _team_of_decider(book, told)
        (found.setdefault(area, []) if area else rest).append(told)
    return {
        **{area: found[area] for area in sorted(found, key=str.casefold)},
        **({"Other calls": rest} if rest else {}),
    }


def _team_of_decider(book: Book, told: Told) -> str:
    for part in told.parts:
        if part.field == "decider" and part.party is not None and part.party not in book.screen.declarations:
            teams = book.seen(teams_of(part.party))
            if teams:
                return teams[0].title if not isinstance(part.party, Forum) or len(teams) == 1 else part.party.title
    return ""


def _matrix(desk: Desk, title: str, anchor: str, told: list[Told], seats: dict[str, Seat]) -> Matrix:
    taking = {_key(part) for each in told for part in each.parts}
    shown = {key: seat for key, seat in seats.items() if key in taking}
    heads: list[Column] = []
    groups: list[Group] = []
    before: tuple[str, Declaration | None] | None = None
    for seat in shown.values():
        first = (seat.sort, seat.group) != before
        before = (seat.sort, seat.group)
        heads.append(Column(desk.link(seat.party) if seat.party is not None else Link(seat.name), first))
        if first:
            groups.append(
                Group(
                    desk.link(seat.group, seat.group.title)
                    if seat.group is not None
                    else Link(GROUP_NAMES.get(seat.sort, "")),
                    1,
                )
            )
        else:
            groups[-1] = groups[-1]._replace(span=groups[-1].span + 1)
    rows = tuple(_row(desk, each, list(shown)) for each in told)
    calls = words.counted(len(rows), "decision right")
    caption = (
        f"{words.begin(calls)} by {words.counted(len(heads), 'party', 'parties')}, grouped by team. "
        f"A blank cell means that the party has no part in the call."
    )
    label = f"{title}: decision rights by party" if title else "Decision rights by party"
    return Matrix(title, anchor, label, caption, tuple(groups), tuple(heads), rows, len(heads) >= UPRIGHT_FROM)


def _row(desk: Desk, told: Told, keys: list[str]) -> MatrixRow:
    double = any(flag.double for flag in told.flags)
    sharing = doubled(told.right, told.flags)
    cells: dict[str, list[Letter]] = {}
    for part in told.parts:
        cells.setdefault(_key(part), []).append(letter(part, sharing))
    flags = [*(["gap"] if any(not flag.double for flag in told.flags) else []), *(["double"] if double else [])]
    return MatrixRow(
        desk.link(told.right, plain_question(told.right)),
        by_case(desk, told.right),
        tuple(
            Note("dbl" if flag.double else "gap", tile_of(flag), "Double" if flag.double else "Gap", flag.line)
            for flag in told.flags
        ),
        " ".join(key for key in keys if key in cells),
        " ".join(flags) or "clear",
        tuple(tuple(cells.get(key, ())) for key in keys),
    )


def _as_list(desk: Desk, every: list[Told]) -> Section:
    rows = tuple(
        Row(
            (
                question(desk, told.right),
                deciders(desk, told.right),
                venues(desk, told.right) or (Quiet("no meeting"),),
                (limits(told.right) or Quiet("none"),),
                (REVERSIBLE.get(str(told.right.data.get("reversible"))) or Quiet("not said"),),
            )
        )
        for told in every
    )
    heads = columns("Call", "Decides", "Where", "Time limit", "Can be undone")
    table = Table("Decision rights as a list", ("In the order of their ids.",), heads, rows, filter=len(rows) >= 12)
    return Section("list", "The same as a list", (table,))


def _not_in_force(desk: Desk, rights: list[DecisionRight]) -> Section:
    rows = tuple(Row((question(desk, right), deciders(desk, right), (right.status,))) for right in rights)
    table = Table(
        "Decision rights not in force",
        ("Proposed, paused, ended, or with another day.",),
        columns("Call", "Decides", "Status"),
        rows,
    )
    return Section("others", "Not in force", (table,))


def _nothing() -> Section:
    return Section(
        "none", "Nothing yet", (Paragraph(("A decision right says who makes a call, and where.",)),), quiet=True
    )
