"""What hangs on one: roles without a deputy, people without whom much has nobody, meetings that are the only thread."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.naming import bearers
from coordlint.facts.references import Use, in_order, uses_of
from coordlint.facts.threads import single_threads
from coordlint.facts.vacancy import hanging_on, is_one_alone, last_key, place_of, stands_in_for_itself, who_acts
from coordlint.facts.venues import decides_something
from coordlint.finding import Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Escalation, Forum, Meeting, Person, Role
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, CORRECTNESS, ERROR, FRAGILITY, INFO, WARNING, rule
from coordlint.rules.wording import atoms, names

# Where somebody is waited for.
WAITED_FOR = frozenset(("decider", "chair", "to", "escalates_to"))


@rule(
    WARNING,
    weakness=FRAGILITY,
    once_a_kind=("deputy", "{count} roles are waited for and have one holder each, and no role names a deputy"),
    yields_to=("ownership/owner-left", "fragility/deputy-is-holder", "fragility/single-point"),
)
def no_deputy(org: Org, role: Role) -> Iterator[Problem]:
    """A role that others wait for has a deputy.

    Where one person decides, chairs a forum, or a meeting of no forum in which calls are made, or is called in an
    escalation, and nobody stands in, a fortnight's holiday stops whatever waits. A role that several hold needs none,
    and neither does one on which nothing waits. A forum's own `deputy` is enough for what its chair does there. Where
    it is not said who holds a role, nothing is said here; nor where so many roles hang on one person that this is told
    of the person.

    Bad:

        roles:
          harbour-master:   # expect: fragility/no-deputy
            held_by: ext/lena
          pilot-lead:
            held_by: ext/omar
            deputy: harbour-master
        decision_rights:
          close-the-port:
            question: Do we close the port for this storm?
            decider: harbour-master
          second-tug:
            question: Does this ship need a second tug?
            decider: pilot-lead

    Good:

        roles:
          harbour-master:
            held_by: ext/lena
            deputy: pilot-lead
          pilot-lead:
            held_by: ext/omar
            deputy: harbour-master
        decision_rights:
          close-the-port:
            question: Do we close the port for this storm?
            decider: harbour-master
          second-tug:
            question: Does this ship need a second tug?
            decider: pilot-lead
    """
    if role.says("deputy") or not is_one_alone(role):
        return
    waiting = in_order([use for use in uses_of(org, role) if _waits(use)])
    if waiting:
        users = list(dict.fromkeys(use.user for use in waiting))
        wait = f"{names(users)} {'waits' if len(users) == 1 else 'wait'} for it"
        yield Problem(
            role.at("deputy"),
            f"role `{role.id}` has one holder and no deputy; {wait}",
            related=tuple(Related(place_of(use), "waits for it") for use in waiting[:3]),
            tip="name who acts in their absence: `deputy: …`",
            atoms=atoms(role, "held_by"),
        )


def _waits(use: Use) -> bool:
    """Whether something active comes to a halt where a role is named, and nobody there stands in for it."""
    user, field = use.user, last_key(use)
    if field not in WAITED_FOR or user.refused or not user.org.is_active(user):
        return False
    if isinstance(user, Forum):
        chairs = use.field == "chair" or (use.field == "decider" and user.refs("chair") == user.refs("decider"))
        return not (chairs and user.says("deputy")) and use.field != "owner"
    if isinstance(user, Meeting):
        return use.field == "chair" and not user.says("forum") and decides_something(user)
    return isinstance(user, DecisionRight) or (isinstance(user, Escalation) and use.field == "steps")


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION)
def deputy_is_holder(org: Org) -> Iterator[Problem]:
    """A deputy is somebody else.

    Whoever holds a role cannot stand in for themselves, and a forum whose chair and deputy are one person does not meet
    without that person. It is asked of whom the names stand for: another role that the same people hold adds nobody.
    Of two roles that are each other's deputy it is told once, at the first.

    Bad:

        people:
          ida-berg: {}
        roles:
          site-lead: {held_by: ida-berg, deputy: safety-lead}   # expect: fragility/deputy-is-holder
          safety-lead: {held_by: ida-berg}
        teams:
          site: {lead: site-lead, members: safety-lead}

    Good:

        people:
          ida-berg: {}
        roles:
          site-lead: {held_by: ida-berg, deputy: ext/ben}
          safety-lead: {held_by: ida-berg}
        teams:
          site: {lead: site-lead, members: safety-lead}
    """
    held_by = bearers(org, Role.held_by)
    told: set[tuple[Declaration, Declaration]] = set()
    for declaration, party, deputy in (*_with_deputy(org, Role), *_with_deputy(org, Forum)):
        # A role that nobody declared holds is nobody else's deputy by another name.
        if deputy is not party and isinstance(deputy, Role) and not held_by.of(deputy.data.get("held_by")):
            continue
        if (deputy, declaration) in told or declaration.refused:
            continue
        if stands_in_for_itself(party, deputy):
            told.add((declaration, deputy))
            field, who = ("chair", "its chair") if isinstance(declaration, Forum) else ("held_by", "who holds it")
            yield Problem(
                declaration.at("deputy"),
                _for_itself(declaration, party, deputy),
                related=(Related(declaration.at(field), who),),
                tip="name somebody else who acts in their absence",
                atoms=atoms(declaration, field),
            )


def _for_itself(declaration: Declaration, party: Declaration, deputy: Declaration) -> str:
    """In words that a deputy is whoever it stands in for, and who that is."""
    where = f" in {declaration.label}" if party is not declaration else ""
    if deputy is party:
        return f"`{deputy.id}` is {'their' if isinstance(deputy, Person) else 'its'} own deputy{where}"
    if isinstance(deputy, Person):
        same = "holds that role"
    elif isinstance(party, Person):
        same = "is the same person"
    else:
        people = [each for each in who_acts(party) or () if isinstance(each, Declaration)]
        same = f"both are {names(sorted(people, key=lambda each: each.id))}"
    return f"`{deputy.id}` stands in for `{party.id}`{where}, and {same}"


def _with_deputy(org: Org, kind: type[Role] | type[Forum]) -> Iterator[tuple[Declaration, Declaration, Declaration]]:
    """The active roles or forums with a deputy, for whom the deputy stands in, and the deputy."""
    deputies, chairs = bearers(org, kind.deputy), bearers(org, Forum.chair)
    for each in org.active(kind):
        deputy = deputies.only(each.data.get("deputy"))
        party = each if kind is Role or deputy is None else chairs.only(each.data.get("chair"))
        if deputy is not None and party is not None:
            yield each, party, deputy


@rule(WARNING, weakness=FRAGILITY, yields_to=("ownership/owner-left", "fragility/deputy-is-holder"))
def single_point(org: Org, *, least: int = 3) -> Iterator[Problem]:
    """Nobody is the only one for much.

    When one person falls ill, and several things have nobody at once, there is more to do than to find a successor:
    nobody is left who knows how they belong together. Counted are active roles that others build on and that this
    person alone holds, without a deputy; and whatever names the person itself, and nobody else, as owner, lead, chair,
    decider, accountable or accepting. A forum with a deputy is not counted for its chair.

    From `least` such things on, it is said, and not once more of each role that it has no deputy.

    Bad:

        people:
          tove-holm: {}   # expect: fragility/single-point
        roles:
          winemaker: {held_by: tove-holm}
          cellar-master: {held_by: tove-holm}
          lab-lead: {held_by: tove-holm}
        teams:
          vineyard: {lead: winemaker}
          cellar: {lead: cellar-master}
          lab: {lead: lab-lead}

    Good:

        people:
          tove-holm: {}
        roles:
          winemaker: {held_by: tove-holm}
          cellar-master: {held_by: tove-holm, deputy: lab-lead}
          lab-lead: {held_by: ext/arne}
        teams:
          vineyard: {lead: winemaker}
          cellar: {lead: cellar-master}
          lab: {lead: lab-lead}
    """
    for person, things in hanging_on(org).items():
        if len(things) >= least:
            yield Problem(
                person.at(on_key=True),
                f"nobody but `{person.id}` holds {names(things)}",
                related=tuple(Related(thing.at(on_key=True), "would have nobody") for thing in things[:3]),
                tip="name deputies, or share these out",
                atoms=tuple(atom for thing in things for atom in atoms(thing, "held_by", "deputy")),
            )


@rule(INFO, weakness=FRAGILITY, claims_absence=True)
def single_thread(org: Org) -> Iterator[Problem]:
    """Teams that need each other have more than one meeting between them.

    A decision, hand-off, initiative or line ties two groups of teams, and goes through one meeting; nothing else joins
    them. When that meeting is cancelled, they find out from customers. What joins teams is another meeting in which
    people of both are expected, or may come; whatever is handed over, told or decided without this meeting; somebody
    who is in both; a record that both keep or read; that one works with the other or is part of it.

    Where it is not known who is expected in some meeting, nothing is said of any.

    Bad:

        teams:
          bakery: {lead: head-baker}
          shops: {lead: head-of-shops}
        meetings:
          monday-call:   # expect: fragility/single-thread
            purpose: Settle what is baked for which shop in the week.
            chair: head-of-shops
            attendees: [head-of-shops, head-baker]
            record: order-book
            cadence: {every: week, day: mon, at: "06:00", lasts: 30m}
        records:
          order-book: {keeps: What each shop has ordered., owner: head-of-shops}
        context_lines:
          what-sells:
            from: shops
            to: bakery
            carries: context
            back: risks
            through: monday-call

    Good:

        teams:
          bakery: {lead: head-baker}
          shops: {lead: head-of-shops}
        meetings:
          monday-call:
            purpose: Settle what is baked for which shop in the week.
            chair: head-of-shops
            attendees: [head-of-shops, head-baker]
            record: order-book
            cadence: {every: week, day: mon, at: "06:00", lasts: 30m}
        records:
          order-book: {keeps: What each shop has ordered., owner: head-of-shops}
        context_lines:
          what-sells:
            from: shops
            to: bakery
            carries: context
            back: risks
            through: order-book
    """
    for meeting, sides, needs in single_threads(org):
        first, *others = sides
        rest = [team for side in others for team in side]
        yield Problem(
            meeting.at(on_key=True),
            f"meeting `{meeting.id}` is all that joins {names(first)} with {names(rest)}; "
            f"{names(needs)} {'hangs' if len(needs) == 1 else 'hang'} on it",
            related=tuple(Related(need.at(on_key=True), "hangs on it") for need in needs[:3]),
            tip="join them in another way too: a line, a hand-off, or a record that both read",
        )
