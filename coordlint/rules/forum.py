"""What each forum is there for, who decides in it, and whether it meets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordlint.facts.heads import voices
from coordlint.facts.tables import may_meet, meetings_naming
from coordlint.facts.vacancy import is_one_alone
from coordlint.facts.venues import calls, decided_in
from coordlint.finding import Problem, Related
from coordlint.model.kinds import DecisionRight, Forum, Team
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, ERROR, FRAGILITY, GAP, WARNING, rule
from coordlint.rules.wording import atoms, counted, names


@rule(
    WARNING,
    weakness=GAP,
    once_a_kind=("charter", "none of the {count} forums says what it is there to settle"),
)
def no_charter(_org: Org, forum: Forum) -> Iterator[Problem]:
    """Every forum has a charter.

    A standing body without one takes on whatever is brought to it, and nobody can tell it what is not its business. A
    sentence or two will do, or a path to a page: what it settles, and for whom.

    Bad:

        forums:
          claims-board:   # expect: forum/no-charter
            chair: head-of-claims
            decider: head-of-claims

    Good:

        forums:
          claims-board:
            charter: Settles which contested claims we pay, for all lines of business.
            chair: head-of-claims
            decider: head-of-claims
    """
    if not forum.says("charter"):
        yield Problem(
            forum.at("charter"),
            f"forum `{forum.id}` has no charter",
            tip="say in a sentence what it settles, and for whom: `charter: …`",
        )


@rule(WARNING, weakness=GAP, claims_absence=True, yields_to=("lifecycle/past-until", "reference/ended"))
def never_meets(_org: Org, forum: Forum) -> Iterator[Problem]:
    """A forum meets, or says that it works without meeting.

    A forum that nobody ever calls together settles nothing, and what is sent to it waits. A meeting is its meeting
    where it names it as `forum`, or expects it among its `attendees`; one that is paused or still proposed counts, one
    that has ended does not. Nothing is said while no meeting of the organisation names a forum.

    Bad:

        forums:
          tooling-board:   # expect: forum/never-meets
            charter: Settles which machines and moulds are bought for both plants.
            chair: head-of-production
          safety-board:
            charter: Settles what is done about every accident and near miss.
            chair: safety-officer
        meetings:
          safety-monthly:
            forum: safety-board
            cadence: {every: month, day: first tue, at: "08:00", lasts: 1h}

    Good:

        forums:
          tooling-board:
            charter: Settles which machines and moulds are bought for both plants.
            chair: head-of-production
            asynchronous: true
          safety-board:
            charter: Settles what is done about every accident and near miss.
            chair: safety-officer
        meetings:
          safety-monthly:
            forum: safety-board
            cadence: {every: month, day: first tue, at: "08:00", lasts: 1h}
    """
    if not may_meet(forum):
        over = meetings_naming(forum)[:1]
        yield Problem(
            forum.at(on_key=True),
            f"forum `{forum.id}` never meets",
            related=tuple(Related(use.user.at(on_key=True), "this meeting of it has ended") for use in over),
            tip="declare the meeting with `forum: …`, or write `asynchronous: true`",
        )


@rule(
    ERROR,
    weakness=GAP,
    once_a_kind=("decider", "{count} forums settle something, and in none of them has anybody the last word"),
    yields_to=("decision/no-decider",),
)
def no_decider(_org: Org, forum: Forum) -> Iterator[Problem]:
    """A forum that settles something has somebody who decides.

    A forum for two teams or more, or one that is itself left to make a call, ends in a stand-off when nobody has the
    last word. Name a `decider`, or say under `votes` how it decides together. A right that is decided in a forum, and
    names who makes each of its calls, has its last word there; so a forum for no teams, or for one, is asked only where
    a call of some right names nobody, or the forum itself.

    Bad:

        forums:
          route-council:   # expect: forum/no-decider
            charter: Settles which routes are flown, between network planning, crews and sales.
            chair: head-of-network
            teams: [network-planning, crew-planning, sales]

    Good:

        forums:
          route-council:
            charter: Settles which routes are flown, between network planning, crews and sales.
            chair: head-of-network
            decider: chief-commercial-officer
            teams: [network-planning, crew-planning, sales]
    """
    if forum.says("decider") or forum.says("votes"):
        return
    teams = {ref.text for ref in forum.teams}
    rights = [right for right in decided_in(forum) if _is_left_to(forum, right)] if len(teams) < 2 else []
    if len(teams) > 1:
        why = f"settles what {counted(len(teams), 'team')} cannot"
    elif rights:
        why = f"decides {names(rights)}"
    else:
        return
    yield Problem(
        forum.at("decider"),
        f"forum `{forum.id}` {why}, and nobody in it has the last word",
        tip="name a `decider`, or say how it decides under `votes`",
        atoms=tuple(atom for right in rights for atom in atoms(right, "decider")),
    )


def _is_left_to(forum: Forum, right: DecisionRight) -> bool:
    """Whether some call of a right names nobody who makes it, or this forum."""
    made = calls(right) if not right.refused else ()
    return any(not call.has_decider or forum in forum.org.each(call.refs("decider")) for call in made)


@rule(
    WARNING,
    weakness=FRAGILITY,
    once_a_kind=("deputy", "{count} forums hang on one chair each, and none names a deputy"),
    yields_to=("ownership/owner-left", "fragility/no-deputy"),
)
def no_deputy(org: Org, forum: Forum) -> Iterator[Problem]:
    """A forum can meet without its chair.

    Where the chair is one person, a fortnight's holiday stops whatever the forum has to settle. A `deputy` of the forum
    or of the chair's role is enough; so are two chairs. Where it is not said who holds the role, nothing is said here.
    Where the chair's role has no deputy, that is told at the role.

    Bad:

        roles:
          medical-director: {held_by: dr-amara}
        forums:
          formulary-board:
            charter: Settles which medicines the four clinics keep in stock.
            chair: medical-director   # expect: forum/no-deputy
            decider: medical-director

    Good:

        roles:
          medical-director: {held_by: dr-amara}
        forums:
          formulary-board:
            charter: Settles which medicines the four clinics keep in stock.
            chair: medical-director
            deputy: head-pharmacist
            decider: medical-director
    """
    if forum.says("deputy"):
        return
    chair = org.find(forum.chair)
    if chair is None or not is_one_alone(chair):
        return
    yield Problem(
        forum.at("chair"),
        f"forum `{forum.id}` hangs on one chair, and names no deputy",
        related=(Related(chair.at(on_key=True), "the chair"),),
        tip="name who chairs in their absence: `deputy: …`",
        atoms=(*atoms(chair, "held_by"), *atoms(forum, "deputy")),
    )


@rule(WARNING, weakness=CONTRADICTION, yields_to=("decision/declared-twice",))
def same_scope(org: Org) -> Iterator[Problem]:
    """What one forum settles, no other settles.

    Two forums that both list one decision right, or that are both there for the same two teams or more, will sooner or
    later settle the same thing twice, and differently. A right whose cases go to different forums is in order. So are
    forums for the same teams that each say what they decide, and nothing is in both lists. Of three forums or more it
    is told once.

    Bad:

        forums:
          pricing-board:
            charter: Settles what we charge for each tariff.
            chair: head-of-tariffs
            decider: head-of-tariffs
            decides: [tariff-change]
          service-board:
            charter: Settles what customers are offered.
            chair: head-of-service
            decider: head-of-service
            decides: [tariff-change]   # expect: forum/same-scope

    Good:

        forums:
          pricing-board:
            charter: Settles what we charge for each tariff.
            chair: head-of-tariffs
            decider: head-of-tariffs
            decides: [tariff-change]
          service-board:
            charter: Settles what customers are offered.
            chair: head-of-service
            decider: head-of-service
            decides: [goodwill-payment]
    """
    said: set[tuple[Forum, Forum]] = set()
    for right, first, others in _shared_rights(org):
        new = [other for other in others if (first, other) not in said]
        if new:
            said.update((first, other) for other in new)
            yield _same(first, new, f"`{right.id}` is decided in {names([first, *new])}", "decides", right)
    for first, others in _same_teams(org):
        new = [other for other in others if (first, other) not in said]
        if new:
            yield _same(first, new, f"{names([first, *new])} are forums for the same teams", "teams")


def _same(
    first: Forum, others: Sequence[Forum], message: str, field: str, right: DecisionRight | None = None
) -> Problem:
    way = (field, right) if right else (field,)
    forums = [first, *others]
    rights = [right] if right else [each for forum in forums for each in decided_in(forum)]
    return Problem(
        others[0].at(*way),
        message,
        related=(
            Related(first.at(*way), "the other one says the same here"),
            *(Related(forum.at(*way), "and so does this one") for forum in others[1:4]),
        ),
        tip="let one of them settle it, or make them one",
        atoms=(
            *(atom for forum in forums for atom in atoms(forum, "decides")),
            *(atom for each in rights for atom in atoms(each, "question", "decided_in")),
        ),
    )


def _shared_rights(org: Org) -> Iterator[tuple[DecisionRight, Forum, list[Forum]]]:
    """Every right that several forums list, the first of them, and the others, in the order of ids."""
    listing: dict[DecisionRight, list[Forum]] = {}
    for forum in org.active(Forum):
        if "decides" in forum.data and not forum.refused:
            for right in dict.fromkeys(org.each(forum.decides)):
                listing.setdefault(right, []).append(forum)
    for right, forums in listing.items():
        if len(forums) > 1 and not _is_split_by_case(right):
            yield right, forums[0], forums[1:]


def _is_split_by_case(right: DecisionRight) -> bool:
    """Whether the calls of a right are made in different places."""
    return len({call.refs("decided_in") for call in calls(right)}) > 1


def _same_teams(org: Org) -> Iterator[tuple[Forum, list[Forum]]]:
    """Forums that are for the same two teams or more, unless what they decide keeps them apart: the first, and those
    that are not apart from it."""
    by_teams: dict[frozenset[Team], list[Forum]] = {}
    for forum in org.active(Forum):
        if isinstance(forum.data.get("teams"), list) and not forum.refused:
            found = [org.find(ref) for ref in forum.teams]
            teams = frozenset(team for team in found if team is not None)
            if len(teams) > 1 and None not in found:
                by_teams.setdefault(teams, []).append(forum)
    for forums in by_teams.values():
        alike: dict[Forum, list[Forum]] = {}
        for index, second in enumerate(forums):
            first = next((forum for forum in forums[:index] if not _are_apart(forum, second)), None)
            if first is not None:
                alike.setdefault(first, []).append(second)
        yield from alike.items()


def _are_apart(one: Forum, other: Forum) -> bool:
    left, right = decided_in(one), decided_in(other)
    return bool(left and right) and set(left).isdisjoint(right)


@rule(WARNING, weakness=GAP)
def no_tie_break(_org: Org, forum: Forum) -> Iterator[Problem]:
    """A vote cannot end in a tie.

    An even number of voters and a majority: sooner or later half of them stand against the other half, and the forum
    has decided nothing. It is asked where a majority decides, for in the other ways to vote there is no tie. Where it
    cannot be counted who votes, a team or a role that several hold, nothing is said.

    Bad:

        forums:
          grant-jury:
            charter: Chooses which projects of the foundation are paid for.
            chair: programme-director
            votes:   # expect: forum/no-tie-break
              rule: majority
              voters: [programme-director, finance-director, ext/first-juror, ext/second-juror]

    Good:

        forums:
          grant-jury:
            charter: Chooses which projects of the foundation are paid for.
            chair: programme-director
            votes:
              rule: majority
              voters: [programme-director, finance-director, ext/first-juror, ext/second-juror]
              tie_break: programme-director
    """
    votes = forum.votes if "votes" in forum.data else None
    if votes is None or votes.says("tie_break") or votes.rule not in ("majority", ""):
        return
    count = voices(forum)
    if count and count % 2 == 0:
        yield Problem(
            forum.at("votes"),
            f"forum `{forum.id}` votes with {count} voters, and nobody breaks a tie",
            tip="name who does: `tie_break: …`",
        )
