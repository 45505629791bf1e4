"""Declarations in; what they say of their own time, who leans on them, and by when somebody must look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from coordlint.facts.references import Use, in_order, uses_of
from coordlint.facts.survey import survey
from coordlint.model.base import ANY, Declaration
from coordlint.model.kinds import LogEntry, Scenario
from coordlint.model.org import Org, fact
from coordlint.values import Every, last_day_of

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# What was looked at shortly before the day on which it must be, was looked at for that day.
EARLY = timedelta(days=60)

# The fields in which a declaration speaks of its own time.
OF_TIME = ("status", "until", "status_until", "only_while", "review_by", "review_every")

# Who names something there goes on without it.
LOOSE_FIELDS = frozenset(("only_while", "replaced_by", "like"))


@fact
def speaking_of_time(org: Org) -> Mapping[str, list[Declaration]]:
    """For each field in which a declaration speaks of its own time, those that do, active or not."""
    saying, asked = survey(org).saying, frozenset(ANY)
    return {
        field: [each for each in saying.get(field, ()) if each.kind in asked and not each.refused] for field in OF_TIME
    }


def leaning_on(declaration: Declaration) -> list[Use]:
    """Where something in force names a declaration and would miss it."""
    org = declaration.org
    uses = [use for use in uses_of(org, declaration) if use.field not in LOOSE_FIELDS and use.user is not declaration]
    return in_order([use for use in uses if org.is_active(use.user) and not isinstance(use.user, (LogEntry, Scenario))])


@fact
def last_reviews(org: Org) -> Mapping[Declaration, date]:
    """For each declaration that the log says somebody has looked at again, the last day on which one did."""
    return _last_days(_reviews(org))


@fact
def last_changes(org: Org) -> Mapping[Declaration, date]:
    """The same of those that were to change."""
    return _last_days(entry for entry in _reviews(org) if entry.outcome == "change")


def _last_days(reviews: Iterable[LogEntry]) -> Mapping[Declaration, date]:
    last: dict[Declaration, date] = {}
    for entry in reviews:
        day = entry.date
        if day is not None and day <= entry.org.as_of:
            for each in _reviewed(entry):
                last[each] = max(day, last.get(each, day))
    return last


def _reviews(org: Org) -> Iterator[LogEntry]:
    return (entry for entry in org.all(LogEntry) if "reviewed" in entry.data)


def _reviewed(entry: LogEntry) -> Iterator[Declaration]:
    """What was looked at; of a name that several things bear any of them may have been."""
    for ref in entry.refs("reviewed"):
        found = entry.org.find(ref)
        yield from [found] if found is not None else entry.org.bearers(ref.id)


def review_due(declaration: Declaration) -> tuple[str, date] | None:
    """By when somebody must look again, and the field that says so; None where no day can be told.

    `review_every` counts from the last review in the log, else from `since`. `review_by` is done with once it was
    looked at, on the day, later, or in the 60 days before. Where both are said, the earlier counts.
    """
    data = declaration.data
    if "review_by" not in data and "review_every" not in data:
        return None
    last = last_reviews(declaration.org).get(declaration)
    due: list[tuple[date, str]] = []
    by, rhythm, begun = declaration.review_by, declaration.review_every, last or declaration.since
    if by is not None and (last is None or last < by - EARLY):
        due.append((by, "review_by"))
    if rhythm is not None and begun is not None:
        due.append((later(begun, rhythm), "review_every"))
    return (min(due)[1], min(due)[0]) if due else None


def later(day: date, every: Every) -> date:
    """The day that lies one round of a rhythm later. A week has five working days, holidays or not, and what is shorter
    than a day counts as one."""
    if every.unit in MONTHS:
        year, month = divmod(day.year * 12 + day.month - 1 + every.number * MONTHS[every.unit], 12)
        return date(year, month + 1, min(day.day, last_day_of(year, month + 1)))
    if every.unit == "week":
        return day + timedelta(weeks=every.number)
    days = every.number if every.unit == "day" else 1
    return day + timedelta(days=-(-days * 7 // 5))
