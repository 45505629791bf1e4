"""The parts of a declaration that are tables: cases, steps, needs, milestones, and what a venue decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordlint.facts.venues import Call, calls, decided_in, meetings_of
from coordlint.manual import words
from coordlint.manual.book import Desk, joined
from coordlint.manual.page import Block, Bullets, Column, Letter, Line, Paragraph, Quiet, Row, Section, Table, Tile
from coordlint.manual.pages.calls import deciders, flags_of, limits, question, relative_decider, tile_of
from coordlint.manual.pages.when import cadence_said
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import (
    Addition,
    DecisionRight,
    Escalation,
    EscalationStep,
    Forum,
    Handoff,
    Initiative,
    Meeting,
    Need,
    Team,
)
from coordlint.values import Condition, Input, parse_condition, parse_input

GAP: Line = (Tile("G", "Gap", "w"), " nobody decides")


def columns(*heads: str, numbers: Sequence[int] = ()) -> tuple[Column, ...]:
    """Columns by their heads; `numbers` says which of them hold numbers."""
    return tuple(Column(head, index in numbers) for index, head in enumerate(heads))


def sections_of(desk: Desk, declaration: Declaration) -> list[Section]:
    """The tables that only this kind has."""
    if isinstance(declaration, DecisionRight):
        return _right(desk, declaration)
    if isinstance(declaration, Meeting):
        return _decides(desk, declaration)
    if isinstance(declaration, Forum):
        return [*_meets(desk, declaration), *_decides(desk, declaration)]
    if isinstance(declaration, Handoff):
        return _handoff(desk, declaration)
    if isinstance(declaration, Escalation):
        return _escalation(desk, declaration)
    if isinstance(declaration, Initiative):
        return _initiative(desk, declaration)
    return _ties(desk, declaration) if isinstance(declaration, Team) else []


# Decision rights.


def inputs_of(declaration: Declaration) -> dict[str, Input]:
    """The inputs of a decision that can be read, by their names."""
    said = declaration.data.get("inputs")
    read = {str(name): parse_input(value) for name, value in said.items()} if isinstance(said, Mapping) else {}
    return {name: value for name, value in read.items() if isinstance(value, Input)}


def condition_said(when: object, name: str, about: Input) -> str:
    """The condition that a case sets on an input, in words."""
    said = when.get(name) if isinstance(when, Mapping) else None
    if said is None:
        return "any"
    read = parse_condition(said, about)
    if not isinstance(read, Condition):
        return "could not be read"
    return f"{read.words} {about.unit}" if about.unit and not read.any else read.words


def _right(desk: Desk, right: DecisionRight) -> list[Section]:
    inputs = inputs_of(right)
    found = []
    if right.cases or right.otherwise is not None:
        found.append(Section("cases", "Case by case", tuple(_cases(desk, right, inputs))))
    return found


def _cases(desk: Desk, right: DecisionRight, inputs: Mapping[str, Input]) -> list[Block]:
    every = calls(right)
    optional = {
        "agrees": "Must agree", "consulted": "Consulted", "informed": "Informed", "escalation": "If it stalls",
        "record": "Kept in",
    }  # fmt: skip
    told = [key for key in optional if any(call.part is not right and call.part.says(key) for call in every)]
    heads = [
        *(words.begin(words.input_name(name)) for name in inputs),
        "Decides",
        *(optional[key] for key in told),
        "Where",
        "Time limit",
    ]
    rows = []
    for call in every:
        cells: list[Line] = [*_conditions(call.part, inputs, right), _decider(desk, call)]
        cells += [joined(desk.names(call.refs(key), right)) or (Quiet("–"),) for key in told]
        cells += [_where(desk, call), (_limit(call),)]
        rows.append(Row(tuple(cells)))
    caption = f"{words.begin(words.counted(len(rows), 'case'))}, in the order in which they are written."
    blocks: list[Block] = [
        Table("Cases of this decision right", (caption,), columns(*heads), tuple(rows), filter=len(rows) >= 20)
    ]
    blocks += [Paragraph((tile_of(flag), " ", *flag.line), "small") for flag in flags_of(desk.book, right)]
    additions = [_addition(desk, right, addition, inputs) for addition in right.also]
    if additions:
        blocks += [Paragraph(("Besides, whoever decides:",)), Bullets(tuple(additions))]
    return blocks


def _conditions(part: Node, inputs: Mapping[str, Input], right: DecisionRight) -> list[Line]:
    if "when" not in part.fields:
        first = "everything else" if right.cases else "every case"
        return [(first if index == 0 else "any",) for index in range(len(inputs))]
    return [(condition_said(part.data.get("when"), name, about),) for name, about in inputs.items()]


def _decider(desk: Desk, call: Call) -> Line:
    relative = relative_decider(call)
    if relative:
        return (relative,)
    lines = desk.names(call.refs("decider"), call.right)
    if len(lines) > 1:
        return (Letter("2", "two deciders", "twice"), " ", *joined(lines))
    return lines[0] if lines else ("could not be read",) if call.has_decider else GAP


def _where(desk: Desk, call: Call) -> Line:
    named = joined(desk.names(call.refs("decided_in"), call.right), "or")
    if named:
        return named
    return ("without a meeting",) if call.asynchronous else (Quiet("–"),)


def _limit(call: Call) -> str:
    limit = getattr(call.speaker("time_limit"), "time_limit", None)
    return limit.words if limit is not None else "none"


def _addition(desk: Desk, right: DecisionRight, addition: Addition, inputs: Mapping[str, Input]) -> Line:
    when = addition.data.get("when")
    conditions = [
        f"{words.input_name(name)} is {condition_said(when, name, about)}"
        for name, about in inputs.items()
        if isinstance(when, Mapping) and name in when
    ]
    said: list[Line] = []
    for key, verb in (("agrees", "must agree"), ("consulted", "is consulted"), ("informed", "is informed")):
        names = desk.names(addition.refs(key), right)
        if names:
            said.append((*joined(names), f" {verb}"))
    return (f"where {words.listed(conditions) or 'it matches'}, ", *joined(said), ".")


# Meetings and forums.


def _decides(desk: Desk, venue: Meeting | Forum) -> list[Section]:
    rights = desk.book.seen(decided_in(venue))
    if not rights:
        return []
    rows = [
        Row(
            (
                question(desk, right),
                deciders(desk, right),
                joined(desk.names(right.agrees, right)) or (Quiet("nobody"),),
                (limits(right) or Quiet("none"),),
            )
        )
        for right in rights
    ]
    have, its = words.agree(len(rows), "has", "have"), words.agree(len(rows), "its", "their")
    count = words.begin(words.counted(len(rows), "decision right"))
    caption = f"{count} {have} this {words.KINDS[venue.kind].one} as {its} venue."
    table = Table(
        "Decision rights held here", (caption,), columns("Call", "Decides", "Must agree", "Time limit"), tuple(rows)
    )
    return [Section("decides", "What it decides", (table,))]


def _meets(desk: Desk, forum: Forum) -> list[Section]:
    meetings = desk.book.seen(meetings_of(forum))
    lines: list[Line] = []
    for meeting in meetings:
        when = cadence_said(desk, meeting, meeting.cadence) if meeting.cadence is not None else []
        lines.append((desk.link(meeting), *((": ", "; ".join(when)) if when else ())))
    return [Section("meets", "When it meets", (Bullets(tuple(lines), "plain spaced"),))] if lines else []


# Hand-offs, escalations, initiatives and teams.


def _handoff(desk: Desk, handoff: Handoff) -> list[Section]:
    found = []
    if handoff.steps:
        rows = []
        for number, step in enumerate(handoff.steps, 1):
            why: Line = (desk.line(step.because, handoff),) if step.because else (Quiet("–"),)
            approval: Line = (
                (" (waits for ", *desk.name(step.approval, handoff), ")") if step.approval is not None else ()
            )
            by = desk.name(step.by, handoff) if step.by is not None else (Quiet("–"),)
            rows.append(Row(((str(number),), ((desk.line(step.do, handoff) if step.do else "–"), *approval), by, why)))
        caption = f"{words.begin(words.counted(len(rows), 'step'))} on the way."
        heads = columns("No.", "What is done", "By", "Because", numbers=(0,))
        found.append(
            Section("steps", "Steps on the way", (Table("Steps", (caption,), heads, tuple(rows), head_cell=1),))
        )
    if handoff.cases:
        found.append(Section("cases", "Case by case", (_handoff_cases(desk, handoff),)))
    return found


def _handoff_cases(desk: Desk, handoff: Handoff) -> Table:
    inputs = inputs_of(handoff)
    rows = []
    for case in handoff.cases:
        said: list[Line] = [(condition_said(case.data.get("when"), name, about),) for name, about in inputs.items()]
        receiver = joined(desk.names(case.to or handoff.to, handoff)) or (Quiet("–"),)
        accepts = case.accepted_by or handoff.accepted_by
        rows.append(Row((*said, receiver, desk.name(accepts, handoff) if accepts is not None else (Quiet("–"),))))
    heads = columns(*(words.begin(words.input_name(name)) for name in inputs), "Receives", "Accepts")
    return Table("Cases of this hand-off", (f"{words.begin(words.counted(len(rows), 'case'))}.",), heads, tuple(rows))


def _escalation(desk: Desk, escalation: Escalation) -> list[Section]:
    rows = [
        Row(((str(number),), reached_by(desk, escalation, step), _has(step), _through(desk, escalation, step)))
        for number, step in enumerate(escalation.steps, 1)
    ]
    if not rows:
        return []
    caption = f"{words.begin(words.counted(len(rows), 'step'))}. Each has so long to answer before the next is reached."
    heads = columns("No.", "Reaches", "Answers within", "Through", numbers=(0,))
    return [
        Section("steps", "Whom it reaches", (Table("Steps", (caption,), heads, tuple(rows), head_cell=1, broad=False),))
    ]


def reached_by(desk: Desk, escalation: Escalation, step: EscalationStep) -> Line:
    """Whom a step of an escalation reaches; with the hours of each where several cover them."""
    if step.to is not None:
        return desk.name(step.to, escalation)
    lines: list[Line] = []
    for window in step.cover:
        days = ", ".join(words.begin(day) for day in window.days)
        hours = window.hours.words if window.hours is not None else ""
        when = " ".join(each for each in (days, hours) if each)
        who = desk.name(window.to, escalation) if window.to is not None else ("somebody",)
        lines.append((*who, Quiet(f" ({when})")) if when else who)
    return joined(lines, "", ";") or (Quiet("nobody"),)


def _has(step: EscalationStep) -> Line:
    return (step.within.words,) if step.within is not None else (Quiet("no limit"),)


def _through(desk: Desk, escalation: Escalation, step: EscalationStep) -> Line:
    return desk.name(step.through, escalation) if step.through is not None else (Quiet("directly"),)


def _initiative(desk: Desk, initiative: Initiative) -> list[Section]:
    found = []
    if initiative.needs:
        rows = tuple(Row((_need(desk, initiative, need), _needed_by(need))) for need in initiative.needs)
        heads = columns("What", "By", numbers=(1,))
        table = Table(
            "Needs", (f"{words.begin(words.counted(len(rows), 'need'))} from others.",), heads, rows, broad=False
        )
        found.append(Section("needs", "What it needs", (table,)))
    if initiative.milestones:
        rows = tuple(
            Row(((each.name or "–",), (words.day(each.due) if each.due else "no day said",)))
            for each in initiative.milestones
        )
        heads = columns("Milestone", "Due", numbers=(1,))
        table = Table(
            "Milestones", (f"{words.begin(words.counted(len(rows), 'milestone'))}.",), heads, rows, broad=False
        )
        found.append(Section("milestones", "On the way", (table,)))
    return found


def _need(desk: Desk, initiative: Initiative, need: Need) -> Line:
    kinds = (("decision", "Decision: "), ("handoff", "Hand-off: "), ("record", "Record: "))
    for key, word in kinds:
        refs = need.refs(key)
        if refs:
            return (word, *joined(desk.names(refs, initiative)))
    return (need.milestone or need.ext or "–",)


def _needed_by(need: Need) -> Line:
    return (words.day(need.by),) if need.by is not None else (Quiet("no day said"),)


def _ties(desk: Desk, team: Team) -> list[Section]:
    rows: list[Row] = []
    for tie in team.works_with:
        other = desk.name(tie.team, team) if tie.team is not None else (Quiet("–"),)
        because: Line = (desk.line(tie.because, team),) if tie.because else (Quiet("–"),)
        since: Line = (words.day(tie.since),) if tie.since is not None else (Quiet("not said"),)
        until: Line = (words.day(tie.until),) if tie.until is not None else (Quiet("no end said"),)
        rows.append(
            Row((other, (words.begin(words.MODES.get(tie.mode, tie.mode)) or Quiet("–"),), because, since, until))
        )
    if not rows:
        return []
    heads = columns("Team", "How", "Because", "Since", "Until")
    table = Table("Teams that it works with", ("As this team tells it.",), heads, tuple(rows))
    return [Section("ties", "Whom it works with", (table,))]
