"""What a declaration is: a node with an id, and the fields that every declaration may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from coordlint.finding import Place, Route, Step
from coordlint.model.fields import NOTHING, Many, Node, One, Value, choice, day, parts, ref, refs, text, texts, value
from coordlint.model.ref import Ref

if TYPE_CHECKING:
    from coordlint.model.kinds import Party
    from coordlint.model.org import Org
    from coordlint.values import Every

__all__ = ["ANY", "PARTY", "Declaration", "Node", "Ref", "Waiver"]

PARTY = ("role", "person", "team", "forum")
# Everything that bears an id of its own in a collection, so that anything may name it.
ANY = (
    "person",
    "role",
    "team",
    "forum",
    "meeting",
    "decision-right",
    "handoff",
    "escalation",
    "context-line",
    "initiative",
    "record",
    "term",
)


# What is always a declaration's own, and never taken over by `like`.
NEVER_ALIKE = frozenset({"since", "until", "status", "status_until", "waive", "was", "like"})


class Waiver(Node):
    """A finding that is accepted, why, and until when, as it is written: the rules for waivers judge it."""

    rule = text()
    reason = text()
    until = text()


class Declaration(Node):
    """Something that an organisation wrote down under an id. `refused` means that a part of it could not be read.

    `model` is the one that it is `like`, and `taken` are the fields that it has from there.
    """

    __slots__ = ("id", "model", "refused", "taken")
    kind: ClassVar[str] = ""
    collection: ClassVar[str] = ""

    name = text()
    description = text()
    tags = texts()
    links = texts()
    owner: One[Party] = ref(*PARTY)
    status = choice("active")
    status_until = day()
    since = day()
    until = day()
    because = text()
    only_while: Many[Declaration] = refs(*ANY)
    review_every: Value[Every] = value("every")
    review_by = day()
    replaced_by: One[Declaration] = ref(*ANY)
    was = texts()
    like: One[Declaration]
    waive = parts(Waiver)

    id: str
    model: Declaration | None
    refused: bool
    taken: frozenset[str]

    def __init_subclass__(cls) -> None:
        # A declaration is like another one of its own kind, so every kind has its own field.
        cls.like = ref(cls.kind)
        cls.like.__set_name__(cls, "like")
        super().__init_subclass__()

    @classmethod
    def bind(
        cls,
        org: Org,
        id: str,
        data: Mapping[str, Any],
        path: str,
        route: Route,
        unread: frozenset[str] | None = frozenset(),
        refused: bool = False,
    ) -> Self:
        self = cls.__new__(cls)
        self.org = org
        self.declaration = self
        self.id = id
        self.data = data
        self.model = None
        self.taken = NOTHING
        self.path = path
        self.route = route
        self.unread = unread
        self.made = {}
        self.refused = refused
        return self

    def take_from(self, model: Declaration, said: Mapping[str, Any]) -> None:
        """Take what is not said here from what `model` says. Places of what was taken are the model's."""
        taken = {key: value for key, value in said.items() if key not in NEVER_ALIKE and key not in self.data}
        self.model = model
        self.taken = frozenset(taken)
        self.data = {**taken, **self.data}
        self.made.clear()
        if model.unread is None or self.unread is None:
            self.unread = None
        elif model.unread:
            self.unread |= model.unread - NEVER_ALIKE - self.data.keys()

    def at(self, *way: Step | Declaration, on_key: bool = False) -> Place:
        place = super().at(*way, on_key=on_key)
        below = place.route[len(self.route) :]
        if self.model is None or not below or below[0] not in self.taken:
            return place
        return Place(self.model.path, self.model.route + below, on_key)

    @property
    def title(self) -> str:
        """What people call it: its name, else its id in words."""
        name = self.data.get("name")
        return name if isinstance(name, str) else self.id.replace("-", " ").capitalize()

    @property
    def label(self) -> str:
        """How messages speak of it: ``decision right `pricing` ``."""
        return f"{self.kind.replace('-', ' ')} `{self.id}`"

    def __repr__(self) -> str:
        return f"{self.kind}/{self.id}"
