"""What the log says of a declaration, and the scenarios that hold it to its word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from coordlint.manual import words
from coordlint.manual.book import Desk, joined
from coordlint.manual.page import Block, Column, Happened, Line, Log, Paragraph, Row, Section, Table
from coordlint.model.base import Declaration
from coordlint.model.kinds import LogEntry, Scenario

# So many entries on a page, the newest; a log grows for years.
SHOWN = 12


def happened(desk: Desk, declaration: Declaration) -> list[Section]:
    """What the log holds of a declaration, the newest first; no section where it holds nothing."""
    entries = {use.user for use in desk.book.uses(declaration) if isinstance(use.user, LogEntry)}
    dated = [(_when(entry), entry) for entry in _in_order(declaration, entries)]
    # What a log says of days to come is no evidence yet.
    told = [(when, entry) for when, entry in dated if when is not None and when <= declaration.org.as_of]
    told.sort(key=lambda pair: pair[0], reverse=True)
    lines = [Happened(words.day(when), when.isoformat(), _said(desk, entry)) for when, entry in told[:SHOWN]]
    if not lines:
        return []
    blocks: list[Block] = [Log(tuple(lines))]
    if len(told) > SHOWN:
        blocks.append(Paragraph((f"The newest {SHOWN} of {len(told):,} entries.",), "small quiet"))
    return [Section("happened", "What happened", tuple(blocks))]


def _in_order(declaration: Declaration, entries: Iterable[Declaration]) -> list[LogEntry]:
    among = set(entries)
    return [entry for entry in declaration.org.all(LogEntry) if entry in among]


def _when(entry: LogEntry) -> date | None:
    when = entry.date or entry.closed or entry.opened
    return when.date() if isinstance(when, datetime) else when


def _said(desk: Desk, entry: LogEntry) -> Line:
    """An entry as a sentence."""
    for key, say in _SENTENCES.items():
        if entry.data.get(key) is not None:
            return say(desk, entry)
    return (f"{words.begin(next(iter(entry.data), 'noted'))}.",)


def _held(_: Desk, entry: LogEntry) -> Line:
    came, decided = entry.count("attended"), entry.count("decisions")
    said = ["Held"]
    if came is not None:
        said.append(f"{words.counted(came, 'person', 'people')} came")
    if decided is not None:
        said.append(f"{words.counted(decided, 'decision')} made")
    return (f"{'; '.join(said)}.",)


def _with_reason(word: str, key: str) -> Callable[[Desk, LogEntry], Line]:
    def say(desk: Desk, entry: LogEntry) -> Line:
        reason = entry.data.get(key)
        return (f"{word}: ", desk.line(reason, entry)) if isinstance(reason, str) else (f"{word}.",)

    return say


def _decided(desk: Desk, entry: LogEntry) -> Line:
    line: Line = ("Decided",)
    if entry.by is not None:
        line = (*line, " by ", *desk.name(entry.by, entry))
    if entry.in_ is not None:
        line = (*line, " in ", *desk.name(entry.in_, entry))
    given = given_said(entry.given)
    line = (*line, f", for {given}") if given else line
    return (*line, ": ", desk.line(entry.what, entry)) if entry.what else (*line, ".")


def _escalated(_: Desk, entry: LogEntry) -> Line:
    step = f", reached step {words.plain_number(entry.reached)}" if entry.reached is not None else ""
    open_ = "" if entry.closed else ", still open"
    return (f"Escalated{step}{open_}.",)


def _slipped(desk: Desk, entry: LogEntry) -> Line:
    said = "Slipped"
    if entry.from_ and entry.to:
        said += f" from {words.day(entry.from_)} to {words.day(entry.to)}"
    if entry.known_since:
        said += f", known since {words.day(entry.known_since)}"
    return (f"{said}: ", desk.line(entry.cause, entry)) if entry.cause else (f"{said}.",)


def _reviewed(desk: Desk, entry: LogEntry) -> Line:
    outcome = {"keep": ": kept", "change": ": changed", "end": ": ended"}.get(entry.outcome, "")
    by: Line = (" by ", *desk.name(entry.by, entry)) if entry.by is not None else ()
    return ("Looked at again", *by, f"{outcome}.")


_SENTENCES: dict[str, Callable[[Desk, LogEntry], Line]] = {
    "held": _held,
    "cancelled": _with_reason("Cancelled", "because"),
    "decided": _decided,
    "returned": _with_reason("Sent back", "reason"),
    "escalated": _escalated,
    "slipped": _slipped,
    "updated": lambda _desk, _entry: ("Brought up to date.",),
    "reviewed": _reviewed,
}


def scenarios_of(desk: Desk, declaration: Declaration) -> list[Section]:
    """The scenarios that ask something of a declaration."""
    found = [use.user for use in desk.book.uses(declaration) if isinstance(use.user, Scenario)]
    rows = [
        Row(((desk.link(each),), asked(desk, each, declaration), expected(desk, each))) for each in dict.fromkeys(found)
    ]
    if not rows:
        return []
    caption = f"{words.begin(words.counted(len(rows), 'scenario'))} with the answer that is expected."
    table = Table(
        "Scenarios", (caption,), tuple(Column(head) for head in ("Scenario", "Asked", "Expected")), tuple(rows)
    )
    return [Section("scenarios", "Scenarios", (table,))]


def given_said(given: object) -> str:
    """Inputs with their values: `percent 30, region emea`."""
    if not isinstance(given, dict):
        return ""
    said = {True: "yes", False: "no"}
    return ", ".join(
        f"{words.input_name(name)} {said[value] if isinstance(value, bool) else value}" for name, value in given.items()
    )


def asked(desk: Desk, scenario: Scenario, on: Declaration | None = None) -> Line:
    """What a scenario asks; on the page of what it asks of, without saying so again."""
    given = scenario.given
    if given is None:
        return ("could not be read",)
    subject = given.decision or given.handoff or given.escalation
    line: Line = desk.name(subject, scenario) if subject is not None and scenario.org.find(subject) is not on else ()
    own = {key: value for key, value in given.data.items() if key not in given.fields}
    if own:
        line = (*line, *_comma(line), given_said(own))
    if given.at_ is not None:
        line = (*line, *_comma(line), f"on {words.full_day(given.at_.date())} at {given.at_:%H:%M}")
    if given.absent:
        line = (*line, *_comma(line), "without ", *joined(desk.names(given.absent, scenario)))
    return line or ("as it is",)


def _comma(line: Line) -> Line:
    return (", ",) if line else ()


def expected(desk: Desk, scenario: Scenario) -> Line:
    """What must come out."""
    expect = scenario.expect
    if expect is None:
        return ("could not be read",)
    heads = {
        "decider": "decides", "agrees": "must agree", "consulted": "is consulted", "informed": "is informed",
        "decided_in": "is where", "record": "keeps it", "reaches": "is reached", "ends_at": "has it at the end",
    }  # fmt: skip
    lines: list[Line] = []
    for key, words_for in heads.items():
        refs = expect.refs(key)
        if refs:
            lines.append((*joined(desk.names(refs, scenario)), f" {words_for}"))
    if expect.within is not None:
        lines.append((f"within {expect.within.words}",))
    return joined(lines, "", ",") if lines else ("nothing is expected",)
