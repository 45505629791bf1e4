"""Findings in; how a page tells them, on the declaration that they are about and all together by family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from coordlint.finding import Accepted, Finding, Severity
from coordlint.manual import words
from coordlint.manual.book import FINDINGS, Book, Desk, ticked
from coordlint.manual.page import Findings, Line, Page, Paragraph, Row, Said, Section, Table, Tile
from coordlint.manual.pages import signs
from coordlint.manual.pages.tables import columns
from coordlint.model.base import Declaration
from coordlint.model.kinds import KINDS

TILES = {
    Severity.ERROR: Tile("E", "Error", "e"),
    Severity.WARNING: Tile("W", "Warning", "w"),
    Severity.INFO: Tile("I", "Note", "i"),
}
UNASKED = "What no rule in force asks is not answered here."
ACCEPTED = "What was found and is to stay as it is for now, with the reason."
WAIVED = Tile("–", "Accepted", "x")


def section_of(desk: Desk, declaration: Declaration) -> list[Section]:
    """The findings on a declaration, and what is accepted there with its reason; no section where there is neither."""
    told = [said(desk, finding) for finding in by_weight(desk.book.findings_on(declaration))]
    told += [said(desk, finding) for finding in by_weight(desk.book.waived_on(declaration))]
    return [Section("findings", "Findings", (Findings(tuple(told)),))] if told else []


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """The worst first; those of one weight in the order of files."""
    return sorted(findings, key=lambda finding: -finding.severity)


def said(desk: Desk, finding: Finding, about: Line = ()) -> Said:
    """A finding as a page tells it: what to do about it, or why it is accepted."""
    related = tuple(
        (*ticked(message), " ", desk.book.sources.place(span.path, span.line)) for span, message in finding.related
    )
    return Said(
        TILES[finding.severity] if finding.accepted is None else WAIVED,
        ticked(finding.message),
        about,
        ticked(finding.tip) if finding.tip and finding.accepted is None else (),
        finding.rule,
        desk.book.sources.place(finding.span.path, finding.span.line),
        related,
        _why(desk, finding.accepted) if finding.accepted is not None else (),
    )


def in_short(desk: Desk, finding: Finding) -> Said:
    """A finding as a page tells it that only leads to it: what is so, and what it is about."""
    about = _about(desk, finding) or (desk.to(f"{FINDINGS}#{finding.rule.partition('/')[0]}", "More about this"),)
    return Said(TILES[finding.severity], ticked(finding.message), about)


def _why(desk: Desk, accepted: Accepted) -> Line:
    """Until when a finding is accepted, and why."""
    limit = f"Accepted until {words.day(accepted.until)}" if accepted.until is not None else "Accepted"
    if not accepted.reason:
        return (f"{limit}; no reason is given.",)
    return (f"{limit}: “", desk.line(accepted.reason, desk.book.house), "”")


def families(book: Book) -> dict[str, list[Finding]]:
    """The findings by the family of their rule, in the order of the catalogue; those without words last."""
    found: dict[str, list[Finding]] = {}
    for finding in book.findings:
        found.setdefault(finding.rule.partition("/")[0], []).append(finding)
    order = list(words.FAMILIES)
    return {
        family: by_weight(found[family])
        for family in sorted(found, key=lambda each: (order.index(each) if each in order else len(order), each))
    }


def family_title(family: str) -> str:
    return words.FAMILIES.get(family, words.begin(family))


def weights(findings: Iterable[Finding], beside: int = 0) -> str:
    """`two errors, one warning`; in digits where one of the numbers, or the number `beside` them, is large."""
    count = Counter(finding.severity for finding in findings)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    said = [(count[severity], name) for severity, name in names.items() if count[severity]]
    largest = max((beside, *count.values()))
    return ", ".join(words.counted(number, name, beside=largest) for number, name in said)


def page(book: Book) -> Page:
    """All findings, by family."""
    desk = book.desks[0]
    grouped = families(book)
    sections = [*signs.section(desk)]
    largest = max(map(len, grouped.values()), default=0)
    if len(grouped) > 1:
        rows = tuple(
            Row(
                (
                    (desk.to(f"{FINDINGS}#{family}", family_title(family)),),
                    (weights(found, largest),),
                    (f"{len(found):,}",),
                )
            )
            for family, found in grouped.items()
        )
        table = Table(
            "Findings by family",
            (f"{words.begin(_count(len(book.findings)))}.",),
            columns("Family", "Findings", "Open", numbers=(2,)),
            rows,
            broad=False,
        )
        sections.append(Section("families", "By family", (table,), quiet=True))
    for family, found in grouped.items():
        told = Findings(tuple(said(desk, finding, _about(desk, finding)) for finding in found))
        sections.append(Section(family, family_title(family), (told,)))
    if book.waived:
        told = Findings(tuple(said(desk, finding, _about(desk, finding)) for finding in by_weight(book.waived)))
        sections.append(Section("accepted", "Accepted", (Paragraph((ACCEPTED,), "quiet"), told)))
    answer = nothing(book)
    if grouped:
        answer = f"{words.begin(_count(len(book.findings)))}: {weights(book.findings, len(book.findings))}."
        answer += f" {words.begin(_accepted(book))} besides." if book.waived else ""
    elif not book.waived:
        sections.append(Section("none", "Nothing found", (Paragraph((UNASKED,), "quiet"),), quiet=True))
    note = "What the rules found. A finding says what is so, what would settle it, and where it stands."
    return Page(
        FINDINGS, "Findings", (answer,), tuple(sections), notes=((note,),), current="findings",
        description="What the rules found, by family.", contents=len(grouped) > 3,
    )  # fmt: skip


def nothing(book: Book) -> str:
    """That nothing was found, and what that means."""
    if book.org.incomplete:
        return "Nothing is open, but not every rule could be asked, because parts could not be read."
    if book.waived:
        return f"Nothing is open; {_accepted(book)}."
    return "Nothing is open: every rule that is in force was asked, and none has anything to say."


def _accepted(book: Book) -> str:
    number = len(book.waived)
    return f"{_count(number)} {'is' if number == 1 else 'are'} accepted"


def _count(number: int) -> str:
    return words.counted(number, "finding")


def _about(desk: Desk, finding: Finding) -> Line:
    """A link to the declaration that a finding is about."""
    kind = KINDS.get(finding.kind)
    declaration = desk.book.org.get(kind, finding.id) if kind is not None and finding.id else None
    if declaration is None:
        return ()
    name = words.KINDS[finding.kind].one if finding.kind in words.KINDS else finding.kind
    return (f"{words.begin(name)}: ", desk.link(declaration, declaration.title))
