"""Initiatives of several teams: whether somebody can make the calls they need, stands above them, and has one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordlint.facts.mandates import calls_needed, gets_none, leads_apart, teams_inside, tops
from coordlint.facts.naming import texts_in
from coordlint.facts.plans import plans_apart
from coordlint.facts.tables import MOST, Lacking, forums_for, lacks_nothing, nearest_forum, settles_for
from coordlint.facts.venues import meets_at_all
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Initiative, Team
from coordlint.model.org import Org
from coordlint.rule import ERROR, GAP, WARNING, rule
from coordlint.rules.wording import atoms, counted, listed, names


@rule(
    ERROR,
    weakness=GAP,
    claims_absence=True,
    yields_to=("decision/no-decider", "initiative/two-accountable", "reference/cycle", "reporting/no-boss"),
)
def no_authority(org: Org, initiative: Initiative) -> Iterator[Problem]:
    """Whoever is accountable for an initiative can get the calls that it needs.

    Somebody who answers for an outcome, makes none of the calls on which it hangs, and has no way to those who do, can
    only ask and wait. It is enough to make one of them, or to have a way to one: to sit where it is made, to recommend
    or agree, to report up to who decides it or stand above, or an escalation with a step that reaches them or somebody
    above; what the sponsor or the forum of the initiative has counts as well. It is told only where it is written down
    whom both sides report to, or who to them.

    Bad:

        roles:
          managing-director: {}
          bridge-lead: {reports_to: head-of-building}
          head-of-building: {reports_to: managing-director}
          treasurer: {reports_to: managing-director}
        initiatives:
          new-bridge:
            accountable: bridge-lead   # expect: initiative/no-authority
            done_when: The first train crosses it.
            due: 2027-06-30
            needs: {decision: steel, by: 2026-09-30}
        decision_rights:
          steel: {question: Do we buy the steel now?, decider: treasurer, asynchronous: true, record: ledger}

    Good:

        roles:
          managing-director: {}
          bridge-lead: {reports_to: head-of-building}
          head-of-building: {reports_to: managing-director}
          treasurer: {reports_to: managing-director}
        initiatives:
          new-bridge:
            accountable: bridge-lead
            sponsor: managing-director
            done_when: The first train crosses it.
            due: 2027-06-30
            needs: {decision: steel, by: 2026-09-30}
        decision_rights:
          steel: {question: Do we buy the steel now?, decider: treasurer, asynchronous: true, record: ledger}
    """
    rights = calls_needed(initiative) if "needs" in initiative.data else []
    if not rights or not initiative.data.get("accountable") or not gets_none(initiative, rights):
        return
    accountable = list(org.each(initiative.refs("accountable")))
    yield Problem(
        initiative.at("accountable"),
        f"no way leads from {names(accountable)} to whoever decides {names(rights)}, which `{initiative.id}` needs",
        related=tuple(Related(right.at("decider"), "decided here") for right in rights[:3]),
        tip="let one of these calls be theirs, name an escalation for it, or a sponsor or forum that can get it",
        atoms=(
            *atoms(initiative, "accountable"),
            *(atom for right in rights for atom in atoms(right, "decider")),
            *(atom for each in tops(accountable) for atom in atoms(each, "reports_to")),
        ),
    )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    yields_to=("reference/cycle", "initiative/two-accountable", "forum/no-decider", "reporting/no-boss"),
)
def nobody_above(org: Org, initiative: Initiative) -> Iterator[Problem]:
    """Somebody stands above all who lead the teams of an initiative.

    What two leads cannot agree on goes up until it reaches somebody whom both follow. Where their lines never meet, and
    no forum for all of their teams has the last word, it goes nowhere. The initiative's own forum counts whomever it is
    for. It is told where the lines of all leads are written down to the end.

    Bad:

        roles:
          abbot: {}
          cellarer: {reports_to: abbot}
          mayor: {}
          town-clerk: {reports_to: mayor}
        teams:
          abbey-brewery: {lead: cellarer}
          town-fair: {lead: town-clerk}
        initiatives:
          summer-fair:
            accountable: cellarer
            done_when: The last barrel is empty.
            due: 2026-08-15
            teams: [abbey-brewery, town-fair]   # expect: initiative/nobody-above

    Good:

        roles:
          abbot: {}
          cellarer: {reports_to: abbot}
          mayor: {}
          town-clerk: {reports_to: mayor}
        teams:
          abbey-brewery: {lead: cellarer}
          town-fair: {lead: town-clerk}
        initiatives:
          summer-fair:
            accountable: cellarer
            done_when: The last barrel is empty.
            due: 2026-08-15
            teams: [abbey-brewery, town-fair]
            forum: fair-board
        forums:
          fair-board:
            charter: Settles who stands where at the fair, and who pays for what.
            because: Two fairs were held on one day.
            review_every: year
            chair: cellarer
            deputy: town-clerk
            decider: mayor
            record: fair-book
            asynchronous: true
    """
    leads = leads_apart(initiative) if "teams" in initiative.data else []
    if leads:
        yield Problem(
            initiative.at("teams"),
            f"nobody stands above {names(leads)}, who lead the teams of initiative `{initiative.id}`",
            related=tuple(Related(lead.at(on_key=True), "leads one of them") for lead in leads[:3]),
            tip="name a `forum` whose decider settles what they cannot, or whom both report to",
            atoms=(
                *atoms(initiative, "accountable"),
                *(atom for each in (*leads, *tops(leads)) for atom in atoms(each, "reports_to")),
                *(atom for forum in org.each(initiative.refs("forum")) for atom in atoms(forum, "decider")),
            ),
        )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("forum", "no forum is there for the teams of any of these {count} initiatives"),
    yields_to=("forum/no-decider", "forum/never-meets", "lifecycle/past-until"),
)
def no_forum(org: Org, initiative: Initiative, *, teams: int = 3) -> Iterator[Problem]:
    """What several teams do together has one table at which it is settled.

    Three teams (`teams`) that must fit together meet trade-offs that none of them can settle alone. Where it goes well
    there is a forum that is for all of them, meets, has somebody with the last word and remembers what was decided. Any
    forum will do: one that is for a team is for its parts as well, and one that does not say for whom it is counts as
    being for all of whom somebody sits there. The message says what the nearest one lacks. Teams outside are not
    counted, and nothing is said before any forum or meeting is written down.

    Bad:

        initiatives:
          fruit-to-juice:
            accountable: head-of-cellar
            done_when: No crate waits longer than a day.
            due: 2026-10-31
            teams: [orchard, press, bottling]   # expect: initiative/no-forum
        forums:
          harvest-board:
            charter: Settles what is picked first, and which press it goes to.
            because: Two presses waited for one load.
            review_every: year
            chair: head-of-cellar
            decider: head-of-cellar
            teams: [orchard, press]
            asynchronous: true
            record: harvest-book

    Good:

        initiatives:
          fruit-to-juice:
            accountable: head-of-cellar
            done_when: No crate waits longer than a day.
            due: 2026-10-31
            teams: [orchard, press, bottling]
        forums:
          harvest-board:
            charter: Settles what is picked first, and which press it goes to.
            because: Two presses waited for one load.
            review_every: year
            chair: head-of-cellar
            decider: head-of-cellar
            teams: [orchard, press, bottling]
            asynchronous: true
            record: harvest-book
    """
    involved = teams_inside(initiative) if len(texts_in(initiative.data.get("teams"))) >= teams else []
    if len(involved) < teams or not meets_at_all(org) or (initiative.says("forum") and not _forum_is_known(initiative)):
        return
    if any(map(lacks_nothing, settles_for(involved))) or any(len(forums_for(team)) == MOST for team in involved):
        return
    nearest = nearest_forum(initiative, involved)
    if nearest is None or nearest.teams or nearest.rest:
        yield _without_forum(initiative, involved, nearest)


def _forum_is_known(initiative: Initiative) -> bool:
    return all(initiative.org.find(ref) is not None for ref in initiative.refs("forum"))


def _without_forum(initiative: Initiative, teams: Sequence[Team], nearest: Lacking | None) -> Problem:
    what = f"{counted(len(teams), 'team')} of initiative `{initiative.id}`"
    tip = "one forum for all of them, which meets, has a decider and keeps a record; name it as `forum: …`"
    told = Problem(
        initiative.at("teams"),
        f"no forum is there for any of the {what}",
        tip=tip,
        atoms=atoms(initiative, "forum", "plans"),
    )
    if nearest is None:
        return told
    lacks = [f"leaves out {names(nearest.teams)}"] if nearest.teams else []
    return told._replace(
        message=f"no forum settles what the {what} cannot: `{nearest.forum.id}` {listed([*lacks, *nearest.rest])}",
        related=(Related(nearest.forum.at(on_key=True), "the nearest one"),),
        atoms=(*told.atoms, *atoms(nearest.forum, "decider", "")),
    )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    yields_to=("initiative/no-forum", "lifecycle/past-until", "reference/ended"),
)
def plans_do_not_meet(_org: Org, initiative: Initiative) -> Iterator[Problem]:
    """The plans of one initiative are read side by side somewhere.

    Each function can have a good plan, and the five of them need not fit together: that one rests on a date which
    another has moved is seen only where both are read. A forum counts, with its meetings, a meeting, or a record that
    the others are copies of. A reader who has all of them on his desk is no such place. Nothing is said where a plan
    does not say who reads it, and a meeting of the initiative not what it takes in.

    Bad:

        initiatives:
          night-train:
            accountable: head-of-network
            done_when: It has run for a month.
            due: 2026-12-13
            plans: [timetable, crew-plan]   # expect: initiative/plans-do-not-meet
        records:
          timetable: {keeps: When each train leaves., read_by: [forum/timetable-board, head-of-network]}
          crew-plan: {keeps: Who drives which train., read_by: [meeting/crew-round, head-of-network]}

    Good:

        initiatives:
          night-train:
            accountable: head-of-network
            done_when: It has run for a month.
            due: 2026-12-13
            plans: [timetable, crew-plan]
        records:
          timetable: {keeps: When each train leaves., read_by: [forum/timetable-board, head-of-network]}
          crew-plan: {keeps: Who drives which train., read_by: [meeting/crew-round, forum/timetable-board]}
    """
    plans = plans_apart(initiative)
    if plans:
        yield Problem(
            initiative.at("plans"),
            f"nowhere are the {len(plans)} plans of initiative `{initiative.id}` read together",
            related=tuple(Related(plan.at("read_by"), "who reads this one") for plan in plans[:3]),
            tip="let one meeting take all of them in, and name it as a reader of each",
            atoms=(*atoms(initiative, "plans"), *(atom for plan in plans for atom in atoms(plan, ""))),
        )
