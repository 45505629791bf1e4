"""A Run in, out what every page asks of it: links, prose, places in files, findings and uses of each declaration.

A `Book` knows the Org and what of it may be shown. A `Desk` writes for pages at one depth, for a link from a page in a
folder leads up first; there are only two depths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup

from coordlint.facts.ownership import answers_for
from coordlint.facts.references import Use, uses_of
from coordlint.facts.terms import meant, spelling, words_for
from coordlint.finding import Finding, Place, Span
from coordlint.lint import Run
from coordlint.manual import prose, words
from coordlint.manual.links import Link, Source, Sources, list_of, named, outside, page_of
from coordlint.manual.page import Code, Line, Missing, Piece
from coordlint.manual.prose import Resolve
from coordlint.manual.restricted import Screen
from coordlint.model.base import ANY, Declaration, Ref
from coordlint.model.kinds import Meeting, Person, Term
from coordlint.model.org import Miss, Org

Locate = Callable[[Place], Span]
D = TypeVar("D", bound=Declaration)

ABOUT = "about.html"
FINDINGS = "findings.html"
MATRIX = "decision-rights.html"
_WHY = {
    Miss.UNRESOLVED: "nothing bears this name",
    Miss.WRONG_KIND: "this names something else",
    Miss.AMBIGUOUS: "several things bear this name",
}


class Book:
    """What is known and may be shown. `locate` says where a place stands; without it, lines are left out."""

    def __init__(self, run: Run, locate: Locate | None = None, reader: Declaration | None = None) -> None:
        org = run.org
        self.run = run
        self.org: Org = org
        self.house = org.house
        self.screen = Screen(org, reader)
        self.findings = [each for each in run.findings if not self.screen.hides_finding(each)]
        self.waived = [each for each in run.waived if not self.screen.hides_finding(each)]
        self.sources = Sources(str(self.house.data.get("source_url") or ""))
        manual = self.house.data.get("manual")
        self.settings = manual if isinstance(manual, dict) else {}
        self._locate = locate
        self._found: dict[tuple[str, str], list[Finding]] = {}
        for finding in (*self.findings, *self.waived):
            self._found.setdefault((finding.kind, finding.id), []).append(finding)
        self._owned: dict[Declaration, list[Declaration]] | None = None
        self.short_when: dict[Meeting, str] = {}  # remembered, for every page of somebody expected there says it
        self._terms: dict[str, list[Term]] = {}
        for term in self.all(Term):
            for word in words_for(term):
                self._terms.setdefault(word, []).append(term)
        kinds: dict[str, set[str]] = {}
        for each in self.all(Declaration):
            if each.kind in ANY:
                kinds.setdefault(each.title.casefold(), set()).add(each.kind)
        self._shared_names = {name for name, found in kinds.items() if len(found) > 1}
        self.desks = (Desk(self, ""), Desk(self, "../"))

    @property
    def organisation(self) -> str:
        return str(self.house.data.get("organisation") or "This organisation")

    @property
    def title(self) -> str:
        return str(self.settings.get("title") or "How we work")

    @property
    def shows_people(self) -> bool:
        """Whether every person has a page."""
        return self.settings.get("person_pages") is not False

    def all(self, kind: type[D]) -> list[D]:
        """Every declaration of a kind that may be shown."""
        return self.seen(self.org.all(kind))

    def active(self, kind: type[D]) -> list[D]:
        """Those of a kind that are in force and may be shown."""
        return self.seen(self.org.active(kind))

    def seen(self, declarations: Iterable[D]) -> list[D]:
        return self.screen.seen(declarations)  # type: ignore[return-value]

    def name_of(self, declaration: Declaration) -> str:
        """What a declaration is called among others: by its name, and by its kind too where another kind bears it."""
        title = declaration.title
        if title.casefold() not in self._shared_names or declaration.kind not in words.KINDS:
            return title
        return f"{title} ({words.KINDS[declaration.kind].one})"

    def has_page(self, declaration: Declaration) -> bool:
        """Whether a declaration has a page of its own."""
        if declaration in self.screen.declarations or not declaration.id:
            return False
        return declaration.kind in ANY and (self.shows_people or not isinstance(declaration, Person))

    def address(self, declaration: Declaration) -> str:
        """Where a declaration can be read, from the manual's root; "" where it cannot."""
        if self.has_page(declaration):
            return page_of(declaration.kind, declaration.id)
        if declaration in self.screen.declarations:
            return ""
        if declaration.kind in ("calendar", "period"):
            return f"{ABOUT}#{anchor_of(declaration)}"
        if declaration.kind == "scenario":
            return f"{list_of(declaration.collection)}#{anchor_of(declaration)}"
        return ABOUT if declaration.kind == "organisation" else ""

    def findings_on(self, declaration: Declaration) -> list[Finding]:
        """The findings that have their place in a declaration, without those that are accepted."""
        return [each for each in self._found_on(declaration) if each.accepted is None]

    def waived_on(self, declaration: Declaration) -> list[Finding]:
        """The accepted findings that have their place in a declaration."""
        return [each for each in self._found_on(declaration) if each.accepted is not None]

    def _found_on(self, declaration: Declaration) -> list[Finding]:
        return self._found.get((declaration.kind, declaration.id), []) if declaration.id else []

    def uses(self, declaration: Declaration) -> list[Use]:
        """Where a declaration is named, in what may be shown."""
        every = uses_of(self.org, declaration)
        return [use for use in every if use.user not in self.screen.declarations and use.user is not declaration]

    def owned_by(self, party: Declaration) -> list[Declaration]:
        """What a party answers for, by its own word or by the line that leads to it."""
        if self._owned is None:
            self._owned = {}
            for each in self.active(Declaration):
                owner = answers_for(each) if each.kind in ANY and each.id else None
                if owner is not None and owner.party is not None:
                    self._owned.setdefault(owner.party, []).append(each)
        return self._owned.get(party, [])

    def where(self, place: Place) -> Source:
        """A place in a file, by its line where that is known."""
        if self._locate is None:
            return self.sources.place(place.path)
        return self.sources.place(place.path, self._locate(place).line)

    def term(self, name: str, around: Declaration) -> Term | None:
        """What a word means where a declaration uses it: the nearest `within` wins, then what holds everywhere."""
        return meant(self._terms.get(spelling(name), []), around)


