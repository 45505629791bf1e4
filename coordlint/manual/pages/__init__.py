"""What the manual says: one module for each sort of page. A book in, pages out, all plain values."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.manual.book import Book
from coordlint.manual.page import Page
from coordlint.manual.pages import about, declaration, findings, home, lists, matrix
from coordlint.manual.pages.party import Parties
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Person


def every_page(book: Book) -> Iterator[Page]:
    """Every page of the manual, the first one first."""
    parties = Parties(book)
    yield home.page(book)
    if book.all(DecisionRight):
        yield matrix.page(book)
    for listing in lists.LISTINGS:
        if book.all(listing.kind) and (book.shows_people or listing.kind is not Person):
            yield lists.page(book, parties, listing)
    yield findings.page(book)
    yield about.page(book)
    for each in book.all(Declaration):
        if book.has_page(each):
            yield declaration.page(book.desks[1], parties, each)
