"""How one hand-off follows from another, and whether what is made and what is asked for ever meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordlint.facts.handing import (
    following,
    leading_to,
    returns,
    where_it_ends,
    where_it_starts,
)
from coordlint.facts.lines import long_lines
from coordlint.facts.naming import bearers, texts_in
from coordlint.facts.passing import is_brought, is_taken, is_told_of, is_young, says_who_takes, undelivered_trigger
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Handoff, Record, Team
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, GAP, RIGIDITY, WARNING, rule
from coordlint.rules.wording import atoms


@rule(WARNING, weakness=GAP, claims_absence=True, yields_to=("reference/cycle",))
def chain_broken(org: Org, handoff: Handoff) -> Iterator[Problem]:
    """A hand-off begins where the one before it ended.

    `then` names what follows. Where that starts from a team that this one does not reach, or is set off by a record
    that this one does not deliver, something happens in between that nobody wrote down, and it is there that work gets
    lost. Teams that are part of one another, roles of one team and who accepts all count as one place; of a role whose
    team nobody names, and of what is delivered in words, nothing is said. A trigger may come from any of the hand-offs
    that lead there.

    Bad:

        handoffs:
          survey-to-design:
            from: surveyors
            to: road-design
            delivers: The heights of the ground
            then: design-to-site   # expect: handoff/chain-broken
          design-to-site:
            from: procurement
            to: site
            delivers: The drawings of the road, and what is ordered for it

    Good:

        handoffs:
          survey-to-design:
            from: surveyors
            to: road-design
            delivers: The heights of the ground
            then: design-to-site
          design-to-site:
            from: road-design
            to: site
            delivers: The drawings of the road, and what is ordered for it
    """
    for after in following(handoff):
        trigger = undelivered_trigger(after)
        if where_it_ends(handoff).is_apart_from(where_it_starts(after)):
            yield Problem(
                handoff.at("then", after),
                f"handoff `{after.id}` does not start where `{handoff.id}` ends",
                related=(Related(after.at("from"), "it starts here"),),
                tip="name the hand-off between the two, or the one that really follows",
            )
        elif trigger is not None and leading_to(org)[after][0] is handoff:
            yield Problem(
                handoff.at("then", after),
                f"handoff `{after.id}` waits for `{trigger.id}`, which `{handoff.id}` does not deliver",
                related=(Related(after.at("trigger"), "it is set off by this"),),
                tip=f"deliver `{trigger.id}` too, or name what sets off `{after.id}`",
            )


@rule(WARNING, weakness=RIGIDITY, yields_to=("reference/cycle",))
def ping_pong(org: Org, *, times: int = 2) -> Iterator[Problem]:
    """Work does not go to and fro between the same two teams.

    From one team to another and straight back, and the same again, in one line of hand-offs: each of the two does half,
    and waits for the other half twice. Only hand-offs that lead from one team to one other are looked at. `times` is
    how often it must come straight back, in a row, for this to be said.

    Bad:

        handoffs:
          draft:    {from: authors, to: lawyers, delivers: A draft, then: marks}   # expect: handoff/ping-pong
          marks:    {from: lawyers, to: authors, delivers: Marks in the draft, then: redraft}
          redraft:  {from: authors, to: lawyers, delivers: A second draft, then: approval}
          approval: {from: lawyers, to: authors, delivers: The text as it is printed}

    Good:

        handoffs:
          draft:    {from: authors, to: lawyers, delivers: A draft that follows the lawyers' list, then: approval}
          approval: {from: lawyers, to: authors, delivers: The text as it is printed}
    """
    for way in long_lines(returns(org), max(2 * times, 2)):
        first, second, *others = way
        line = " → ".join(f"`{each.id}`" for each in way)
        yield Problem(
            first.at("then", second),
            f"work goes to and fro between the same two teams: {line}",
            related=tuple(Related(each.at("from"), "and back again") for each in others[:3]),
            tip="let one of them do both halves, or say in `accepts_when` what spares the second round",
            atoms=tuple(atom for each in way for atom in atoms(each, "then")),
        )


@rule(WARNING, weakness=GAP, claims_absence=True)
def output_nobody_takes(org: Org, team: Team, *, days: int = 60) -> Iterator[Problem]:
    """What a team produces is taken up by somebody.

    Good work that no hand-off delivers and nobody reads ends where it was made. Any hand-off, meeting, initiative,
    decision or line that names a record takes it up, and so does `read_by`. What is produced in words counts as taken
    once a hand-off or a meeting speaks of it in any of the same words. What began less than 60 days ago has time, and
    while nobody has written down who takes what, nothing is said.

    Bad:

        teams:
          soil-laboratory:
            lead: ext/ada
            produces: [soil-maps, nitrate-reports]   # expect: handoff/output-nobody-takes
        handoffs:
          maps-to-planners: {from: soil-laboratory, to: field-planners, delivers: soil-maps}
        records:
          soil-maps: {keeps: What each field is made of.}
          nitrate-reports: {keeps: How much nitrate each well held in spring and autumn.}

    Good:

        teams:
          soil-laboratory:
            lead: ext/ada
            produces: [soil-maps, nitrate-reports]
        handoffs:
          maps-to-planners: {from: soil-laboratory, to: field-planners, delivers: soil-maps}
        records:
          soil-maps: {keeps: What each field is made of.}
          nitrate-reports: {keeps: How much nitrate each well held in spring and autumn., read_by: water-board}
    """
    produced = texts_in(team.data.get("produces"))
    if not produced or _is_all_told_of(org, produced):
        return
    if team.external or not says_who_takes(org) or is_young(org, [team], days):
        return
    for index, ref in enumerate(team.produces):
        record = org.find(ref)
        if _is_left(org, record, days) if record is not None else ref.is_text and not is_told_of(org, ref.text):
            listed = isinstance(team.data["produces"], list)
            yield Problem(
                team.at("produces", index) if listed else team.at("produces"),
                f"nobody takes {record.label if record else 'this'}, which {team.label} produces",
                tip="name the hand-off that delivers it, or who reads it; or stop making it",
                atoms=atoms(record, "read_by") if record else (),
            )


def _is_all_told_of(org: Org, produced: Sequence[str]) -> bool:
    records = bearers(org, Team.produces)
    told_of = [text for text in produced if records[text] is None and is_told_of(org, text)]
    return len(told_of) == len(produced)


def _is_left(org: Org, record: Record, days: int) -> bool:
    return org.is_active(record) and not record.refused and not is_taken(record) and not is_young(org, [record], days)


@rule(WARNING, weakness=CONTRADICTION, claims_absence=True)
def accepts_what_nobody_delivers(org: Org, handoff: Handoff) -> Iterator[Problem]:
    """Whatever a receiver may refuse without is delivered.

    A record in `accepts_when` that the giver does not deliver makes every delivery one that may be refused: the
    receiver fetches it elsewhere each time, or sends the work back. It counts as delivered where the giver delivers it
    otherwise, or another the same receiver; where an approval on the way is kept in it; and where the receiver reads or
    owns it. Where `delivers` is in words, it may be meant.

    Bad:

        handoffs:
          sheets-to-press:
            from: layout
            to: press-room
            delivers: record/printed-sheets
            accepts_when: [record/colour-proof]   # expect: handoff/accepts-what-nobody-delivers

    Good:

        handoffs:
          sheets-to-press:
            from: layout
            to: press-room
            delivers: [record/printed-sheets, record/colour-proof]
            accepts_when: [record/colour-proof]
    """
    if "accepts_when" in handoff.data and bearers(org, Handoff.accepts_when).of(handoff.data["accepts_when"]):
        for record in dict.fromkeys(org.each(handoff.accepts_when)):
            if not is_brought(handoff, record):
                yield Problem(
                    handoff.at("accepts_when", record),
                    f"handoff `{handoff.id}` may be refused without `{record.id}`, which it does not deliver",
                    related=(Related(handoff.at("delivers", on_key=True), "what it delivers"),),
                    tip=f"deliver `{record.id}` too, or take it away here",
                )