def anchor_of(declaration: Declaration) -> str:
    """The mark of a declaration on a page that it shares with others."""
    return page_of(declaration.kind, declaration.id).removesuffix(".html").replace("/", "-")


class Desk:
    """Writes links and prose for pages from which `up` leads to the manual's root."""

    def __init__(self, book: Book, up: str) -> None:
        self.book = book
        self.up = up
        self._links: dict[Declaration, Link] = {}
        self._prose: dict[tuple[str, bool, Declaration | None], Markup] = {}

    def link(self, declaration: Declaration, text: str = "") -> Link:
        """A link to a declaration, by its name; by other words where they are given.

        Its title is enough where the place says of which kind it is.
        """
        known = self._links.get(declaration)
        if known is None:
            book = self.book
            address = book.address(declaration)
            hidden = declaration in book.screen.declarations
            known = Link("restricted" if hidden else book.name_of(declaration), self.up + address if address else "")
            self._links[declaration] = known
        return known._replace(text=text) if text and declaration not in self.book.screen.declarations else known

    def links(self, declarations: Iterable[Declaration]) -> list[Line]:
        return [(self.link(each),) for each in declarations]

    def to(self, address: str, text: str) -> Link:
        """A link to a page of the manual."""
        return Link(text, self.up + address)

    def name(self, ref: Ref[object], around: Declaration, *, told: bool = False) -> Line:
        """What a reference says: a link to what it names, or the text that stands there.

        `told` says that the place says already of which kind it is.
        """
        found = self.book.org.resolve(ref)
        if isinstance(found, Declaration):
            return (self.link(found, found.title if told else ""),)
        if found is not Miss.OUTSIDE:
            return ("restricted",) if self.book.screen.hides_name(ref) else (Missing(ref.text, _WHY[found]),)
        if ref.external:
            return (ref.text.removeprefix("ext/"),)
        return self.place(ref.text) or (self.line(ref.text, around),)

    def names(self, refs: Iterable[Ref[object]], around: Declaration, *, told: bool = False) -> list[Line]:
        return [self.name(ref, around, told=told) for ref in refs]

    def place(self, text: str) -> Line:
        """A link or a path as a link; () where a text is neither."""
        if outside(text):
            return (Link(text.removeprefix("https://").removeprefix("mailto:"), text),)
        if self.book.screen.hides_path(text):
            return ("restricted",)
        if text.startswith("./") and not any(letter.isspace() for letter in text):
            return (self.book.sources.place(text.removeprefix("./")),)
        return ()

    def prose(self, text: str, around: Declaration) -> Markup:
        """A text of several paragraphs, as safe HTML."""
        return self._written(text, around, prose.block, False)

    def line(self, text: str, around: Declaration) -> Markup:
        """A text as part of a line, as safe HTML."""
        return self._written(text, around, prose.line, True)

    def _written(self, text: str, around: Declaration, write: Callable[[str, Resolve], Markup], inline: bool) -> Markup:
        # What a word means, and where a name leads, depends on who says it; most texts hold neither.
        key = (text, inline, around if "{{" in text else None)
        known = self._prose.get(key)
        if known is None:
            known = self._prose[key] = write(text, Resolve(lambda name: self._term(name, around), self._page))
        return known

    def _term(self, name: str, around: Declaration) -> Link | None:
        term = self.book.term(name, around)
        if term is None or term is around:
            return None
        return self.link(term)._replace(title=prose.words(term.means or ""))

    def _page(self, href: str) -> Link | None:
        from coordlint.model.kinds import KINDS

        found = named(href)
        kind = KINDS.get(found[0]) if found else None
        declaration = self.book.org.get(kind, found[1]) if kind and found else None
        page = self.link(declaration) if declaration is not None else None
        return page if page is not None and page.href else None


def joined(lines: Sequence[Line], last: str = "and", between: str = ",") -> Line:
    """Lines as one line: `a, b and c`."""
    pieces: list[Piece] = []
    for index, each in enumerate(lines):
        if index:
            pieces.append(f" {last} " if index == len(lines) - 1 and last else f"{between} ")
        pieces += each
    return tuple(pieces)


def ticked(message: str) -> Line:
    """A message with its `ticks` as names."""
    parts = words.sentence(message).split("`")
    return tuple(Code(part) if index % 2 else part for index, part in enumerate(parts) if part)
