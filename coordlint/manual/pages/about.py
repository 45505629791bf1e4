"""What `coordlint.yaml` declares, and what this manual could not show, on one page."""

from __future__ import annotations

from typing import Any

from coordlint.manual import words
from coordlint.manual.book import ABOUT, Book, Desk, anchor_of
from coordlint.manual.page import Answer, Bullets, Code, Fact, Facts, Line, Page, Paragraph, Quiet, Row, Section, Table
from coordlint.manual.pages.answers import value_said
from coordlint.manual.pages.tables import columns
from coordlint.model.house import Calendar, Period
from coordlint.values.day import LONG_MONTHS, LONG_WEEKDAYS

MONTHS = {name[:3].casefold(): name for name in LONG_MONTHS}
WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
NAMES = dict(zip((*WORKING_DAYS, "sat", "sun"), LONG_WEEKDAYS, strict=True))
SHOWN_HOLIDAYS = 6


def page(book: Book) -> Page:
    """The page about the organisation's own settings and about the manual."""
    desk = book.desks[0]
    sections = [_house(desk), *_calendars(desk), *_periods(desk), *_limits(book), *_unshown(desk), _manual(book)]
    return Page(
        ABOUT, "About", (f"The calendars, periods and limits of {book.organisation}, and how this manual came about.",),
        tuple(sections), current="about", description="Calendars, periods and limits, and how this manual came about.",
        acts=(("Edit this: ", book.sources.place(book.house.path)),), contents=True,
    )  # fmt: skip


def _house(desk: Desk) -> Section:
    house = desk.book.house
    owner = desk.name(house.layer_owner, house) if house.layer_owner is not None else (Quiet("nobody yet"),)
    facts = [Fact("Organisation", (Answer((desk.book.organisation,)),)), Fact("Who owns this layer", (Answer(owner),))]
    start = MONTHS.get(house.fiscal_year_starts)
    if start:
        facts.append(Fact("The fiscal year begins in", (Answer((start,)),)))
    return Section("house", "The organisation", (Facts(tuple(facts)),), quiet=True)


def _calendars(desk: Desk) -> list[Section]:
    rows = []
    for number, calendar in enumerate(desk.book.all(Calendar)):
        default: Line = (Quiet(", where nothing else is said"),) if number == 0 else ()
        hours = calendar.working_hours.words if calendar.working_hours is not None else "09:00 to 17:00"
        cells: tuple[Line, ...] = (
            (Code(calendar.id), *default), (calendar.timezone or Quiet("not said"),), (_days(calendar),), (hours,),
            _holidays(calendar),
        )  # fmt: skip
        rows.append(Row(cells, anchor_of(calendar)))
    if not rows:
        return []
    heads = columns("Calendar", "Time zone", "Working days", "Working hours", "Next holidays")
    return [Section("calendars", "Calendars", (Table("Calendars", ("When people work.",), heads, tuple(rows)),))]


def _days(calendar: Calendar) -> str:
    days = calendar.working_days or WORKING_DAYS
    if days == WORKING_DAYS:
        return "Monday to Friday"
    return "every day" if len(set(days)) == len(NAMES) else words.listed([NAMES.get(day, day) for day in days])


def _holidays(calendar: Calendar) -> Line:
    coming = sorted(day for day in calendar.holidays if day >= calendar.org.as_of)
    if not coming:
        return (Quiet("none is written down"),)
    more = f" and {words.number_word(len(coming) - SHOWN_HOLIDAYS)} more" if len(coming) > SHOWN_HOLIDAYS else ""
    return (", ".join(words.day(day) for day in coming[:SHOWN_HOLIDAYS]) + more,)


def _periods(desk: Desk) -> list[Section]:
    rows = []
    for period in desk.book.all(Period):
        if period.last is not None:
            when = f"the last {period.last.words} of every {period.of or 'period'}"
        elif period.from_ is not None and period.to is not None:
            when = f"{words.day(period.from_)} to {words.day(period.to)}"
        else:
            when = "could not be read"
        rows.append(
            Row(
                ((Code(period.id),), (when,), ("nothing is decided" if period.freeze else Quiet("–"),)),
                anchor_of(period),
            )
        )
    if not rows:
        return []
    table = Table(
        "Periods",
        ("Stretches of time that meetings may leave out.",),
        columns("Period", "When", "Freeze"),
        tuple(rows),
        broad=False,
    )
    return [Section("periods", "Periods", (table,))]


def _limits(book: Book) -> list[Section]:
    limits = book.house.limits
    if limits is None:
        return []
    rows = [
        Row(((name,), (_limit(limits.fields[key].read(limits)),)))
        for key, name in words.LIMITS.items()
        if limits.data.get(key) is not None
    ]
    table = Table(
        "Limits",
        ("The house's own limits.",),
        columns("Limit", "At most", numbers=(1,)),
        tuple(rows),
        broad=False,
    )
    return [Section("limits", "Limits", (table,))] if rows else []


def _limit(value: Any) -> str:
    if isinstance(value, (int, float)):
        return words.plain_number(value)
    return value_said(value) or "could not be read"


def _unshown(desk: Desk) -> list[Section]:
    """What could not be shown: files, declarations, and second bearers of a name."""
    book = desk.book
    lines: list[Line] = [
        ("The file ", book.sources.place(path), " could not be read.")
        for path in book.org.unread
        if not book.screen.hides_file(path)
    ]
    for each in book.seen(book.org.refused):
        what: Line = (desk.link(each),) if each.id and book.address(each) else (each.title or each.kind,)
        lines.append(
            (
                f"{words.begin(each.kind.replace('-', ' '))} ",
                *what,
                " is shown in part: ",
                book.where(each.at(on_key=True)),
                ".",
            )
        )
    for first, second in book.org.duplicates:
        if second not in book.screen.declarations:
            lines.append(
                (
                    "A second ",
                    Code(second.id),
                    " is not shown: ",
                    book.where(second.at(on_key=True)),
                    "; shown is ",
                    desk.link(first),
                    ".",
                )
            )
    return [Section("unshown", "What could not be shown", (Bullets(tuple(lines)),))] if lines else []


def _manual(book: Book) -> Section:
    blocks: list[Any] = [
        Paragraph(
            (
                f"These pages were written by coordlint from {words.counted(book.run.files, 'file')}, ",
                f"as of {words.full_day(book.org.as_of)}.",
            )
        ),
        Paragraph(
            (
                "They are made anew from the declarations each time; ",
                "a change goes into the file that a page names under “Edit this”.",
            )
        ),
    ]
    shown = [note for note in book.run.notes if not book.screen.hides_note(note, book.run.prefix)]
    notes = tuple((words.sentence(note),) for note in shown)
    if notes:
        blocks.append(Bullets(notes))
    return Section("manual", "This manual", tuple(blocks))
