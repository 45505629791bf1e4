"""A Run in, the operating manual out: every page as bytes by its path. Nothing here reads a user's file, or writes one.

`pages` says what stands on each page, in plain values; `templates` and `assets` say how it looks. `book` is what all
pages ask of the Org; `prose` turns texts into safe HTML; `manifest` plans what becomes of a folder that is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordlint.finding import Place, Span
    from coordlint.lint import Run
    from coordlint.manual.book import Book
    from coordlint.manual.page import Frame, Tab
    from coordlint.model.base import Declaration

# Languages that are written from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def render(
    run: Run, *, locate: Callable[[Place], Span] | None = None, reader: str = "", lang: str = "en"
) -> dict[str, bytes]:
    """The manual of an organisation: path from its root -> content. The same Run gives the same bytes.

    `locate` says where a place stands in a file; without it, pages name files and not lines. `reader` is the id of the
    party that it is made for: without one, what not everybody may see is left out. Raises UsageError where nobody bears
    that id.
    """
    from coordlint.manual.book import Book
    from coordlint.manual.fill import assets, fill
    from coordlint.manual.pages import every_page

    book = Book(run, locate, _reader(run, reader))
    frame = _frame(book, lang)
    pages = {page.address: fill(page, frame) for page in every_page(book)}
    return {**pages, **assets()}


def _reader(run: Run, name: str) -> Declaration | None:
    from coordlint.finding import UsageError
    from coordlint.model.base import PARTY, Ref
    from coordlint.model.org import Miss

    if not name:
        return None
    found = run.org.resolve(Ref(name, PARTY))
    if isinstance(found, Miss):
        raise UsageError(f"no role, person, team or forum is called `{name}`")
    return found


def _frame(book: Book, lang: str) -> Frame:
    from coordlint.manual import words
    from coordlint.manual.book import ABOUT
    from coordlint.manual.page import Frame

    owner = book.org.find(book.house.layer_owner)
    named = (
        (owner.title, book.address(owner)) if owner is not None and owner not in book.screen.declarations else ("", "")
    )
    return Frame(
        organisation=book.organisation,
        title=book.title,
        lang=lang,
        direction="rtl" if lang.partition("-")[0].casefold() in RIGHT_TO_LEFT else "",
        tabs=tuple(_tabs(book)),
        about=ABOUT,
        as_of=words.full_day(book.org.as_of),
        files=words.counted(book.run.files, "file"),
        owner=named,
        banner=_banner(book),
        findings=f"{ABOUT}#unshown",
    )


def _tabs(book: Book) -> list[Tab]:
    from coordlint.manual.book import FINDINGS
    from coordlint.manual.links import INDEX, list_of
    from coordlint.manual.page import Tab
    from coordlint.model.kinds import (
        DecisionRight,
        Forum,
        Handoff,
        Initiative,
        Meeting,
        Person,
        Record,
        Role,
        Team,
        Term,
    )

    kinds = {
        DecisionRight: "Decision rights", Forum: "Forums", Meeting: "Meetings", Handoff: "Hand-offs", Role: "Roles",
        Team: "Teams", Initiative: "Initiatives", Record: "Records", Term: "Vocabulary",
    }  # fmt: skip
    tabs = [Tab("home", "Home", INDEX)]
    tabs += [Tab(kind.collection, text, list_of(kind.collection)) for kind, text in kinds.items() if book.all(kind)]
    if not book.all(Role) and book.all(Person) and book.shows_people:
        tabs.append(Tab("people", "People", list_of("people")))
    return [*tabs, Tab("findings", "Findings", FINDINGS)]


def _banner(book: Book) -> str:
    """What of the organisation could not be shown, counted; "" where everything was."""
    from coordlint.manual import words

    files = len([path for path in book.org.unread if not book.screen.hides_file(path)])
    parts = len(book.seen(book.org.refused))
    seconds = len([second for _, second in book.org.duplicates if second not in book.screen.declarations])
    said = []
    if files:
        said.append(f"{words.counted(files, 'file')} could not be read")
    if parts:
        said.append(f"{words.counted(parts, 'declaration')} {words.agree(parts, 'is', 'are')} shown in part")
    if seconds:
        bear, are = words.agree(seconds, "bears", "bear"), words.agree(seconds, "is", "are")
        said.append(f"{words.counted(seconds, 'declaration')} {bear} a name that is taken, and {are} not shown")
    return f"This manual is not whole: {words.listed(said)}." if said else ""
