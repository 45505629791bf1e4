"""What a page says, as plain values: words, links, questions with answers, tables. How it looks is for templates.

Every block has a `shape`, by which a template knows it. A line is a tuple of parts, each a text, safe HTML from
`prose`, or one of the small values here.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from coordlint.manual.links import Link as Link
from coordlint.manual.links import Source as Source


class Code(NamedTuple):
    """A name as it is written in a file."""

    code: str

    @property
    def piece(self) -> str:
        return "code"


class Strong(NamedTuple):
    """Words that carry the sentence; they may lead somewhere."""

    strong: str
    to: str = ""

    @property
    def piece(self) -> str:
        return "strong"


class Quiet(NamedTuple):
    """Words that stand back."""

    quiet: str

    @property
    def piece(self) -> str:
        return "quiet"


class Missing(NamedTuple):
    """A name that leads nowhere, and why."""

    missing: str
    why: str

    @property
    def piece(self) -> str:
        return "missing"


class Letter(NamedTuple):
    """A part that somebody has in a call: `D A R C I P`. `look` is full, part (in some cases) or twice."""

    letter: str
    word: str
    look: str = "full"

    @property
    def piece(self) -> str:
        return "letter"


class Tile(NamedTuple):
    """A mark of a finding: E, W, I, a dash for what is accepted, G for a gap and 2 for a double."""

    tile: str
    word: str
    look: str

    @property
    def piece(self) -> str:
        return "tile"


Piece: TypeAlias = str | Markup | Link | Source | Code | Strong | Quiet | Missing | Letter | Tile
Line: TypeAlias = tuple[Piece, ...]


class Answer(NamedTuple):
    """An answer to a question: a line, or a text of several paragraphs. `look` is "", who or small."""

    line: Line = ()
    text: Markup = Markup()
    look: str = ""


class Fact(NamedTuple):
    """A question in plain words, with its answers."""

    question: str
    answers: tuple[Answer, ...]


class Facts(NamedTuple):
    facts: tuple[Fact, ...]

    @property
    def shape(self) -> str:
        return "facts"


class Column(NamedTuple):
    head: str
    number: bool = False


class Row(NamedTuple):
    """A row of a table: its first cell names it."""

    cells: tuple[Line, ...]
    anchor: str = ""


class Table(NamedTuple):
    """A table. `label` names its region where it scrolls; `filter` offers to search its rows."""

    label: str
    caption: Line
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    broad: bool = True
    filter: bool = False
    look: str = ""
    head_cell: int = 0

    @property
    def shape(self) -> str:
        return "table"


class Bullets(NamedTuple):
    """Lines below each other; `look` is "", entry (in columns), or plain."""

    lines: tuple[Line, ...]
    look: str = ""

    @property
    def shape(self) -> str:
        return "bullets"


class Said(NamedTuple):
    """A finding: what is so, what would settle it, and where."""

    tile: Tile
    said: Line
    about: Line = ()
    tip: Line = ()
    rule: str = ""
    where: Source | None = None
    related: tuple[Line, ...] = ()
    waiver: Line = ()


class Findings(NamedTuple):
    findings: tuple[Said, ...]

    @property
    def shape(self) -> str:
        return "findings"


class Happened(NamedTuple):
    when: str
    machine: str
    line: Line


class Log(NamedTuple):
    entries: tuple[Happened, ...]

    @property
    def shape(self) -> str:
        return "log"


class Text(NamedTuple):
    text: Markup

    @property
    def shape(self) -> str:
        return "text"


class Paragraph(NamedTuple):
    line: Line
    look: str = ""

    @property
    def shape(self) -> str:
        return "paragraph"


Block: TypeAlias = Facts | Table | Bullets | Findings | Log | Text | Paragraph


class Section(NamedTuple):
    """A part of a page. A quiet one has its heading for readers who cannot see it only."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    lede: Line = ()
    quiet: bool = False


class Page(NamedTuple):
    """A page: what stands above, and its sections. `template` fills it; `more` is what only that template knows."""

    address: str
    title: str
    answer: Line = ()
    sections: tuple[Section, ...] = ()
    crumbs: tuple[Link, ...] = ()
    notes: tuple[Line, ...] = ()
    acts: tuple[Line, ...] = ()
    alert: Line = ()
    description: str = ""
    current: str = ""
    contents: bool = False
    template: str = "page.html.jinja"
    more: object = None


class Tab(NamedTuple):
    """A way through the manual that stands on every page."""

    key: str
    text: str
    address: str


class Frame(NamedTuple):
    """What all pages share."""

    organisation: str
    title: str
    lang: str
    direction: str
    tabs: tuple[Tab, ...]
    about: str
    as_of: str
    files: str
    owner: tuple[str, str]
    banner: str
    findings: str
