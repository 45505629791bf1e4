"""The sigs.yaml of the Kubernetes community in, declarations out: its groups, their leads, meetings and subprojects.

A special interest group becomes a forum, which has the charter and meets, and a team, which its subprojects are part
of. Working groups, user groups and committees are forums; one that has subprojects is a team too. In a working group
sit the teams that have a stake in it, and it settles nothing for them: no authority is vested in it. Whoever leads
holds a role: chairs jointly, tech leads jointly; and the steering committee's liaison one that is independent of the
group.

https://github.com/kubernetes/community/blob/master/sigs.yaml
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from coordlint.finding import Route, UsageError
from coordlint.importers import GUESSED, LEFT_OPEN, LEFT_OUT, Imported, bundle, foreign
from coordlint.importers.foreign import LONGEST_LINE, LONGEST_TEXT, Part
from coordlint.importers.ids import Ids, slug, slug_or_mark
from coordlint.importers.kubernetes_meetings import Host, Meetings
from coordlint.importers.kubernetes_people import People, contact_links, link, one_or_more, role

Declarations = dict[str, dict[str, Any]]

STEERING = "committee-steering"
EDITION = "2026"
_PAGES = "https://github.com/kubernetes/community/blob/master"

NO_NAME = "a group or subproject without a name"
NO_CHARTER = "no charter_link: the mission statement is the description, and there is no charter"
NOT_KUBERNETES = (
    "that this is the Kubernetes community, which the text does not name: its name, its pages, its channels"
)
OWN_STAKE = "a group with a stake in itself"
OTHER_SIGNS = "the name of a group, but for its signs: that group"
UNKNOWN_GROUP = "the name of a group that the text does not have: a reference that leads nowhere"
FORMER = "a former lead, for nothing says when they left"
GITHUB_TEAM = "a team of GitHub that is told of"
LABEL = "a label of issues"


class Kind(NamedTuple):
    """One of the lists of groups: its key, its folder, how ids of its groups begin, and what they are called."""

    key: str
    folder: str
    prefix: str
    called: str


KINDS = (
    Kind("sigs", "sigs", "sig", "SIG {}"),
    Kind("workinggroups", "working-groups", "wg", "WG {}"),
    Kind("usergroups", "user-groups", "ug", "UG {}"),
    Kind("committees", "committees", "committee", "{} Committee"),
)


class Group(NamedTuple):
    """A group with the ids of its forum and its team; `team` is "" where nothing is part of it."""

    kind: Kind
    part: Part
    id: str
    name: str
    team: str
    subprojects: tuple[Part, ...]


class House(NamedTuple):
    """What is known of all groups before one of them is told. Subprojects are known by where they stand in the text."""

    ids: Ids
    people: People
    meetings: Meetings
    party_called: dict[str, str]
    party_in_other_signs: dict[str, str]
    team_at: dict[Route, str]


def read(text: str, source: str) -> Imported:
    """The community that a sigs.yaml describes. UsageError where it has none of the lists of groups, or no group."""
    whole, notes = foreign.read(text, source)
    if not any(whole.has(kind.key) for kind in KINDS):
        keys = ", ".join(f"`{kind.key}`" for kind in KINDS)
        raise UsageError(f"`{source}` is no sigs.yaml: it has none of the keys {keys}")
    if not re.search("kubernetes", text, re.IGNORECASE):
        whole.note(GUESSED, NOT_KUBERNETES, what=source)
    ids = Ids()
    groups = [group for kind in KINDS for group in _groups(whole, kind, ids)]
    if not groups:
        raise UsageError(f"`{source}` lists no group that has a name, so there is nothing in it to import")
    house = _house(groups, ids)
    files: dict[str, Any] = {"coordlint.yaml": _organisation(groups)}
    for group in groups:
        files[f"{group.kind.folder}/{group.id}.yaml"] = _told(group, house)
    files["roles.yaml"] = {"roles": _representative(whole, house)}
    files["people.yaml"] = {"people": house.people.told()}
    whole.note_unread()
    return bundle({path: _without_nothing(data) for path, data in files.items()}, notes.all(), source)


def _organisation(groups: list[Group]) -> dict[str, Any]:
    steers = STEERING if any(group.id == STEERING for group in groups) else ""
    calendars = {"utc": {"timezone": "UTC"}}
    return {"organisation": "Kubernetes", "layer_owner": steers, "edition": EDITION, "calendars": calendars}


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in ("", [], {})}


def _groups(whole: Part, kind: Kind, ids: Ids) -> Iterator[Group]:
    for part in whole.parts(kind.key):
        folder = part.line("dir")
        name = part.line("name") or folder
        if not name:
            part.note(LEFT_OUT, NO_NAME)
            continue
        made = slug_or_mark(folder or name, kind.prefix)
        own = ids.give(made if made.startswith(f"{kind.prefix}-") else slug(f"{kind.prefix}-{made}"))
        subprojects = tuple(part.parts("subprojects"))
        team = ids.give(slug(f"{own}-team")) if kind.key == "sigs" or subprojects else ""
        called = name if name.lower().startswith(f"{kind.prefix} ") else kind.called.format(name)
        yield Group(kind, part, own, called[:LONGEST_LINE], team, subprojects)


def _house(groups: list[Group], ids: Ids) -> House:
    names = Counter(slug(part.line("name")) for group in groups for part in group.subprojects)
    team_at: dict[Route, str] = {}
    for group in groups:
        for part in group.subprojects:
            own = slug_or_mark(part.line("name"), "subproject")
            in_full = slug(f"{group.id}-{own}")
            team_at[part.route] = ids.give(*([in_full] if names[own] > 1 else [own, in_full]))
    return House(ids, People(ids), Meetings(), _parties(groups, str.lower), _parties(groups, slug), team_at)


def _parties(groups: list[Group], form: Callable[[str], str]) -> dict[str, str]:
    """The team of each group, or its forum where it has none, by all that it may be called; of two, the first."""
    called: dict[str, str] = {}
    for kind_of_name in range(3):
        for group in groups:
            name = (group.part.line("name"), group.part.line("dir"), group.name)[kind_of_name]
            called.setdefault(form(name), group.team or group.id)
    called.pop("", None)
    return called


def _told(group: Group, house: House) -> Declarations:
    """All that is declared for one group."""
    told: Declarations = {"forums": {}, "teams": {}, "roles": {}, "meetings": {}, "records": {}}
    chair = _leaders(group, told["roles"], house)
    links = _contact(group, told["roles"], house)
    told["forums"][group.id] = _forum(group, chair, links, house)
    if group.team:
        told["teams"][group.team] = _without_nothing({"name": group.name, "lead": chair})
    house.meetings.add(group.part, Host(group.id, group.name, {"forum": group.id}), told)
    for part in group.subprojects:
        _subproject(part, group, told, house)
    group.part.leave_out("label", LABEL)
    group.part.note_unread()
    return _without_nothing(told)


def _leaders(group: Group, roles: dict[str, Any], house: House) -> str:
    """Adds the roles of those who lead a group; the id of the chair's, or "" where the text names no chairs."""
    leadership = group.part.part("leadership")
    if leadership is None:
        return ""
    led = {}
    for key, ending, called in (("chairs", "chair", "Chair of"), ("tech_leads", "tech-lead", "Tech lead of")):
        if leadership.has(key):
            led[key] = house.ids.give(slug(f"{group.id}-{ending}"))
            holders = house.people.holders(leadership, key)
            roles[led[key]] = role(f"{called} {group.name}", holders, group.team)
    leadership.leave_out("emeritus_leads", FORMER, "name", "github")
    leadership.note_unread()
    return led.get("chairs", "")


