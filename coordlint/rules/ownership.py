"""Who answers for what: things that nobody owns, that two own, and owners who are not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordlint.facts.claims import rivals
from coordlint.facts.ownership import is_outermost_unowned
from coordlint.facts.parties import Leading, has_left, holders, is_vacant, leads_of, people_of
from coordlint.facts.references import Use, uses_of
from coordlint.facts.vacancy import held_up, is_covered, last_key, place_of, sole_holders, somebody_acts
from coordlint.finding import Once, Place, Problem, Related
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Escalation, Handoff, Person, Role, Team, Term
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, CONTRADICTION, CORRECTNESS, ERROR, GAP, WARNING, rule
from coordlint.rules.wording import atoms, counted, names


@rule(WARNING, weakness=GAP)
def layer_unowned(org: Org) -> Iterator[Problem]:
    """Somebody owns how everything fits together, end to end.

    Every meeting and every hand-off can have an owner, and still nobody looks at the whole: which forums overlap, which
    routes have outlived their reason, where a decision falls between two teams. `layer_owner` in coordlint.yaml names
    the role, person, team or forum that does, and that may change the rest.

    Bad:

        # file: coordlint.yaml
        organisation: Harbour Foods   # expect: ownership/layer-unowned
        edition: "2026"
        # file: teams.yaml
        teams:
          smokehouse: {lead: head-of-smokehouse}

    Good:

        # file: coordlint.yaml
        organisation: Harbour Foods
        layer_owner: chief-operating-officer
        edition: "2026"
        # file: teams.yaml
        teams:
          smokehouse: {lead: head-of-smokehouse}
    """
    if not org.house.says("layer_owner"):
        yield Problem(
            org.house.at("layer_owner"),
            "nobody owns the coordination layer end to end",
            tip="name the role that looks after the whole: `layer_owner: chief-of-staff`",
        )


@rule(WARNING, weakness=GAP, yields_to=("meeting/no-owner", "decision/no-decider"))
def unowned(org: Org) -> Iterator[Problem]:
    """Somebody answers for every team, hand-off, escalation and term.

    What nobody answers for is mended by nobody. A team is answered for by its `lead`, or by that of the team that it is
    part of; a hand-off by whoever answers for where it comes from; an escalation by the owner of what it is for, else
    by its last step; a term by whoever answers for the team within which it holds. Where none of these leads to
    anybody, an `owner` is needed.

    It is said once, at the outermost: a team without a lead speaks for its hand-offs and for the teams below it. Teams
    outside the organisation (`external: true`) are not asked.

    Bad:

        teams:
          warehouse:   # expect: ownership/unowned
            purpose: Store, pick and pack whatever customers order.
          returns:
            part_of: warehouse
          purchasing:
            lead: head-of-purchasing
        handoffs:
          returned-goods:
            from: returns
            to: purchasing
            delivers: The list of goods that came back, with the reason

    Good:

        teams:
          warehouse:
            purpose: Store, pick and pack whatever customers order.
            lead: warehouse-manager
          returns:
            part_of: warehouse
          purchasing:
            lead: head-of-purchasing
        handoffs:
          returned-goods:
            from: returns
            to: purchasing
            delivers: The list of goods that came back, with the reason
    """
    for kind in (Team, Handoff, Escalation, Term):
        found = [each for each in org.active(kind) if is_outermost_unowned(each)]
        field = "lead" if kind is Team else "owner"
        message = f"nobody answers for any of the {{count}} {kind.collection}"
        all_lack = bool(found) and not any(each.says(field) for each in org.active(kind))
        once = Once(kind.collection, message, all_lack, also="nor for this")
        for each in found:
            yield Problem(
                each.at(field),
                f"nobody answers for {each.label}",
                tip=f"name who answers for it: `{field}: …`",
                atoms=tuple(_way_to_an_owner(each)),
                once=once,
            )


def _way_to_an_owner(declaration: Declaration) -> Iterator[tuple[str, str, str]]:
    yield declaration.collection, declaration.id, "lead" if isinstance(declaration, Team) else "owner"
    if isinstance(declaration, Escalation):
        yield from ((each.collection, each.id, "decider") for each in declaration.org.each(declaration.for_))


@rule(ERROR, preset=CORRECTNESS, weakness=ACCRETION)
def owner_left(org: Org) -> Iterator[Problem]:
    """Whoever holds something is still there.

    The person left, the role is empty, and the route still leads to them: whatever hangs on it waits for nobody. It is
    said once: at the role, or, where a person is named directly, at the first place that names them. While another
    holder or a deputy acts, it is a warning. An empty role on which nothing hangs is a vacancy, and no finding.

    Bad:

        people:
          jonas-weber: {left: 2026-03-31}
        roles:
          plant-manager:
            held_by: jonas-weber   # expect: ownership/owner-left
        decision_rights:
          stop-the-line:
            question: Do we stop the line for a suspected defect?
            decider: plant-manager
            asynchronous: true

    Good:

        people:
          jonas-weber: {left: 2026-03-31}
          maria-costa: {joined: 2026-04-01}
        roles:
          plant-manager:
            held_by: maria-costa
            deputy: production-lead
        decision_rights:
          stop-the-line:
            question: Do we stop the line for a suspected defect?
            decider: plant-manager
            asynchronous: true
    """
    gone = [person for person in org.all(Person) if "left" in person.data and has_left(person)]
    roles_of_gone = {use.user for person in gone for use in uses_of(org, person) if use.field == "held_by"}
    for role in org.active(Role):
        if not role.refused and (role in roles_of_gone or is_vacant(role)):
            yield from _left_or_vacant(role)
    for person in gone:
        uses = held_up(person)
        if uses:
            yield _named_directly(person, uses)


def _left_or_vacant(role: Role) -> Iterator[Problem]:
    left = next((holder for holder in holders(role) if has_left(holder)), None)
    hanging = held_up(role)
    if left is None and not hanging:
        return
    users = list(dict.fromkeys(use.user for use in hanging))
    hangs = f"; {names(users)} {'hangs' if len(users) == 1 else 'hang'} on it" if users else ""
    why = f"is held by `{left.id}`, who left on {left.left}" if left else "is vacant"
    yield Problem(
        role.at("held_by", left) if left else role.at("held_by"),
        f"role `{role.id}` {why}{hangs}",
        related=_places(hanging, "hangs on it"),
        tip="name who holds it now, or a `deputy` until somebody does",
        atoms=_atoms(hanging),
        severity=WARNING if somebody_acts(role) else ERROR,
    )


def _named_directly(person: Person, uses: list[Use]) -> Problem:
    first = uses[0]
    field = last_key(first).replace("_", " ")
    more = f", and in {counted(len(uses) - 1, 'other place')}" if len(uses) > 1 else ""
    return Problem(
        place_of(first),
        f"`{person.id}`, who left on {person.left}, is named as `{field}` here{more}",
        related=(*_places(uses[1:], "and here"), Related(person.at("left"), "left")),
        tip="name the role, or the person, that this went to",
        atoms=_atoms(uses),
        severity=WARNING if all(is_covered(use) for use in uses) else ERROR,
    )


def _places(uses: Sequence[Use], message: str) -> tuple[Related, ...]:
    return tuple(Related(place_of(use), message) for use in uses[:3])


def _atoms(uses: Sequence[Use]) -> tuple[tuple[str, str, str], ...]:
    return tuple((use.user.collection, use.user.id, use.field) for use in uses)


@rule(WARNING, weakness=CONTRADICTION, yields_to=("record/two-sources",))
def two_owners(org: Org) -> Iterator[Problem]:
    """What is exclusive has one owner.

    A repository, a customer segment, a machine: what stands under `owns` is claimed for one team alone. Two teams that
    both claim it each wait for the other, or work against each other. Spelling, `refs/heads/` and a slash at the end of
    a link make no difference. A team and one that it is part of may both name a thing.

    Bad:

        teams:
          business:
            lead: head-of-business
            owns: [Customers with 100 to 999 seats]
          enterprise:
            lead: head-of-enterprise
            owns:
              - Customers with 1,000 seats and more
              - customers with 100 to 999 seats   # expect: ownership/two-owners

    Good:

        teams:
          business:
            lead: head-of-business
            owns: [Customers with 100 to 999 seats]
          enterprise:
            lead: head-of-enterprise
            owns: [Customers with 1,000 seats and more]
    """
    for claims in rivals(org):
        first, second, *others = claims
        yield Problem(
            second.where,
            f"`{second.thing}` is owned by {names([claim.team for claim in claims])}",
            related=tuple(Related(claim.where, "claimed here too") for claim in (first, *others[:2])),
            tip="leave it with one of them; how the other works with that team stands under `works_with`",
            atoms=atoms(first.team, "owns"),
        )


@rule(WARNING, weakness=CONTRADICTION)
def overseer_leads(org: Org, role: Role) -> Iterator[Problem]:
    """Whoever watches over a group does not lead it.

    A role that is `independent_of` a team or forum is there to look at it from outside. Who also leads it looks at
    their own work. A team is led by its `lead`, by the chair of a forum that is for this team alone, and by whoever
    holds another role of the team; a forum by its chair and its decider.

    Bad:

        roles:
          safety-auditor: {held_by: ines-roy, independent_of: [maintenance]}   # expect: ownership/overseer-leads
          head-of-maintenance: {held_by: ines-roy}
        teams:
          maintenance: {lead: head-of-maintenance}
        people:
          ines-roy: {}

    Good:

        roles:
          safety-auditor: {held_by: ines-roy, independent_of: [maintenance]}
          head-of-maintenance: {held_by: tom-berg}
        teams:
          maintenance: {lead: head-of-maintenance}
        people:
          ines-roy: {}
          tom-berg: {}
    """
    if "independent_of" not in role.data:
        return
    own = {person for person in holders(role) if not has_left(person)}
    for group in org.each(role.independent_of):
        leading = next((each for each in leads_of(group) if _is_led_by(each, role, own)), None)
        if leading is not None:
            yield Problem(
                role.at("independent_of", group),
                f"role `{role.id}` is independent of {group.label}, and leads it",
                related=(Related(leading.said_by.at(leading.field), f"through `{leading.party.id}`"),),
                tip="let somebody else lead it, or somebody else watch over it",
            )


def _is_led_by(leading: Leading, role: Role, own: set[Person]) -> bool:
    if leading.party is role:
        return leading.field != "team"
    return not own.isdisjoint(people_of(leading.party))


@rule(WARNING, weakness=GAP)
def many_holders(org: Org) -> Iterator[Problem]:
    """Where several hold one role, it is said how, and only one of them is accountable.

    `held_as` says whether each acts alone (`each`, with `per` for what: an account, a region), whether they take turns
    (`in_turn`) or act together (`jointly`). Whoever is accountable for an initiative, or decides alone in a forum or on
    a right, cannot be a role that each of several holds: nobody would know which of them. With `per` a right may name
    such a role, for the case tells whose it is. People who have left do not count. What a role is `like` speaks for it.

    Bad:

        roles:
          on-call-physician:
            held_by: [dr-adeyemi, dr-lindholm]   # expect: ownership/many-holders
          ward-manager: {held_by: [s-okafor, p-nowak], held_as: each, per: ward}
        initiatives:
          shorter-waiting:
            accountable: ward-manager   # expect: ownership/many-holders
            teams: [wards]
        teams:
          wards: {lead: head-of-nursing, members: ward-manager}

    Good:

        roles:
          on-call-physician:
            held_by: [dr-adeyemi, dr-lindholm]
            held_as: in_turn
          ward-manager: {held_by: [s-okafor, p-nowak], held_as: each, per: ward}
        initiatives:
          shorter-waiting:
            accountable: head-of-nursing
            teams: [wards]
        teams:
          wards: {lead: head-of-nursing, members: ward-manager}
    """
    each_acts_alone: dict[Role, list[Place]] = {}
    for role in org.active(Role):
        if role.refused or not ("held_as" in role.data or isinstance(role.data.get("held_by"), list)):
            continue
        there = _holders_there(role)
        if role.held_as == "one" and len(there) > 1 and not _is_told_at_model(role):
            yield _held_by_several(role, len(there))
        elif role.held_as == "each" and max(len(there), int(role.headcount or 0)) != 1:
            each_acts_alone[role] = []
    if each_acts_alone:
        for party, place in sole_holders(org):
            if party in each_acts_alone:
                each_acts_alone[party].append(place)
        # What a role has from its model is told with the model, where that is named too.
        for role, places in each_acts_alone.items():
            if "held_as" in role.taken and isinstance(role.model, Role) and each_acts_alone.get(role.model):
                each_acts_alone[role.model] += places
                each_acts_alone[role] = []
        yield from (_which_of_them(role, places) for role, places in each_acts_alone.items() if places)


def _is_told_at_model(role: Role) -> bool:
    """Whether a role is like one that has several holders too, and does not say either how they share it."""
    model = role.model
    if not isinstance(model, Role) or model.refused or model.held_as != "one":
        return False
    return role.org.is_active(model) and len(_holders_there(model)) > 1


def _holders_there(role: Role) -> set[str]:
    return {ref.text for ref in role.held_by if _is_there(role, ref)}


def _is_there(role: Role, ref: Ref[Person]) -> bool:
    holder = role.org.find(ref)
    return holder is None or not has_left(holder)


def _held_by_several(role: Role, count: int) -> Problem:
    return Problem(
        role.at("held_by"),
        f"role `{role.id}` has {count} holders, and does not say how they share it",
        tip="write `held_as: each`, `in_turn` or `jointly`",
    )


def _which_of_them(role: Role, places: list[Place]) -> Problem:
    return Problem(
        places[0],
        f"each of several holds `{role.id}`, so nobody knows which of them this is",
        related=(
            Related(role.at("held_as"), "each holder acts alone"),
            *(Related(place, "and here") for place in places[1:4]),
        ),
        tip="name a role that one person holds",
    )
