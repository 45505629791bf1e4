"""The answers to the six signs in, a page for a terminal out: a line a sign, and below it what tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordlint.answers.signs import State
from coordlint.report.screen import Paint, hang, measure, paint, shown
from coordlint.report.summary import folder, location, plural

if TYPE_CHECKING:
    from coordlint.answers.signs import Answer, Named, Told
    from coordlint.lint import Run
    from coordlint.report import Look

# Sentences that run on for longer are hard to read, however wide the window is.
NARROWEST, WIDEST = 30, 80
_STYLES = {State.NONE: "good", State.NO_EVIDENCE: "faint", State.NOT_JUDGED: "warning"}


def render(run: Run, answers: Sequence[Answer], look: Look) -> str:
    """Every sign, and the notes. A sign of which nothing tells is one line."""
    width, colour = min(max(look.width, NARROWEST), WIDEST), paint(look.colour)
    blocks, alone = [hang("", headline(run), width)], True
    for answer in answers:
        lines = list(_sign(run, answer, width, colour, look.max_findings))
        # Signs of which nothing is to be shown stand one below the other.
        quiet = answer.state is not State.FOUND
        if quiet and not alone:
            blocks[-1] += lines
        else:
            blocks.append(lines)
        alone = not quiet
    said = [line for note in run.notes for line in hang("note: ", note, width)]
    if said:
        blocks.append(said)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def headline(run: Run) -> str:
    """Of whom the signs tell, and of which day."""
    name = run.org.house.data.get("organisation")
    return f"{name if isinstance(name, str) else folder(run)} on {run.org.as_of.isoformat()}"


def result(answer: Answer) -> str:
    """What a sign comes to, in a few words: how much was found, or why there is nothing."""
    waived = f"{answer.total_waived} waived" if answer.waived else ""
    if answer.state is State.FOUND:
        places = len(answer.declarations)
        spread = f" in {places} declarations" if 1 < places < answer.total else ""
        return ", ".join(filter(None, (plural(answer.total, "finding") + spread, waived)))
    if answer.state is State.NONE:
        said = f"none found in {looked_at(answer)}"
    elif answer.state is State.NO_EVIDENCE:
        said = f"no evidence declared: {answer.because}"
    else:
        said = f"not judged: {answer.because}"
    return f"{said}; {waived}" if waived else said


def looked_at(answer: Answer) -> str:
    """What a sign was told from: `4 hand-offs and no returns`. What there is none of is told too."""
    return " and ".join(evidence.counted(number) for evidence, number in answer.looked_at)


def remarks(answer: Answer) -> Iterator[str]:
    """What people should know of a sign besides: of what could not be judged where something was found, and of what
    was not asked."""
    if answer.state is State.FOUND and answer.because:
        yield f"there may be more: {answer.because}"
    if 0 < len(answer.off) < len(answer.sign.rules):
        are = "is" if len(answer.off) == 1 else "are"
        yield f"{len(answer.off)} of its {len(answer.sign.rules)} rules {are} off"


def left_out(answer: Answer, most: int) -> tuple[list[tuple[Named, tuple[Told, ...]]], int]:
    """The declarations to show, with what to show of each, and how many findings there is no room for. 0 shows all."""
    if most <= 0:
        return [(each, each.told) for each in answer.declarations], 0
    room = most
    kept: list[tuple[Named, tuple[Told, ...]]] = []
    for each in answer.declarations:
        if room > 0:
            kept.append((each, each.told[:room]))
            room -= len(kept[-1][1])
    return kept, max(answer.total - most, 0)


def _sign(run: Run, answer: Answer, width: int, colour: Paint, most: int) -> Iterator[str]:
    found = answer.state is State.FOUND
    worst = answer.declarations[0].told[0].severity.word if found else ""
    name, said = answer.sign.name, result(answer)
    first, *rest = hang("", f"{name}: {said}", width - 2)
    style = worst or _STYLES[answer.state]
    yield colour("strong", first[: len(name)]) + colour(style, first[len(name) :])
    yield from (f"  {colour(style, line)}" for line in rest)
    if found:
        yield from hang("  ", answer.sign.question, width)
    for remark in remarks(answer):
        yield from (f"  {colour('faint', line[2:])}" for line in hang("  ", remark, width))
    declarations, more = left_out(answer, most)
    for named, told in declarations:
        yield ""
        yield from _declaration(run, named, told, width, colour)
    if more:
        yield ""
        yield from hang("  ", f"{plural(more, 'more finding')} not shown; `--max-findings 0` shows all", width)


def _declaration(run: Run, named: Named, told: Sequence[Told], width: int, colour: Paint) -> Iterator[str]:
    label = f"{named.label} ({named.name})" if named.name else named.label
    yield from (f"  {colour('strong', line[2:])}" for line in hang("  ", label, width))
    for each in told:
        yield from hang("    ", each.message, width)
        yield from _place(location(run, each.span), each.severity.word, each.rule, width, colour)
        if each.caused:
            cause = each.finding
            yield from _place(f"because of {location(run, cause.span)}", "", cause.rule, width, colour)


def _place(where: str, level: str, rule: str, width: int, colour: Paint) -> Iterator[str]:
    """Where something stands and which rule says so; a path is never broken, so that it can be clicked and copied."""
    said = " ".join(filter(None, (colour(level, level), colour("faint", shown(rule)))))
    if measure(f"    {where} {level} {rule}") <= width:
        yield f"    {where} {said}"
    else:
        yield f"    {where}"
        yield f"      {said}"