def _contact(group: Group, roles: dict[str, Any], house: House) -> list[str]:
    """Adds the role of who watches over a group for the steering committee; the links to where it is talked to."""
    contact = group.part.part("contact")
    if contact is None:
        return []
    liaison = contact.part("liaison")
    holder = house.people.holder(liaison) if liaison else ""
    if holder:
        watches = {"independent_of": group.team or group.id}
        own = house.ids.give(slug(f"{group.id}-liaison"))
        roles[own] = role(f"Steering liaison of {group.name}", [holder]) | watches
    links = contact_links(contact)
    contact.leave_out("teams", GITHUB_TEAM, "name")
    contact.note_unread()
    return links


def _forum(group: Group, chair: str, links: list[str], house: House) -> dict[str, Any]:
    part = group.part
    mission, charter = part.prose("mission_statement"), _charter(group)
    if not charter:
        part.note(LEFT_OPEN, NO_CHARTER, what=group.name)
    fields = {
        "name": group.name,
        "tags": [group.kind.prefix],
        "charter": charter and (mission or charter),
        "description": "" if charter else mission,
        "chair": chair,
        "members": [] if group.kind.key == "sigs" else _stakeholders(group, house),
        "teams": [group.team] if group.kind.key == "sigs" else [],
        "links": one_or_more([charter, *links]),
    }
    return _without_nothing(fields)


