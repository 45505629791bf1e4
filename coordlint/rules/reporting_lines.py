"""How context travels beside the chain of command: what lines carry, what comes back, and where nothing runs."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.carriers import Gap, gaps
from coordlint.facts.context_lines import (
    STATUS,
    Pair,
    carries_more_than_status,
    comes_back,
    lines_are_known,
    pairs,
    repeats,
    words,
)
from coordlint.facts.ties import ties
from coordlint.facts.venues import places_of
from coordlint.finding import Place, Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import ContextLine, DecisionRight, Handoff, Initiative
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, GAP, INFO, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, counted


@rule(WARNING, weakness=GAP, claims_absence=True)
def status_only(org: Org) -> Iterator[Problem]:
    """Between two parties travels more than how things stand.

    Status says that something is late; context says why, what it means for others, and what was decided. Where all
    lines between two parties carry `status` and nothing else, one way and back, each of them learns of the other only
    what a page could tell. Lines between their teams count too. It is said once for two parties, at the first line.
    Nothing is said of what goes outside, or while a line leads from or to a name that nothing bears.

    Bad:

        context_lines:
          yards-to-office:
            from: shipyards
            to: head-office
            carries: status   # expect: reporting/status-only
            through: monday-report

    Good:

        context_lines:
          yards-to-office:
            from: shipyards
            to: head-office
            carries: [status, context, risks]
            back: decisions
            through: monday-report
    """
    told: dict[frozenset[Declaration], ContextLine] = {}
    for line in org.active(ContextLine):
        if line.refused or words(line) != STATUS or not lines_are_known(org):
            continue
        bare = [pair for pair in pairs(line) if frozenset(pair) not in told and not carries_more_than_status(pair)]
        told |= {frozenset(pair): line for pair in bare}
        if bare:
            yield Problem(
                line.at("carries"),
                f"nothing but status travels between {_between(bare)}",
                tip="let the line carry why, and what comes of it: `carries: [status, context]`, `back: decisions`",
            )


def _between(bare: list[Pair]) -> str:
    more = f", and between {counted(len(bare) - 1, 'other pair')}" if len(bare) > 1 else ""
    return f"`{bare[0].giver.id}` and `{bare[0].taker.id}`{more}"


@rule(
    INFO,
    preset=STRICT,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("back", "none of the {count} context lines says what comes back"),
)
def no_way_back(org: Org, line: ContextLine) -> Iterator[Problem]:
    """Who is told something can answer.

    A line that only leads one way tells what was decided, and never learns what came of it. `back` says what comes
    back; another line that leads the other way does as well, also one between the teams. `back: []` says that nothing
    is meant to come back. Nothing is said of lines that lead outside.

    Bad:

        context_lines:
          council-to-branches:   # expect: reporting/no-way-back
            from: lending-council
            to: branches
            carries: [decisions, context]
            through: branch-letter

    Good:

        context_lines:
          council-to-branches:
            from: lending-council
            to: branches
            carries: [decisions, context]
            back: risks
            through: branch-letter
    """
    if line.says("back") or not lines_are_known(org):
        return
    silent = [pair for pair in pairs(line) if not comes_back(pair)]
    if silent:
        yield Problem(
            line.at("back"),
            f"nothing comes back from `{silent[0].taker.id}` to `{silent[0].giver.id}`",
            tip="say what comes back: `back: risks`; or `back: []` where nothing is meant to",
        )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    yields_to=("initiative/no-forum", "decision/performer-not-informed", "forum/misses-a-team"),
)
def nobody_carries_it(org: Org) -> Iterator[Problem]:
    """Between teams that have to do with each other, somebody or something carries context.

    Two teams decide together, or one hands work to the other, and they share no member, no meeting, no forum, no
    context line and no record: neither knows why the other does what it does. A hand-off that delivers a record or says
    what it goes `through` is a way, a right of which a record is kept is one, and `works_with` is. So it is where one
    team is part of the other, or its lead is above the other's; and who is around a team may pass on to it what it
    hears. Of an initiative with many teams it is enough if each is joined to each through others. An all-hands or a
    feast joins nobody.

    It speaks where meetings, forums or lines are written down, and it says of all who comes or is in them. It is said
    once for two teams, at the first thing that ties them, and never of teams that are `external`.

    Bad:

        teams:
          breeding: {lead: head-breeder}
          greenhouses: {lead: head-gardener}
        meetings:
          breeders-weekly: {team: breeding, attendees: breeding, cadence: as needed}
        handoffs:
          seedlings:
            from: breeding
            to: greenhouses   # expect: reporting/nobody-carries-it
            delivers: Seedlings of next year's varieties

    Good:

        teams:
          breeding: {lead: head-breeder}
          greenhouses: {lead: head-gardener}
        meetings:
          breeders-weekly: {team: breeding, attendees: [breeding, head-gardener], cadence: as needed}
        handoffs:
          seedlings:
            from: breeding
            to: greenhouses
            delivers: Seedlings of next year's varieties
    """
    for gap in gaps(org):
        if gap.by.refused:
            continue
        more = f", nor between {counted(gap.more, 'other pair')} of teams" if gap.more else ""
        if isinstance(gap.by, Initiative):
            more = f", nor to {counted(gap.more, 'other team')}" if gap.more else ""
        yield Problem(
            _tie(gap),
            f"nothing carries context between `{gap.one.id}` and `{gap.other.id}`{more}, which {gap.by.label} ties",
            related=(Related(gap.one.at(on_key=True), "one of them"), Related(gap.other.at(on_key=True), "the other")),
            tip="let somebody of one come to a meeting of the other, or write down the way: `context_lines`",
            atoms=tuple(_roots(gap)),
        )


def _tie(gap: Gap) -> Place:
    if isinstance(gap.by, Handoff):
        return gap.by.at("to")
    if isinstance(gap.by, Initiative):
        return gap.by.at("teams", gap.one)
    return gap.by.at(on_key=True)


def _roots(gap: Gap) -> Iterator[tuple[str, str, str]]:
    """Where it would be told that who must know is not told, not there, or has no forum."""
    if isinstance(gap.by, DecisionRight):
        yield from atoms(gap.by, "performs")
        yield from (atom for venue in places_of(gap.by) for atom in atoms(venue, "members", "teams"))
    ties_of_both = ties(gap.by.org).get(gap.one, {}).get(gap.other, ())
    for initiative in dict.fromkeys((gap.by, *ties_of_both)):
        if isinstance(initiative, Initiative):
            yield from atoms(initiative, "forum", "teams")


@rule(INFO, weakness=ACCRETION)
def same_report_twice(org: Org) -> Iterator[Problem]:
    """A party is told once how things stand.

    A second report of the same is written by habit, and read by nobody or compared line by line. Two lines bring the
    same status where both lead from one party to one other and all that one of them carries there is carried by the
    other too. Two records are two things, and so are a meeting and a record that it takes in, puts out or keeps; what
    lines carry through names that nothing bears is not compared.

    Bad:

        context_lines:
          site-to-board:
            from: building-site
            to: developer
            carries: [status, risks]
            through: site-meeting
          progress-letter:
            from: building-site
            to: developer
            carries: status   # expect: reporting/same-report-twice
            through: monthly-letter

    Good:

        context_lines:
          site-to-board:
            from: building-site
            to: developer
            carries: [status, risks]
            through: site-meeting
    """
    for repeat in repeats(org):
        yield Problem(
            repeat.line.at(repeat.field),
            f"`{repeat.pair.giver.id}` tells `{repeat.pair.taker.id}` how things stand on {repeat.other.label} too",
            related=(Related(repeat.other.at(on_key=True), "the other line"),),
            tip="end one of the two, or say what it carries besides",
        )


@rule(
    INFO,
    preset=STRICT,
    weakness=GAP,
    once_a_kind=("through", "none of the {count} context lines says what it goes through"),
)
def no_carrier(_org: Org, line: ContextLine) -> Iterator[Problem]:
    """A line says what carries it.

    A line without a meeting or a record is an intention: whether anything was told this month, nobody can see.
    `through` names the one or the other.

    Bad:

        context_lines:
          clinics-to-research:   # expect: reporting/no-carrier
            from: clinics
            to: research
            carries: [context, risks]
            back: decisions

    Good:

        context_lines:
          clinics-to-research:
            from: clinics
            to: research
            carries: [context, risks]
            back: decisions
            through: case-conference
    """
    if not line.says("through"):
        yield Problem(
            line.at("through"),
            f"{line.label} says neither a meeting nor a record that carries it",
            tip="name it: `through: …`",
        )
