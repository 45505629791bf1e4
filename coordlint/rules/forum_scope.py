"""What comes to each forum, who is missing at its table, and whether it stands above those it is for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from coordlint.facts.holding import may_be_meant
from coordlint.facts.informed import is_named
from coordlint.facts.parties import teams_of
from coordlint.facts.scope import (
    is_missed,
    lasting_rights_of,
    leads_out,
    led_by_its_decider,
    people_at,
    rights_have_places,
    says_what_leads_up,
    something_comes_to,
    table,
)
from coordlint.facts.venues import meetings_of
from coordlint.finding import Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum, Team
from coordlint.model.org import Org
from coordlint.rule import GAP, INFO, RIGIDITY, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, counted, names, pair


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("decides", "{count} forums have nothing to settle, as far as anything says"),
    yields_to=("forum/no-decider", "forum/never-meets", "forum/same-scope", "rigidity/only-one-use"),
)
def decides_nothing(org: Org, forum: Forum) -> Iterator[Problem]:
    """A forum has something to settle.

    A body to which nothing comes spends its hours on whatever is brought up, and people ask it for leave that nobody
    has to ask for. A decision right, an initiative, a hand-off, a step of an escalation, or what another forum passes
    on to it: one is enough, and what comes to its meetings counts. Being asked or told is not enough. A forum that
    writes `decides: []` says itself that it only advises. Nothing is said while no decision right has a place.

    Bad:

        forums:
          crop-council:
            charter: Settles what is sown on which field.
            decider: farm-manager
            asynchronous: true
          machine-council:   # expect: forum/decides-nothing
            charter: Looks after tractors and harvesters.
            decider: head-of-workshop
            asynchronous: true
        decision_rights:
          sowing-plan: {question: What is sown where?, decider: farm-manager, decided_in: crop-council, record: plan}
          repair-or-replace:
            question: Is a machine repaired, or replaced?
            decider: head-of-workshop
            asynchronous: true
            record: plan

    Good:

        forums:
          crop-council:
            charter: Settles what is sown on which field.
            decider: farm-manager
            asynchronous: true
          machine-council:
            charter: Looks after tractors and harvesters.
            decider: head-of-workshop
            asynchronous: true
        decision_rights:
          sowing-plan: {question: What is sown where?, decider: farm-manager, decided_in: crop-council, record: plan}
          repair-or-replace:
            question: Is a machine repaired, or replaced?
            decider: head-of-workshop
            decided_in: machine-council
            record: plan
    """
    if forum.data.get("decides") is not None or not rights_have_places(org) or may_be_meant(forum):
        return
    if not something_comes_to(forum):
        yield Problem(
            forum.at("decides"),
            f"nothing comes to forum `{forum.id}` to be settled",
            tip="say what is decided there, write `decides: []` if it only advises, or end it",
            atoms=atoms(forum, "", "decider"),
        )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    yields_to=("decision/performer-not-informed", "meeting/decider-not-invited"),
)
def misses_a_team(org: Org, forum: Forum) -> Iterator[Problem]:
    """Whoever a forum is for sits in it.

    A team whose trade-offs are settled where nobody speaks for it learns the outcome, and argues afterwards. Each of
    the forum's `teams` has somebody among its members or in its meetings; whoever leads a team around it will do. So
    has each team that carries out a call made there that cannot be taken back (`reversible: false`), unless it
    recommends, agrees or is consulted. What can be taken back, it is enough to be told. Where it is not known who sits
    in the forum, or of which team they are, nothing is said: an `ext/…` is of the teams and roles that name it so.

    Bad:

        teams:
          kitchen: {lead: head-chef}
          service: {lead: maitre}
          cellar: {lead: sommelier}
        forums:
          menu-board:
            charter: Settles what the three restaurants serve, and when it changes.
            decider: owner-manager
            members: [head-chef, maitre]
            teams: [kitchen, service, cellar]   # expect: forum/misses-a-team

    Good:

        teams:
          kitchen: {lead: head-chef}
          service: {lead: maitre}
          cellar: {lead: sommelier}
        forums:
          menu-board:
            charter: Settles what the three restaurants serve, and when it changes.
            decider: owner-manager
            members: [head-chef, maitre, sommelier]
            teams: [kitchen, service, cellar]
    """
    teams = dict.fromkeys(org.each(forum.teams)) if "teams" in forum.data else {}
    missed = [team for team in teams if org.is_active(team) and is_missed(forum, team)]
    if missed:
        yield Problem(
            forum.at("teams", missed[0]),
            f"forum `{forum.id}` is for {names(missed)}, of whom nobody sits there",
            related=(Related(forum.at("members"), "who sits there"),),
            tip="add somebody who speaks for the team to `members`, or take the team away",
            # Of one team, a decider of it who is not invited is who is missing.
            atoms=(*atoms(forum, "members"), *([pair(forum, missed[0])] if len(missed) == 1 else [])),
        )
    for right in lasting_rights_of(forum):
        unheard = (each for each in _not_heard(forum, right) if each[1] not in missed)
        for performer, team in islice(unheard, 1):
            yield Problem(
                right.at("performs", performer),
                f"`{performer.id}` carries out `{right.id}` for good, and nobody of {team.label} sits in `{forum.id}`",
                related=(Related(forum.at("members", on_key=True), "who sits there"),),
                tip="consult them, or add somebody of the team to `members`",
                atoms=atoms(forum, "members"),
            )


def _not_heard(forum: Forum, right: DecisionRight) -> Iterator[tuple[Declaration, Team]]:
    """Who carries out what cannot be taken back, is not heard before, and is of no team that sits in the forum."""
    for performer in right.org.each(right.performs):
        teams = teams_of(performer)
        if not teams or is_named(right, performer) or table(forum).includes(performer) is not False:
            continue
        if all(is_missed(forum, team) for team in teams):
            yield performer, teams[0]


@rule(WARNING, weakness=GAP, claims_absence=True, yields_to=("forum/no-decider",))
def not_above(org: Org, forum: Forum) -> Iterator[Problem]:
    """Who decides in a forum stands above all of its teams, or a way leads on from there.

    Where the decider leads one of the teams, the others lose before they begin, or think so. It is in order where the
    other teams lie below the decider too, and where somebody other than the decider can be asked: `escalates_to`, an
    escalation of what the forum decides, or one for anything. Nothing is said while no way upward is written down
    anywhere.

    Bad:

        teams:
          print: {lead: print-editor}
          online: {lead: online-editor}
        forums:
          front-page-council:
            charter: Settles which stories lead, in print and online.
            decider: print-editor   # expect: forum/not-above
            teams: [print, online]
          photo-council:
            charter: Settles which pictures are bought.
            decider: art-director
            escalates_to: editor-in-chief

    Good:

        teams:
          print: {lead: print-editor}
          online: {lead: online-editor}
        forums:
          front-page-council:
            charter: Settles which stories lead, in print and online.
            decider: print-editor
            teams: [print, online]
            escalates_to: editor-in-chief
          photo-council:
            charter: Settles which pictures are bought.
            decider: art-director
            escalates_to: editor-in-chief
    """
    if "decider" not in forum.data or "teams" not in forum.data or not says_what_leads_up(org) or leads_out(forum):
        return
    found = led_by_its_decider(forum)
    if found is None:
        return
    team, leading = found
    how = "is of" if leading.field == "team" else "leads"
    yield Problem(
        forum.at("decider"),
        f"who decides in forum `{forum.id}` {how} `{team.id}`, one of the teams that it is for",
        related=(Related(leading.said_by.at(leading.field), "said here"),),
        tip="name a decider above all of its teams, or say who is asked when they disagree: `escalates_to: …`",
    )


@rule(INFO, preset=STRICT, weakness=RIGIDITY, yields_to=("forum/misses-a-team",))
def for_two(_org: Org, forum: Forum, *, max: int = 2) -> Iterator[Problem]:  # noqa: A002
    """A forum is for more than two.

    What two people have to settle they settle when it comes up; charter, chair and calendar make them wait for it.
    Counted are the people in it, each once, whatever the roles are under which they sit there. Where that cannot be
    counted (a team, somebody outside, a role that several hold), or where its meetings have guests of their own,
    nothing is said.

    `max` is the largest number of people who need no forum.

    Bad:

        roles:
          head-of-lab: {held_by: ines}
          head-of-clinic: {held_by: omar}
        forums:
          sample-council:   # expect: forum/for-two
            charter: Settles in which order samples are looked at.
            chair: head-of-lab
            decider: head-of-lab
            members: [head-of-lab, head-of-clinic]

    Good:

        roles:
          head-of-lab: {held_by: ines}
          head-of-clinic: {held_by: omar}
        forums:
          sample-council:
            charter: Settles in which order samples are looked at.
            chair: head-of-lab
            decider: head-of-lab
            members: [head-of-lab, head-of-clinic, head-of-ward]
    """
    people = people_at(forum)
    if not people or len(people) > max or any(_has_guests(meeting) for meeting in meetings_of(forum)):
        return
    yield Problem(
        forum.at(on_key=True),
        f"forum `{forum.id}` is one of {counted(len(people), 'person', 'people')}",
        related=(Related(forum.at("members"), "who sits there"),),
        tip="let them settle it between them, or say who else belongs to it",
        atoms=atoms(forum, "members"),
    )


def _has_guests(meeting: Declaration) -> bool:
    return meeting.says("attendees") or meeting.says("optional")