def _charter(group: Group) -> str:
    """The link to a group's charter, which is mostly a file in its folder."""
    said = group.part.line("charter_link", LONGEST_TEXT)
    if said and ":" not in said:
        said = f"{_PAGES}/{group.part.line('dir') or group.id}/{said.lstrip('/')}"
    return link(group.part, "charter_link", said)


def _stakeholders(group: Group, house: House) -> list[str]:
    """The teams with a stake in a working group; a name that no group has stays, for the checks to find."""
    parties = []
    for index, name in group.part.numbered_lines("stakeholder_sigs"):
        place = ("stakeholder_sigs", index)
        party = house.party_called.get(name.lower(), "")
        if not party and (party := house.party_in_other_signs.get(slug(name), "")):
            group.part.note(GUESSED, OTHER_SIGNS, *place, what=name)
        if not party:
            group.part.note(LEFT_OPEN, UNKNOWN_GROUP, *place, what=name)
            party = slug(f"sig-{slug_or_mark(name, 'group').removeprefix('sig-')}-team")
        if party in (group.id, group.team):
            group.part.note(LEFT_OUT, OWN_STAKE, *place, what=name)
        else:
            parties.append(party)
    return list(dict.fromkeys(parties))


def _subproject(part: Part, group: Group, told: Declarations, house: House) -> None:
    """Adds the team of a subproject, the role of its leads, and its meetings."""
    name, own = part.line("name"), house.team_at[part.route]
    lead = ""
    if part.has("leads"):
        lead = house.ids.give(slug(f"{own}-lead"))
        told["roles"][lead] = role(f"Lead of {name or own}", house.people.holders(part, "leads"), own)
    contact = part.part("contact")
    fields = {
        "name": name,
        "description": part.prose("description").removesuffix("\n"),
        "part_of": group.team,
        "lead": lead,
        "owns": one_or_more(part.lines("owners")),
        "links": one_or_more(contact_links(contact)) if contact else "",
    }
    told["teams"][own] = _without_nothing(fields)
    says = {"team": own} | ({"chair": lead} if lead else {})
    house.meetings.add(part, Host(own, name or own, says), told)
    if contact:
        contact.leave_out("teams", GITHUB_TEAM, "name")
        contact.note_unread()
    part.note_unread()


def _representative(whole: Part, house: House) -> dict[str, Any]:
    part = whole.part("gb_rep")
    holder = house.people.holder(part) if part else ""
    own = "governing-board-representative"
    return {house.ids.give(own): role("Representative on the governing board", [holder])} if holder else {}
