"""Findings in; how a page tells them, on the declaration that they are about and all together by family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from coordlint.finding import Finding, Severity
from coordlint.manual import words
from coordlint.manual.book import FINDINGS, Book, Desk, ticked
from coordlint.manual.page import Findings, Line, Page, Paragraph, Row, Said, Section, Table, Tile
from coordlint.manual.pages.tables import columns
from coordlint.model.base import Declaration
from coordlint.model.kinds import KINDS

TILES = {
    Severity.ERROR: Tile("E", "Error", "e"),
    Severity.WARNING: Tile("W", "Warning", "w"),
    Severity.INFO: Tile("I", "Note", "i"),
}
UNASKED = "What no rule in force asks is not answered here."
WAIVED = Tile("–", "Accepted", "x")


def section_of(desk: Desk, declaration: Declaration) -> list[Section]:
    """The findings on a declaration, and what is accepted there with its reason; no section where there is neither."""
    told = [said(desk, finding) for finding in by_weight(desk.book.findings_on(declaration))]
    told += [_waived(desk, declaration, waiver) for waiver in declaration.waive] if "waive" in declaration.data else []
    return [Section("findings", "Findings", (Findings(tuple(told)),))] if told else []


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """The worst first; those of one weight in the order of files."""
    return sorted(findings, key=lambda finding: -finding.severity)


def said(desk: Desk, finding: Finding, about: Line = ()) -> Said:
    """A finding as a page tells it."""
    related = tuple(
        (*ticked(message), " ", desk.book.sources.place(span.path, span.line)) for span, message in finding.related
    )
    return Said(
        TILES[finding.severity],
        ticked(finding.message),
        about,
        ticked(finding.tip) if finding.tip else (),
        finding.rule,
        desk.book.sources.place(finding.span.path, finding.span.line),
        related,
    )


def in_short(desk: Desk, finding: Finding) -> Said:
    """A finding as a page tells it that only leads to it: what is so, and what it is about."""
    about = _about(desk, finding) or (desk.to(f"{FINDINGS}#{finding.rule.partition('/')[0]}", "More about this"),)
    return Said(TILES[finding.severity], ticked(finding.message), about)


def _waived(desk: Desk, declaration: Declaration, waiver: object) -> Said:
    rule, reason, until = (getattr(waiver, key) for key in ("rule", "reason", "until"))
    limit = f"Until {words.day(until)}: " if until is not None else ""
    because: Line = (limit, "“", desk.line(reason, declaration), "”") if reason else (limit or "No reason is given.",)
    return Said(WAIVED, ("Here a waiver for findings of this rule is written down.",), rule=rule or "", waiver=because)


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
    sections = []
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
    answer = nothing(book)
    if grouped:
        answer = f"{words.begin(_count(len(book.findings)))}: {weights(book.findings, len(book.findings))}."
    else:
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
    return "Nothing is open: every rule that is in force was asked, and none has anything to say."


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
