"""Who leads, and how to reach them, in sigs.yaml in; people, roles and links out."""

from __future__ import annotations

import re
from typing import Any

from coordlint.importers import CHANGED, GUESSED, LEFT_OUT
from coordlint.importers.foreign import LONGEST_LINE, LONGEST_TEXT, Part
from coordlint.importers.ids import Ids, slug, slug_or_mark

NO_NAME = "a lead with neither a login nor a name"
TWO_NAMES = "one login with two names: the first"
TWO_COMPANIES = "one person with two companies: the first"
NO_LINK = "what should be a link and is none"
HIDDEN = "a link with characters that cannot be seen: without them"

_SLACK = "https://kubernetes.slack.com/messages/"
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_ADDRESS = re.compile(r"[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+")
_LONGEST_LINK = 2000


class People:
    """Everybody who holds a role, each once; a login is the same in capitals and small letters."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._id_of: dict[str, str] = {}
        self._told: dict[str, dict[str, Any]] = {}

    def holder(self, part: Part) -> str:
        """The id of a person; "" where nothing says who it is."""
        login, name = part.line("github"), part.line("name")
        if not login and not name:
            part.note(LEFT_OUT, NO_NAME)
            return ""
        # Somebody without a login is known by name, which is no login: nobody can have a space before it.
        known_as = login.lower() or f" {name}"
        if known_as not in self._id_of:
            own = slug_or_mark(login or name, "person")
            self._id_of[known_as] = self._ids.give(own, slug(f"{own}-person"))
            self._told[self._id_of[known_as]] = {}
        self._add(self._id_of[known_as], part, name, part.line("company"))
        part.note_unread()
        return self._id_of[known_as]

    def holders(self, part: Part, key: str) -> list[str] | None:
        """The ids of those in a list, each once; None where there is something in it, and nobody that could be read."""
        found = [self.holder(person) for person in part.parts(key)]
        known = list(dict.fromkeys(person for person in found if person))
        return known if known or part.is_empty_list(key) else None

    def told(self) -> dict[str, dict[str, Any] | None]:
        """The declarations of all of them, by id in the order of the alphabet."""
        return {own: self._told[own] or None for own in sorted(self._told)}

    def _add(self, own: str, part: Part, name: str, company: str) -> None:
        person = self._told[own]
        if name and person.setdefault("name", name) != name:
            part.note(GUESSED, TWO_NAMES, "name")
        if company and person.setdefault("tags", [company]) != [company]:
            part.note(GUESSED, TWO_COMPANIES, "company")


def role(name: str, holders: list[str] | None, team: str = "") -> dict[str, Any]:
    """A role; several people hold it jointly, nobody at all an empty list of them, and None leaves it open who does."""
    told: dict[str, Any] = {"name": name[:LONGEST_LINE]}
    if holders is not None:
        told["held_by"] = holders[0] if len(holders) == 1 else holders
    if holders and len(holders) > 1:
        told["held_as"] = "jointly"
    return told | ({"team": team} if team else {})


def link(part: Part, key: str, text: str = "") -> str:
    """The link that stands in a field, or was made of it; an address becomes one, and what cannot be one is noted."""
    # What is too long for a link is no link; half of it would be a wrong one.
    said = text or part.line(key, LONGEST_TEXT)
    seen = "".join(sign for sign in said if sign.isprintable())
    if seen != said:
        part.note(CHANGED, HIDDEN, key, what=seen)
    made = f"mailto:{seen}" if _ADDRESS.fullmatch(seen) else seen
    if made and not (_LINK.fullmatch(made) and len(made) <= _LONGEST_LINK):
        part.note(LEFT_OUT, NO_LINK, key, what=seen)
        return ""
    return made


def contact_links(contact: Part) -> list[str]:
    """Where a group is talked to: its mailing lists and its channel."""
    channel = contact.line("slack").lstrip("#")
    slack = link(contact, "slack", f"{_SLACK}{channel}") if channel else ""
    return [link(contact, "mailing_list"), link(contact, "private_mailing_list"), slack]


def one_or_more(texts: list[str]) -> str | list[str]:
    """Each text that says something once; a single one needs no list."""
    said = list(dict.fromkeys(text for text in texts if text))
    return said[0] if len(said) == 1 else said
